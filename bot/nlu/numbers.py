"""Swedish number words, folded and as chats spell them, from 0 to 120."""

from __future__ import annotations

_UNITS = {
    "noll": 0, "ett": 1, "en": 1, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "atta": 8, "nio": 9,
}  # fmt: skip
_TEENS = {
    "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17,
    "arton": 18, "aderton": 18, "nitton": 19,
}  # fmt: skip
_TENS = {
    "tjugo": 20, "tjugi": 20, "tjuge": 20, "trettio": 30, "tretti": 30, "fyrtio": 40, "fyrti": 40, "femtio": 50,
    "femti": 50, "sextio": 60, "sexti": 60, "sjuttio": 70, "sjutti": 70, "attio": 80, "atti": 80, "nittio": 90,
    "nitti": 90,
}  # fmt: skip

# "trettiofyra", "trettio fyra", "trettifyra"; one to nine alone are words of everyday speech and need "ar" after them.
WORDS: dict[str, int] = {**_UNITS, **_TEENS, **_TENS, "hundra": 100}
for _ten, _value in _TENS.items():
    for _unit, _more in _UNITS.items():
        if _more:
            WORDS[_ten + _unit] = _value + _more

PATTERN = "|".join(sorted(WORDS, key=len, reverse=True))


def value(text: str) -> int:
    """Return the number that digits or a number word stand for.

    Raises:
        KeyError: when it is neither.
    """
    return int(text) if text.isdigit() else WORDS[text]
