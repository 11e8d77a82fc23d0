"""How a message is read before anything is looked for in it: one spelling for what people spell in many ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

import yaml

LONGEST = 2000  # characters that are read; the gateway refuses longer messages

# What the scrubber puts in place of a name or a number (bot/privacy). It says nothing about the situation.
_PLACEHOLDERS = re.compile(
    r"\b(?:PERSONNAMN|PERSONNUMMER|FÖDELSEDATUM|TELEFON|EPOST|ADRESS|POSTADRESS|REGNUMMER|ANVÄNDARNAMN|PROFILLÄNK|"
    r"ÄRENDENUMMER|KONTONUMMER|KORTNUMMER|IDNUMMER|IPADRESS|KOORDINATER)\b"
)
# One to one, so that offsets in the folded text are offsets in the text.
_FOLD = str.maketrans("åäöéèêëüúùáàâíìîïóòôæøÅÄÖÉÈÜÆØ", "aaoeeeeuuuaaaiiiioooaoAAOEEUAO")
_T = TypeVar("_T")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+")
_EMOJI = re.compile("[🆘🔪🔫]")


_derived: ContextVar[dict[Any, Any] | None] = ContextVar("derived", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """While a message is read, derive things from it once; with the reading, all of that is forgotten."""
    token = _derived.set({})
    try:
        yield
    finally:
        _derived.reset(token)


def once(derive: Callable[[str], _T]) -> Callable[[str], _T]:
    """Let a function of a text work once for each text in a `reading`, and every time outside of one."""

    @wraps(derive)
    def derived(text: str) -> _T:
        known = _derived.get()
        if known is None:
            return derive(text)
        if (derive, text) not in known:
            known[derive, text] = derive(text)
        found: _T = known[derive, text]
        return found

    return derived


def without_placeholders(text: str) -> str:
    """Blank out the scrubber's placeholders, keeping every offset."""
    return _PLACEHOLDERS.sub(lambda found: " " * len(found[0]), text[:LONGEST])


class _Folded(dict[int, int]):
    """Code point -> the code point that it is folded to; what few people write is folded anew each time."""

    def __missing__(self, code: int) -> int:
        lowered = chr(code).lower()
        return _FOLD.get(ord(lowered), ord(lowered)) if len(lowered) == 1 else code


_FOLDED = _Folded()
_FOLDED.update({code: _FOLDED[code] for code in range(0x250)})  # Latin letters


def fold(text: str) -> str:
    """Lower case without diacritics, of the same length: `Är på Väg` and `ar pa vag` are the same."""
    return text.translate(_FOLDED)


@once
def plain(text: str) -> str:
    """The message folded, with chat spellings written out and stretched letters shortened."""
    text = fold(without_placeholders(text))
    text = _STRETCHED.sub(r"\1\1", text)
    text = _EMOJI.sub(lambda sign: f" {_chat()[sign[0]]} ", text)
    return _WORD.sub(lambda word: _chat().get(word[0], word[0]), text)


@lru_cache(maxsize=1)
def _chat() -> dict[str, str]:
    """Folded chat spelling -> the word written out."""
    return {fold(short): fold(word) for short, word in read_yaml("spelling.yaml").items()}


def read_yaml(name: str) -> Any:
    """Read one of the language lists beside this module."""
    return yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
