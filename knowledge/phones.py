"""Phone numbers: the form that is dialled, and the numbers that stand in a text."""

from __future__ import annotations

import re

import phonenumbers

# Numbers that have no area code: emergency, police, health advice, the 116 series, Mind's suicide line.
SHORT = re.compile(r"112|1177|90101|114 14|116 \d{3}")
_IN_TEXT = re.compile(r"(?<![\d–-])(?:\+46|0)\d{0,3}[- ]\d{2,3}(?: ?\d{2,3}){1,3}|\b(?:114 ?14|116 ?\d{3})\b")


def dialled(number: str) -> str:
    """Return a number as a `tel:` link takes it: E.164, or the digits of a short number.

    Raises:
        ValueError: when it is not a Swedish phone number.
    """
    if SHORT.fullmatch(number):
        return number.replace(" ", "")
    try:
        parsed = phonenumbers.parse(number, "SE")
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"{number!r} är inget telefonnummer") from error
    if re.search(r"[^\d+ ()-]", number) or not phonenumbers.is_possible_number(parsed):
        raise ValueError(f"{number!r} är inget telefonnummer")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def numbers_in(text: str) -> list[str]:
    """Return the phone numbers that stand in a text, as they are dialled; 112 is left out, it is always right."""
    return [dialled(found) for found in _IN_TEXT.findall(text)]
