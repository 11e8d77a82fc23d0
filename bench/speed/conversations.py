"""What is said in a load: the conversations of the dialogue tests, one after the other, shuffled by a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import yaml

DIALOGUES = Path(__file__).resolve().parents[2] / "tests/dialogues"
TURNS = (6, 20)  # of one conversation
# Said over and over in one long conversation. None changes what is known, so that a late turn has the same to do.
LOOP = (
    "är du en riktig människa?",
    "sparas det jag skriver?",
    "hur gör man en orosanmälan?",
    "vad har origo för telefonnummer?",
    "hur blir vädret imorgon?",
    "har ni numret till nån kvinnojour jag kan ringa",
)


def scenarios() -> list[tuple[str, ...]]:
    """Return the messages of every scenario, but for those of bad input, which Rasa's channel takes differently."""
    found = []
    for file in sorted(DIALOGUES.glob("*.yml")):
        if file.stem != "fallback":
            for scenario in yaml.safe_load(file.read_text(encoding="utf-8")):
                found.append(tuple(turn["user"] for turn in scenario["turns"]))
    return found


def conversation(chance: random.Random, deck: list[tuple[str, ...]]) -> list[str]:
    """Return a conversation of 6 to 20 messages: whole scenarios, the last one cut."""
    length = chance.randint(*TURNS)
    said: list[str] = []
    while len(said) < length:
        said += chance.choice(deck)
    return said[:length]


def conversations(seed: int) -> Iterator[list[str]]:
    """Yield conversations without end, always the same for a seed."""
    chance, deck = random.Random(seed), scenarios()
    while True:
        yield conversation(chance, deck)
