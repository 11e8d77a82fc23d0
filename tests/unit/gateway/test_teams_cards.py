"""Cards: every kind, valid by Microsoft's own models, small enough, and with a plain-text twin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from microsoft_teams.cards import core

from bot.gateway import cards
from bot.gateway.cards_words import words
from bot.gateway.payloads import is_payload
from bot.gateway.teams_language import ENGLISH
from knowledge.directory import load_directory
from knowledge.labels import labels
from knowledge.payloads import referral_payload, service_payload, topic_payload
from knowledge.situation import OUTSIDE_COUNTY, Situation

LIMIT = 28 * 1024  # bytes that Teams takes
NOON = datetime(2026, 11, 23, 12)
URL = "https://lotsen.example"
BUTTONS = [{"title": "Börja om", "payload": "/restart"}, {"title": "Visa stödlinjer", "payload": "/hotline"}]
CLASSES = {
    made.model_fields["type"].default: made
    for made in vars(core).values()
    if isinstance(made, type) and issubclass(made, core.SerializableObject) and "type" in made.model_fields
}
SITUATIONS: list[dict[str, Any]] = [
    {},
    {"perspective": "yrkesverksam", "violence_types": ["heder"], "age": 15, "municipality": "Botkyrka"},
    {"perspective": "utsatt", "violence_types": ["nara_relation", "sexuellt"], "age_group": "vuxen",
     "municipality": "Stockholm", "district": "Järva"},
    {"perspective": "utovare", "municipality": OUTSIDE_COUNTY},
    {"perspective": "anhorig", "violence_types": ["manniskohandel", "prostitution"], "emergency": True, "age": 0},
]  # fmt: skip


def referral(situation: dict[str, Any]) -> dict[str, Any]:
    return referral_payload(load_directory().find(Situation.parse(situation)))


def messages() -> Iterator[tuple[str, dict[str, Any]]]:
    directory = load_directory()
    services = [service_payload(match) for match in directory.emergency(Situation())]
    found = directory.find(Situation.parse(SITUATIONS[1]))
    yield "text", {"text": "Hej", "buttons": []}
    yield "buttons", {"text": "Vem?", "buttons": BUTTONS * 4}
    yield "notice", {"text": "Borta", "buttons": [], "custom": {"kind": "notice", "code": "pii_removed", "types": []}}
    yield "emergency", {"text": "Ring.", "buttons": [], "custom": {"kind": "emergency", "services": services}}
    yield "hotlines", {"text": "Här.", "buttons": BUTTONS, "custom": {"kind": "hotlines", "services": services}}
    topics = [topic_payload(topic) for topic in found.guidance]
    assert topics
    yield "guidance", {"text": "Lag.", "buttons": BUTTONS, "custom": {"kind": "guidance", "topics": topics}}
    for number, situation in enumerate(SITUATIONS):
        yield f"referral {number}", {"text": "Förslag.", "buttons": BUTTONS, "custom": referral(situation)}


MESSAGES = dict(messages())


def parts(card: Any) -> Iterator[dict[str, Any]]:
    """Yield every typed object of a card."""
    if isinstance(card, dict):
        if "type" in card and card["type"] != "messageBack":
            yield card
        for value in card.values():
            yield from parts(value)
    elif isinstance(card, list):
        for value in card:
            yield from parts(value)


def contents(message: dict[str, Any], channel: str = "") -> list[dict[str, Any]]:
    made = cards.activities(message, URL, channel=channel)
    dumps = [one.model_dump(by_alias=True, exclude_none=True) for one in made]
    return [part["content"] for dump in dumps for part in dump.get("attachments", [])]


@pytest.mark.parametrize("channel", ["teams", ENGLISH])
@pytest.mark.parametrize("name", MESSAGES)
def test_every_part_is_as_microsofts_models_have_it(name: str, channel: str) -> None:
    for card in contents(MESSAGES[name], channel):
        assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
        for part in parts(card):
            model = CLASSES[part["type"]]  # an unknown type is a KeyError
            known = {field.serialization_alias or name for name, field in model.model_fields.items()}
            assert set(part) <= known, part
            model.model_validate(part, strict=True)


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_has_label_neutral_preview_and_text(name: str) -> None:
    for activity in cards.activities(MESSAGES[name], URL):
        dump = activity.model_dump(by_alias=True, exclude_none=True)
        assert dump["entities"][0]["additionalType"] == ["AIGeneratedContent"]
        assert dump["entities"][0]["type"] == "https://schema.org/Message"
        assert dump["summary"] == "Lotsen har svarat"
        assert dump.get("text") or dump["attachments"][0]["content"]["fallbackText"].startswith(MESSAGES[name]["text"])


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_fits(name: str) -> None:
    for activity in cards.activities(MESSAGES[name], URL):
        assert len(json.dumps(activity.model_dump(by_alias=True, exclude_none=True))) <= LIMIT


@pytest.mark.parametrize("name", [name for name in MESSAGES if name.startswith("referral")])
def test_nothing_of_a_referral_is_lost_when_it_is_split(name: str) -> None:
    message = MESSAGES[name]
    shown = [part["id"] for card in contents(message) for part in parts(card) if part.get("id", "").startswith("serv")]
    wanted = [service["id"] for group in message["custom"]["groups"] for service in group["services"]]
    assert shown == [f"service-{one}" for one in wanted]
    text = json.dumps(contents(message), ensure_ascii=False)
    for group in message["custom"]["groups"]:
        for service in group["services"]:
            assert all(f"[{phone['number']}](tel:{phone['tel']})" in text for phone in service["phones"])
    assert URL + message["custom"]["permalink"] in text


def test_every_button_carries_the_same_payload_twice_and_it_is_one_of_ours() -> None:
    buttons = [
        part for message in MESSAGES.values() for card in contents(message) for part in parts(card)
        if part["type"] == "Action.Submit" and "payload" in part["data"]
    ]  # fmt: skip
    assert len(buttons) > 20
    for button in buttons:
        data = button["data"]
        assert data["msteams"] == {"type": "messageBack", "displayText": button["title"], "text": data["payload"]}
        assert is_payload(data["payload"])


def titles(name: str, channel: str = "") -> list[str]:
    return [part.get("title", "") for card in contents(MESSAGES[name], channel) for part in parts(card)]


def test_every_service_can_be_said_to_be_wrong() -> None:
    for name, message in MESSAGES.items():
        told = [part for card in contents(message) for part in parts(card) if part.get("title") == "Fel uppgift?"]
        shown = [
            part["id"] for card in contents(message) for part in parts(card) if part.get("id", "")[:8] == "service-"
        ]
        wanted = [] if name == "emergency" else shown  # in danger there is one thing to do
        assert [f"service-{one['data']['report']['service']}" for one in told] == wanted
        assert all("msteams" not in one["data"] for one in told)  # nothing is written into the chat


def test_english_words_are_those_of_the_widget() -> None:
    widget = (Path(cards.__file__).parents[1] / "widget" / "english.js").read_text(encoding="utf-8")
    english = words(ENGLISH)
    said = [english.danger, english.open, english.closed, english.call, english.chat, english.mail, english.web]
    said += [english.anonymous, english.interpreter, english.checked, english.source, english.wrong, english.page]
    said += [*english.chips.values(), *english.people.values(), *english.terms.values(), *english.groups.values()]
    assert [one for one in said if f'"{one}"' not in widget] == []


def test_both_languages_have_a_word_for_every_code() -> None:
    swedish, english = words("teams"), words(ENGLISH)
    for name in ("chips", "people", "terms", "languages", "wrong_facts"):
        assert getattr(swedish, name).keys() == getattr(english, name).keys()
    assert english.groups.keys() == labels()["groups"].keys()
    assert len(swedish.months) == len(english.months) == 12


def test_chips_and_headings_in_english() -> None:
    said = titles("referral 1", ENGLISH)
    chips = ["About: someone in my work", "Violence: honour-based violence", "Municipality: Botkyrka", "Age: 15 years"]
    assert [title for title in said if title in chips] == chips
    assert "Open as a page" in said
    text = json.dumps(contents(MESSAGES["referral 1"], ENGLISH), ensure_ascii=False)
    assert "In an emergency (" in text
    assert not [word for word in ("Fel uppgift", "Öppet nu", "Kontrollerad", "Visa:", "Källa") if word in text]
    assert {card["lang"] for card in contents(MESSAGES["referral 1"], ENGLISH)} == {"en"}


def test_chips_tell_what_was_understood() -> None:
    chips = ["Gäller: någon i mitt arbete", "Våld: heder", "Kommun: Botkyrka", "Ålder: 15 år"]
    assert [title for title in titles("referral 1") if title in chips] == chips
    assert "Kommun: utanför länet" in titles("referral 3")
    assert "Ålder: 0 år" in titles("referral 4")


def test_a_topic_is_shown_once_a_turn() -> None:
    shown: set[str] = set()
    for name in ("guidance", "referral 1"):
        made = [one.model_dump(by_alias=True) for one in cards.activities(MESSAGES[name], URL, shown)]
        assert ("topic-" in json.dumps(made)) == (name == "guidance")


def test_what_is_folded_opens_in_the_same_card() -> None:
    for message in MESSAGES.values():
        for card in contents(message):
            ids = {part["id"] for part in parts(card) if part.get("isVisible") is False}
            opened = [name for part in parts(card) for name in part.get("targetElements", [])]
            assert sorted(ids) == sorted(opened)


def test_an_emergency_stands_out() -> None:
    (card,) = contents(MESSAGES["emergency"])
    assert card["body"][0]["style"] == "attention"
    assert "112" in card["body"][0]["items"][0]["text"]


def test_no_link_to_a_page_without_an_address() -> None:
    made = [one.model_dump(by_alias=True, exclude_none=True) for one in cards.activities(MESSAGES["referral 1"])]
    assert "Öppna som sida" not in json.dumps(made, ensure_ascii=False)


def test_a_payload_beyond_all_measure_is_split_or_shortened() -> None:
    service = {**MESSAGES["hotlines"]["custom"]["services"][0], "summary": "å" * 40_000, "why": ["ö" * 500] * 200}
    topic = {"id": "x", "title": "ä" * 200, "text": "\n".join(["å" * 3000] * 20), "law": ["§" * 3000] * 9}
    for custom in (
        {"kind": "hotlines", "services": [service] * 20},
        {"kind": "guidance", "topics": [topic] * 20},
        {"kind": "emergency", "services": [service] * 3},
    ):
        for activity in cards.activities({"text": "å" * 30_000, "buttons": BUTTONS * 100, "custom": custom}, URL):
            assert len(json.dumps(activity.model_dump(by_alias=True, exclude_none=True))) <= LIMIT
    (plain,) = cards.activities({"text": "å" * 30_000, "buttons": []})
    assert len(json.dumps(plain.model_dump(by_alias=True, exclude_none=True))) <= LIMIT


def test_a_closed_service_says_when_it_opens_and_an_undated_one_that_it_is() -> None:
    service = {**MESSAGES["hotlines"]["custom"]["services"][0], "open_now": False, "opens": "måndag kl. 9",
               "checked": None, "chat": "https://chat.example", "email": "a@b.example"}  # fmt: skip
    text = json.dumps(
        contents({"text": "x", "custom": {"kind": "hotlines", "services": [service]}}), ensure_ascii=False
    )
    for said in ("**Stängt nu, öppnar måndag kl. 9**", "Ej daterad uppgift", "[Chatta](https://chat.example)",
                 "[a@b.example](mailto:a@b.example)"):  # fmt: skip
        assert said in text
