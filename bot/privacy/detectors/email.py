"""E-mail addresses, also as people write them to fool machines ("anna punkt b snabel-a gmail punkt com")."""

import re
from collections.abc import Iterator

from bot.privacy.names import vocabulary
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_AT = (
    r"(?: ?[@＠] ?| ?[(\[{<] ?(?:at|@|snabel(?:[- ]?a)?|a) ?[)\]}>] ?| ?\b(?:snabel(?:[- ]?a)?|alfakrull|"
    r"alfa(?=[ ]\w+\.)|kanelbulle|krull-?a)\b ?)"
)
_DOT = (
    r"(?:\.|\n\.| \. ?|\. (?=(?:com|se|nu|net|org|fi|no|dk|eu|info)\b)| ?\(?\b(?:punkt|dot)\b\)? ?| ?[(\[] ?(?:\.|"
    r"punkt|dot) ?[)\]] ?| (?:under(?:score|streck)|bindestreck|streck|minus|plus) )"
)
_WORD = r"[A-Za-z0-9åäöÅÄÖéü_+\-]{1,40}"
_PATTERN = Pattern(
    rf"(?<![\w.@])(?:{_WORD}{_DOT}){{0,4}}{_WORD}{_AT}(?:{_WORD}{_DOT}){{1,4}}[A-Za-z]{{2,12}}(?![\w@])", re.I
)
_PROVIDER = r"(?:gmail|hotmail|outlook|live|yahoo|icloud|telia|msn|me|protonmail|proton|comhem|bredband|tele2|spray)"
_NO_DOMAIN_END = Pattern(
    rf"(?<![\w.@])(?:{_WORD}{_DOT}){{0,4}}{_WORD}{_AT}{_PROVIDER}\b(?:[ ,]{{1,2}}(?:com|se|nu|net|org)\b)?",
    re.IGNORECASE,
)
_GLUED = Pattern(
    rf"(?<![\w.@])(?:{_WORD}\.){{0,4}}{_WORD}@(?:[A-Za-z0-9-]{{1,30}}\.){{1,3}}(?:com|se|nu|net|org)", re.IGNORECASE
)
# The mailbox of an authority is nobody's.
_OFFICE = re.compile(
    r"(?:registrator|info|kontakt|diarium|myndigheten|kundtjanst|kundservice|post|press|stod|jour|"
    r"support)@(?:[\w-]+\.)?"
    r"(?:polisen|aklagare|domstol|dom|regeringskansliet|socialstyrelsen|skatteverket|migrationsverket|"
    r"forsakringskassan|"
    r"brottsoffermyndigheten|jamstalldhetsmyndigheten|imy|ivo|jo|do|kronofogden|arbetsformedlingen|csn|skolverket|"
    r"skolinspektionen|lansstyrelsen|regionstockholm|sll|stockholm|1177)\.se",
    re.IGNORECASE,
)
_PLAIN_AT = Pattern(rf"(?<![\w.@])(?:{_WORD}\.){{0,4}}{_WORD}@{_WORD}(?![\w@]|\.\w)")
_AT_WORD = Pattern(
    rf"(?<![\w.@])(?:{_WORD}{_DOT}){{0,4}}{_WORD} (?:at|vid|a) (?:{_PROVIDER}{_DOT}|{_WORD} ?\(?(?:dot|"
    rf"punkt)\)? ?)(?:com|se|nu|net|org|eu|fi|no|dk)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"(?<![^\W_])([A-Za-zåäöé]{1,15}) \Z")
_LEADING = re.compile(
    r"(?:(?:min|mejla?|maila?|mejlen|mailen|mail|mejl|e-?post|epost|adressen?|är|på|till|hennes|hans|skriv|"
    r"nås|via)[ :]+)+",
    re.IGNORECASE,
)


def detect(view: str) -> Iterator[Found]:
    """Yield addresses; a lead-in such as "mejla" that the loose dots drew in is left out."""
    for pattern in (_PATTERN, _NO_DOMAIN_END, _PLAIN_AT, _AT_WORD, _GLUED):
        for match in pattern.finditer(view):
            lead = _LEADING.match(match[0])
            if _OFFICE.fullmatch(match[0]):
                continue
            start = match.start() + (lead.end() if lead else 0)
            # "anna berg @ telia . com": where the mark stands apart, so may the first name.
            first = (
                _FIRST.search(view, max(0, start - 20), start) if " @ " in match[0] or " snabel" in match[0] else None
            )
            if first and not vocabulary.is_ordinary(first[1].lower()) and not _LEADING.match(first[0]):
                start = first.start(1)
            yield Found(Kind.EMAIL, start, match.end())
