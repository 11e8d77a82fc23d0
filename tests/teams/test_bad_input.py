"""What an administrator, a clock, a network or a stranger gets wrong: each row of the list, from the call to the log.

Elsewhere: every type of the schema and attachments in test_behaviour.py, forged calls in test_forged.py, the 28 KB of a
card in tests/unit/gateway/test_teams_cards.py, what the setup checker says in tests/unit/gateway/test_teams_parts.py.
"""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import pytest
import requests

from bot.gateway.limits import RateLimit
from bot.gateway.teams import REFUSED_PER_MINUTE
from bot.gateway.teams_tokens import BotTokens
from tests.conftest import free_port
from tests.teams.conftest import House
from tests.teams.forged import FORGED
from tests.teams.microsoft import OTHER_TENANT, Microsoft
from tests.unit.gateway.conftest import FakeEngine
from tests.unit.gateway.test_teams_parts import Login

HOUR = 3600


def logs_in(house: House, login: Login) -> None:
    """Let our own token come from this login server."""
    house.teams._connector._http.token = BotTokens(house.microsoft.settings(), login).get


REFUSALS = {
    "wrong secret": (Login(401, {"error": "invalid_client", "error_codes": [7000215]}), "AADSTS7000215"),
    "expired secret": (Login(401, {"error": "invalid_client", "error_codes": [7000222]}), "AADSTS7000222"),
    "our tenant is unknown": (Login(400, {"error": "invalid_request", "error_codes": [90002]}), "AADSTS90002"),
    "login unreachable": (Login(fault=requests.ConnectionError()), "ConnectionError"),
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_without_a_token_of_our_own_nothing_is_sent_and_the_log_says_why(
    house: House, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    login, code = REFUSALS[name]
    logs_in(house, login)
    assert await house.say("hej") == []
    assert f"Teams did not take an answer: {code}" in caplog.text
    assert (await house.http.post("/webhooks/web/session")).status_code == 201  # the web goes on
    logs_in(house, Login())  # mended, without a restart
    assert await house.say("hej") == ["Hej"]


async def test_an_unknown_tenant_is_refused_and_told_in_the_log(
    house: House, fake: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    _, make = FORGED["other tenant"]
    authorization, body = make(house.microsoft)
    assert await house.post(body, authorization) == 403
    assert "Teams call refused: other tenant" in caplog.text
    assert OTHER_TENANT not in caplog.text
    assert fake.calls == house.microsoft.sent == []


@pytest.mark.parametrize(
    ("ours_is", "reason"), [(HOUR + 600, "ExpiredSignatureError"), (-HOUR, "ImmatureSignatureError")]
)
async def test_a_clock_off_by_an_hour_refuses_all_and_the_log_tells_which_way(
    house: House, ours_is: int, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Ahead of Microsoft, a token has ended when it comes; behind, it is not yet valid."""
    theirs = int(time.time()) - ours_is
    header = house.microsoft.header(nbf=theirs, exp=theirs + HOUR)
    assert await house.post(house.microsoft.activity(), header) == 401
    assert f"Teams call refused: {reason}" in caplog.text


async def test_microsoft_away_then_back(house: House, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.gateway.teams_auth.KEYS_PAUSE", 0.0)
    microsoft.down = True
    assert await house.post(microsoft.activity()) == 503
    assert (await house.http.post("/webhooks/web/session")).status_code == 201
    microsoft.down = False
    assert await house.say("hej") == ["Hej"]
    microsoft.down = True  # keys are kept
    assert await house.say("hej") == ["Hej"]


async def test_a_connector_that_nobody_listens_at(house: House, caplog: pytest.LogCaptureFixture) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    object.__setattr__(house.teams._gate._settings, "service_origins", (away,))
    call = house.microsoft.activity(serviceUrl=f"{away}/x/")
    assert await house.post(call, house.microsoft.header(serviceurl=f"{away}/x/")) == 200
    assert "Teams did not take an answer: ConnectError" in caplog.text
    assert away not in caplog.text


ATTACHMENTS: dict[str, Any] = {
    "image": [{"contentType": "image/png", "contentUrl": "https://evil.example/Kanarin.png"}],
    "inline": [{"contentType": "image/png", "contentUrl": "data:image/png;base64,AAAA"}],
    "voice": [{"contentType": "audio/mp4", "contentUrl": "https://evil.example/rost.m4a"}],
    "card": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": {"body": [{"text": "Kanarin"}]}}],
    "quoted": [{"contentType": "messageReference", "content": '{"messagePreview": "Kanarin"}'}],
    "hundred": [{"contentType": "image/gif", "contentUrl": f"https://evil.example/{n}"} for n in range(100)],
    "no list": {"contentType": "image/png"},
    "no objects": [None, 7, "x"],
}


@pytest.mark.parametrize("name", ATTACHMENTS)
async def test_attachments_are_neither_fetched_nor_passed_on(
    house: House, fake: FakeEngine, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    await house.post(house.microsoft.activity("", attachments=ATTACHMENTS[name]))
    assert "bara läsa text" in house.microsoft.texts[0]
    assert await house.say("jag bor i Nacka", attachments=ATTACHMENTS[name]) == ["Hej"]
    assert [call["text"] for call in fake.calls] == ["jag bor i Nacka"]
    assert "Kanarin" not in caplog.text + json.dumps(fake.calls)


async def test_an_answer_that_is_too_large_for_teams_is_sent_in_parts(house: House, fake: FakeEngine) -> None:
    topics = [{"id": f"t{n}", "title": "å" * 100, "text": "ö" * 2400, "law": []} for n in range(30)]
    fake.answer = [{"text": "Lag", "buttons": [], "custom": {"kind": "guidance", "topics": topics}}]
    await house.say("vad gäller?")
    assert len(house.microsoft.sent) > 10
    assert max(len(json.dumps(one)) for one in house.microsoft.sent) <= 28 * 1024


# ---------- many forged calls ----------


async def flood(house: House, name: str, times: int) -> list[int]:
    _, make = FORGED[name]
    authorization, body = make(house.microsoft)
    return [await house.post_raw(json.dumps(body), authorization) for _ in range(times)]


@pytest.mark.parametrize("name", ["no header", "not a token", "unknown key", "signed by a stranger under a known name"])
async def test_an_address_that_goes_on_forging_is_shut_out_before_anything_is_read(house: House, name: str) -> None:
    status, _ = FORGED[name]
    house.teams._refused = RateLimit(REFUSED_PER_MINUTE, lambda: 0.0)  # time stands still
    answers = await flood(house, name, REFUSED_PER_MINUTE + 5)
    assert answers == [status] * REFUSED_PER_MINUTE + [429] * 5
    fetched = house.microsoft.key_fetches
    assert fetched <= 1
    shut = await house.http.post("/api/messages", content=b"{", headers={"Content-Type": "application/json"})
    assert (shut.status_code, int(shut.headers["retry-after"])) == (429, 2)
    assert house.microsoft.key_fetches == fetched
    other = httpx.ASGITransport(house.http._transport.app, client=("192.0.2.7", 1))  # type: ignore[attr-defined]
    async with httpx.AsyncClient(transport=other, base_url="http://gateway") as elsewhere:
        header = {"Authorization": house.microsoft.header()}
        answer = await elsewhere.post("/api/messages", json=house.microsoft.activity(), headers=header)
    await house.teams.queues.idle()
    assert (answer.status_code, house.microsoft.texts) == (200, ["Hej"])


@pytest.mark.parametrize(
    "name", ["other audience", "other channel", "key not endorsed for Teams", "other tenant", "no id"]
)
async def test_what_microsoft_signed_for_others_shuts_nobody_out(house: House, name: str) -> None:
    """Anybody can point a bot of theirs here: those calls come from the addresses that ours come from."""
    status, _ = FORGED[name]
    assert await flood(house, name, REFUSED_PER_MINUTE + 5) == [status] * (REFUSED_PER_MINUTE + 5)
    assert await house.say("hej") == ["Hej"]


async def test_our_own_calls_are_never_counted(house: House, fake: FakeEngine) -> None:
    for number in range(REFUSED_PER_MINUTE + 5):
        place = {"conversationType": "personal", "id": f"a:{number}"}
        await house.say("hej", conversation=place)
    assert len(fake.calls) == REFUSED_PER_MINUTE + 5
