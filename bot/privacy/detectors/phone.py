"""Phone numbers: every Swedish grouping, +46 and 0046, foreign ones, and local ones after a cue.

Freephone and shared-cost numbers (020, 0770, 0771 ...) never belong to a private person and stay; so does every number
the caller asks to keep. Source: PTS, Svenska nummerplanen (E.164).
"""

import re
from collections.abc import Iterator

import phonenumbers

from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_GAP = r"[ \-./()\n_*,~]{0,3}"
_SWEDISH = Pattern(rf"(?<![\d+])(?<!\d[-.])\(?0{_GAP}[1-9](?:{_GAP}\d){{5,8}}(?!\d)")
_INTERNATIONAL = Pattern(rf"(?<![\d+])(?:\+|00)[ ]?[1-9](?:{_GAP}\d){{6,13}}(?!\d)")
_CUE = (
    r"(?:ring(?:er|a|t|de)?|tel(?:efon)?(?:nummer|nr)?|telenr|mob(?:il)?(?:nummer|nr)?|nummer(?:et)?|numret|"
    r"(?:hem|jobb|mobil|tele|direkt)?nr|hemnummer|jobbnummer|sms(?:a|ade|ar)?|"
    r"nås?|når|swish(?:a|ar|nummer|nr)?|whats?app|signal|viber)"
)
_LOCAL = Pattern(
    rf"\b{_CUE}\b(?P<gap>[^\d\n]{{0,25}}?)(?<![\d+])(?P<number>\d\d{{0,3}}(?:[ \-./]?\d){{4,8}})(?!\d)"
    rf"(?!\s?(?:kr\b|kronor|sek\b))",
    re.IGNORECASE,
)
_HOURS = re.compile(r"(?:[01]?\d|2[0-4])[.:][0-5]\d ?- ?(?:[01]?\d|2[0-4])[.:][0-5]\d")
# "kl 02. 135 99 Tyresö", "0, 15, 25 och 300": not one number.
_TWO_NUMBERS = re.compile(r"0\d?\d?(?:[.,]\d?[ \n]|,)(?![\d ,]{0,4}\d,\d)|.{0,12}, |0\d-\d\d \(")
# The end given in two ways, or an extension.
_TAIL = re.compile(r"(?:/\d{2,4}|[ ,]{1,2}(?:ankn?\w{0,8}\.?|int\.?|x) ?\d{2,5})(?![\d-])")
_EXTENSION = Pattern(r"\b(?:ankn\.?|anknytning(?:en)?)(?: är| nr)?[ :]{1,2}(?P<number>\d{2,5})(?!\d)", re.IGNORECASE)
_AREA = Pattern(
    r"\b(?:riktnummer|riktnr|"
    r"börjar på)[ :]{1,2}(?P<area>0\d{1,3})[^\d\n]{1,15}(?P<number>\d{2,4}(?:[ -]?\d){3,6})(?!\d)",
    re.IGNORECASE,
)
_APART = Pattern(r"(?<![\d.-])(?P<area>0[1-9]\d{0,2})[^\w\n]{4,8}(?P<number>\d{5,8}|\d{2,3}(?: \d{2,3}){1,2})(?![\d-])")
_MOBILE_WITHOUT_ZERO = Pattern(r"(?<![\d+])(?<!\d[ -])7[02369](?:[ \-]?\d){7}(?!\d)(?![ -]\d)")
_NOT_A_PHONE_CUE = re.compile(
    r"\borg|konto|clearing|ärende|diarie|\bmål|dnr|\bpass|kort|lma|\bak?t\b|leg\b|tjänst|kund|faktura|ocr|regn", re.I
)
_IMPERSONAL = re.compile(r"116\d{3}|020\d{6,7}|077[0124-689]\d{5,7}|09(?:00|39|44)\d{4,7}")


def national(number: str) -> str:
    """Digits of a number as dialled within Sweden: +46 (0)8-12 34 -> 081234; foreign ones keep 00 and country code."""
    digits = re.sub(r"\D", "", number)
    if number.lstrip(" (").startswith("+"):
        digits = "00" + digits
    if digits.startswith("0046"):
        rest = digits[4:]
        return rest if rest.startswith("0") else "0" + rest
    return digits


def is_impersonal(number: str) -> bool:
    """Whether the number belongs to a kind that no private person has (freephone, shared cost, 116)."""
    return bool(_IMPERSONAL.fullmatch(national(number)))


def detect(view: str) -> Iterator[Found]:
    """Yield phone numbers, service numbers included: the caller takes those out by `national`."""
    for match in _INTERNATIONAL.finditer(view):
        if _plausible_international(match[0]):
            yield Found(Kind.PHONE, match.start(), match.end())
    for match in _SWEDISH.finditer(view):
        end = _trim(view, match.start(), match.end())
        text = view[match.start() : end]
        if not is_impersonal(text) and not _HOURS.fullmatch(text) and not _TWO_NUMBERS.match(text):
            tail = _TAIL.match(view, end)
            yield Found(Kind.PHONE, match.start(), tail.end() if tail else end)
    for match in _EXTENSION.finditer(view):
        yield Found(Kind.PHONE, match.start("number"), match.end("number"))
    for pattern in (_AREA, _APART):
        for match in pattern.finditer(view):
            yield Found(Kind.PHONE, match.start("area"), match.end("number"))
    for match in _MOBILE_WITHOUT_ZERO.finditer(view):
        yield Found(Kind.PHONE, match.start(), match.end())
    for match in _LOCAL.finditer(view):
        digits = re.sub(r"\D", "", match["number"])
        near = view[max(0, match.start() - 12) : match.start("number")]
        if _HOURS.fullmatch(match["number"]):
            continue
        if 6 <= len(digits) <= 10 and not is_impersonal(digits) and not _NOT_A_PHONE_CUE.search(near):
            yield Found(Kind.PHONE, match.start("number"), match.end("number"))


def _trim(view: str, start: int, end: int) -> int:
    """Leave a trailing lone digit that is its own word ("08-123 45 67 5 barn") unless the number needs it."""
    text = view[start:end]
    loose = re.search(r"(?<=\d)[ \n]+\d\Z", text)
    digits = re.sub(r"\D", "", text)
    wanted = 10 if digits.startswith("07") else 9
    if loose and len(digits) > wanted and re.match(r" ?[A-Za-zåäö]", view[end : end + 2]):
        return start + loose.start()
    return end


def _plausible_international(text: str) -> bool:
    try:
        number = phonenumbers.parse(
            "+" + national(text).removeprefix("00") if not national(text).startswith("0") else text, "SE"
        )
    except phonenumbers.NumberParseException:
        return False
    # "Possible" looks at length only: a mistyped number still reaches somebody.
    return phonenumbers.is_possible_number(number) or 8 <= len(str(number.national_number)) <= 12
