"""One house for all tests here: starting its engines is what takes the time."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.gateway.engine import EngineClient
from bot.gateway.sessions import Sessions
from knowledge.build import build
from tests.conftest import ROOT
from tests.operating import parts
from tests.operating.parts import SECRETS, Part
from tests.operating.person import Person
from tests.unit.knowledge.databases import postgres

ROWS = pytest.StashKey[list[tuple[str, str, str]]]()
WELL = 120.0  # seconds until a house must be well again, by itself


@dataclass
class House:
    """Everything that runs. Engine a reads its facts from Postgres, engine b from a file, so that both can break."""

    folder: Path
    redis: Part
    redis_url: str
    engines: dict[str, Part]
    engine_urls: dict[str, str]
    gateways: dict[str, Part]
    gateway_urls: dict[str, str]
    knowledge: Path
    postgres_folder: Path
    good_facts: bytes

    @property
    def parts(self) -> list[Part]:
        """All processes of ours."""
        return [self.redis, *self.engines.values(), *self.gateways.values()]

    def fault(self, name: str, text: str = "") -> Path:
        """Switch a fault on."""
        file = self.folder / "faults" / name
        file.write_text(text)
        return file

    def no_faults(self) -> None:
        """Switch all faults off."""
        for file in (self.folder / "faults").iterdir():
            file.unlink()

    def turn_clocks(self, seconds: float) -> None:
        """Let the clocks of both engines jump."""
        self.fault("clock", str(seconds))
        for part in self.engines.values():
            os.kill(part.pid, signal.SIGUSR2)
        deadline = time.monotonic() + 10
        told = [self.folder / "faults" / f"clock of {part.pid}" for part in self.engines.values()]
        while not all(file.exists() and file.read_text() == str(float(seconds)) for file in told):
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def postgres_processes(self) -> list[int]:
        """The server and its children."""
        server = int((self.postgres_folder / "data/postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        return [server, *map(int, children)]

    def engine_of(self, person: Person) -> str:
        """Return the name of the engine that a person's messages go to first."""
        conversation = Sessions(SECRETS["LOTSEN_SESSION_SECRET"], 1).conversation(person.token)
        client = EngineClient(",".join(self.engine_urls.values()), "")
        first = client._order(conversation)[0].url
        return next(name for name, url in self.engine_urls.items() if url == first)

    def arrive(self, gateway: str = "1", engine: str | None = None) -> Person:
        """Let a person in; with `engine`, one whose messages go there first."""
        while True:
            person = Person.arrive(self.gateway_urls[gateway])
            if engine is None or self.engine_of(person) == engine:
                return person
            person.leave()

    def revive(self) -> None:
        """Start what has died, as Docker, Kubernetes and `python -m bot` do, and wait until all is well."""
        dead = [part for part in self.parts if part.process is None or part.process.poll() is not None]
        for part in dead:
            part.start()
        for part in dead:
            part.wait()
        self.wait_until_well()

    def wait_until_well(self) -> None:
        """Wait until both gateways say that they are ready, and have taken back every engine."""
        deadline = time.monotonic() + WELL
        for url in self.gateway_urls.values():
            while True:
                with suppress(httpx.HTTPError):
                    if httpx.get(f"{url}/readyz", timeout=2, trust_env=False).status_code == 200:
                        break
                assert time.monotonic() < deadline, f"{url} is not well again"
                time.sleep(0.1)
        for part in self.engines.values():
            while not part.answers():
                assert time.monotonic() < deadline, f"engine {part.name} is not well again"
                time.sleep(0.1)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The house, with all its parts running."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "faults").mkdir()
    knowledge = folder / "knowledge.db"
    shutil.copy(ROOT / "var/knowledge.db", knowledge)
    with postgres() as facts:
        redis, redis_url = parts.redis_server(folder)
        shared = {"LOTSEN_REDIS_URL": redis_url}
        a, url_a = parts.engine("a", folder, **shared, LOTSEN_DATABASE_URL=facts)
        b, url_b = parts.engine("b", folder, **shared, LOTSEN_DATABASE_URL=f"sqlite:///{knowledge}")
        both = {**shared, "LOTSEN_ENGINE_URL": f"{url_a},{url_b}"}
        one, url_one = parts.gateway("1", folder, **both, LOTSEN_DRAIN_SECONDS="1")
        two, url_two = parts.gateway("2", folder, **both)
        sockets = Path(parse_qs(urlsplit(facts).query)["host"][0])
        running = House(
            folder, redis, redis_url, {"a": a, "b": b}, {"a": url_a, "b": url_b},
            {"1": one, "2": two}, {"1": url_one, "2": url_two}, knowledge, sockets, knowledge.read_bytes(),
        )  # fmt: skip
        build(facts)
        try:
            redis.start()
            redis.wait()
            for part in running.parts[1:]:
                part.start()
            for part in running.parts[1:]:
                part.wait()
            running.wait_until_well()
            yield running
        finally:
            for part in running.parts:
                part.end()


@pytest.fixture
def well(house: House) -> Iterator[House]:
    """The house, made well again after the test."""
    yield house
    house.no_faults()
    house.revive()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table of faults (`make faults`)."""
    rows = config.stash.get(ROWS, [])
    if rows:
        wide = max(len(row[0]) for row in rows)
        terminalreporter.section("faults: what broke, what the person saw within 2 s, what came after")
        for what, saw, after in rows:
            terminalreporter.line(f"{what:{wide}}  {saw:28}  {after}")
