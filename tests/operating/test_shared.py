"""What goes through Redis: kept, sealed, counted and locked; and what happens while it does not answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.lock_store import LockError
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Restarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.engine import locks
from bot.engine.locks import ConversationLocks
from bot.engine.shared import connect
from bot.engine.shared_store import PREFIX, TURN, SharedTrackerStore, Superseded
from bot.engine.tracker_store import WITHHELD
from bot.gateway.settings import read_settings
from bot.gateway.shared import Shared
from tests.operating.parts import redis_server

ID = "c" * 32
NOWHERE = "redis://127.0.0.1:9/0"
HELLO = UserUttered("hej på dig", {"name": "smalltalk", "confidence": 1.0})


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server, address = redis_server(tmp_path_factory.mktemp("redis"))
    server.start()
    server.wait()
    yield address
    server.end()


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load("domain.yml")


@pytest.fixture
async def redis(url: str) -> Redis:
    client = connect(url)
    assert client
    await client.flushall()
    return client


@pytest.fixture
def store(domain: Domain, redis: Redis) -> SharedTrackerStore:
    return SharedTrackerStore(domain, redis, "e" * 40, silence=60)


def tracker(domain: Domain, *events: object) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(ID, list(events), slots=domain.slots, domain=domain)


async def test_what_is_kept_comes_back_and_expires(store: SharedTrackerStore, domain: Domain, redis: Redis) -> None:
    await store.save(tracker(domain, HELLO))
    kept = await store.retrieve(ID)
    assert kept
    assert kept.latest_message.text == HELLO.text
    assert 0 < await redis.pttl(PREFIX + ID) <= 60_000
    assert list(await store.keys()) == [ID]
    await store.delete(ID)
    assert await store.retrieve(ID) is None


async def test_nobody_reads_it_without_the_secret(store: SharedTrackerStore, domain: Domain, redis: Redis) -> None:
    await store.save(tracker(domain, HELLO))
    assert b"hej" not in repr(await redis.hgetall(PREFIX + ID)).encode()
    assert await SharedTrackerStore(domain, redis, "z" * 40).retrieve(ID) is None
    assert await store.retrieve(ID) is None  # nobody could have gone on with it, so it is gone


async def test_the_promises_of_the_store_in_memory_are_kept(store: SharedTrackerStore, domain: Domain) -> None:
    text = "mitt personnummer är 20100203-2398"
    await store.save(tracker(domain, UserUttered(text, parse_data={"text": text, "entities": [], "intent": {}})))
    kept = await store.retrieve(ID)
    assert kept
    assert kept.latest_message.text == WITHHELD
    kept.update(UserUttered("något hemskt"))
    kept.update(Restarted())
    kept.update(ActionExecuted("action_listen"))
    await store.save(kept)
    again = await store.retrieve(ID)
    assert again
    assert "hemskt" not in str(again.as_dialogue().as_dict())


async def test_two_turns_from_the_same_point_do_not_both_count(store: SharedTrackerStore, domain: Domain) -> None:
    await store.save(tracker(domain, HELLO))
    first, second = await store.retrieve(ID), await store.retrieve(ID)
    assert first
    assert second
    await store.save(first)
    await store.save(first)
    with pytest.raises(Superseded):
        await store.save(second)
    with pytest.raises(Superseded):
        await store.save(tracker(domain, HELLO))  # as if it were new


async def test_an_answer_is_kept_with_its_turn_and_forgotten_with_a_new_beginning(
    store: SharedTrackerStore, domain: Domain
) -> None:
    TURN.set(("one", [{"text": "Hej!"}]))
    await store.save(tracker(domain, HELLO))
    assert await store.answer(ID, "one") == [{"text": "Hej!"}]
    assert await store.answer(ID, "other") is None
    kept = await store.retrieve(ID)
    assert kept
    for event in (HELLO, Restarted(), ActionExecuted("action_listen")):
        kept.update(event)
    TURN.set(("two", []))
    await store.save(kept)
    assert await store.answer(ID, "one") is None
    assert await store.answer(ID, "two") == []


async def test_a_redis_that_is_gone_raises(domain: Domain) -> None:
    gone = connect(NOWHERE)
    assert gone
    store = SharedTrackerStore(domain, gone, "e" * 40)
    for question in (store.retrieve(ID), store.save(tracker(domain, HELLO)), store.is_reachable()):
        with pytest.raises(RedisError):
            await question
    with pytest.raises(RedisError):
        async with ConversationLocks(redis=gone).lock(ID):
            pass


def test_no_redis_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOTSEN_REDIS_URL", raising=False)
    assert connect() is None


# ---------- locks ----------


async def in_turns(*stores: ConversationLocks) -> list[str]:
    """Return how the turns of several engines in one conversation followed each other."""
    told: list[str] = []

    async def take(name: int, store: ConversationLocks) -> None:
        async with store.lock(ID):
            told.append(f"{name} in")
            await asyncio.sleep(0.01)
            told.append(f"{name} out")

    await asyncio.gather(*(take(place, store) for place, store in enumerate(stores)))
    return told


async def test_one_turn_at_a_time_within_an_engine_in_order() -> None:
    alone = ConversationLocks()
    assert await in_turns(alone, alone, alone) == ["0 in", "0 out", "1 in", "1 out", "2 in", "2 out"]
    assert not alone._here


async def test_one_turn_at_a_time_across_engines(redis: Redis) -> None:
    told = await in_turns(*(ConversationLocks(redis=redis) for _ in range(4)))
    assert all(told[place][0] == told[place + 1][0] for place in range(0, 8, 2))
    assert not await redis.keys("lotsen:lock:*")


async def test_a_lock_lives_as_long_as_its_turn_and_hardly_longer(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "WAIT", 0.1)
    mine, theirs = ConversationLocks(redis=redis), ConversationLocks(redis=redis)
    async with mine.lock(ID, lock_lifetime=0.3):
        await asyncio.sleep(0.6)  # longer than it lives by itself
        with pytest.raises(LockError):
            async with theirs.lock(ID):
                pass
        assert 0 < await redis.pttl(locks.PREFIX + ID) <= 300  # what it outlives its engine by
    async with theirs.lock(ID):
        pass


async def test_a_lock_that_was_lost_is_not_released_for_its_new_holder(redis: Redis) -> None:
    async with ConversationLocks(redis=redis).lock(ID, lock_lifetime=0.2):
        await redis.set(locks.PREFIX + ID, "another", px=60_000)
        await asyncio.sleep(0.1)
    assert await redis.get(locks.PREFIX + ID) == b"another"


# ---------- gateways ----------


async def test_two_gateways_count_in_one_bucket(redis: Redis, url: str) -> None:
    one, two = (Shared(url, "s" * 40).limit("messages", 6) for _ in range(2))
    assert [await limit.wait("a") for limit in (one, two) * 3] == [0] * 6
    assert 0 < await one.wait("a") <= 11
    assert await two.wait("a") > 0
    assert await two.wait("b") == 0
    assert "messages" not in repr([await redis.keys("*")])


async def test_without_redis_each_gateway_counts_for_itself(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    shared = Shared(NOWHERE, "s" * 40, lambda: now[0])
    limit = shared.limit("messages", 2)
    assert [await limit.wait("a") for _ in range(3)] == [0, 0, 31]
    assert len(caplog.records) == 1  # asked once, not with every call
    now[0] += 3
    assert not await shared.mark("name", 60)
    assert await shared.mark("name", 60)
    await shared.unmark("name")
    assert not await shared.mark("name", 60)
    assert len(caplog.records) == 2
    await shared.close()


async def test_a_mark_of_one_gateway_is_seen_by_the_other(redis: Redis, url: str) -> None:
    one, two = Shared(url, "s" * 40), Shared(url, "s" * 40)
    assert not await one.mark("name", 60)
    assert await two.mark("name", 60)
    await one.unmark("name")
    assert not await one.mark("name", 60)


def test_gateways_that_share_a_redis_must_share_the_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOTSEN_REDIS_URL", NOWHERE)
    monkeypatch.delenv("LOTSEN_SESSION_SECRET", raising=False)
    with pytest.raises(ValueError, match="LOTSEN_SESSION_SECRET"):
        read_settings()
