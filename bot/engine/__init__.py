"""What is ours inside Rasa's process, which listens on loopback behind a shared secret and sees scrubbed text only."""

import warnings

# The old packages that Rasa pins warn while they are imported, and some switch the filters back on: nothing an operator
# can act on, at every start.
warnings.showwarning = lambda *_args, **_kwargs: None
