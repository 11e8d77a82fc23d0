"""`python -m bench.nlu_stock`: does Rasa's own pipeline understand what people want?

    python -m bench.nlu_stock [--epochs N]

Both are trained on data/nlu and read the messages of the 430 frozen conversations. Only the intent is compared: Rasa's
default pipeline reads no facets. Each in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bench.nlu_conversations import conversations
from bench.nlu_eval import figures, outcomes_of
from bench.speed.stock import HOME, own_project, stock_project

RESULTS = Path("bench/results/nlu_stock.json")


def read(model: Path) -> dict[str, float]:
    """Return the share of intents that are right, p95 of the ms that a message takes, and the memory in MB."""
    outcomes, times = outcomes_of(model, conversations())
    return {
        "intent": figures(outcomes)["intent"],
        "messages": len(times),
        "p50_ms": float(np.percentile(times, 50)),
        "p95_ms": float(np.percentile(times, 95)),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> int:
    """Print both, side by side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=int(os.environ.get("BENCH_EPOCHS", "100")))
    parser.add_argument("--model", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.model:
        print(json.dumps(read(chosen.model)))
        return 0
    HOME.mkdir(parents=True, exist_ok=True)
    measured: dict[str, Any] = {"epochs": chosen.epochs}
    for name, project in (("stock", stock_project(chosen.epochs)), ("lotsen", own_project())):
        command = [sys.executable, "-W", "ignore", "-m", "bench.nlu_stock", "--model", str(project.model)]
        env = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
        measured[name] = json.loads(done.stdout.splitlines()[-1]) | {
            "training_seconds": project.seconds,
            "training_cpu_seconds": project.cpu_seconds,
        }
    print(f"{'':24}{'Lotsen':>10}{'stock Rasa':>12}   ({chosen.epochs} epochs)")
    for figure in measured["lotsen"]:
        print(f"{figure:24}{measured['lotsen'][figure]:10.3f}{measured['stock'][figure]:12.3f}")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
