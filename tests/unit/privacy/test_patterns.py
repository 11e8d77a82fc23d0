"""No pattern loses a match by what it is said to need."""

import json
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.privacy import detectors, keep
from bot.privacy.detectors import reservnummer
from bot.privacy.needs import needs, shortest
from bot.privacy.patterns import Pattern, Text, reading
from bot.privacy.view import make_view

MODULES = [import_module(f"{detectors.__name__}.{module.name}") for module in iter_modules(detectors.__path__)]
PATTERNS = [
    pattern
    for module in [*MODULES, keep]
    for owner in (module, getattr(module, "_AFTER_WORD", None))
    for pattern in (vars(owner).values() if owner else ())
    if isinstance(pattern, Pattern)
]


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        (r"lgh \d{4}", [["0000"], ["lgh 0000"]]),
        (r"(?:lgh|rum(?:met)?)\.? \d", [["0"], ["lgh 0", "lgh. 0", "rum 0", "rum. 0", "rummet 0", "rummet. 0"]]),
        (r"\w+@\w+", [["@"]]),
        (r"(?<!\d)[1-9]\d{3,40}(?!\d)", [["000"]]),
        (r"(?=\w{0,9}_)\w{3,9}", [["_"]]),
        (r"(?!nej)ja\b", [["ja"]]),
        (r"K-(?:nr)?x?", [["k-"]]),
        (r"(?:kod|)\w+", []),
        (r"(?:kod|\w+)", []),
        (r"(?:kod)*", []),
        (r"İa|ıb", []),  # blind to case these are four letters
    ],
)
def test_needs_are_read_from_the_expression(source: str, needed: list[list[str]]) -> None:
    assert [sorted(group) for group in needs(source, re.IGNORECASE)] == [sorted(group) for group in needed]


def test_the_shortest_strings_are_kept() -> None:
    assert shortest({"gata", "gatan", "väg", "storgata"}) == {"gata", "väg"}


def test_most_patterns_need_something() -> None:
    assert len(PATTERNS) > 150
    assert sum(bool(pattern.needs) for pattern in PATTERNS) > 0.9 * len(PATTERNS)


@pytest.mark.parametrize(
    "pattern",
    [pattern for pattern in PATTERNS if pattern is not reservnummer._LETTERED],  # too narrow for Hypothesis to draw
    ids=lambda pattern: pattern.regex.pattern[:40],
)
@settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_whatever_a_pattern_matches_holds_what_it_needs(pattern: Pattern, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern.regex))
    expected = [match.span() for match in pattern.regex.finditer(text)]
    assert [match.span() for match in pattern.finditer(text)] == expected
    assert [match.span() for match in pattern.finditer(Text(text))] == expected


def test_no_message_of_the_development_set_loses_a_match() -> None:
    lines = Path("tests/privacy/dev.jsonl").read_text(encoding="utf-8").splitlines()
    for text in (make_view(json.loads(line)["text"]).text for line in lines[::4]):
        lost = [p for p in PATTERNS if not list(p.finditer(text)) and next(p.regex.finditer(text), None)]
        assert not lost, text


def test_the_reading_tells_letters_and_digits_as_matching_blind_to_case_does() -> None:
    letters = re.compile(r"[a-zåäöéüø]|\d", re.IGNORECASE)
    for char in map(chr, range(0x110000)):
        if letters.fullmatch(char):
            plain = reading(char)
            assert plain is None or re.fullmatch("[a-zåäöéüø0]", plain), hex(ord(char))
