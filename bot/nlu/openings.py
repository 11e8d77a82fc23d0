"""Which of many patterns can match a text at all, by the letters that its words begin with.

Hundreds of signs and concepts are looked for in every message, and all but a dozen begin with a word that is not there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as kinds  # type: ignore[attr-defined]  # how `re` itself reads a pattern
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_LETTERS = 4  # of a word that are looked at; more tell hardly more apart
_WORD = re.compile(r"\w+")


class Openings:
    """Finds the patterns worth trying. They are written for plain text and begin where a word begins."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Take patterns that each begin with a word boundary; they are known by their place from then on."""
        self._by_opening: dict[str, list[int]] = defaultdict(list)
        for at, pattern in enumerate(patterns):
            if not pattern.startswith(r"\b"):
                raise ValueError(f"{pattern} does not begin with a word boundary")
            for opening in openings(pattern):
                self._by_opening[opening].append(at)

    def candidates(self, readable: str) -> list[int]:
        """Return the places of the patterns that can match, in order."""
        words = set(_WORD.findall(readable))
        cut = {word[:length] for word in words for length in range(1, _LETTERS + 1)}
        found = set(self._by_opening.get("", ()))
        found.update(*(self._by_opening[opening] for opening in cut if opening in self._by_opening))
        return sorted(found)


def openings(pattern: str) -> frozenset[str]:
    """Return what a word begins with where the pattern matches; with "" it can match anywhere."""
    return frozenset(opening for opening, _ in _read(list(_parser.parse(pattern)), ""))


def _read(parts: Sequence[tuple[Any, Any]], begun: str) -> Iterator[tuple[str, bool]]:
    """Yield every opening, and whether what follows may go on with it."""
    if not parts or len(begun) >= _LETTERS:
        yield begun, len(begun) < _LETTERS
        return
    for opening, goes_on in _read_one(*parts[0], begun):
        if goes_on:
            yield from _read(parts[1:], opening)
        else:
            yield opening, False


def _read_one(kind: Any, what: Any, begun: str) -> Iterator[tuple[str, bool]]:
    if kind is kinds.LITERAL and _WORD.match(chr(what)):
        yield begun + chr(what), True
    elif (kind is kinds.AT and not begun) or kind in (kinds.ASSERT, kinds.ASSERT_NOT):
        yield begun, True  # takes no letter
    elif kind is kinds.SUBPATTERN:
        yield from _read(list(what[3]), begun)
    elif kind is kinds.BRANCH:
        for branch in what[1]:
            yield from _read(list(branch), begun)
    elif kind is kinds.IN and all(one is kinds.LITERAL for one, _ in what):
        for one in what:
            yield from _read_one(one[0], one[1], begun)
    elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        least, most, repeated = what
        if least == 0:
            yield begun, True
        for opening, goes_on in _read(list(repeated), begun):
            yield opening, goes_on and most == 1
    else:
        yield begun, False
