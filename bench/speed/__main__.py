"""`make bench`: Lotsen beside stock Rasa 3.6.21 on this machine, in one run.

    python -m bench.speed [--seconds S] [--repeats N] [--users N ...] [--epochs N]

Both are started, and loaded in turn, never at the same time; the order goes through every load before it is repeated.
Exit status 1 when an aim is missed or an assistant gave an error.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from collections import defaultdict
from pathlib import Path

from bench.speed import report
from bench.speed.assistants import Assistant, start_engine, start_lotsen, start_stock
from bench.speed.load import Load
from bench.speed.measure import Figures, figures, late_turns, median, run
from bench.speed.stock import CHANGES, HOME, Project, own_project, stock_project

THINK = (1.0, 4.0)  # seconds
LONG = 100  # turns
LATE = (2, 8, 20, 50, 98)  # the same text each: 6 apart in the loop
TALKS = {"lotsen": 8, "stock": 2}


def start_ups(stock: Project, times: int) -> tuple[list[Assistant], dict[str, list[float]]]:
    """Start Lotsen and Rasa so many times, one after the other; leave the last ones running."""
    took: dict[str, list[float]] = defaultdict(list)
    running: list[Assistant] = []
    for number in range(times):
        for start in (lambda: start_lotsen(HOME), lambda: start_stock(stock, HOME)):
            assistant = start()
            took[assistant.name].append(assistant.start_up)
            print(f"  {assistant.name}: {assistant.start_up:.1f} s", flush=True)
            if number < times - 1:
                assistant.stop()
            else:
                running.append(assistant)
    return running, took


def main() -> int:
    """Measure, write the report, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0, help="measured for each load")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--users", type=int, nargs="+", default=[1, 10, 50, 200])
    parser.add_argument("--epochs", type=int, default=int(os.environ.get("BENCH_EPOCHS", "100")))
    chosen = parser.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    print(f"Training stock Rasa with {chosen.epochs} epochs, and Lotsen, unless that is done …", flush=True)
    stock, own = stock_project(chosen.epochs), own_project()
    print("Starting …", flush=True)
    running, took = start_ups(stock, chosen.repeats)
    running.append(start_engine(HOME))
    idle = {assistant.name: assistant.memory() for assistant in running}
    try:
        loads, late = measure_all(running, chosen)
    finally:
        for assistant in running:
            assistant.stop()
    measured = report.Measured(
        epochs=chosen.epochs,
        seconds=chosen.seconds,
        repeats=chosen.repeats,
        start_up={name: statistics.median(each) for name, each in took.items()},
        training={"lotsen": own.seconds, "stock": stock.seconds},
        training_cpu={"lotsen": own.cpu_seconds, "stock": stock.cpu_seconds},
        idle_memory=idle,
        loads=loads,
        late=late,
        changes=CHANGES,
    )
    held = report.write(measured, Path("bench/results"))
    return 0 if held else 1


def measure_all(
    running: list[Assistant], chosen: argparse.Namespace
) -> tuple[dict[str, dict[str, Figures]], dict[str, dict[int, float]]]:
    """Run every load on every assistant; return figures by load and assistant, and times of late turns."""
    late = {}  # first: what a load leaves behind would be counted
    for assistant in running:
        if assistant.name in TALKS:
            load = Load(assistant.name, assistant.url, long=LONG, talks=TALKS[assistant.name])
            late[assistant.name] = late_turns(run(load, assistant)[0], LONG, LATE)
            print(f"  late turns, {assistant.name}: {late[assistant.name]}", flush=True)
    each: dict[str, dict[str, list[Figures]]] = defaultdict(lambda: defaultdict(list))
    for seed in range(1, chosen.repeats + 1):
        for think in (None, THINK):
            for users in chosen.users:
                name = f"{users} users, {'thinking' if think else 'without pause'}"
                for assistant in running:
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
                        f"  errors: {result['errors'] or 0}",
                        flush=True,
                    )
    return {name: {who: median(got) for who, got in by.items()} for name, by in each.items()}, late


if __name__ == "__main__":
    sys.exit(main())
