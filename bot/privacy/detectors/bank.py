"""Bank accounts, IBAN and payment cards. A wrong check digit still identifies, so shape decides and checks only add."""

import re
from collections.abc import Iterator

from stdnum import iban as iban_check

from bot.privacy.detectors.number_words import NUMBER
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_COUNTRY = (
    r"(?:A[DELTZ]|B[AEGHRY]|C[HRYZ]|D[EKO]|E[EGS]|F[IORK]|G[BEILRT]|H[RU]|I[ELQRST]|JO|K[WZ]|L[BCITUVY]|"
    r"M[CDEKRTU]|N[LO]|P[KLST]|QA|"
    r"R[OSU]|S[ACDEIKMOTV]|T[LNR]|UA|V[AG]|XK)"
)
_IBAN = Pattern(rf"(?<![^\W_]){_COUNTRY} ?\d\d(?=[ -]?[A-Z0-9])", re.IGNORECASE)
_IBAN_SHAPE = re.compile(r"[A-Z]{2} ?\d\d(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3}(?![^\W_]))?", re.IGNORECASE)
_SWEDISH_IBAN = Pattern(r"(?<![^\W_])S ?E(?:[ .:\n-]{0,2}\d){18,22}(?!\d)", re.IGNORECASE)
# Cut off, or without the letters; and the bank's own code beside it.
_PART_OF_IBAN = Pattern(
    r"\biban\b[^\d\n]{0,15}?(?P<value>(?:[A-Z]{2} ?)?\d\d(?:[ -]?[\dA-Z]{4}){0,7}(?: ?\.{2,4} ?\d{2,4})?(?:[ "
    r"-]\d{1,4})?)(?!\w)"
    r"|\b(?:bic|swift)(?:-?kod)?(?: är)?[ :]{1,2}(?P<bic>(?-i:[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?))(?!\w)",
    re.IGNORECASE,
)
_GAP = r"(?:[\n./_*]|[ -]{0,2})"
_CARD = Pattern(
    rf"(?<!\d)(?<!\d[ -])(?:\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}(?:{_GAP}\d{{3}})?|"
    rf"3[47]\d\d{_GAP}\d{{6}}{_GAP}\d{{5}})(?!-?\d)"
)
_CARD_CUED = Pattern(
    r"\b(?:kort(?:nummer|nr|et)?|visa|mastercard|maestro|bankkort|kreditkort)[^\d\n]{0,20}(?<!\d)"
    r"((?:\d[ \-]?){11,18}\d)(?!\d)",
    re.IGNORECASE,
)
_ACCOUNT = Pattern(r"(?<!\d)(?<!\d[ -])[1-9]\d{3}(?:-\d)?[,. -]{1,3}\d(?:[ .-]?\d){6,10}(?!\d)(?![ -]\d)")
_CUE = (
    r"(?:(?:bank|löne|spar|person|clearing|barnspar|barn|mat|ikl|isk|hem|gemensamma |fond|"
    r"privat)?k[ou]nto(?:num+er|nr|t|num+ret)?|"
    r"depå\w{0,3}|lån(?:e?nummer|e?nr| nr)|kundnummer|bg-?nr|pg-?nr|account|clearing(?:nummer|nr|numret)?|kto"
    r"|cl\.? ?nr|cln|knr|giro|"
    r"bankgiro|plusgiro|postgiro|\bbg\b|\bpg\b|"
    r"swedbank|handelsbanken|\bSEB\b|nordea|länsförsäkringar|skandia|ica ?banken|sparbanken|danske bank|"
    r"\bIBAN\b|\bSBAB\b|avanza|klarna)"
)
_CUED = Pattern(
    rf"\b{_CUE}[^\d\n]{{0,25}}(?<!\d)(\d(?:[ \-,./\n()]{{0,3}}\d){{5,18}})(?!\d)(?! ?(?:kr\b|kronor|sek\b|tkr\b|:-))",
    re.IGNORECASE,
)
# The clearing number and the account told apart go together, with the words between them.
_CLEARING = Pattern(
    r"\b(?P<short>clear|cl\.? ?nr|cln|c-?nr|clearing\w{0,6})[ .:]{1,3}(?:nr\.? |är ){0,2}"
    r"(?P<all>[1-9]\d{3}(?:[-,]\d)?(?![\d-])"
    r"(?P<account>[ ,;]{1,3}(?:(?:kontonr|kontonummer|konto|k-?nr|kto|nr|och|o|sen|på)[ .:,]{1,3}){1,4}"
    r"\d(?:[ \-.,/]{0,2}\d){3,14}(?!\d))?)",
    re.IGNORECASE,
)
_ENDS_IN = Pattern(
    r"\b(?:konto|kort)\w{0,8} (?:som )?slutar (?:på |med )?(\d{3,4}(?:-\d)?)(?!\d)|\b(?:konto|"
    r"kort)\w{0,8},? (?:de )?sista "
    r"(?:fyra|siffrorna)(?: är)?:? (\d{4})(?!\d)",
    re.IGNORECASE,
)
_SECOND_PART = re.compile(
    r"(?:[ ,]{1,3}(?:kontonr|kontonummer|konto|nr|och)){1,3}[ .:]{1,3}(\d(?:[ \-.]?\d){4,12})(?!\d)", re.IGNORECASE
)
_SPELT_CUED = Pattern(
    rf"\b(?:konto\w{{0,8}}|clearing\w{{0,6}}|bankgiro|plusgiro|kort(?:nummer|nr|et)?)(?: är| nr| nummer|:){{0,2}} "
    rf"((?:{NUMBER}|\d{{1,4}})(?:[ ,]{{1,2}}(?:{NUMBER}|\d{{1,4}})){{1,20}})(?! (?:gånger|kr|kronor|år|dagar|"
    rf"veckor|månader))",
    re.IGNORECASE,
)
# The bank named after the number: "33 00 441207 55 i nordea".
_BEFORE_BANK = Pattern(
    r"(?<!\d)(?<!\d[ .-])(?P<value>[1-9](?:[ .,-]{0,2}\d){7,14})(?=[ ,(]{1,2}(?:(?:är|e|i|på|hos|kontot?|mitt|hans|"
    r"hennes|ett) ){0,4}(?:swedbank|handelsbanken|seb|nordea|länsförsäkringar|skandia|ica ?banken|sparbanken|"
    r"danske bank|sbab)(?![^\W_]))",
    re.IGNORECASE,
)
_SWISH_COMPANY = Pattern(r"\bswish\w{0,8}[^\d\n]{0,15}(123(?:[ -]?\d){7}|90\d(?:[ -]?\d){4})(?!\d)", re.IGNORECASE)


def detect(view: str) -> Iterator[Found]:
    """Yield IBANs, cards and accounts."""
    yield from _ibans(view)
    for match in _PART_OF_IBAN.finditer(view):
        group = "value" if match["value"] else "bic"
        if group == "bic" or sum(char.isdigit() for char in match["value"]) > 3 or match["value"][0].isalpha():
            yield Found(Kind.IBAN, *match.span(group))
    for match in _CLEARING.finditer(view):
        abbreviated = match["account"] and not match["short"].lower().startswith("clearing")
        yield Found(Kind.BANK_ACCOUNT, match.start("short" if abbreviated else "all"), match.end("all"))
    for match in _BEFORE_BANK.finditer(view):
        yield Found(Kind.BANK_ACCOUNT, match.start("value"), match.end("value"))
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
    for match in _SPELT_CUED.finditer(view):
        if re.search(r"[a-zåäö]", match[1], re.IGNORECASE):
            yield Found(Kind.BANK_ACCOUNT, match.start(1), match.end(1))
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
