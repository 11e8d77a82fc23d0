"""Only patterns that cannot match are left out: every opening, and every sign and concept of real messages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.nlu import concepts, danger
from bot.nlu.openings import Openings, openings
from bot.nlu.text import plain, read_yaml

DIALOGUES = Path(__file__).resolve().parents[2] / "dialogues"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\b(?:ex\b)", {"ex"}),
        (r"\b(?:hotar|slog|slo)", {"hota", "slog", "slo"}),
        (r"\b(?:han|hon)(?:\W+\w+){0,4}\W+kom", {"han", "hon"}),
        (r"\b(?:de|dem )?kommer", {"deko", "dem", "komm"}),
        (r"\bsl[aå]r?", {"slar", "sla", "slår", "slå"}),
        (r"\bs(?:lå)+g", {"slå"}),
        (r"\b(?!nu)ring(?=er)", {"ring"}),
        (r"\ba*b", {"a", "b"}),
        (r"\b\d+ ar", {""}),
        (r"\b\w*mamma", {"", "mamm"}),
        (r"\b(?:%|procent)", {"", "proc"}),
        (r"\b.{0,3}nu", {"", "nu"}),
    ],
)
def test_openings(pattern: str, expected: set[str]) -> None:
    assert openings(pattern) == expected


def test_a_pattern_in_the_middle_of_words_is_refused() -> None:
    with pytest.raises(ValueError, match="word boundary"):
        Openings(["mamma"])


def messages() -> list[str]:
    said = [
        turn["user"]
        for file in sorted(DIALOGUES.glob("*.yml"))
        for scenario in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for turn in scenario["turns"]
    ]
    phrases = [str(phrase).replace("*", "en") for entry in read_yaml("concepts.yaml").values() for phrase in entry]
    return said + phrases + [f"...{phrase}_x {said[at % len(said)]}" for at, phrase in enumerate(phrases)]


def test_nothing_is_missed() -> None:
    signs, patterns = danger._signs(), concepts._patterns()
    found = 0
    for text in map(plain, messages()):
        at = [at for at, sign in enumerate(signs) if sign.pattern.search(text)]
        assert set(at) <= set(danger._openings().candidates(text))
        names = {name for name, pattern in patterns.items() if pattern.search(text)}
        assert concepts.concepts(text) == names
        found += len(at) + len(names)
    assert found > 3000


@pytest.mark.parametrize("text", ["", "%", "20 % kvar", "_mamma", "mammamma", "é"])
def test_candidates_are_in_order_and_never_too_few(text: str) -> None:
    patterns = [sign.pattern.pattern for sign in danger._signs()]
    found = Openings(patterns).candidates(text)
    assert found == sorted(set(found))
    assert {at for at, pattern in enumerate(patterns) if re.search(pattern, text)} <= set(found)
