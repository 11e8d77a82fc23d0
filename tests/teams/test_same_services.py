"""With the real engine: the same words lead to the same services in Teams as on the web."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.gateway import teams_package
from tests.chat import Chat
from tests.teams.conftest import House
from tests.teams.microsoft import CANARY_TEXT, CLIENT, Microsoft

# What is said, message by message; a slash begins a button.
TALKS = [
    ["Jag är kurator och möter en femtonårig flicka i Botkyrka som ska giftas bort av sin familj"],
    ["Min man slår mig och jag bor i Farsta, jag är 34"],
    ["Visa stödlinjer"],
    ["/hotline"],
    ['/inform{"perspective": "utsatt"}', '/inform{"violence_type": "sexuellt"}', "Nacka", "/decline"],
    ["Jag slår min fru och vill sluta, jag bor i Solna"],
    ["Vad säger lagen om anmälningsplikt?"],
    ["Vad är Origo?"],
    ["Han står utanför dörren med en kniv"],
    ["Jag orkar inte leva längre"],
]


def ids(microsoft: Microsoft) -> list[str]:
    """Return the ids of every service in the cards, in order."""
    found: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if str(part.get("id", "")).startswith("service-"):
                found.append(part["id"].removeprefix("service-"))
            part = list(part.values())
        if isinstance(part, list):
            for one in part:
                walk(one)

    walk(microsoft.cards)
    return found


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk[0][:30])
async def test_the_same_services_as_on_the_web(real_house: House, talk: list[str]) -> None:
    place = {"conversationType": "personal", "id": f"a:talk{TALKS.index(talk)}"}
    chat = await Chat.open(real_house.http)
    for number, said in enumerate(talk):
        web = await chat.say(said)
        real_house.microsoft.sent.clear()
        fields: dict[str, Any] = {"conversation": place}
        fields |= {"text": None, "value": {"payload": said}} if said.startswith("/") else {"text": said}
        assert await real_house.post(real_house.microsoft.activity(**fields)) == 200
        assert ids(real_house.microsoft) == web.service_ids
        spoken = "\n".join(real_house.microsoft.texts)
        assert all(message["text"] in spoken for message in web.messages if message["text"])
        assert ("arbetsgivare" in spoken) == (number == 0)
    assert web.messages


async def test_every_button_that_is_shown_can_be_pressed(real_house: House) -> None:
    await real_house.say("hej")
    await real_house.say(TALKS[0][0])
    pressed = [
        action["data"]["payload"]
        for card in real_house.microsoft.cards
        for block in card["body"]
        for action in block.get("actions", [])
        if action["type"] == "Action.Submit"
    ]
    assert '/change{"field": "municipality"}' in pressed
    for payload in pressed:
        real_house.microsoft.sent.clear()
        assert await real_house.post(real_house.microsoft.activity(text=payload, value={"payload": payload})) == 200
        assert real_house.microsoft.texts
        assert "förstod inte" not in real_house.microsoft.texts[0]


async def test_every_suggested_prompt_is_understood(real_house: House) -> None:
    (robot,) = teams_package.manifest(CLIENT, "https://lotsen.example")["bots"]
    commands = robot["commandLists"][0]["commands"]
    for number, command in enumerate(commands):
        place = {"conversationType": "personal", "id": f"a:prompt{number}"}
        texts = await real_house.say(command["title"], conversation=place)
        assert not [text for text in texts if "förstod inte" in text], command["title"]


async def test_the_engines_log_holds_nothing_of_what_was_said(real_house: House, engine: Any) -> None:
    await real_house.say(CANARY_TEXT)
    log = engine.log.read_text(errors="replace")
    assert not [word for word in ("Kanarin", "750101", "a:1pL6k", "29:1", "blåmärken") if word in log]


async def test_a_slow_connector_holds_up_nobody_on_the_web(real_house: House) -> None:
    real_house.microsoft.delay = 60.0
    for number in range(20):
        place = {"conversationType": "personal", "id": f"a:slow{number}"}
        activity = real_house.microsoft.activity("Visa stödlinjer", conversation=place)
        assert await real_house.post_raw(json.dumps(activity)) == 200
    chat = await Chat.open(real_house.http)
    for _ in range(10):
        assert (await chat.say("/hotline")).services
    assert real_house.microsoft.sent == []  # all answered on the web while Teams still waits
    await real_house.teams.queues.close(seconds=0)
