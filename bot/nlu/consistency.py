"""What a careful expert sees at once: strong cues, and facets that follow from or rule out each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from bot.nlu import numbers
from bot.nlu.concepts import concepts
from bot.nlu.text import plain, read_yaml

# Intents that say nothing about a situation, however violent their words are.
ABOUT_NOTHING = ("out_of_scope", "smalltalk", "bot")
_OWN_PARTNER = re.compile(r"\b(?:min (?:man|sambo|kille|pojkvan|make)|mitt ex|exet)\b")
_ABUSE = frozenset(("rape", "touching", "partner_sex"))
_NEGATED = {
    "heder": r"(?:inte|ej|inget|ingen|inga|icke)(?: \w+){0,2} (?:heder\w*|hrv\w*)",
    "sexuellt": r"(?:inte|ej|inget|icke)(?: \w+){0,1} (?:sexuell\w*|valdtakt\w*)",
    "manniskohandel": r"(?:inte|ej|ingen|inget|icke)(?: \w+){0,1} (?:manniskohandel|trafficking)",
    "prostitution": r"(?:inte|ej|ingen|icke)(?: \w+){0,1} (?:prostitution|salj\w* sex)",
    "nara_relation": r"(?:inte|ej|inget|icke)(?: \w+){0,1} (?:i nara relation\w*|vald i nara|partnervald|samlevnad)",
}
# Words that stand around an age or a place in an answer.
_AROUND_ANSWERS = frozenset(
    [
        "jag",
        "ja",
        "vi",
        "hon",
        "han",
        "hen",
        "ar",
        "bor",
        "i",
        "pa",
        "ar",
        "ars",
        "gammal",
        "bast",
        "tjej",
        "kille",
        "kvinna",
        "man",
        "flicka",
        "pojke",
        "typ",
        "ungefar",
        "ca",
        "snart",
        "nu",
        "hej",
    ]
)
# Concepts that make even a short message more than an answer.
_GRAVE = frozenset(("hitting", "threats", "rape", "touching", "suicide", "stalking", "trafficking", "selling_sex"))


@lru_cache(maxsize=1)
def _cues() -> dict[str, Any]:
    entries = read_yaml("cues.yaml")
    return {
        "harmless": re.compile("|".join(entries["harmless"])),
        "perspective": {name: re.compile("|".join(forms)) for name, forms in entries["perspective"].items()},
    }


def is_harmless(text: str) -> bool:
    """Tell whether the words point to news, fiction, study or an idiom rather than to somebody's life."""
    return bool(_cues()["harmless"].search(plain(text)))


def perspective(text: str) -> str | None:
    """Return who is writing when a strong cue says so."""
    readable = plain(text)
    for name, pattern in _cues()["perspective"].items():
        if pattern.search(readable):
            return str(name)
    return None


def negated_types(text: str) -> list[str]:
    """Return the types of violence that the text rules out in so many words."""
    readable = plain(text)
    return [kind for kind, pattern in _NEGATED.items() if re.search(rf"\b{pattern}\b", readable)]


def with_relation(text: str, kinds: Sequence[str]) -> list[str]:
    """Add close relationship to sexual violence by a partner or somebody in the family (situation.md)."""
    found = concepts(text)
    missing = "sexuellt" in kinds and "nara_relation" not in kinds
    if missing and found & _ABUSE and "stranger" not in found and _OWN_PARTNER.search(plain(text)):
        return ["nara_relation", *kinds]
    return list(kinds)


def is_bare_answer(text: str, facets: Mapping[str, Any]) -> bool:
    """Tell whether the message is nothing but an age or a place: "17", "vi bor i tumba", "kvinna, 33"."""
    told = any(facets.get(name) for name in ("age", "municipality", "place_candidates"))
    words = re.findall(r"[^\W_]+", plain(text))
    rest = [word for word in words if not (word.isdigit() or word in numbers.WORDS or word in _AROUND_ANSWERS)]
    named = bool(facets.get("municipality") or facets.get("place_candidates"))
    return told and "?" not in text and len(rest) <= (2 if named else 0) and not concepts(text) & _GRAVE
