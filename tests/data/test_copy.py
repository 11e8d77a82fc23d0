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


def said_in(channel: str) -> list[tuple[str, str]]:
    """Every text that Rasa can choose in a channel: its own variants, and the others for the conditions left."""
    found = []
    for name, variants in RESPONSES.items():
        own = [one for one in variants if one.get("channel") == channel]
        taken = [one.get("condition") for one in own]
        general = [one for one in variants if "channel" not in one and one.get("condition") not in taken]
        # Its own variant without a condition comes before any variant of no channel.
        found += [(name, one["text"]) for one in (own if None in taken else own + general)]
    return [(name, text) for name, text in found if not name.startswith(("utter_pii_", "utter_teams_"))]


SIMPLE = said_in("web-simple")


@pytest.mark.parametrize(("name", "text"), SIMPLE, ids=[name for name, _ in SIMPLE])
def test_lattlast_replies(name: str, text: str) -> None:
    assert lix(text) <= 25, f"LIX {lix(text):.0f}"


def test_everything_the_web_says_can_be_said_in_english() -> None:
    told = {name for name in RESPONSES if not name.startswith("utter_teams_")}
    english = {name for name in told if any(one.get("channel") == "web-en" for one in RESPONSES[name])}
    assert told - english == set()
    # Where Swedish has variants for conditions, English has one for the rest: no answer falls back to Swedish.
    for name in told:
        assert any(one.get("channel") == "web-en" and "condition" not in one for one in RESPONSES[name]), name


def test_buttons_do_the_same_in_every_language() -> None:
    for name, variants in RESPONSES.items():
        sent = [[button["payload"] for button in one.get("buttons", ())] for one in variants]
        assert all(one == sent[0] for one in sent), name


@pytest.mark.parametrize("name", [name for name in RESPONSES if name.startswith(("utter_safety", "utter_error"))])
def test_safety_copy_has_one_variant(name: str) -> None:
    channels = [one.get("channel") for one in RESPONSES[name]]
    assert len(channels) == len(set(channels))
    assert not any("condition" in one for one in RESPONSES[name])


def test_every_number_in_the_copy_is_verified(verified_numbers: frozenset[str]) -> None:
    said = {number for _, text in SENTENCES for number in NUMBER.findall(text)}
    assert {"112", "020-50 50 50"} <= said <= verified_numbers


@pytest.mark.parametrize("name", ["utter_fallback_error", "utter_error_unavailable", "utter_error_server"])
def test_failure_always_leads_to_112_and_a_staffed_line(name: str) -> None:
    for variant in RESPONSES[name]:
        assert {"112", "020-50 50 50"} <= set(NUMBER.findall(variant["text"]))


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
