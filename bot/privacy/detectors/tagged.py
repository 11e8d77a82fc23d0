"""Identifiers that no rule knows the form of: what the tagger reads out of the words around them."""

import re
from collections.abc import Iterator, Sequence

from bot.privacy.detectors import leftover
from bot.privacy.detectors.number_words import NUMBER
from bot.privacy.detectors.phone import is_impersonal
from bot.privacy.names.tokens import Token
from bot.privacy.tagger import KINDS, Tags
from bot.privacy.types import Found, Kind

LIKELY = 0.5
# What looks like a time, a sum or a law, few digits, and dates, which mostly are of something that happened.
SURE = 0.95
_FEW, _FEWEST_WORDS = 5, 4
_PERSON = 1 + KINDS.index(Kind.PERSON)
_SHORT = frozenset(
    {Kind.USERNAME, Kind.ADDRESS, Kind.EMAIL, Kind.COORDINATES, Kind.REG_PLATE}
)  # with few digits or none
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\d[\d -]*\d")  # of which the tagger may have seen a part
_JOINT = re.compile(r"[\s.,:;/()\-–]*")
_NUMBER_BEFORE = re.compile(r"\d[\d.:/,\-–]*\Z")
_NUMBER_AFTER = re.compile(r"(?:(?<=\d)[.:/,\-–]?|(?<=[.:/,\-–]))\d[\d.:/,\-–]*(?<=\d)")
_FORM = re.compile(r"(?:FK|SKV|AF|CSN|MIGR) ?\d{4}", re.IGNORECASE)  # "FK 3401": which form, not whose
_SPELT = re.compile(rf"(?:{NUMBER}[ ,]*)+", re.IGNORECASE)


def detect(view: str, tokens: Sequence[Token], tags: Tags) -> Iterator[Found]:
    """Yield runs of pieces that are likely part of any identifier but a name; places and kept phrases stay."""
    stays = bytearray(len(view))
    for token in tokens:
        if token.place or token.kept:
            stays[token.start : token.end] = b"\1" * (token.end - token.start)
    for mail in _MAIL.finditer(view):  # judged by rules
        stays[mail.start() : mail.end()] = b"\1" * (mail.end() - mail.start())
    chances = tags.chances.copy()
    chances[:, [0, _PERSON]] = 0
    likely = chances.sum(axis=1)
    runs: list[list[int]] = []
    for at, (start, end) in enumerate(tags.spans):
        if likely[at] >= LIKELY and start < end and not stays[start]:
            before = tags.spans[runs[-1][-1]][1] if runs else 0
            if runs and _JOINT.fullmatch(view, before, start):
                runs[-1].append(at)
            else:
                runs.append([at])
    for run in runs:
        start, end = _whole(view, tags.spans[run[0]][0], tags.spans[run[-1]][1])
        kind = KINDS[int(chances[run].sum(axis=0).argmax()) - 1]
        if _identifies(view, start, end, kind, float(likely[run].mean())):
            yield Found(kind, start, end)


def _identifies(view: str, start: int, end: int, kind: Kind, chance: float) -> bool:
    """Whether view[start:end] is likely enough what the tagger takes it for; links are judged by rules."""
    text = view[start:end]
    digits = sum(char.isdigit() for char in text)
    if (
        len(text) == 1  # "a < b"
        or text.lower() == "c/o"
        or kind is Kind.URL_PROFILE
        or _FORM.fullmatch(text)
        or ((whole := _NUMBER.match(view, start)) and is_impersonal(whole[0]))
        or (digits and leftover.is_counted(view, start, end))
    ):
        return False
    if kind is Kind.BIRTH_DATE and 0 < digits < 4:
        return False  # a year alone says no more than an age
    if _SPELT.fullmatch(text):
        return len(text.split()) >= _FEWEST_WORDS
    doubtful = kind is Kind.BIRTH_DATE or (digits < _FEW and kind not in _SHORT)
    return chance >= (SURE if doubtful or leftover.is_ordinary(view, start, end) else LIKELY)


def _whole(view: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to whole words and numbers, of which a piece may be a part."""
    while start > 0 and view[start].isalnum() and view[start - 1].isalnum():
        start -= 1
    while end < len(view) and view[end - 1].isalnum() and view[end].isalnum():
        end += 1
    before = _NUMBER_BEFORE.search(view, max(0, start - 20), start) if view[start] in "0123456789.:/-" else None
    after = _NUMBER_AFTER.match(view, end)
    return (before.start() if before else start), (after.end() if after else end)
