"""What Teams does to a bot, and what the bot does then."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, get_args

import httpx
import pytest
from microsoft_teams.api import activities
from pydantic import BaseModel

from bot.gateway.reports import PER_MINUTE
from bot.gateway.shared import Shared
from bot.gateway.teams_queue import MAX_WAITING
from tests.teams.conftest import House
from tests.teams.microsoft import CLIENT, CONVERSATION, OTHER_TENANT, TENANT, Microsoft
from tests.unit.gateway.conftest import SECRET, FakeEngine

# Every type that the Bot Framework activity schema names, those of the SDK among them, and one that nobody does.
TYPES = [
    "message", "conversationUpdate", "installationUpdate", "messageReaction", "messageUpdate", "messageDelete",
    "typing", "endOfConversation", "event", "invoke", "invokeResponse", "deleteUserData", "contactRelationUpdate",
    "handoff", "trace", "suggestion", "command", "commandResult", "delay", "somethingNew",
]  # fmt: skip
SILENT = [name for name in TYPES if name not in ("message", "invoke")]
BUTTON = '/inform{"perspective": "utsatt"}'
CARD = {"text": "Ring 112", "buttons": [], "custom": {"kind": "emergency", "services": []}}


def group(kind: str) -> dict[str, Any]:
    return {"conversationType": kind, "isGroup": True, "tenantId": TENANT, "id": "19:room@thread.tacv2;messageid=17"}


async def test_an_answer_comes_to_the_conversation_with_label_and_silent_preview(house: House) -> None:
    assert await house.say("hej") == ["Hej"]
    (sent,) = house.microsoft.sent
    assert sent["_to"] == CONVERSATION
    assert sent["from"]["id"] == f"28:{CLIENT}"
    assert sent["summary"] == "Lotsen har svarat"
    assert sent["entities"][0]["additionalType"] == ["AIGeneratedContent"]


async def test_a_call_sent_again_is_answered_once(house: House, fake: FakeEngine) -> None:
    activity = house.microsoft.activity()
    for _ in range(3):
        assert await house.post(activity) == 200
    assert len(fake.calls) == len(house.microsoft.sent) == 1


async def test_the_call_is_answered_before_a_slow_connector_and_nobody_else_waits(house: House) -> None:
    house.microsoft.gate.clear()
    assert await house.post_raw(json.dumps(house.microsoft.activity())) == 200
    session = await house.http.post("/webhooks/web/session")
    assert session.status_code == 201
    assert not house.microsoft.sent
    house.microsoft.gate.set()
    await house.teams.queues.idle()
    assert house.microsoft.texts == ["Hej"]


async def test_answers_keep_their_order_when_messages_pile_up(house: House, fake: FakeEngine) -> None:
    house.microsoft.gate.clear()
    for number in range(4):
        await house.post_raw(json.dumps(house.microsoft.activity(f"nummer {number}")))
    house.microsoft.gate.set()
    await house.teams.queues.idle()
    assert [call["text"] for call in fake.calls] == [f"nummer {number}" for number in range(4)]


async def test_too_many_waiting_are_sent_back_to_come_again(house: House) -> None:
    house.microsoft.gate.clear()
    statuses = [
        await house.post_raw(json.dumps(house.microsoft.activity(str(number)))) for number in range(MAX_WAITING + 2)
    ]
    assert statuses == [200] * MAX_WAITING + [429] * 2
    house.microsoft.gate.set()
    await house.teams.queues.idle()


async def test_a_flood_is_told_once_and_then_not_answered(house: House, fake: FakeEngine) -> None:
    house.teams._limit = Shared(None, SECRET, lambda: 0.0).limit("teams", 30)  # time stands still
    for number in range(33):
        await house.post(house.microsoft.activity(str(number)))
    assert len(fake.calls) == 30
    assert len(house.microsoft.texts) == 31
    assert "för många meddelanden" in house.microsoft.texts[-1]


@pytest.mark.parametrize("statuses", [[500], [503, 502], [429]])
async def test_a_connector_that_fails_is_asked_again(house: House, statuses: list[int]) -> None:
    house.microsoft.statuses = list(statuses)
    assert await house.say("hej") == ["Hej"]
    assert len(house.microsoft.tokens) == len(statuses) + 1


@pytest.mark.parametrize("statuses", [[500] * 3, [403], [401], [404]])
async def test_a_connector_that_refuses_is_left_and_the_next_message_works(house: House, statuses: list[int]) -> None:
    house.microsoft.statuses = list(statuses)
    assert await house.say("hej") == []
    assert await house.say("hej igen") == ["Hej"]


def answer_after(house: House, fake: FakeEngine, ready: Callable[[], Awaitable[Any]]) -> None:
    """Let the engine answer only when that has come."""

    async def slow(request: httpx.Request) -> httpx.Response:
        await ready()
        return fake(request)

    house.teams._talks._engine._engines[0].http._transport = httpx.MockTransport(slow)


async def test_typing_is_shown_only_when_the_answer_takes_its_time(
    house: House, fake: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.say("hej")
    assert [one["type"] for one in house.microsoft.sent] == ["message"]
    monkeypatch.setattr("bot.gateway.teams_talks.TYPING_AFTER", 0.0)
    house.microsoft.took.clear()
    answer_after(house, fake, lambda: asyncio.to_thread(house.microsoft.took.wait))
    await house.say("hej")
    assert [one["type"] for one in house.microsoft.sent] == ["typing", "message"]


async def test_typing_that_is_slow_does_not_hold_up_the_answer(
    house: House, fake: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.gateway.teams_talks.TYPING_AFTER", 0.0)
    under_way = asyncio.Event()
    send = house.teams._connector.send

    async def stuck(address: Any, activity: Any) -> bool:
        if activity.type == "typing":
            under_way.set()
            await asyncio.sleep(3600)
        return await send(address, activity)

    monkeypatch.setattr(house.teams._connector, "send", stuck)
    answer_after(house, fake, under_way.wait)
    assert await house.say("hej") == ["Hej"]


@pytest.mark.parametrize(
    "fields",
    [
        {"text": None, "value": {"payload": BUTTON}},
        {"text": "", "value": {"payload": BUTTON}},
        {"text": BUTTON, "value": {"payload": BUTTON}},
        {"text": BUTTON, "value": None},
        {"text": f" {BUTTON} ", "value": {}},
    ],
)
async def test_a_click_arrives_however_the_client_sends_it(
    house: House, fake: FakeEngine, fields: dict[str, Any]
) -> None:
    await house.post(house.microsoft.activity(**fields))
    assert [call["text"] for call in fake.calls] == [BUTTON]


async def test_a_payload_that_is_not_ours_is_not_obeyed(house: House, fake: FakeEngine) -> None:
    await house.post(house.microsoft.activity("jag undrar", value={"payload": '/inform{"age": 99}'}))
    await house.post(house.microsoft.activity('/inform{"age": 99}'))
    assert fake.calls[0]["text"] == "jag undrar"
    assert not fake.calls[1]["text"].startswith("/")


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        ("<at>Lotsen</at> hej", "hej"),
        ("<at>Lotsen</at>&nbsp;var bor du?", "var bor du?"),
        ('hej <at id="0">Kalle Kanarin</at> där', "hej där"),
        ("<p>hej</p><div>du</div>", "hej du"),
        ("a < b och b > c", "a < b och b > c"),
        ("hus &amp; hem", "hus & hem"),
        ("jag är 5 < 7", "jag är 5 < 7"),
    ],
)
async def test_mentions_and_html_are_taken_out(house: House, fake: FakeEngine, sent: str, heard: str) -> None:
    await house.post(house.microsoft.activity(sent))
    assert [call["text"] for call in fake.calls] == [heard]


@pytest.mark.parametrize("kind", ["groupChat", "channel", None])
async def test_among_others_it_only_offers_to_write_in_private(
    house: House, fake: FakeEngine, kind: str | None
) -> None:
    for text in ("<at>Lotsen</at> min granne blir slagen", "hallå"):
        await house.post(house.microsoft.activity(text, conversation=group(kind or "")))
    assert fake.calls == []
    (card,) = house.microsoft.cards
    assert "privat" in card["fallbackText"]
    assert card["body"][1]["actions"][0]["url"] == f"https://teams.microsoft.com/l/chat/0/0?users=28:{CLIENT}"
    assert "granne" not in json.dumps(house.microsoft.sent)


async def test_offer_in_english(house: House) -> None:
    await house.post(house.microsoft.activity("hello", conversation=group("channel"), locale="en-US"))
    assert "private chat" in house.microsoft.texts[0]


async def test_an_installation_is_welcomed_once_with_the_notice_first(house: House, fake: FakeEngine) -> None:
    member = {"id": f"28:{CLIENT}"}
    await house.post(house.microsoft.activity(type="installationUpdate", action="add", text=None))
    await house.post(house.microsoft.activity(type="conversationUpdate", membersAdded=[member], text=None))
    assert len(house.microsoft.texts) == 2
    assert "arbetsgivare" in house.microsoft.texts[0]
    assert house.microsoft.texts[1] == "Hej"
    assert [set(call) for call in fake.calls] == [{"conversation", "channel", "id"}]
    assert fake.calls[0]["channel"] == "teams"


async def test_welcome_in_english_warns_in_english(house: House, fake: FakeEngine) -> None:
    await house.post(house.microsoft.activity(type="installationUpdate", action="add", text=None, locale="en-GB"))
    assert "your employer" in house.microsoft.texts[0]
    assert fake.calls[0]["channel"] == "web-en"
    assert {one["summary"] for one in house.microsoft.sent} == {"Lotsen has answered"}


@pytest.mark.parametrize(
    ("locale", "pressed", "channel", "notice"),
    [("sv-SE", "English", "web-en", "your employer"), ("en-US", "Svenska", "teams", "din arbetsgivare")],
)
async def test_the_other_language_is_one_press_away_and_lasts(
    house: House, fake: FakeEngine, locale: str, pressed: str, channel: str, notice: str
) -> None:
    await house.post(house.microsoft.activity(type="installationUpdate", action="add", text=None, locale=locale))
    (button,) = house.microsoft.cards[0]["body"][-1]["actions"]
    assert (button["title"], button["data"]["msteams"]["text"]) == (pressed, pressed)
    fake.answer = []  # the conversation is under way: it is not greeted twice
    for fields in ({"text": pressed.upper()}, {"text": None, "value": button["data"]}):
        house.microsoft.sent.clear()
        await house.post(house.microsoft.activity(**fields, locale=locale))
        assert notice in house.microsoft.texts[0]
        assert fake.calls[-1]["text"] == "hej"
    assert (await house.say("Nacka", locale=locale))[-1]
    assert {call["channel"] for call in fake.calls[1:]} == {channel}


def report(service: object, field: object = None) -> dict[str, Any]:
    return {"text": None, "value": {"report": {"service": service} | ({"field": field} if field else {})}}


def reported(house: House) -> list[tuple[str, str, int]]:
    return [(one.service, one.field, one.times) for one in house.reports.all()]


async def test_a_wrong_fact_is_reported_with_two_presses_and_no_words(house: House, fake: FakeEngine) -> None:
    await house.post(house.microsoft.activity(**report("origo")))
    assert house.microsoft.texts[0].startswith("Vilken uppgift om Origo")
    choices = [block["actions"][0] for block in house.microsoft.cards[0]["body"][1:]]
    assert [one["title"] for one in choices] == ["Telefonnumret", "Webbplatsen", "Något annat"]  # no hours on its card
    await house.post(house.microsoft.activity(text=None, value=choices[0]["data"]))
    assert "Tack" in house.microsoft.texts[-1]
    assert reported(house) == [("origo", "phone", 1)]
    assert fake.calls == []


@pytest.mark.parametrize(
    "value",
    [
        report("finns-inte"),
        report("finns-inte", "phone"),
        report("origo", "Kanarin ringde"),
        report("linnamottagningen"),
    ],
)
async def test_a_report_of_what_nobody_knows_is_not_kept(house: House, value: dict[str, Any]) -> None:
    await house.post(house.microsoft.activity(**value))
    assert "gick inte att spara" in house.microsoft.texts[0]
    assert reported(house) == []


@pytest.mark.parametrize("value", [report(7), report("origo", ["phone"]), {"text": None, "value": {"report": "origo"}}])
async def test_a_report_that_is_none_is_no_report(house: House, value: dict[str, Any]) -> None:
    await house.post(house.microsoft.activity(**value))
    assert "bara läsa text" in house.microsoft.texts[0]
    assert reported(house) == []


async def test_many_reports_are_held_back(house: House) -> None:
    for _ in range(PER_MINUTE + 1):
        await house.post(house.microsoft.activity(**report("origo", "phone")))
    assert reported(house) == [("origo", "phone", PER_MINUTE)]
    assert "för många" in house.microsoft.texts[-1]


async def test_a_report_in_english(house: House) -> None:
    await house.post(house.microsoft.activity(**report("origo"), locale="en"))
    assert house.microsoft.texts[0].startswith("Which fact about Origo")
    assert house.microsoft.cards[0]["body"][1]["actions"][0]["title"] == "The phone number"


async def test_other_people_who_come_and_go_are_not_greeted(house: House, fake: FakeEngine) -> None:
    await house.post(house.microsoft.activity(type="conversationUpdate", membersAdded=[{"id": "29:1other"}]))
    await house.post(house.microsoft.activity(type="conversationUpdate", membersAdded="x", membersRemoved=[None]))
    assert fake.calls == house.microsoft.sent == []


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "installationUpdate", "action": "remove"},
        {"type": "conversationUpdate", "membersRemoved": [{"id": f"28:{CLIENT}"}]},
    ],
)
async def test_who_takes_it_away_is_forgotten(house: House, fake: FakeEngine, fields: dict[str, Any]) -> None:
    await house.say("hej")
    await house.post(house.microsoft.activity(**fields))
    assert fake.forgotten == [f"/conversations/{fake.calls[0]['conversation']}"]


async def test_a_new_conversation_is_begun_and_the_notice_given(house: House, fake: FakeEngine) -> None:
    fake.known = False
    answer = fake.__call__

    def begun(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/conversations"):
            fake.known = True
        return answer(request)

    house.teams._talks._engine._engines[0].http._transport = httpx.MockTransport(begun)
    texts = await house.say("jag blir slagen")
    assert len(texts) == 2
    assert "arbetsgivare" in texts[0]
    assert await house.say("och hotad") == ["Hej"]


async def test_in_an_emergency_the_card_comes_before_the_notice(house: House, fake: FakeEngine) -> None:
    fake.answer = [CARD, {"text": "Vem gäller det?", "buttons": []}]
    fake.known = False
    answer = fake.__call__

    def begun(request: httpx.Request) -> httpx.Response:
        fake.known = fake.known or request.url.path.endswith("/conversations")
        return answer(request)

    house.teams._talks._engine._engines[0].http._transport = httpx.MockTransport(begun)
    texts = await house.say("han slår mig nu")
    assert [text[:8] for text in texts] == ["Ring 112", "Lotsen g", "Vem gäll"]


@pytest.mark.parametrize("fault", ["down", "cut", "unknown"])
async def test_an_engine_that_fails_still_gives_112(house: House, fake: FakeEngine, fault: str) -> None:
    fake.down, fake.cut = fault == "down", fault == "cut"
    if fault == "unknown":  # forgotten again between the two tries
        fake.known = False
    texts = await house.say("hjälp")
    assert any("112" in text for text in texts)
    assert [card for card in house.microsoft.cards if card["body"][0].get("style") == "attention"]


async def test_a_welcome_without_an_engine_gives_112(house: House, fake: FakeEngine) -> None:
    fake.down = True
    await house.post(house.microsoft.activity(type="installationUpdate", action="add", text=None))
    assert "112" in house.microsoft.texts[-1]


async def test_two_tenants_are_two_conversations(house: House, fake: FakeEngine) -> None:
    object.__setattr__(house.teams._talks._settings, "allowed_tenants", frozenset({OTHER_TENANT}))
    await house.say("hej")
    other = {"conversationType": "personal", "tenantId": OTHER_TENANT, "id": CONVERSATION}
    await house.say("hej", conversation=other, channelData={"tenant": {"id": OTHER_TENANT}})
    assert fake.calls[0]["conversation"] != fake.calls[1]["conversation"]


async def test_the_same_person_is_the_same_conversation(house: House, fake: FakeEngine) -> None:
    await house.say("hej")
    await house.say("hej igen")
    assert len({call["conversation"] for call in fake.calls}) == 1


@pytest.mark.parametrize("kind", SILENT)
async def test_every_other_type_is_taken_without_a_word(house: House, fake: FakeEngine, kind: str) -> None:
    reaction = {"reactionsAdded": [{"type": "like"}], "name": "x", "value": {"a": 1}, "action": "other"}
    assert await house.post(house.microsoft.activity(type=kind, **reaction)) == 200
    assert fake.calls == house.microsoft.sent == []


def known_to_the_sdk(union: Any) -> set[tuple[str, str]]:
    """Return type and name of every activity that Microsoft's SDK knows."""
    found: set[tuple[str, str]] = set()
    for one in get_args(union):
        found |= known_to_the_sdk(one)
    if isinstance(union, type) and issubclass(union, BaseModel) and "type" in union.model_fields:
        name = union.model_fields.get("name")
        kinds = get_args(union.model_fields["type"].annotation)
        found |= {(str(kind), str(name.default) if name else "") for kind in kinds}
    return found


SDK = sorted(known_to_the_sdk(activities.Activity))


def test_no_type_of_the_sdk_is_left_out() -> None:
    assert len(SDK) > 30
    assert {kind for kind, _ in SDK} <= set(TYPES)


@pytest.mark.parametrize(("kind", "name"), [one for one in SDK if one[0] != "message"])
async def test_nothing_but_messages_is_obeyed(house: House, fake: FakeEngine, kind: str, name: str) -> None:
    status = await house.post(house.microsoft.activity(type=kind, name=name, value={"payload": BUTTON}))
    assert status == (501 if kind == "invoke" else 200)  # no card of ours invokes anything
    assert fake.calls == house.microsoft.sent == []


@pytest.mark.parametrize("kind", [None, 7, [], {"a": 1}])
async def test_a_type_that_is_no_word(house: House, fake: FakeEngine, kind: object) -> None:
    assert await house.post({**house.microsoft.activity(), "type": kind}) == 200
    assert fake.calls == []


FILE = {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "Kanarin.pdf", "contentUrl": "x"}


@pytest.mark.parametrize("text", ["", "  ", None, "<at>Lotsen</at>", 7, ["hej"]])
async def test_files_without_words_are_declined(house: House, fake: FakeEngine, text: Any) -> None:
    assert await house.post({**house.microsoft.activity(), "text": text, "attachments": [FILE]}) == 200
    assert fake.calls == []
    assert "bara läsa text" in house.microsoft.texts[0]


async def test_a_file_beside_words_is_dropped(house: House, fake: FakeEngine) -> None:
    html = {"contentType": "text/html", "content": "<p>hej Kanarin</p>"}
    await house.post(house.microsoft.activity("hej", attachments=[FILE, html]))
    assert fake.calls[0]["text"] == "hej"
    assert "Kanarin" not in json.dumps(fake.calls)


async def test_a_message_that_is_too_long_is_told_so(house: House, fake: FakeEngine) -> None:
    assert "2 000 tecken" in (await house.say("x" * 2001))[0]
    assert fake.calls == []


@pytest.mark.parametrize("text", ["hej \ud83d", "\ud800"])
async def test_half_a_character_does_no_harm(house: House, text: str) -> None:
    assert await house.post(house.microsoft.activity(text)) == 200
    assert len(house.microsoft.texts) == 1


async def test_a_turn_that_breaks_is_logged_by_class_and_the_next_is_taken(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("bot.gateway.cards.activities", lambda *_: 1 / 0)
        await house.say("min hemlighet")
    assert "Teams turn failed: ZeroDivisionError" in caplog.text
    assert "hemlighet" not in caplog.text
    assert await house.say("hej") == ["Hej"]


async def test_without_settings_there_is_no_door(microsoft: Microsoft, fake: FakeEngine) -> None:
    from bot.gateway.app import create_app
    from bot.gateway.engine import EngineClient
    from bot.gateway.settings import Settings
    from tests.unit.gateway.conftest import SECRET

    settings = Settings(engine_url="http://engine", engine_secret=SECRET, session_secret=SECRET)
    app = create_app(settings, EngineClient("http://engine", SECRET, httpx.MockTransport(fake)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as http:
        answer = await http.post("/api/messages", json=microsoft.activity(), headers={"Authorization": "Bearer x"})
    assert answer.status_code == 404


async def test_close_ends_what_is_under_way(house: House) -> None:
    house.microsoft.delay = 30
    await house.post_raw(json.dumps(house.microsoft.activity()))
    await asyncio.sleep(0.05)
    await house.teams.queues.close(seconds=0.05)
    await house.teams.queues.idle()
    assert house.microsoft.sent == []
