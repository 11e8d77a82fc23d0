"""Two gateways before one Redis: what one has counted or answered, the other knows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.gateway.engine import EngineClient
from bot.gateway.settings import Settings
from tests.operating.parts import redis_server
from tests.teams.conftest import House, _house
from tests.teams.microsoft import Microsoft
from tests.unit.gateway.conftest import SECRET, FakeEngine


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server, address = redis_server(tmp_path_factory.mktemp("redis"))
    server.start()
    server.wait()
    yield address
    server.end()


@pytest.fixture
async def houses(
    redis_url: str, microsoft: Microsoft, fake: FakeEngine, tmp_path: Path
) -> AsyncIterator[tuple[House, House]]:
    """Two gateways that answer from the same engine, 3 messages a minute."""
    settings = Settings(
        engine_url="http://engine",
        engine_secret=SECRET,
        session_secret=SECRET,
        messages_per_minute=3,
        redis_url=redis_url,
    )
    made = asynccontextmanager(_house)

    def engine() -> EngineClient:
        return EngineClient("http://engine", SECRET, httpx.MockTransport(fake))

    async with (
        made(settings, microsoft, engine(), tmp_path) as one,
        made(settings, microsoft, engine(), tmp_path) as two,
    ):
        await one.teams._shared._redis.flushall()
        yield one, two
        for house in (one, two):
            await house.teams._shared.close()


async def test_an_activity_sent_to_both_is_answered_once(houses: tuple[House, House], fake: FakeEngine) -> None:
    activity = houses[0].microsoft.activity("hej")
    assert [await house.post(activity) for house in houses] == [200, 200]
    assert len(fake.calls) == 1


async def test_both_count_together_and_tell_it_once(houses: tuple[House, House], fake: FakeEngine) -> None:
    for number in range(6):
        await houses[number % 2].post(houses[0].microsoft.activity(str(number)))
    assert len(fake.calls) == 3
    assert len([text for text in houses[0].microsoft.texts if "för många meddelanden" in text]) == 1


async def test_what_was_sent_back_may_come_to_the_other(houses: tuple[House, House], fake: FakeEngine) -> None:
    activity = houses[0].microsoft.activity("hej")
    houses[0].teams.queues.put = lambda key, work: False  # type: ignore[method-assign]
    assert [await house.post(activity) for house in houses] == [429, 200]
    assert len(fake.calls) == 1


async def test_redis_learns_nothing_of_microsofts(houses: tuple[House, House]) -> None:
    await houses[0].say("hej")
    redis = houses[0].teams._shared._redis
    kept = repr([(key, await redis.type(key)) async for key in redis.scan_iter()])
    assert "mark" in kept
    assert "limit" in kept
    activity = houses[0].microsoft.activity()
    assert not [field for field in ("conversation", "from") if activity[field]["id"] in kept]
