"""Nothing but Microsoft's own calls, meant for us, from tenants that we serve, gets in."""

from __future__ import annotations

import json

import pytest

from tests.teams.conftest import House
from tests.teams.forged import FORGED, VALID
from tests.teams.microsoft import BOT_TOKEN, Microsoft
from tests.unit.gateway.conftest import FakeEngine


@pytest.mark.parametrize("name", FORGED)
async def test_forged_calls_are_refused(house: House, microsoft: Microsoft, fake: FakeEngine, name: str) -> None:
    status, make = FORGED[name]
    authorization, body = make(microsoft)
    assert await house.post_raw(json.dumps(body), authorization) == status
    await house.teams.queues.idle()
    assert (fake.calls, microsoft.sent, microsoft.tokens) == ([], [], [])


@pytest.mark.parametrize("name", VALID)
async def test_valid_calls_are_taken(house: House, microsoft: Microsoft, fake: FakeEngine, name: str) -> None:
    authorization, body = VALID[name](microsoft)
    assert await house.post(body, authorization) == 200
    assert [call["text"] for call in fake.calls] == ["hej"]
    assert microsoft.texts == ["Hej"]
    assert microsoft.tokens == [f"Bearer {BOT_TOKEN}"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 20_000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"{}", "", 415),
        (b'{"x": "' + b"x" * 70_000 + b'"}', "application/json", 413),
    ],
)
async def test_malformed_bodies(house: House, body: bytes, kind: str, status: int) -> None:
    assert await house.post_raw(body, kind=kind) == status


async def test_a_flood_of_unknown_keys_fetches_the_keys_once(house: House, microsoft: Microsoft) -> None:
    _, make = FORGED["unknown key"]
    for _ in range(20):
        authorization, body = make(microsoft)
        assert await house.post_raw(json.dumps(body), authorization) == 401
    assert microsoft.key_fetches == 1


async def test_nothing_is_fetched_until_a_call_comes(house: House, microsoft: Microsoft) -> None:
    assert microsoft.key_fetches == 0
    await house.post(microsoft.activity())
    assert microsoft.key_fetches == 1


async def test_without_microsoft_calls_are_refused_and_may_come_again(house: House, microsoft: Microsoft) -> None:
    microsoft.down = True
    assert await house.post(microsoft.activity()) == 503
    assert (await house.http.get("/healthz")).status_code == 200
