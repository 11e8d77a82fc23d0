"""Whether a place in a text is where somebody lives, where something happened, or somewhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge import place_cues as cues

LIVES, FROM, ALONE, UNSAID, OFFICE, ELSEWHERE, NOT_HERE = 3, 2, 1, 0, -1, -2, -3
_WINDOW = 90  # letters before a place that are looked at
_SENTENCE = re.compile(r"[!?\n;]|\.(?!\w)")
_CLAUSE = re.compile(r"[,:(]|\b(?:men|fast|medan|sa)\b")


@dataclass(frozen=True)
class Context:
    """`score`: how strongly somebody lives there (3 lives, 0 unsaid, -1 work, -2 an event); `plain`: the name alone."""

    score: int
    lives: bool = False
    plain: bool = False
    weak: bool = False  # another place that is only named counts more
    origin: bool = False  # "från Jämtland", which outside the county need not be a home


def context(folded: str, start: int, end: int, perspective: str | None, mentions: int) -> Context:
    """Judge the place at folded[start:end] by the words before and after it in the same sentence.

    `perspective` is a code of the situation; `mentions` is the number of places in the text.
    """
    before = _SENTENCE.split(folded[max(0, start - _WINDOW) : start])[-1]
    after = folded[end : end + 60]
    bare = not cues.SMALL_WORDS.sub("", before).strip(" ,:-–")
    first = bare and not cues.SMALL_WORDS.sub("", folded[:start]).strip(" ,:-–") and not cues.FROM.search(before)
    alone = bare and not after[:25].strip(" ,.!:-–")
    apart = perspective != "yrkesverksam" and re.search(r"[.,]\s*\Z", folded[:start]) and re.match(r"[.,]", after)
    plain = alone or bool(apart) or (first and cues.AFTER_OPENING.match(after) is not None)
    before = before if before.endswith(" ") or not before else before + " "
    name = folded[start:end]
    moved = cues.MOVED_THERE.search(before) or cues.HERE_NOW.search(before)
    if cues.AFTER_WHERE_LIVED.match(after):
        return Context(LIVES, lives=True)
    if not moved and (cues.NOT_HERE.search(before) or cues.WISH_TO_MOVE.search(before)):
        return Context(NOT_HERE)
    if not moved and (cues.TAKEN_TO.search(before) or cues.HIS_HOME.search(before)):
        return Context(ELSEWHERE)
    if (
        cues.LOCKED_UP.search(before)
        or cues.AFTER_PAST.match(after)
        or cues.ASKED.search(before)
        or cues.REGION.search(before)
        or cues.NEWS.search(before)
    ):
        return Context(NOT_HERE)
    if (perspective == "utsatt" and cues.HIS_WORK.search(before)) or (
        cues.AFTER_CALLED.match(after) and cues.CALLED.search(before)
    ):
        return Context(ELSEWHERE)
    at_hospital = cues.AT_HOSPITAL.search(before) and not cues.SOMEBODY_FROM.search(before)  # "jag är 30 från Huddinge"
    if cues.AFTER_HOSPITAL.match(after) or (name in cues.HOSPITALS and at_hospital):
        return Context(ELSEWHERE)
    found = moved or cues.LIVES.search(before) or cues.LIVES_LOOSELY.search(before)
    short = cues.ELLIPSIS.search(before)
    if found or short or (cues.AFTER_LIVES.match(after) and not cues.FROM.search(before)):
        who = _subject(before, found, short) if found or short else _subject_behind(after)
        if found and found.groupdict().get("verb") == "hemma" and perspective in ("utsatt", "utovare"):
            who = None  # "han slog mig hemma i Nacka": whoever does something there
        if found and found.groupdict().get("verb", "").startswith(("vart ", "mitt ", "var ", "min ")):
            who = "writer"  # "han satte upp kameror i vårt hus i Täby"
        if found and perspective == "anhorig" and cues.AT_THE_WRITERS.search(found[0]):
            return Context(LIVES, lives=True)
        if short and not found and who == "writer" and mentions < 2:
            return Context(FROM, lives=True)
        home = _home(who, folded, perspective, mentions)
        if home.score == LIVES and (cues.TEMPORARILY.search(before) or cues.REGISTERED.search(before)):
            return Context(FROM, lives=True, weak=True)
        return home
    if (name in cues.PORTS or cues.AFTER_PORT.match(after)) and not alone:
        return Context(ELSEWHERE)
    sits = cues.SITS.search(before)
    if sits and perspective == "anhorig" and "vi" not in sits[0].split():
        return Context(ELSEWHERE)
    if sits or cues.NEIGHBOUR.search(before):
        return _home("writer", folded, perspective, mentions)
    now = cues.NOW_IN.search(before)  # "tidigare i Järfälla, nu i Kungsängen"
    if now:
        return _home(_subject_behind(after) or _subject(before, now, None), folded, perspective, mentions)
    return _other(before, after, name, perspective, plain)


def is_home_unknown(folded: str) -> bool:
    """Tell whether the text says that the home is not known, or not where the writer is."""
    return bool(cues.HOME_UNKNOWN.search(folded))


def is_outside(folded: str) -> bool:
    """Tell whether somebody is said to live outside the county without naming a town."""
    return bool(cues.OUTSIDE.search(folded))


def _subject(before: str, found: re.Match[str] | None, short: re.Match[str] | None) -> str | None:
    """Return who lives there, a group of `cues.SUBJECT`; None when the sentence leaves it out."""
    if short:
        named = cues.SUBJECT.search(short["who"])
        return named.lastgroup if named else None
    if not found:
        return None
    if "verb" in found.groupdict():
        behind = re.match(r"\s+(?:" + "|".join(cues.SUBJECT_PRONOUNS) + r")\b", before[found.end("verb") :])
        if behind:  # "nu bor han i Täby"
            named = cues.SUBJECT.search(behind[0])
            return named.lastgroup if named else None
    lead = before[: found.start()]
    relative = re.search(r"\b(?:som|vars)\s+(?:\w+\s+)?\Z", lead)
    if relative:
        lead = lead[: relative.start()].rstrip(" ,") + " "
    clause = _CLAUSE.split(lead)[-1]
    who = None
    for named in cues.SUBJECT.finditer(clause):
        ahead = clause[: named.start()]
        if who in ("writer", "exposed", "he") and cues.TOGETHER.search(ahead):
            continue
        noun = named.lastgroup != "writer" and named[0] not in cues.SUBJECT_PRONOUNS
        if noun and not relative and cues.NO_SUBJECT.search(ahead):
            continue  # a pronoun in the nominative is always a subject
        if not cues.DESCRIBED.search(clause[: named.end()]) or not clause[: named.end()].endswith(named[0]):
            who = named.lastgroup
    return "exposed" if cues.DATED.search(clause) else who


def _subject_behind(after: str) -> str | None:
    """Return who lives there when the verb stands behind the place: "i Täby bor han"."""
    behind = cues.AFTER_WHO.match(after)
    named = cues.SUBJECT.search(behind["who"]) if behind else None
    return named.lastgroup if named else None


def _home(who: str | None, folded: str, perspective: str | None, mentions: int) -> Context:
    """Judge a place that somebody lives in by who that is."""
    if who is None:
        return Context(LIVES, lives=True)
    if perspective in ("utsatt", "utovare"):
        if who == "writer":
            return Context(LIVES, lives=True)
        return Context(UNSAID if who == "parents" else ELSEWHERE, lives=True)
    if who == "he" and re.search(r"\b(?:hon|henne|hennes)\b", folded):
        who = "other"
    if perspective is None:
        return Context(UNSAID if who in ("he", "other") else LIVES, lives=True)
    if who == "writer":
        both = re.search(r"\bvi\b", folded) is not None
        if perspective == "anhorig" and mentions == 1 and not both:
            return Context(UNSAID, lives=True)  # outside the county it says nothing of who is exposed
        return Context(OFFICE if mentions > 1 or not both else ALONE, lives=True)
    if who == "other":
        return Context(ELSEWHERE if mentions > 1 or perspective == "yrkesverksam" else OFFICE, lives=True)
    return Context(LIVES, lives=True)


def _other(before: str, after: str, name: str, perspective: str | None, plain: bool) -> Context:
    """Judge a place that nobody is said to live in."""
    if plain and before.strip() != "till":
        return Context(ALONE, plain=True)
    concerned = perspective in cues.CONCERNED and cues.CONCERNED[perspective].search(before)
    if concerned and cues.OF_SOMEBODY_ELSE.search(before[: concerned.start()]):
        concerned = None
    if concerned or cues.MEANT.search(before):
        return Context(FROM, lives=True)
    if cues.SOMEBODYS.search(before):
        return Context(NOT_HERE)
    self_told = perspective in ("utsatt", "utovare")
    own = self_told or perspective == "yrkesverksam"
    if cues.KIN_THERE.search(before) and perspective != "anhorig":
        return Context(NOT_HERE)
    if cues.GUEST_THERE.search(before) or (own and cues.CLOSE_KIN_THERE.search(before)):
        return Context(NOT_HERE)
    if cues.FAR.search(before):
        return Context(ELSEWHERE)
    office = cues.OFFICE.search(before)
    local = cues.AFTER_SCHOOL.match(after) and (not office or perspective == "yrkesverksam")
    if office or local:
        return Context(OFFICE if local or (office and cues.LOCAL.search(office[0])) else ELSEWHERE)
    if cues.EVENT.search(before) or cues.WHEN_THERE.search(before) or cues.TOWARDS.search(before):
        return Context(ELSEWHERE)
    venue = cues.AFTER_VENUE.match(after) or cues.VENUE_IN_NAME.search(name)
    if venue and re.search(r"\b(?:i|pa|vid|utanfor|nara)\s+\Z", before):
        return Context(ELSEWHERE)
    if cues.NEAR.search(before):
        return Context(OFFICE)
    his = cues.HE_FROM.search(before)
    if his and (self_told or not his["he"]):  # the client may be "han"
        return Context(NOT_HERE)
    if cues.FROM.search(before):
        return Context(FROM, lives=True, weak=True, origin=not cues.SOMEBODY_FROM.search(before))
    return Context(UNSAID)
