"""`make bench`: Lotsen beside stock Rasa 3.6.21 on this machine.

    python -m bench.speed [part ...] [--seconds S] [--repeats N] [--users N ...] [--epochs N] [--older]

Parts: `train` (both, unless that is done), `start` (start-up and memory), `late` (the 50th turn beside the 2nd), and
`loads`; all of them when none is named. What each found is kept in var/bench/measured.json, and the report is written
from the latest of all four. Both assistants are loaded in turn, never at the same time; the order goes through every
load before it is repeated. Exit status 1 when an aim is missed, Lotsen gave an error, or a part was never measured.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections import defaultdict
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.speed import report
from bench.speed.assistants import Assistant, start_engine, start_lotsen, start_stock
from bench.speed.load import Load
from bench.speed.measure import Figures, figures, late_turns, median, run
from bench.speed.stock import CHANGES, HOME, Project, own_project, stock_project
from bot import setup

PARTS = ("train", "start", "late", "loads")
RESULTS = Path("bench/results")
THINK = (1.0, 4.0)  # seconds
LONG = 100  # turns
LATE = (2, 8, 20, 50, 98)  # the same text each: 6 apart in the loop
TALKS = {"lotsen": 8, "stock": 2}


class Kept:
    """What was measured, by part, in a file: a part can be measured anew by itself, and none is lost."""

    def __init__(self, file: Path) -> None:
        """Read what there is."""
        self.file = file
        self.parts: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}

    def keep(self, part: str, found: dict[str, Any]) -> None:
        """Keep a part with the time."""
        self.parts[part] = {"when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"), **found}
        self.file.write_text(json.dumps(self.parts, indent=1) + "\n", encoding="utf-8")

    def missing(self) -> list[str]:
        """Return the parts that were never measured."""
        return [part for part in PARTS if part not in self.parts]

    def measured(self) -> report.Measured:
        """Return everything as the report takes it."""
        train, start, late, loads = (dict(self.parts[part]) for part in PARTS)
        when = {part: each.pop("when") for part, each in zip(PARTS, (train, start, late, loads), strict=True)}
        load_figures = {
            name: {who: Figures(**got) for who, got in by.items()} for name, by in loads.pop("loads").items()
        }
        turns = {who: {int(number): took for number, took in by.items()} for who, by in late["late"].items()}
        return report.Measured(**train, **start, **loads, loads=load_figures, late=turns, changes=CHANGES, when=when)


def main() -> int:
    """Measure, write the report, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--seconds", type=float, default=6.0, help="measured for each load")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--users", type=int, nargs="+", default=[1, 10, 50, 200])
    parser.add_argument("--epochs", type=int, default=int(os.environ.get("BENCH_EPOCHS", "100")))
    parser.add_argument("--older", action="store_true", help="take the stock model trained last, on whatever sentences")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(unknown)}")
    parts: list[str] = chosen.parts or list(PARTS)
    HOME.mkdir(parents=True, exist_ok=True)
    setup.build(lambda line: print(f"  {line}", flush=True))  # or it would be counted as start-up
    kept = Kept(HOME / "measured.json")
    print(f"Training stock Rasa with {chosen.epochs} epochs, unless that is done …", flush=True)
    stock = stock_project(chosen.epochs, chosen.older)
    if "train" in parts:
        print("Training Lotsen, unless that is done …", flush=True)
        own = own_project()
        kept.keep("train", {
            "epochs": chosen.epochs,
            "training": {"lotsen": own.seconds, "stock": stock.seconds},
            "training_cpu": {"lotsen": own.cpu_seconds, "stock": stock.cpu_seconds},
        })  # fmt: skip
    if {"start", "late", "loads"} & set(parts):
        measure(stock, parts, chosen, kept)
    if missing := kept.missing():
        print(f"No report: not measured yet: {', '.join(missing)}")
        return 1
    return 0 if report.write(kept.measured(), RESULTS) else 1


def measure(stock: Project, parts: list[str], chosen: argparse.Namespace, kept: Kept) -> None:
    """Measure what needs the assistants to run."""
    print("Starting …", flush=True)
    running: list[Assistant] = []
    try:
        took = start_ups(stock, chosen.repeats if "start" in parts else 1, running)
        running.append(start_engine(HOME))
        if "start" in parts:
            kept.keep("start", {
                "start_up": {name: statistics.median(each) for name, each in took.items()},
                "idle_memory": {assistant.name: assistant.memory() for assistant in running},
            })  # fmt: skip
        if "late" in parts:  # before the loads: what a load leaves behind would be counted
            kept.keep("late", {"late": late(running)})
        if "loads" in parts:
            each = loads(running, chosen)
            found = {name: {who: asdict(got) for who, got in by.items()} for name, by in each.items()}
            kept.keep("loads", {"seconds": chosen.seconds, "repeats": chosen.repeats, "loads": found})
    finally:
        for assistant in running:
            assistant.stop()


def start_ups(stock: Project, times: int, running: list[Assistant]) -> dict[str, list[float]]:
    """Start Lotsen and Rasa so many times, one after the other; leave the last ones running, and in the list."""
    took: dict[str, list[float]] = defaultdict(list)
    for _ in range(times):
        while running:
            running.pop().stop()
        for start in (lambda: start_lotsen(HOME), lambda: start_stock(stock, HOME)):
            running.append(start())
            took[running[-1].name].append(running[-1].start_up)
            print(f"  {running[-1].name}: {running[-1].start_up:.1f} s", flush=True)
    return took


def late(running: list[Assistant]) -> dict[str, dict[int, float]]:
    """Return the times of late turns by assistant."""
    found = {}
    for assistant in running:
        if assistant.name in TALKS:
            load = Load(assistant.name, assistant.url, long=LONG, talks=TALKS[assistant.name])
            found[assistant.name] = late_turns(run(load, assistant)[0], LONG, LATE)
            print(f"  late turns, {assistant.name}: {found[assistant.name]}", flush=True)
    return found


def loads(running: list[Assistant], chosen: argparse.Namespace) -> dict[str, dict[str, Figures]]:
    """Run every load on every assistant; return figures by load and assistant.

    The engine alone is loaded without pauses only: what the gateway takes is the same with them.
    """
    each: dict[str, dict[str, list[Figures]]] = defaultdict(lambda: defaultdict(list))
    for seed in range(1, chosen.repeats + 1):
        for think in (None, THINK):
            for users in chosen.users:
                name = f"{users} users, {'thinking' if think else 'without pause'}"
                for assistant in running:
                    if think and assistant.name == "engine":
                        continue
                    load = Load(
                        assistant.name, assistant.url, assistant.secret,
                        users=users, seconds=chosen.seconds, think=think, seed=seed,
                    )  # fmt: skip
                    result, cpu = run(load, assistant)
                    got = figures(result, cpu, assistant.memory())
                    each[name][assistant.name].append(got)
                    print(
                        f"  {name:28}{assistant.name:8}{got.throughput:7.1f}/s  p50 {got.p50:7.1f} ms"
                        f"  p95 {got.p95:8.1f} ms  {got.cpu:6.1f} CPU ms  {got.memory:5.0f} MB"
                        f"  refused {got.refused}  errors {result['errors'] or 0}",
                        flush=True,
                    )
    return {name: {who: median(got) for who, got in by.items()} for name, by in each.items()}


if __name__ == "__main__":
    sys.exit(main())
