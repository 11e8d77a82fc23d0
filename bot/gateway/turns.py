"""One turn, the same for every channel: scrub, ask the engine, tell what was removed, and never stay silent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from bot.gateway import payloads
from bot.gateway.copy import say
from bot.gateway.engine import EngineClient
from bot.privacy import Scrubbed, scrub

Message = dict[str, Any]
LONGEST = 2000  # characters, the engine's limit


def notice(scrubbed: Scrubbed, channel: str) -> Message | None:
    """Return the notice that something was removed, or `None`."""
    types = list(dict.fromkeys(found.type for found in scrubbed.found))
    if not types:
        return None
    names = ", ".join(say(f"utter_pii_{kind}", channel) for kind in types)
    text = say("utter_notice_pii_removed", channel, types=names)
    return {"text": text, "buttons": [], "custom": {"kind": "notice", "code": "pii_removed", "types": types}}


async def take_turn(
    engine: EngineClient, conversation: str, channel: str, said: str, once: str, emergency_card: Message
) -> AsyncIterator[Message]:
    """Yield the answer to what was said; the raw text goes no further than this function.

    An emergency card is always first; the notice comes first otherwise.
    """
    engine.make_sure_of_room()
    pressed = said if payloads.is_payload(said) else payloads.from_title(said)
    if pressed:
        text, told, facts = pressed, None, {}
    else:
        scrubbed = scrub(payloads.as_text(said))
        text, told, facts = scrubbed.text, notice(scrubbed, channel), dict(scrubbed.facts)
    spoke = False
    # Text of only slashes is a message all the same; placeholders can make a text longer than the engine takes.
    async for message in engine.send(conversation, channel, text[:LONGEST] or "?", once, facts):
        is_card = message.get("custom", {}).get("kind") == "emergency"
        if told and not is_card:
            yield told
            told = None
        yield message
        spoke = True
    if told:
        yield told
    if not spoke:
        yield emergency_card
