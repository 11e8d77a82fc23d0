"""Names told by their place in the talk: beside a pronoun, alone in a sentence, in a list, at an office."""

import re
from collections.abc import Callable

from bot.privacy.lists import read_words
from bot.privacy.names import vocabulary
from bot.privacy.names.tokens import Token

_NEVER = read_words("wording/never.txt")
_DEEDS = read_words("wording/deeds.txt")
_KIN = read_words("wording/relations.txt")
_WHOSE = frozenset({"min", "mitt", "hans", "hennes", "vår", "deras", "din"})
_FIRST_WORDS = read_words("wording/first_words.txt")
_OPENS = read_words("wording/openers.txt")
# Verbs alone: no noun is spelt like one of these.
_FINITE = _DEEDS - frozenset({"får", "drag", "drar", "ger", "vill", "vet", "sov", "nöp", "slag"}) | frozenset(
    {"är", "var", "har", "hade", "ska", "blev", "vill", "vet", "får"}
)
_SELF = frozenset({"jag", "mig", "mej", "hon", "han", "hen", "henne", "honom", "oss", "vi", "du", "dig", "dej"})
_LABELS = _SELF | frozenset(
    {"mamma", "pappa", "mannen", "kvinnan", "barnet", "förövaren", "avs", "avsändare", "från", "hälsar"}
)
_SEVERAL = frozenset(
    {"barn", "barnen", "ungar", "ungarna", "tvillingarna", "syskonen", "syskon", "kidsen", "döttrar", "söner",
     "bröder", "bröderna", "systrar", "systrarna", "flickorna", "pojkarna", "vänner", "heter", "placering"}
)  # fmt: skip
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
MONTHS = frozenset({"maj", "juni", "april", "august", "mars"})
# What only a person is or does; a month neither has an age nor is somebody's daughter.
_MONTH_IS = re.compile(
    r",? (?:(?:är|e|fyller|blev) )?(?:\d{1,2}|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|\w{3,6}ton) "
    r"?(?:år\b|mån)|\(\d{1,2}"
    r"| (?:är|e|va|var) (?:min|hans|hennes|vår|rädd|livrädd|ledsen|inlåst|försvunnen|gravid|gift|bortgift|död)\b"
    r"| (?:heter|hette) (?:jag|hon|han|min|flickan|pojken|vår)\b"
    r"| (?:gråter|vågar|vill|sover|säger|sa|slog|slår|berättade|ringde|skrev|hotar|mår|bor|ska gifta|ska bort)\b"
)
_SURNAME = re.compile(r"...(?:brand|ström|berg|gren|kvist|qvist|lund|mark|holm|dahl|sjö|blom|hammar)s?\Z")
_REPORTED = re.compile(
    r"(?: \([a-zåäö. ]{2,14}\))? (?:ringde|ringer|uppger|uppgav|säger|sade|hörs|hördes|misstänks|misstänkts|anhölls|"
    r"anhålls|häktas|häktades|delges|delgavs|greps|åtalas|återkommer|åter|förnekar|erkänner)\b"
)
# "per" and the like come before something; at the end of a clause they are a person.
_NEEDS_MORE = frozenset({"per", "my"})


def tells(tokens: list[Token], index: int, view: str) -> bool:
    """Whether the place of the word makes it somebody's name. The word is no place and no common word."""
    token = tokens[index]
    if len(token.text) < 3 and not token.capital:
        return False
    if _is_shouted(tokens, index, view):
        return True
    if token.lower in MONTHS:
        return _is_month_person(tokens, index, view)
    if token.lower == "hans":
        return _is_hans(tokens, index)
    if token.lower in _NEVER:
        return False
    return any(rule(tokens, index, view) for rule in _RULES)


def _is_month_person(tokens: list[Token], index: int, view: str) -> bool:
    """ "juni är tre år", "min syster maj vill ...", "det är jag, juni, som ..."."""
    token = tokens[index]
    if _is_apposition(tokens, index, view) and token.gap == ", ":
        return True
    before = tokens[index - 1].lower if index else ""
    if token.sentence_start or before in _OPENS or token.gap.startswith(","):
        return _MONTH_IS.match(view, token.end) is not None
    related = before in _KIN and token.gap == " " and not re.match(r" \d", view[token.end : token.end + 2])
    return (related or before == "lilla") and (index < 2 or tokens[index - 2].lower not in ("i", "under", "sen"))


def _is_hans(tokens: list[Token], index: int) -> bool:
    """ "Hans slog mig", "min man heter hans": his what? Nothing that is owned follows."""
    token = tokens[index]
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    before = tokens[index - 1].lower if index else ""
    ends = after is None or re.match(r"\s*[.,!?;:\n)]", after.gap) is not None
    if before in ("heter", "hette") and token.gap == " ":
        return ends or (after is not None and (after.lower in _LINKS or after.lower in ("som", "men")))
    if after is None or after.gap != " ":
        return False
    acts = after.lower in _FINITE
    # "familjen hans vill", "hans skrev jag inte": somebody's all the same
    owned = before in _KIN and index > 1 and tokens[index - 2].lower in _WHOSE
    turned = index + 2 < len(tokens) and tokens[index + 2].lower in ("jag", "vi", "du", "ni")
    return (token.sentence_start or before in _OPENS or owned) and acts and not turned


def is_named_like_service(tokens: list[Token], index: int) -> bool:
    """ "jag heter talita", "indra e min mamma": who bears the name that a service bears too."""
    token = tokens[index]
    before = [t.lower for t in tokens[max(0, index - 2) : index]]
    after = [t.lower for t in tokens[index + 1 : index + 4]]
    called = len(before) == 2 and before[1] in ("heter", "hette") and before[0] in _SELF | _KIN and token.gap == " "
    is_kin = len(after) == 3 and after[0] in _IS and after[1] in _WHOSE and after[2] in _KIN
    calls = len(after) > 1 and after[0] == "heter" and after[1] in ("jag", "hon", "han")
    return called or is_kin or (calls and token.sentence_start)


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
    if tokens[index - 2].lower == "de" and not token.capital and token.seen:
        return False  # "de är fina"
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
    named = _may_be(tokens[index]) or tokens[index].capital
    return named and tokens[index].gap == " " and _KNOWN_AS.match(view, tokens[index].end) is not None


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
    return (
        owned
        and token.ambiguous
        and token.lower[:-1] not in _NEVER
        and not (token.function or token.common)
        and _END.match(view, token.end) is not None
    )


def _is_pair(tokens: list[Token], index: int, view: str) -> bool:
    """ "liv och storm bor hos sin pappa", "våra barn, my och björn": two such words, and a person before or after."""
    token = tokens[index]
    if not token.ambiguous or (token.function and not token.capital and token.lower not in _FIRST_WORDS):
        return False
    for first, last in ((index, index + 2), (index - 2, index)):
        if first < 0 or last >= len(tokens) or tokens[first + 1].lower not in _LINKS:
            continue
        one, two = tokens[first], tokens[last]
        gaps = (tokens[first + 1].gap, two.gap)
        if gaps != (" ", " ") or not (_doubtful(one) and _doubtful(two)):
            continue
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        acts = after is not None and after.gap == " " and (after.lower in _DEEDS or after.lower in _KIN)
        introduced = first > 0 and tokens[first - 1].lower in _SEVERAL and one.gap.strip(" ,:(") == ""
        if introduced or (acts and (one.sentence_start or tokens[first - 1].lower in _OPENS)):
            return True
    return False


def _doubtful(token: Token) -> bool:
    return token.first or (token.ambiguous and token.lower not in _NEVER)


def _is_kin(tokens: list[Token], index: int, view: str) -> bool:
    """ "sol är min syster", "sol heter min dotter"."""
    token = tokens[index]
    after = [t.lower for t in tokens[index + 1 : index + 4]]
    opens = token.sentence_start or tokens[index - 1].lower in _OPENS
    if not opens or not _may_be(token) or token.function or len(after) < 2:
        return False
    if after[0] == "heter":
        return after[1] in _SELF or after[1] in _WHOSE or after[1] in _KIN
    return len(after) == 3 and after[0] in _IS and after[1] in _WHOSE and after[2] in _KIN and token.ambiguous


def _is_enumerated(tokens: list[Token], index: int, view: str) -> bool:
    """ "Närvarande: Karin, Lotten och P-G": with a capital, in a row with a name that a list holds."""
    token = tokens[index]
    if not token.capital or token.common or token.place or (token.text.isupper() and "-" not in token.text):
        return False
    if (token.seen and not token.ambiguous) or token.function:
        return False
    for step in (1, -1):
        other = index + step
        if 0 <= other < len(tokens):
            gap = tokens[max(index, other)].gap
            if gap == ", " and tokens[other].first and tokens[other].capital:
                return True
        other = index + 2 * step
        if 0 <= other < len(tokens) and tokens[index + step].lower in _LINKS and tokens[other].first:
            return tokens[other].capital
    return False


def _is_taken_up(tokens: list[Token], index: int, view: str) -> bool:
    """ "men alltså sten han slog mig", "det är jag sten som ringde"."""
    token = tokens[index]
    if token.lower not in _FIRST_WORDS or (token.gap not in (" ", ", ") and index):
        return False
    before = tokens[index - 1].lower if index else ""
    after = [t.lower for t in tokens[index + 1 : index + 3]]
    if before in ("jag", "ja") and after[:1] == ["som"]:
        return True
    opens = token.sentence_start or before in ("alltså", "asså", "men", "typ", "att", "för", "liksom")
    return opens and len(after) == 2 and after[0] in ("han", "hon") and after[1] in _FINITE


def _is_reported(tokens: list[Token], index: int, view: str) -> bool:
    """ "Askbrand (pol) ringde", "i sin frånvaro, Xyzter misstänks för": what is written of persons only."""
    token = tokens[index]
    if not token.capital or token.common or token.text.isupper() or len(token.text) < 4 or token.function:
        return False
    strange = not token.seen and not vocabulary.is_nearly_ordinary(token.lower)
    return (strange or _SURNAME.search(token.lower) is not None) and _REPORTED.match(view, token.end) is not None


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
    _is_pair,
    _is_kin,
    _is_enumerated,
    _is_taken_up,
    _is_reported,
)
