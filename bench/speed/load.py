"""People who write at the same time: a process of its own, so that what it costs is not counted for the assistants.

    python -m bench.speed.load < load.json > result.json

Each person waits for the answer, thinks, and writes again; when a conversation is over a new one begins. Bounded in
time and number, on loopback only, always the same for a seed.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import aiohttp

from bench.speed.conversations import LOOP, conversations
from bench.speed.doors import DOORS, Door, Failed, Refused

MOST_SECONDS = 3600.0
MOST_TURNS = 100_000
PATIENCE = 60.0  # seconds for an answer


@dataclass
class Load:
    """What to do: who is asked, by how many people, for how long."""

    door: str
    url: str
    secret: str = ""
    users: int = 1
    seconds: float = 10.0  # that are measured
    warm_up: float = 2.0  # seconds before, in which the same goes on
    think: tuple[float, float] | None = None  # shortest and longest pause before a message, seconds
    pace: float | None = None  # messages a second from all people together, whatever the answers take
    seed: int = 1
    long: int = 0  # instead of all that: one person, conversations of so many turns, always the same texts
    talks: int = 1  # how many of those


@dataclass
class Result:
    """What came of it. A turn is (said at, took, first byte), in seconds; `said at` is negative in the warm-up."""

    seconds: float
    turns: list[tuple[float, float, float]] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    refused: int = 0


class Run:
    """One load on its way."""

    def __init__(self, load: Load) -> None:
        """Take the load.

        Raises:
            ValueError: when it is not bounded, or not for this machine.
        """
        if not load.url.startswith("http://127.0.0.1:"):
            raise ValueError("a load is for 127.0.0.1 only")
        if load.seconds + load.warm_up > MOST_SECONDS:
            raise ValueError(f"a load lasts {MOST_SECONDS:.0f} s at most")
        self.load = load
        self.result = Result(load.seconds)
        self.chance = random.Random(load.seed)
        self.begins = time.perf_counter() + load.warm_up
        self.ends = self.begins + load.seconds
        self.left = MOST_TURNS

    async def go(self) -> Result:
        """Let everybody write until the time is over, and wait for the last answers."""
        limits = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=limits) as http:
            door = DOORS[self.load.door](http, self.load.url, self.load.secret)
            if self.load.long:
                await self._long_talks(door)
                return self.result
            said = conversations(self.load.seed)
            await asyncio.gather(*(self._person(door, said) for _ in range(self.load.users)))
        return self.result

    async def _person(self, door: Door, said: Iterator[list[str]]) -> None:
        await asyncio.sleep(self.chance.random() * min(1.0, self.load.warm_up))  # nobody begins at the same time
        for texts in said:
            try:
                conversation = await door.open()
                for text in texts:
                    await self._pause()
                    if time.perf_counter() >= self.ends or self.left <= 0:
                        return
                    self.left -= 1
                    await self._say(door, conversation, text)
            except Refused as refusal:  # as the widget does: a person who cannot get in does not knock without a pause
                self.result.refused += 1
                await asyncio.sleep(min(refusal.seconds, max(0.0, self.ends - time.perf_counter())))
                if time.perf_counter() >= self.ends:
                    return
            except (Failed, aiohttp.ClientError, OSError, TimeoutError) as error:
                name = str(error) if isinstance(error, Failed) else type(error).__name__
                self.result.errors[name] = self.result.errors.get(name, 0) + 1
                if time.perf_counter() >= self.ends:
                    return

    async def _say(self, door: Door, conversation: str, text: str) -> None:
        at = time.perf_counter()
        soon = await door.say(conversation, text)
        self.result.turns.append((at - self.begins, time.perf_counter() - at, soon))

    async def _long_talks(self, door: Door) -> None:
        for _ in range(self.load.talks):
            conversation = await door.open()
            for turn in range(self.load.long):
                await self._say(door, conversation, LOOP[turn % len(LOOP)])

    async def _pause(self) -> None:
        if self.load.think:
            await asyncio.sleep(self.chance.uniform(*self.load.think))
        elif self.load.pace:
            await asyncio.sleep(self.chance.expovariate(self.load.pace / self.load.users))


def main() -> None:
    """Read a load and write what came of it."""
    asked: dict[str, Any] = json.load(sys.stdin)
    json.dump(asdict(asyncio.run(_go(Load(**asked)))), sys.stdout)


async def _go(load: Load) -> Result:
    return await Run(load).go()


if __name__ == "__main__":
    main()
