"""The real assistant for tests: one engine process for the whole run, the gateway in process in front of it."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import yaml
from fastapi import FastAPI

from bot.__main__ import free_port
from bot.gateway.app import create_app
from bot.gateway.settings import Settings
from tests.chat import Chat

ROOT = Path(__file__).resolve().parent.parent
START_LIMIT = 120.0  # seconds


@dataclass(frozen=True)
class Engine:
    """A running engine."""

    url: str
    secret: str
    process: subprocess.Popen[bytes]
    log: Path


def start_engine(log: Path) -> Engine:
    """Start an engine with the trained model and wait until it answers."""
    port, secret = free_port(), secrets.token_urlsafe(32)
    env = {**os.environ, "LOTSEN_ENGINE_PORT": str(port), "LOTSEN_ENGINE_SECRET": secret, "TF_CPP_MIN_LOG_LEVEL": "3"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bot.engine"], cwd=ROOT, env=env, stdout=output, stderr=output
        )
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            answer = httpx.get(f"{url}/webhooks/engine/ready", headers={"Authorization": f"Bearer {secret}"})
            if answer.status_code == 200:
                return Engine(url, secret, process, log)
        except httpx.HTTPError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError(f"The engine did not start:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for all tests that do not break it."""
    running = start_engine(tmp_path_factory.mktemp("engine") / "engine.log")
    yield running
    running.process.terminate()
    running.process.wait(timeout=20)


@pytest.fixture
def settings(engine: Engine) -> Settings:
    """Settings with limits wide enough for a test run."""
    return Settings(
        engine_url=engine.url,
        engine_secret=engine.secret,
        session_secret=secrets.token_urlsafe(32),
        messages_per_minute=10_000,
        sessions_per_minute=10_000,
    )


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gateway that waits long: on a busy machine an engine that is well may give no sign of life for a while."""
    monkeypatch.setattr("bot.gateway.engine.LIMIT", 60.0)


@pytest.fixture
def app(settings: Settings, patience: None) -> FastAPI:
    """The gateway in front of the running engine."""
    return create_app(settings)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """HTTP to the gateway, as a browser would speak it."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as http:
        yield http
    await app.state.engine.close()


@pytest.fixture
async def chat(client: httpx.AsyncClient) -> Chat:
    """A conversation that has been opened."""
    return await Chat.open(client)


@pytest.fixture(scope="session")
def verified_numbers() -> frozenset[str]:
    """Every number that the facts hold as verified, read straight from the YAML."""
    services = yaml.safe_load((ROOT / "knowledge/facts/services.yaml").read_text(encoding="utf-8"))
    return frozenset(phone["number"] for service in services for phone in service["phones"])
