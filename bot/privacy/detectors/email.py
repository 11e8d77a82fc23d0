"""E-mail addresses, also as people write them to fool machines ("anna punkt b snabel-a gmail punkt com")."""

import re
from collections.abc import Iterator

from bot.privacy.types import Found, Kind

_AT = r"(?: ?[@＠] ?| ?[(\[{] ?(?:at|@|snabel[- ]?a|a) ?[)\]}] ?| ?\b(?:snabel[- ]?a|alfakrull|kanelbulle)\b ?)"
_DOT = (
    r"(?:\.| \. ?|\. (?=(?:com|se|nu|net|org|fi|no|dk|eu|info)\b)| ?\(?\b(?:punkt|dot)\b\)? ?| ?[(\[] ?(?:\.|"
    r"punkt|dot) ?[)\]] ?)"
)
_WORD = r"[A-Za-z0-9åäöÅÄÖéü_+\-]{1,40}"
_PATTERN = re.compile(
    rf"(?<![\w.@])(?:{_WORD}{_DOT}){{0,4}}{_WORD}{_AT}(?:{_WORD}{_DOT}){{1,4}}[A-Za-z]{{2,12}}(?![\w@])", re.I
)
_PROVIDER = r"(?:gmail|hotmail|outlook|live|yahoo|icloud|telia|msn|me|protonmail|proton|comhem|bredband|tele2|spray)"
_NO_DOMAIN_END = re.compile(rf"(?<![\w.@])(?:{_WORD}{_DOT}){{0,4}}{_WORD}{_AT}{_PROVIDER}\b", re.IGNORECASE)
_PLAIN_AT = re.compile(rf"(?<![\w.@])(?:{_WORD}\.){{0,4}}{_WORD}@{_WORD}(?![\w@]|\.\w)")
_AT_WORD = re.compile(
    rf"(?<![\w.@])(?:{_WORD}{_DOT}){{0,4}}{_WORD} (?:at|vid|a) (?:{_PROVIDER}{_DOT}|{_WORD} ?\(?(?:dot|"
    rf"punkt)\)? ?)(?:com|se|nu|net|org|eu|fi|no|dk)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:(?:min|mejla?|maila?|mejlen|mailen|mail|mejl|e-?post|epost|adressen?|är|på|till|hennes|hans|skriv|"
    r"nås|via)[ :]+)+",
    re.IGNORECASE,
)


def detect(view: str) -> Iterator[Found]:
    """Yield addresses; a lead-in such as "mejla" that the loose dots drew in is left out."""
    for pattern in (_PATTERN, _NO_DOMAIN_END, _PLAIN_AT, _AT_WORD):
        for match in pattern.finditer(view):
            lead = _LEADING.match(match[0])
            yield Found(Kind.EMAIL, match.start() + (lead.end() if lead else 0), match.end())
