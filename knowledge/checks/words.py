"""Rules for the gazetteer, the lexicon and the county's figures."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from knowledge.checks.common import CONFIDENCE, TOWNS, TYPE_NAMES, TYPES, Faults, is_url, keys, repeated
from knowledge.facts import Facts
from knowledge.situation import DISTRICTS

_WORD_LISTS = ("danger", "suicide", "perpetrator", "relations", "hbtqi", "disability", "elderly", "substance_use")


def check_gazetteer(facts: Facts) -> Faults:
    """Check that places are unique within a municipality and that names in several are declared ambiguous."""
    faults = Faults("gazetteer.yaml")
    if not keys(faults, "-", facts.gazetteer, ["municipalities", "ambiguous", "also_words"], ordered=False):
        return faults
    towns = facts.gazetteer["municipalities"]
    faults.check([town.get("name") for town in towns] == TOWNS, "-", "municipalities", "ska vara de 26 i ordning")
    for code in repeated(town.get("code") for town in towns):
        faults.add(code, "code", "finns två gånger")
    where: dict[str, set[str]] = defaultdict(set)
    for town in towns:
        for place, area in _places(faults, town):
            where[place.lower()].add(area)
    _ambiguous(faults, facts.gazetteer["ambiguous"], where)
    also = [word.lower() for word in facts.gazetteer["also_words"]]
    for word in repeated(also):
        faults.add(word, "also_words", "finns två gånger")
    for word in set(also) - set(where):
        faults.add(word, "also_words", "är inget ortnamn i listan")
    return faults


def _places(faults: Faults, town: dict[str, Any]) -> list[tuple[str, str]]:
    name = str(town.get("name"))
    wanted = ["name", "code", "places", "colloquial"] + (["districts"] if name == "Stockholm" else [])
    if not keys(faults, name, town, wanted, ordered=False):
        return []
    faults.check(re.fullmatch(r"01\d\d", str(town["code"])), name, "code", f"{town['code']!r} är ingen kommunkod")
    found = [(place, name) for place in (name, *town["places"], *town["colloquial"])]
    districts = town.get("districts", [])
    if name == "Stockholm":
        ordered = [district.get("name") for district in districts] == list(DISTRICTS)
        faults.check(ordered, name, "districts", "ska vara de elva i ordning")
    for district in districts:
        if keys(faults, district.get("name"), district, ["name", "places", "colloquial"], ordered=False):
            area = f"{name}/{district['name']}"
            found += [(place, area) for place in (district["name"], *district["places"], *district["colloquial"])]
    for place, area in found:
        faults.check(isinstance(place, str), area, "places", f"{place!r} ska vara text")
    texts = [(place, area) for place, area in found if isinstance(place, str)]
    for place in repeated(place.lower() for place, _ in texts):
        faults.add(name, "places", f"{place!r} finns två gånger")
    return texts


def _ambiguous(faults: Faults, entries: list[dict[str, Any]], where: dict[str, set[str]]) -> None:
    valid = set(TOWNS) | {f"Stockholm/{district}" for district in DISTRICTS}
    declared: dict[str, set[str]] = {}
    for entry in entries:
        place = str(entry.get("place"))
        if not keys(faults, place, entry, ["place", "candidates"], ordered=False):
            continue
        candidates = entry["candidates"]
        faults.check(len(set(candidates)) > 1, place, "candidates", "ska vara minst två")
        for one in set(candidates) - valid:
            faults.add(place, "candidates", f"okänd kommun eller stadsdel {one!r}")
        faults.check(place.lower() not in declared, place, "place", "finns två gånger")
        faults.check(place.lower() in where, place, "place", "är inget ortnamn i listan")
        declared[place.lower()] = {one.split("/")[0] for one in candidates}
    for place, areas in where.items():
        towns = {area.split("/")[0] for area in areas}
        known = len(towns) == 1 or towns <= declared.get(place, set())
        faults.check(known, place, "ambiguous", f"finns i {', '.join(sorted(towns))} men står inte som tvetydigt")


def check_lexicon(facts: Facts) -> Faults:
    """Check that words are in small letters, stand once in their list, and that the patterns compile."""
    faults, lexicon = Faults("lexicon.yaml"), facts.lexicon
    wanted = ["violence_types", "shared_between_types", *_WORD_LISTS, "needs", "age", "professions"]
    for key in [key for key in wanted if key not in lexicon]:
        faults.add("-", key, "saknas")
    if faults:
        return faults
    faults.check(set(lexicon["violence_types"]) == TYPES, "-", "violence_types", "ska vara de fem våldstyperna")
    for code, lists in lexicon["violence_types"].items():
        if keys(faults, code, lists, ["name_sv", "terms", "jargon", "ambiguous"], ordered=False):
            faults.check(lists["name_sv"] == TYPE_NAMES.get(code), code, "name_sv", "ska vara verktygets namn")
            _words(faults, code, lists["terms"] + lists["jargon"] + lists["ambiguous"])
    for shared in lexicon["shared_between_types"]:
        known = len(shared["violence_types"]) > 1 and set(shared["violence_types"]) <= TYPES
        faults.check(known, shared["term"], "shared_between_types", "ska gälla minst två kända våldstyper")
    for name in _WORD_LISTS:
        if keys(faults, name, lexicon[name], ["terms", "ambiguous"], ordered=False):
            _words(faults, name, lexicon[name]["terms"] + lexicon[name]["ambiguous"])
    for name, words in lexicon["needs"].items():
        _words(faults, f"needs/{name}", words)
    _words(faults, "professions", lexicon["professions"])
    for pattern in lexicon["age"]["patterns"]:
        try:
            re.compile(pattern["regex"])
        except re.error as error:
            faults.add("age", "regex", f"{pattern['regex']}: {error}")
    return faults


def _words(faults: Faults, name: str, words: list[Any]) -> None:
    for word in words:
        faults.check(
            isinstance(word, str) and word == word.lower() and word.strip(), name, "terms", f"{word!r}: gemener"
        )
    for word in repeated(map(str, words)):
        faults.add(name, "terms", f"{word!r} finns två gånger")


def check_indicators(facts: Facts) -> Faults:
    """Check that every published figure has a year, a source and known codes."""
    faults, figures = Faults("indicators.yaml"), facts.indicators
    for key in [
        key
        for key in ("violence_types", "municipalities", "coverage", "indicators", "county_facts")
        if key not in figures
    ]:
        faults.add("-", key, "saknas")
    if faults:
        return faults
    named = {kind.get("code"): kind.get("name_sv") for kind in figures["violence_types"]}
    faults.check(named == TYPE_NAMES, "-", "violence_types", "ska vara de fem våldstyperna med verktygets namn")
    for fact in figures["county_facts"]:
        sourced = bool(fact.get("facts") and fact.get("sources")) and all(is_url(s.get("url")) for s in fact["sources"])
        faults.check(sourced, fact.get("topic"), "sources", "fakta eller källa saknas")
    faults.check(figures["municipalities"].get("count") == len(TOWNS), "-", "municipalities", "ska vara 26")
    rows = [(row.get("violence_type"), row.get("group")) for row in figures["coverage"]]
    wanted = {(kind, group) for kind in TYPES for group in ("barn", "vuxna")}
    faults.check(set(rows) == wanted and len(rows) == len(wanted), "-", "coverage", "en rad per våldstyp och grupp")
    for row in figures["coverage"]:
        for field in ("offers_percent", "own_regime_percent", "cooperation_percent"):
            share = row.get(field)
            within = share is None or (isinstance(share, int | float) and 0 <= share <= 100)
            faults.check(within, row.get("violence_type"), field, f"{share!r} är ingen procent")
    for row in figures["coverage"] + figures["indicators"]:
        name = row.get("id") or f"{row.get('violence_type')}/{row.get('group')}"
        faults.check("year" in row, name, "year", "saknas")
        for code in set(row.get("violence_types", [])) - TYPES:
            faults.add(name, "violence_types", f"okänt värde {code!r}")
        sourced = bool(row.get("sources")) and all(is_url(source.get("url")) for source in row["sources"])
        faults.check(sourced, name, "sources", "källa saknas")
        faults.check(row.get("confidence") in CONFIDENCE, name, "confidence", f"okänt värde {row.get('confidence')!r}")
    for figure in repeated(row.get("id") for row in figures["indicators"]):
        faults.add(figure, "id", "finns två gånger")
    return faults
