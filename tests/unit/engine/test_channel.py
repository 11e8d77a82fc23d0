"""The engine's door, from outside the gateway."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from rasa.core.lock_store import InMemoryLockStore
from rasa.exceptions import RasaException
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, Restarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.channel import EngineInput, Forgotten
from bot.engine.output import Output
from bot.engine.tracker_store import ForgetfulTrackerStore
from tests.conftest import Engine

CONVERSATION = "0123456789abcdef" * 2
CALL = {"conversation": CONVERSATION, "channel": "web", "text": "hej", "id": "1", "facts": {}}


@pytest.fixture
def door(engine: Engine) -> httpx.Client:
    headers = {"Authorization": f"Bearer {engine.secret}"}
    return httpx.Client(base_url=f"{engine.url}/webhooks/engine", headers=headers, timeout=30)


@pytest.fixture
def opened(door: httpx.Client) -> httpx.Client:
    assert door.post("/conversations", json={"conversation": CONVERSATION, "channel": "web"}).status_code == 200
    return door


@pytest.mark.parametrize("secret", ["", "Bearer", "Bearer wrong", "Bearer åäö", "Basic x"])
@pytest.mark.parametrize("path", ["/ready", f"/conversations/{CONVERSATION}/situation"])
def test_nobody_without_the_secret(engine: Engine, secret: str, path: str) -> None:
    answer = httpx.get(f"{engine.url}/webhooks/engine{path}", headers={b"Authorization": secret.encode()})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "path", ["/conversations/x/tracker", "/model/parse", "/status", "/domain", "/webhooks/rest/webhook"]
)
def test_rasas_own_api_is_closed(engine: Engine, path: str) -> None:
    assert httpx.get(f"{engine.url}{path}").status_code in (404, 405)
    assert httpx.post(f"{engine.url}{path}", json={"sender": "x", "message": "hej"}).status_code in (404, 405)


@pytest.mark.parametrize(
    "change",
    [
        {"conversation": "short"},
        {"conversation": "../" * 10},
        {"conversation": 7},
        {"channel": "rest"},
        {"text": ""},
        {"text": "x" * 2001},
        {"text": ["hej"]},
        {"id": ""},
        {"id": None},
        {"facts": []},
        {"facts": {"name": "Maja"}},
        {"facts": {"age": "arton"}},
    ],
)
def test_malformed_calls_are_refused(opened: httpx.Client, change: dict[str, Any]) -> None:
    assert opened.post("/messages", json=CALL | change).status_code == 400


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff"])
def test_malformed_bodies_are_refused(opened: httpx.Client, body: bytes) -> None:
    assert opened.post("/messages", content=body).status_code == 400


def test_unknown_conversation(door: httpx.Client) -> None:
    assert door.post("/messages", json=CALL | {"conversation": "f" * 32}).status_code == 404
    assert door.get(f"/conversations/{'f' * 32}/situation").status_code == 404


def test_same_id_is_answered_again_and_not_run_again(opened: httpx.Client) -> None:
    call = CALL | {"text": '/inform{"perspective": "utsatt"}', "id": "same"}
    first, second = (opened.post("/messages", json=call).text for _ in range(2))
    assert first == second
    assert json.loads(first.splitlines()[-1]) == {"done": True}
    other = opened.post("/messages", json=call | {"id": "other"}).text
    assert other != first or '"text"' in other


async def test_same_id_at_the_same_time(engine: Engine, opened: httpx.Client) -> None:
    headers = {"Authorization": f"Bearer {engine.secret}"}
    call = CALL | {"text": "/hotline", "id": "twins"}
    async with httpx.AsyncClient(base_url=f"{engine.url}/webhooks/engine", headers=headers, timeout=30) as http:
        answers = await asyncio.gather(*(http.post("/messages", json=call) for _ in range(5)))
    assert len({answer.text for answer in answers}) == 1


def test_forget(opened: httpx.Client) -> None:
    assert opened.delete(f"/conversations/{CONVERSATION}").status_code == 204
    assert opened.get(f"/conversations/{CONVERSATION}/situation").status_code == 404
    assert opened.delete(f"/conversations/{CONVERSATION}").status_code == 204


def test_a_secret_that_can_be_guessed_stops_the_engine() -> None:
    with pytest.raises(RasaException, match="32"):
        EngineInput.from_credentials({"secret": "kort"})


def ids(channel: EngineInput) -> set[str]:
    return {key[1] for key in channel.answers}


async def test_answers_go_with_the_conversation() -> None:
    """What was answered tells what was said: it lives no longer than the conversation, and not past a new beginning."""
    domain = Domain.load("domain.yml")
    store = ForgetfulTrackerStore(domain)
    processor = SimpleNamespace(tracker_store=store)
    channel = EngineInput("x" * 32)
    for once in ("1", "2"):
        channel.answers[CONVERSATION, once] = Output("web")

    async def turn(*events: Event) -> None:
        await store.save(DialogueStateTracker.from_events(CONVERSATION, events, slots=domain.slots, domain=domain))

    await channel._take(processor, turn(UserUttered("hej")), (CONVERSATION, "2"))
    assert ids(channel) == {"1", "2"}
    await channel._take(processor, turn(UserUttered("hej"), Restarted()), (CONVERSATION, "2"))
    assert ids(channel) == {"2"}
    await channel.sweep(processor)
    assert ids(channel) == {"2"}
    await store.delete(CONVERSATION)
    await channel.sweep(processor)
    assert ids(channel) == set()


async def test_a_message_that_waited_behind_a_forget_begins_nothing() -> None:
    domain = Domain.load("domain.yml")
    store = ForgetfulTrackerStore(domain)
    processor = SimpleNamespace(tracker_store=store, lock_store=InMemoryLockStore())
    call = {"conversation": CONVERSATION, "id": "1", "text": "hej", "channel": "web", "facts": {}}
    with pytest.raises(Forgotten):
        await EngineInput("x" * 32)._run(processor, call, Output("web"))
    assert list(await store.keys()) == []
