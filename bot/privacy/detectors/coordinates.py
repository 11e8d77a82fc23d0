"""Positions: decimal degrees, degrees and minutes, what3words, plus codes, SWEREF, RT 90, UTM."""

import re
from collections.abc import Iterator

from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_LABEL = r"(?:(?:lat|long?|lng)\w{0,6}[ :=]{0,3})"
_DECIMAL = Pattern(
    rf"(?<![\w.])(?:(?i:{_LABEL}))?"
    r"[-+]?\d{1,2}[.,]\d{3,8} ?°? ?[NSns]?[,; /&]{1,3}(?:[a-zA-Z]{0,9}[:= ]{1,3})?[-+]?\d{1,3}[.,]\d{3,8}(?!\d)"
    r"(?: ?°)?(?: ?[EWÖVOewövo]\b)?"
)
# Within Sweden, with three decimals and more, whatever stands between.
_IN_SWEDEN = Pattern(
    r"(?<![\d.,])[-+]?(?:5[5-9]|6\d)(?:[.,]| ?(?:komma|punkt) ?)\d{3,9}(?!\d)[^\d]{1,28}?(?<![.,])[-+]?0?(?:1\d|"
    r"2[0-4])(?:[.,]|"
    r" ?(?:komma|punkt) ?)\d{3,9}(?!\d)(?: ?(?:°|grader)? ?(?:östlig\w{0,2}(?: längd)?|öster|öst|ost|[EOÖeoö](?!\w)))?"
)
_NEAR_CUE = Pattern(
    r"(?<![\d.,])(?:5[5-9]|6\d)[.,]\d{1,9}(?!\d)[^\d]{1,12}?(?<![.,])(?:1\d|2[0-4])[.,]\d{1,9}(?!\d)(?! ?(?:kr|%|grad))"
)
_POSITION = re.compile(r"gps|koordinat|position|\blat\b|latitud|kart", re.IGNORECASE)
_ONE = Pattern(
    r"\b(?:lat|latitude?n?|long?|lng|longitude?n?)(?: är)?[ :=]{1,3}(?P<value>[-+]?\d{1,3}[.,]\d{2,9})(?!\d)"
    r"|(?<![\d.,])(?P<before>\d{2}[.,]\d{3,9})(?= (?:i |på )?(?:lat|long|lng|latitud|longitud)\b)",
    re.IGNORECASE,
)
_MAP = Pattern(
    r"(?<![\w@])(?:https?://)?(?:[\w-]{1,20}\.){0,3}(?:maps?\.[\w.]{2,20}|google\.\w{2,3}/maps|goo\.gl|"
    r"openstreetmap\.org|osm\.org|"
    r"what3words\.com|w3w\.co|kartor\.eniro\.se|hitta\.se/kartan|eniro\.se/kartor|here\.com|waze\.com|"
    r"lantmateriet\.se)/"
    r"[^\s<>\"')]{1,200}|\bgeo:[-\d.,;]{3,40}",
    re.IGNORECASE,
)
_MINUTES = Pattern(
    r"(?<![\d.])(?:5[5-9]|6\d)[ -]\d{1,2}(?:[.,]\d{1,4}|-\d{1,2}(?:[.,]\d+)?)[ ]?[NS]?[,; ]{1,3}0?(?:1\d|"
    r"2[0-4])[ -]\d{1,2}(?:[.,]\d{1,4}|"
    r"-\d{1,2}(?:[.,]\d{1,3})?)(?: ?[EÖO](?!\w))?"
    r"|(?<![\d.])(?:5[5-9]|6\d)[0-5]\d[.,]\d{2,5} ?[NS][,; ]{1,3}0?(?:1\d|2[0-4])[0-5]\d[.,]\d{2,5} ?[EÖO](?!\w)"
    r"|(?<![\d.])(?:5[5-9]|6\d)\.\d{1,6} ?[°]? ?[NS][,; ]{1,3}0?(?:1\d|2[0-4])\.\d{1,6} ?[°]? ?[EÖO](?!\w)",
    re.IGNORECASE,
)
_WORDS_APART = Pattern(
    r"(?:\b(?:what ?3 ?words|w3w)(?: är| e| säger|:)? |///)"
    r"([a-zåäö]{3,15}[,. ]{1,2}[a-zåäö]{3,15}[,. ]{1,2}[a-zåäö]{3,15})(?!\w)"
    r"|(?<![\w.])([a-zåäö]{3,15}\.[a-zåäö]{3,15}\.[a-zåäö]{3,15})(?= (?:(?:är|e) )?(?:på|i|enligt|säger) "
    r"(?:what ?3 ?words|w3w))",
    re.IGNORECASE,
)
_LABELLED = Pattern(
    rf"(?<![^\W_]){_LABEL}\d{{1,2}}[.,]\d{{1,8}}[,;&]? ?{_LABEL}\d{{1,3}}[.,]\d{{1,8}}(?!\d)", re.IGNORECASE
)
# Two decimals are enough for a place in Sweden, but only with points: "14.30, 15.45" is two times of day.
_ROUGH = Pattern(r"(?<![\d.,])(?:5[5-9]|6\d)\.\d{2},? {0,2}(?:1[1-9]|2[0-4])\.\d{2}(?![\d.])(?! ?(?:kr|%|grad))")
_LETTER_FIRST = Pattern(
    r"(?<![^\W_])[NS] ?\d{1,2}[.,]\d{2,8} ?°?[,; ]{1,3}[EWÖV] ?\d{1,3}[.,]\d{2,8}(?!\d)", re.IGNORECASE
)
_SPELT_ANGLE = r"\d{1,2} ?gr(?:ad(?:er)?)?\.? \d{1,2}(?:[.,]\d{1,4})? ?min(?:uter)?\.?(?: \d{1,2} ?sek\w{0,5})?"
_WORDED = Pattern(
    rf"{_SPELT_ANGLE} ?(?:n(?:ord)?|nordlig\w?|norr)[,; ]{{1,3}}{_SPELT_ANGLE}(?: (?:ost|öst|e|ö|öster|östlig\w?)\b)?"
    r"|(?<![\d.])\d{1,2}(?:[ °]{1,2}| ?deg ?)\d{1,2}(?:[.,]\d{1,4}|"
    r"[ ′'´’]{1,2}\d{1,2}(?:[.,]\d{1,4})?)?[ ″\"”′'´’]{0,3}[NS][,; ]{1,3}"
    r"\d{1,3}(?:[ °]{1,2}| ?deg ?)\d{1,2}"
    r"(?:[.,]\d{1,4}|[ ′'´’]{1,2}\d{1,2}(?:[.,]\d{1,4})?)?[ ″\"”′'´’]{0,3}[EÖO](?![^\W_])"
    r"|(?<![^\W_])(?:femtio|sextio)\w{0,4} (?:komma|punkt|grader)(?: \w{2,12}){1,6}?(?: nord)?,?"
    r" (?:elva|tolv|\w{2,6}ton|tjugo\w{0,5}) (?:komma|punkt|grader)(?: (?:noll|ett|två|tre|fyra|fem|sex|sju|åtta|nio|"
    r"tio|elva|tolv|minuter|sekunder|och|"
    r"\w{2,6}ton|(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)\w{0,4})){1,8}(?: (?:ost|öst|öster))?"
    r"|(?<![^\W_])n ?\d{1,2} \d{1,2} \d{1,2}[,; ]{1,3}[eö] ?\d{1,2} \d{1,2} \d{1,2}(?!\d)",
    re.IGNORECASE,
)
_DEGREES = Pattern(
    r"(?:[NS] ?)?\d{1,2} ?° ?\d{1,2}(?:[.,]\d{1,5})? ?['′´’]?(?: ?\d{1,2}(?:[.,]\d{1,4})? ?(?:\"|″|''|′′|”))?"
    r" ?[NS]?[,; ]{1,3}(?:[EWÖV] ?)?\d{1,3} ?° ?\d{1,2}(?:[.,]\d{1,5})? ?['′´’]?"
    r"(?: ?\d{1,2}(?:[.,]\d{1,4})? ?(?:\"|″|''|′′|”))? ?(?:[EWÖV](?![^\W_]))?",
    re.IGNORECASE,
)
_LETTERED = Pattern(
    r"(?<![^\W_])[NS] ?\d{1,2}[ °]{1,2}\d{1,2}[.,]\d{1,5}['′]?[,; ]{1,3}[EWÖV] ?\d{1,3}[ °]{1,2}\d{1,2}[.,]\d{1,5}['′]?"
    r"|(?<![^\W_])[NX][ :=]{0,2}\d{6,7}[,; ]{1,3}[EÖY][ :=]{0,2}\d{6,7}(?!\d)",
    re.IGNORECASE,
)
_WHAT3WORDS = Pattern(
    r"(?<![\w/:])(?:///|(?:what ?3 ?words|w3w|tre ord(?:en)?)[: ]{1,2}(?:är )?/{0,3})"
    r"[a-zåäö]{2,20}\.[a-zåäö]{2,20}\.[a-zåäö]{2,20}",
    re.IGNORECASE,
)
# Open location codes have letters of their own (no vowels), so the plus alone is enough.
_PLUS_CODE = Pattern(
    r"(?<![^\W_])[23456789CFGHJMPQRVWX]{4}(?:[23456789CFGHJMPQRVWX]{4})?\+[23456789CFGHJMPQRVWX]{2,3}(?![^\W_])",
    re.I,
)
_MILITARY = Pattern(r"(?<![^\W_])3[2-5][V-W] ?(?:[A-Z]{2} ?\d{2,5} ?\d{2,5}|\d{6}[ ,]{1,2}\d{7})(?!\d)", re.IGNORECASE)
# Northing and easting of SWEREF 99 TM and RT 90 within Sweden.
_GRID_NAME = r"(?:[ ,(]{1,2}(?:rt ?-?90|sweref(?: ?99)?)(?: ?tm| 2,5 gon v)?(?![^\W_]))?"
_METRES = Pattern(
    r"(?<![\d.])(?:(?<![^\W_])[NX][ :=]{0,2})?(?:6[1-9]|"
    r"7[0-6])\d{5}(?:[.,]\d{1,3})?[,;/ \n]{1,3}(?:och )?(?:[EÖY][ :=]{0,2})?(?:[2-9]\d{5}|"
    rf"1[2-9]\d{{5}})(?:[.,]\d{{1,3}})?(?!\d){_GRID_NAME}"
    r"|(?<![^\W_])[EÖY][ :=]{0,2}(?:[2-9]\d{5}|1[2-9]\d{5})(?:[.,]\d{1,3})?[,;/ \n]{1,3}(?:och )?"
    rf"[NX][ :=]{{0,2}}(?:6[1-9]|7[0-6])\d{{5}}(?!\d){_GRID_NAME}"
    r"|(?<![\d.])[67] \d{3} \d{3}[,;/ ]{1,3}(?:[EÖY][ :=]{0,2})?\d{3} \d{3},? (?:rt ?90|sweref)",
    re.I,
)
_GRID = Pattern(
    r"(?:koordinat\w{0,6}|gps|position(?:en)?|sweref|rt ?90)[^\d\n]{0,20}(\d{6,7}[,; ]{1,3}\d{6,7})", re.IGNORECASE
)
_CUED = Pattern(
    r"(?:koordinat\w{0,6}|gps|lat(?:itud)?\b)[^\d\n]{0,20}(\d{1,2}[.,]\d{1,8}[^\d\n]{1,25}\d{1,3}[.,]\d{1,8})(?!\d)",
    re.IGNORECASE,
)


def detect(view: str) -> Iterator[Found]:
    """Yield pairs of coordinates."""
    for pattern in (
        _MAP,
        _LABELLED,
        _LETTER_FIRST,
        _DECIMAL,
        _MINUTES,
        _IN_SWEDEN,
        _ROUGH,
        _DEGREES,
        _WORDED,
        _LETTERED,
        _WHAT3WORDS,
        _PLUS_CODE,
        _MILITARY,
        _METRES,
    ):
        for match in pattern.finditer(view):
            yield Found(Kind.COORDINATES, match.start(), match.end())
    for pattern in (_GRID, _CUED, _WORDS_APART):
        for match in pattern.finditer(view):
            yield Found(Kind.COORDINATES, *match.span(match.lastindex or 0))
    for match in _ONE.finditer(view):
        yield Found(Kind.COORDINATES, *match.span("value" if match["value"] else "before"))
    for match in _NEAR_CUE.finditer(view):
        if _POSITION.search(view, max(0, match.start() - 30), match.end() + 20):
            yield Found(Kind.COORDINATES, match.start(), match.end())
