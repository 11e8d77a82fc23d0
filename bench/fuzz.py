"""`make fuzz`, conversations: invented ones through gateway and engine; no crash, no logged failure, no empty answer.

    python -m bench.fuzz [--conversations 10000] [--seed 1] [--at-once 8]

An engine is started for it; the gateway runs in this process. Exit status 1 for any fault; each is shown with its seed.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import secrets
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import httpx

from bench.fuzz_talk import Talk, talk
from bot.gateway import engine as gateway
from bot.gateway.app import create_app
from bot.gateway.settings import Settings
from tests.conftest import Engine, start_engine

URL = "/webhooks/web"
# What must never be said to anybody: names of code, and failures.
INTERNAL = ("utter_", "action_", "Traceback", "Exception", "Undefined", "{types}", "None")
SHOWN = 20


class Figures:
    """What was sent, how long it took, and what went wrong."""

    def __init__(self) -> None:
        self.talks = 0
        self.seconds: list[float] = []
        self.kinds: Counter[str] = Counter()
        self.faults: list[str] = []

    def turn(self, where: str, answer: httpx.Response, seconds: float) -> None:
        """Take in one answer to a message."""
        self.seconds.append(seconds)
        messages = answer.json().get("messages", []) if answer.status_code == 200 else []
        if answer.status_code != 200:
            self.faults.append(f"{where}: status {answer.status_code}")
        elif not messages or not all(_says_something(message) for message in messages):
            self.faults.append(f"{where}: an empty answer")
        said = " ".join(message["text"] for message in messages)
        self.faults += [f"{where}: says {word!r}" for word in INTERNAL if word in said]
        self.kinds.update(message.get("custom", {}).get("kind", "text") for message in messages)

    def told(self) -> str:
        """Return the figures as text."""
        ranked = sorted(self.seconds) or [0.0]
        middle, high = (1000 * ranked[int(len(ranked) * part)] for part in (0.5, 0.99))
        kinds = ", ".join(f"{kind} {count}" for kind, count in self.kinds.most_common())
        return (
            f"{self.talks} conversations, {len(self.seconds)} messages, {len(self.faults)} faults\n"
            f"p50 {middle:.0f} ms, p99 {high:.0f} ms, longest {1000 * ranked[-1]:.0f} ms; said: {kinds}"
        )


def _says_something(message: dict[str, Any]) -> bool:
    return bool(message["text"].strip() or message.get("custom"))


class Listener(logging.Handler):
    """Keeps what the gateway's process logs from error level on, by logger and class."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take in a record."""
        self.heard.append(f"gateway log: {record.name}: {record.getMessage()[:200]}")


async def hold(http: httpx.AsyncClient, one: Talk, name: str, figures: Figures) -> None:
    """Hold one conversation."""
    query = {"language": one.language}
    opened = await http.post(f"{URL}/session", params=query)
    if opened.status_code != 201 or not opened.json()["messages"]:
        figures.faults.append(f"{name}: no greeting ({opened.status_code})")
        return
    headers = {"Authorization": f"Bearer {opened.json()['session']}"}
    for turn, said in enumerate(one.said):
        for _ in range(2 if turn in one.repeats else 1):
            begun = time.perf_counter()
            body = {"message": said, "id": f"{turn}"}
            answer = await http.post(f"{URL}/messages", params=query, json=body, headers=headers)
            figures.turn(f"{name} turn {turn}", answer, time.perf_counter() - begun)
    for method, path, status in (("GET", "situation", 200), *([("DELETE", "session", 204)] if one.leaves else [])):
        answer = await http.request(method, f"{URL}/{path}", headers=headers)
        if answer.status_code != status:
            figures.faults.append(f"{name}: {path} answered {answer.status_code}")
    figures.talks += 1


async def fuzz(engine: Engine, conversations: int, seed: int, at_once: int = 8) -> Figures:
    """Hold invented conversations against a running engine; what both processes log as failures is a fault too."""
    secret, many = secrets.token_urlsafe(32), 10**9
    app = create_app(Settings(engine.url, engine.secret, secret, messages_per_minute=many, sessions_per_minute=many))
    figures, listener, begun = Figures(), Listener(), engine.log.stat().st_size
    logging.getLogger().addHandler(listener)
    waiting = iter(range(conversations))
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway", timeout=60) as http:

            async def work() -> None:
                for number in waiting:
                    name = f"seed {seed}:{number}"
                    await hold(http, talk(Random(f"{seed}:{number}")), name, figures)

            await asyncio.gather(*(work() for _ in range(at_once)))
    finally:
        logging.getLogger().removeHandler(listener)
        await app.state.engine.close()
    with engine.log.open("rb") as log:
        log.seek(begun)
        lines = log.read().decode(errors="replace").splitlines()
    figures.faults += listener.heard + [f"engine log: {line[:200]}" for line in lines if line.strip()]
    if engine.process.poll() is not None:
        figures.faults.append("the engine died")
    return figures


def main(arguments: list[str]) -> int:
    """Start an engine and fuzz. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz")
    parser.add_argument("--conversations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=8)
    asked = parser.parse_args(arguments)
    gateway.LIMIT = 60.0  # what is looked for is a fault, not a slow machine
    with tempfile.TemporaryDirectory() as folder:
        engine = start_engine(Path(folder) / "engine.log")
        try:
            figures = asyncio.run(fuzz(engine, asked.conversations, asked.seed, asked.at_once))
        finally:
            engine.process.terminate()
            engine.process.wait(timeout=20)
    print(figures.told())
    print("\n".join(figures.faults[:SHOWN]))
    return 1 if figures.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
