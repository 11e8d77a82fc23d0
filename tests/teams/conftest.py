"""A gateway with Teams switched on, between local stand-ins for Microsoft and (where a test says so) for the engine."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.gateway.app import create_app
from bot.gateway.engine import EngineClient
from bot.gateway.settings import Settings
from bot.gateway.teams import Teams
from knowledge.reports import Reports
from tests.teams import microsoft as local
from tests.teams.microsoft import FixedTokens, Microsoft
from tests.unit.gateway.conftest import SECRET, FakeEngine


@pytest.fixture(scope="session")
def _running() -> Iterator[Microsoft]:
    microsoft, server = local.start()
    yield microsoft
    server.should_exit = True


@pytest.fixture
def microsoft(_running: Microsoft) -> Microsoft:
    """Microsoft, with nothing wrong and nothing sent yet."""
    _running.reset()
    return _running


@dataclass
class House:
    """The gateway, and how Microsoft calls it."""

    http: httpx.AsyncClient
    microsoft: Microsoft
    teams: Teams
    reports: Reports

    async def post(self, activity: dict[str, Any], authorization: str | None = None) -> int:
        """Send an activity, signed unless a header is given, and wait until all answers are out."""
        status = await self.post_raw(json.dumps(activity), authorization)
        await self.teams.queues.idle()
        return status

    async def post_raw(
        self, body: str | bytes, authorization: str | None = None, kind: str = "application/json"
    ) -> int:
        header = self.microsoft.header() if authorization is None else authorization
        answer = await self.http.post(
            "/api/messages", content=body, headers={"Authorization": header, "Content-Type": kind}
        )
        assert not answer.content or answer.headers["content-type"] == "application/json"
        return answer.status_code

    async def say(self, text: str, **other: Any) -> list[str]:
        """Say something in the personal chat and return the answers."""
        self.microsoft.sent.clear()
        assert await self.post(self.microsoft.activity(text, **other)) == 200
        return self.microsoft.texts


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine "writes …" or the card for an engine that is away would come into tests of other things."""
    monkeypatch.setattr("bot.gateway.teams_talks.TYPING_AFTER", 3600.0)
    monkeypatch.setattr("bot.gateway.engine.LIMIT", 60.0)


async def _house(
    settings: Settings, microsoft: Microsoft, engine: EngineClient | None, folder: Path
) -> AsyncIterator[House]:
    app = create_app(replace(settings, teams=microsoft.settings()), engine)
    app.state.reports = Reports(f"sqlite:///{folder}/reports.db")
    app.state.teams = Teams(app.state, FixedTokens(microsoft.settings()))
    app.state.teams._connector._sleep = _no_sleep
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as http:
        yield House(http, microsoft, app.state.teams, app.state.reports)
    await app.state.teams.close()
    await app.state.engine.close()


async def _no_sleep(seconds: float) -> None:
    """Pauses between tries are not waited for."""


@pytest.fixture
def fake() -> FakeEngine:
    """An engine that is a function."""
    return FakeEngine()


@pytest.fixture
async def house(microsoft: Microsoft, fake: FakeEngine, tmp_path: Path) -> AsyncIterator[House]:
    """The gateway before the stand-in engine."""
    settings = Settings(engine_url="http://engine", engine_secret=SECRET, session_secret=SECRET)
    engine = EngineClient("http://engine", SECRET, httpx.MockTransport(fake))
    async for made in _house(settings, microsoft, engine, tmp_path):
        yield made


@pytest.fixture
async def real_house(microsoft: Microsoft, settings: Settings, tmp_path: Path) -> AsyncIterator[House]:
    """The gateway before the real engine."""
    async for made in _house(settings, microsoft, None, tmp_path):
        yield made
