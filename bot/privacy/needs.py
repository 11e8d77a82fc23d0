"""What a text must hold for a regular expression to match in it: read from the expression itself.

The same idea as FilteredRE2 of the library RE2. Every match of `(?:lgh|lägenhet) \\d{4}` holds "lgh 0000" or
"lägenhet 0000", digits read as noughts; a text that holds neither need not be searched.
"""

import re
from collections.abc import Iterable, Sequence, Set
from itertools import product
from os.path import commonprefix
from re import _constants as op  # type: ignore[attr-defined]  # the only reader of expressions that Python has
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

Needs = tuple[tuple[str, ...], ...]

_MOST_JOINED = 24  # strings kept apart while reading; where there are more, the parts are looked for one by one
_MOST_CHOICES = 256
_MOST_CHARS = 6
_MOST_TIMES = 8
_GROUPS = 3
_COMMON = frozenset(" .,\n")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzåäöéüø")


class _Read(NamedTuple):
    """Of one part: all that it can match, where that is known and short, and strings of which a match holds one."""

    exact: frozenset[str] | None
    needs: tuple[frozenset[str], ...] = ()


_NOTHING = _Read(frozenset({""}))
_ANYTHING = _Read(None)


def needs(source: str, flags: int = 0) -> Needs:
    """Return groups of strings: a text in which `source` matches holds at least one string of each group.

    The text is to be read as `bot.privacy.patterns.reading` does: in lower case, every digit a nought.
    """
    found = {shortest(group) for group in _groups(_sequence(_parser.parse(source, flags)))}
    best = sorted(filter(_is_telling, found), key=_rank)[:_GROUPS]
    noughts = "0" * max((min(map(_noughts, group)) for group in best), default=0)  # the quickest to look for
    rest = tuple(tuple(sorted(group)) for group in best if not any(text in noughts for text in group))
    return ((noughts,), *rest) if noughts else rest


def _sequence(nodes: Iterable[tuple[Any, Any]]) -> _Read:
    return _joined([_node(*node) for node in nodes])


def _joined(parts: Sequence[_Read]) -> _Read:
    found: list[frozenset[str]] = []
    whole, here = True, frozenset({""})
    for part in parts:
        found += part.needs
        most = _MOST_JOINED if part.exact is None or min(len(here), len(part.exact)) > 1 else _MOST_CHOICES
        if part.exact is not None and len(here) * len(part.exact) <= most:
            here = frozenset(a + b for a, b in product(here, part.exact))
        else:
            # After "kod " come "0", "00" or "000": every match holds "kod 0".
            head = commonprefix([*(part.exact or ())])  # noqa: RUF071 (by characters, as wanted)
            found.append(frozenset(text + head for text in here))
            whole, here = False, part.exact or frozenset({""})
    return _Read(here, tuple(found)) if whole else _Read(None, (*found, here))


def _node(kind: Any, value: Any) -> _Read:
    if kind is op.LITERAL:
        return _characters([(kind, value)])
    if kind is op.IN:
        return _characters(value)
    if kind is op.BRANCH:
        return _choice([_sequence(branch) for branch in value[1]])
    if kind is op.SUBPATTERN:
        return _sequence(value[3])
    if kind is op.ATOMIC_GROUP:
        return _sequence(value)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _repeated(*value)
    if kind is op.ASSERT:
        return _Read(_NOTHING.exact, _groups(_sequence(value[1])))  # not part of the match, but of the text
    return _NOTHING if kind in (op.AT, op.ASSERT_NOT) else _ANYTHING


def _characters(items: list[tuple[Any, Any]]) -> _Read:
    """A class of characters, where it holds few of them or digits only."""
    chars: set[str] = set()
    for kind, value in items:
        if kind is op.LITERAL:
            chars.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < 2 * _MOST_CHARS:
            chars |= {chr(code) for code in range(value[0], value[1] + 1)}
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            chars.add("0")
        else:
            return _ANYTHING
    plain = frozenset("0" if char.isdecimal() else char.lower() for char in chars)
    return _Read(plain) if len(plain) <= _MOST_CHARS and all(map(_is_simple, plain)) else _ANYTHING


def _choice(branches: Sequence[_Read]) -> _Read:
    exact = frozenset[str]().union(*(branch.exact or () for branch in branches))
    if len(exact) <= _MOST_CHOICES and all(branch.exact is not None for branch in branches):
        return _Read(exact)
    best = [min(filter(_is_telling, map(shortest, _groups(branch))), key=_rank, default=None) for branch in branches]
    either = frozenset[str]().union(*(group or () for group in best))
    return _Read(None, (either,)) if None not in best and len(either) <= _MOST_CHOICES else _ANYTHING


def _repeated(fewest: int, most: Any, nodes: Iterable[tuple[Any, Any]]) -> _Read:
    part = _sequence(nodes)
    if part.exact is not None and most <= _MOST_TIMES and len(part.exact) ** most <= _MOST_JOINED:
        times = [_joined([part] * count) for count in range(fewest, most + 1)]
        return _Read(frozenset[str]().union(*(one.exact or () for one in times)), part.needs if fewest else ())
    return _Read(None, _groups(_joined([part] * min(fewest, _MOST_TIMES)))) if fewest else _ANYTHING


def _groups(read: _Read) -> tuple[frozenset[str], ...]:
    return read.needs if read.exact is None else (*read.needs, read.exact)


def _is_simple(char: str) -> bool:
    """Whether matching that is blind to case takes nothing for `char` but what lower case makes `char`."""
    return char in _LETTERS or char.lower() == char.upper()


def shortest(group: Set[str]) -> frozenset[str]:
    """Return those strings of `group` that hold no other of them: a text that holds any of it holds one of these."""
    kept: list[str] = []
    for text in sorted(group, key=len):
        if not any(other in text for other in kept):
            kept.append(text)
    return frozenset(kept)


def _noughts(text: str) -> int:
    return max(map(len, re.findall("0*", text)))


def _is_telling(group: frozenset[str]) -> bool:
    """Whether texts without any of the strings are to be expected."""
    return all(len(text) > 1 or not (text == "" or text.isalpha() or text in _COMMON) for text in group)


def _rank(group: frozenset[str]) -> tuple[float, list[str]]:
    """Rare and few first."""
    return sum(0.3 ** len(text) + 0.01 for text in group), sorted(group)
