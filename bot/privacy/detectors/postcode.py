"""Swedish postcodes with their town. Only the digits are taken: the town decides which help there is."""

import re
from collections.abc import Callable, Iterator

from bot.privacy.types import Found, Kind

_CODE = r"(?:\bSE?-? ?)?(?<!\d)(?<!\d[ .\-/])[1-9]\d\d ?\d\d(?!\d)(?![ \-.]\d)"
_WITH_TOWN = re.compile(rf"({_CODE})[ ,]{{1,3}}(?=[A-ZÅÄÖ][a-zåäöA-ZÅÄÖ]{{2,}})")
_ANY = re.compile(_CODE)
_CUED = re.compile(rf"\bpost(?:nummer|nr|kod|adress)\w{{0,3}}[^\d\n]{{0,15}}({_CODE}|\d\d\d(?!\d))", re.IGNORECASE)
_PREFIXED = re.compile(r"(?<![^\W_])SE?-? ?[1-9]\d\d ?\d\d(?![^\W_])", re.IGNORECASE)
_BOX = re.compile(r"\b(?:post)?box ?(?:nr ?)?\d{1,5}\b", re.IGNORECASE)
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
        after_street = any(0 <= match.start() - end <= 4 for _, end in addresses)
        if after_street or (town and (is_place(town[1]) or is_place(f"{town[1]} {town[2]}"))):
            yield Found(Kind.POSTCODE_ADDRESS, match.start(), match.end())
    for pattern in (_PREFIXED, _BOX):
        for match in pattern.finditer(view):
            yield Found(Kind.POSTCODE_ADDRESS, match.start(), match.end())
