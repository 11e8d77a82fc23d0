"""The public face: sessions, limits, scrubbing, the web contract and the pages. Raw text lives here for one call."""
