"""Scenarios through gateway, engine and real actions: a file is a topic, an entry a conversation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.chat import Chat, Turn

HERE = Path(__file__).parent


def scenarios() -> list[Any]:
    """Read every scenario: {name, turns: [{user, intent, situation, and what `check` looks at}]}."""
    found = []
    for file in sorted(HERE.glob("*.yml")):
        for scenario in yaml.safe_load(file.read_text(encoding="utf-8")):
            found.append(pytest.param(scenario, id=f"{file.stem}: {scenario['name']}"))
    return found


def check(turn: Turn, wanted: dict[str, Any]) -> None:
    """Compare one answer with what the scenario wants of it."""
    for kind in wanted.get("kinds", []):
        assert kind in turn.kinds, f"no {kind} among {turn.kinds}"
    if wanted.get("first"):
        assert turn.kinds[:1] == [wanted["first"]]
    for kind in wanted.get("no_kinds", []):
        assert kind not in turn.kinds
    for service in wanted.get("services", []):
        assert service in turn.service_ids, f"no {service} among {turn.service_ids}"
    for service in wanted.get("never", []):
        assert service not in turn.service_ids, f"{service} must not come"
    for topic in wanted.get("guidance", []):
        assert topic in turn.topic_ids, f"no {topic} among {turn.topic_ids}"
    for topic in wanted.get("no_guidance", []):
        assert topic not in turn.topic_ids, f"{topic} must not come"
    for payload in wanted.get("buttons", []):
        assert payload in turn.payloads, f"no {payload} among {turn.payloads}"
    for words in wanted.get("says", []):
        assert words.lower() in turn.text.lower()
    for words in wanted.get("never_says", []):
        assert words.lower() not in turn.text.lower()


@pytest.mark.parametrize("scenario", scenarios())
async def test_conversation(chat: Chat, scenario: dict[str, Any], verified_numbers: frozenset[str]) -> None:
    for wanted in scenario["turns"]:
        turn = await chat.say(wanted["user"])
        assert turn.messages, "silence"
        check(turn, wanted)
        assert set(turn.numbers) <= verified_numbers
        if "situation" in wanted:
            understood = (await chat.situation())["situation"]
            got = {name: understood[name] for name in wanted["situation"]}
            assert got == wanted["situation"]
        if "intent" in wanted:
            assert (await chat.situation())["intent"] == wanted["intent"]
