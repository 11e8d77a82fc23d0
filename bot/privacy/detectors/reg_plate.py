"""Registration plates of cars: three letters (not I, Q, V, Å, Ä, Ö), two digits, digit or letter.

Source: Transportstyrelsen.
"""

import re
from collections.abc import Iterator

from bot.privacy.lists import read_words
from bot.privacy.names import vocabulary
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_L = "A-HJ-PR-UW-Z"
_GLUED = Pattern(
    rf"(?<![^\W_])(?:[{_L}]{{3}}-?\d\d[{_L}0-9](?![^\W_])|"
    rf"(?-i:[{_L}]{{3}}[ -]?\d\d[{_L}0-9])(?=(?-i:[a-zåäö]{{2}})))",
    re.IGNORECASE,
)
# The letter for the nought, in capitals.
_WITH_O = Pattern(rf"(?<![^\W_])[{_L}]{{3}}[ -]?(?:O[0-9]|[0-9]O|[0-9]{{2}}O)[{_L}0-9]?(?![^\W_])")
_SPACED = Pattern(rf"(?<![^\W_])([{_L}]{{3}}) {{1,2}}\d\d[{_L}0-9](?![^\W_])")
_CUE = (
    r"(?:reg{1,2}(?:istrerings?|istreringa)?\.?[ -]?(?:num+er|num+ret|nr|plåt|skylt)\w{0,3}|nummerplåt\w{0,3}|"
    r"reg\.?(?= [A-ZÅÄÖ]{3})|"
    r"bil(?:en)?s? (?:nr|nummer))"
)
_CUED = Pattern(
    rf"\b{_CUE}[ :]{{0,3}}(?:är|på bilen(?: är)?|:)?[ :]{{0,2}}((?=[A-Z0-9 -]{{0,6}}\d)"
    rf"[A-Z]{{1,3}}[ -]?[A-Z0-9]{{2,5}}(?: ?\d{{2,3}})?)(?!\w)",
    re.I,
)
_VEHICLE = re.compile(
    r"\b(?:(?:hyr|polis|jobb|firma|tjänste|leasing|person|mo?ped|lån|liten )?bil\w{0,4}|volvo\w{0,3}|"
    r"saab\w{0,2}|audi\w?|bmw\w{0,3}|"
    r"mercedes\w?|merca\w?|mercan|benz\w{0,3}|toyota\w?|golf\w{0,2}|skoda\w?|passat\w{0,2}|vw|volkswagen|kian?|"
    r"polo|tiguan|touran|"
    r"octavia|superb|[vs][4-9]0|xc ?\d0|[aq][1-8]|model [3sxy]|polestar|mini|dacia|subaru|suzuki|honda|"
    r"mitsubishi|chevrolet|chevy|"
    r"lexus|porsche|prius|yaris|corolla|auris|focus|fiesta|mondeo|astra|corsa|insignia|clio|megane|kangoo|"
    r"i[123]0|sportage|ceed|"
    r"qashqai|leaf|transit|sprinter|caddy|transporter|vito|berlingo|cab|cabben|pick-?up|van|buss(?:en)?|"
    r"mopp\w{1,3}|crossen|fyrhjuling\w{0,2}|"
    r"skoter\w{0,2}|vespa\w?|a-traktor\w?|kombi\w?|sedan|jag[u]ar|rover|land ?rover|iveco|scania|dragbil|"
    r"tesla\w?|ford\w{0,2}|opel\w?|släp\w{0,5}|(?:nummer)?plåt\w{0,3}|parkera\w{0,3}|lastbil\w{0,2}|"
    r"husbil\w{0,2}|husvagn\w{0,2}|"
    r"epa\w?|suv\w?|"
    r"traktor\w?|citroen|fiat|jeep|"
    r"peugeot|renault|seat|nissan|mazda|hyundai|mc|moped\w?|motorcykel\w?|skåpbil\w{0,2}|taxi\w?|reg\w{0,3}|"
    r"skylt\w{0,3}|kör\w{0,2})\b",
    re.IGNORECASE,
)
_PUNCTUATED = Pattern(
    rf"(?<![^\W_])([{_L}]{{3}})(?: ?[.:/_-] ?\d\d[{_L}0-9]| \d\d [{_L}](?= |\Z)|"
    r" (?:noll|ett|två|tre|fyra|fem|sex|sju|åtta|nio)(?: (?:noll|ett|två|tre|fyra|fem|sex|sju|åtta|nio)){2})(?![^\W_])",
    re.IGNORECASE,
)
_SPELT = Pattern(
    rf"(?<![^\W_])(?:(?:[{_L}][ .-]{{1,2}}){{3}}\d[ .-]?\d[ .-]?[{_L}0-9]|"
    rf"(?-i:[{_L}]{{3}})[ -]\d[ -]\d[ -](?-i:[{_L}0-9]))(?![^\W_])",
    re.IGNORECASE,
)
_DIGIT = r"(?:noll(?:a|an)?|ett|etta|en|två|tvåa|tre|trea|fyra|fem|femma|sex|sexa|sju|sjua|[åa]tta|nio|nia)"
# Letters and then words: "klm fyra sju u", "K L M fyrtiosju u", "klm fyrahundrasjuttiotvå".
_SAID = Pattern(
    rf"(?<![^\W_])(?P<letters>[{_L}]{{3}}|(?:[{_L}][ ,.-]{{1,2}}){{2}}[{_L}])[ ,-]{{1,2}}"
    rf"(?:{_DIGIT}[ ,]{{1,2}}{_DIGIT}[ ,]{{1,2}}(?:{_DIGIT}|[{_L}])|(?:två|tre|fyra|fem|sex|sju|åtta|"
    rf"nio)?hundra[a-zåäö]{{2,16}}|"
    rf"(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)[a-zåäö]{{0,5}} [{_L}]|(?:\d|{_DIGIT}) (?:\d|"
    rf"{_DIGIT}) [{_L}])(?![^\W_])",
    re.IGNORECASE,
)
# A light moped's plate has two digits.
_MOPED = Pattern(
    rf"\b(?:mc|moped\w{{0,5}}|mopp\w{{1,2}}|motorcykel\w{{0,2}}|epa\w{{0,2}}|släp\w{{0,5}}|skylt(?:en)?|"
    rf"plåt(?:en)?|reg(?:nr)?)(?::n|"
    rf":en)?,?(?: (?:har|hade|med|är|reg|nr|heter|skylt|plåt)){{0,2}} "
    rf"(?P<value>[{_L}]{{3}}[ -]?\d{{2}})(?![\w-])",
    re.IGNORECASE,
)
_HALF = Pattern(
    r"\b(?:reg\w{0,14}|skylten|plåten|nummerplåten)(?: (?:börja\w{0,2}|sluta\w{0,2}))(?: (?:på|"
    r"med))? (?P<value>[A-Z]{2,3}|[a-z]{3}(?=[,. ]|\Z))(?!\w)"
    r"|(?<![^\W_])(?P<said>[A-Z]{3}(?: (?:nånting|nåt|något|typ|och nåt|och något) \d{1,3})?)(?= på (?:skylten|"
    r"plåten|regskylten|nummerplåten))"
    r"|(?<![^\W_])(?P<more>(?![A-Z]*[AEOUY]{2})[A-Z]{3} (?:nånting|nåt|något|och nåt|och något) \d{1,3}[A-Z]?)(?!\w)",
)
# A mark between letters and digits, any case; the letters must be no word.
_JOINED = Pattern(rf"(?<![^\W_])(?P<letters>[{_L}]{{3}})[:/_.-]\d\d[{_L}0-9](?![^\W_])(?![.:-]\d)", re.IGNORECASE)
_SPACED_ANY = Pattern(rf"(?<![^\W_])[{_L}]{{3}}[ -]{{1,3}}\d\d[{_L}0-9](?![^\W_])", re.IGNORECASE)
# Foreign plates have many shapes, so a country and a word for plate or car has to stand near.
_FOREIGN = Pattern(
    r"\b(?:utländsk|norsk|dansk|finsk|finländsk|tysk|polsk|litauisk|lettisk|estnisk|rysk|ukrainsk|rumänsk|bulgarisk|"
    r"holländsk|"
    r"nederländsk|brittisk|engelsk|fransk|italiensk|spansk|serbisk|turkisk|diplomat)[at]?(?:s|bil|skylt|plåt|"
    r"registrerad|registrering)?,?"
    r"(?: (?:(?:audi|bmw|golf|passat|volvo|skoda|mercedes|opel|ford|toyota|kia|vw|van|buss|suv|mc|husbil),?|"
    r"bil(?:en)?|reg\w{0,18}|(?:nummer)?skylt(?:ar|en)?|(?:nummer)?plåt(?:ar|en)?|nr|nummer|på|med|är|släp|"
    r"lastbil|skåpbil|taxi|tror|nog|jag|ja|typ|också|registrering),?){0,4}[ :,]{1,3}"
    r"(?P<value>(?!(?:kv|man|kvinna|cpr|fnr|hetu|pass|id|tel|nummer|nr|pin|egn|cnp|kl|"
    r"ca)(?![^\W_]))(?=[A-ZÅÄÖ0-9 -]{0,9}\d)"
    r"(?:[A-ZÅÄÖ]{1,3}[ -]?){1,2}(?:\d{2}[ -]?[A-Z]{3}(?![^\W_])|\d[A-Z]{1,2}\d{1,4}|"
    r"\d{2,6})(?: \d{2,3})?(?: ?[A-Z]{1,3}(?![^\W_]))?|\d{2,3} ?[A-Z]{3})(?![^\W_])",
    re.IGNORECASE,
)
_REG_ON = Pattern(
    r"\breg\w{0,14} på (?:bilen|mopeden|hans bil|släpet|skåpbilen)(?: är)?[ :]{1,2}"
    r"(?P<value>[A-Z]{2,3} ?\d{2,5}[A-Z]?)(?!\w)",
    re.IGNORECASE,
)
_DIPLOMAT = Pattern(r"\bdiplomat\w{0,8}[ :]{1,2}(?P<value>[A-Z]{2} ?\d{3} ?[A-Z])(?!\w)", re.IGNORECASE)
_TURNED = Pattern(rf"(?<![^\W_])(?P<value>\d{{3}} [{_L}]{{3}})(?![^\W_])")
_PERSONAL = Pattern(
    r"\bpersonlig(?:a|t)? (?:reg\w{0,14}|(?:nummer|bil)?(?:skylt|plåt)(?:en|ar)?)(?: (?:med|är|där det står|"
    r"som säger|:)|:){0,2} "
    r"[\"“”']?(?P<value>[A-ZÅÄÖ0-9]{2,7}(?: [A-ZÅÄÖ0-9]{1,5})?)(?![^\W_])"
    r"|\b(?:skylten|plåten|(?:egen|eget|personlig|fejk)[a-z]{0,2} (?:reg)?(?:skylt|plåt|nummerplåt)(?:en|ar)?|"
    r"namnskylt)(?: (?:säger|är|var|med|det|där|står|stod|"
    r"texten|som)){0,4}[ :]{1,3}[\"“”']?(?P<said>(?-i:[A-ZÅÄÖ0-9]{2,7}(?: [A-ZÅÄÖ0-9]{1,5})?))(?![^\W_])",
    re.IGNORECASE,
)
# Spelt with names for letters ("kalle rudolf tore 481").
_ALPHABET = Pattern(
    r"(?<![^\W_])(?P<value>(?:(?:adam|bertil|cesar|david|erik|filip|gustav|helge|johan|kalle|ludvig|martin|niklas|"
    r"olof|petter|"
    r"rudolf|sigurd|tore|urban|wilhelm|xerxes|yngve|zäta|zeta)[ ,-]{1,2}){3}(?:\d[ \d]{1,4}[A-Z]?|"
    r"[a-zåäö]{2,6} [a-zåäö]{2,6} [a-zåäö]{1,6}))(?![^\W_])"
    r"|(?<![^\W_])(?P<said>[a-zåäö] som i \w{2,12},? (?:och )?[a-zåäö] som i \w{2,12},? (?:och )?[a-zåäö] som i "
    r"\w{2,12},?(?: (?:och |sen )?\d[\dA-Z ]{1,5})?)(?![^\W_])",
    re.IGNORECASE,
)
# The digits or the letters torn apart: "KLX 40 7", "KL X407". Only near a vehicle: "GAD 7 12" is a score.
_TORN = Pattern(
    rf"(?<![^\W_])(?P<letters>[{_L}]{{3}}|[{_L}] [{_L}]{{2}}|[{_L}]{{2}} [{_L}])[ .-]{{0,2}}"
    rf"(?P<digits>\d\d[ .-]\d|\d[ .-]\d\d|\d \d \d|\d\d[{_L}0-9])(?![^\W_])(?![.:-]\d)",
    re.IGNORECASE,
)
_HALVES = Pattern(
    rf"(?<![^\W_])(?P<value>[{_L}]{{3}}[ ,]{{1,2}}(?:(?:och|så|sen|sedan|därefter|siffrorna|siffror|är) ){{1,3}}"
    rf"\d\d[{_L}0-9])(?![^\W_])(?![.:-]\d)"
)
_LETTERS_TOLD = re.compile(r"bokstäv|skylt|plåt|\breg", re.IGNORECASE)
_LURKS = re.compile(
    r"\b(?:st[åo][rd]\w{0,2}|stått|stanna\w{0,3}|smet|iväg|(?:satt|kom|åkte|drog) i|förfölj\w{0,3}|följ\w{0,4}|"
    r"utanför|parker\w{0,3}|såg|sett|gata\w{0,2}|åk\w{0,3}|igen|svart|vit|röd|blå|"
    r"grå)\b",
    re.IGNORECASE,
)
# Abbreviations and words of the field that stand before a number without being a plate.
_WORDS = read_words("wording/no_plates.txt")


def detect(view: str) -> Iterator[Found]:
    """Yield plates: glued in any case, with a space in capitals, with a space in lower case when a vehicle is near."""
    for match in _GLUED.finditer(view):
        if match[0][:3].lower() not in _WORDS or (match[0].isupper() and match[0][-1].isalpha()):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _WITH_O.finditer(view):
        if len(re.sub(r"\W", "", match[0])) >= 6 and match[0][:3].lower() not in _WORDS:
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
        # "klm 47u": no count ends in a letter.
        shouted = match[0].isupper() and match[0][-1].isalpha()
        coined = shouted or (not vocabulary.is_ordinary(letters) and (match[0][-1].isalpha() or _LURKS.search(near)))
        if letters not in _WORDS and (coined or _VEHICLE.search(near)):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for pattern in (_FOREIGN, _REG_ON, _DIPLOMAT, _MOPED, _PERSONAL, _ALPHABET):
        for match in pattern.finditer(view):
            group = "value" if match["value"] else "said"
            yield Found(Kind.REG_PLATE, match.start(group), match.end(group))
    for match in _JOINED.finditer(view):
        letters = match["letters"].lower()
        if letters not in _WORDS and not vocabulary.is_ordinary(letters):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _SAID.finditer(view):
        letters = re.sub(r"\W", "", match["letters"]).lower()
        if letters not in _WORDS and not vocabulary.is_ordinary(letters):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _TORN.finditer(view):
        letters = match["letters"].replace(" ", "").lower()
        near = view[max(0, match.start() - 40) : match.start()] + "\n" + view[match.end() : match.end() + 30]
        coined = (match["letters"].isupper() and not shouting) or not vocabulary.is_ordinary(letters)
        if letters not in _WORDS and coined and _VEHICLE.search(near):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _HALVES.finditer(view):
        if _LETTERS_TOLD.search(view, max(0, match.start() - 40), match.start()):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _HALF.finditer(view):
        yield Found(Kind.REG_PLATE, *match.span(match.lastgroup or 0))
    for match in _TURNED.finditer(view):
        if _VEHICLE.search(view, max(0, match.start() - 30), match.end() + 30):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _PUNCTUATED.finditer(view):
        near = view[max(0, match.start() - 30) : match.start()] + "\n" + view[match.end() : match.end() + 30]
        sure = match[1].isupper() and not shouting
        if match[1].lower() not in _WORDS and (sure or _VEHICLE.search(near)):
            yield Found(Kind.REG_PLATE, match.start(), match.end())
    for match in _CUED.finditer(view):
        yield Found(Kind.REG_PLATE, match.start(1), match.end(1))
