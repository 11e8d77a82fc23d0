"""The database goes while the gateway serves: the last good directory is served on, and /readyz says so."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.gateway.app import create_app
from bot.gateway.engine import EngineClient
from bot.gateway.settings import Settings
from knowledge.build import build
from tests.unit.gateway.conftest import SECRET, FakeEngine

ASKED = "/hanvisning?kommun=Nacka&typ=heder&alder=15"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    build(f"sqlite:///{tmp_path}/knowledge.db")
    return tmp_path / "knowledge.db"


@pytest.fixture
async def client(
    engine: FakeEngine, settings: Settings, database: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    monkeypatch.setattr("knowledge.database_directory._SECONDS_FOR_A_LOOK", 60)  # on a busy machine one takes long
    monkeypatch.setenv("LOTSEN_DATABASE_URL", f"sqlite:///{database}")
    app = create_app(settings, EngineClient("http://engine", SECRET, httpx.MockTransport(engine)))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as http:
        yield http


def put(database: Path, content: bytes | None) -> bytes:
    """Put something in the place of the database, or nothing; return what was there."""
    before = database.read_bytes() if database.exists() else b""
    if content is None:
        database.unlink()
    else:
        database.write_bytes(content)
    return before


async def shown(client: httpx.AsyncClient) -> list[str]:
    page = await client.get(ASKED)
    assert page.status_code == 200
    return re.findall(r'data-id="([^"]+)"', page.text)


async def ready(client: httpx.AsyncClient) -> tuple[int, dict[str, bool]]:
    answer = await client.get("/readyz")
    return answer.status_code, answer.json()


@pytest.mark.parametrize("content", [None, b"", b"inte en databas"])
async def test_the_last_good_directory_is_served_on(
    client: httpx.AsyncClient, database: Path, content: bytes | None
) -> None:
    before = await shown(client)
    assert len(before) > 5
    assert await ready(client) == (200, {"ready": True, "engine": True, "knowledge": True})
    whole = put(database, content)
    assert await shown(client) == before
    assert await ready(client) == (200, {"ready": True, "engine": True, "knowledge": False})
    put(database, whole)
    assert await ready(client) == (200, {"ready": True, "engine": True, "knowledge": True})


async def test_without_an_engine_it_is_not_ready(client: httpx.AsyncClient, engine: FakeEngine) -> None:
    engine.down = True
    assert await ready(client) == (503, {"ready": False, "engine": False, "knowledge": True})
