"""Positions: decimal degrees, degrees and minutes, what3words, RT90/SWEREF pairs after a cue."""

import re
from collections.abc import Iterator

from bot.privacy.types import Found, Kind

_DECIMAL = re.compile(
    r"(?<![\d.])"
    r"[-+]?\d{1,2}[.,]\d{3,8} ?°? ?[NSns]?[,; /]{1,3}(?:[a-zA-Z]{0,5}[: ]{1,2})?[-+]?\d{1,3}[.,]\d{3,8}(?!\d)"
    r"(?: ?°)?(?: ?[EWÖVewöv]\b)?"
)
_DEGREES = re.compile(
    r"(?:[NS] ?)?\d{1,2} ?° ?\d{1,2}(?:[.,]\d{1,5})? ?['′´’]?(?: ?\d{1,2}(?:[.,]\d{1,4})? ?(?:\"|″|''|"
    r"”))? ?[NS]?[,; ]{1,3}"
    r"(?:[EWÖV] ?)?\d{1,3} ?° ?\d{1,2}(?:[.,]\d{1,5})? ?['′´’]?(?: ?\d{1,2}(?:[.,]\d{1,4})? ?(?:\"|″|''|”))? ?[EWÖV]?"
)
_LETTERED = re.compile(
    r"(?<![^\W_])[NS] ?\d{1,2}[ °]{1,2}\d{1,2}[.,]\d{1,5}['′]?[,; ]{1,3}[EWÖV] ?\d{1,3}[ °]{1,2}\d{1,2}[.,]\d{1,5}['′]?"
    r"|(?<![^\W_])[NX][ :=]{0,2}\d{6,7}[,; ]{1,3}[EÖY][ :=]{0,2}\d{6,7}(?!\d)",
    re.IGNORECASE,
)
_WHAT3WORDS = re.compile(r"(?<![\w/:])(?:///|what3words[: ]{1,2}/{0,3})[a-zåäö]{2,20}\.[a-zåäö]{2,20}\.[a-zåäö]{2,20}")
_GRID = re.compile(
    r"(?:koordinat\w{0,6}|gps|position(?:en)?|sweref|rt ?90)[^\d\n]{0,20}(\d{6,7}[,; ]{1,3}\d{6,7})", re.IGNORECASE
)
_CUED = re.compile(
    r"(?:koordinat\w{0,6}|gps|lat(?:itud)?\b)[^\d\n]{0,20}(\d{1,2}[.,]\d{2,8}[^\d\n]{1,25}\d{1,3}[.,]\d{2,8})",
    re.IGNORECASE,
)


def detect(view: str) -> Iterator[Found]:
    """Yield pairs of coordinates."""
    for pattern in (_DECIMAL, _DEGREES, _LETTERED, _WHAT3WORDS):
        for match in pattern.finditer(view):
            yield Found(Kind.COORDINATES, match.start(), match.end())
    for pattern in (_GRID, _CUED):
        for match in pattern.finditer(view):
            yield Found(Kind.COORDINATES, match.start(1), match.end(1))
