"""The web contract: every call, and every way to call it wrongly."""

from __future__ import annotations

import json
import logging

import httpx
import jwt
import pytest

from tests.unit.gateway.conftest import SECRET, FakeEngine

URL = "/webhooks/web/messages"
EMERGENCY = {"text": "Ring 112", "buttons": [], "custom": {"kind": "emergency", "services": []}}


async def test_session_has_token_lifetime_and_greeting(client: httpx.AsyncClient) -> None:
    answer = await client.post("/webhooks/web/session")
    assert answer.status_code == 201
    body = answer.json()
    assert body["messages"] == [{"text": "Hej", "buttons": []}]
    assert body["expires_in"] == 1800
    assert len(jwt.decode(body["session"], SECRET, ["HS256"])["jti"]) * 6 >= 128


async def test_two_sessions_are_two_conversations(client: httpx.AsyncClient, engine: FakeEngine) -> None:
    for _ in range(2):
        await client.post("/webhooks/web/session")
    assert engine.calls[0]["conversation"] != engine.calls[1]["conversation"]


async def test_answer(client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine) -> None:
    answer = await client.post(URL, json={"message": "hej", "id": "a1"}, headers=headers)
    assert answer.status_code == 200
    assert answer.json() == {"messages": [{"text": "Hej", "buttons": []}]}
    assert engine.calls[-1]["text"] == "hej"
    first = engine.calls[-1]["id"]
    await client.post(URL, json={"message": "hej", "id": "a1"}, headers=headers)
    assert engine.calls[-1]["id"] == first != "a1"
    assert engine.calls[-1]["channel"] == "web"


@pytest.mark.parametrize(("language", "channel"), [("sv", "web"), ("sv-simple", "web-simple"), ("en", "web-en")])
async def test_language_is_the_channel(
    client: httpx.AsyncClient, engine: FakeEngine, language: str, channel: str
) -> None:
    opened = (await client.post(f"/webhooks/web/session?language={language}")).json()
    assert engine.calls[-1]["channel"] == channel
    header = {"Authorization": f"Bearer {opened['session']}"}
    await client.post(f"{URL}?language={language}", json={"message": "hej"}, headers=header)
    assert engine.calls[-1]["channel"] == channel


async def test_what_the_gateway_says_is_in_the_language_too(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    told = await client.post(f"{URL}?language=en", json={"message": "anna@example.org"}, headers=headers)
    assert told.json()["messages"][0]["text"].startswith("I took personal data out of your message: e-mail.")
    refused = await client.post(f"{URL}?language=en", json={"message": "x" * 3000}, headers=headers)
    assert refused.json()["error"]["message"] == "The message is too long. Write at most 2,000 characters."


async def test_unknown_language_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/webhooks/web/session?language=de")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "malformed"


async def test_stream_sends_each_message_as_an_event(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await client.post(f"{URL}?stream=true", json={"message": "hej", "id": "a1"}, headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = answer.text.strip().split("\n\n")
    assert json.loads(events[0].removeprefix("data: ")) == {"text": "Hej", "buttons": []}
    assert events[-1].startswith("event: done")


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "malformed"),
        (b"[]", "application/json", 400, "malformed"),
        (b"\xff\xfe", "application/json", 400, "malformed"),
        (b'{"message": "\\ud800"}', "application/json", 400, "malformed"),
        (b'{"message": "hej", "id": "\\ud800"}', "application/json", 400, "malformed"),
        (b"[" * 20_000, "application/json", 400, "malformed"),
        (b'{"id": "1"}', "application/json", 400, "malformed"),
        (b'{"message": 7, "id": "1"}', "application/json", 400, "malformed"),
        (b'{"message": "hej", "id": 1}', "application/json", 400, "malformed"),
        (b'{"message": "", "id": "1"}', "application/json", 400, "empty"),
        (b'{"message": "  \\n ", "id": "1"}', "application/json", 400, "empty"),
        (json.dumps({"message": "x" * 2001, "id": "1"}).encode(), "application/json", 413, "too_long"),
        (json.dumps({"message": "x" * 2_000_000, "id": "1"}).encode(), "application/json", 413, "too_long"),
        (b'{"message": "hej"}', "text/plain", 415, "malformed"),
    ],
)
async def test_bad_bodies(
    client: httpx.AsyncClient, headers: dict[str, str], body: bytes, content_type: str, status: int, code: str
) -> None:
    answer = await client.post(URL, content=body, headers=headers | {"Content-Type": content_type})
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"] == code
    assert error["message"].endswith(".")
    assert "xxx" not in answer.text


async def test_two_thousand_characters_are_allowed(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await client.post(URL, json={"message": "å" * 2000, "id": "1"}, headers=headers)
    assert answer.status_code == 200


FORGED = jwt.encode({"jti": "a" * 32, "exp": 4_000_000_000}, "y" * 40, "HS256")
EXPIRED = jwt.encode({"jti": "a" * 32, "exp": 1}, SECRET, "HS256")
UNSIGNED = jwt.encode({"jti": "a" * 32, "exp": 4_000_000_000}, None, "none")


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer x", f"Basic {FORGED}", f"Bearer {FORGED}", f"Bearer {EXPIRED}",
                                   f"Bearer {UNSIGNED}"])  # fmt: skip
@pytest.mark.parametrize(("method", "path"), [("POST", "messages"), ("GET", "situation"), ("DELETE", "session")])
async def test_only_our_own_live_tokens(client: httpx.AsyncClient, value: str, method: str, path: str) -> None:
    answer = await client.request(
        method, f"/webhooks/web/{path}", headers={"Authorization": value, "Content-Type": "application/json"}
    )
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "session"


async def test_forgotten_conversation(client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine) -> None:
    engine.known = False
    for stream in ("", "?stream=true"):
        answer = await client.post(URL + stream, json={"message": "hej"}, headers=headers)
        assert answer.status_code == 401
    assert (await client.get("/webhooks/web/situation", headers=headers)).status_code == 401


async def test_forget(client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine) -> None:
    answer = await client.delete("/webhooks/web/session", headers=headers)
    assert answer.status_code == 204
    assert engine.forgotten == [f"/conversations/{engine.calls[0]['conversation']}"]


@pytest.mark.parametrize("stream", ["", "?stream=true"])
async def test_engine_down_shows_the_emergency_card(
    client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine, stream: str
) -> None:
    engine.down = True
    answer = await client.post(URL + stream, json={"message": "hjälp"}, headers=headers)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    body = answer.json()
    assert "112" in body["error"]["message"]
    card = body["messages"][0]["custom"]
    assert card["kind"] == "emergency"
    assert {"112", "020-50 50 50"} <= {phone["number"] for service in card["services"] for phone in service["phones"]}


async def test_engine_that_dies_in_mid_turn(
    client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine
) -> None:
    engine.cut = True
    whole = await client.post(URL, json={"message": "hjälp"}, headers=headers)
    assert whole.status_code == 503
    streamed = await client.post(f"{URL}?stream=true", json={"message": "hjälp"}, headers=headers)
    assert '"kind": "emergency"' in streamed.text


async def test_silence_becomes_the_emergency_card(
    client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine
) -> None:
    engine.answer = []
    answer = await client.post(URL, json={"message": "hej"}, headers=headers)
    assert answer.json()["messages"][0]["custom"]["kind"] == "emergency"


async def test_too_many_messages(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answers = [await client.post(URL, json={"message": "hej"}, headers=headers) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert answers[-1].json()["error"]["code"] == "too_many"


async def test_typed_intent_is_text(client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine) -> None:
    for typed in ('/referral{"municipality": "Nacka", "emergency": true}', "/locate_victim", " /restart", "//restart"):
        await client.post(URL, json={"message": typed}, headers=headers)
        assert not engine.calls[-1]["text"].startswith("/")


async def test_buttons_pass_unchanged(client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine) -> None:
    for payload in ("/decline", '/inform{"perspective": "utsatt"}', '/inform{"district": "Järva"}',
                    '/change{"field": "age_group"}'):  # fmt: skip
        await client.post(URL, json={"message": payload}, headers=headers)
        assert engine.calls[-1]["text"] == payload


@pytest.mark.parametrize(
    ("typed", "payload"),
    [("Visa stödlinjer", "/hotline"), (" mig själv ", '/inform{"perspective": "utsatt"}'), ("VET INTE", "/decline")],
)
async def test_a_typed_button_title_is_the_button(
    client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine, typed: str, payload: str
) -> None:
    await client.post(URL, json={"message": typed}, headers=headers)
    assert engine.calls[-1]["text"] == payload


async def test_placeholders_never_make_a_message_too_long(
    client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine
) -> None:
    await client.post(URL, json={"message": ("a@b.se " * 285)[:2000]}, headers=headers)
    assert len(engine.calls[-1]["text"]) <= 2000


async def test_identifiers_stay_in_the_gateway(
    client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = await client.post(URL, json={"message": "mitt nummer är 070-174 06 05"}, headers=headers)
    notice = answer.json()["messages"][0]
    assert notice["custom"] == {"kind": "notice", "code": "pii_removed", "types": ["phone"]}
    assert "telefonnummer" in notice["text"]
    assert "06 05" not in json.dumps(engine.calls[-1])
    assert "06 05" not in caplog.text


async def test_age_of_a_personnummer_is_kept(
    client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine
) -> None:
    await client.post(URL, json={"message": "hon heter så, 20100203-2398"}, headers=headers)
    assert engine.calls[-1]["facts"] == {"age": 16}
    assert "2398" not in engine.calls[-1]["text"]


async def test_emergency_card_comes_before_the_notice(
    client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine
) -> None:
    engine.answer = [EMERGENCY, {"text": "Hej", "buttons": []}]
    answer = await client.post(URL, json={"message": "han slår mig nu, ring 070-174 06 05"}, headers=headers)
    kinds = [message.get("custom", {}).get("kind") for message in answer.json()["messages"]]
    assert kinds == ["emergency", "notice", None]


async def test_errors_never_repeat_what_was_sent(client: httpx.AsyncClient) -> None:
    answer = await client.get("/finns/inte/hemligt?namn=hemligt")
    assert answer.status_code == 404
    assert "hemligt" not in answer.text
