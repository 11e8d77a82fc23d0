"""Swedish postcodes with their town. Only the digits are taken: the town decides which help there is."""

import re
from collections.abc import Callable, Iterator

from bot.privacy.detectors.number_words import NUMBER
from bot.privacy.detectors.spoken import digits_of
from bot.privacy.lists import read_words
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_CODE = r"(?:\bSE?-? ?)?(?<!\d)(?<!\d[ .\-/])[1-9]\d\d ?\d\d(?!\d)(?![ \-.]\d)"
_LOOSE = r"(?<!\d)[1-9]\d\d[-. ]{1,2}\d\d(?![\d.-])"
_WITH_TOWN = Pattern(rf"({_CODE})[ ,\n]{{1,3}}(?=[A-ZÅÄÖ][a-zåäöA-ZÅÄÖ]{{2,}})")
_ANY = Pattern(_CODE)
_CUED = Pattern(
    rf"\b(?:post[ -]?(?:nummer|numret|nr|kod|adress)\w{{0,3}}|zip\w{{0,6}}|postal code|"
    rf"postområde\w{{0,2}})[^\d\n]{{0,15}}?"
    rf"({_CODE}|{_LOOSE}|[1-9](?: \d){{4}}(?!\d)|(?<!\w){NUMBER}(?:[ ,]{{1,2}}{NUMBER}){{1,4}}|(?<!\d)\d\d\d(?! ?\d))",
    re.IGNORECASE,
)
_IN_TOWN = Pattern(r"(?<![\d.-])([1-9]\d\d \d\d)(?= i ([A-Za-zåäöÅÄÖ-]{3,25})(?![^\W_]))")
_LETTER = re.compile(r"\b(?:brev\w{0,3}|post\w{0,8}|adress\w{0,3}|paket\w{0,3}|returner\w{0,3})\b", re.IGNORECASE)
_ALONE = Pattern(r"\A\W{0,3}([1-9]\d\d ?\d[1-9])\W{0,3}\Z")
_SHORT_TOWNS = frozenset(["sthlm", "sth", "gbg", "hudd", "bdn"])
_PREFIXED = Pattern(r"(?<![^\W_])SE?-? ?[1-9]\d\d ?\d\d(?![^\W_])", re.IGNORECASE)
_BOX = Pattern(r"\b(?:(?:post)?box ?(?:nr ?)?\d{2,5}|(?:post)?box \d(?=[,.]|\Z))\b", re.IGNORECASE)
_LIVES = Pattern(r"\b(?:bor i|området|omr\.?) ([1-9]\d\d \d\d)(?!\d)", re.IGNORECASE)
_BEFORE_TOWN = Pattern(
    r"(?<![\d.-])(?P<code>[1-9](?: ?\d){2}[-. ]{0,2}\d ?\d)(?P<apart>[ ,\n(/-]{0,3})"
    r"(?P<town>[A-Za-zåäöÅÄÖ][A-Za-zåäöÅÄÖ-]{1,24})"
    r"(?: (?P<second>[A-Za-zåäöÅÄÖ]{2,25}))?(?![^\W_])"
)
_AFTER_TOWN = Pattern(
    r"(?<![^\W_])(?P<town>[A-Za-zåäöÅÄÖ-]{2,25})[, (/-]{1,3}(?P<code>[1-9]\d\d ?\d\d)(?![\d-])(?! ?[a-zåäöA-ZÅÄÖ%:])"
)
# "etthundrafyrtiotvå femtiofem skogås"
_SPELT_TOWN = Pattern(
    rf"(?<!\w)(?P<code>{NUMBER}(?:[ ,]{{1,2}}{NUMBER}){{1,4}}),? (?:i )?(?P<town>[A-Za-zåäöÅÄÖ-]{{3,25}})(?!\w)",
    re.IGNORECASE,
)
_AFTER_STREET = re.compile(r"[ ,\n]{1,4}([1-9]\d\d ?\d\d)(?!\d)(?! ?(?:kr|kronor)\b)")
_TOWN_SHAPE = re.compile(
    r"[a-zåäö]{2,15}(?:by|stad|köping|borg|torp|ås|sund|vik|holm|hamn|berga?|tuna|sta|inge|hult|fors|bro|näs|vall)\Z",
    re.IGNORECASE,
)
_NO_TOWN = re.compile(r"(?:Kr|KR|SEK|Kronor|Och|Men|Jag|Vi|Han|Hon|Det|Den|Som|Ring|Personer|Barn)\b")


def detect(view: str, is_place: Callable[[str], bool], addresses: list[tuple[int, int]]) -> Iterator[Found]:
    """Yield postcodes after a cue, before a town or right after a street address; post boxes.

    Args:
        view: the text.
        is_place: says whether a word is a place of the county, for towns in lower case.
        addresses: spans where a street address was found.
    """
    for match in _CUED.finditer(view):
        yield Found(Kind.POSTCODE_ADDRESS, match.start(1), match.end(1))
    for match in _WITH_TOWN.finditer(view):
        if not _NO_TOWN.match(view, match.end()):
            yield Found(Kind.POSTCODE_ADDRESS, match.start(1), match.end(1))
    for match in _ANY.finditer(view):
        town = re.match(
            r"[ ,]{1,3}([A-Za-zåäöÅÄÖ\-]{2,25})(?: ([A-Za-zåäöÅÄÖ]{2,25}))?", view[match.end() : match.end() + 60]
        )
        sent = _LETTER.search(view, max(0, match.start() - 40), match.start()) and " " in match[0]
        after_street = sent or any(0 <= match.start() - end <= 4 for _, end in addresses)
        if after_street or (town and (is_place(town[1]) or is_place(f"{town[1]} {town[2]}"))):
            yield Found(Kind.POSTCODE_ADDRESS, match.start(), match.end())
    for match in _IN_TOWN.finditer(view):
        if is_place(match[2]):
            yield Found(Kind.POSTCODE_ADDRESS, match.start(1), match.end(1))
    for match in _ALONE.finditer(view):
        yield Found(Kind.POSTCODE_ADDRESS, match.start(1), match.end(1))
    for match in _LIVES.finditer(view):
        yield Found(Kind.POSTCODE_ADDRESS, match.start(1), match.end(1))
    for pattern in (_BEFORE_TOWN, _AFTER_TOWN):
        for match in pattern.finditer(view):
            before = pattern is _BEFORE_TOWN
            if before and re.sub(r"\D", "", match["code"]).endswith("000"):
                continue  # "15 000 stockholmare"
            shaped = before and match["apart"] and " " in match["code"] and _TOWN_SHAPE.match(match["town"])
            if (
                is_place(match["town"])
                or (
                    before
                    and match["second"]
                    and any(is_place(f"{match['town']}{mark}{match['second']}") for mark in " -")
                )
                or match["town"].lower() in _SHORT_TOWNS
                or (shaped and match["town"].lower() not in read_words("common_words.txt"))
            ):
                yield Found(Kind.POSTCODE_ADDRESS, match.start("code"), match.end("code"))
    for match in _SPELT_TOWN.finditer(view):
        if is_place(match["town"]) and len(digits_of(re.findall(r"\w+", match["code"].lower()))) == 5:
            yield Found(Kind.POSTCODE_ADDRESS, match.start("code"), match.end("code"))
    for _, end in addresses:
        code = _AFTER_STREET.match(view, end)
        if code:
            yield Found(Kind.POSTCODE_ADDRESS, code.start(1), code.end(1))
    for pattern in (_PREFIXED, _BOX):
        for match in pattern.finditer(view):
            yield Found(Kind.POSTCODE_ADDRESS, match.start(), match.end())
