"""What `make bench` and `make soak` reckon: the right figures, the right judgement, and never another machine."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bench import soak
from bench.speed import __main__ as bench
from bench.speed import processes, report, stock
from bench.speed.conversations import TURNS, conversations
from bench.speed.load import Load, Run
from bench.speed.measure import Figures, figures, late_turns, median

FIGURES = Figures(
    turns=10, errors=0, refused=0, throughput=10.0, p50=5.0, p95=10.0, p99=20.0, first_byte=4.0, cpu=5.0, memory=500.0
)
SLOW = Figures(
    turns=10,
    errors=3,
    refused=4,
    throughput=1.0,
    p50=50.0,
    p95=100.0,
    p99=200.0,
    first_byte=40.0,
    cpu=50.0,
    memory=900.0,
)


def test_conversations_are_the_same_for_a_seed_and_of_the_length_asked_for() -> None:
    first, again, other = (list(islice(conversations(seed), 50)) for seed in (1, 1, 2))
    assert first == again != other
    assert {min(map(len, first)) >= TURNS[0], max(map(len, first)) <= TURNS[1]} == {True}


def test_figures_are_those_of_the_window() -> None:
    # Said in the warm-up and answered in the window; said in it; said in it and answered after it.
    turns = [(-1.0, 1.5, 1.0), (1.0, 0.1, 0.05), (2.0, 0.3, 0.1), (9.0, 5.0, 0.2)]
    got = figures({"seconds": 10.0, "turns": turns, "errors": {"500": 2}, "refused": 6}, cpu=0.4, memory=100.0)
    assert got.throughput == pytest.approx(0.3)
    assert got.p50 == pytest.approx(300)
    assert got.first_byte == pytest.approx(100)
    assert (got.turns, got.errors, got.refused, got.cpu) == (4, 2, 6, pytest.approx(100))


def test_median_of_repeats_adds_up_what_is_counted() -> None:
    got = median([FIGURES, SLOW, replace(FIGURES, p95=11.0)])
    assert (got.p95, got.turns, got.errors, got.refused) == (11.0, 30, 3, 4)


def test_late_turns_are_told_apart_by_their_number() -> None:
    turns = [(0.0, 0.001 * number, 0.0) for _ in range(3) for number in range(1, 11)]
    assert late_turns({"turns": turns}, 10, (2, 10)) == {2: pytest.approx(2), 10: pytest.approx(10)}


def measured(ours: Figures, late: float = 1.0, start_up: float = 5.0) -> report.Measured:
    loads = {f"{users} users, {kind}": {"lotsen": ours, "stock": SLOW, "engine": ours}
             for users in (10, 50) for kind in ("without pause", "thinking")}  # fmt: skip
    both = {"lotsen": start_up, "stock": 20.0}
    for name in ("10 users, thinking", "50 users, thinking"):
        del loads[name]["engine"]  # is not measured then
    return report.Measured(
        5,
        10.0,
        3,
        both,
        both,
        both,
        both,
        loads,
        {"lotsen": {2: 1.0, 50: late}},
        stock.CHANGES,
        {"loads": "2026-11-22"},
    )


@pytest.mark.parametrize(
    ("case", "missed"),
    [
        (measured(FIGURES), 0),
        (measured(replace(FIGURES, throughput=4.0)), 1),
        (measured(replace(FIGURES, p95=21.0)), 1),
        (measured(replace(FIGURES, cpu=8.0)), 2),
        (measured(replace(FIGURES, memory=1025.0)), 1),
        (measured(replace(FIGURES, errors=1)), 1),
        (measured(FIGURES, late=1.3), 1),
        (measured(FIGURES, start_up=6.1), 1),
    ],
)
def test_aims_are_judged(case: report.Measured, missed: int, tmp_path: Path) -> None:
    assert sum(not aim.holds for aim in report.aims(case)) == missed
    assert report.write(case, tmp_path) is (missed == 0)
    page = (tmp_path / "speed.html").read_text(encoding="utf-8")
    assert page.index("Ratios") < page.index("Absolute")
    assert json.loads((tmp_path / "speed.json").read_text())["epochs"] == 5
    assert (tmp_path / "speed.png").stat().st_size > 1000


def test_parts_are_kept_and_measured_anew_by_themselves(tmp_path: Path) -> None:
    kept = bench.Kept(tmp_path / "measured.json")
    both = {"lotsen": 5.0, "stock": 20.0}
    kept.keep("train", {"epochs": 5, "training": both, "training_cpu": both})
    kept.keep("start", {"start_up": both, "idle_memory": both})
    kept.keep("late", {"late": {"lotsen": {2: 1.0, 50: 1.1}}})
    assert kept.missing() == ["loads"]
    kept = bench.Kept(tmp_path / "measured.json")
    kept.keep("loads", {"seconds": 6.0, "repeats": 3, "loads": {"1 users, thinking": {"lotsen": asdict(FIGURES)}}})
    kept.keep("start", {"start_up": both | {"lotsen": 4.0}, "idle_memory": both})
    got = bench.Kept(tmp_path / "measured.json").measured()
    assert (got.start_up["lotsen"], got.training, got.late["lotsen"][50]) == (4.0, both, 1.1)
    assert got.loads["1 users, thinking"]["lotsen"] == FIGURES
    assert set(got.when) == set(bench.PARTS)


def test_an_older_stock_model_is_taken_only_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained: list[Path] = []

    def train(folder: Path) -> dict[str, float]:
        trained.append(folder)
        return {"seconds": 1.0, "cpu_seconds": 1.0}

    monkeypatch.setattr(stock, "HOME", tmp_path)
    monkeypatch.setattr(stock, "_train", train)
    first = stock.stock_project(5, older=True)
    assert stock.stock_project(5) == first
    assert trained == [first.folder]
    assert stock.stock_project(6, older=True) == first
    assert stock.stock_project(6) != first
    assert len(trained) == 2


@pytest.mark.parametrize(
    "load",
    [
        Load("lotsen", "http://example.org:80"),
        Load("lotsen", "http://127.0.0.1.example.org:80"),
        Load("lotsen", "http://127.0.0.1:1", seconds=4000),
    ],
)
def test_a_load_without_bounds_or_for_another_machine_is_refused(load: Load) -> None:
    with pytest.raises(ValueError, match="a load"):
        Run(load)


async def serve(answer: Any) -> tuple[web.AppRunner, str]:
    app = web.Application()
    app.router.add_post("/webhooks/rest/webhook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


async def test_a_load_counts_answers_and_errors() -> None:
    asked: list[dict[str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(await request.json())
        if len(asked) % 5 == 0:
            return web.Response(status=500, text="no")
        return web.json_response([{"recipient_id": asked[-1]["sender"], "text": "ja"}])

    runner, url = await serve(answer)
    result = await Run(Load("stock", url, users=2, seconds=0.2, warm_up=0.05, pace=200.0)).go()
    await runner.cleanup()
    assert len(asked) == len(result.turns) + result.errors["500"]
    assert len({call["sender"] for call in asked}) > 2  # a conversation that failed is not gone on with


async def test_who_is_refused_comes_back_when_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.speed.load.conversations", lambda seed: iter([["hej"]] * 1000))
    asked = 0
    paused: list[float] = []
    sleep = asyncio.sleep

    async def answer(request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(status=503, headers={"Retry-After": "0.1"}, text="{}")

    async def pause(seconds: float) -> None:
        paused.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", pause)
    runner, url = await serve(answer)
    run = Run(Load("stock", url, users=1, seconds=600))
    run.left = 5
    result = await run.go()
    await runner.cleanup()
    assert result.refused == asked == paused.count(0.1) == 5
    assert not result.turns
    assert not result.errors


async def test_long_talks_say_the_same_in_every_talk() -> None:
    said: dict[str, list[str]] = {}

    async def answer(request: web.Request) -> web.Response:
        call = await request.json()
        said.setdefault(call["sender"], []).append(call["message"])
        return web.json_response([{"recipient_id": call["sender"]}])

    runner, url = await serve(answer)
    result = await Run(Load("stock", url, long=8, talks=3)).go()
    await runner.cleanup()
    assert len(result.turns) == 24
    assert len({tuple(texts) for texts in said.values()}) == 1
    assert next(iter(said.values()))[1] == next(iter(said.values()))[7]


def test_processes_are_counted_with_their_children() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        pids = processes.family(os.getpid())
        assert {os.getpid(), child.pid} <= set(pids)
        assert processes.cpu_seconds(pids) > 0
        assert processes.memory_mb(pids) > processes.memory_mb([child.pid]) > 0
    finally:
        child.communicate(b"\n")


def test_stock_is_what_rasa_takes_by_default_but_for_language_and_epochs() -> None:
    settings = stock.config(7)
    assert [part["name"] for part in settings["pipeline"]] == [
        "WhitespaceTokenizer", "RegexFeaturizer", "LexicalSyntacticFeaturizer", "CountVectorsFeaturizer",
        "CountVectorsFeaturizer", "DIETClassifier", "EntitySynonymMapper", "ResponseSelector", "FallbackClassifier",
    ]  # fmt: skip
    assert {part["epochs"] for part in settings["pipeline"] + settings["policies"] if "epochs" in part} == {7}
    assert [part["name"] for part in settings["policies"]] == [
        "MemoizationPolicy", "RulePolicy", "UnexpecTEDIntentPolicy", "TEDPolicy",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("grows", "slows", "errors", "holds"),
    [(1.0, 1.0, {}, True), (1.1, 1.0, {}, False), (1.0, 2.0, {}, False), (1.0, 1.0, {"refused": 1}, False)],
)
def test_a_soak_is_judged(grows: float, slows: float, errors: dict[str, int], holds: bool) -> None:
    samples = [(float(at), 100.0 if at < 300 else 500.0 * (grows if at > 1500 else 1.0)) for at in range(0, 1800, 5)]
    turns = [[float(at), 0.02 * (slows if at > 1200 else 1.0), 0.01] for at in range(-10, 1800)]
    got = soak.judge(samples, turns, errors, 1800.0)
    assert got["holds"] is holds
    assert got["turns"] == 1800


class Running:
    """Stands in for an assistant that runs."""

    secret, url, start_up = "", "http://127.0.0.1:1", 5.0

    def __init__(self, name: str, alive: list[str]) -> None:
        self.name, self.alive = name, alive
        alive.append(name)

    def memory(self) -> float:
        return 500.0

    def stop(self) -> None:
        self.alive.remove(self.name)


@pytest.fixture
def alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    project = stock.Project(tmp_path, tmp_path, 10.0, 9.0)
    for name in ("lotsen", "stock", "engine"):
        monkeypatch.setattr(bench, f"start_{name}", lambda *_, name=name: Running(name, found))
    monkeypatch.setattr(bench, "stock_project", lambda *_: project)
    monkeypatch.setattr(bench, "own_project", lambda: project)
    monkeypatch.setattr(bench.setup, "build", lambda show: None)
    monkeypatch.setattr(bench, "HOME", tmp_path)
    monkeypatch.setattr(bench, "RESULTS", tmp_path)
    return found


def answered(load: Load, assistant: Any) -> tuple[dict[str, Any], float]:
    took = 1.0 if load.door == "stock" else 0.01
    turns = [(0.1 * number, took, took) for number in range(load.long * load.talks or (5 if took == 1 else 50))]
    return {"seconds": load.seconds, "turns": turns, "errors": {}, "refused": 0}, took * len(turns)


def test_every_part_is_measured_and_nobody_left_running(
    alive: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "run", answered)
    monkeypatch.setattr(sys, "argv", ["bench.speed", "train", "start", "late", "--repeats", "2"])
    assert bench.main() == 1  # no loads yet
    assert not (tmp_path / "speed.html").exists()
    monkeypatch.setattr(sys, "argv", ["bench.speed", "loads", "--repeats", "1", "--users", "10", "50"])
    assert bench.main() == 0
    assert not alive
    loads = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))["loads"]
    assert {name: set(by) for name, by in loads.items()} == {
        f"{users} users, {kind}": {"lotsen", "stock"} | more
        for users in (10, 50)
        for kind, more in (("without pause", {"engine"}), ("thinking", set()))
    }


def test_nobody_is_left_running_after_a_failure(alive: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("stock did not start")

    monkeypatch.setattr(bench, "start_stock", fail)
    monkeypatch.setattr(sys, "argv", ["bench.speed", "start"])
    with pytest.raises(RuntimeError, match="did not start"):
        bench.main()
    assert not alive


def test_an_unknown_part_is_refused(alive: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bench.speed", "everything"])
    with pytest.raises(SystemExit):
        bench.main()
