"""The neutral payloads of the web contract as activities for Teams: Adaptive Cards, with a plain-text twin in each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from microsoft_teams.api.activities.message import MessageActivityInput
from microsoft_teams.cards import (
    ActionSet,
    AdaptiveCard,
    CardElement,
    Container,
    OpenUrlAction,
    SubmitAction,
    SubmitActionData,
    TeamsCardProperties,
    TextBlock,
    ToggleVisibilityAction,
)

from bot.gateway.cards_service import MAX_TEXT, fine, report, service_card, text_block
from bot.gateway.cards_words import Words, words
from bot.gateway.payloads import FIELDS
from knowledge.situation import OUTSIDE_COUNTY
from knowledge.types import Service

Payload = dict[str, Any]

# Teams refuses messages over 28 KB. Sizes are those of ASCII JSON, the longest form there is, where a letter outside
# ASCII takes six bytes: blocks, plain text (9,000) and envelope together stay below.
MAX_BLOCKS = 18_000  # bytes in one card
MAX_PLAIN = 1500  # characters of the plain-text twin
LONGEST_TITLE = 36  # characters of a button on a phone 320 pixels wide: python -m tests.teams.mobile
OPEN_GROUPS = 3  # of a referral; the rest are one press away
CHUNK = 6  # services behind one press


def activities(
    message: Payload, public_url: str = "", shown: set[str] | None = None, channel: str = ""
) -> list[MessageActivityInput]:
    """Return a message of the contract as one or more activities, in order, each small enough for Teams.

    `shown` holds the ids of the topics already shown in this turn, and is added to. `channel` decides the language.
    """
    word = words(channel)
    custom, buttons, text = message.get("custom") or {}, message.get("buttons") or [], message.get("text") or ""
    blocks = list(_blocks(text, custom, set() if shown is None else shown, word)) + [
        _button(one["title"], one["payload"]) for one in buttons
    ]
    if custom.get("permalink") and public_url:
        blocks.append(ActionSet(actions=[OpenUrlAction(title=word.page, url=public_url + custom["permalink"])]))
    if not buttons and not custom.get("kind"):
        return [_activity(word, text=text[:MAX_TEXT], textFormat="plain")]
    plain = "\n".join(_plain(text, custom))[:MAX_PLAIN]
    return [_activity(word).add_card(_card(word, part, plain)) for part in _packed(blocks)]


def invitation(text: str, title: str, url: str, channel: str = "") -> MessageActivityInput:
    """Return a text with one button that leads elsewhere."""
    word = words(channel)
    link = ActionSet(actions=[OpenUrlAction(title=title, url=url)])
    return _activity(word).add_card(_card(word, [text_block(text), link], text))


def what_is_wrong(text: str, service: Service, channel: str = "") -> MessageActivityInput:
    """Return the question what is wrong about a service: one button for each fact that its card shows."""
    word = words(channel)
    shown = {"phone": service.phones, "hours": service.hours, "web": service.url, "other": True}
    choices = [
        ActionSet(actions=[SubmitAction(title=word.wrong_facts[code], data=report(service.id, code))], spacing="Small")
        for code, there in shown.items()
        if there
    ]
    return _activity(word).add_card(_card(word, [text_block(text), *choices], text))


def _activity(word: Words, **fields: str) -> MessageActivityInput:
    return MessageActivityInput.model_validate({"summary": word.preview, **fields}).add_ai_generated()


def _card(word: Words, body: list[CardElement], plain: str) -> AdaptiveCard:
    return AdaptiveCard(
        version="1.5", lang=word.lang, fallback_text=plain, body=body, msteams=TeamsCardProperties(width="full")
    )


def _packed(blocks: list[CardElement]) -> Iterator[list[CardElement]]:
    """Yield the blocks in as few cards as have room for them."""
    part: list[CardElement] = []
    size = 0
    for block in blocks:
        if (length := _size(block)) > MAX_BLOCKS:
            block = text_block(" ".join(_texts(block.model_dump())))
            length = _size(block)
        if part and size + length > MAX_BLOCKS:
            yield part
            part, size = [], 0
        part.append(block)
        size += length
    if part:
        yield part


def _size(block: CardElement) -> int:
    return len(json.dumps(block.model_dump(by_alias=True, exclude_none=True)))


def _texts(block: Any) -> Iterator[str]:
    for one in block.get("items") or []:
        yield from _texts(one)
    if text := block.get("text"):
        yield text


def _blocks(text: str, custom: Payload, shown: set[str], word: Words) -> Iterator[CardElement]:
    kind = custom.get("kind")
    if kind == "emergency":
        yield Container(style="attention", items=[_heading(word.danger), *_lines(text)])
    else:
        yield from _lines(text)
    for topic in custom.get("topics") or custom.get("guidance") or []:
        if topic["id"] not in shown:
            shown.add(topic["id"])
            yield _topic(topic, word)
    if kind in ("emergency", "hotlines"):
        # In danger there is one thing to do with a card.
        yield from (service_card(service, word, can_report=kind != "emergency") for service in custom["services"])
    for place, group in enumerate(custom.get("groups", [])):
        yield from _group(group, place, word)
    if kind == "referral":
        yield from _chips(custom["situation"], word)


def _lines(text: str) -> list[TextBlock]:
    return [text_block(line) for line in text.split("\n") if line.strip()]


def _heading(text: str) -> TextBlock:
    return text_block(text, weight="Bolder", size="Medium", style="heading")


def _button(title: str, payload: str) -> CardElement:
    """A button to itself: on a phone several in a row are cut off, and so is a long title, which then is a box of text.

    The click carries the payload as data and as text, since some clients drop one of them.
    """
    message = {"type": "messageBack", "displayText": title, "text": payload}
    data = SubmitActionData.model_validate({"payload": payload, "msteams": message})
    action = SubmitAction(title=title, data=data)
    if len(title) <= LONGEST_TITLE:
        return ActionSet(actions=[action], spacing="Small")
    box = text_block(title, weight="Bolder", horizontal_alignment="Center")
    return Container(style="emphasis", select_action=action, items=[box], spacing="Small")


def _chips(situation: Payload, word: Words) -> Iterator[CardElement]:
    place = situation.get("municipality")
    values = {
        "perspective": word.people.get(situation.get("perspective") or ""),
        "violence_types": ", ".join(word.terms[kind] for kind in situation.get("violence_types") or []),
        "municipality": word.terms[place] if place == OUTSIDE_COUNTY else place,
        "district": situation.get("district"),
        "age_group": situation.get("age_group") and word.terms[situation["age_group"]],
    }
    if situation.get("age") is not None:
        values["age_group"] = f"{situation['age']} {word.years}"
    known = [(field, values[field]) for field in FIELDS if values[field]]
    if known:
        yield fine(word.change)
    for field, value in known:
        yield _button(f"{word.chips[field]}: {value}", f"/change{json.dumps({'field': field})}")


def _topic(topic: Payload, word: Words) -> CardElement:
    facts = "\n".join(f"- {line}" for line in topic["text"].split("\n") if line.strip())
    items = [text_block(facts)] + ([fine(word.law + "; ".join(topic["law"]))] if topic["law"] else [])
    return _folded(f"topic-{topic['id']}", topic["title"], items, word)


def _group(group: Payload, place: int, word: Words) -> Iterator[CardElement]:
    services, title = group["services"], word.groups.get(group["id"], group["title"])
    if place < OPEN_GROUPS:
        yield _heading(f"{title} ({len(services)})")
        yield from (service_card(service, word) for service in services)
        return
    for start in range(0, len(services), CHUNK):
        part = services[start : start + CHUNK]
        count = str(len(services)) if len(services) <= CHUNK else f"{start + 1}–{start + len(part)}"
        cards = [service_card(service, word) for service in part]
        yield _folded(f"group-{group['id']}-{start}", f"{title} ({count})", cards, word)


def _folded(name: str, title: str, items: list[Any], word: Words) -> CardElement:
    """A heading that opens what is under it; both in one block, so that no split parts them."""
    opens = ToggleVisibilityAction(title=f"{word.unfold}: {title}", target_elements=[name])
    heading = text_block(f"▸ {title}", weight="Bolder", color="Accent")
    return Container(
        items=[
            Container(style="emphasis", select_action=opens, items=[heading]),
            Container(id=name, is_visible=False, items=items),
        ]
    )


def _plain(text: str, custom: Payload) -> Iterator[str]:
    """Yield the lines of the plain-text twin: what is said, and who can be reached where."""
    yield text
    services = [*custom.get("services", []), *(one for group in custom.get("groups", []) for one in group["services"])]
    for service in services:
        ways = [phone["number"] for phone in service["phones"]] or [service["chat"] or service["url"] or ""]
        yield ": ".join(filter(None, (service["name"], ", ".join(filter(None, ways)))))
    for topic in custom.get("topics") or custom.get("guidance") or []:
        yield topic["title"]
