"""A second one beside the first: "K998-4412-26 och K998-4413-26", "990 871, kollegan har 990 872".

When one number of a message is known for what it is, another in the same shape close to it is the same kind of thing,
though no word says so. A shape holds every letter, digit and mark, so it seldom fits by chance.
"""

import re
from collections.abc import Iterator, Sequence

from bot.privacy.types import Found, Kind

_KINDS = frozenset(
    {
        Kind.LICENSE_OR_BADGE,
        Kind.CASE_NUMBER,
        Kind.PASSPORT_ID,
        Kind.BANK_ACCOUNT,
        Kind.REG_PLATE,
        Kind.POSTCODE_ADDRESS,
    }
)
_NEAR = 80  # characters
_LEAST = 5  # digits; four may be a year or a time of day
_LONGEST = 40
_MOST = 20  # of them in a message; a longer list is a pasted table, whose rows have words of their own
_NOT_UNIT = r"(?! ?(?:kr\b|kronor|sek\b|år\b|:-))"
_HANDLE = re.compile(r"(?<![\w@.])[\w.-]{4,30}(?<![.-])(?![\w@])")

_SHAPED = r"(?P<name>(?=[\w.-]{0,30}[\d_.])(?=[\w.-]{0,30}[a-zåäö])[a-zåäö_][\w.-]{2,30}(?<![.-]))"
_JOINED = r" ?(?:,|/|och|o|å|eller|el|samt|&|\+) ?"
_LISTED_AFTER = re.compile(rf"{_JOINED}{_SHAPED}(?!\w)", re.IGNORECASE)
_LISTED_BEFORE = re.compile(rf"(?<![\w@.]){_SHAPED}{_JOINED}@?\Z", re.IGNORECASE)


def detect(view: str, found: Sequence[Found]) -> Iterator[Found]:
    """Yield what stands near one of `found` and looks just like it."""
    seen = 0
    for item in found:
        if item.type in _KINDS and seen < _MOST:
            text = view[item.start : item.end]
            if sum(char.isdigit() for char in text) >= _LEAST and len(text) <= _LONGEST:
                seen += 1
                shape = re.compile(rf"(?<![^\W_])(?<!\d[-.]){_shape(text)}(?![^\W_])(?![-.]\d){_NOT_UNIT}")
                for match in shape.finditer(view, item.end, item.end + _NEAR):
                    yield Found(item.type, *match.span())
    yield from _handles(view, found)


def _shape(text: str) -> str:
    def part(char: str) -> str:
        if char.isdigit():
            return r"\d"
        if char.isalpha():
            return "[A-ZÅÄÖ]" if char.isupper() else "[a-zåäö]"
        return re.escape(char)

    return "".join(map(part, text))


def _handles(view: str, found: Sequence[Found]) -> Iterator[Found]:
    """The same user name written in another way ("frida_99 o frida99"), and one more in a list of them."""
    handles = [item for item in found if item.type is Kind.USERNAME][:_MOST]
    known = {_letters(view[item.start : item.end]) for item in handles}
    if not known:
        return
    for match in _HANDLE.finditer(view):
        if _letters(match[0]) in known:
            yield Found(Kind.USERNAME, *match.span())
    for item in handles:
        before = _LISTED_BEFORE.search(view, max(0, item.start - 40), item.start)
        for listed in (_LISTED_AFTER.match(view, item.end), before):
            if listed:
                yield Found(Kind.USERNAME, *listed.span("name"))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()
