"""Reservnummer: what care and schools give a person without (known) personnummer.

Sources: Region Stockholm's numbers begin with 99 and the year of birth; other regions put letters in the last four
places of a birth date (e.g. 19900101-TF12); the national one (Inera) has 22 and letters.
"""

import re
from collections.abc import Iterator

from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_STOCKHOLM = Pattern(r"(?<!\d)99[ .-]?(?:1[ .-]?9|2[ .-]?0)(?:[ .-]?\d){7,10}(?!\d)")
_LETTERED = Pattern(
    r"(?<![^\W_])(?:(?:19|20)[ -]?)?\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01]|[6-9]\d)[ -]?"
    r"(?=[0-9]{0,3}[A-Za-z])(?=[A-Za-z]{0,3}\d)[A-Za-z0-9]{3} ?[A-Za-z0-9](?![^\W_])"
)
_NATIONAL = Pattern(r"(?<![^\W_])22[ -]?(?=[0-9]{0,9}[A-Z])[A-Z0-9]{6}[ -]?[A-Z0-9]{4}(?![^\W_])")
# The date of birth with 22 or another century before it and four places with letters in them.
_SERIES = Pattern(
    r"(?<![^\W_])22[ -]?\d{6}[ -]?(?=[0-9]{0,3}[A-Za-z])(?=[A-Za-z]{0,3}\d)[A-Za-z0-9]{4}(?![^\W_])"
    r"|(?<![^\W_])22[ -]?\d{6}[ -]?(?=[0-9 ]{0,4}[A-Z])(?:[A-Z0-9] ?){3}[A-Z0-9](?![^\W_])"
    r"|(?<![^\W_])[A-Z]{1,2}-?(?:19|20)\d{6}-?[A-Z]?(?![^\W_])"
    r"|(?<![^\W_])(?:19|20|22)?\d{6}[- ]?(?=[0-9]{0,4}[A-ZÅÄÖ])[A-ZÅÄÖ0-9]{3,5}(?![^\W_])"
)
_CUED = Pattern(
    r"(?:reserv[\s-]?(?:nummer|numret|numm?ren|nr|id|n\b)?|\b(?:tf|t|r)[-. ]?(?:nummer|nr)|\bres\.? ?nr|"
    r"tillf(?:[äa]lligt|\.)\s?(?:person)?(?:nummer|nr|id)|\bpat(?:ient)?\.?[ -]?id|ersättningsnummer|sjukhusnummer|"
    r"armband(?:et)?|22-serien?)"
    r"(?:[^\d\n]|"
    r"\d\d-serien?){0,22}?((?<![^\W_])[A-Za-z]{0,3}\d[\dA-Za-z]{3,12}(?:[ -][\dA-Za-z]{2,6}){0,2})(?![^\W_])",
    re.IGNORECASE,
)


def detect(view: str) -> Iterator[Found]:
    """Yield numbers of the known shapes and whatever follows the word itself."""
    for pattern in (_STOCKHOLM, _LETTERED, _NATIONAL, _SERIES):
        for match in pattern.finditer(view):
            yield Found(Kind.RESERVNUMMER, match.start(), match.end())
    for match in _CUED.finditer(view):
        value = re.match(r"\S+(?:[ -](?=\S{0,5}\d)\S+){0,2}", match[1])
        yield Found(Kind.RESERVNUMMER, match.start(1), match.start(1) + (value.end() if value else len(match[1])))
