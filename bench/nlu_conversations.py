"""Runs the held-out conversations the way the dialogue does: read each message, merge, go on to the next."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from actions.find_help import missing
from actions.understand import ASIDES, DANGER, DANGERS, Heard, follow_up, merge
from knowledge.situation import Situation

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "nlu"
# Half of the first was read while rules were written; of the second four conversations, those with misread places.
SETS = ("conversations", "unread")
Read = Callable[[str], tuple[str, dict[str, Any]]]  # text -> intent, facets


@dataclass(frozen=True)
class Conversation:
    """One held-out conversation: what was written, and what a careful expert reads out of all of it."""

    id: str
    messages: tuple[str, ...]
    intent: str
    situation: Situation


@dataclass(frozen=True)
class Outcome:
    """What was understood of a conversation.

    Attributes:
        confidence: that of the last message in which a facet was said.
        asked: whether danger was asked about, because a message left it open.
    """

    conversation: Conversation
    intent: str
    situation: Situation
    confidence: dict[str, float] = field(default_factory=dict)
    asked: bool = False


def conversations(name: str = SETS[0]) -> list[Conversation]:
    """Return the frozen conversations of a set.

    Raises:
        ValueError: when the file is not the one that was frozen.
    """
    raw = (FOLDER / f"{name}.jsonl").read_bytes()
    frozen = (FOLDER / f"{name}.sha256").read_text(encoding="utf-8").split()[0]
    if hashlib.sha256(raw).hexdigest() != frozen:
        raise ValueError(f"tests/nlu/{name}.jsonl is not the file that was frozen")
    found = []
    for line in raw.decode().splitlines():
        entry = json.loads(line)
        situation = Situation.parse(entry["situation"] | {"gender": entry["gender"]})
        found.append(Conversation(entry["id"], tuple(entry["messages"]), entry["intent"], situation))
    return found


def examples() -> tuple[list[str], list[dict[str, Any]]]:
    """Return the training sentences with their labels."""
    texts, labels = [], []
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            for example in block["examples"]:
                texts.append(example["text"])
                labels.append({"intent": block["intent"]} | (example.get("metadata") or {}))
    return texts, labels


def run(read: Read, conversation: Conversation) -> Outcome:
    """Hold the conversation and return what was understood at its end."""
    situation, requested, left, intent = Situation(), None, None, ""
    skipped: set[str] = set()
    confidence: dict[str, float] = {}
    asked = False
    for message in conversation.messages:
        intent, facets = read(message)
        if intent == "restart":
            situation, requested, left, confidence = Situation(), None, None, {}
            skipped.clear()
            continue
        heard = Heard(intent, facets)
        situation = merge(situation, heard, requested)
        confidence |= facets.get("confidence", {})
        left = follow_up(requested, heard, situation, skipped, left)
        if intent not in ASIDES:
            is_likely = requested == DANGER or bool((facets.get("likely") or {}).keys() & set(DANGERS))
            ahead = missing(situation, skipped, is_likely)
            requested = ahead[0] if ahead else None
            asked |= requested == DANGER
    return Outcome(conversation, intent, situation, confidence, asked)
