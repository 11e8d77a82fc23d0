"""No identifier is kept: 200 are planted in every place of every call, then files, logs and stores are searched.

What stands in memory is counted and printed, not judged. `make canary` is the long form of the same.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import jwt
import pytest

from bot.gateway import web
from bot.gateway.app import create_app
from bot.gateway.sessions import Sessions
from bot.gateway.settings import Settings
from tests.privacy import canary_house, canary_run, canary_teams
from tests.privacy.canary import Canary, Searcher
from tests.privacy.canary_house import House
from tests.privacy.canary_plant import WEB
from tests.teams.microsoft import Microsoft

WAIT = 5.0  # seconds between the forget and the search; `make canary` waits for 60
ONE_IN = 4  # a canary takes every fourth of the ways in; with `make canary` all of them
SECRET = "x" * 40


@pytest.fixture(scope="module")
def flock() -> list[Canary]:
    return canary_run.fresh_flock(random.Random())


@pytest.fixture(scope="module")
def searcher(flock: list[Canary]) -> Searcher:
    return Searcher(flock)


@pytest.fixture(scope="module")
def results(
    flock: list[Canary], searcher: Searcher, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[canary_run.Result]]:
    """Both houses at once, half of the canaries of each kind in each."""
    homes = tmp_path_factory.mktemp("canary")
    with canary_teams.stand_in() as microsoft:
        yield from _run(homes, microsoft, flock, searcher)


def _run(
    homes: Path, microsoft: Microsoft, flock: list[Canary], searcher: Searcher
) -> Iterator[list[canary_run.Result]]:
    env = canary_teams.environment(microsoft)
    houses = [canary_house.start(level, homes / level, **env) for level in ("DEBUG", "WARNING")]
    try:
        for house in houses:
            house.wait_until_ready()
        yield asyncio.run(canary_run.run_all(houses, [flock[0::2], flock[1::2]], searcher, WAIT, ONE_IN, microsoft))
    finally:
        for house in houses:
            house.stop()


def test_two_hundred_of_every_kind(flock: list[Canary]) -> None:
    assert len(flock) == 200
    assert len({canary.kind for canary in flock}) == 20


def test_nothing_is_left(results: list[canary_run.Result], capsys: pytest.CaptureFixture[str]) -> None:
    for result in results:
        with capsys.disabled():
            print(f"\n{result.report()}")
        assert result.files_searched >= 2  # the log and the knowledge base at least
        assert not [(file.name, canary.kind.value) for file, canary in result.in_files]
        assert not [(file.name, canary.kind.value) for file, canary in result.in_late_files]


def test_every_conversation_is_forgotten(results: list[canary_run.Result]) -> None:
    for result in results:
        assert set(result.after_forget) == {401}
        assert result.before_restart == "Nacka"
        assert result.after_restart is None


def test_answers_are_kept_by_nobody(results: list[canary_run.Result]) -> None:
    for result in results:
        assert not result.faults
        assert not result.echoed
        assert {200, 201, 204, 400, 401, 404, 413, 415, 503} <= set(result.statuses)


def test_teams_was_heard_and_says_nothing_back(results: list[canary_run.Result]) -> None:
    for result in results:
        assert {200, 400, 401, 403, 415} <= set(result.teams)


async def test_a_further_store_is_searched(flock: list[Canary], searcher: Searcher) -> None:
    def store() -> list[tuple[str, bytes]]:
        return [("redis: a key", f"x {flock[0].text} y".encode()), ("redis: another", b"nothing")]

    found = canary_run._in_places([store], searcher)
    assert (Path("redis: a key"), flock[0]) in found
    assert {place for place, _ in found} == {Path("redis: a key")}


def test_crashes_are_answered_and_leave_no_dump(results: list[canary_run.Result]) -> None:
    for result in results:
        assert 503 in result.crash_statuses, "the engine was not killed in mid-turn"
        assert result.action_failed, "no action failed"
        assert result.core_limits == {"engine": "0", "gateway": "0"}


def test_logs_have_no_access_lines_and_no_addresses(results: list[canary_run.Result]) -> None:
    for result in results:
        log = result.log.read_text(errors="replace")
        assert WEB not in log
        assert not set(re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", log)) - {"127.0.0.1"}, "an address of a caller"


def test_a_conversation_id_needs_the_secret() -> None:
    claims = {"jti": "a" * 32, "exp": 4_000_000_000}
    ids = {Sessions(key * 40, 60).conversation(jwt.encode(claims, key * 40, "HS256")) for key in "ab"}
    assert len(ids) == 2
    assert all(re.fullmatch(r"[0-9a-f]{40}", one) for one in ids)


async def test_a_failure_nobody_foresaw_is_not_quoted(
    flock: list[Canary], searcher: Searcher, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Starlette raises again what it has answered, and the server would log its text."""

    async def broken(*told: object) -> Iterator[None]:
        raise RuntimeError(flock[0].sentence)
        yield

    monkeypatch.setattr(web, "take_turn", broken)
    app = create_app(Settings("http://127.0.0.1:9", SECRET, SECRET))
    token = app.state.sessions.issue()
    caplog.set_level(logging.DEBUG)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as http:
        answer = await http.post(
            f"{WEB}/messages", json={"message": flock[0].sentence}, headers={"Authorization": f"Bearer {token}"}
        )
    assert answer.status_code == 500
    assert answer.headers["Cache-Control"] == "no-store"
    assert "RuntimeError in /webhooks/web/messages" in caplog.text
    assert not list(searcher.find((caplog.text + answer.text).encode()))


def test_a_leak_would_be_found(flock: list[Canary], searcher: Searcher, tmp_path: Path) -> None:
    """The negative control: every canary, written to a file as a careless program would."""
    for place, canary in enumerate(flock):
        (tmp_path / f"{place}.txt").write_text(f"före {canary.text.lower()}, efter", encoding="utf-8")
    house = House("DEBUG", tmp_path, "", None, time.time() - 60)  # type: ignore[arg-type]
    found = searcher.in_files(canary_house.files_written(house))
    assert {canary for _, canary in found} == set(flock)
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
        assert all(canary in {hit for hit, _ in searcher.find(canary.sentence.encode(encoding))} for canary in flock)


async def test_a_log_that_leaks_would_be_found(flock: list[Canary], searcher: Searcher, tmp_path: Path) -> None:
    handler = logging.FileHandler(tmp_path / "log")
    logger = logging.getLogger("tests.leak")
    logger.addHandler(handler)
    try:
        logger.warning("received %r", flock[-1].sentence)
    finally:
        logger.removeHandler(handler)
        handler.close()
    assert [canary for _, canary in searcher.in_files([tmp_path / "log"])] == [flock[-1]]


def test_memory_is_really_read(flock: list[Canary]) -> None:
    """A canary that this process holds is found in its memory."""
    try:
        found = canary_house.in_memory(os.getpid(), Searcher(flock[:1]))
    except OSError as error:
        pytest.fail(f"memory cannot be read here: {error}")
    assert flock[0] in found
