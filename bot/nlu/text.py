"""How a message is read before anything is looked for in it: one spelling for what people spell in many ways."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

LONGEST = 2000  # characters that are read; the gateway refuses longer messages

# What the scrubber puts in place of a name or a number (bot/privacy). It says nothing about the situation.
_PLACEHOLDERS = re.compile(
    r"\b(?:PERSONNAMN|PERSONNUMMER|FÖDELSEDATUM|TELEFON|EPOST|ADRESS|POSTADRESS|REGNUMMER|ANVÄNDARNAMN|PROFILLÄNK|"
    r"ÄRENDENUMMER|KONTONUMMER|KORTNUMMER|IDNUMMER|IPADRESS|KOORDINATER)\b"
)
# One to one, so that offsets in the folded text are offsets in the text.
_FOLD = str.maketrans("åäöéèêëüúùáàâíìîïóòôæøÅÄÖÉÈÜÆØ", "aaoeeeeuuuaaaiiiioooaoAAOEEUAO")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+")


def without_placeholders(text: str) -> str:
    """Blank out the scrubber's placeholders, keeping every offset."""
    return _PLACEHOLDERS.sub(lambda found: " " * len(found[0]), text[:LONGEST])


def fold(text: str) -> str:
    """Lower case without diacritics, of the same length: `Är på Väg` and `ar pa vag` are the same."""
    lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lowered.translate(_FOLD)


def plain(text: str) -> str:
    """The message folded, with chat spellings written out and stretched letters shortened."""
    text = fold(without_placeholders(text))
    text = _STRETCHED.sub(r"\1\1", text)
    return _WORD.sub(lambda word: _chat().get(word[0], word[0]), text)


@lru_cache(maxsize=1)
def _chat() -> dict[str, str]:
    """Folded chat spelling -> the word written out."""
    return {fold(short): fold(word) for short, word in read_yaml("spelling.yaml").items()}


def read_yaml(name: str) -> Any:
    """Read one of the language lists beside this module."""
    return yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
