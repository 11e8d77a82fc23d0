"""Rules for services.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from knowledge.checks.common import AUDIENCE, CONFIDENCE, TOWNS, TYPES, Faults, is_url, keys, repeated
from knowledge.facts import Facts
from knowledge.phones import SHORT, dialled
from knowledge.situation import DISTRICTS

KEYS = [
    "id", "name", "organization", "kind", "provider", "scope", "municipalities", "districts", "violence_types",
    "audience", "min_age", "max_age", "gender", "phones", "unverified_phones", "hours", "chat", "email", "url",
    "address", "languages", "interpreter", "anonymous", "cost", "support", "notes", "checked", "sources", "confidence",
]  # fmt: skip
ONE_OF: dict[str, set[Any]] = {
    "kind": {
        "stodlinje", "socialtjanst", "socialjour", "relationsvaldsteam", "kvinnojour", "tjejjour", "brottsofferjour",
        "mottagning", "vard", "polis", "skyddat_boende", "resurscentrum", "radgivning", "barnahus",
        "ungdomsmottagning", "webb", "ovrigt",
    },
    "provider": {"kommun", "region", "stat", "civilsamhalle"},
    "scope": {"national", "county", "municipality", "district"},
    "gender": {None, "women", "men", "trans"},
    "confidence": CONFIDENCE,
    "interpreter": {True, False, None},
    "anonymous": {True, False, None},
}  # fmt: skip
SOME_OF: dict[str, set[str] | None] = {
    "municipalities": set(TOWNS),
    "districts": set(DISTRICTS),
    "violence_types": TYPES,
    "audience": AUDIENCE,
    "support": {
        "stodsamtal", "skyddat_boende", "ekonomiskt_bistand", "brottsofferstod", "malsagandebitrade", "larmpaket",
        "vard", "rattsintyg", "radgivning", "krishantering", "juridik", "sparsakring", "behandling_utovare",
        "barnsamtal", "exitstod",
    },
    "languages": None,
}  # fmt: skip
# For men by their own word; a lost gender would offer them to women as theirs.
MEN_ONLY = {
    "stodlinjen-for-man", "killar-se", "man-terapimottagning", "manscentrum-stockholm", "mansjouren-stockholms-lan",
    "manscentrum-ostra-sodertorn",
}  # fmt: skip
TEXTS = ("hours", "chat", "email", "url", "address", "cost")
_GROUPED = re.compile(r"0\d{1,3}-\d{2,3}( \d{2,3}){1,3}|\+46( \d{1,3}){3,5}")
_LOOSE = re.compile(r"(?<![\d–-])(\+46|0)\d{0,3}[- ]\d{2,3} ?\d{2,3} ?\d{2,3}")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def check_services(facts: Facts) -> Faults:
    """Check every service by itself, then the whole: order, duty of each municipality."""
    faults = Faults("services.yaml")
    whole: list[dict[str, Any]] = []
    for number, entry in enumerate(facts.services, 1):
        name = entry.get("id") or f"post {number}" if isinstance(entry, dict) else f"post {number}"
        if keys(faults, name, entry, KEYS) and _values(faults, name, entry):
            for rule in _RULES:
                rule(faults, name, entry)
            whole.append(entry)
    for service_id in repeated(entry["id"] for entry in whole):
        faults.add(service_id, "id", "finns två gånger")
    for service_id in sorted(MEN_ONLY - {entry["id"] for entry in whole}):
        faults.add(service_id, "id", "saknas; är tjänsten nedlagd, stryk den även i MEN_ONLY")
    if len(whole) == len(facts.services):
        _coverage(faults, whole)
        _order(faults, whole)
    return faults


def _values(faults: Faults, name: str, entry: dict[str, Any]) -> bool:
    """Types and codes; the other rules need them to be right."""
    before = len(faults)
    faults.check(
        isinstance(entry["id"], str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry["id"]),
        name, "id", "ska vara små bokstäver a-z, siffror och bindestreck",
    )  # fmt: skip
    for field in ("name", "organization", "notes"):
        faults.check(isinstance(entry[field], str) and entry[field].strip(), name, field, "saknas")
    for field in TEXTS:
        faults.check(entry[field] is None or isinstance(entry[field], str), name, field, "ska vara text")
    for field, allowed in ONE_OF.items():
        value = entry[field]
        known = isinstance(value, str | bool | None.__class__) and value in allowed
        faults.check(known, name, field, f"okänt värde {value!r}")
    for field, several in SOME_OF.items():
        _list(faults, name, field, entry[field], several)
    for field in ("phones", "unverified_phones", "sources"):
        faults.check(isinstance(entry[field], list), name, field, "ska vara en lista")
    for field in ("min_age", "max_age"):
        age = entry[field]
        faults.check(age is None or (type(age) is int and 0 <= age <= 120), name, field, f"{age!r} är ingen ålder")
    return len(faults) == before


def _list(faults: Faults, name: str, field: str, found: Any, allowed: set[str] | None) -> None:
    if not faults.check(isinstance(found, list), name, field, "ska vara en lista"):
        return
    for value in found:
        known = isinstance(value, str) and (allowed is None or value in allowed)
        faults.check(known, name, field, f"okänt värde {value!r}")
    for value in repeated(map(str, found)):
        faults.add(name, field, f"{value!r} finns två gånger")


def _language(faults: Faults, name: str, entry: dict[str, Any]) -> None:
    for code in entry["languages"]:
        faults.check(re.fullmatch(r"[a-z]{2}", code), name, "languages", f"{code!r} är ingen språkkod")


def _audience_and_age(faults: Faults, name: str, entry: dict[str, Any]) -> None:
    low, high, children = entry["min_age"], entry["max_age"], "barn" in entry["audience"]
    faults.check(entry["audience"], name, "audience", "är tom")
    faults.check(len(entry["violence_types"]) < 5, name, "violence_types", "alla fem skrivs som tom lista")
    faults.check(low is None or high is None or low <= high, name, "max_age", "är lägre än min_age")
    faults.check(high is None or high >= 18 or children, name, "audience", "barntjänst utan barn")
    taking = low is not None and low < 18 and entry["kind"] != "socialtjanst"
    faults.check(not taking or children, name, "audience", "tar emot under 18 men saknar barn")
    faults.check(low is None or low < 18 or not children, name, "audience", "vuxentjänst med barn")


def _area(faults: Faults, name: str, entry: dict[str, Any]) -> None:
    wide = entry["scope"] in ("national", "county")
    faults.check(not (wide and (entry["municipalities"] or entry["districts"])), name, "municipalities",
                 "ska vara tom för en tjänst i hela länet eller landet")  # fmt: skip
    faults.check(wide or entry["municipalities"], name, "municipalities", "saknas")
    faults.check(
        bool(entry["districts"]) == (entry["scope"] == "district"), name, "districts", "stämmer inte med scope"
    )
    inside = not entry["districts"] or entry["municipalities"] == ["Stockholm"]
    faults.check(inside, name, "districts", "stadsdel utanför Stockholm")


def _sources(faults: Faults, name: str, entry: dict[str, Any]) -> None:
    faults.check(entry["sources"], name, "sources", "saknas")
    for source in entry["sources"]:
        if keys(faults, name, source, ["url", "seen"], ordered=False):
            faults.check(isinstance(source["seen"], str) and source["seen"], name, "sources", "seen saknas")
            faults.check(
                source["url"] is None or is_url(source["url"]), name, "sources", f"{source['url']!r} är ingen adress"
            )


def _phones(faults: Faults, name: str, entry: dict[str, Any]) -> None:
    seen: list[str] = []
    for field in ("phones", "unverified_phones"):
        for phone in entry[field]:
            if not keys(faults, name, phone, ["number", "note"]):
                continue
            number = phone["number"]
            if faults.check(is_phone(number), name, field, f"{number!r} är inget telefonnummer"):
                seen.append(re.sub(r"\D", "", number))
            faults.check(phone["note"] is None or isinstance(phone["note"], str), name, field, "note ska vara text")
            faults.check(field == "phones" or phone["note"], name, field, f"{number!r} saknar note")
    for number in repeated(seen):
        faults.add(name, "phones", f"{number} finns två gånger")
    if entry["phones"]:
        sourced = any(isinstance(one, dict) and is_url(one.get("url")) for one in entry["sources"])
        faults.check(sourced, name, "phones", "telefon utan källa med adress")
        faults.check(entry["confidence"] != "low", name, "phones", "telefon på post med låg tillförlitlighet")
    faults.check(not _LOOSE.search(entry["notes"]), name, "notes", "telefonnummer i notes")


def is_phone(number: Any) -> bool:
    """Tell whether a value is a Swedish phone number in the grouping of the facts."""
    if not isinstance(number, str):
        return False
    if SHORT.fullmatch(number):
        return True
    try:
        dialled(number)
    except ValueError:
        return False
    return _GROUPED.fullmatch(number) is not None and 8 <= len(re.sub(r"\D", "", number)) <= 13


def _links(faults: Faults, name: str, entry: dict[str, Any]) -> None:
    for field in ("url", "chat"):
        faults.check(entry[field] is None or is_url(entry[field]), name, field, f"{entry[field]!r} är ingen adress")
    mail = entry["email"]
    faults.check(mail is None or _MAIL.fullmatch(mail), name, "email", f"{mail!r} är ingen e-postadress")
    checked = entry["checked"]
    dated = checked is None or re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", str(checked))
    faults.check(
        dated and (checked is None or isinstance(checked, str)), name, "checked", f"{checked!r} är inte ÅÅÅÅ-MM"
    )


def _kinds(faults: Faults, name: str, entry: dict[str, Any]) -> None:
    if entry["kind"] == "skyddat_boende":
        faults.check(entry["address"] is None, name, "address", "adress till skyddat boende får aldrig stå")
    if entry["kind"] == "socialtjanst":
        faults.check(not entry["violence_types"], name, "violence_types", "socialtjänsten gäller alla våldstyper")
        for field in ("min_age", "max_age", "gender"):
            faults.check(entry[field] is None, name, field, "socialtjänsten gäller alla")
    faults.check(entry["id"] not in MEN_ONLY or entry["gender"] == "men", name, "gender", "ska vara men")


def _coverage(faults: Faults, entries: list[dict[str, Any]]) -> None:
    """Every municipality has social services and a social emergency service; Stockholm one in each district."""
    for town in TOWNS:
        here = [entry for entry in entries if town in entry["municipalities"]]
        social = [entry for entry in here if entry["kind"] == "socialtjanst"]
        whole_town = [entry for entry in social if entry["scope"] == "municipality"]
        faults.check(len(whole_town) == 1, town, "socialtjanst", f"{len(whole_town)} poster, ska vara en")
        faults.check(any(entry["kind"] == "socialjour" for entry in here), town, "socialjour", "saknas")
        for district in DISTRICTS if town == "Stockholm" else ():
            own = [entry for entry in social if entry["districts"] == [district]]
            faults.check(len(own) == 1, f"{town}/{district}", "socialtjanst", f"{len(own)} poster, ska vara en")


def place_in_file(entry: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return what the file is ordered by: nationwide, county, then by municipality; `None` for an unknown one."""
    order = {"national": 0, "county": 1}.get(entry["scope"], 2)
    first = next(iter(entry["municipalities"]), None)
    if first is None:
        return order, -1
    return (order, TOWNS.index(first)) if first in TOWNS else None


def _order(faults: Faults, entries: list[dict[str, Any]]) -> None:
    for before, after in pairwise(entries):
        places = place_in_file(before), place_in_file(after)
        ordered = None in places or places[0] <= places[1]  # type: ignore[operator]
        faults.check(ordered, after["id"], "-", "står fel: först nationellt, sedan länet, sedan kommun för kommun")


_RULES: tuple[Callable[[Faults, str, dict[str, Any]], None], ...] = (
    _language,
    _audience_and_age,
    _area,
    _sources,
    _phones,
    _links,
    _kinds,
)
