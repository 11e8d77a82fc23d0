"""Names that only the wording gives away: everyday words and unknown words in places where a person is named."""

import re

from bot.privacy.lists import read_words
from bot.privacy.names import vocabulary
from bot.privacy.names.tokens import Token, genitive_forms

_NEVER = read_words("wording/never.txt")
_DEEDS = read_words("wording/deeds.txt")
_RELATIONS = read_words("wording/relations.txt")
_OWNERS = read_words("wording/owners.txt")
_GREETINGS = frozenset({"hej", "hejsan", "hejhej", "yo", "tja", "tjena", "hallå", "hello", "hi", "salam", "tjo"})
_SELF = frozenset({"jag", "mig", "mej", "hon", "han", "hen", "henne", "honom", "oss", "vi", "du", "dig", "dej"})
_WHOSE = frozenset({"min", "mitt", "hans", "hennes", "vår", "deras", "din"})
_IS = frozenset({"är", "e", "va", "var", "ere"})
MONTHS = frozenset({"maj", "juni", "april", "august", "mars"})
_KUNYA = frozenset({"abu", "umm", "ibn", "bint"})
_AND = frozenset({"och", "o", "å", "samt"})
# What follows a person: an age, or who it is within brackets.
_AGED = re.compile(
    r"[ ,(]{1,3}1?\d(?= ?(?:[.,)!\n]|\Z|o |och |å ))"
    r"| (?:är|e|va|var|fyller|fyllde|blir|blev) \d{1,2}(?= ?(?:[.,;)!?\n]|\Z|och\b|å\b|o\b))"
    r"| ?\((?:så|hon|han) heter\b"
    r"|, \d{1,2}(?=,)"
    r"|[ ,(:]{1,3}(?:(?:snart|är|e|nu|hon|han|min|dotter|son|,) ?){0,2}\d{1,2} ?(?:år|åring|mån|veckor|v\b)"
    r"| (?:är|e|fyller) (?:ett|en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|\w{3,6}ton) "
    r"(?:år|mån|och\b|å\b|o\b|nu\b)"
    r"| ?\((?:min |hans |hennes |vår )?"
    r"(?:dotter|son|barn|syster|bror|mamma|pappa|fru|make|maka|man|sambo|kusin|kompis|vän)\b"
)
_FIRST_WORDS = read_words("wording/first_words.txt")
_SURNAME_WORDS = read_words("wording/surname_words.txt")
_SUFFERS = frozenset(
    {"rädd", "rädda", "hotad", "hotade", "slagen", "misshandlad", "våldtagen", "utsatt", "förföljd", "flydde", "flytt",
     "flyr", "anmälan", "kontaktförbud", "skydd", "filmad", "besviken", "arg"}
)  # fmt: skip
_DEFINITE = ("en", "an", "et", "on", "rn", "na")
_TWO_INITIALS = re.compile(
    r"(?<![^\W_])[A-ZÅÄÖ] (?:och|o|å|&) [A-ZÅÄÖ] (?:bor|är|har|sover|går|säger|vill|ska|såg|hörde|bråkar|slåss)\b"
)
_INITIAL_ACTS = re.compile(
    r"\.? (?:har|hade|är|säger|sa|slår|slog|hotar|hotade|kom|kommer|ringde|ringer|vill|skriver|skrev|tog|var|blev)\b"
)
_MAY_FOLLOW = (
    _DEEDS
    | _AND
    | {"ar", "e", "va", "hon", "han", "vågar", "som", "har", "är", "ska", "var", "blev", "men", "när", "och"}
)
_BONDS = frozenset(
    {"gift", "ihop", "tillsammans", "förlovad", "skild", "separerad", "bor", "bo", "bodde", "prata", "pratade"}
)
_PERSONAL = re.compile(
    r" (?:går (?:i|på) (?:\d|\w+an\b|min\b|mitt\b|samma|skol|gymn|dagis|försko)"
    r"|tar (?:min|mitt|mina|mig|alla|all|sin)\b"
    r"|(?:har|hade) (?:vapen|kniv|pistol|nyckel|nycklar|mitt|min|mina|mig|barnen|vårdnad|kontaktförbud|en ny)\b"
    r"|(?:har|hade) (?:aldrig |också |alltid |nu |redan )?\w{2,}(?:at|it|gt|tt)\b)"
)
_NOT_BEFORE_NAME = frozenset({"i", "per", "en", "ett", "om", "för", "på", "varje", "under", "sedan", "sen", "förra"})


def tells(tokens: list[Token], index: int, view: str) -> bool:
    """Whether what stands around the word makes it somebody's name."""
    token = tokens[index]
    if token.place or (token.common and not token.ambiguous):
        return False
    if token.lower == "hans":
        return _is_called_hans(tokens, index)
    if not token.common and index and token.gap == " " and tokens[index - 1].lower in _KUNYA:
        return True  # "umm kulthum"
    if _is_called(tokens, index) or _is_first_word(tokens, index, view):
        return True
    if token.lower in _NEVER:
        return False
    if len(token.text) == 1:
        return _initial_acts(tokens, index, view)
    return (
        _greets(tokens, index)
        or _has_age(tokens, index, view)
        or _is_paired(tokens, index)
        or _starts(tokens, index, view)
        or _is_bound(tokens, index)
        or _after_initial(tokens, index)
        or _is_owned(tokens, index)
    )


def is_named_like_service(tokens: list[Token], index: int) -> bool:
    """ "jag heter talita", "indra e min mamma": who bears the name that a service bears too."""
    token = tokens[index]
    before = [t.lower for t in tokens[max(0, index - 2) : index]]
    after = [t.lower for t in tokens[index + 1 : index + 4]]
    persons = _SELF | _RELATIONS
    called = len(before) == 2 and before[1] in ("heter", "hette") and before[0] in persons and token.gap == " "
    is_kin = len(after) == 3 and after[0] in _IS and after[1] in _WHOSE and after[2] in _RELATIONS
    calls = len(after) > 1 and after[0] == "heter" and after[1] in ("jag", "hon", "han")
    return called or is_kin or (calls and token.sentence_start)


def _is_called_hans(tokens: list[Token], index: int) -> bool:
    """ "min man heter hans": his what? Nothing that is owned follows."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    called = index > 0 and tokens[index - 1].lower in ("heter", "hette") and tokens[index].gap == " "
    return called and (
        after is None or re.match(r"\s*[.,!?;:\n)]", after.gap) is not None or after.lower in _AND | {"som", "men"}
    )


def _is_first_word(tokens: list[Token], index: int, view: str) -> bool:
    """ "rädd för stig", "sten lund kom", "eleven saga i 4b", "loves pappa", "min man bo har ..."."""
    token = tokens[index]
    form = next((form for form in genitive_forms(token.lower) if form in _FIRST_WORDS), None)
    if form is None or token.place:
        return False
    before = [t.lower for t in tokens[max(0, index - 2) : index]]
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    beside = after is not None and after.gap == " "
    if form != token.lower:
        return beside and after is not None and after.lower in _RELATIONS
    if beside and after is not None and after.lower in _SURNAME_WORDS and after.lower != token.lower:
        return True
    if token.gap != " " or not before:
        return False
    acts = beside and after is not None and (after.lower in _DEEDS or after.lower in ("har", "hade", "är", "ska"))
    if (before[-1] in ("har", "hade") and not token.function) or (
        before[-1] in ("har", "hade") and token.lower == "per"
    ):
        return beside and after is not None and re.search(r"(?:[aig]t|tt|nt)\Z", after.lower) is not None
    if token.lower == "per" and before[-1] in ("är", "var", "e", "va") and beside and after is not None:
        return after.lower == "som"
    if before[-1] in ("min", "vår", "hon", "han"):
        return (
            beside and after is not None and (after.lower in _DEEDS or (after.lower == "har" and before[-1][0] == "h"))
        )
    if before[-1] in _RELATIONS:
        owned = len(before) > 1 and before[0] in _OWNERS
        grade = re.match(r" i (?:\d|\w+an\b)", view[token.end : token.end + 12]) is not None
        return acts or (
            not token.function and (grade or ((owned or before[-1][-2:] in _DEFINITE) and ends_name(tokens, index)))
        )
    feared = len(before) > 1 and before[0] in _SUFFERS and before[1] in ("för", "av", "från", "mot")
    return feared and not token.function and ends_name(tokens, index)


def _initial_acts(tokens: list[Token], index: int, view: str) -> bool:
    token = tokens[index]
    if _TWO_INITIALS.search(view, max(0, token.start - 8), token.end + 20) and token.lower not in "iåö":
        return True
    if token.capital and re.match(r"\.? \(1?\d(?: år)?\)", view[token.end : token.end + 9]):
        return True
    if not token.capital or token.lower in "iåöa":
        return False
    if token.sentence_start:
        return _INITIAL_ACTS.match(view, token.end) is not None
    return token.gap == " " and tokens[index - 1].lower in ("för", "av", "med", "hos") and ends_name(tokens, index)


def _is_called(tokens: list[Token], index: int) -> bool:
    """ "kalla mig Mei", "kallar henne för X", "hälsa X", "fråga efter X"."""
    token = tokens[index]
    before = [t.lower for t in tokens[max(0, index - 3) : index]]
    if not before or not re.fullmatch(r"[ \"'“”]{1,2}", token.gap) or token.function:
        return False
    if before[-1] == "för":
        before.pop()
    told = (
        len(before) > 1
        and before[-2].startswith("kalla")
        and before[-1] in ("mig", "mej", "henne", "honom", "han", "hon", "hen", "sig", "dom")
    )
    asked = before[-2:] in (["fråga", "efter"], ["frågar", "efter"], ["frågade", "efter"])
    greeted = before[-1:] in (["hälsa"], ["hälsar"])
    asked = asked or before[-2:] in (["hört", "från"], ["hörde", "från"], ["hört", "av"])
    unknown = not token.seen or token.ambiguous or token.surname
    return (told and (unknown or token.capital)) or ((asked or greeted) and unknown)


def _greets(tokens: list[Token], index: int) -> bool:
    """ "yo tim här, ..." at the beginning."""
    token = tokens[index]
    first = index == 0 or (index == 1 and tokens[0].lower in _GREETINGS)
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    here = after is not None and after.lower == "här" and after.gap == " "
    ends = (
        index + 2 >= len(tokens)
        or tokens[index + 2].lower in ("igen", "som", "nu")
        or tokens[index + 2].gap[:1] in ",.!:\n"
        or tokens[index + 2].lower in _AND
    )
    return first and here and ends and (token.ambiguous or not token.seen)


def _has_age(tokens: list[Token], index: int, view: str) -> bool:
    """ "Love 4 år", "frid (dotter, 8 år)", "ville är fyra å ..."."""
    token = tokens[index]
    if not (token.ambiguous or not token.seen) or (index and tokens[index - 1].lower in _NOT_BEFORE_NAME):
        return False
    before = {"e", "är"} | _AND | _RELATIONS
    if token.function and not (token.capital or token.sentence_start) and "," in token.gap:
        return False  # "jag är lärare, stark, 48, ..."
    opens = token.capital or token.sentence_start or tokens[index - 1].lower in before or "," in token.gap
    return opens and _AGED.match(view, token.end) is not None


def _is_paired(tokens: list[Token], index: int) -> bool:
    """ "love å jag har varit ihop"."""
    token = tokens[index]
    after = [t.lower for t in tokens[index + 1 : index + 3]]
    return token.ambiguous and token.sentence_start and len(after) == 2 and after[0] in _AND and after[1] == "jag"


def _starts(tokens: list[Token], index: int, view: str) -> bool:
    """ "sol går i tvåan", "sten har slagit": what only a person does, first in a sentence."""
    token = tokens[index]
    return (
        (token.ambiguous or (token.capital and not token.seen))
        and not token.function
        and token.sentence_start
        and _PERSONAL.match(view, token.end) is not None
    ) or (
        not (token.seen or token.capital)
        and token.sentence_start
        and len(token.text) > 3
        and _PERSONAL.match(view, token.end) is not None
        and not vocabulary.is_nearly_ordinary(token.lower)
    )


def _is_bound(tokens: list[Token], index: int) -> bool:
    """ "gift med stig": an everyday word in the place of a spouse."""
    token = tokens[index]
    bound = index > 1 and tokens[index - 1].lower in ("med", "från") and tokens[index - 2].lower in _BONDS
    return bound and token.ambiguous and not token.function and token.gap == " " and ends_name(tokens, index)


def _after_initial(tokens: list[Token], index: int) -> bool:
    """ "R. Thulin", "A-K Haglund": a capital letter, then a word with a capital that is no ordinary word here."""
    token = tokens[index]
    before = tokens[index - 1] if index else None
    if (
        before is None
        or before.gap[-1:].isdigit()
        or not token.capital
        or token.common
        or token.text.isupper()
        or len(token.text) < 3
    ):
        return False
    letter = len(before.text) == 1 or re.fullmatch(r"[A-ZÅÄÖ]-[A-ZÅÄÖ]", before.text) is not None
    return letter and before.capital and (token.gap in (". ", ".") or (token.gap == " " and not token.seen))


def _is_owned(tokens: list[Token], index: int) -> bool:
    """ "min syster xyzra har ...": whose, who, and then a word that no text without names holds.

    A misspelt verb stands there too ("min man sloog mig"), so what follows has to fit a name.
    """
    token = tokens[index]
    if index < 2 or token.seen or token.common or token.gap != " " or len(token.text) < 3:
        return False
    owned = tokens[index - 1].lower in _RELATIONS and tokens[index - 2].lower in _OWNERS
    return owned and ends_name(tokens, index)


def ends_name(tokens: list[Token], index: int) -> bool:
    """Whether what comes next can follow a name: an end, a verb, "och"; "mig" or "hårt" would follow a verb."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is None or after.gap[:1] in ",.;:)!?\n" or after.lower in _MAY_FOLLOW
