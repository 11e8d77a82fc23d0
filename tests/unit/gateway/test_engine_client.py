"""From one engine to the next: what a gateway does when an engine is down, hangs, or breaks off."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from bot.gateway import engine as module
from bot.gateway.engine import EngineClient, EngineUnavailable, UnknownConversation

ANSWER = [{"text": "ett"}, {"text": "två"}]
DONE = {"done": True}


class Slow(httpx.AsyncByteStream):
    """Lines of an answer, and then nothing, ever."""

    def __init__(self, *lines: dict[str, Any]) -> None:
        self.lines = lines

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for line in self.lines:
            yield json.dumps(line).encode() + b"\n"
        await asyncio.Event().wait()


def lines(*messages: dict[str, Any]) -> Callable[[], httpx.Response]:
    return lambda: httpx.Response(200, text="".join(json.dumps(one) + "\n" for one in messages))


def refused() -> httpx.Response:
    raise httpx.ConnectError("refused")


class Engines:
    """Engines whose answers are functions; what each was told is kept."""

    def __init__(self, **answers: Callable[[], httpx.Response]) -> None:
        self.answers = answers
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.alive = set(answers)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        name = request.url.host
        if request.url.path.endswith("/ready"):
            if name not in self.alive:
                await asyncio.Event().wait()
            return httpx.Response(200)
        self.told.append((name, json.loads(request.content or b"{}")))
        return self.answers[name]()

    def client(self) -> EngineClient:
        urls = ",".join(f"http://{name}:5005/" for name in self.answers)
        return EngineClient(urls, "x", httpx.MockTransport(self))


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """All waits are a tenth of what they are."""
    for name in ("LIMIT", "PATIENCE", "ALIVE", "LEAST", "LOOK"):
        monkeypatch.setattr(module, name, getattr(module, name) / 10)


def conversation_of(client: EngineClient, name: str) -> str:
    """Return a conversation that goes to an engine first."""
    return next(str(n) for n in range(1000) if name in client._order(str(n))[0].url)


async def say(client: EngineClient, first: str = "a") -> list[dict[str, Any]]:
    return [one async for one in client.send(conversation_of(client, first), "web", "hej", "id", {})]


async def test_a_conversation_stays_with_its_engine_and_all_have_some() -> None:
    engines = Engines(a=lines(DONE), b=lines(DONE), c=lines(DONE))
    first = [engines.client()._order(str(number))[0].url for number in range(300)]
    assert first == [engines.client()._order(str(number))[0].url for number in range(300)]
    assert all(first.count(url) > 60 for url in set(first))
    assert len(set(first)) == 3


@pytest.mark.parametrize(
    "fails",
    [
        refused,
        lambda: httpx.Response(503),
        lines(),
        lines({"failed": True}),
        lambda: httpx.Response(200, text="{"),
    ],
    ids=["refused", "stopping", "broke off", "failed", "no answer of ours"],
)
async def test_the_next_engine_gets_the_same_message(fails: Callable[[], httpx.Response]) -> None:
    engines = Engines(a=fails, b=lines(*ANSWER, DONE))
    assert await say(engines.client()) == ANSWER
    assert [name for name, _ in engines.told] == ["a", "b"]
    assert engines.told[0][1] == engines.told[1][1]


async def test_what_was_said_before_an_engine_broke_off_is_not_said_again() -> None:
    engines = Engines(a=lines(ANSWER[0]), b=lines(*ANSWER, DONE))
    assert await say(engines.client()) == ANSWER


async def test_an_engine_that_gives_no_sign_of_life_is_left() -> None:
    engines = Engines(a=lambda: httpx.Response(200, stream=Slow()), b=lines(*ANSWER, DONE))
    engines.alive = {"b"}
    client = engines.client()
    assert await say(client) == ANSWER
    engines.told.clear()
    assert await say(client, "b") == ANSWER
    assert len(engines.told) == 1  # and not asked while it is down


async def test_an_engine_that_only_has_much_to_do_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Busy(Slow):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            await asyncio.sleep(module.LIMIT * 2)
            yield json.dumps(ANSWER[0]).encode() + b"\n" + json.dumps(DONE).encode() + b"\n"

    engines = Engines(a=lambda: httpx.Response(200, stream=Busy()))
    assert await say(engines.client()) == ANSWER[:1]


async def test_the_situation_of_an_engine_that_only_has_much_to_do_is_waited_for() -> None:
    engines = Engines(a=lambda: httpx.Response(200, json={"situation": {}, "intent": None}))

    async def slowly(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/ready"):
            await asyncio.sleep(module.LIMIT * 2)
        return await engines(request)

    client = EngineClient("http://a", "x", httpx.MockTransport(slowly))
    assert await client.situation("1") == {"situation": {}, "intent": None}


@pytest.mark.parametrize("fails", [refused, lambda: httpx.Response(200, stream=Slow(ANSWER[0]))], ids=["down", "hangs"])
async def test_nobody_is_left(fails: Callable[[], httpx.Response]) -> None:
    engines = Engines(a=fails, b=fails)
    engines.alive = set()
    with pytest.raises(EngineUnavailable):
        await asyncio.wait_for(say(engines.client()), module.LIMIT * 3)


async def test_an_engine_that_came_back_is_used_again() -> None:
    engines = Engines(a=refused, b=lines(*ANSWER, DONE))
    client = engines.client()
    await say(client)
    engines.answers["a"] = lines(DONE)
    while client._engines[0].down:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert await say(client) == []


async def test_an_unknown_conversation_is_asked_for_once() -> None:
    engines = Engines(a=lambda: httpx.Response(404), b=lines(DONE))
    with pytest.raises(UnknownConversation):
        await say(engines.client())
    assert len(engines.told) == 1


async def test_forgetting_and_the_situation_go_to_the_next_engine_too() -> None:
    engines = Engines(a=refused, b=lambda: httpx.Response(200, json={"situation": {}, "intent": None}))
    client = engines.client()
    conversation = conversation_of(client, "a")
    assert await client.situation(conversation) == {"situation": {}, "intent": None}
    await client.forget(conversation)
    assert await client.ready()
    await client.close()


async def collect(client: EngineClient, conversation: str) -> list[dict[str, Any]]:
    return [message async for message in client.send(conversation, "web", "hej", conversation, {})]


async def test_a_crowd_is_told_at_once_and_the_engine_is_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    engines = Engines(a=lambda: httpx.Response(200, stream=Slow()))
    client = engines.client()
    client.make_sure_of_room()
    first = asyncio.ensure_future(collect(client, "one"))
    while not engines.told:  # noqa: ASYNC110
        await asyncio.sleep(0)
    with pytest.raises(EngineUnavailable):
        client.make_sure_of_room()
    with pytest.raises(EngineUnavailable):
        await collect(client, "two")
    assert [call["conversation"] for _, call in engines.told] == ["one"]
    first.cancel()
    await asyncio.wait([first])
    engines.answers["a"] = lines(*ANSWER, DONE)
    assert await collect(client, "two") == ANSWER
    await client.close()


async def test_who_is_slow_to_take_an_answer_takes_nobodys_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    client = Engines(a=lines(*ANSWER, DONE)).client()
    slow = client.send("one", "teams", "hej", "1", {})
    assert await anext(slow) == ANSWER[0]
    assert await collect(client, "two") == ANSWER
    assert [message async for message in slow] == ANSWER[1:]


@pytest.mark.parametrize(
    ("pace", "room"),
    [(0.0, module.MOST), (0.08, 20), (10.0, module.FEWEST)],
    ids=["not known yet", "slow", "very slow"],
)
async def test_an_engine_gets_what_it_can_finish_in_time(
    monkeypatch: pytest.MonkeyPatch, pace: float, room: int
) -> None:
    monkeypatch.setattr(module, "LIMIT", 1.6)
    (engine,) = Engines(a=lines(DONE)).client()._engines
    engine.pace = pace
    engine.turns = room - 1
    assert not engine.is_full()
    engine.turns = room
    assert engine.is_full()


async def test_the_pace_of_an_engine_is_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("bot.gateway.engine.time.monotonic", lambda: now[0])

    def answer() -> httpx.Response:
        now[0] += 0.3
        return lines(DONE)()

    client = Engines(a=answer).client()
    for _ in range(100):
        await collect(client, "one")
    assert client._engines[0].pace == pytest.approx(0.3, rel=0.01)


async def test_a_conversation_that_was_forgotten_meanwhile_is_unknown_and_no_failure() -> None:
    engines = Engines(a=lines({"unknown": True}), b=lines(DONE))
    client = engines.client()
    with pytest.raises(UnknownConversation):
        await say(client)
    assert [name for name, _ in engines.told] == ["a"]
    assert not any(engine.down for engine in client._engines)
