"""The table of faults: what breaks in the middle of a conversation, and what the two people in it see within 2 s.

Whatever breaks, an answer holds 112 and a staffed line, nobody gets anybody else's conversation, and everything is well
again afterwards without anyone's hand. `make faults` prints the table.
"""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest

from tests.operating.conftest import ROWS, House
from tests.operating.person import Person

Break = Callable[[House], object]
REAL, CARD, SORRY = "a real answer", "emergency card", "apology with 112 and a line"
HOUR = 3600.0


@dataclass(frozen=True)
class Fault:
    """A row: what breaks, what the person may see then, and what is done to mend it, as time or an operator does."""

    name: str
    breaks: Break
    saw: str
    mends: Break = lambda house: None
    at: str = "a"  # the engine that the people talk to
    forgets: bool = False  # whether conversations end with it, and people are told so


def each(parts: str, act: str, *arguments: object) -> Break:
    """Return what does something to all engines, or all gateways."""

    def do(house: House) -> None:
        for part in getattr(house, parts).values():
            getattr(part, act)(*arguments)

    return do


def one(name: str, act: str) -> Break:
    """Return what does something to an engine."""
    return lambda house: getattr(house.engines[name], act)()


def fault(name: str) -> Break:
    """Return what switches a fault on in both engines."""
    return lambda house: house.fault(name)


def cured(house: House) -> None:
    """Switch faults off."""
    house.no_faults()


def to_postgres(sign: int) -> Break:
    """Return what sends a signal to the server and all its children."""

    def send(house: House) -> None:
        for pid in house.postgres_processes():
            with suppress(ProcessLookupError):
                os.kill(pid, sign)

    return send


def overwrite_facts(content: Callable[[bytes], bytes]) -> Break:
    """Return what changes the bytes of the database under the feet of engine b."""
    return lambda house: house.knowledge.write_bytes(content(house.good_facts))


def restore_facts(house: House) -> None:
    """Put the database back, as the next build does."""
    fresh = house.knowledge.with_suffix(".fresh")
    fresh.write_bytes(house.good_facts)
    fresh.replace(house.knowledge)


def empty_facts(house: House) -> None:
    """Take the rows away, as a build that ended half-way would without its transaction."""
    with sqlite3.connect(house.knowledge) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("DELETE FROM service")
    database.close()


def slow_reload(house: House) -> None:
    """Let reading take longer than anybody waits, just when there is something new to read."""
    house.fault("slow disk")
    os.utime(house.knowledge)


def no_handles(part: str) -> Break:
    """Return what leaves processes no handle beyond those they have."""

    def do(house: House) -> None:
        for one in getattr(house, part).values():
            one.limit(resource.RLIMIT_NOFILE, len(os.listdir(f"/proc/{one.pid}/fd")))

    return do


FAULTS = [
    Fault("engine killed", one("a", "kill"), REAL),
    Fault("engine hangs", one("a", "freeze"), REAL, one("a", "thaw")),
    Fault("both engines killed", each("engines", "kill"), CARD),
    Fault("both engines hang", each("engines", "freeze"), CARD, each("engines", "thaw")),
    Fault("action raises", fault("action raises"), SORRY, cured),
    Fault("action crashes outside its guard", fault("action crashes"), SORRY, cured),
    Fault("action hangs", fault("action hangs"), SORRY, cured),
    Fault("action blocks the process", fault("action blocks"), CARD, cured),
    Fault("Postgres hangs", to_postgres(signal.SIGSTOP), REAL, to_postgres(signal.SIGCONT)),
    Fault("Redis killed", lambda house: house.redis.kill(), CARD, forgets=True),
    Fault("Redis hangs", lambda house: house.redis.freeze(), CARD, lambda house: house.redis.thaw()),
    Fault(
        "disk full: engines", each("engines", "limit", resource.RLIMIT_FSIZE, 0), REAL,
        each("engines", "limit", resource.RLIMIT_FSIZE),
    ),
    Fault(
        "disk full: gateways", each("gateways", "limit", resource.RLIMIT_FSIZE, 0), REAL,
        each("gateways", "limit", resource.RLIMIT_FSIZE),
    ),
    Fault("out of handles: engines", no_handles("engines"), REAL, each("engines", "limit", resource.RLIMIT_NOFILE)),
    Fault("out of handles: gateways", no_handles("gateways"), REAL, each("gateways", "limit", resource.RLIMIT_NOFILE)),
    Fault("slow disk", slow_reload, REAL, cured, at="b"),
    Fault("clock an hour ahead", lambda house: house.turn_clocks(HOUR), REAL, lambda house: house.turn_clocks(0)),
    Fault("clock an hour behind", lambda house: house.turn_clocks(-HOUR), REAL, lambda house: house.turn_clocks(0)),
    Fault("facts: garbage", overwrite_facts(lambda good: os.urandom(len(good))), REAL, restore_facts, at="b"),
    Fault("facts: half-written", overwrite_facts(lambda good: good[: len(good) // 2]), REAL, restore_facts, at="b"),
    Fault("facts: no rows", empty_facts, REAL, restore_facts, at="b"),
    Fault("facts: gone", lambda house: house.knowledge.unlink(), REAL, restore_facts, at="b"),
    Fault("Postgres killed", to_postgres(signal.SIGKILL), REAL),  # last: it is not started again
]  # fmt: skip


def seen(person: Person) -> str:
    """Ask in the middle of it all; the answer must help, and come within the client's two seconds."""
    heard = person.asks()
    assert heard.helps, heard
    return heard.saw


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.name)
def test_fault(well: House, row: Fault, pytestconfig: pytest.Config) -> None:
    homes = {"Nacka": well.arrive("1", row.at), "Huddinge": well.arrive("2", row.at)}
    for place, person in homes.items():
        assert person.lives_in(place).status == 200
    row.breaks(well)
    try:
        saw = [seen(person) for person in homes.values()]
    finally:
        row.mends(well)
    assert set(saw) == {row.saw}
    well.revive()
    after = "goes on"
    for place, person in homes.items():
        if row.forgets:
            assert person.asks().status == 401  # "Samtalet har avslutats och är glömt. Börja ett nytt samtal."
            person = well.arrive()
            person.lives_in(place)
            after = "is told that it ended, begins anew"
        heard = person.asks()
        assert heard.saw == REAL, heard
        assert person.place == place
    pytestconfig.stash.setdefault(ROWS, []).append((row.name, row.saw, after))


def test_a_crowd_of_idle_connections_keeps_nobody_out(well: House) -> None:
    """Handles for 60 connections, and 100 that said something once and stay: each is ended with its answer."""
    import httpx

    part = well.gateways["1"]
    part.limit(resource.RLIMIT_NOFILE, len(os.listdir(f"/proc/{part.pid}/fd")) + 60)
    idle = [httpx.Client(base_url=well.gateway_urls["1"], timeout=2, trust_env=False) for _ in range(100)]
    try:
        for client in idle:
            assert client.get("/healthz").status_code == 200
        assert well.arrive("1").asks().saw == REAL
    finally:
        for client in idle:
            client.close()
        part.limit(resource.RLIMIT_NOFILE)


def test_a_broken_model_is_said_and_serves_nobody(well: House) -> None:
    """The engine that is to take it into use stops with a sentence; the other goes on, and so does the conversation."""
    person = well.arrive(engine="a")
    person.lives_in("Nacka")
    part, good = well.engines["a"], dict(well.engines["a"].env)
    part.stop()
    broken = well.folder / "broken.tar.gz"
    broken.write_bytes(os.urandom(100_000))
    part.env["LOTSEN_MODEL"] = str(broken)
    part.start()
    assert part.process
    assert part.process.wait(timeout=120) != 0
    assert "går inte att läsa" in part.log.read_text(errors="replace")
    assert seen(person) == REAL
    assert person.place == "Nacka"
    part.env = good
