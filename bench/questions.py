"""`python -m bench.questions`: questions on law and method, and whether a topic that answers them is shown.

The questions are drawn from `data/nlu`; one hand labelled which topics hold the answer, or that none does. Half of them
were labelled before the index was tuned. Exit status 1 below FLOOR or above CEILING.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from actions.guidance import SHOWN
from knowledge.directory import ServiceDirectory, load_directory

FILE = Path(__file__).resolve().parent.parent / "tests" / "data" / "questions.jsonl"
FLOOR = 0.61  # share of the questions with an answer that find it
CEILING = 0.25  # share of the questions without one that are shown something else


def shares(directory: ServiceDirectory, errors: bool = False) -> tuple[float, float]:
    """Return the share of answerable questions answered, and of unanswerable ones that are shown a topic."""
    found: dict[bool, list[bool]] = {True: [], False: []}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        wanted = set(question["topics"])
        shown = {topic.id for topic in directory.find_topics(question["text"])[:SHOWN]}
        found[bool(wanted)].append(bool(shown & wanted if wanted else shown))
        if errors and found[bool(wanted)][-1] != bool(wanted):
            print(f"{sorted(shown)} for {sorted(wanted)} | {question['text']}")
    answered, misled = (sum(each) / len(each) for each in found.values())
    print(f"answered {answered:.3f} of {len(found[True])}")
    print(f"without an answer but shown a topic {misled:.3f} of {len(found[False])}")
    return answered, misled


def main() -> int:
    """Print both shares, and what went wrong (`--errors`)."""
    answered, misled = shares(load_directory(), "--errors" in sys.argv)
    return int(answered < FLOOR or misled > CEILING)


if __name__ == "__main__":
    sys.exit(main())
