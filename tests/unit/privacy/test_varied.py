"""Identifiers in every way that we could think of to write them, and ordinary numbers that must stay.

One file a kind in `cases`: what must be gone stands in [[brackets]], a backslash and n is a line break. All invented.
"""

from datetime import date
from pathlib import Path

import pytest

from bot.privacy import Kind, scrub
from bot.privacy.keep import load_keep, protected_spans
from bot.privacy.scrubber import leftover_spans, structured_in_view
from bot.privacy.view import make_view
from tests.unit.privacy.marked import split

TODAY = date(2026, 11, 21)
CASES = Path(__file__).parent / "cases"
MOST_CHANGED = 12  # of 1,210
CLEAN = "clean"


def _lines(path: Path) -> list[str]:
    return [line.replace("\\n", "\n") for line in path.read_text(encoding="utf-8").splitlines() if line]


@pytest.mark.parametrize("kind", sorted(path.stem for path in CASES.glob("*.txt") if path.stem != CLEAN))
def test_nothing_of_an_identifier_is_left(kind: str) -> None:
    left = []
    for marked in _lines(CASES / f"{kind}.txt"):
        text, spans = split(marked)
        gone = {index for item in scrub(text, today=TODAY).found for index in range(item.start, item.end)}
        if any(text[i].isalnum() and i not in gone for start, end in spans for i in range(start, end)):
            left.append(marked)
    assert left == []


def test_ordinary_numbers_stay() -> None:
    # Names are tested on their own.
    changed = [
        (text, [text[item.start : item.end] for item in found])
        for text in _lines(CASES / f"{CLEAN}.txt")
        if (found := [i for i in scrub(text, today=TODAY).found if i.type not in (Kind.PERSON, Kind.USERNAME)])
    ]
    # The tagger reads words here without any others around them.
    assert len(changed) <= MOST_CHANGED, changed


def test_rules_alone_change_no_ordinary_number() -> None:
    keep, changed = load_keep(), []
    for text in _lines(CASES / f"{CLEAN}.txt"):
        view = make_view(text).text
        protected = protected_spans(view, keep)
        found = structured_in_view(view, keep, protected)
        found += leftover_spans(view, keep, protected, found)
        changed += [(text, item.type) for item in found if item.type is not Kind.USERNAME]
    assert changed == []
