"""What a turn costs in the gateway, and what a crowd is told.

    python -m bench.gateway [--seconds S] [--users N]

Engine and gateway run as `make run` starts them, with the model that is there; processor time is read for each from
/proc. Then a crowd writes without a pause: those whom there is no room for must be told so at once. In one round each
person waits as long as the answer asks (Retry-After), in the other nobody waits.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import numpy as np

from bench.speed.assistants import NO_LIMITS, start_engine
from bench.speed.conversations import conversations
from bench.speed.processes import cpu_seconds
from bench.speed.stock import HOME, ROOT
from bot.__main__ import FORGETFUL_MEMORY, free_port

FEW = 4  # people at the same time, when a turn is measured
CALLS = 1000  # of the bare call
TEXTS = 60  # conversations whose texts are scrubbed
SCRUB = "bench.gateway --scrub"


@dataclass
class Crowd:
    """People who write without a pause, and what came back: (status, seconds) of each message."""

    url: str
    seconds: float
    waits: bool = True  # as long as a refusal asks
    came: list[tuple[int, float]] = field(default_factory=list)

    async def go(self, users: int) -> None:
        """Let all write until the time is over."""
        self.ends = time.perf_counter() + self.seconds
        said = conversations(1)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            await asyncio.gather(*(self._person(http, said, number / users) for number in range(users)))

    async def _person(self, http: aiohttp.ClientSession, said: Iterator[list[str]], late: float) -> None:
        await asyncio.sleep(late)
        for texts in said:
            token = await self._post(http, "session", {}, {})
            for text in texts if token else ():
                headers = {"Authorization": f"Bearer {token['session']}"}
                await self._post(http, "messages?stream=true", {"message": text}, headers)
            if time.perf_counter() >= self.ends:
                return

    async def _post(self, http: aiohttp.ClientSession, path: str, body: dict[str, str], headers: dict[str, str]) -> Any:
        """Say it until it is taken or the time is over; return a new session."""
        while time.perf_counter() < self.ends:
            begun = time.perf_counter()
            async with http.post(f"{self.url}/webhooks/web/{path}", json=body, headers=headers) as answer:
                whole = await answer.read()
            if path != "session":
                self.came.append((answer.status, time.perf_counter() - begun))
            if answer.status < 400:
                return json.loads(whole) if path == "session" else None
            if self.waits:
                await asyncio.sleep(float(answer.headers.get("Retry-After", "0")))
        return None


@contextmanager
def lotsen() -> Iterator[tuple[str, int, int]]:
    """Run engine and gateway; yield the gateway's address and both process ids, the gateway's first."""
    engine, port = start_engine(HOME), free_port()
    env = {
        **os.environ,
        **FORGETFUL_MEMORY,
        **NO_LIMITS,
        "LOTSEN_ENGINE_URL": engine.url,
        "LOTSEN_ENGINE_SECRET": engine.secret,
        "LOTSEN_PORT": str(port),
    }
    url = f"http://127.0.0.1:{port}"
    gateway = subprocess.Popen([sys.executable, "-m", "bot.gateway"], cwd=ROOT, env=env)
    try:
        asyncio.run(ready(url, gateway))
        yield url, gateway.pid, engine.processes[0].pid
    finally:
        gateway.terminate()
        gateway.wait()
        engine.stop()


async def ready(url: str, gateway: subprocess.Popen[bytes]) -> None:
    """Wait until the gateway answers, and the engine through it."""
    async with aiohttp.ClientSession() as http:
        while gateway.poll() is None:
            with suppress(aiohttp.ClientConnectorError):
                async with http.get(f"{url}/readyz") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.1)
    raise RuntimeError("the gateway did not start")


async def bare_calls(url: str) -> None:
    """Ask for what costs nothing but to be asked."""
    async with aiohttp.ClientSession() as http:
        for _ in range(CALLS):
            async with http.get(f"{url}/healthz") as answer:
                await answer.read()


def scrub_ms() -> float:
    """Return the processor ms that the scrubber takes for a text, in memory that forgets, as the gateway has it."""
    command = [sys.executable, "-W", "ignore", "-m", *SCRUB.split()]
    env = {**os.environ, **FORGETFUL_MEMORY}
    return float(subprocess.run(command, env=env, cwd=ROOT, capture_output=True, check=True, text=True).stdout)


def scrub_all() -> float:
    """Scrub what is said in the load, twice; return the processor ms of a text the second time."""
    from bot.privacy import scrub

    texts = [text for said in itertools.islice(conversations(1), TEXTS) for text in said if not text.startswith("/")]
    for _ in range(2):
        begun = time.process_time()
        for text in texts:
            scrub(text)
        took = time.process_time() - begun
    return took / len(texts) * 1000


def turn(url: str, gateway: int, engine: int, seconds: float) -> dict[str, float]:
    """Return the processor ms of a turn, by process and by part."""
    asyncio.run(Crowd(url, min(3.0, seconds)).go(FEW))
    before = cpu_seconds([gateway])
    asyncio.run(bare_calls(url))
    bare = (cpu_seconds([gateway]) - before) / CALLS * 1000
    before, before_engine = cpu_seconds([gateway]), cpu_seconds([engine])
    crowd = Crowd(url, seconds)
    asyncio.run(crowd.go(FEW))
    turns = len(crowd.came)
    whole = (cpu_seconds([gateway]) - before) / turns * 1000
    scrubbing = scrub_ms()
    return {
        "turns": turns,
        "gateway": whole,
        "of that, a call that does nothing": bare,
        "of that, the scrubber": scrubbing,
        "of that, token, limits, engine's answer": whole - bare - scrubbing,
        "engine": (cpu_seconds([engine]) - before_engine) / turns * 1000,
    }


def overload(url: str, users: int, seconds: float, waits: bool) -> dict[str, float]:
    """Return how many were answered and refused, and how long each took to hear it (ms)."""
    crowd = Crowd(url, seconds, waits)
    asyncio.run(crowd.go(users))
    served = [took * 1000 for status, took in crowd.came if status == 200]
    refused = [took * 1000 for status, took in crowd.came if status == 503]
    return {
        "messages": len(crowd.came),
        "answered a second": len(served) / seconds,
        "refused": len(refused) / len(crowd.came),
        "other": len(crowd.came) - len(served) - len(refused),
        "answered p50 ms": float(np.percentile(served or [np.nan], 50)),
        "answered p95 ms": float(np.percentile(served or [np.nan], 95)),
        "refused p50 ms": float(np.percentile(refused or [np.nan], 50)),
        "refused p95 ms": float(np.percentile(refused or [np.nan], 95)),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--users", type=int, default=200, help="in the crowd")
    parser.add_argument("--scrub", action="store_true", help="the scrubber only")
    chosen = parser.parse_args()
    if chosen.scrub:
        print(scrub_all())
        return
    HOME.mkdir(parents=True, exist_ok=True)
    with lotsen() as (url, gateway, engine):
        show("processor ms of a turn", turn(url, gateway, engine, chosen.seconds))
        for waits in (True, False):
            title = f"{chosen.users} people, {'waiting when asked to' if waits else 'never waiting'}"
            show(title, overload(url, chosen.users, chosen.seconds, waits))


def show(title: str, figures: dict[str, float]) -> None:
    """Print figures below each other."""
    print(title)
    for name, value in figures.items():
        print(f"  {name:42}{value:10.2f}", flush=True)


if __name__ == "__main__":
    main()
