"""Services asked for by name in free text: misspelt, split in two, or by what people call them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from knowledge.types import Service

MOST_FOUND = 5
_NEAR = 86  # per cent alike; below it "kvinnojouren" is any women's shelter
_SHORT = 5  # letters; a shorter name must stand as a word of its own


class NameIndex:
    """The names of services, and what they are called, made ready for comparison."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._names = [(name, service) for service in services for name in _names(service)]

    def search(self, text: str) -> tuple[Service, ...]:
        """Return the services that the text names, best first; the longer name wins over one within it."""
        words = plain(text).split()
        joined = "".join(words)
        scores: dict[str, tuple[float, int, Service]] = {}
        for name, service in self._names:
            score = _score(name, words, joined)
            best = scores.get(service.id)
            if score >= _NEAR and (best is None or (score, len(name)) > best[:2]):
                scores[service.id] = (score, len(name), service)
        ordered = sorted(scores.values(), key=lambda one: (-round(one[0] / 5), -one[1], -one[0]))
        return tuple(service for _, _, service in ordered[:MOST_FOUND])


def plain(text: str) -> str:
    """Return a text in small letters and digits only, words apart."""
    return re.sub(r"[^0-9a-zåäöéü]+", " ", text.lower()).strip()


def _names(service: Service) -> set[str]:
    """The full name, its parts before a dash, slash, bracket or comma, and what it is called in speech."""
    parts = re.split(r"\s[–-]\s|[(/,]|\s/\s", service.name)
    names = {plain(part) for part in (service.name, parts[0], *service.aliases)}
    # A bracket that holds an abbreviation is a name: "Relationsvåldscentrum (RVC) Väst".
    names |= {plain(found) for found in re.findall(r"\(([^)]+)\)", service.name)}
    return {name for name in names if len(name) > 2}


def _score(name: str, words: list[str], joined: str) -> float:
    """Likeness in per cent between a name and any stretch of the words as many letters long."""
    target = name.replace(" ", "")
    if len(target) <= _SHORT:
        return 100.0 if target in words or _definite(target) & set(words) else 0.0
    count = len(name.split())
    best = 0.0
    for size in range(1, min(len(words), count + 2) + 1):
        for start in range(len(words) - size + 1):
            stretch = "".join(words[start : start + size])
            if abs(len(stretch) - len(target)) <= max(2, len(target) // 4):
                best = max(best, fuzz.ratio(stretch, target))
    return best


def _definite(name: str) -> set[str]:
    """A short name with the endings of speech: mikas, mikan, origon."""
    return {name + ending for ending in ("s", "n", "en", "et")}
