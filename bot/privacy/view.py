"""A plain reading of a text, with the way back to the original offsets.

Detectors read the view: digits of any script are ASCII, spaces are spaces, dashes are hyphens, look-alike letters are
Latin, and what a reader does not see (zero-width characters, HTML tags) is gone. What is found is cut out of the
original.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

from bot.privacy.patterns import Text

_PLAIN = re.compile(r"[\x20-\x7e\nåäöÅÄÖéÉüÜ–]*\Z")
# Tags of HTML only, and none with an address or a number in it: "<namn@exempel.se>" is no markup.
_TAGS = (
    "a|abbr|b|big|body|br|button|center|code|div|em|font|form|h[1-6]|head|hr|html|i|img|input|label|li|link|"
    "meta|ol|p|pre|"
    "s|script|small|span|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|tt|u|ul"
)
# What stands in others may be an identifier: '<input value="Fatima">'.
_ATTRIBUTE = r'\s(?:class|style|dir|align|color|face)="[^"<>@\d/]{0,100}"'
_MARKUP = re.compile(
    rf"\x1b\[[0-9;]{{0,20}}[A-Za-z]|</?(?:{_TAGS})(?:{_ATTRIBUTE}){{0,8}}\s?/?>|&#?\w{{1,10}};", re.IGNORECASE
)
# Cyrillic and Greek letters that look like Latin ones.
_LOOKALIKES = str.maketrans("АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo")
_SCRIPT_WORD = re.compile(r"[^\W\d_]+")
_ZERO_OR_ONE = re.compile(
    r"(?<=\d)[oOlI|](?=[\d-])|(?<=\d[ -])[oOlI](?=\d)|(?<![^\W_])[oO](?=[78][oO\d]?[oO\d]?[ -]?[\doOlI]\d)"
)


@dataclass(frozen=True, slots=True)
class View:
    """The text as detectors read it; character i stands for original[starts[i]:ends[i]]."""

    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of view[start:end] (start < end)."""
        return self.starts[start], self.ends[end - 1]


def make_view(text: str) -> View:
    """Read `text` plainly; linear in its length."""
    if _PLAIN.match(text) and "<" not in text and "&" not in text:
        view = View(text.replace("–", "-"), range(len(text)), range(1, len(text) + 1))
    else:
        view = _slow_view(text)
    # Letters typed for digits ("O7O-...") keep the length, so they are mended in place.
    return View(Text(_ZERO_OR_ONE.sub(lambda m: "0" if m[0] in "oO" else "1", view.text)), view.starts, view.ends)


def _slow_view(text: str) -> View:
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(piece: str, start: int, end: int) -> None:
        for char in piece:
            chars.append(char)
            starts.append(start)
            ends.append(end)

    position = 0
    for markup in _MARKUP.finditer(text):
        _put_plain(text, position, markup.start(), put, chars, ends)
        if markup[0].startswith("&"):
            stands_for = html.unescape(markup[0])
            if stands_for == markup[0] or len(stands_for) > 2 or "\ufffd" in stands_for:  # "&0701740605;"
                _put_plain(text, markup.start(), markup.end(), put, chars, ends)
            else:
                put(_plain_char(stands_for), markup.start(), markup.end())
        position = markup.end()
    _put_plain(text, position, len(text), put, chars, ends)
    joined = "".join(chars)
    return View(_SCRIPT_WORD.sub(_latin_word, joined), tuple(starts), tuple(ends))


def _put_plain(text, start, end, put, chars, ends) -> None:  # type: ignore[no-untyped-def]
    for index in range(start, end):
        char = text[index]
        category = unicodedata.category(char)
        if category == "Mn" and chars:
            composed = unicodedata.normalize("NFC", chars[-1] + char)
            if len(composed) == 1:
                chars[-1] = composed
            ends[-1] = index + 1
        elif category in ("Mn", "Me", "Cf", "Cs") or (category == "Cc" and char not in "\n\r\t"):
            continue
        else:
            put(_plain_char(char), index, index + 1)


def _plain_char(char: str) -> str:
    if len(char) != 1:
        return char
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category == "Zs" or char == "\t":
        return " "
    if category in ("Zl", "Zp") or char == "\r":
        return "\n"
    if category == "Pd" or char in "−‐‑":
        return "-"
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) <= 3 else char


def _latin_word(match: re.Match[str]) -> str:
    """Turn a word to Latin when look-alikes were mixed into it; leave words of another script alone."""
    word = match[0]
    if word.isascii() or not any("a" <= char.lower() <= "z" for char in word):
        # A word all of look-alikes ("АВС") reads as Latin too, as in a registration plate.
        swapped = word.translate(_LOOKALIKES)
        return swapped if swapped.isascii() else word
    return word.translate(_LOOKALIKES)
