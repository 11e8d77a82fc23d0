"""Facts that are safe and useful to keep: the age, and the municipality of an address."""

import re
from datetime import date

from bot.privacy.detectors import birth_date, personnummer
from bot.privacy.keep import Keep
from bot.privacy.types import Found, Kind

_ADULT_OTHER = re.compile(
    r"(?:\b(?:min|hennes|hans|sin|deras|ex|exet|mitt)\s)?(?:\b(?:ex)?(?:man(?:nen)?|make(?:n)?|sambo(?:n)?|"
    r"kille(?:n)?|pojkvän(?:nen)?|pappa(?:n)?|far|bror|brorsa|ex(?:et)?)\b|"
    r"\bgärningsman\w*|\bmisstänkt\w*|\bförövar\w*|\bgm\b|\butövar\w*)[^.!?\n]{0,40}\Z",
    re.IGNORECASE,
)
_TOWN = re.compile(r"[ ,\n]{1,3}([A-Za-zÅÄÖåäöé]+(?:[- ][A-Za-zÅÄÖåäöé]+)?)")


def derive(view: str, found: list[Found], keep: Keep, today: date) -> dict[str, str | int]:
    """Read the facts; an age only when one person's birth is given and the text does not say it is somebody else's."""
    facts: dict[str, str | int] = {}
    births = set()
    for item in found:
        text = view[item.start : item.end]
        if item.type in (Kind.PERSONNUMMER, Kind.SAMORDNINGSNUMMER):
            births.add((personnummer.birth_date(text, today), item.start))
        elif item.type is Kind.BIRTH_DATE:
            births.add((birth_date.parse(text), item.start))
        elif item.type in (Kind.POSTCODE_ADDRESS, Kind.ADDRESS):
            facts |= _place_after(view, item.end, keep)
    known = {(born, start) for born, start in births if born and born <= today}
    if len({born for born, _ in known}) == 1:
        born, start = min(known, key=lambda pair: pair[1])
        if born and not _ADULT_OTHER.search(view[max(0, start - 60) : start]):
            facts["age"] = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return facts


def _place_after(view: str, end: int, keep: Keep) -> dict[str, str | int]:
    town = _TOWN.match(view, end)
    if not town:
        return {}
    words = town[1].lower()
    for name in (words, re.split("[- ]", words)[0]):
        if keep.places.get(name):
            place: dict[str, str | int] = {"municipality": keep.places[name]}
            return place | ({"district": keep.districts[name]} if name in keep.districts else {})
    return {}
