"""What the assistant says: plain, short, one variant where it matters, and no number that is not verified."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

DOMAIN = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))
RESPONSES: dict[str, list[dict[str, Any]]] = DOMAIN["responses"]
# What is shown in the middle of a stressful conversation. Lists of words (utter_pii_*) are no sentences.
SENTENCES = [(name, variant["text"]) for name, variants in RESPONSES.items() if not name.startswith("utter_pii_")
             for variant in variants]  # fmt: skip
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
NUMBER = re.compile(r"(?<![\d–])(?:0\d{1,3}-[\d ]{5,12}\d|112|114 14|116 \d{3}|90101|1177)(?![\d–])")


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if WORD.search(part)]


def lix(text: str) -> float:
    """Return the readability index of Björnsson (1968): words a sentence plus per cent of words over six letters."""
    words = WORD.findall(re.sub(r"\{\w+\}", "ord", text))
    return len(words) / len(sentences(text)) + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize(("name", "text"), SENTENCES, ids=[name for name, _ in SENTENCES])
def test_at_most_two_sentences_in_plain_swedish(name: str, text: str) -> None:
    assert len(sentences(text)) <= 2
    assert lix(text) <= 35, f"LIX {lix(text):.0f}"


@pytest.mark.parametrize("name", [name for name in RESPONSES if name.startswith(("utter_safety", "utter_error"))])
def test_safety_copy_has_one_variant(name: str) -> None:
    assert len(RESPONSES[name]) == 1


def test_every_number_in_the_copy_is_verified(verified_numbers: frozenset[str]) -> None:
    said = {number for _, text in SENTENCES for number in NUMBER.findall(text)}
    assert {"112", "020-50 50 50"} <= said <= verified_numbers


@pytest.mark.parametrize("name", ["utter_fallback_error", "utter_error_unavailable", "utter_error_server"])
def test_failure_always_leads_to_112_and_a_staffed_line(name: str) -> None:
    assert {"112", "020-50 50 50"} <= set(NUMBER.findall(RESPONSES[name][0]["text"]))


def test_nobody_is_blamed_and_every_question_can_be_skipped() -> None:
    blame = re.compile(r"\b(varför|ditt fel|du borde|du måste)\b", re.I)
    assert not [text for _, text in SENTENCES if blame.search(text)]
    for name, variants in RESPONSES.items():
        if name.startswith("utter_ask_"):
            assert all("/decline" in [button["payload"] for button in variant["buttons"]] for variant in variants), name


def test_order_of_the_domain() -> None:
    assert list(DOMAIN) == [
        "version",
        "intents",
        "entities",
        "slots",
        "forms",
        "actions",
        "session_config",
        "responses",
    ]
