"""Positions: decimal degrees, degrees and minutes, what3words, RT90/SWEREF pairs after a cue."""

import re
from collections.abc import Iterator

from bot.privacy.types import Found, Kind

_DECIMAL = re.compile(
    r"(?<![\d.])"
    r"[-+]?\d{1,2}[.,]\d{3,8} ?°? ?[NSns]?[,; /]{1,3}(?:[a-zA-Z]{0,5}[: ]{1,2})?[-+]?\d{1,3}[.,]\d{3,8}(?!\d)"
    r"(?: ?°)?(?: ?[EWÖVewöv]\b)?"
)
# Two decimals are enough for a place in Sweden, but only with points: "14.30, 15.45" is two times of day.
_ROUGH = re.compile(r"(?<![\d.,])(?:5[5-9]|6\d)\.\d{2},? {0,2}(?:1[1-9]|2[0-4])\.\d{2}(?![\d.])(?! ?(?:kr|%|grad))")
_LETTER_FIRST = re.compile(
    r"(?<![^\W_])[NS] ?\d{1,2}[.,]\d{2,8} ?°?[,; ]{1,3}[EWÖV] ?\d{1,3}[.,]\d{2,8}(?!\d)", re.IGNORECASE
)
_SPELT_ANGLE = r"\d{1,2} ?gr(?:ad(?:er)?)?\.? \d{1,2}(?:[.,]\d{1,4})? ?min(?:uter)?\.?(?: \d{1,2} ?sek\w{0,5})?"
_WORDED = re.compile(
    rf"{_SPELT_ANGLE} ?(?:n(?:ord)?|nordlig\w?)[,; ]{{1,3}}{_SPELT_ANGLE}(?: (?:ost|öst|e|ö|östlig\w?)\b)?"
    r"|(?<![^\W_])n ?\d{1,2} \d{1,2} \d{1,2}[,; ]{1,3}[eö] ?\d{1,2} \d{1,2} \d{1,2}(?!\d)",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"(?:[NS] ?)?\d{1,2} ?° ?\d{1,2}(?:[.,]\d{1,5})? ?['′´’]?(?: ?\d{1,2}(?:[.,]\d{1,4})? ?(?:\"|″|''|′′|”))?"
    r" ?[NS]?[,; ]{1,3}(?:[EWÖV] ?)?\d{1,3} ?° ?\d{1,2}(?:[.,]\d{1,5})? ?['′´’]?"
    r"(?: ?\d{1,2}(?:[.,]\d{1,4})? ?(?:\"|″|''|′′|”))? ?(?:[EWÖV](?![^\W_]))?",
    re.IGNORECASE,
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
    for pattern in (_LETTER_FIRST, _DECIMAL, _ROUGH, _DEGREES, _WORDED, _LETTERED, _WHAT3WORDS):
        for match in pattern.finditer(view):
            yield Found(Kind.COORDINATES, match.start(), match.end())
    for pattern in (_GRID, _CUED):
        for match in pattern.finditer(view):
            yield Found(Kind.COORDINATES, match.start(1), match.end(1))
