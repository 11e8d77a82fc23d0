"""Places in free text: which municipality and district the exposed person lives in.

A name is found by the gazetteer as written, in the genitive, within a compound or misspelt; names that are also words
need support from the text around them. Of several places the one that the text says somebody lives in is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge import place_context
from knowledge.facts import FACTS_DIRECTORY
from knowledge.place_context import Context, context
from knowledge.place_names import FOLD, USUAL, WORD, Area, Name, folded_name, names
from knowledge.situation import OUTSIDE_COUNTY

_LONGEST_NAME = 4  # words
# What stands after a name in a compound: "Rinkebybo", "hagsätraungdomar", "Skärholmentjej".
_COMPOUND = re.compile(
    r"s?-?(?:bo|bon|bor|borna|boende|ungdom\w*|tjej\w*|kille\w*|flick\w*|pojk\w*|kvinn\w*|mamma\w*|familj\w*|"
    r"elev\w*|gym\w*|"
    r"skolan?|kommun\w*|polis\w*|soc|socialtjanst\w*|trakten|omradet|hallet|sidan|torg|centrum|c)\Z"
)
_SHORTEST_COMPOUND = 5  # letters of the name
_HEAD = 4  # letters
_SHORTEST_MISSPELT = 5  # a municipality or a district
_SHORTEST_MISSPELT_PLACE = 6
_ENDINGS = ("n", "en", "na", "erna", "arna", "orna", "s", "a", "e", "t", "et", "r", "er", "or", "ar", "de", "te")
_SHORTEST_LETTER_LOST = 7  # a word whose first letter may be the wrong one
_ANSWER = 2  # words
_SHORTEST_BEGUN = 6  # letters
_LONG = 12  # letters from which two typos are allowed
# Names whose lower-case form is a word of everyday speech; "i handen" may be a hand.
_EVERYDAY = frozenset(
    (
        "handen", "dalen", "bro", "stan", "soder", "city", "lund", "lina", "nora", "nas", "naset", "lugnet",
        "via", "kil", "garn", "fors", "haga", "heden", "grind", "gryt", "tuna", "bredden", "landsort",
        "kurvan", "sika", "brunn", "flaten", "hoglandet", "hasthagen", "vada", "veda", "vega", "ro", "or",
        "oja", "sigma", "canada", "ska", "stava", "lida", "kumla", "berga", "galoppen", "skargarden",
        "innerstan", "innerstaden", "soderort", "vasterort", "kista", "ronna", "kasta", "farska", "staket", "are",
    )
)  # fmt: skip
# Only with a preposition right before them, and a capital where there are any.
_HARDLY = frozenset(("ska", "via", "or", "ro", "are", "kasta", "farska", "staket"))
# What stands right before an everyday word that is meant as a place, though it has no capital.
_SURE = {
    "soder": r"\bpa", "bro": r"\b(?:i|fran)", "soderort": "", "vasterort": "",
    "innerstan": "", "innerstaden": "", "city": r"\b(?:i|fran)", "vega": r"\b(?:i|fran)", "kista": r"\b(?:i|fran)",
    "ronna": r"\b(?:i|fran)",
}  # fmt: skip
# What stands right before one that is no place there: a coffin, downtown.
_OTHERWISE = {"kista": r"\b(?:en|hem i|hans|hennes)", "stan": r"\bpa"}
# A car or a flat only with a verb: the keys to either are in a hand.
_LIVES_IN_HANDEN = re.compile(
    r"\b(?:bor|bo|boende|bosatt|skriven|lgh)\s+(?:\w+\s+)?i\s+\Z|\b(?:fran|till)\s+\Z|"
    r"\b(?:bor|bo|sover)\s+i\s+(?:\w+\s+)?(?:bilen|lagenhet\w*|hus\w*)\s+i\s+\Z|"
    r"\b(?:har|hyr)\s+(?:en\s+)?lagenhet\s+i\s+\Z"
)
_PREPOSITION = re.compile(
    r"\b(?:i|in|pa|fran|till|vid|nara|utanfor|alltsa|dvs|mot|kring|menade|menar|narheten av)\s+\Z"
)
# "14 ronna", "tjej 17 från handen", "familjehem salem": a person, an age or an office right before the name.
_PERSON_BEFORE = re.compile(
    r"(?:\b\d{1,2}(?:\s*ar)?|\b(?:tjej|kille|kvinna|kv|man|flicka|pojke|dam|elev|klient|pat|patient|syster|"
    r"dotter|kusin|bog|"
    r"familjehem|stodboende\w*|skola|um|vc|bvc|soc|bup|handl|jour|faltare|faltassistent|mal|ags|kurator|boende|"
    r"bosatt|bor))"
    r"[\s,(]+(?:\d\d?\s+)?(?:(?:i|fran|pa)\s+)?\Z"
)

_SLIP = re.compile(r"\W*(?:nej|nae|na|forlat|oj|fel|(?:eller )?jag (?:menar|menade)|menar jag)(?: \w+){0,2}\W+")


@dataclass(frozen=True)
class Mention:
    """A place in the text, folded offsets; `context` is how strongly the text says that somebody lives there."""

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
        known = {folded_name(each["name"]) for each in gazetteer["municipalities"]}
        known |= {
            folded_name(part["name"]) for each in gazetteer["municipalities"] for part in each.get("districts", ())
        }
        single = [
            name
            for name, entry in self._names.items()
            if " " not in name and (len(name) >= _SHORTEST_COMPOUND or name in known) and not entry.also_word
        ]
        # By their first letters, so that a word is compared with few names.
        self._compounds: dict[str, list[tuple[str, Name]]] = {}
        self._misspellable: dict[str, list[str]] = {}
        for name in sorted(single, key=len, reverse=True):
            stem = name.removesuffix("en")  # "kungsholmstjej"
            for head in {name, stem if len(stem) > _SHORTEST_COMPOUND else name}:
                self._compounds.setdefault(head[:_HEAD], []).append((head, self._names[name]))
            if len(name) >= (_SHORTEST_MISSPELT if name in known else _SHORTEST_MISSPELT_PLACE):
                self._misspellable.setdefault(name[0], []).append(name)
        self._all_misspellable = [name for names in self._misspellable.values() for name in names]

    def find(self, text: str, perspective: str | None = None) -> Place:
        """Return where the exposed person lives, as far as the text says."""
        folded = text.translate(FOLD).lower() if len(text.lower()) == len(text) else text.translate(FOLD)
        found = list(self._mentions(folded, text))
        judged = [
            replace(each, context=context(folded, each.start, each.end, perspective, len(found))) for each in found
        ]
        judged = _with_regions(_without_denied(_without_slips(judged, folded), folded), folded)
        if place_context.is_home_unknown(folded):
            judged = [each for each in judged if each.context.score == place_context.LIVES]
        if not any(each.context.score == place_context.LIVES for each in judged) and place_context.is_outside(folded):
            return Place(OUTSIDE_COUNTY)
        return _choose(judged)

    def _mentions(self, folded: str, text: str) -> Iterator[Mention]:
        words = [(found.start(), found.end(), found[0]) for found in WORD.finditer(folded)]
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
                start, end = words[at][0], words[at + length - 1][1]
                spelt = " ".join(WORD.findall(text[start:end].lower()))
                phrase = " ".join(word for _, _, word in words[at : at + length])
                name = self._lookup(phrase, spelt) or (self._compound(phrase) if length == 1 else None)
                if name is None and len(words) <= _ANSWER and length == 1:
                    name = self._begun(phrase)
                if name is None and length == 1:
                    name = self._misspelt(phrase)
                    if name and not _is_placed(folded, start, end, len(words)):
                        name = None
                if name and self._supported(name, folded, text, start, end, len(words)):
                    yield Mention(start, end, name, Context(0))
                    at += length - 1
                    break
            at += 1

    def _lookup(self, phrase: str, spelt: str) -> Name | None:
        """Return the name that the words are: as spelt before any other with other diacritics, then in the genitive."""
        if spelt in self._spelt and spelt not in USUAL:
            return self._spelt[spelt]
        # "vårsta" may be typed "varsta", but "värsta" is another word.
        typed, known = (spelt, self._spelt) if any(char in "åäö" for char in spelt) else (phrase, self._names)
        short = typed.removesuffix(" centrum").removesuffix(" c")
        for form in (typed, typed.removesuffix("s"), short, short.removesuffix("s")):
            if form in known and len(form) > 2:
                return known[form]
        return None

    def _compound(self, word: str) -> Name | None:
        """Return the name that a compound begins with, unless it is the county's: "stockholmsområdet"."""
        if word.startswith("stockholms"):
            return None
        for head, entry in self._compounds.get(word[:_HEAD], ()):
            if word.startswith(head) and _COMPOUND.fullmatch(word, len(head)):
                return entry
        return None

    def _begun(self, word: str) -> Name | None:
        """Return the one place whose name a bare answer is the beginning of: "gullmars"."""
        if len(word) < _SHORTEST_BEGUN or self._is_word(word):
            return None
        found = [entry for name, entry in self._names.items() if name.startswith(word)]
        return found[0] if found and all(entry.areas == found[0].areas for entry in found) else None

    def _misspelt(self, word: str) -> Name | None:
        """Return the one name that the word misspells; a word, also inflected, is never a misspelt name."""
        if len(word) < _SHORTEST_MISSPELT or word.isdigit() or self._is_word(word):
            return None
        if any(word.endswith(end) and self._is_word(word.removesuffix(end)) for end in _ENDINGS):
            return None
        allowed = 1 if len(word) < _LONG else 2
        scored = _near(word, self._misspellable.get(word[0], ()), allowed)
        if not scored and len(word) >= _SHORTEST_LETTER_LOST:  # "jursholm"
            scored = _near(word, self._all_misspellable, 1)
        if not scored or (
            len(scored) > 1 and scored[0][0] == scored[1][0] and self._names[scored[0][1]] != self._names[scored[1][1]]
        ):
            return None
        return self._names[scored[0][1]]

    def _supported(self, name: Name, folded: str, text: str, start: int, end: int, words: int) -> bool:
        """Tell whether a name that is also a word, or a country, is meant as a place where somebody is."""
        said, before = folded[start:end], folded[:start]
        if not (name.also_word or name.country or said in _EVERYDAY):
            return True
        cue = context(folded, start, end, None, 1)
        if name.country:
            at_home = cue.lives and cue.score == place_context.LIVES
            return at_home and not before.endswith("hemma i ")  # mostly somebody who went back
        capital = text[start].isupper() and any(char.islower() for char in text)
        placed = _PREPOSITION.search(before) is not None
        if said in _HARDLY and text[start:end].lower() == said:
            return capital and bool(re.search(r"\b(?:i|pa|fran)\s+\Z", before))
        if said in _OTHERWISE and re.search(_OTHERWISE[said] + r"\s+\Z", before):
            return False
        if _is_alone(folded, start, end) or words <= 2 or _PERSON_BEFORE.search(before):
            return True
        if not before.strip() and re.match(r"\s+\d\d?\b", folded[end:]):  # "sumpan 19"
            return True
        if said == "handen" and not capital:
            return bool(_LIVES_IN_HANDEN.search(before))
        if (cue.lives and cue.score == place_context.LIVES) and (placed or capital):
            return True
        if said in _EVERYDAY and not capital:
            return said in _SURE and bool(re.search(_SURE[said] + r"\s+\Z", before))
        return placed


def _near(word: str, names: Sequence[str], allowed: int) -> list[tuple[int, str]]:
    """Return the two names nearest to a word, at most that many typos away."""
    found = process.extract(word, names, scorer=OSA.distance, score_cutoff=allowed, limit=2)
    return [(int(distance), name) for name, distance, _ in found]


def _is_alone(folded: str, start: int, end: int) -> bool:
    """Tell whether the name stands between commas or full stops, or is the whole message."""
    behind = re.match(r"\s*(?:[,.!?()–-]|\Z)", folded[end:])
    return bool(behind and re.search(r"(?:\A\W*|[,.:(–-]\s*)\Z", folded[:start]))


def _is_placed(folded: str, start: int, end: int, words: int) -> bool:
    """Tell whether a word that may be a misspelt name stands where a place would."""
    before = folded[:start]
    return bool(
        words <= (2 if before.strip() else 4)
        or re.match(r"\s+(?:\w*jour|soc|kommun)\w*", folded[end:])
        or _is_alone(folded, start, end)
        or _PREPOSITION.search(before)
        or _PERSON_BEFORE.search(before)
    )


def _without_slips(mentions: list[Mention], folded: str) -> list[Mention]:
    """Leave out what is taken back at once: "Botkyrka, nej jag menar Haninge"."""
    slips = {first.start for first, second in pairwise(mentions) if _SLIP.fullmatch(folded[first.end : second.start])}
    return [mention for mention in mentions if mention.start not in slips]


def _without_denied(mentions: list[Mention], folded: str) -> list[Mention]:
    """Leave out what only tells which place is not meant: "inte Rönninge i Salem, Rönninge i Täby"."""
    more = {
        second.start
        for first, second in pairwise(mentions)
        if folded[first.end : second.start] == " i " and re.search(r"\binte (?:i )?\Z", folded[: first.start])
    }
    return [mention for mention in mentions if mention.start not in more]


def _with_regions(mentions: list[Mention], folded: str) -> list[Mention]:
    """Return the mentions, those outside the county that lie "i Närke" or "utanför Lund" named so."""
    found = list(mentions)
    for at, (first, second) in enumerate(pairwise(mentions)):
        if _is_outside(second) and folded[first.end : second.start] in (" i ", ", det i ", " utanfor "):
            found[at] = replace(first, name=second.name)
    return found


def _choose(mentions: list[Mention]) -> Place:
    here = [mention for mention in mentions if _score(mention) > place_context.ELSEWHERE]
    if not here:
        return Place()
    best = max(map(_score, here))
    # A precise name wins over "Stockholm", which is also the whole county's name.
    chosen = [mention for mention in here if _score(mention) == best]
    inside = [mention for mention in here if not _is_outside(mention)]
    top = max(map(_score, inside), default=place_context.ELSEWHERE)
    if inside and (best <= 0 or (chosen[0].context.weak and top >= place_context.UNSAID)):
        chosen = [mention for mention in inside if _score(mention) == top]
    elif (
        _is_outside(chosen[0])
        and best <= 0
        and not (chosen[0].context.plain or chosen[0].context.score == place_context.OFFICE)
    ):
        return Place()
    chosen.sort(key=lambda mention: (mention.name.areas == (("Stockholm", None),), len(mention.name.areas) > 1))
    areas = list(chosen[0].name.areas)
    if len(areas) > 1:
        near = [mention for mention in mentions if _score(mention) > place_context.NOT_HERE]
        areas = _narrowed(areas, near) or areas
    elif areas == [("Stockholm", None)] or (areas[0][1] is None and areas[0][0] == "Stockholm"):
        finer = [
            mention
            for mention in here
            if len(mention.name.areas) == 1 and mention.name.areas[0][0] == "Stockholm" and mention.name.areas[0][1]
        ]
        areas = [finer[0].name.areas[0]] if finer else areas
        if not finer and max(map(_score, chosen)) <= place_context.UNSAID:
            return Place()  # "ensam i Stockholm": of the training sentences that name it so, one in eight tells a home
    if len(areas) == 1:
        return Place(*areas[0])
    municipalities = {municipality for municipality, _ in areas}
    candidates = tuple("/".join(filter(None, area)) for area in areas)
    return Place(municipalities.pop() if len(municipalities) == 1 else None, None, candidates)


def _is_outside(mention: Mention) -> bool:
    return mention.name.areas[0][0] == OUTSIDE_COUNTY


def _score(mention: Mention) -> int:
    """How strongly somebody lives there; being from somewhere outside the county need not be living there."""
    return min(mention.context.score, 0) if mention.context.origin and _is_outside(mention) else mention.context.score


def _narrowed(areas: list[Area], mentions: list[Mention]) -> list[Area]:
    """Use another name in the text to tell which one is meant: "Alby i Botkyrka", "Kristineberg på Kungsholmen"."""
    others = {area for mention in mentions if len(mention.name.areas) == 1 for area in mention.name.areas}
    exact = [area for area in areas if area in others]
    return exact or [area for area in areas if any(area[0] == other[0] for other in others)]


def finder(is_word: Callable[[str], bool] = lambda word: False) -> PlaceFinder:
    """Return a finder for the county's gazetteer."""
    gazetteer, outside = (
        yaml.load((FACTS_DIRECTORY / f"{stem}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for stem in ("gazetteer", "outside")
    )
    return PlaceFinder(gazetteer, outside, is_word)
