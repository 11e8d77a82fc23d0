"""What a text speaks of, by lists that anyone can read and widen (concepts.yaml): kin, papers, money, marriage ..."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.nlu.openings import Openings
from bot.nlu.text import fold, once, plain, read_yaml


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """Name of the concept -> what it looks like in a plain text."""
    return {name: _compile(entry) for name, entry in read_yaml("concepts.yaml").items()}


@lru_cache(maxsize=1)
def _openings() -> Openings:
    return Openings(pattern.pattern for pattern in _patterns().values())


def _compile(phrases: list[str]) -> re.Pattern[str]:
    """A star leaves the beginning or the ending of a word open; a space is anything between two words."""
    readable = (re.escape(fold(phrase)).replace(r"\ ", r"\W+").replace(r"\*", r"\w*") for phrase in map(str, phrases))
    return re.compile(rf"\b(?:{'|'.join(readable)})\b")


@once
def concepts(text: str) -> frozenset[str]:
    """Return the names of the concepts that the text speaks of."""
    readable = plain(text)
    patterns = tuple(_patterns().items())
    possible = (patterns[at] for at in _openings().candidates(readable))
    return frozenset(name for name, pattern in possible if pattern.search(readable))
