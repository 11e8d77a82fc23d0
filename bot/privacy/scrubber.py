"""The one door: `scrub` takes every personal identifier out of a text."""

import re
from collections.abc import Iterable
from datetime import date

from bot.privacy import facts
from bot.privacy.detectors import (
    address,
    badge,
    bank,
    birth_date,
    case_number,
    coordinates,
    email,
    ip,
    leftover,
    parts,
    passport_id,
    person,
    personnummer,
    phone,
    postcode,
    reg_plate,
    reservnummer,
    siblings,
    spoken,
    tagged,
    url_profile,
    username,
)
from bot.privacy.keep import Keep, load_keep, protected_spans
from bot.privacy.names.tokens import tokenize
from bot.privacy.tagger import tagger
from bot.privacy.types import PLACEHOLDERS, Found, Kind, Scrubbed
from bot.privacy.view import make_view

# Where two detectors claim the same text the earlier one names it. Order: unmistakable shapes, then numbers by how
# much their shape says, then words, then the net for what nobody could name.
_DETECTORS = (
    url_profile,
    email,
    coordinates,
    ip,
    personnummer,
    reservnummer,
    passport_id,
    badge,
    bank,
    spoken,
    case_number,
    birth_date,
    phone,
    reg_plate,
    parts,
)
# "Kvarngatan 112" and "ABC 112" are no emergency, and neither is a name or a number with a check digit.
_PROTECTED_FROM = frozenset(Kind) - {
    Kind.EMAIL,
    Kind.URL_PROFILE,
    Kind.PERSON,
    Kind.PERSONNUMMER,
    Kind.IBAN,
    Kind.CARD,
    Kind.ADDRESS,
    Kind.REG_PLATE,
}
_PLACEHOLDER = re.compile(r"\b(?:" + "|".join(sorted(set(PLACEHOLDERS.values()))) + r")\b")

Spans = list[tuple[int, int]]


def scrub(text: str, today: date | None = None) -> Scrubbed:
    """Remove personal identifiers from `text`.

    Args:
        text: a message as typed; any characters, any length (time is linear, but within one unbroken word).
        today: the day that an age is counted to; the current one when None.

    Returns:
        The text with placeholders, what was found (offsets in `text`) and the facts that are safe to keep.
    """
    keep = load_keep()
    view = make_view(text)
    found = find_in_view(view.text, keep)
    kept_facts = facts.derive(view.text, found, keep, today or date.today())
    pieces: list[str] = []
    original: list[Found] = []
    position = 0
    for item in found:
        start, end = view.original_span(item.start, item.end)
        start = max(start, position)
        if start >= end:
            continue  # two finds in one character: "½" is read as three
        original.append(Found(item.type, start, end))
        pieces += [text[position:start], _spaced(text, start, PLACEHOLDERS[item.type], end)]
        position = end
    return Scrubbed("".join(pieces) + text[position:], tuple(original), kept_facts)


def find_in_view(view: str, keep: Keep) -> list[Found]:
    """Identifiers in a view, in order, without overlaps, trimmed of white space."""
    protected = protected_spans(view, keep)
    structured = structured_in_view(view, keep, protected)
    left = leftover_spans(view, keep, protected, structured)
    tokens = tokenize(view, keep.is_place, keep.phrase_spans(view))
    tags = tagger().tag(view, tokens)
    read = [
        item
        for item in tagged.detect(view, tokens, tags)
        if not (_overlaps(item, protected) or _stays(item, view, keep, protected))
    ]
    structured = _resolve([*structured, *_beside(read, structured, view, words=True)], view)
    taken = structured + [Found(Kind.PERSON, *match.span()) for match in _PLACEHOLDER.finditer(view)]
    placeholders = {(item.start, item.end) for item in taken[len(structured) :]}
    names = [
        item
        for item in person.detect(view, tokens, tags.names(tokens), structured, keep.is_like_place)
        if not keep.is_like_service(view[item.start : item.end])
    ]
    everything = _resolve([*taken, *names, *left], view)
    return [item for item in everything if (item.start, item.end) not in placeholders]


def structured_in_view(view: str, keep: Keep, protected: Spans) -> list[Found]:
    """Everything but names and leftovers; `protected` is where service numbers stand."""
    claims: list[Found] = []
    for detector in _DETECTORS:
        claims += detector.detect(view)
    claims += address.detect(view, keep.is_place)
    streets = [(item.start, item.end) for item in claims if item.type is Kind.ADDRESS]
    claims += postcode.detect(view, keep.is_place, streets)
    claims += username.detect(view)
    found = _resolve([item for item in claims if not _stays(item, view, keep, protected)], view)
    more = [item for item in siblings.detect(view, found) if not _stays(item, view, keep, protected)]
    return _resolve([*found, *more], view) if more else found


def leftover_spans(view: str, keep: Keep, protected: Spans, found: list[Found]) -> list[Found]:
    """What the last net catches beside `found`, service numbers excepted."""
    return _beside([item for item in leftover.detect(view) if not _stays(item, view, keep, protected)], found, view)


def _beside(claims: list[Found], found: list[Found], view: str, words: bool = False) -> list[Found]:
    """The claims without what is found already; of what is left words stay, the glued ones always."""
    taken = bytearray(len(view))
    for item in found:
        taken[item.start : item.end] = b"\1" * (item.end - item.start)
    pieces: list[Found] = []
    for item in claims:
        start = taken.find(0, item.start, item.end)
        while start >= 0:
            end = taken.find(1, start, item.end)
            end = item.end if end < 0 else end
            rest = view[start:end]
            apart = words and not (rest[0].isalnum() and rest[-1].isalnum())
            if end - start == item.end - item.start or apart or leftover.identifies(rest):
                pieces.append(Found(item.type, start, end))
            start = taken.find(0, end, item.end)
    return pieces


def _stays(item: Found, view: str, keep: Keep, protected: Spans) -> bool:
    text = view[item.start : item.end].lower()
    if item.type is Kind.EMAIL:
        return text in keep.emails
    if item.type is Kind.ADDRESS and text in keep.streets:
        return True
    if item.type is Kind.USERNAME and text.lstrip("@") in keep.phrases:
        return True
    return item.type in _PROTECTED_FROM and _overlaps(item, protected)


def _overlaps(item: Found, spans: Spans) -> bool:
    return any(start < item.end and item.start < end for start, end in spans)


def _resolve(claims: Iterable[Found], view: str) -> list[Found]:
    """Let earlier claims win; what a later claim covers beyond them still goes."""
    free = bytearray(b"\1") * len(view)
    owner: list[tuple[int, int, Kind]] = []
    for claim in claims:
        start = free.find(1, claim.start, claim.end)
        while start >= 0:
            end = free.find(0, start, claim.end)
            end = claim.end if end < 0 else end
            owner.append((start, end, claim.type))
            free[start:end] = bytes(end - start)
            start = free.find(1, end, claim.end)
    result: list[Found] = []
    for start, end, kind in sorted(owner):
        piece = view[start:end]
        start += len(piece) - len(piece.lstrip(" \n,;:-"))
        end -= len(piece) - len(piece.rstrip(" \n,;:-"))
        if start < end and any(char.isalnum() for char in view[start:end]):
            if result and result[-1].type is kind is not Kind.PERSON and view[result[-1].end : start] in ("", " "):
                start = result.pop().start  # two claims on one identifier
            result.append(Found(kind, start, end))
    return result


def _spaced(text: str, start: int, placeholder: str, end: int) -> str:
    """A placeholder glued to a word would hide from the reader (bot/nlu)."""
    before = " " if start > 0 and text[start - 1].isalnum() else ""
    after = " " if end < len(text) and text[end].isalnum() else ""
    return before + placeholder + after
