"""Danger right now and risk of suicide, by signs that a reviewer can read (danger.yaml).

Either this layer or the learned one is enough: a missed cry for help does more harm than a card too many. Only a
message that says that it is over, and nothing else, takes it back. Signs that do not suffice alone are handed to the
learned layer as clues; a bare no or time is too little for that layer. Past events, negations and idioms do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.nlu.openings import Openings
from bot.nlu.text import once, plain, read_yaml

KINDS = ("emergency", "suicide_risk")
# Signs that also speak of things long gone: they do not count next to words for the past.
_CAN_BE_PAST = frozenset(
    [
        "means",
        "self_harm",
        "life",
        "now_violence",
        "weapon",
        "injured",
        "just_raped",
        "hiding",
        "veiled",
        "farewell",
        "armed",
        "strangled",
        "badly_hurt",
        "confined",
        "raped_now",
        "hides",
        "flees_now",
        "hurts_self",
        "places_to_die",
        "says_goodbye",
        "going_on",
        "approach",
        "will_kill",
    ]
)
# Signs that count now, not when they tell of what tends to happen or of someone whom the police hold.
_IS_NOW = frozenset(
    [
        "approach",
        "at_the_door",
        "going_on",
        "confined",
        "armed",
        "when_he",
        "hides",
        "flees_now",
        "hiding",
        "door",
        "now_violence",
    ]
)
_NEAR = 60  # characters around a sign in which other words change what it says


@dataclass(frozen=True)
class Sign:
    """One way to say it: whether it suffices alone, and what it looks like in a plain text."""

    kind: str
    name: str
    sure: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Signs:
    """Names of the signs that suffice, by kind, and of every sign found, as clues."""

    emergency: frozenset[str]
    suicide_risk: frozenset[str]
    clues: frozenset[str]


def is_over(text: str) -> bool:
    """Tell whether a message says that there is no danger, or no longer, and nothing else that may take it back."""
    rest, said = _lists()["over"].subn(" ", plain(text))
    rest = _lists()["over_where"].sub(" ", rest)
    return bool(said) and "?" not in rest and set(re.findall(r"[^\W_]+", rest)) <= _beside()


def denies_suicide(text: str) -> bool:
    """Tell whether a message says that the writer does not think of suicide, and nothing else."""
    return bool(_lists()["denies"].fullmatch(plain(text)))


def is_told_to_die(text: str) -> bool:
    """Tell whether somebody has said that the writer is to die: a threat, not the writer's own wish."""
    return "told_to_die" in signs(text).emergency


def takes_others_along(text: str) -> bool:
    """Tell whether somebody threatens to kill others with himself: danger to them, no suicide risk of the writer's."""
    return "takes_others_along" in signs(text).emergency


def is_cry(text: str) -> bool:
    """Tell whether a message is a cry for help without another word."""
    return bool(_lists()["cry"].fullmatch(plain(text)))


def is_doubtful(text: str) -> bool:
    """Tell whether a message speaks of what may be danger, however it is told: being strangled, not being safe."""
    readable = plain(text)
    match = _lists()["doubt"].search(readable)
    return match is not None and not _lists()["idioms"].search(readable, *_around(match))


@once
def signs(text: str) -> Signs:
    """Return the signs of danger and of suicide in a message."""
    found = list(_found(plain(text)))
    emergency, suicide_risk = (
        frozenset(sign.name for _, sign in found if sign.sure and sign.kind == kind) for kind in KINDS
    )
    return Signs(
        emergency,
        suicide_risk,
        frozenset(f"{sign.name}{'!' if sign.sure else '?'}" for _, sign in found)
        | frozenset(f"{sign.name}#{at}" for at, sign in found),
    )


def _found(readable: str) -> Iterator[tuple[int, Sign]]:
    for at in _openings().candidates(readable):
        sign = _signs()[at]
        for match in sign.pattern.finditer(readable):
            if not _is_undone(sign, match, readable):
                yield at, sign
                break


def _is_undone(sign: Sign, match: re.Match[str], readable: str) -> bool:
    """Tell whether the words around a sign make it a story, a saying, a denial, a memory or a habit."""
    lists = _lists()
    around = _around(match)
    return bool(
        lists["negated"].search(readable, around[0], match.start())
        or lists["idioms"].search(readable, *around)
        or (sign.name in _CAN_BE_PAST and lists["past"].search(readable, *around))
        or (sign.name in _IS_NOW and (lists["habit"].search(readable, *around) or lists["gone"].search(readable)))
    )


def _around(match: re.Match[str]) -> tuple[int, int]:
    return max(0, match.start() - _NEAR), match.end() + _NEAR


@lru_cache(maxsize=1)
def _signs() -> tuple[Sign, ...]:
    entries = _entries()
    return tuple(
        Sign(kind, name, weight == "sure", re.compile(rf"\b(?:{filled(form)})"))
        for kind in KINDS
        for name, weights in entries[kind].items()
        for weight, forms in weights.items()
        for form in forms
    )


@lru_cache(maxsize=1)
def _openings() -> Openings:
    return Openings(sign.pattern.pattern for sign in _signs())


def filled(form: str) -> str:
    """Put danger.yaml's parts into an expression, `{land}` for countries; a part may hold those before it."""
    for name, part in reversed(_entries()["parts"].items()):
        form = form.replace(f"{{{name}}}", part)
    return form


@lru_cache(maxsize=1)
def _lists() -> dict[str, re.Pattern[str]]:
    entries = _entries()
    return {
        **{
            name: re.compile(rf"\b(?:{'|'.join(entries[name])})\b")
            for name in ("idioms", "over", "over_where", "doubt")
        },
        **{name: re.compile(entries[name]) for name in ("past", "habit", "gone", "negated", "denies", "cry")},
    }


@lru_cache(maxsize=1)
def _beside() -> frozenset[str]:
    return frozenset(_entries()["over_beside"].split())


@lru_cache(maxsize=1)
def _entries() -> Any:
    return read_yaml("danger.yaml")
