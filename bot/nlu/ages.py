"""Ages: every way to say them, and whose they are.

A mention is found by its form, given to a person by the words around it, and then the mention that belongs to the
exposed person is chosen. Durations, prices, times and numbers of people are never ages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from bot.nlu import age_forms as forms
from bot.nlu import numbers
from bot.nlu.text import fold, without_placeholders
from knowledge.situation import AgeGroup


class Whose(IntEnum):
    """How likely a mention is to be the exposed person's, from what stands next to it."""

    OTHER = 0  # the perpetrator, a child, a relative
    UNCLEAR = 1
    NAMED = 2  # the client, the daughter, the friend ...
    WRITER = 3


@dataclass(frozen=True)
class Mention:
    """An age or an age group in the text; `start` and `end` are offsets in the text."""

    start: int
    end: int
    age: int | None
    group: AgeGroup | None
    whose: Whose = Whose.UNCLEAR


@dataclass(frozen=True)
class Age:
    """The exposed person's age in whole years where it was said exactly, and the age group."""

    age: int | None = None
    group: AgeGroup | None = None


def find(text: str, perspective: str | None, today: date) -> Age:
    """Return the exposed person's age (the writer's own, for one who uses violence).

    `perspective` is a code of the situation or `None`; `today` is needed for years of birth.
    """
    folded = fold(without_placeholders(text))
    mentions = [_given(folded, mention, perspective) for mention in _mentions(folded, today)]
    exact = [mention for mention in mentions if mention.whose is not Whose.OTHER]
    if exact:
        # The first of the surest; a correction ("nej, 16") comes last in a text, but then alone in its message.
        best = max(exact, key=lambda mention: (mention.whose, mention.age is not None, -mention.start))
        return Age(best.age, AgeGroup.of(best.age) if best.age is not None else best.group)
    return Age(None, _group(folded, perspective))


def _mentions(text: str, today: date) -> Iterator[Mention]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in forms.COMPILED:
        for found in pattern.finditer(text):
            start, end = found.span("n")
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            if not _is_age(text, start, end, found.end(), kind):
                continue
            mention = _mention(kind, found["n"], start, end, today)
            if mention:
                taken.append((start, end))
                yield mention


def _is_age(text: str, start: int, end: int, whole_end: int, kind: str) -> bool:
    before, after = text[max(0, start - 30) : start], text[end : end + 25]
    if kind == "year":
        return not re.search(r"\bforst\w*\s*\Z", before)
    if forms.NOT_THAT.search(before) or (kind != "meant" and forms.PAST.search(before)):
        return False
    if re.match(r"\s*-?(?:aring|arig|bast)", after):
        return True
    person = re.search(rf"(?:{forms.PEOPLE})\w{{0,2}}[\s,(]*(?:pa\s+)?\Z", before)
    if forms.NOT_AFTER.match(after) and not (person and re.match(r"\s*ar\s+(?:i|som|med|har)\b", after)):
        return False
    if re.match(r"\s*ar\b", after):
        return not forms.DURATION_BEFORE.search(before) or bool(
            re.search(r"(?:tjej|kille|flicka|pojke|kvinna|man|dotter|son|\bpa)\s+pa\s*\Z", before)
        )
    return kind in ("before", "about", "meant") or not forms.NOT_BEFORE.search(before)


def _mention(kind: str, said: str, start: int, end: int, today: date) -> Mention | None:
    if kind == "year":
        digits = re.sub(r"\D", "", said)
        year = int(digits) if len(digits) == 4 else 1900 + int(digits)
        if len(digits) == 2 and year + 100 <= today.year:
            year += 100
        # The age that is reached this year: nobody who tells the year of birth is asked for the day as well.
        age = today.year - year
        return Mention(start, end, age, AgeGroup.of(age)) if 0 < age < 111 else None
    age = numbers.value(said)
    if kind == "before":
        age -= 1
    if not 4 <= age <= 110:
        return None
    whose = Whose.WRITER if kind == "meant" else Whose.UNCLEAR
    return Mention(start, end, None if kind == "about" else age, AgeGroup.of(age), whose)


def _given(text: str, mention: Mention, perspective: str | None) -> Mention:
    """Give the mention to a person, by the words before and after it and by who is writing."""
    if mention.whose is not Whose.UNCLEAR:
        return mention
    before, after = text[: mention.start], text[mention.end :]
    clause = re.split(r"[.!?\n]", before)[-1]
    own = perspective in ("utsatt", "utovare")
    return replace(
        mention, whose=_own(mention, clause, after) if own else _not_own(mention, clause, after, perspective)
    )


def _own(mention: Mention, clause: str, after: str) -> Whose:
    """The writer is the one whose age is sought: "tjej 17" is the writer in short, "min kille är 30" is not."""
    if forms.SELF.search(clause) or forms.PRONOUN_AFTER.match(after):
        return Whose.WRITER
    if forms.ONE_OF_TWO.search(clause) or forms.AND_ANOTHER.match(after):
        return Whose.OTHER
    if forms.WRITER_IN_SHORT.search(clause):
        return Whose.NAMED
    if forms.NEAR_KIN.search(clause) or forms.NEAR_OTHER.search(clause) or forms.NEAR_OTHER_IF_OWN.search(clause):
        return Whose.OTHER
    if forms.SOMEBODY.search(clause) or (forms.AFTER_OTHER.match(after) and clause.strip()):
        return Whose.OTHER
    return (
        Whose.OTHER
        if mention.age is not None and mention.age < forms.YOUNGEST_WRITER and clause.strip()
        else Whose.UNCLEAR
    )


def _not_own(mention: Mention, clause: str, after: str, perspective: str | None) -> Whose:
    """Somebody else's age is sought, or it is not known yet who writes; "hon är 72 och jag är 50" is about her."""
    if forms.SELF.search(clause) or forms.PRONOUN_AFTER.match(after):
        return Whose.UNCLEAR if perspective is None else Whose.OTHER
    if forms.ONE_OF_TWO.search(clause) or forms.AND_ANOTHER.match(after):
        return Whose.OTHER
    if forms.NEAR_KIN.search(clause) and perspective != "anhorig":
        return Whose.OTHER if perspective else Whose.UNCLEAR
    if re.search(rf"\bhennes (?:man|make|kille|sambo|pojkvan|ex|son|bror|barn){forms.LINK}", clause):
        return Whose.OTHER
    if perspective == "yrkesverksam" and re.search(
        rf"\b(?:bror|lillebror|lillasyster|son|dotter|mor){forms.LINK}", clause
    ):
        return Whose.OTHER
    own_kin = perspective == "anhorig" and re.search(rf"\b(?:min|mitt|var|vara|mina)\s+\w+{forms.LINK}", clause)
    one_of_ours = re.search(r"\ben av (?:vara|mina)\s+\w+[\s,(]*\Z", clause)
    if forms.NEAR_EXPOSED.search(clause) or own_kin or one_of_ours:
        return Whose.NAMED
    if forms.NEAR_OTHER.search(clause) or re.search(
        r"\b(?:ihop med|ihop m|med en|av en|fran en|till en|mot en|m)\s*\Z", clause
    ):
        return Whose.OTHER
    return Whose.NAMED if forms.AFTER_EXPOSED.match(after) else Whose.UNCLEAR


def _group(text: str, perspective: str | None) -> AgeGroup | None:
    """Return the group that words alone give ground for: a school year, "pensionär", "tonårstjej"."""
    own = perspective in ("utsatt", "utovare")
    grade = forms.GRADE_GROUP.search(text)
    if grade and (
        not own
        or re.search(
            r"\b(?:jag|ja)?\s*(?:gar|gick|e|ar|borjar|borjat)?\s*(?:i|forsta|andra)?\s*\Z", text[: grade.start()]
        )
    ):
        return AgeGroup.CHILD
    for group, pattern in forms.GROUP_WORDS:
        if pattern.search(text) and not (own and group in (AgeGroup.CHILD,)):
            return group
    return None
