"""`python -m bot.engine.training [options of rasa train]`: `rasa train` that reads each file of sentences once.

Rasa's importers and its validator each read data/nlu anew, five times in all, with a loader that takes most of the
training's time. What one of them read serves the others here.
"""

from __future__ import annotations

import sys
from functools import cache

from rasa.__main__ import main
from rasa.shared.nlu.training_data import loading


def read_once() -> None:
    """Let Rasa keep what it has read of a file of training data for as long as this process lives."""
    loading._load = cache(loading._load)


if __name__ == "__main__":
    read_once()
    sys.argv[1:1] = ["train"]
    main()
