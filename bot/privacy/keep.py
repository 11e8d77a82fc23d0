"""What must stay: numbers, mail addresses, streets and names of services, and place names.

Read as plain data from knowledge/facts when it is there, so that this package needs nothing of ours.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import OSA

from bot.privacy.detectors.phone import national
from bot.privacy.lists import read_lines
from bot.privacy.patterns import Pattern

FACTS = Path(__file__).resolve().parents[2] / "knowledge" / "facts"
_LONG = 8  # letters
_PHRASE_WORD = re.compile(r"[\w:]+(?:-\w+)*")
_LONGEST_PHRASE = 7  # words
_FROM_THERE = re.compile(
    r"(\w{5,}?)s?-?(?:bo|bon|bor|tjej\w*|kille\w*|flick\w*|pojk\w*|kvinn\w*|mamma\w*|ungdom\w*|familj\w*)"
)
_ACT = "SoL"  # the Social Services Act; "Sol" is a name
_SHORT_NAME = re.compile(r"\s*(?:\(.*|[-–,].*)$")
_NUMBER = Pattern(r"(?<![\d\w+])(?:\+|00)?[ ]?\(?\d(?:[ \-./()]{0,3}\d){2,13}(?!\d)")


@dataclass(frozen=True)
class Keep:
    """What the scrubber must not take. Words and phrases are in lower case.

    Attributes:
        numbers: phone numbers as dialled within Sweden, digits only.
        emails: mail addresses of services.
        streets: "gata 3" of services.
        phrases: names of services and the like, words of a phrase separated by one space.
        services: names of services, letters only, for those that are misspelt.
        places: place name -> its one municipality ("" when several share it or it is also a word).
        districts: place name -> its one district within Stockholm.
    """

    numbers: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    places: dict[str, str] = field(default_factory=dict)
    districts: dict[str, str] = field(default_factory=dict)

    def is_place(self, word: str) -> bool:
        """Whether the words name a place of the county, also in the genitive."""
        word = word.lower()
        return word in self.places or (word.endswith("s") and word[:-1] in self.places)

    def is_like_place(self, word: str) -> bool:
        """Whether a lower-case word is a place with one typing error, or a place and who is from there."""
        joined = _FROM_THERE.fullmatch(word)
        if joined and (self.is_place(joined[1]) or self.is_place(joined[1] + "en")):
            return True
        return len(word) >= _LONG and any(
            len(place) >= _LONG and place[0] == word[0] and OSA.distance(word, place, score_cutoff=1) == 1
            for place in self.places
        )

    def is_like_service(self, words: str) -> bool:
        """Whether the words are the name of a service with one typing error: "nina joren"."""
        name = _letters(words)
        return len(name) >= _LONG and any(OSA.distance(name, own, score_cutoff=1) <= 1 for own in self.services)

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """How many words the phrases of several words have, longest first, by their first word."""
        lengths: dict[str, set[int]] = {}
        for phrase in self.phrases:
            words = phrase.split(" ")
            if 1 < len(words) <= _LONGEST_PHRASE:
                lengths.setdefault(words[0], set()).add(len(words))
        return {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def phrase_spans(self, view: str) -> list[tuple[int, int]]:
        """Return where service names and the like stand, which hold a name without naming a person; longest first."""
        words = [(match[0].lower(), match.start(), match.end()) for match in _PHRASE_WORD.finditer(view)]
        spans: list[tuple[int, int]] = []
        index = 0
        while index < len(words):
            for length in (*self._lengths.get(words[index][0], ()), 1):
                chosen = words[index : index + length]
                phrase = " ".join(word for word, _, _ in chosen)
                own = phrase in self.phrases or (phrase.endswith("s") and phrase[:-1] in self.phrases)
                if own or view[chosen[0][1] : chosen[-1][2]] == _ACT:
                    spans.append((chosen[0][1], chosen[-1][2]))
                    index += len(chosen) - 1
                    break
            index += 1
        return spans

    def is_kept_number(self, text: str) -> bool:
        """Whether a number as written is a service's."""
        return national(text) in self.numbers


def _letters(words: str) -> str:
    return "".join(filter(str.isalpha, words.lower()))


def protected_spans(view: str, keep: Keep) -> list[tuple[int, int]]:
    """Spans of service numbers in the view, which no detector of numbers may touch."""
    return [m.span() for m in _NUMBER.finditer(view) if keep.is_kept_number(m[0])]


@lru_cache(maxsize=4)
def load_keep(facts: Path = FACTS) -> Keep:
    """Read the facts; an absent file gives the built-in phrases only."""
    services: list[dict[str, Any]] = _read(facts / "services.yaml") or []
    gazetteer: dict[str, Any] = _read(facts / "gazetteer.yaml") or {}
    numbers: set[str] = set()
    emails: set[str] = set()
    streets: set[str] = set()
    names: set[str] = set()
    phrases = {line.lower() for line in read_lines("keep_phrases.txt")}
    for service in services:
        for phone in service.get("phones", []) + service.get("unverified_phones", []):
            numbers.add(national(str(phone["number"])))
        if service.get("email"):
            emails.add(service["email"].lower())
        streets.update(
            match.lower()
            for match in re.findall(r"[A-ZÅÄÖ][\wåäö ]+? \d{1,3}(?: [A-Z])?\b", service.get("address") or "")
        )
        for name in (service["name"], service.get("organization") or ""):
            for form in (name, _SHORT_NAME.sub("", name), *re.findall(r"\(([^)]+)\)", name)):
                if len(form) > 3:
                    phrases.add(" ".join(_PHRASE_WORD.findall(form.lower())))
                    names.add(_letters(form))
    places, districts = _places(gazetteer)
    phrases.update(place for place in places if " " in place)  # "Kungens kurva"
    return Keep(
        frozenset(numbers),
        frozenset(emails),
        frozenset(streets),
        frozenset(phrases),
        frozenset(name for name in names if len(name) >= _LONG),
        places,
        districts,
    )


def _places(gazetteer: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    found: dict[str, set[str]] = {}
    districts: dict[str, set[str]] = {}
    for municipality in gazetteer.get("municipalities", []):
        for part in (municipality, *municipality.get("districts", [])):
            for place in (part["name"], *part.get("places", []), *part.get("colloquial", [])):
                found.setdefault(str(place).lower(), set()).add(municipality["name"])
                if part is not municipality:
                    districts.setdefault(str(place).lower(), set()).add(part["name"])
    unsure = {str(entry["place"]).lower() for entry in gazetteer.get("ambiguous", [])}
    unsure |= {str(word).lower() for word in gazetteer.get("also_words", [])}

    def certain(places: dict[str, set[str]]) -> dict[str, str]:
        return {place: min(names) if len(names) == 1 and place not in unsure else "" for place, names in places.items()}

    return certain(found), {place: name for place, name in certain(districts).items() if name}


def _read(path: Path) -> Any:
    if not path.exists():
        return None
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
