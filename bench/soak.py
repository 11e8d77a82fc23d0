"""`make soak`: 20 messages a second for 30 minutes against Lotsen, as `make run` starts it.

    python -m bench.soak [--minutes M] [--rate R] [--users N]

Memory is read from /proc every 5 s. Exit status 1 when there was an error, when memory at the end is more than 5 %
above what it was after the first sixth, or when p95 of the last third is above 1.5 times that of the first.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np

from bench.speed.assistants import Assistant, start_lotsen
from bench.speed.load import Load
from bench.speed.stock import HOME, ROOT

mpl.use("Agg")
import matplotlib.pyplot as plt

RESULTS = Path("bench/results")
EVERY = 5.0  # seconds between readings of memory
WARM_UP = 10.0  # seconds
GROWTH, SLOWER = 1.05, 1.5


def judge(
    samples: list[tuple[float, float]], turns: list[list[float]], errors: dict[str, int], seconds: float
) -> dict[str, Any]:
    """Return the figures. `samples` are (s, MB), `turns` (said at, took, first byte) in s, `errors` how often by name.

    Memory is judged from a sixth of the time on: until then caches fill.
    """
    settled = [mb for at, mb in samples if at >= seconds / 6]
    part = max(1, len(settled) // 10)
    said = np.array([turn for turn in turns if turn[0] >= 0])
    thirds = [
        said[(said[:, 0] >= third * seconds / 3) & (said[:, 0] < (third + 1) * seconds / 3)] for third in range(3)
    ]
    p95 = [float(np.percentile(third[:, 1], 95) * 1000) for third in thirds]
    begins, ends = float(np.median(settled[:part])), float(np.median(settled[-part:]))
    return {
        "minutes": seconds / 60,
        "turns": len(said),
        "per_second": len(said) / seconds,
        "errors": errors,
        "memory_mb": {"settled": begins, "end": ends, "growth": ends / begins},
        "p95_ms_by_third": p95,
        "holds": not errors and ends <= begins * GROWTH and p95[2] <= p95[0] * SLOWER,
    }


def watch(assistant: Assistant, load: Load) -> tuple[list[tuple[float, float]], dict[str, Any]]:
    """Run the load and read the memory meanwhile."""
    command = [sys.executable, "-m", "bench.speed.load"]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert running.stdin
    running.stdin.write(json.dumps(asdict(load)))
    running.stdin.close()
    running.stdin = None
    begun, samples = time.perf_counter() + load.warm_up, []
    while True:
        samples.append((time.perf_counter() - begun, assistant.memory()))
        try:
            output, _ = running.communicate(timeout=EVERY)
        except subprocess.TimeoutExpired:
            continue
        return samples, json.loads(output)


def draw(samples: list[tuple[float, float]], turns: list[list[float]], seconds: float, path: Path) -> None:
    """Draw memory and p95 over time."""
    figure, (above, below) = plt.subplots(2, 1, figsize=(10, 6), sharex=True)
    above.plot([at / 60 for at, _ in samples], [mb for _, mb in samples])
    above.set(ylabel="memory, MB", ylim=(0, None), title="Soak")
    said = np.array([turn for turn in turns if turn[0] >= 0])
    edges = np.linspace(0, seconds, 31)
    times = [said[(said[:, 0] >= low) & (said[:, 0] < high), 1] for low, high in itertools.pairwise(edges)]
    p95 = [float(np.percentile(each, 95)) * 1000 if len(each) else float("nan") for each in times]
    below.plot(edges[:-1] / 60, p95)
    below.set(ylabel="p95, ms", xlabel="minutes", ylim=(0, None))
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main() -> int:
    """Soak, write, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=20.0, help="messages a second")
    parser.add_argument("--users", type=int, default=100)
    chosen = parser.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    assistant = start_lotsen(HOME)
    seconds = chosen.minutes * 60
    load = Load("lotsen", assistant.url, users=chosen.users, seconds=seconds, warm_up=WARM_UP, pace=chosen.rate)
    try:
        samples, result = watch(assistant, load)
    finally:
        assistant.stop()
    errors = result["errors"] | ({"refused": result["refused"]} if result["refused"] else {})
    figures = judge(samples, result["turns"], errors, seconds)
    RESULTS.mkdir(parents=True, exist_ok=True)
    draw(samples, result["turns"], seconds, RESULTS / "soak.png")
    (RESULTS / "soak.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0 if figures["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
