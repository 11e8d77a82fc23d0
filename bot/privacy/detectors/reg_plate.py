"""Registration plates of cars: three letters (not I, Q, V, Å, Ä, Ö), two digits, digit or letter.

Source: Transportstyrelsen.
"""

import re
from collections.abc import Iterator

from bot.privacy.lists import read_words
from bot.privacy.types import Found, Kind

_L = "A-HJ-PR-UW-Z"
_GLUED = re.compile(rf"(?<![^\W_])[{_L}]{{3}}-?\d\d[{_L}0-9](?![^\W_])", re.IGNORECASE)
_SPACED = re.compile(rf"(?<![^\W_])([{_L}]{{3}}) \d\d[{_L}0-9](?![^\W_])")
_CUE = (
    r"(?:reg(?:istrerings)?\.?[ -]?(?:nummer|nr|plåt|skylt)\w{0,3}|nummerplåt\w{0,3}|reg\.?(?= [A-ZÅÄÖ]{3})|"
    r"bil(?:en)?s? (?:nr|nummer))"
)
_CUED = re.compile(
    rf"\b{_CUE}[ :]{{0,3}}(?:är|på bilen(?: är)?|:)?[ :]{{0,2}}((?=[A-Z0-9 -]{{0,6}}\d)"
    rf"[A-Z]{{1,3}}[ -]?[A-Z0-9]{{2,5}}(?: ?\d{{2,3}})?)(?!\w)",
    re.I,
)
_VEHICLE = re.compile(
    r"\b(?:bil\w{0,4}|volvo\w{0,3}|saab|audi|bmw|mercedes|merca|toyota|golf|skoda|passat|vw|volkswagen|kia|"
    r"tesla|ford|opel|släp\w{0,3}|(?:nummer)?plåt\w{0,3}|parkera\w{0,3}|lastbil\w{0,2}|husbil\w{0,2}|husvagn\w{0,2}|epa\w?|suv\w?|"
    r"traktor\w?|citroen|fiat|jeep|"
    r"peugeot|renault|seat|nissan|mazda|hyundai|mc|moped\w?|motorcykel\w?|skåpbil\w{0,2}|taxi\w?|reg\w{0,3}|"
    r"skylt\w{0,3}|kör\w{0,2})\b",
    re.IGNORECASE,
)
_PUNCTUATED = re.compile(
    rf"(?<![^\W_])([{_L}]{{3}})(?: ?[.:/_-] ?\d\d[{_L}0-9]| \d\d [{_L}](?= |\Z)|"
    r" (?:noll|ett|två|tre|fyra|fem|sex|sju|åtta|nio)(?: (?:noll|ett|två|tre|fyra|fem|sex|sju|åtta|nio)){2})(?![^\W_])",
    re.IGNORECASE,
)
_SPELT = re.compile(rf"(?<![^\W_])(?:[{_L}][ .-]){{3}}\d[ .-]\d[ .-][{_L}0-9](?![^\W_])", re.IGNORECASE)
_SPACED_ANY = re.compile(rf"(?<![^\W_])[{_L}]{{3}}[ -]\d\d[{_L}0-9](?![^\W_])", re.IGNORECASE)
# Abbreviations and words of the field that stand before a number without being a plate.
_WORDS = read_words("wording/no_plates.txt")


def detect(view: str) -> Iterator[Found]:
    """Yield plates: glued in any case, with a space in capitals, with a space in lower case when a vehicle is near."""
    for match in _GLUED.finditer(view):
        if match[0][:3].lower() not in _WORDS:
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _SPELT.finditer(view):
        yield Found(Kind.REG_PLATE, match.start(), match.end())
    shouting = view.isupper() and len(view) > 12
    for match in _SPACED.finditer(view):
        if not shouting and match[1].lower() not in _WORDS:
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _SPACED_ANY.finditer(view):
        near = view[max(0, match.start() - 30) : match.start()] + "\n" + view[match.end() : match.end() + 30]
        if match[0][:3].lower() not in _WORDS and _VEHICLE.search(near):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _PUNCTUATED.finditer(view):
        near = view[max(0, match.start() - 30) : match.start()] + "\n" + view[match.end() : match.end() + 30]
        sure = match[1].isupper() and not shouting
        if match[1].lower() not in _WORDS and (sure or _VEHICLE.search(near)):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _CUED.finditer(view):
        yield Found(Kind.REG_PLATE, match.start(1), match.end(1))
