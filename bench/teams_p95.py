"""`python -m bench.teams_p95`: what a connector that answers after 5 s costs the people on the web.

    python -m bench.teams_p95 [--rounds NUMBER] [--delay SECONDS]

The real engine and gateway, with the same Teams traffic all the time: in every other round the connector answers at
once, in the others after the delay. Prints both p95 figures of a web turn in milliseconds; exit status 1 when the slow
connector makes it more than a quarter longer (two equal rounds differ by that much on a busy machine).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

import httpx

from bot.gateway import engine
from bot.gateway.app import create_app
from bot.gateway.settings import Settings
from bot.gateway.teams import Teams
from tests.chat import Chat
from tests.conftest import start_engine
from tests.teams import microsoft as local
from tests.teams.microsoft import FixedTokens, Microsoft

TURNS = 20  # web turns a round
TEAMS = 10  # conversations in Teams that write during a round
MOST = 1.25


def p95(times: list[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return sorted(times)[int(len(times) * 0.95)] * 1000


async def one_round(http: httpx.AsyncClient, microsoft: Microsoft, number: int) -> list[float]:
    """Let Teams write while one person on the web does; return the web's times in seconds."""
    for place in range(TEAMS):
        there = {"conversationType": "personal", "id": f"a:{number}-{place}"}
        call = microsoft.activity("/hotline", conversation=there)
        await http.post("/api/messages", json=call, headers={"Authorization": microsoft.header()})
    chat = await Chat.open(http)
    times = []
    for _ in range(TURNS):
        began = time.perf_counter()
        await chat.say("/hotline")
        times.append(time.perf_counter() - began)
    return times


async def measure(rounds: int, delay: float) -> dict[float, list[float]]:
    """Return the web's times for a connector without and with the delay."""
    engine.LIMIT = 60.0
    found: dict[float, list[float]] = {0.0: [], delay: []}
    microsoft, server = local.start()
    with tempfile.TemporaryDirectory() as folder:
        running = start_engine(Path(folder) / "engine.log")
        try:
            settings = Settings(
                running.url, running.secret, "x" * 40, messages_per_minute=10_000, sessions_per_minute=10_000,
                teams=microsoft.settings(),
            )  # fmt: skip
            app = create_app(settings)
            app.state.teams = Teams(app.state, FixedTokens(microsoft.settings()))
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lotsen") as http:
                await one_round(http, microsoft, -1)  # warm
                for number in range(2 * rounds):
                    await app.state.teams.queues.idle()
                    microsoft.delay = delay * (number % 2)
                    found[microsoft.delay] += await one_round(http, microsoft, number)
                await app.state.teams.queues.idle()
        finally:
            running.process.kill()
            running.process.wait(timeout=20)
            server.should_exit = True
    return found


def main(arguments: list[str]) -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description="A slow connector beside the web.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--delay", type=float, default=5.0)
    options = parser.parse_args(arguments)
    found = asyncio.run(measure(options.rounds, options.delay))
    fast, slow = p95(found[0.0]), p95(found[options.delay])
    print(json.dumps({"turns": len(found[0.0]), "p95_ms": round(fast, 1), "p95_ms_slow_connector": round(slow, 1),
                      "ratio": round(slow / fast, 3)}))  # fmt: skip
    return 0 if slow <= MOST * fast else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
