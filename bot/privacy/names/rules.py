"""Names by list and by wording. Precise on its own; the tagger adds what lists do not hold."""

import re

from bot.privacy.lists import read_words
from bot.privacy.names import vocabulary, wording
from bot.privacy.names.tokens import Token

RELATIONS = read_words("wording/relations.txt")
NAMED = read_words("wording/named.txt")
NICKNAMED = read_words("wording/nicknamed.txt")
_SUBJECTS = read_words("wording/subjects.txt")
GREETING_END = read_words("wording/greeting_end.txt")
_ROLE = re.compile(
    r".*(?:are|ska|chef|kurator|mamma|pappa|tjej|kille|rektor|polis|psykolog|pedagog|or|ist|jouren|"
    r"mottagningen|skolan|tant|moster|syster|bror)\Z"
)
_NOT_AFTER_NAMED = read_words("wording/not_after_named.txt")
OWNERS = read_words("wording/owners.txt")
# Words on the list of doubtful names that a capital or a verb does not make a person.
NEVER = read_words("wording/never.txt")
_DEEDS = read_words("wording/deeds.txt")
_OPENERS = read_words("wording/openers.txt")
_PREPOSITIONS = read_words("wording/prepositions.txt")
_NO_NOUNS = read_words("wording/no_nouns.txt")
# What ends like this names a place, a house or a trade, with a capital too.
NO_PERSON = re.compile(
    r".{3,30}(?:gatan|vägen|torget|skolan|gymnasiet|hamnen|området|kyrkan|sjukhuset|mottagningen|jouren|centrum|"
    r"parken|stationen|"
    r"kommun|kommunen|län|länet|firma|bolaget|festival|gruppen|teamet|linjen|huset|boendet|hemmet|avdelningen|"
    r"centralen|zepam|zolam|prazol|sartan|statin|mycin|cillin|oxetin|tidin|ratadin|formin|olol|"
    r"nätet|appen|kortet|numret|nummer|polisen|rätten|verket|nämnden|staden|landet|byn|ön)s?\Z"
)
# Titles that are cut short with a full stop.
_TITLES = read_words("wording/titles.txt")
_LINKS = read_words("wording/links.txt")
_OPENING_LINKS = frozenset({"von", "van", "der", "af", "bin", "ibn", "abu", "umm", "bint", "la", "de"})
_SURNAME_WORDS = read_words("wording/surname_words.txt")
_PLACE_OPENERS = read_words("wording/place_openers.txt")
_NEAR = 50  # words on each side that tell whether a text puts capitals everywhere; all of them would take squared time


def names(tokens: list[Token], view: str) -> list[bool]:
    """Say of each token whether list and wording make it a name."""
    return [_is_name(tokens, index, view) for index in range(len(tokens))]


def grow(tokens: list[Token], named: list[bool]) -> list[tuple[int, int]]:
    """Join names to runs and take in surnames, links ("von") and initials beside them.

    Returns:
        Index ranges (first, last) of tokens, both ends included.
    """
    named = list(named)
    for index, token in enumerate(tokens):
        if named[index] or index == 0 or not named[index - 1] or token.kept:
            continue
        if not _touches(token, len(tokens[index - 1].text) == 1):
            continue
        named[index] = _continues(tokens, index)
    for index in range(len(tokens) - 2, -1, -1):
        token, after = tokens[index], tokens[index + 1]
        if not named[index] and named[index + 1] and _touches(after, len(token.text) == 1) and not token.kept:
            doubtful_first = (
                token.ambiguous and (token.capital or not token.function) and after.surname and not after.first
            )
            among = index > 0 and len(tokens[index - 1].text) == 1 and tokens[index - 1].capital  # "S Ö Bergdahl"
            initial = len(token.text) == 1 and token.capital and (token.lower not in "iåö" or among)
            # "IBRAHIMOVSKA DANIELA", "Hillerström Kent": the surname first, as in registers.
            strange = (
                token.capital and not (token.seen or token.common or token.place) and after.first and after.capital
            )
            named[index] = doubtful_first or initial or (strange and len(token.text) > 3 and after.gap == " ")
    for index in range(len(tokens) - 2, -1, -1):
        if named[index + 1] and tokens[index].lower in _OPENING_LINKS and _touches(tokens[index + 1]):
            named[index] = tokens[index].lower != "de" or tokens[index + 1].lower == "la"
    runs: list[tuple[int, int]] = []
    for index, is_name in enumerate(named):
        if is_name and runs and runs[-1][1] == index - 1 and _touches(tokens[index], len(tokens[index - 1].text) == 1):
            runs[-1] = (runs[-1][0], index)
        elif is_name:
            runs.append((index, index))
    return runs


def _is_name(tokens: list[Token], index: int, view: str) -> bool:
    token = tokens[index]
    if token.common and not (token.capital or token.ambiguous or token.kept):
        return False
    acronym = not token.text.isupper() and sum(char.isupper() for char in re.split("[-'’]", token.text)[0]) > 1
    unlisted = not (token.first or token.surname or token.ambiguous)
    if unlisted and NO_PERSON.match(token.lower):
        return False
    if token.kept and wording.is_named_like_service(tokens, index):
        return True
    if token.gap == ":" or _is_compound(token):
        return False  # "sms:ade", "el-avtal"
    if token.kept or acronym or (token.common and not token.capital and not token.ambiguous):
        return False
    if token.first:
        return not (token.place and _after_place_word(tokens, index))
    if _is_introduced(tokens, index):
        return True
    if token.surname and not token.place and not token.ambiguous:
        return True
    if _is_initial(tokens, index, view):
        return True
    if (
        index
        and tokens[index - 1].lower in RELATIONS
        and (re.fullmatch(r"[ ,:(]{1,2}", token.gap) or (token.gap == ". " and tokens[index - 1].lower in _TITLES))
    ):
        if token.capital and (token.ambiguous or not token.common) and not token.place and not token.text.isupper():
            return token.lower not in NEVER
        owned = index > 1 and (tokens[index - 2].lower in OWNERS or tokens[index - 2].lower.endswith("s"))
        if owned and token.ambiguous and not token.function and not token.common and not token.place:
            return True
    return (
        _is_capital_inside(tokens, index)
        or _acts(tokens, index)
        or _signs(tokens, index, view)
        or wording.tells(tokens, index, view)
    )


def _is_capital_inside(tokens: list[Token], index: int) -> bool:
    """An everyday word with a capital where none belongs, in a text that does not put capitals everywhere."""
    token = tokens[index]
    surname = token.weak_surname and not token.seen and not token.common  # "Haglund" alone
    if (
        not ((token.ambiguous or surname) and token.capital)
        or token.sentence_start
        or token.place
        or token.lower in NEVER
        or token.text.isupper()
    ):
        return False
    near = tokens[max(0, index - _NEAR) : index + _NEAR]
    return sum(other.capital for other in near) <= 1 + len(near) // 3


def _acts(tokens: list[Token], index: int) -> bool:
    """An everyday word that does what only a person does ("sol tog min mobil", "jag bor med my nu")."""
    token = tokens[index]
    surname = token.capital and token.weak_surname and not (token.common or token.seen)
    if not (token.ambiguous or surname) or token.place or token.lower in NEVER:
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    before = tokens[index - 1].lower if index else ""
    acts = after is not None and after.gap == " " and after.lower in _DEEDS
    if acts and (token.sentence_start or before in _OPENERS):
        return True
    ends = after is None or not after.gap.startswith(" ") or after.lower in _OPENERS or after.lower in _DEEDS
    if token.lower == "per" and before in _PREPOSITIONS:
        return True  # nobody says "med per"
    return before in _PREPOSITIONS and token.lower in _NO_NOUNS and ends


def _is_compound(token: Token) -> bool:
    tail = token.lower.rpartition("-")[2]
    strange = not token.first and (not token.capital or token.sentence_start)
    return tail != token.lower and strange and len(tail) > 2 and vocabulary.is_ordinary(tail)


def _is_initial(tokens: list[Token], index: int, view: str) -> bool:
    """A person by one letter ("min man K slår", "hon, L, är 14") or by two with full stops ("A.K.")."""
    token = tokens[index]
    if re.match(r"[-–]\d", view[token.end : token.end + 2]):
        return False  # "rektor F-6"
    if len(token.text) != 1 or not token.capital or token.lower in "iåö" or token.gap[-1:].isdigit():
        return False
    before, after = tokens[index - 1] if index else None, tokens[index + 1] if index + 1 < len(tokens) else None
    if token.lower == "e" and before is not None and before.text.isupper() and len(before.text) > 1:
        return False  # "JAG E 16"
    if after and len(after.text) == 1 and after.capital and after.gap in (".", ". "):
        return True
    if before and len(before.text) == 1 and before.capital and token.gap in (".", ". "):
        return True
    introduced = before is not None and (
        before.lower in RELATIONS or before.lower in NAMED or before.lower in _SUBJECTS
    )
    return introduced and token.gap in (" ", ", ", " (", ": ")


def _is_introduced(tokens: list[Token], index: int) -> bool:
    """Whether the words before say that a name follows ("hon heter", "namn: ", "kallas för")."""
    token = tokens[index]
    back = index - 1
    if back > 0 and tokens[back].lower in ("är", "för", "va", "e") and re.fullmatch(r" {1,2}", token.gap):
        back -= 1
    if back < 0 or len(token.text) < 2 or not re.fullmatch(r"[\s:=,\-\"'“”(]{1,4}", token.gap):
        return False
    word, before = tokens[back].lower, [t.lower for t in tokens[max(0, back - 3) : back]]
    if (
        token.lower in _NOT_AFTER_NAMED
        or "vad" in before
        or (
            token.common
            and not token.capital
            and (not token.ambiguous or token.lower in NEVER)
            and not (token.lower in wording.MONTHS and before[-1:] and before[-1] in _SUBJECTS | RELATIONS)
        )
    ):
        return False
    known = token.capital or token.ambiguous or token.weak_surname
    if word in NICKNAMED:
        strange = token.text[0].isupper() or (token.ambiguous and token.gap == " ")
        return known and strange and not token.common and not token.function
    if word not in NAMED:
        return False
    if word.startswith("he"):
        thing = (
            bool(before)
            and before[-1] == "som"
            and any(w in ("nåt", "något", "det", "nånting", "ställe", "lag", "appen") for w in before)
        )
        subject = bool(before) and (before[-1] in _SUBJECTS or before[-1] in RELATIONS)
        if token.seen and not token.capital and not token.ambiguous:
            # "jag heter ärla" at the end of a sentence; not "jag heter samma sak som hon"
            ends = index + 1 == len(tokens) or tokens[index + 1].gap.strip(" ") != ""
            return subject and ends
        return not thing and (known or subject or not before)
    if token.seen and not token.capital and not (token.ambiguous and not token.function):
        # "namn: anonym", "efternamn brask"
        return word.startswith("efter") and not token.common and not token.lower.endswith(("t", "d", "a"))
    return known or back < index - 1 or ":" in token.gap


def _signs(tokens: list[Token], index: int, view: str) -> bool:
    """A signature: the last words after "mvh" or "hälsningar"."""
    token = tokens[index]
    if (
        len(tokens) - index > 3
        or token.lower in GREETING_END
        or token.common
        or token.place
        or view[token.end :].count("\n") > 3
    ):
        return False
    if token.seen and not (token.first or token.ambiguous or token.surname) and token.lower not in GREETING_END:
        return False  # "mvh orolig", "hälsningar personalen"
    before = [t.lower for t in tokens[max(0, index - 3) : index]]
    return any(word in GREETING_END for word in before) and not any(
        (t.common or _ROLE.match(t.lower)) and not t.first and t.lower not in GREETING_END for t in tokens[index:]
    )


def _continues(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if token.first or ((token.surname or (token.weak_surname and token.capital)) and not token.function):
        return True
    if len(token.text) == 1 and (token.capital or token.lower in "bcdghjklmnpqrstvwxz") and token.lower not in "iåö":
        return True
    if token.capital and not token.seen and not token.common and not token.place and not token.text.isupper():
        return True
    shouted = token.text.isupper() and tokens[index - 1].text.isupper() and len(token.text) > 3
    if shouted and not (token.seen or token.common or token.place):
        return True  # "FRIDA STENVALL"
    if token.ambiguous and not token.function and not token.place and (token.capital or _is_surname_word(token)):
        return True
    ending = token.weak_surname and not token.lower.endswith(("i", "ell", "man"))
    unknown = (
        (ending or not token.seen) and not (token.common or token.place or token.ambiguous) and len(token.text) > 2
    )
    if unknown and tokens[index - 1].first and token.gap == " " and wording.ends_name(tokens, index):
        return True
    if token.lower in _LINKS and index + 1 < len(tokens) and tokens[index + 1].capital and _touches(tokens[index + 1]):
        return True
    beside_link = tokens[index - 1].lower in _LINKS
    return (
        token.capital
        and (tokens[index - 1].capital or beside_link)
        and not token.common
        and (not token.place or beside_link)
        and not token.text.isupper()
    )


def _is_surname_word(token: Token) -> bool:
    return token.lower in _SURNAME_WORDS


def _touches(token: Token, after_initial: bool = False) -> bool:
    return token.gap in (" ", "-", "  ", " \n") or (token.gap in (". ", ".") and after_initial)


def _after_place_word(tokens: list[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].lower in _PLACE_OPENERS
