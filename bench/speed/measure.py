"""Runs loads against assistants, turn by turn, and boils what came of them down to figures."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from bench.speed.assistants import Assistant
from bench.speed.load import Load
from bench.speed.stock import ROOT


@dataclass(frozen=True)
class Figures:
    """One load on one assistant. Times in ms; processor time in ms for each turn; memory in MB."""

    turns: int
    errors: int
    refused: int  # told at once to come back later: no turn, and no error
    throughput: float  # turns a second
    p50: float
    p95: float
    p99: float
    first_byte: float  # median
    cpu: float
    memory: float


def run(load: Load, assistant: Assistant) -> tuple[dict[str, Any], float]:
    """Run the load in a process of its own; return its result and the processor seconds of the assistant."""
    before = assistant.cpu()
    done = subprocess.run(
        [sys.executable, "-m", "bench.speed.load"],
        input=json.dumps(asdict(load)), capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    return json.loads(done.stdout), assistant.cpu() - before


def figures(result: dict[str, Any], cpu: float, memory: float) -> Figures:
    """Return the figures of one load: times of the turns said in the window, throughput of those answered in it.

    Processor time is that of the whole load, its warm-up too, over all its turns; what opening a conversation takes is
    in it.
    """
    turns = np.array(result["turns"], dtype=float).reshape(-1, 3)
    said = turns[(turns[:, 0] >= 0) & (turns[:, 0] < result["seconds"])]
    ended = turns[:, 0] + turns[:, 1]
    answered = int(((ended >= 0) & (ended < result["seconds"])).sum())
    times = said[:, 1] * 1000 if len(said) else np.array([np.nan])
    p50, p95, p99 = (float(each) for each in np.percentile(times, (50, 95, 99)))
    first = float(np.median(said[:, 2])) * 1000 if len(said) else float("nan")
    return Figures(
        turns=len(turns),
        errors=sum(result["errors"].values()),
        refused=result["refused"],
        throughput=answered / result["seconds"],
        p50=p50, p95=p95, p99=p99, first_byte=first,
        cpu=cpu * 1000 / max(1, len(turns)),
        memory=memory,
    )  # fmt: skip


def median(each: Sequence[Figures]) -> Figures:
    """Return the median of every figure; what is counted is added up."""
    chosen = {name: statistics.median(getattr(one, name) for one in each) for name in Figures.__dataclass_fields__}
    return Figures(
        **chosen | {name: sum(getattr(one, name) for one in each) for name in ("turns", "errors", "refused")}
    )


def late_turns(result: dict[str, Any], long: int, numbers: Iterable[int]) -> dict[int, float]:
    """Return the median time in ms of a turn by its number (1 is the first), over all long talks."""
    took = np.array([turn[1] for turn in result["turns"]]).reshape(-1, long) * 1000
    return {number: float(np.median(took[:, number - 1])) for number in numbers}
