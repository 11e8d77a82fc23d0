"""The card of one service for Teams: who it is, how to reach it, what is known, and a way to say it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from microsoft_teams.cards import ActionSet, CardElement, Container, SubmitAction, SubmitActionData, TextBlock

from bot.gateway.cards_words import Words

Payload = dict[str, Any]

MAX_TEXT = 2500  # characters in one block: longer is not read on a phone


def text_block(text: str, **more: Any) -> TextBlock:
    """Return text that wraps."""
    return TextBlock(text=text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…", wrap=True, **more)


def fine(text: str) -> TextBlock:
    """Return fine print."""
    return text_block(text, size="Small", is_subtle=True, spacing="None")


def report(service: str, field: str | None = None) -> SubmitActionData:
    """Return what a press on "Wrong?" sends: no message, so that the chat is not filled with it."""
    return SubmitActionData.model_validate({"report": {"service": service} | ({"field": field} if field else {})})


def service_card(service: Payload, word: Words, can_report: bool = True) -> CardElement:
    """Return the card of a service."""
    items: list[CardElement] = [text_block(service["name"], weight="Bolder")]
    items += [text_block(line, spacing="None") for line in (service["summary"], _opening(service, word)) if line]
    items += [text_block(way, spacing="Small") for way in _ways(service, word)]
    if service["why"]:
        items.append(fine(word.why + ", ".join(service["why"])))
    items.append(fine(_facts(service, word)))
    if can_report:
        items.append(ActionSet(actions=[SubmitAction(title=word.wrong, data=report(service["id"]))], spacing="Small"))
    return Container(id=f"service-{service['id']}", separator=True, spacing="Medium", items=items)


def _opening(service: Payload, word: Words) -> str:
    state = {True: word.open, False: word.closed}.get(service["open_now"], "")
    if service.get("opens"):
        state += f", {word.opens} {service['opens']}"
    return " · ".join(filter(None, (f"**{state}**" if state else "", service["hours"])))


def _ways(service: Payload, word: Words) -> Iterator[str]:
    for phone in service["phones"]:
        note = f" ({phone['note']})" if phone["note"] else ""
        yield f"{word.call} [{phone['number']}](tel:{phone['tel']}){note}"
    if service["chat"]:
        yield f"[{word.chat}]({service['chat']})"
    if service["email"]:
        yield f"{word.mail} [{service['email']}](mailto:{service['email']})"
    if service["url"]:
        yield f"[{word.web}]({service['url']})"


def _facts(service: Payload, word: Words) -> str:
    checked = service["checked"]
    when = f"{word.months[int(checked[5:7]) - 1]} {checked[:4]}" if checked else ""
    return " · ".join(
        filter(
            None,
            (
                service["anonymous"] and word.anonymous,
                service["interpreter"] and word.interpreter,
                service["cost"],
                ", ".join(word.languages.get(code, code) for code in service["languages"]),
                f"{word.checked} {when}" if when else word.unchecked,
                service["source"] and f"[{word.source}]({service['source']})",
            ),
        )
    )
