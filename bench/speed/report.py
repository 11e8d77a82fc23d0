"""The figures as a page, a picture and JSON in bench/results: ratios first, since they hold on other machines too."""

from __future__ import annotations

import html
import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import matplotlib as mpl

from bench.speed.measure import Figures

mpl.use("Agg")
import matplotlib.pyplot as plt

NAMES = {"lotsen": "Lotsen", "stock": "stock Rasa", "engine": "Lotsen's engine alone"}
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}table{border-collapse:collapse}"
    "th,td{padding:.2em .8em;border-bottom:1px solid #ccc;text-align:right}"
    "th:first-child,td:first-child{text-align:left}"
    "img{max-width:100%}"
)


@dataclass(frozen=True)
class Measured:
    """All that was measured. Times in s, but for `loads` and `late` (ms); memory in MB; by assistant's name."""

    epochs: int
    seconds: float
    repeats: int
    start_up: dict[str, float]
    training: dict[str, float]
    training_cpu: dict[str, float]
    idle_memory: dict[str, float]
    loads: dict[str, dict[str, Figures]]
    late: dict[str, dict[int, float]]
    changes: Sequence[str]
    when: Mapping[str, str]  # by part: each can be measured by itself


@dataclass(frozen=True)
class Aim:
    """What is asked for, what was measured, and whether it holds."""

    text: str
    wanted: str
    got: str
    holds: bool


def aims(measured: Measured) -> list[Aim]:
    """Judge the aims of the project; one whose load was not run is left out."""
    found = []
    loads, late = measured.loads, measured.late.get("lotsen", {})
    if (load := loads.get("50 users, without pause")) is not None:
        times = load["lotsen"].throughput / load["stock"].throughput
        found.append(Aim("Throughput at 50 users without pause", "≥ 5 × stock Rasa", f"{times:.1f} ×", times >= 5))
    if (load := loads.get("10 users, without pause")) is not None:
        share = load["stock"].p95 / load["lotsen"].p95
        found.append(Aim("p95 at 10 users without pause", "≤ 1/5 of stock Rasa", f"1/{share:.1f}", share >= 5))
        share = load["stock"].cpu / load["lotsen"].cpu
        found.append(Aim("Processor time of a turn, gateway and all", "≤ 1/7", f"1/{share:.1f}", share >= 7))
        share = load["stock"].cpu / load["engine"].cpu
        found.append(Aim("Processor time of a turn, engine alone", "≤ 1/7", f"1/{share:.1f}", share >= 7))
    began = measured.start_up["lotsen"]
    found.append(Aim("Start-up from installed state", "≤ 6 s", f"{began:.1f} s", began <= 6))
    most = max(load["lotsen"].memory for load in loads.values())
    found.append(Aim("Both processes together, after the loads", "≤ 1024 MB", f"{most:.0f} MB", most <= 1024))
    if 2 in late and 50 in late:
        times = late[50] / late[2]
        found.append(Aim("The 50th turn beside the 2nd", "≤ 1.2 ×", f"{times:.2f} ×", times <= 1.2))
    errors = sum(load[name].errors for load in loads.values() for name in load if name != "stock")
    found.append(Aim("Errors of Lotsen, refusals apart", "0", str(errors), errors == 0))
    return found


def ratios(loads: dict[str, dict[str, Figures]]) -> list[list[str]]:
    """Return a row for each load: how many times better Lotsen is than stock Rasa in each figure."""
    rows = []
    for name, load in loads.items():
        ours, stock = load["lotsen"], load["stock"]
        better = [ours.throughput / stock.throughput if stock.throughput else float("inf")]
        better += [
            getattr(stock, each) / getattr(ours, each) for each in ("p50", "p95", "p99", "first_byte", "cpu", "memory")
        ]
        rows.append([name, *(f"{each:.1f} ×" for each in better)])
    return rows


def absolute(loads: dict[str, dict[str, Figures]]) -> list[list[str]]:
    """Return a row for each load and assistant, for context: they are those of this machine."""
    return [
        [
            name, NAMES[who], f"{got.throughput:.1f}", f"{got.p50:.0f}", f"{got.p95:.0f}", f"{got.p99:.0f}",
            f"{got.first_byte:.0f}", f"{got.cpu:.1f}", f"{got.memory:.0f}", str(got.turns), str(got.errors),
            str(got.refused),
        ]
        for name, load in loads.items() for who, got in load.items()
    ]  # fmt: skip


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return an HTML table."""
    cells = lambda tag, row: "<tr>" + "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in row) + "</tr>"  # noqa: E731
    return f"<table>{cells('th', head)}{''.join(cells('td', row) for row in rows)}</table>"


def context(measured: Measured) -> list[list[str]]:
    """Return what does not depend on a load."""
    late = lambda name: ", ".join(f"{turn}: {ms:.0f}" for turn, ms in measured.late.get(name, {}).items())  # noqa: E731
    both = ("lotsen", "stock")
    return [
        ["start-up, s", *(f"{measured.start_up[name]:.1f}" for name in both)],
        ["training, s", *(f"{measured.training[name]:.0f}" for name in both)],
        ["training, processor s", *(f"{measured.training_cpu[name]:.0f}" for name in both)],
        ["memory before the loads, MB", *(f"{measured.idle_memory[name]:.0f}" for name in both)],
        ["turn by its number, ms", *(late(name) for name in both)],
    ]


def draw(measured: Measured, path: Path) -> None:
    """Draw throughput, p95 and processor time by number of users."""
    rows = {"without pause": 0, "thinking": 1}
    panels = (("throughput", "turns a second"), ("p95", "p95, ms"), ("cpu", "processor ms a turn"))
    figure, axes = plt.subplots(len(rows), len(panels), figsize=(13, 7), squeeze=False)
    for kind, row in rows.items():
        chosen = {name: load for name, load in measured.loads.items() if name.endswith(kind)}
        users = [int(name.split()[0]) for name in chosen]
        for column, (figure_name, label) in enumerate(panels):
            axis = axes[row][column]
            for who, shown in NAMES.items():
                got = [getattr(load[who], figure_name) for load in chosen.values() if who in load]
                axis.plot(users[: len(got)], got, marker="o", label=shown)
            axis.set(xscale="log", yscale="log", xlabel="users", ylabel=label, title=kind)
            axis.set_xticks(users, [str(each) for each in users])
            axis.grid(alpha=0.3)
    axes[0][0].legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def write(measured: Measured, folder: Path) -> bool:
    """Write speed.html, speed.png and speed.json, print the aims, and return whether all hold."""
    folder.mkdir(parents=True, exist_ok=True)
    draw(measured, folder / "speed.png")
    (folder / "speed.json").write_text(json.dumps(asdict(measured), indent=1) + "\n", encoding="utf-8")
    judged = aims(measured)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, Rasa {version('rasa')}"
    columns = ["throughput", "p50", "p95", "p99", "first byte", "CPU", "memory"]
    units = [
        "turns/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "first byte ms",
        "CPU ms a turn",
        "MB",
        "turns",
        "errors",
        "refused",
    ]
    page: list[Any] = [
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Lotsen: speed</title><style>{STYLE}</style>",
        "<h1>Lotsen beside stock Rasa</h1>",
        f"<p>On {machine}: medians of {measured.repeats}, {measured.seconds:.0f} s each, the load from a process of "
        f"its own on the same cores ({', '.join(f'{part} {when}' for part, when in measured.when.items())} UTC). Stock "
        f"Rasa's models were trained for {measured.epochs} epochs (its default is 100); what a turn takes does not "
        "depend on that, what training takes does. Refused is who was told at once that there is no room, and when to "
        "come back: no turn and no error, but nobody who was helped either. Rasa lets everybody wait instead.</p>",
        "<h2>Aims</h2>",
        table(["aim", "wanted", "measured", ""], [[a.text, a.wanted, a.got, "✓" if a.holds else "✗"] for a in judged]),
        "<h2>Ratios: how many times better Lotsen is</h2>", table(["load", *columns], ratios(measured.loads)),
        '<p><img src="speed.png" alt="Throughput, p95 and processor time by number of users"></p>',
        "<h2>Beside the loads</h2>", table(["", "Lotsen", "stock Rasa"], context(measured)),
        "<h2>Absolute figures, for context</h2>", table(["load", "", *units], absolute(measured.loads)),
        "<h2>What was changed in stock Rasa</h2><ul>",
        *(f"<li>{html.escape(change)}</li>" for change in measured.changes), "</ul></html>",
    ]  # fmt: skip
    (folder / "speed.html").write_text("\n".join(page) + "\n", encoding="utf-8")
    print(f"{'load':30}" + "".join(f"{column:>12}" for column in columns))
    for row in ratios(measured.loads):
        print(f"{row[0]:30}" + "".join(f"{cell:>12}" for cell in row[1:]))
    for aim in judged:
        print(f"{'holds ' if aim.holds else 'MISSED'}  {aim.text}: {aim.got} (wanted {aim.wanted})")
    return all(aim.holds for aim in judged)
