"""Numbers told in part: how they begin or end ("numret slutar på 4417", "fyra sista ...")."""

import re
from collections.abc import Iterator

from bot.privacy.detectors.phone import is_impersonal
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_VALUE = r"(?P<value>\d{2,8}(?-i:[A-Z])?(?:[ -]\d{1,4}){0,2})(?![\d:]|[.,]\d)"
_TOLD = Pattern(
    r"\b(?:slut(?:ar|ade|at|a)|b[öo]rja(?:r|de|t)?|inled\w{1,3}|avsluta\w{0,2}|starta\w{0,2}|slutsiffr\w{1,4}|"
    r"startsiffr\w{1,4}|(?:sen|sedan|därefter) (?:kommer|är det|blir det)|"
    r"(?:de |dom )?(?:första|sista) (?:två|tre|fyra|sex|åtta|2|3|4|6|8)?(?: ?siffr\w{1,4})?|"
    r"(?:två|tre|fyra|2|3|4) (?:sista|första)(?: siffr\w{1,4})?)"
    r"(?: (?:på|med|i|är|e|va|var|blir|siffr\w{1,4}|de|dom|av|nog|typ|tror jag|mitt|hans|hennes|min|kontot?|"
    r"kortet|numret|"
    r"personnummer|pnr)){0,5}[ :=.]{1,4}" + _VALUE,
    re.IGNORECASE,
)
_AT_THE_END = Pattern(
    r"(?<![\d.:/-])(?P<value>\d{3,4})(?= (?:(?:är|e|var) )?(?:på slutet|i slutet|sist\b|är slut|"
    r"de (?:fyra )?sista|som sista))",
    re.IGNORECASE,
)
_HIDDEN = Pattern(
    r"(?<![\w*])(?P<value>(?:\d{2,6}[ -]?)?(?:[*xX•#]{2,8}|\.{3,}|"
    r"…)[ -]?(?:(?:[*xX•#]{2,8})[ -]?){0,3}\d{2,4})(?![\w:/])",
)
_KINDS = (
    (Kind.BANK_ACCOUNT, re.compile(r"konto|bank|clearing|iban", re.IGNORECASE)),
    (Kind.CARD, re.compile(r"kort\b|kortet|kortnummer|kortnr|\bvisa\b|mastercard|maestro", re.IGNORECASE)),
    (Kind.REG_PLATE, re.compile(r"\breg|skylt|plåt|\bbil", re.IGNORECASE)),
    (Kind.PASSPORT_ID, re.compile(r"\bpass|\blma|\bid\b|legitimation", re.IGNORECASE)),
    (Kind.PERSONNUMMER, re.compile(r"pers|pnr|p-?n|samordning|siffr|sista|född|födelse", re.IGNORECASE)),
    (Kind.PHONE, re.compile(r"nummer|numret|\bnr|mobil|tel", re.IGNORECASE)),
)
_SIX = re.compile(r"(?<![\d-])(?:19|20)?\d\d(?:0\d|1[0-2])[0-9]\d(?![\d-])")
_NEAR = 60  # characters
_YEAR = re.compile(r"(?:19|20)\d\d")


def detect(view: str) -> Iterator[Found]:
    """Yield the parts, and the birth date that the last digits go with."""
    for pattern in (_TOLD, _AT_THE_END, _HIDDEN):
        for match in pattern.finditer(view):
            near = view[max(0, match.start() - 45) : match.start("value")] + "\n" + view[match.end() : match.end() + 35]
            kind = next((kind for kind, words in _KINDS if words.search(near)), None)
            if kind is None and pattern is _HIDDEN and re.fullmatch(r"\d{4}.*\d{4}", match["value"]):
                kind = Kind.CARD
            if kind is Kind.PHONE and is_impersonal(match["value"]):
                continue
            if kind is None or (_YEAR.fullmatch(match["value"]) and kind is not Kind.PERSONNUMMER):
                continue
            yield Found(kind, match.start("value"), match.end("value"))
            if kind is Kind.PERSONNUMMER:
                for six in _SIX.finditer(view, max(0, match.start() - _NEAR), match.end() + _NEAR):
                    yield Found(kind, six.start(), six.end())
