"""A gateway whose engine is a function."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.gateway.app import create_app
from bot.gateway.engine import EngineClient
from bot.gateway.settings import Settings

SECRET = "x" * 40


class FakeEngine:
    """Answers like the engine's channel; what it was told is kept for the test to look at."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.forgotten: list[str] = []
        self.answer: list[dict[str, Any]] = [{"text": "Hej", "buttons": []}]
        self.known = True
        self.down = False
        self.cut = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("refused")
        path = request.url.path.removeprefix("/webhooks/engine")
        if path == "/ready":
            return httpx.Response(200)
        if path == "/conversations" or (path == "/messages" and self.known):
            self.calls.append(json.loads(request.content))
            lines = [json.dumps(message) for message in self.answer] + ([] if self.cut else ['{"done": true}'])
            return httpx.Response(200, text="\n".join(lines) + "\n")
        if request.method == "DELETE":
            self.forgotten.append(path)
            return httpx.Response(204)
        if path.endswith("/situation") and self.known:
            return httpx.Response(200, json={"situation": {}, "intent": "referral"})
        return httpx.Response(404)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def settings() -> Settings:
    return Settings(engine_url="http://engine", engine_secret=SECRET, session_secret=SECRET)


@pytest.fixture
async def client(engine: FakeEngine, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings, EngineClient("http://engine", SECRET, httpx.MockTransport(engine)))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as http:
        yield http


@pytest.fixture
async def headers(client: httpx.AsyncClient) -> dict[str, str]:
    """The header of an open session."""
    body = (await client.post("/webhooks/web/session")).json()
    return {"Authorization": f"Bearer {body['session']}"}
