"""One run of the canaries through a house: plant, forget, wait, search; then crash what can crash, and search again."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.conftest import ROOT
from tests.privacy import canary_house
from tests.privacy.canary import EACH, Canary, Searcher, hatch
from tests.privacy.canary_house import House
from tests.privacy.canary_plant import WEB, Planter
from tests.privacy.canary_teams import TeamsPlanter
from tests.teams.microsoft import Microsoft

# A further store to search, read when it is called: what each thing in it is called, and its bytes.
Place = Callable[[], Iterable[tuple[str, bytes]]]

PARTS = ("engine", "gateway")
IN_CRASHES = 10  # canaries that are said again while things break
MUNICIPALITY = '/inform{"municipality": "Nacka"}'


@dataclass
class Result:
    """What was planted in one house and what was found."""

    level: str
    log: Path
    planted: int
    statuses: dict[int, int] = field(default_factory=dict)
    teams: dict[int, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    echoed: list[str] = field(default_factory=list)
    after_forget: list[int] = field(default_factory=list)
    before_restart: str | None = None
    after_restart: str | None = None
    memory: dict[str, Counter[Canary] | str] = field(default_factory=dict)
    files_searched: int = 0
    in_files: list[tuple[Path, Canary]] = field(default_factory=list)
    in_late_files: list[tuple[Path, Canary]] = field(default_factory=list)
    core_limits: dict[str, str] = field(default_factory=dict)
    crash_statuses: dict[int, int] = field(default_factory=dict)
    action_failed: bool = False

    def report(self) -> str:
        """Return the figures in a few lines."""
        lines = [
            f"log level {self.level}: {self.planted} identifiers in {sum(self.statuses.values())} calls, answered "
            + ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items())),
            f"  Teams: {sum(self.teams.values())} activities, answered "
            + ", ".join(f"{status}: {count}" for status, count in sorted(self.teams.items())),
            f"  files, logs and stores: {len(self.in_files)} found in {self.files_searched} files written; "
            f"{len(self.in_late_files)} after the crashes",
        ]
        for part, found in self.memory.items():
            if isinstance(found, str):
                lines.append(f"  memory of {part}: {found}")
            else:
                kinds = Counter(canary.kind.value for canary in found)
                lines.append(
                    f"  memory of {part}: {len(found)} of {self.planted} identifiers, {found.total()} copies"
                    + "".join(f"; {kind} {count}" for kind, count in kinds.most_common())
                )
        if self.echoed:
            lines.append(f"  said back to the caller: {dict(Counter(self.echoed))}")
        return "\n".join(lines)


def fresh_flock(rng: random.Random, each: int = EACH) -> list[Canary]:
    """Return canaries that occur nowhere in the tree, so that what is found was planted by this run."""
    written = (".py", ".jsonl", ".yml", ".yaml", ".md", ".db")
    tops = ("tests", "knowledge", "data", "bot", "bench", "docs", "var")
    files = (file for top in tops for file in sorted((ROOT / top).rglob("*")) if file.suffix in written)
    return hatch(rng, b"\0".join(file.read_bytes() for file in files), each)


async def run_all(
    houses: list[House],
    flocks: list[list[Canary]],
    searcher: Searcher,
    wait: float,
    one_in: int = 1,
    microsoft: Microsoft | None = None,
) -> list[Result]:
    """Run through several houses at once."""
    pairs = zip(houses, flocks, strict=True)
    return list(await asyncio.gather(*(run(*pair, searcher, wait, one_in, microsoft) for pair in pairs)))


async def run(
    house: House,
    flock: list[Canary],
    searcher: Searcher,
    wait: float,
    one_in: int = 1,
    microsoft: Microsoft | None = None,
    places: Iterable[Place] = (),
) -> Result:
    """Plant, forget, wait `wait` seconds, search; then break the house, say more, and search again.

    Args:
        house: a running house.
        flock: what is planted.
        searcher: finds them.
        wait: seconds between the forget and the search.
        one_in: of the ways in on the web, a canary takes every so many.
        microsoft: the stand-in that the house's Teams talks to; no Teams without it.
        places: more stores to search than files: each returns their name and bytes when it is called.
    """
    result = Result(house.level, house.log, len(flock))
    planter = Planter(house.url, searcher, one_in)
    sessions = await planter.plant_all(flock)
    if microsoft is not None:
        teams = TeamsPlanter(house.url, microsoft)
        await teams.plant_all(flock[::one_in])
        result.teams = teams.statuses
        result.echoed += [f"teams: {canary.kind.value}" for canary in teams.echoed(searcher)]
    result.before_restart, result.after_restart = await _restart(planter)
    result.after_forget = await planter.forget(sessions)
    await planter.close()
    await asyncio.sleep(wait)
    for part in PARTS:
        try:
            result.memory[part] = await asyncio.to_thread(canary_house.in_memory, house.part(part), searcher)
        except OSError as error:
            result.memory[part] = f"not searched, the kernel refused: {type(error).__name__}"
    files = _files(house)
    result.files_searched, result.in_files = len(files), searcher.in_files(files) + _in_places(places, searcher)
    result.core_limits = {part: _core_limit(house.part(part)) for part in PARTS}

    crashing = Planter(house.url, searcher)
    await _crash(house, crashing, flock[:: max(1, len(flock) // IN_CRASHES)])
    await crashing.close()
    result.crash_statuses = crashing.answers.statuses
    result.action_failed = re.search(r"action \w+ failed: \w+", house.log.read_text(errors="replace")) is not None
    result.in_late_files = searcher.in_files(_files(house)) + _in_places(places, searcher)
    for seen in (planter.answers, crashing.answers):
        result.faults += seen.faults
        result.echoed += [place for place, _ in seen.echoed]
        for status, count in seen.statuses.items():
            result.statuses[status] = result.statuses.get(status, 0) + count
    return result


async def _restart(planter: Planter) -> tuple[Any, Any]:
    session = await planter.open()
    places = []
    for said in (MUNICIPALITY, "/restart"):
        await planter.call("POST", f"{WEB}/messages", json={"message": said}, headers=session)
        answer = await planter.call("GET", f"{WEB}/situation", headers=session)
        places.append(answer.json()["situation"]["municipality"])
    return places[0], places[1]


async def _crash(house: House, planter: Planter, flock: list[Canary]) -> None:
    """Kill the engine in mid-turn, then let every action of the next one fail, then knock at the engine's own door."""
    sessions = [await planter.open() for _ in flock]
    house.knowledge.write_bytes(b"not a database")
    engine = house.part("engine")
    os.kill(engine, signal.SIGSTOP)  # so that the turns are under way, and stay so
    turns = [asyncio.ensure_future(planter.say(*pair)) for pair in zip(flock, sessions, strict=True)]
    await asyncio.sleep(0.5)
    os.kill(engine, signal.SIGKILL)
    await asyncio.gather(*turns)
    await asyncio.to_thread(house.wait_until_ready)
    for canary in flock:
        session = await planter.open()
        await planter.say(canary, session)
        for said in (f"vilka stödlinjer finns? {canary.sentence}", MUNICIPALITY):
            await planter.call("POST", f"{WEB}/messages", json={"message": said}, headers=session)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{house.engine_port()}") as door:
        for canary in flock:
            headers = {"Authorization": b"Bearer " + canary.text.encode(), "User-Agent": canary.text.encode()}
            for path in ("messages", f"conversations/{canary.text}/situation", canary.text):
                answer = await door.post(f"/webhooks/engine/{path}", json={"text": canary.text}, headers=headers)
                assert answer.status_code in (401, 404, 405)


def _in_places(places: Iterable[Place], searcher: Searcher) -> list[tuple[Path, Canary]]:
    """Search stores that are no files of this machine; a name stands in for the path."""
    return [(Path(name), canary) for place in places for name, data in place() for canary, _ in searcher.find(data)]


def _files(house: House) -> list[Path]:
    opened = set().union(*(canary_house.open_files(house.part(part)) for part in PARTS))
    return sorted(opened.union(canary_house.files_written(house)))


def _core_limit(pid: int) -> str:
    limits = Path(f"/proc/{pid}/limits").read_text()
    return re.search(r"Max core file size\s+(\S+)", limits)[1]  # type: ignore[index]
