"""Personnummer, samordningsnummer and the Finnish, Danish and Norwegian counterparts.

Sources: lag (1991:481) and Skatteverket SKV 704/707: YYMMDD-NNNC, day + 60 for a samordningsnummer, `+` from the year a
person turns 100. A wrong check digit still identifies somebody, so it never saves a number. Organisation numbers (third
and fourth digit 20 or more) are not personal and stay.
"""

import re
from collections.abc import Iterator
from datetime import date

from stdnum import luhn
from stdnum.no import fodselsnummer

from bot.privacy.detectors.number_words import NUMBER
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_SEPARATOR = (
    r"(?:[-+ .\n:/_,*=(~#'|]{0,5}|[ ,]{1,2}(?:(?:bindestreck|streck|minus|plus|t|och|o|sen|sedan|"
    r"och sen|följt av)[ ,:]{1,2}))"
)
_NUMBER = Pattern(
    rf"(?<!\d)\(?(?:(18|19|20)\)?[ -]?)?(\d\d)(\)?[ .\-/]?)(\d\d)[ .\-/]?(\d\d)({_SEPARATOR}|"
    rf"\)[ (]{{0,3}})(\d\d)([ .-]?)(\d\d)(?:[:-]?an?(?!\w)|(?!\d))"
)
_SPACED = Pattern(r"(?<!\d)(?<!\d[ .\-])\d(?:(?:[ .\-]| [.\-] )\d){9}(?:(?:[ .\-]| [.\-] )\d){0,2}(?!\d)(?![ .\-]\d)")
# The end left out or cut off: "850312-98".
_CUT = Pattern(r"(?<![\d.-])(\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-9]\d)(?:[-+]\d{1,3}(?:-\d)?|\+))(?![\d-])")
_REST_OF_DATE = re.compile(r"-(?:0\d|1[0-2])-[0-3]\d")
_IN_THREES = Pattern(r"(?<![\d-])(?<!\d )([1-9]\d\d) (\d{3})[- ](\d{4})(?![\d-])(?! \d)")
_LAST_FOUR = Pattern(
    r"(?:sista\s(?:fyra|4)|(?:fyra|4)\ssista|sista\ssiffrorna|kontrollsiffror(?:na)?|sista\sfyran)"
    r"[^\d\n]{0,30}?(?<!\d)(\d[ -]?\d[ -]?\d[ -]?\d)(?!\d)"
    rf"|(?:sista\s(?:fyra|4)|(?:fyra|4)\ssista|sista\ssiffrorna|kontrollsiffror(?:na)?)"
    rf"[^\d\n]{{0,20}}?[ :]({NUMBER}(?:[ ,]{{1,2}}{NUMBER}){{1,3}})",
    re.IGNORECASE,
)
_ENDS = Pattern(r"\bsista(?: är| e|:)? (\d{4})(?![\d-])", re.IGNORECASE)
# A digit too many or too few, or the hyphen in a wrong place: after the word for it any such number is one.
_MISCOUNTED = Pattern(
    r"\b(?:pers?o?n?(?:al|s)?[- ]?(?:num+er|numret|nr)|pers?\.? ?nr|pnr|p\.nr|p-?nummer|"
    r"sam(?:o?rdn?\w{0,5})?[-. ]{0,2}(?:num+er|numret|nr)|skattenummer)[ :.(]{0,3}(?:är |e |var ){0,1}"
    r"(\d{4,9}[-+ ]\d{3,6}|\d{9,13})(?![\d-])",
    re.IGNORECASE,
)
_FINNISH = Pattern(r"(?<![^\W_])(?<!\d)(\d\d)(\d\d)\d\d[-+A-FU-Ya-fu-y]\d{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y](?![^\W_])")
_NORWEGIAN = Pattern(r"(?<!\d)(\d\d)[ .]?(\d\d)[ .]?\d\d ?(?:\d{5}|\d{3} ?\d\d)(?!\d)")
_CUE = re.compile(
    r"pers\w{0,6}[. -]{0,2}n(?:umm?e|r)|\bpnr|p-?nummer|\bsam\.? ?n|\bperson(?:al)?\s?nr|född|\bcpr|samordning|"
    r"\bperso\b",
    re.IGNORECASE,
)
_NORDIC_CUE = re.compile(r"fødsel|norsk|norge|\bcpr\b|dansk|danmark", re.IGNORECASE)


def detect(view: str) -> Iterator[Found]:
    """Yield full numbers, in any grouping, and the last four digits given apart."""
    for match in _NUMBER.finditer(view):
        if match[7] in ("19", "20") and _REST_OF_DATE.match(view, match.end()):
            continue  # "2022-03-01--2023-08-15"
        kind = _classify(match, view)
        if kind:
            yield Found(kind, match.start(), match.end())
    for match in _SPACED.finditer(view):
        digits = re.sub(r"\D", "", match[0])
        if kind_of_date(digits[-10:-4]) and (digits[0] != "0" or _cued(view, match.start())):
            yield Found(Kind.PERSONNUMMER, match.start(), match.end())
    for match in _LAST_FOUR.finditer(view):
        group = 1 if match[1] else 2
        yield Found(Kind.PERSONNUMMER, match.start(group), match.end(group))
    for match in _IN_THREES.finditer(view):
        kind = kind_of_date(match[1] + match[2])
        if kind:
            yield Found(kind, match.start(), match.end())
    for pattern in (_MISCOUNTED, _CUT):
        for match in pattern.finditer(view):
            yield Found(Kind.PERSONNUMMER, match.start(1), match.end(1))
    for match in _ENDS.finditer(view):
        if not match[1].startswith(("19", "20")):
            yield Found(Kind.PERSONNUMMER, match.start(1), match.end(1))
    yield from _neighbours(view)


def kind_of_date(digits: str) -> Kind | None:
    """Kind that six digits YYMMDD can begin, or None when they are no date at all."""
    month, day = int(digits[2:4]), int(digits[4:6])
    if not 1 <= month <= 12:
        return None
    if 1 <= day <= 31:
        return Kind.PERSONNUMMER
    return Kind.SAMORDNINGSNUMMER if 61 <= day <= 91 else None


def birth_date(number: str, today: date) -> date | None:
    """Birth date in a Swedish number as written; None when there is none. Two-digit years are the latest possible."""
    digits = re.sub(r"\D", "", number)
    if len(digits) not in (10, 12) or kind_of_date(digits[-10:-4]) is None:
        return None
    day = int(digits[-6:-4])
    year = int(digits[:-8]) if len(digits) == 12 else today.year // 100 * 100 + int(digits[:2])
    try:
        born = date(year, int(digits[-8:-6]), day - 60 if day > 60 else day)
        if len(digits) == 10 and born > today:
            born = born.replace(year=born.year - 100)
        if len(digits) == 10 and "+" in number:
            born = born.replace(year=born.year - 100)
    except ValueError:
        return None
    return born if born <= today else None


def _classify(match: re.Match[str], view: str) -> Kind | None:
    century, year, first_gap, month, day, gap, third, last_gap, fourth = match.groups()
    kind = kind_of_date(year + month + day)
    digits = year + month + day + third + fourth
    cued = _cued(view, match.start())
    first_gap = first_gap.replace(")", "")
    compact_date = not first_gap and re.sub(r"[ ()]", "", match[0])[: 8 if century else 6].isdigit()
    if year[0] == "0" and not century and not cued and _reads_as_phone(digits, compact_date, gap, first_gap):
        return None
    if kind:
        # Two loose pairs at the end are a rare way to write it: then the check digit or a cue must agree.
        pairs = first_gap == last_gap and year[0] != "0"
        if last_gap and not (cued or luhn.is_valid(digits) or compact_date or century or pairs):
            return None
        return kind
    if cued and not int(month) >= 20:
        return Kind.PERSONNUMMER
    day_first = _is_day_month(year, month)
    if compact_date and gap.strip() and len(gap) <= 3:
        # The shape is that of a personnummer, so a typo in the date does not make it anything else.
        return Kind.PERSONNUMMER if day_first or int(month) < 20 else None
    return Kind.PERSONNUMMER if century and compact_date and int(month) < 20 else None


def _reads_as_phone(digits: str, compact_date: bool, gap: str, first_gap: str) -> bool:
    if compact_date and gap:
        return False
    if compact_date and digits[:2] != "07" and luhn.is_valid(digits):
        return False
    return not (first_gap and "-" in gap and first_gap != "-")


def _neighbours(view: str) -> Iterator[Found]:
    for match in _FINNISH.finditer(view):
        if _is_day_month(match[1], match[2]):
            yield Found(Kind.PERSONNUMMER, match.start(), match.end())
    for match in _NORWEGIAN.finditer(view):
        digits = re.sub(r"\D", "", match[0])
        nordic = _NORDIC_CUE.search(view, max(0, match.start() - 40), match.start())
        if nordic or _cued(view, match.start()) or fodselsnummer.is_valid(digits):
            yield Found(Kind.PERSONNUMMER, match.start(), match.end())


def _is_day_month(day: str, month: str) -> bool:
    return (1 <= int(day) <= 31 or 41 <= int(day) <= 71) and 1 <= int(month) <= 12


def _cued(view: str, start: int) -> bool:
    return _CUE.search(view, max(0, start - 30), start) is not None
