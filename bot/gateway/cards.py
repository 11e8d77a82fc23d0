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

from bot.gateway.pages import LANGUAGES, MONTHS
from bot.gateway.payloads import FIELDS
from knowledge.labels import term
from knowledge.situation import OUTSIDE_COUNTY

Payload = dict[str, Any]

# Teams refuses messages over 28 KB. Sizes are those of ASCII JSON, the longest form there is, where a letter outside
# ASCII takes six bytes: blocks, plain text (9,000) and envelope together stay below.
MAX_BLOCKS = 18_000  # bytes in one card
MAX_TEXT = 2500  # characters in one block: longer is not read on a phone
MAX_PLAIN = 1500  # characters of the plain-text twin
OPEN_GROUPS = 3  # of a referral; the rest are one press away
CHUNK = 6  # services behind one press
PREVIEW = "Lotsen har svarat"  # all that a notification shows, on a screen that others may see

PEOPLE = {
    "yrkesverksam": "någon i mitt arbete",
    "utsatt": "mig själv",
    "anhorig": "någon jag känner",
    "utovare": "jag som gör någon illa",
}
CHIPS = {
    "perspective": "Gäller",
    "violence_types": "Våld",
    "municipality": "Kommun",
    "district": "Stadsdel",
    "age_group": "Ålder",
}


def activities(message: Payload, public_url: str = "", shown: set[str] | None = None) -> list[MessageActivityInput]:
    """Return a message of the contract as one or more activities, in order, each small enough for Teams.

    `shown` holds the ids of the topics already shown in this turn, and is added to.
    """
    custom, buttons, text = message.get("custom") or {}, message.get("buttons") or [], message.get("text") or ""
    blocks = list(_blocks(text, custom, set() if shown is None else shown)) + [
        _button(one["title"], one["payload"]) for one in buttons
    ]
    if custom.get("permalink") and public_url:
        blocks.append(ActionSet(actions=[OpenUrlAction(title="Öppna som sida", url=public_url + custom["permalink"])]))
    if not buttons and not custom.get("kind"):
        return [_activity(text=text[:MAX_TEXT], textFormat="plain")]
    plain = "\n".join(_plain(text, custom))[:MAX_PLAIN]
    return [_activity().add_card(_card(part, plain)) for part in _packed(blocks)]


def invitation(text: str, title: str, url: str) -> MessageActivityInput:
    """Return a text with one button that leads elsewhere."""
    link = ActionSet(actions=[OpenUrlAction(title=title, url=url)])
    return _activity().add_card(_card([_text(text), link], text))


def _activity(**fields: str) -> MessageActivityInput:
    return MessageActivityInput.model_validate({"summary": PREVIEW, **fields}).add_ai_generated()


def _card(body: list[CardElement], plain: str) -> AdaptiveCard:
    return AdaptiveCard(
        version="1.5", lang="sv", fallback_text=plain, body=body, msteams=TeamsCardProperties(width="full")
    )


def _packed(blocks: list[CardElement]) -> Iterator[list[CardElement]]:
    """Yield the blocks in as few cards as have room for them."""
    part: list[CardElement] = []
    size = 0
    for block in blocks:
        if (length := _size(block)) > MAX_BLOCKS:
            block = _text(" ".join(_texts(block.model_dump())))
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


def _blocks(text: str, custom: Payload, shown: set[str]) -> Iterator[CardElement]:
    kind = custom.get("kind")
    if kind == "emergency":
        yield Container(style="attention", items=[_heading("Är det fara? Ring 112"), *_lines(text)])
    else:
        yield from _lines(text)
    for topic in custom.get("topics") or custom.get("guidance") or []:
        if topic["id"] not in shown:
            shown.add(topic["id"])
            yield _topic(topic)
    if kind in ("emergency", "hotlines"):
        yield from map(_service, custom["services"])
    for place, group in enumerate(custom.get("groups", [])):
        yield from _group(group, place)
    if kind == "referral":
        yield from _chips(custom["situation"])


def _lines(text: str) -> list[TextBlock]:
    return [_text(line) for line in text.split("\n") if line.strip()]


def _text(text: str, **more: Any) -> TextBlock:
    return TextBlock(text=text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…", wrap=True, **more)


def _heading(text: str) -> TextBlock:
    return _text(text, weight="Bolder", size="Medium", style="heading")


def _fine(text: str) -> TextBlock:
    return _text(text, size="Small", is_subtle=True, spacing="None")


def _button(title: str, payload: str) -> ActionSet:
    """A button to itself: on a phone several in a row are cut off.

    The click carries the payload as data and as text, since some clients drop one of them.
    """
    message = {"type": "messageBack", "displayText": title, "text": payload}
    data = SubmitActionData.model_validate({"payload": payload, "msteams": message})
    return ActionSet(actions=[SubmitAction(title=title, data=data)], spacing="Small")


def _chips(situation: Payload) -> Iterator[CardElement]:
    values = {
        "perspective": PEOPLE.get(situation.get("perspective") or ""),
        "violence_types": ", ".join(term("violence_type", kind) for kind in situation.get("violence_types") or []),
        "municipality": situation.get("municipality"),
        "district": situation.get("district"),
        "age_group": situation.get("age_group") and term("age_group", situation["age_group"]),
    }
    if values["municipality"] == OUTSIDE_COUNTY:
        values["municipality"] = term("place", OUTSIDE_COUNTY)
    if situation.get("age") is not None:
        values["age_group"] = f"{situation['age']} år"
    known = [(field, values[field]) for field in FIELDS if values[field]]
    if known:
        yield _fine("Stämmer det inte? Tryck på det du vill ändra:")
    for field, value in known:
        yield _button(f"{CHIPS[field]}: {value}", f"/change{json.dumps({'field': field})}")


def _topic(topic: Payload) -> CardElement:
    facts = "\n".join(f"- {line}" for line in topic["text"].split("\n") if line.strip())
    items = [_text(facts)] + ([_fine(f"Lag: {'; '.join(topic['law'])}")] if topic["law"] else [])
    return _folded(f"topic-{topic['id']}", topic["title"], items)


def _group(group: Payload, place: int) -> Iterator[CardElement]:
    services = group["services"]
    if place < OPEN_GROUPS:
        yield _heading(f"{group['title']} ({len(services)})")
        yield from map(_service, services)
        return
    for start in range(0, len(services), CHUNK):
        part = services[start : start + CHUNK]
        count = str(len(services)) if len(services) <= CHUNK else f"{start + 1}–{start + len(part)}"
        yield _folded(f"group-{group['id']}-{start}", f"{group['title']} ({count})", list(map(_service, part)))


def _folded(name: str, title: str, items: list[Any]) -> CardElement:
    """A heading that opens what is under it; both in one block, so that no split parts them."""
    return Container(
        items=[
            ActionSet(actions=[ToggleVisibilityAction(title=f"Fäll ut: {title}", target_elements=[name])]),
            Container(id=name, is_visible=False, items=items),
        ]
    )


def _service(service: Payload) -> CardElement:
    items: list[CardElement] = [_text(service["name"], weight="Bolder")]
    items += [_text(line, spacing="None") for line in (service["summary"], _opening(service)) if line]
    items += [_text(way, spacing="Small") for way in _ways(service)]
    if service["why"]:
        items.append(_fine("Passar för: " + ", ".join(service["why"])))
    items.append(_fine(_facts(service)))
    return Container(id=f"service-{service['id']}", separator=True, spacing="Medium", items=items)


def _opening(service: Payload) -> str:
    state = {True: "Öppet nu", False: "Stängt nu"}.get(service["open_now"], "")
    if service.get("opens"):
        state += f", öppnar {service['opens']}"
    return " · ".join(filter(None, (f"**{state}**" if state else "", service["hours"])))


def _ways(service: Payload) -> Iterator[str]:
    for phone in service["phones"]:
        note = f" ({phone['note']})" if phone["note"] else ""
        yield f"Ring [{phone['number']}](tel:{phone['tel']}){note}"
    if service["chat"]:
        yield f"[Chatta]({service['chat']})"
    if service["email"]:
        yield f"Mejla [{service['email']}](mailto:{service['email']})"
    if service["url"]:
        yield f"[Webbplats]({service['url']})"


def _facts(service: Payload) -> str:
    checked = service["checked"]
    when = f"{MONTHS[int(checked[5:7]) - 1]} {checked[:4]}" if checked else ""
    return " · ".join(
        filter(
            None,
            (
                service["anonymous"] and "Du kan vara anonym",
                service["interpreter"] and "Tolk finns",
                service["cost"],
                ", ".join(LANGUAGES.get(code, code) for code in service["languages"]),
                f"Kontrollerad {when}" if when else "Ej daterad uppgift",
                service["source"] and f"[Källa]({service['source']})",
            ),
        )
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
