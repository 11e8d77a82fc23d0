"""Places in free text: which municipality and district the exposed person lives in.

A name is found by the gazetteer as written, in the genitive, within a compound or misspelt; names that are also words
need support from the text around them. Of several places the one that the text says somebody lives in is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml
from rapidfuzz.distance import OSA

from knowledge.facts import FACTS_DIRECTORY
from knowledge.place_context import Context, context
from knowledge.situation import OUTSIDE_COUNTY

Area = tuple[str, str | None]  # municipality, district

_FOLD = str.maketrans("åäöéèüáÅÄÖÉÈÜ", "aaoeeuaAAOEEU")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_NAME = 4  # words
# What stands after a name in a compound: "Rinkebybo", "hagsätraungdomar", "Skärholmentjej".
_COMPOUND = re.compile(
    r"s?-?(?:bo|bon|bor|borna|boende|ungdom\w*|tjej\w*|kille\w*|flick\w*|pojk\w*|kvinn\w*|mamma\w*|familj\w*|elev\w*|gym\w*|"
    r"skolan?|kommun\w*|polis\w*|soc|socialtjanst\w*|trakten|omradet|hallet|sidan|torg|centrum|c)\Z"
)
_SHORTEST_COMPOUND = 5  # letters of the name
_HEAD = 4  # letters
_SHORTEST_MISSPELT = 6  # a municipality or a district
_SHORTEST_MISSPELT_PLACE = 7
_LONG = 12  # letters from which two typos are allowed
# Said alone, everybody in the county means the municipality, though Ekerö has a place of the same name.
_USUAL = {"vasby": ("Upplands Väsby", None), "väsby": ("Upplands Väsby", None), "marsta": ("Sigtuna", None)}
# Names whose lower-case form is a word of everyday speech; "i handen" may be a hand.
_EVERYDAY = frozenset(
    (
        "handen", "dalen", "bro", "stan", "soder", "city", "lund", "lina", "nora", "nas", "naset", "lugnet",
        "via", "kil", "garn", "fors", "haga", "heden", "grind", "gryt", "tuna", "bredden", "landsort",
        "kurvan", "sika", "brunn", "flaten", "hoglandet", "hasthagen", "vada", "veda", "vega", "ro", "or",
        "oja", "sigma", "canada", "ska", "stava", "lida", "kumla", "berga", "galoppen", "skargarden",
        "innerstan", "innerstaden", "soderort", "vasterort",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """A place name: the areas it can stand for, and whether it is also an ordinary word or a name of people."""

    areas: tuple[Area, ...]
    also_word: bool = False
    country: bool = False


@dataclass(frozen=True)
class Mention:
    """A place in the text, folded offsets; `sure` is how strongly the text says that the exposed person lives there."""

    start: int
    end: int
    name: Name
    context: Context


@dataclass(frozen=True)
class Place:
    """Where the exposed person lives; `candidates` ("Salem", "Stockholm/Järva") when the name fits several places."""

    municipality: str | None = None
    district: str | None = None
    candidates: tuple[str, ...] = ()


class PlaceFinder:
    """Finds places with the gazetteer; `is_word` tells ordinary words, which are never read as misspelt places."""

    def __init__(
        self,
        gazetteer: Mapping[str, Any],
        outside: Mapping[str, Any],
        is_word: Callable[[str], bool] = lambda word: False,
    ) -> None:
        """Make the names ready for comparison."""
        self._names = names(gazetteer, outside)
        self._spelt = names(gazetteer, outside, fold=str.lower)
        self._is_word = is_word
        single = [
            name
            for name, entry in self._names.items()
            if " " not in name and len(name) >= _SHORTEST_COMPOUND and not entry.also_word
        ]
        known = {folded_name(each["name"]) for each in gazetteer["municipalities"]}
        known |= {
            folded_name(part["name"]) for each in gazetteer["municipalities"] for part in each.get("districts", ())
        }
        # By their first letters, so that a word is compared with few names.
        self._compounds: dict[str, list[tuple[str, Name]]] = {}
        self._misspellable: dict[str, list[str]] = {}
        for name in sorted(single, key=len, reverse=True):
            stem = name.removesuffix("en")  # "kungsholmstjej"
            for head in {name, stem if len(stem) > _SHORTEST_COMPOUND else name}:
                self._compounds.setdefault(head[:_HEAD], []).append((head, self._names[name]))
            if len(name) >= (_SHORTEST_MISSPELT if name in known else _SHORTEST_MISSPELT_PLACE):
                self._misspellable.setdefault(name[0], []).append(name)

    def find(self, text: str, perspective: str | None = None) -> Place:
        """Return where the exposed person lives, as far as the text says."""
        folded = text.translate(_FOLD).lower() if len(text.lower()) == len(text) else text.translate(_FOLD)
        found = list(self._mentions(folded, text))
        return _choose(
            [replace(each, context=context(folded, each.start, each.end, perspective, len(found))) for each in found]
        )

    def _mentions(self, folded: str, text: str) -> Iterator[Mention]:
        words = [(found.start(), found.end(), found[0]) for found in _WORD.finditer(folded)]
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
                start, end = words[at][0], words[at + length - 1][1]
                spelt = " ".join(_WORD.findall(text[start:end].lower()))
                name = self._lookup(" ".join(word for _, _, word in words[at : at + length]), spelt, length)
                if name and self._supported(name, folded, text, start, end, len(words)):
                    yield Mention(start, end, name, Context(0))
                    at += length - 1
                    break
            at += 1

    def _lookup(self, phrase: str, spelt: str, length: int) -> Name | None:
        """Return the name that the words are: as spelt before any other with other diacritics, then in the genitive."""
        if spelt in self._spelt and spelt not in _USUAL:
            return self._spelt[spelt]
        # "vårsta" may be typed "varsta", but "värsta" is another word.
        typed, known = (spelt, self._spelt) if any(char in "åäö" for char in spelt) else (phrase, self._names)
        for form in (typed, typed.removesuffix("s"), typed.removesuffix(" centrum"), typed.removesuffix(" c")):
            if form in known and len(form) > 2:
                return known[form]
        return self._nearest(phrase) if length == 1 else None

    def _nearest(self, word: str) -> Name | None:
        """Return the name within a compound, or the one name that the word misspells."""
        for head, entry in self._compounds.get(word[:_HEAD], ()):
            if word.startswith(head) and _COMPOUND.fullmatch(word, len(head)):
                return entry
        if len(word) < _SHORTEST_MISSPELT or word.isdigit() or self._is_word(word):
            return None
        allowed = 1 if len(word) < _LONG else 2
        near = [name for name in self._misspellable.get(word[0], ()) if abs(len(name) - len(word)) <= allowed]
        scored = sorted((distance, name) for name in near if (distance := OSA.distance(word, name)) <= allowed)
        if not scored or (
            len(scored) > 1 and scored[0][0] == scored[1][0] and self._names[scored[0][1]] != self._names[scored[1][1]]
        ):
            return None
        return self._names[scored[0][1]]

    def _supported(self, name: Name, folded: str, text: str, start: int, end: int, words: int) -> bool:
        """Tell whether a name that is also a word, or a country, is meant as a place where somebody is."""
        if not (name.also_word or name.country):
            return True
        cue = context(folded, start, end, None, 1)
        if name.country:
            return cue.lives and cue.score == 3
        capital = text[start].isupper() and any(char.islower() for char in text)
        alone = bool(re.search(r"(?:\A|[,.:]\s*)\Z", folded[:start]) and re.match(r"\s*(?:[,.]|\Z)", folded[end:]))
        if (cue.lives and (cue.score == 3 or capital)) or alone or words <= 2:
            return True
        there = cue.score < 0 or bool(re.search(r"\b(?:i|pa|fran|till|vid|nara|utanfor)\s+\Z", folded[:start]))
        return there and (capital or folded[start:end] not in _EVERYDAY)


def _choose(mentions: list[Mention]) -> Place:
    here = [mention for mention in mentions if mention.context.score > -2]
    if not here:
        return Place()
    best = max(mention.context.score for mention in here)
    # A precise name wins over "Stockholm", which is also the whole county's name.
    chosen = [mention for mention in here if mention.context.score == best]
    inside = [mention for mention in here if mention.name.areas[0][0] != OUTSIDE_COUNTY]
    if inside and best <= 0:
        top = max(mention.context.score for mention in inside)
        chosen = [mention for mention in inside if mention.context.score == top]
    elif chosen[0].name.areas[0][0] == OUTSIDE_COUNTY and best <= 0 and not chosen[0].context.plain:
        return Place()
    chosen.sort(key=lambda mention: (mention.name.areas == (("Stockholm", None),), len(mention.name.areas) > 1))
    areas = list(chosen[0].name.areas)
    if len(areas) > 1:
        areas = _narrowed(areas, here) or areas
    elif areas == [("Stockholm", None)] or (areas[0][1] is None and areas[0][0] == "Stockholm"):
        finer = [
            mention
            for mention in here
            if len(mention.name.areas) == 1 and mention.name.areas[0][0] == "Stockholm" and mention.name.areas[0][1]
        ]
        areas = [finer[0].name.areas[0]] if finer else areas
    if len(areas) == 1:
        return Place(*areas[0])
    municipalities = {municipality for municipality, _ in areas}
    candidates = tuple("/".join(filter(None, area)) for area in areas)
    return Place(municipalities.pop() if len(municipalities) == 1 else None, None, candidates)


def _narrowed(areas: list[Area], mentions: list[Mention]) -> list[Area]:
    """Use another name in the text to tell which one is meant: "Alby i Botkyrka", "Kristineberg på Kungsholmen"."""
    others = {area for mention in mentions if len(mention.name.areas) == 1 for area in mention.name.areas}
    exact = [area for area in areas if area in others]
    return exact or [area for area in areas if any(area[0] == other[0] for other in others)]


def names(
    gazetteer: Mapping[str, Any], outside: Mapping[str, Any], fold: Callable[[str], str] | None = None
) -> dict[str, Name]:
    """Return folded name -> what it stands for, from the gazetteer and the list of what lies outside the county."""
    folded_name = fold or globals()["folded_name"]
    found: dict[str, list[Area]] = {}

    def add(name: str, area: Area) -> None:
        areas = found.setdefault(folded_name(name), [])
        if area not in areas:
            areas.append(area)

    for municipality in gazetteer["municipalities"]:
        home = (municipality["name"], None)
        for name in (municipality["name"], *municipality["places"], *municipality["colloquial"]):
            add(str(name), home)
        for district in municipality.get("districts", ()):
            for name in (district["name"], *district["places"], *district["colloquial"]):
                add(str(name), (municipality["name"], district["name"]))
    for entry in gazetteer["ambiguous"]:
        found[folded_name(entry["place"])] = [_area(candidate) for candidate in entry["candidates"]]
    for municipality in gazetteer["municipalities"]:
        found[folded_name(municipality["name"])] = [(municipality["name"], None)]
    for name, area in _USUAL.items():
        found[name] = [area]
    words = {folded_name(str(word)) for word in gazetteer["also_words"]}
    known = {name: Name(tuple(areas), name in words) for name, areas in found.items()}
    beyond: tuple[Area, ...] = ((OUTSIDE_COUNTY, None),)
    for town in outside["towns"]:
        known.setdefault(folded_name(town), Name(beyond))
    for country in outside["countries"]:
        known.setdefault(folded_name(country), Name(beyond, country=True))
    return known


def folded_name(name: str) -> str:
    """Return the name as it is compared: lower case, no diacritics, words with one space between."""
    return " ".join(_WORD.findall(name.translate(_FOLD).lower()))


def _area(candidate: str) -> Area:
    municipality, _, district = candidate.partition("/")
    return municipality, district or None


def finder(is_word: Callable[[str], bool] = lambda word: False) -> PlaceFinder:
    """Return a finder for the county's gazetteer."""
    gazetteer, outside = (
        yaml.safe_load((FACTS_DIRECTORY / f"{stem}.yaml").read_text(encoding="utf-8"))
        for stem in ("gazetteer", "outside")
    )
    return PlaceFinder(gazetteer, outside, is_word)
