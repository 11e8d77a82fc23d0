"""`python -m bot.engine.training [options of rasa train]`: `rasa train` that reads each file of sentences once, in C.

Rasa's importers and its validator each read data/nlu anew, five times in all, with a loader in Python that parses a
file four times: most of the training's time. What one of them read serves the others here, and libyaml parses it.
"""

from __future__ import annotations

import copy
import hashlib
import re
import sys
from functools import cache, lru_cache, partial
from types import SimpleNamespace
from typing import Any

import yaml
from rasa.__main__ import main
from rasa.shared.nlu.training_data import loading, training_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.utils import io

_SENTENCES = re.compile(r'version: "3\.1"\n(?:#.*\n)*nlu:\n')


def read_once() -> None:
    """Let Rasa keep what it has read of a file of training data for as long as this process lives."""
    loading._load = cache(loading._load)


def read_in_c() -> None:
    """Let libyaml parse files of sentences; an error in one is reported by Rasa's own loader, with its line.

    Rasa parses a file once to check it and at once again to take the sentences out: the last one parsed is kept.
    """
    own = io.read_yaml
    parse = lru_cache(maxsize=1)(partial(yaml.load, Loader=yaml.CSafeLoader))

    def read_yaml(content: str, reader_type: str | list[str] = "safe") -> Any:
        if _SENTENCES.match(content):
            try:
                return parse(content)
            except yaml.YAMLError:
                pass
        return own(content, reader_type)

    io.read_yaml = read_yaml


def merge_without_copies() -> None:
    """Let Rasa's importers share the sentences when they merge: each copied all of them, and none changes any."""
    training_data.copy = SimpleNamespace(copy=copy.copy, deepcopy=copy.copy)


def fingerprint_at_once() -> None:
    """Let a sentence be told from others by one hash of what is known of it, not by one for each value in it."""
    own = Message.fingerprint

    def fingerprint(message: Message) -> str:
        if message.features:
            return own(message)
        return hashlib.md5(repr(message.data).encode(), usedforsecurity=False).hexdigest()

    Message.fingerprint = fingerprint


if __name__ == "__main__":
    read_once()
    read_in_c()
    merge_without_copies()
    fingerprint_at_once()
    sys.argv[1:1] = ["train"]
    main()
