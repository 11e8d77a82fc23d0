"""Ages: every way to say them, and whose they are.

A mention is found by its form, given to a person by the words around it, and then the mention that belongs to the
exposed person is chosen. Durations, prices, times and numbers of people are never ages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum

from bot.nlu import age_forms as forms
from bot.nlu import age_owners as owners
from bot.nlu import numbers
from bot.nlu.age_groups import by_words
from bot.nlu.text import fold, without_placeholders
from knowledge.situation import AgeGroup


class Whose(IntEnum):
    """How likely a mention is to be the exposed person's, from what stands next to it."""

    OTHER = 0  # the perpetrator, a child, a relative
    UNCLEAR = 1
    NAMED = 2  # the client, the daughter, the friend ...
    WRITER = 3
    CORRECTED = 4  # "skriver 19, men jag är 16"


@dataclass(frozen=True)
class Mention:
    """An age or an age group in the text; `start` and `end` are offsets in the text."""

    start: int
    end: int
    age: int | None
    group: AgeGroup | None
    whose: Whose = Whose.UNCLEAR
    from_year: bool = False


@dataclass(frozen=True)
class Age:
    """The exposed person's age in whole years where it was said exactly, and the age group."""

    age: int | None = None
    group: AgeGroup | None = None
    is_writers: bool = field(
        default=False, compare=False
    )  # "jag är 20", which is another's age when the talk is about a sister


_WHOSE = {"meant": Whose.WRITER, "corrected": Whose.CORRECTED}  # what the form of a mention says of it
_OURS = re.compile(r"\bv\xe5r(?=a?\b)", re.IGNORECASE)
_MONTHS = re.compile(r"\b\w+(?:\s?/\s?|[ -])?m\xe5n(?:ad\w*|\b)", re.IGNORECASE)
_OPENING = 6  # letters; an age said first of all is no duration
_ROUND = 22  # from here "snart 50" is no exact age


def find(text: str, perspective: str | None, today: date) -> Age:
    """Return the exposed person's age (the writer's own, for one who uses violence).

    `perspective` is a code of the situation or `None`; `today` is needed for years of birth.
    """
    # Folded, "mån" and "man" would be the same, "vår" and "var" too.
    told = _OURS.sub("min", _MONTHS.sub(lambda months: " " * len(months[0]), without_placeholders(text)))
    folded = fold(told)
    if perspective is None and owners.HARMED_WRITER.search(folded) and not owners.ABOUT_ANOTHER.search(folded):
        perspective = "utsatt"
    mentions = [_given(folded, mention, perspective) for mention in _mentions(folded, today)]
    exact = [mention for mention in mentions if mention.whose is not Whose.OTHER]
    if exact:
        # The first of the surest.
        best = max(exact, key=lambda mention: (mention.whose, mention.age is not None, -mention.start))
        if best.from_year:  # "f. 2008 ... (17 år)"
            said = [each for each in exact if not each.from_year and each.age == (best.age or 0) - 1]
            best = said[0] if said else best
        group = AgeGroup.of(best.age) if best.age is not None else best.group
        return Age(best.age, group, _says_i(folded, best))
    return Age(None, by_words(folded, perspective))


def _says_i(text: str, mention: Mention) -> bool:
    """Tell whether the words right before an age are the writer's own: "jag är 20"."""
    return bool(owners.SELF_ONLY.search(re.split(r"[.!?\n]", text[: mention.start])[-1]))


def _mentions(text: str, today: date) -> Iterator[Mention]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in forms.COMPILED:
        for found in pattern.finditer(text):
            start, end = found.span("n")
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            if not _is_age(text, start, end, kind):
                continue
            mention = _mention(kind, found["n"], start, end, today, _is_little(kind, text, end))
            if mention:
                taken.append((start, end))
                yield mention


def _is_age(text: str, start: int, end: int, kind: str) -> bool:
    before, after = text[max(0, start - 30) : start], text[end : end + 25]
    if kind == "year":
        return not re.search(r"\b(?:forst\w*|pa|med|linje|buss(?:en)?|taget|tar|tog)\s*\Z", before)
    if forms.NOT_THAT.search(before) and not (kind == "soon" and forms.YET.match(after)):
        return False
    if kind not in _WHOSE and forms.PAST.search(before):
        return False
    if forms.DAY.search(before) and re.match(r"\s+ar\s+(?!gam|ung)", after):
        return False
    if kind != "range" and re.search(r"\d\s*[-–]\s*\Z", before):
        return False
    if re.search(r"\b(?:klockan|kl)\b[^,.]{0,14}\Z", before):
        return False
    if kind == "range" or re.match(r"\s*-?(?:aring|arig|bast)", after):
        return True
    if kind == "before" and re.match(r":[ae] (?:levnads)?ar", after):
        return True
    person = re.search(
        rf"(?:(?:{forms.PEOPLE})\w{{0,2}}[\s,(]*(?:pa\s+)?|\b(?:jag|hon|han|hen)\s+(?:ar|e)\s+)\Z", before
    )
    if forms.NOT_AFTER.match(after) and not (person and re.match(r"\s*(?:i|ar\s+(?:i|som|med|har|nu))\b", after)):
        return False
    if re.match(r"\s*ar\b", after):
        return not forms.DURATION_BEFORE.search(before) or bool(
            re.search(
                rf"(?:(?:{forms.PEOPLE})\w{{0,2}}|\b(?:en|ett|min|mitt|var|hennes|nan)\s+(?:\w+\s+)?\w+)\s+pa\s*\Z",
                before,
            )
        )
    return kind in ("before", "soon", "about", "little", *_WHOSE) or not forms.NOT_BEFORE.search(before)


def _is_little(kind: str, text: str, end: int) -> bool:
    """Tell whether the smallest numbers count: "treåring", "barnet är 3"."""
    return kind == "little" or re.match(r"\s*-?(?:aring|arig)", text[end:]) is not None


def _mention(kind: str, said: str, start: int, end: int, today: date, little: bool) -> Mention | None:
    if kind == "year":
        digits = re.sub(r"\D", "", said)
        year = int(digits) if len(digits) == 4 else 1900 + int(digits)
        if len(digits) == 2 and year + 100 <= today.year:
            year += 100
        # The age that is reached this year: nobody who tells the year of birth is asked for the day as well.
        age = today.year - year
        return Mention(start, end, age, AgeGroup.of(age), from_year=True) if 0 < age < 111 else None
    age = numbers.value(said)
    vague = kind in ("about", "range")
    if kind in ("before", "soon"):
        age -= 1
        vague = kind == "soon" and age >= _ROUND
    if not (1 if little else 4) <= age <= 110:
        return None
    return Mention(start, end, None if vague else age, AgeGroup.of(age), _WHOSE.get(kind, Whose.UNCLEAR))


def _given(text: str, mention: Mention, perspective: str | None) -> Mention:
    """Give the mention to a person, by the words before and after it and by who is writing."""
    before, after = text[: mention.start], text[mention.end :]
    clause = re.split(r"[.!?\n]", before)[-1]
    own = perspective in ("utsatt", "utovare")
    if mention.whose is not Whose.UNCLEAR:
        of = owners.CORRECTS_OTHER.search(clause) if own or perspective is None else None
        if not of or (of["slip"] and not own):  # "hon är 17, nej vänta 18" is the one written of, as far as is known
            return mention
        if owners.WRITER_IN_SHORT.search(clause[: of.end("who")]):  # "tjej 17, nej vänta 18"
            return mention
        return replace(mention, whose=Whose.OTHER if own else Whose.NAMED)
    if owners.UNTIL_ONE.search(clause) or owners.PLURAL.match(after):
        return replace(mention, whose=Whose.OTHER)
    return replace(
        mention, whose=_own(mention, clause, after) if own else _not_own(mention, text, clause, after, perspective)
    )


def _own(mention: Mention, clause: str, after: str) -> Whose:
    """The writer is the one whose age is sought: "tjej 17" is the writer in short, "min kille är 30" is not."""
    another = owners.SOMEBODY.search(clause) and not owners.AM_A.search(clause)
    own = owners.SELF.search(clause) and not another
    if (
        own
        or any(each.search(clause) for each in (owners.IF_ONE, owners.ONE_LIKE_ME))
        or owners.PRONOUN_AFTER.match(after)
    ):
        return Whose.WRITER
    if owners.AM_A.search(clause) and re.match(r"\s*-?(?:aring|arig)", after):
        return Whose.WRITER
    if owners.DEFINITE_CHILD.match(after):
        return Whose.OTHER
    if _is_one_of_several(clause, after):
        return Whose.OTHER
    if owners.WRITER_IN_SHORT.search(clause) or (
        owners.WRITER_BEFORE.search(clause) and owners.WRITER_AFTER.match(after)
    ):
        return Whose.NAMED
    if owners.NEAR_KIN.search(clause):
        return Whose.OTHER
    if owners.LIVES_WITH.search(clause) and re.fullmatch(r"\W*", after):
        return Whose.UNCLEAR  # "bor med mamma, 19"
    if owners.NEAR_OTHER.search(clause) or owners.NEAR_OTHER_IF_OWN.search(clause):
        return Whose.OTHER
    if owners.SOMEBODY.search(clause) or (owners.AFTER_OTHER.match(after) and clause.strip()):
        return Whose.OTHER
    young = mention.age is not None and mention.age < owners.YOUNGEST_WRITER
    alone = mention.start > _OPENING and not clause.strip() and re.match(r"\s*ar\s*(?:[.!?\n]|\Z)", after)
    if alone and mention.age is not None and mention.age < owners.YOUNGEST_ALONE:
        return Whose.OTHER  # "tio år." is how long it has gone on
    return Whose.OTHER if young and clause.strip() else Whose.UNCLEAR


def _is_one_of_several(clause: str, after: str) -> bool:
    joined = owners.ONE_OF_TWO.search(clause) and not owners.GRADE_BEFORE.search(clause)
    return bool(joined or owners.AND_ANOTHER.match(after))


def _not_own(mention: Mention, text: str, clause: str, after: str, perspective: str | None) -> Whose:
    """Somebody else's age is sought, or it is not known yet who writes; "hon är 72 och jag är 50" is about her."""
    if owners.HER_SELF.search(clause):
        return Whose.WRITER
    met = perspective == "yrkesverksam" and owners.I_MET.search(clause)  # a client, where a sister meets a mate
    if not met and (owners.MATE.search(clause) or owners.MET.search(clause)):
        return Whose.OTHER
    if owners.SELF_ONLY.search(clause) or owners.PRONOUN_AFTER.match(after):
        return Whose.NAMED if perspective is None else Whose.OTHER
    if (perspective and owners.IF_ONE.search(clause)) or _is_one_of_several(clause, after):
        return Whose.OTHER
    if perspective is None and re.match(r"\s*barnet\b", clause):
        return Whose.UNCLEAR
    child = (mention.age or 0) < owners.CHILD_OF_CLIENT
    if (
        perspective == "yrkesverksam"
        and owners.CLIENT_FIRST.search(clause)
        and not owners.CHILD.search(text[: mention.start])
    ):
        return Whose.NAMED
    if child and perspective == "yrkesverksam" and owners.PARENT_OF.search(clause):
        return Whose.OTHER
    if owners.ABOUT.search(clause) or owners.IS_HARMED.match(after):
        return Whose.NAMED
    if perspective == "anhorig" and owners.MALE_KIN.search(clause):
        hers = re.search(r"\b(?:henne|hennes|mamma|mor)\b", text) and not re.search(r"\b(?:honom|han)\b", text)
        return Whose.OTHER if hers else Whose.NAMED
    if perspective == "yrkesverksam" and owners.AFTER_UTOVARE.match(after):
        return Whose.OTHER
    if child and (
        owners.THEIR_CHILD.search(clause)
        or (re.match(r"\s*-?(?:aring|arig)", after) and owners.HAS_CHILD.search(clause))
    ):
        return Whose.OTHER
    if owners.NEAR_KIN.search(clause) and perspective != "anhorig":
        return Whose.OTHER if perspective else Whose.UNCLEAR
    if owners.THEIRS.search(clause) or (perspective == "yrkesverksam" and owners.CLIENTS_KIN.search(clause)):
        return Whose.OTHER
    own_kin = perspective == "anhorig" and (owners.WRITERS_KIN.search(clause) or owners.KIN_FIRST.search(clause))
    if owners.NEAR_EXPOSED.search(clause) or own_kin or owners.ONE_OF_OURS.search(clause):
        return Whose.NAMED
    if owners.NEAR_OTHER.search(clause) or (not met and owners.TOGETHER_WITH.search(clause)):
        return Whose.OTHER
    return Whose.NAMED if owners.AFTER_EXPOSED.match(after) else Whose.UNCLEAR
