"""The names of places and what each can stand for, made ready for comparison with a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.situation import OUTSIDE_COUNTY

Area = tuple[str, str | None]  # municipality, district

FOLD = str.maketrans("åäöéèüáÅÄÖÉÈÜ", "aaoeeuaAAOEEU")
WORD = re.compile(r"[^\W_]+")
# Said alone, everybody in the county means the municipality, though Ekerö has a place of the same name.
# "Lund" is the city in Skåne, not the part of Järfälla.
USUAL = {
    "lund": (OUTSIDE_COUNTY, None),
    "vasby": ("Upplands Väsby", None),
    "väsby": ("Upplands Väsby", None),
    "marsta": ("Sigtuna", None),
}
# What people write for the city; no place of the gazetteer is spelt like that.
SHORT = {"sthlm": ("Stockholm", None), "sörtälje": ("Södertälje", None)}


@dataclass(frozen=True)
class Name:
    """A place name: the areas it can stand for, and whether it is also an ordinary word or a name of people."""

    areas: tuple[Area, ...]
    also_word: bool = False
    country: bool = False


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
        found[folded_name(entry["place"])] = [area_of(candidate) for candidate in entry["candidates"]]
    for municipality in gazetteer["municipalities"]:
        found[folded_name(municipality["name"])] = [(municipality["name"], None)]
    for name, area in USUAL.items():
        found[name] = [area]
    for name, area in SHORT.items():
        found[folded_name(name)] = [area]
    for name in [name for name in found if " " in name]:  # "upplandsväsby"
        found.setdefault(name.replace(" ", ""), found[name])
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
    return " ".join(WORD.findall(name.translate(FOLD).lower()))


def area_of(candidate: str) -> Area:
    municipality, _, district = candidate.partition("/")
    return municipality, district or None
