"""Registration plates of cars: three letters (not I, Q, V, Å, Ä, Ö), two digits, digit or letter.

Source: Transportstyrelsen.
"""

import re
from collections.abc import Iterator

from bot.privacy.lists import read_words
from bot.privacy.names import vocabulary
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
    r"tesla|ford|opel|släp\w{0,3}|(?:nummer)?plåt\w{0,3}|parkera\w{0,3}|lastbil\w{0,2}|husbil\w{0,2}|husvagn\w{0,2}|"
    r"epa\w?|suv\w?|"
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
# Foreign plates have many shapes, so a country and a word for plate or car has to stand near.
_FOREIGN = re.compile(
    r"\b(?:utländsk|norsk|dansk|finsk|finländsk|tysk|polsk|litauisk|lettisk|estnisk|rysk|ukrainsk|rumänsk|bulgarisk|"
    r"holländsk|"
    r"nederländsk|brittisk|engelsk|fransk|italiensk|spansk|serbisk|turkisk|diplomat)[at]?(?:s|bil|skylt|plåt|"
    r"registrerad|registrering)?,?"
    r"(?: (?:bil(?:en)?|reg\w{0,18}|(?:nummer)?skylt(?:ar|en)?|(?:nummer)?plåt(?:ar|en)?|nr|nummer|på|med|är|släp|"
    r"lastbil|skåpbil|taxi|tror|nog|jag|ja|typ|också|registrering),?){0,4}[ :,]{1,3}"
    r"(?P<value>(?!(?:cpr|fnr|hetu|pass|id|tel|nummer|nr|pin|egn|cnp|kl|"
    r"ca)(?![^\W_]))(?=[A-ZÅÄÖ0-9 -]{0,9}\d)"
    r"(?:[A-ZÅÄÖ]{1,3}[ -]?){1,2}\d{2,6}(?: \d{2,3})?(?: ?[A-Z]{1,3}(?![^\W_]))?|\d{2,3} ?[A-Z]{3})(?![^\W_])",
    re.IGNORECASE,
)
_REG_ON = re.compile(
    r"\breg\w{0,14} på (?:bilen|mopeden|hans bil|släpet|skåpbilen)(?: är)?[ :]{1,2}"
    r"(?P<value>[A-Z]{2,3} ?\d{2,5}[A-Z]?)(?!\w)",
    re.IGNORECASE,
)
_DIPLOMAT = re.compile(r"\bdiplomat\w{0,8}[ :]{1,2}(?P<value>[A-Z]{2} ?\d{3} ?[A-Z])(?!\w)", re.IGNORECASE)
_TURNED = re.compile(rf"(?<![^\W_])(?P<value>\d{{3}} [{_L}]{{3}})(?![^\W_])")
_PERSONAL = re.compile(
    r"\bpersonlig(?:a|t)? (?:reg\w{0,14}|(?:nummer|bil)?(?:skylt|plåt)(?:en|ar)?)(?: (?:med|är|där det står|"
    r"som säger|:)|:){0,2} "
    r"[\"“”']?(?P<value>[A-ZÅÄÖ0-9]{2,7}(?: [A-ZÅÄÖ0-9]{1,5})?)(?![^\W_])"
    r"|\b(?:skylten|plåten) (?:säger|är|var) [\"“”']?(?P<said>(?-i:[A-ZÅÄÖ0-9]{2,7}(?: [A-ZÅÄÖ0-9]{1,5})?))(?![^\W_])",
    re.IGNORECASE,
)
# Spelt with names for letters ("kalle rudolf tore 481").
_ALPHABET = re.compile(
    r"(?<![^\W_])(?P<value>(?:(?:adam|bertil|cesar|david|erik|filip|gustav|helge|johan|kalle|ludvig|martin|niklas|"
    r"olof|petter|"
    r"rudolf|sigurd|tore|urban|wilhelm|xerxes|yngve|zäta|zeta)[ ,-]{1,2}){3}\d[ \d]{1,4}[A-Z]?)(?![^\W_])",
    re.IGNORECASE,
)
_LURKS = re.compile(
    r"\b(?:st[åo][rd]\w{0,2}|följ\w{0,4}|utanför|parker\w{0,3}|såg|sett|gata\w{0,2}|åk\w{0,3}|igen|svart|vit|röd|blå|"
    r"grå)\b",
    re.IGNORECASE,
)
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
        letters = match[0][:3].lower()
        coined = not vocabulary.is_ordinary(letters) and _LURKS.search(near)
        if letters not in _WORDS and (coined or _VEHICLE.search(near)):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for pattern in (_FOREIGN, _REG_ON, _DIPLOMAT, _PERSONAL, _ALPHABET):
        for match in pattern.finditer(view):
            group = "value" if match["value"] else "said"
            yield Found(Kind.REG_PLATE, match.start(group), match.end(group))
    for match in _TURNED.finditer(view):
        if _VEHICLE.search(view, max(0, match.start() - 30), match.start()):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _PUNCTUATED.finditer(view):
        near = view[max(0, match.start() - 30) : match.start()] + "\n" + view[match.end() : match.end() + 30]
        sure = match[1].isupper() and not shouting
        if match[1].lower() not in _WORDS and (sure or _VEHICLE.search(near)):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _CUED.finditer(view):
        yield Found(Kind.REG_PLATE, match.start(1), match.end(1))
