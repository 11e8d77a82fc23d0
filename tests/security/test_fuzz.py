"""The short form of `make fuzz`: a few hundred invented conversations, and each reader by itself."""

from __future__ import annotations

from random import Random

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.fuzz import Figures, fuzz
from bench.fuzz_parts import CHECKS, seeds
from bench.fuzz_talk import ODD, talk
from tests.conftest import Engine

CONVERSATIONS = 200
# Texts that a form or a chat can hold: anything, and pieces of what people and attackers write, put together.
TEXTS = st.text(max_size=300) | st.lists(st.sampled_from(ODD) | st.text(max_size=20), max_size=5).map(" ".join)


@pytest.mark.usefixtures("patience")
async def test_invented_conversations_end_well(engine: Engine) -> None:
    figures = await fuzz(engine, CONVERSATIONS, seed=8)
    assert figures.faults == []
    assert figures.talks == CONVERSATIONS
    assert {"text", "emergency", "referral", "hotlines", "guidance", "notice"} <= figures.kinds.keys()


def test_the_same_seed_is_the_same_conversation() -> None:
    assert talk(Random("8:1")) == talk(Random("8:1"))
    assert len({talk(Random(f"8:{number}")) for number in range(50)}) > 40


@pytest.mark.parametrize(
    ("status", "body", "piece"),
    [
        (500, {}, "status 500"),
        (200, {"messages": []}, "empty"),
        (200, {"messages": [{"text": " ", "buttons": []}]}, "empty"),
        (200, {"messages": [{"text": "utter_greet", "buttons": []}]}, "utter_"),
    ],
)
def test_a_bad_answer_would_be_seen(status: int, body: dict[str, object], piece: str) -> None:
    figures = Figures()
    figures.turn("here", httpx.Response(status, json=body), 0.1)
    assert any(piece in fault for fault in figures.faults)


@pytest.mark.parametrize("part", CHECKS)
def test_readers_take_whatever_they_began_with_in_the_long_form(part: str) -> None:
    for text in seeds(part, 60):
        CHECKS[part](text)


@pytest.mark.parametrize("part", CHECKS)
def test_readers_take_any_text(part: str) -> None:
    @settings(max_examples=40, deadline=None, database=None, derandomize=True)
    @given(TEXTS)
    def holds(text: str) -> None:
        CHECKS[part](text)

    holds()
