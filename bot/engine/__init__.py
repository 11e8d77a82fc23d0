"""What is ours inside Rasa's process, which listens on loopback behind a shared secret and sees scrubbed text only."""

import os
import warnings

# Before numpy is loaded: products as small as those of one message take longer with more threads, which then wait for
# each other at full load.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

# The old packages that Rasa pins warn while they are imported, and some switch the filters back on: nothing an operator
# can act on, at every start.
warnings.showwarning = lambda *_args, **_kwargs: None
