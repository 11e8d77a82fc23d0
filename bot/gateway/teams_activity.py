"""What is read out of an activity. All that is not named here is dropped unread: names, ids, files, HTML."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any, Literal

from bot.gateway import payloads
from bot.gateway.teams_language import asked

Kind = Literal["message", "start", "leave", "invoke", "other"]

CONVERSATION_ID = re.compile(r"[\w][\w:@.;=+\-]{0,400}")
MENTION = re.compile(r"<at\b[^>]*>.*?</at>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
MAX_ID = 500  # characters


@dataclass(frozen=True, repr=False)
class Address:
    """Where the answer goes. It stays between us and Microsoft: never logged, never passed on."""

    service_url: str
    conversation: str
    bot: str
    personal: bool


@dataclass(frozen=True, repr=False)
class Incoming:
    """One activity. `text` is a button's payload or what was typed; empty when there was neither.

    `report` is what a press on "Wrong?" sends: the service, and the field when it has been said too.
    """

    kind: Kind
    id: str
    tenant: str
    address: Address
    text: str
    english: bool
    report: tuple[str, str | None] | None = None


def read(activity: dict[str, Any]) -> Incoming | None:
    """Return what the activity says, or `None` when it has not got what every activity has.

    The gatekeeper has passed it, so that service URL and tenant are there and in order.
    """
    conversation, bot, once = _part(activity, "conversation"), _part(activity, "recipient"), activity.get("id")
    place, us = conversation.get("id"), bot.get("id")
    fits = (
        isinstance(once, str)
        and 0 < len(once) <= MAX_ID
        and isinstance(place, str)
        and CONVERSATION_ID.fullmatch(place)
        and isinstance(us, str)
        and len(us) <= MAX_ID
    )
    if not fits:
        return None
    tenant = conversation.get("tenantId") or _part(_part(activity, "channelData"), "tenant").get("id")
    personal = conversation.get("conversationType") == "personal" and not conversation.get("isGroup")
    return Incoming(
        kind=_kind(activity, str(us)),
        id=str(once),
        tenant=str(tenant).lower(),
        address=Address(str(activity["serviceUrl"]), str(place), str(us), personal),
        text=_said(activity),
        english=str(activity.get("locale") or "").lower().startswith("en"),
        report=_reported(_part(_part(activity, "value"), "report")),
    )


def _kind(activity: dict[str, Any], us: str) -> Kind:
    name = activity.get("type")
    if name == "message":
        return "message"
    if name == "invoke":
        return "invoke"
    action = activity.get("action")
    if name == "installationUpdate":
        return "start" if action in ("add", "add-upgrade") else "leave" if str(action).startswith("remove") else "other"
    if name == "conversationUpdate":
        if us in _members(activity, "membersAdded"):
            return "start"
        if us in _members(activity, "membersRemoved"):
            return "leave"
    return "other"


def _members(activity: dict[str, Any], field: str) -> list[object]:
    members = activity.get(field)
    return [one.get("id") for one in members if isinstance(one, dict)] if isinstance(members, list) else []


def _said(activity: dict[str, Any]) -> str:
    """A click carries its payload in `value`; clients that drop it send the same payload as text."""
    pressed = _part(activity, "value").get("payload")
    if isinstance(pressed, str) and (payloads.is_payload(pressed) or asked(pressed)):
        return pressed
    text = activity.get("text")
    return plain(text) if isinstance(text, str) else ""


def _reported(report: dict[str, Any]) -> tuple[str, str | None] | None:
    service, field = report.get("service"), report.get("field")
    if not isinstance(service, str) or not isinstance(field, str | None):
        return None
    return service, field


def plain(text: str) -> str:
    """Return the text without mentions (a mention is a name), tags and HTML entities; "a < b" is left alone."""
    if payloads.is_payload(text.strip()):
        return text.strip()
    text = TAG.sub(" ", MENTION.sub(" ", text))
    # Half a surrogate pair can neither be scrubbed nor sent on.
    text = html.unescape(text).replace("\xa0", " ").encode("utf-8", "ignore").decode()
    return re.sub(r"[ \t]+", " ", text).strip()


def _part(holder: dict[str, Any], name: str) -> dict[str, Any]:
    part = holder.get(name)
    return part if isinstance(part, dict) else {}
