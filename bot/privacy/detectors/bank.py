"""Bank accounts, IBAN and payment cards. A wrong check digit still identifies, so shape decides and checks only add."""

import re
from collections.abc import Iterator

from stdnum import iban as iban_check

from bot.privacy.types import Found, Kind

_IBAN = re.compile(r"(?<![^\W_])(?!nr)[A-Z]{2} ?\d\d(?=[ -]?[A-Z0-9])", re.IGNORECASE)
_IBAN_SHAPE = re.compile(r"[A-Z]{2} ?\d\d(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3}(?![^\W_]))?", re.IGNORECASE)
_SWEDISH_IBAN = re.compile(r"(?<![^\W_])SE ?\d\d(?:[ -]?\d){16,20}(?!\d)", re.IGNORECASE)
_CARD = re.compile(
    r"(?<!\d)(?<!\d[ -])(?:\d{4}[ \-.]?\d{4}[ \-.]?\d{4}[ \-.]?\d{4}(?:[ \-.]?\d{3})?|"
    r"3[47]\d\d[ \-.]?\d{6}[ \-.]?\d{5})(?![ -]?\d)"
)
_CARD_CUED = re.compile(
    r"\b(?:kort(?:nummer|nr|et)?|visa|mastercard|maestro|bankkort|kreditkort)[^\d\n]{0,20}(?<!\d)"
    r"((?:\d[ \-]?){11,18}\d)(?!\d)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?<!\d)(?<!\d[ -])[1-9]\d{3}(?:-\d)?[,. -]{1,3}\d(?:[ .-]?\d){6,10}(?!\d)(?![ -]\d)")
_CUE = (
    r"(?:(?:bank|löne|spar|person|clearing)?konto(?:nummer|nr|t|numret)?|clearing(?:nummer|nr|numret)?|kto"
    r"|cl\.? ?nr|cln|knr|giro|"
    r"bankgiro|plusgiro|postgiro|\bbg\b|\bpg\b|"
    r"swedbank|handelsbanken|\bSEB\b|nordea|länsförsäkringar|skandia|ica ?banken|sparbanken|danske bank|"
    r"\bIBAN\b|\bSBAB\b|avanza|klarna)"
)
_CUED = re.compile(
    rf"\b{_CUE}[^\d\n]{{0,25}}(?<!\d)(\d(?:[ \-,./]{{0,3}}\d){{5,18}})(?!\d)(?! ?(?:kr\b|kronor|sek\b|tkr\b|:-))",
    re.IGNORECASE,
)
# The clearing number and the account told apart go together, with the words between them.
_CLEARING = re.compile(
    r"\b(?:clearing\w{0,6}|cl\.? ?nr|cln)[ .:]{1,3}(?:nr\.? |är ){0,2}(?P<all>[1-9]\d{3}(?:-\d)?(?![\d-])"
    r"(?:[ ,;]{1,3}(?:(?:kontonr|kontonummer|konto|knr|kto|nr|och|o|sen|på)[ .:,]{1,3}){1,4}"
    r"\d(?:[ \-.,/]{0,2}\d){3,14}(?!\d))?)",
    re.IGNORECASE,
)
_ENDS_IN = re.compile(
    r"\b(?:konto|kort)\w{0,8} (?:som )?slutar (?:på|med) (\d{3,4})(?!\d)|\b(?:konto|kort)\w{0,8},? (?:de )?sista "
    r"(?:fyra|siffrorna)(?: är)?:? (\d{4})(?!\d)",
    re.IGNORECASE,
)
_SECOND_PART = re.compile(
    r"(?:[ ,]{1,3}(?:kontonr|kontonummer|konto|nr|och)){1,3}[ .:]{1,3}(\d(?:[ \-.]?\d){4,12})(?!\d)", re.IGNORECASE
)
_SWISH_COMPANY = re.compile(r"\bswish\w{0,8}[^\d\n]{0,15}(123(?:[ -]?\d){7})(?!\d)", re.IGNORECASE)


def detect(view: str) -> Iterator[Found]:
    """Yield IBANs, cards and accounts."""
    yield from _ibans(view)
    for match in _CLEARING.finditer(view):
        yield Found(Kind.BANK_ACCOUNT, match.start("all"), match.end("all"))
    for match in _CARD.finditer(view):
        yield Found(Kind.CARD, match.start(), match.end())
    for match in _CARD_CUED.finditer(view):
        yield Found(Kind.CARD, match.start(1), match.end(1))
    for match in _ACCOUNT.finditer(view):
        if 11 <= sum(char.isdigit() for char in match[0]) <= 15:
            yield Found(Kind.BANK_ACCOUNT, match.start(), match.end())
    for match in _CUED.finditer(view):
        yield Found(Kind.BANK_ACCOUNT, match.start(1), match.end(1))
        second = _SECOND_PART.match(view, match.end())
        if second:
            yield Found(Kind.BANK_ACCOUNT, second.start(1), second.end(1))
    for match in _ENDS_IN.finditer(view):
        yield Found(Kind.BANK_ACCOUNT, *match.span(match.lastindex or 0))
    for match in _SWISH_COMPANY.finditer(view):
        yield Found(Kind.BANK_ACCOUNT, match.start(1), match.end(1))


def _ibans(view: str) -> Iterator[Found]:
    for match in _SWEDISH_IBAN.finditer(view):
        yield Found(Kind.IBAN, match.start(), match.end())
    for match in _IBAN.finditer(view):
        # Words after the number look like more of it, so the groups of four set the end; longest valid wins.
        shape = _IBAN_SHAPE.match(view, match.start())
        if not shape:
            continue
        ends = [shape.end()] + [
            i for i in range(shape.end(), match.start() + 14, -1) if i == len(view) or not view[i].isalnum()
        ]
        valid = next((end for end in ends if _is_valid(view[match.start() : end])), None)
        mostly_digits = sum(char.isdigit() for char in shape[0]) >= 12
        if valid or mostly_digits:
            yield Found(Kind.IBAN, match.start(), valid or shape.end())


def _is_valid(text: str) -> bool:
    return bool(iban_check.is_valid(re.sub(r"[ -]", "", text), check_country=False))
