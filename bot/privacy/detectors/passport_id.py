"""Passports, LMA cards, residence permits and identity cards of other countries."""

import re
from collections.abc import Iterator

from bot.privacy.detectors.document_number import AfterWord, may_be_number
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_WORDS = (
    r"(?:\b(?:nöd|främlings|thai|diplomat|tjänste|flykting|inrikes|reseb?)?pass(?:et|ets|nummer|numret|nr|port|"
    r"handling\w{0,3})?\b|"
    r"\bpas+aport[eo]?\w{0,2}(?: numara\w{0,3})?\b|\bpassport numara\w{0,3}\b|\blma\b|\blma-?(?:kort|nr|nummer)\w{0,8}|"
    r"\b(?:nationellt |nationella )?(?:id|legitimations|identitets)[- ]?(?:kort|handling)\w{0,8}|"
    r"\but[- ]?(?:kort|nummer|nr)\w{0,3}|\buppehålls?(?:tillstånd|kort|rätt)\w{0,8}|\bpermit\b|"
    r"\bresedokument\w{0,3}|\bfrämlingspass\w{0,3}|\bnational id\b|\btazkira\w{0,2}|\btaskira\w{0,2}|"
    r"\bmigrationsverket\w{0,2} kort\w{0,2}|\basylkort\w{0,3}|\bcedula\b|\bpesel\b|\bkimlik\b|\bdni\b|"
    r"\b(?:viserings?|visum)(?:nr|nummer|numret)?\b|\bausweis\b|\bcnp\b|\begn\b|\bnin\b|\biqama\w{0,2}|\baadhaar\b|"
    r"\b(?:svensk|norsk|dansk|finsk|polsk|rumänsk|bulgarisk|tysk|syrisk|irakisk|iransk|afghansk|turkisk|rysk)[at]?"
    r" (?:id|legitimation)\b|\blegitimation\b(?=[ :]{1,3}(?:nr\b|nummer|[A-Z0-9]))|"
    r"\bpasspt\b|\btravel document\b|\barbetstillstånd\w{0,3}|\bankomstkort\w{0,2}|\bdow[óo]d\b|\bbuletin\b|"
    r"\bunhcr(?:-?nr)?\b|"
    r"\basyl(?:-? ?(?:nr|nummer))\b|\bleg(?:get)?\b(?=[ :]{1,2}\d{6})|\bid-?nummer\b|\bid-?nr\b|"
    r"\bid\b(?=[ :]{1,3}(?:nr\b|nummer|[A-Z0-9]))|\bdoss(?:ier)?-?nr\b"
    r"|\bdokument(?:nummer|nr)?\b|\bserie\b(?= [A-Z]{2} nr))"
)
_AFTER_WORD = AfterWord(_WORDS, least=5, least_at_once=6)
_BARE = Pattern(r"(?<![^\W_])(?:(?:[A-Z]{2,3} )?[A-Z]{1,2}\d{7,8}|\d\d[A-Z]{2}\d{5})(?![^\W_])")
_BEFORE_WORD = Pattern(
    r"(?<![^\W_])(?P<value>[A-Z]{1,3} ?\d(?: ?\d){5,9})(?= (?:(?:står |är |i |mitt |hans |hennes |på ){0,3})pass)",
    re.IGNORECASE,
)
_LINE = Pattern(r"(?<![^\W_])P<[A-Z]{3}[A-Z<]{5,39}(?:\n[A-Z0-9<]{20,44})?")


def detect(view: str) -> Iterator[Found]:
    """Yield the number that follows the word for a document; a bare one only in the shape of a passport."""
    spans = list(_AFTER_WORD.spans(view))
    spans += [m.span("value") for m in _BEFORE_WORD.finditer(view) if may_be_number(view, *m.span("value"))]
    spans += [match.span() for pattern in (_BARE, _LINE) for match in pattern.finditer(view)]
    for start, end in spans:
        yield Found(Kind.PASSPORT_ID, start, end)
