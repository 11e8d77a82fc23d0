"""Names told by their place in the talk: beside a pronoun, alone in a sentence, in a list, at an office."""

import re
from collections.abc import Callable

from bot.privacy.lists import read_words
from bot.privacy.names.tokens import Token

_NEVER = read_words("wording/never.txt")
_DEEDS = read_words("wording/deeds.txt")
_SELF = frozenset({"jag", "mig", "mej", "hon", "han", "hen", "henne", "honom", "oss", "vi", "du", "dig", "dej"})
_LABELS = _SELF | frozenset(
    {"mamma", "pappa", "mannen", "kvinnan", "barnet", "förövaren", "avs", "avsändare", "från", "hälsar"}
)
_LINKS = frozenset({"och", "o", "å", "eller", "el", "samt", "&"})
_IS = frozenset({"är", "e", "va", "var", "ere"})
_OFFICES = re.compile(
    r" (?:på|i|från|hos|vid) (?:soc\w{0,12}|bup|jouren|kvinnojour\w{0,3}|polisen|bris|skolan|jobbet|kommunen|"
    r"mottagningen|"
    r"vårdcentralen|psyk\w{0,5}|familje\w{2,12}|försäkringskassan|fk|akuten|sös|boendet|elevhälsan|barnahus)\b",
    re.IGNORECASE,
)
_KNOWN_AS = re.compile(r" i (?:efternamn|förnamn|tilltalsnamn|andranamn|mellannamn)\b", re.IGNORECASE)
_BEFORE_OFFICE = _IS | frozenset(
    {"med", "till", "av", "hos", "från", "ringde", "träffade", "mejlade", "fråga", "och", "o"}
)
_WHO = re.compile(r" (?:som|här|där|igen|ju|nog|säkert|asså|alltså|tror jag)\b")
_END = re.compile(r"\s*(?:[.,;:!?)]|\Z|\n)")
_RAISED = re.compile(r"[^\S\n]*[:=][^\S\n]*")
_MONTHS = frozenset({"maj", "juni", "april", "august", "mars"})
# "per" and the like come before something; at the end of a clause they are a person.
_NEEDS_MORE = frozenset({"per", "my"})


def tells(tokens: list[Token], index: int, view: str) -> bool:
    """Whether the place of the word makes it somebody's name. The word is no place and no common word."""
    token = tokens[index]
    if len(token.text) < 3 and not token.capital:
        return False
    if _is_shouted(tokens, index, view):
        return True
    if token.lower in _MONTHS:
        return _is_apposition(tokens, index, view) and token.gap == ", "
    if token.lower in _NEVER:
        return False
    return any(rule(tokens, index, view) for rule in _RULES)


def _may_be(token: Token) -> bool:
    """A word that some list of names holds, or that no text without names holds."""
    return token.ambiguous or token.surname or not token.seen


def _is_apposition(tokens: list[Token], index: int, view: str) -> bool:
    """ "ring mig, mehret, på ...", "det är jag, juni, som ..."."""
    token = tokens[index]
    if not index or token.gap not in (", ", " (", ",") or not _may_be(token):
        return False
    return tokens[index - 1].lower in _SELF and re.match(r"[,).]", view[token.end : token.end + 1]) is not None


def _is_label(tokens: list[Token], index: int, view: str) -> bool:
    """ "jag: cilla", "han = berra"."""
    token = tokens[index]
    raised = bool(index) and _RAISED.fullmatch(token.gap) is not None and tokens[index - 1].lower in _LABELS
    return raised and _may_be(token) and (not token.function or token.capital)


def _is_identified(tokens: list[Token], index: int, view: str) -> bool:
    """ "det är lucia som ringde", "tror det e kim"."""
    token = tokens[index]
    if index < 2 or token.gap != " " or tokens[index - 1].lower not in _IS or (token.function and not token.capital):
        return False
    if tokens[index - 2].lower not in ("det", "de", "d", "detta"):
        return False
    return (
        token.ambiguous
        and (view.startswith(" som ", token.end) or _END.match(view, token.end) is not None)
        and (token.capital or not _is_quality(token))
    )


def _is_quality(token: Token) -> bool:
    """ "det är sol ute": weather, colours and the like are said of it more often than a name."""
    return token.lower in read_words("wording/qualities.txt")


def _is_listed(tokens: list[Token], index: int, view: str) -> bool:
    """ "aza eller azze", "pilar å maria": beside a name that a list holds, both without a meaning of their own."""
    token = tokens[index]
    if not _may_be(token) or (token.function and not token.capital):
        return False
    for step in (1, -1):
        link, other = index + step, index + 2 * step
        if not 0 <= other < len(tokens) or tokens[link].lower not in _LINKS:
            continue
        gaps = {tokens[i].gap for i in range(min(index, other) + 1, max(index, other) + 1)}
        if gaps == {" "} and tokens[other].first and not (token.seen and not token.ambiguous):
            follows = step < 0 and not (_END.match(view, token.end) or _acts(tokens, index))
            return not follows
    return False


def _acts(tokens: list[Token], index: int) -> bool:
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is None or (
        after.gap == " " and (after.lower in _DEEDS or after.lower in _IS or after.lower in ("har", "ska"))
    )


def _is_at_office(tokens: list[Token], index: int, view: str) -> bool:
    """ "prata med torun på soc"."""
    token = tokens[index]
    before = bool(index) and token.gap == " " and tokens[index - 1].lower in _BEFORE_OFFICE
    return before and _may_be(token) and not token.function and _OFFICES.match(view, token.end) is not None


def _is_known_as(tokens: list[Token], index: int, view: str) -> bool:
    """ "jag heter frid i efternamn"."""
    return tokens[index].gap == " " and _KNOWN_AS.match(view, tokens[index].end) is not None


def _is_alone(tokens: list[Token], index: int, view: str) -> bool:
    """A sentence of one word ("Hej. Stig. Det är ...")."""
    token = tokens[index]
    ends = re.match(r"[.\n]|\Z", view[token.end : token.end + 1]) is not None
    return bool(index) and token.ambiguous and not token.function and token.capital and token.sentence_start and ends


def _is_shouted(tokens: list[Token], index: int, view: str) -> bool:
    """ "det står MAJ HOLM på kortet": two words in capitals, both on a list, in a text that does not shout."""
    if view.isupper():
        return False
    for first, last in ((index, index + 1), (index - 1, index)):
        if first < 0 or last >= len(tokens):
            continue
        one, two = tokens[first], tokens[last]
        if one.text.isupper() and two.text.isupper() and two.gap == " " and min(len(one.text), len(two.text)) > 2:
            listed = (one.first or one.ambiguous) and (two.surname or two.weak_surname or two.ambiguous)
            if listed and not one.common and not two.common:
                return True
    return False


def _is_initials(tokens: list[Token], index: int, view: str) -> bool:
    """ "P-O Hägg", "j-o säger"."""
    token = tokens[index]
    if not re.fullmatch(r"[A-ZÅÄÖa-zåäö]-[A-ZÅÄÖa-zåäö]", token.text):
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    named = after is not None and after.capital and token.text.isupper() and after.gap == " " and not after.common
    acts = after is not None and after.gap == " " and after.lower in _DEEDS
    return named or acts


def _ends_clause(tokens: list[Token], index: int, view: str) -> bool:
    """ "tror per.", "säger per, ...": a preposition cannot end a clause."""
    token = tokens[index]
    end = re.match(r"[.!?]|,(?= )|\Z", view[token.end : token.end + 1]) is not None
    return bool(index) and token.lower in _NEEDS_MORE and token.gap == " " and end and tokens[index - 1].lower in _DEEDS


def _owns(tokens: list[Token], index: int, view: str) -> bool:
    """ "vagnen är lillans"."""
    token = tokens[index]
    owned = index > 1 and tokens[index - 1].lower in _IS and token.gap == " " and token.lower.endswith("s")
    return owned and token.ambiguous and not token.function and _END.match(view, token.end) is not None


_RULES: tuple[Callable[[list[Token], int, str], bool], ...] = (
    _is_apposition,
    _is_label,
    _is_identified,
    _is_listed,
    _is_at_office,
    _is_known_as,
    _is_alone,
    _is_initials,
    _ends_clause,
    _owns,
)
