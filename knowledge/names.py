"""Services asked for by name in free text: misspelt, split in two, by what people call them, or by kind and place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from knowledge.situation import DISTRICTS, MUNICIPALITIES
from knowledge.types import Service

MOST_FOUND = 5
_NEAR = 86  # per cent alike; below it "kvinnojouren" is any women's shelter
_SHORT = 4  # letters; a shorter name must stand as a word of its own
# Start of a word -> kind of service; such a word alone names no service, with a place it does.
_KIND_WORDS = {
    "socialjour": "socialjour",
    "socialtjänst": "socialtjanst",
    "socialkontor": "socialtjanst",
    "socialen": "socialtjanst",
    "soctj": "socialtjanst",
    "socjour": "socialjour",
    "kvinnojour": "kvinnojour",
    "tjejjour": "tjejjour",
    "ungdomsjour": "tjejjour",
    "brottsofferjour": "brottsofferjour",
    "ungdomsmottagning": "ungdomsmottagning",
    "relationsvåldsteam": "relationsvaldsteam",
    "relationsvåldscent": "relationsvaldsteam",
    "barnahus": "barnahus",
}
_NO_NAMES = {"dagtid"}  # in brackets behind a name
_KIND_NAMES = {"soc": "socialtjanst", "soss": "socialtjanst"}  # whole words


class NameIndex:
    """The names of services, and what they are called, made ready for comparison."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._services = tuple(services)
        owners: dict[str, list[Service]] = defaultdict(list)
        for service in self._services:
            for name in _names(service):
                owners[name].append(service)
        # A name that several bear names none of them.
        self._names = [(name, found[0]) for name, found in owners.items() if len(found) == 1]
        self._joined = [name.replace(" ", "") for name, _ in self._names]
        self._longest = max((len(name.split()) for name, _ in self._names), default=0) + 2

    def search(self, text: str) -> tuple[Service, ...]:
        """Return the services that the text names, best first; the longer name wins over one within it."""
        words = plain(text).split()
        scores: dict[str, tuple[float, int, Service]] = {}
        for (name, service), score in zip(self._names, self._scores(words), strict=True):
            best = scores.get(service.id)
            if score >= _NEAR and (best is None or (score, len(name)) > best[:2]):
                scores[service.id] = (score, len(name), service)
        ordered = sorted(scores.values(), key=lambda one: (-round(one[0] / 5), -one[1], -one[0]))
        local = self._by_kind_and_place(words)
        # Where a kind and a place are said, a likeness to another place's service is chance.
        named = [service for _, _, service in ordered if not local or service.scope in ("national", "county")]
        return tuple(dict.fromkeys([*local, *named]))[:MOST_FOUND]

    def _scores(self, words: list[str]) -> list[float]:
        """Likeness in per cent between each name and the nearest stretch of words; a short name must stand alone."""
        stretches = {
            "".join(words[start : start + size])
            for size in range(1, min(len(words), self._longest) + 1)
            for start in range(len(words) - size + 1)
        }
        stretches |= {stretch.removesuffix("s") for stretch in stretches}  # the genitive: origos, talitas
        if not stretches or not self._joined:
            return [0.0] * len(self._joined)
        likeness = process.cdist(self._joined, sorted(stretches), scorer=fuzz.ratio, score_cutoff=_NEAR).max(axis=1)
        whole = set(words) | {word.removesuffix("s") for word in words}
        return [
            (100.0 if name in whole else 0.0) if len(name) <= _SHORT else float(near)
            for name, near in zip(self._joined, likeness, strict=True)
        ]

    def _by_kind_and_place(self, words: list[str]) -> list[Service]:
        said = re.sub(r"\bsoc(?:ial)? jour", "socialjour", " ".join(words))
        words = said.split()
        kinds = {kind for word in words for start, kind in _KIND_WORDS.items() if word.startswith(start)}
        kinds |= {_KIND_NAMES[word] for word in words if word in _KIND_NAMES}
        places = {
            place for place in (*DISTRICTS, *MUNICIPALITIES) if re.search(rf"\b{re.escape(plain(place))}s?\b", said)
        }
        if not kinds or not places:
            return []
        found = [one for one in self._services if one.kind in kinds and places & {*one.municipalities, *one.districts}]
        # Not another district's; its own before the city's, the municipality's own before one shared by several.
        found = [one for one in found if not one.districts or places & set(one.districts)] or found
        return sorted(found, key=lambda one: (not places & set(one.districts), len(one.municipalities)))


def plain(text: str) -> str:
    """Return a text in small letters and digits only, words apart."""
    return re.sub(r"[^0-9a-zåäöéü]+", " ", text.lower()).strip()


def _names(service: Service) -> set[str]:
    """The full name, its first part, its abbreviation and what it is called in speech, less what is any kind's name."""
    parts = re.split(r"\s[–-]\s|[(/,]", service.name)
    texts = {service.name, parts[0], *service.aliases, *re.findall(r" \(([^)]+)\)", service.name)}
    # "Relationsvåldscentrum (RVC) Väst" is also said without its bracket and as "RVC Väst".
    texts |= {re.sub(r"\([^)]*\) ?", "", service.name), re.sub(r"^[^(]*\(([^)]+)\) (?=.)", r"\1 ", service.name)}
    names = {plain(text) for text in texts} - _NO_NAMES
    return {name for name in names if len(name) > 2 and (service.scope == "national" or not _is_kind(name))}


def _is_kind(name: str) -> bool:
    return " " not in name and any(name.startswith(start) and len(name) <= len(start) + 3 for start in _KIND_WORDS)
