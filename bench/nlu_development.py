"""`python -m bench.nlu_development`: places, ages and danger in single messages, one facet labelled in each.

Written by six hands that had not seen the rules. The rules were mended by what these messages showed, so the figures
flatter: a change may not make them worse, but how good it is is told by `make eval` alone. Exit status 1 below FLOOR.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bench.nlu_eval import reader
from bot import setup
from bot.privacy import scrub

FILE = Path(__file__).resolve().parent.parent / "tests" / "nlu" / "development.jsonl"
FLOOR = {"municipality": 0.87, "district": 0.96, "age": 0.89, "age_group": 0.9, "emergency": 0.93, "suicide_risk": 0.89}
FLAGS = ("emergency", "suicide_risk")


def main() -> int:
    """Print the share of messages read right per facet, and those that were not (`--errors`)."""
    read = reader(setup.MODEL)
    right, asked = Counter[str](), Counter[str]()
    for line in FILE.read_text(encoding="utf-8").splitlines():
        entry: dict[str, Any] = json.loads(line)
        _, facets = read(scrub(entry["text"]).text)
        for name, gold in entry["situation"].items():
            got = bool(facets.get(name)) if name in FLAGS else facets.get(name)
            asked[name] += 1
            right[name] += got == gold
            if got != gold and "--errors" in sys.argv:
                print(f"{name}: {got} for {gold} | {entry['text']}")
    shares = {name: right[name] / count for name, count in asked.items()}
    for name, share in shares.items():
        print(f"{name:14}{share:7.3f} of {asked[name]}{'  BELOW' if share < FLOOR[name] else ''}")
    return int(any(share < FLOOR[name] for name, share in shares.items()))


if __name__ == "__main__":
    sys.exit(main())
