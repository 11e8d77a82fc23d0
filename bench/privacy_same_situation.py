"""Does scrubbing cost understanding? Runs conversations raw and scrubbed through the trained model and compares.

    python -m bench.privacy_same_situation [--model PATH]

Three sets: the held-out conversations of tests/nlu, which hold next to no identifiers (what scrubbing breaks there it
takes in vain), and the messages of tests/privacy, each with identifiers or look-alikes, as conversations of one
message. The facts that scrubbing derives from an identifier (age, municipality) are given to both sides, for the
model cannot read a personnummer: what differs is what the words lost. Exit status 1 when fewer than 99 % of the
conversations of tests/nlu lead to the same situation.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench import privacy_eval
from bench.nlu_conversations import Conversation, Read, conversations, run
from bench.nlu_eval import MODEL, reader
from bot.privacy import scrub
from knowledge.situation import Situation

SAME = 0.99


def compare(read: Read, conversation: Conversation, today: date) -> list[str]:
    """Names of the fields of the situation that differ when the conversation is scrubbed."""
    scrubbed = [scrub(message, today=today) for message in conversation.messages]
    texts = tuple(one.text for one in scrubbed)
    if texts == conversation.messages:
        return []
    raw = run(read, conversation).situation
    safe = run(read, replace(conversation, messages=texts)).situation
    for one in scrubbed:
        raw, safe = _with_facts(raw, one.facts), _with_facts(safe, one.facts)
    before, after = raw.completed().to_dict(), safe.completed().to_dict()
    return [name for name in before if before[name] != after[name]]


def _with_facts(situation: Situation, facts: dict[str, str | int]) -> Situation:
    """What the text says goes before what an identifier told."""
    return replace(situation, **{k: v for k, v in facts.items() if getattr(situation, k) is None})  # type: ignore[arg-type]


def sets() -> dict[str, list[Conversation]]:
    """The conversations by the name of their set."""
    found = {"tests/nlu": conversations()}
    for path in (privacy_eval.DEVELOPMENT, privacy_eval.HELD_OUT):
        # Bare examples of one kind ("d...") are no messages that a situation could be read from.
        rows = [row for row in privacy_eval.load(path) if not row["id"].startswith("d")]
        found[f"tests/privacy {path.stem}"] = [
            Conversation(row["id"], (row["text"],), "referral", Situation()) for row in rows
        ]
    return found


def report(name: str, differences: Sequence[list[str]], say: Callable[[str], None]) -> float:
    """Say how many stayed the same and which fields did not; returns the share that did."""
    same = sum(not fields for fields in differences) / len(differences)
    say(f"{name}: {len(differences)} conversations, {same:.3f} lead to the same situation")
    for field, count in Counter(field for fields in differences for field in fields).most_common():
        say(f"  {field}: {count}")
    return same


def main() -> int:
    """Print the figures; 1 below the threshold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=MODEL)
    read = reader(parser.parse_args().model)
    shares = {
        name: report(name, [compare(read, each, privacy_eval.TODAY) for each in group], print)
        for name, group in sets().items()
    }
    return 0 if shares["tests/nlu"] >= SAME else 1


if __name__ == "__main__":
    sys.exit(main())
