"""Microsoft Teams: POST /api/messages. Off unless configured; `python -m bot.gateway.teams check` helps to set it up.

A call is checked, answered with 200 at once, and its turn taken in the conversation's own queue. What goes on to the
engine is a pseudonym, the scrubbed text and nothing else.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import secrets
import sys
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
from fastapi import APIRouter, Request, Response
from microsoft_teams.api import TypingActivityInput

from bot.gateway import cards, teams_activity
from bot.gateway.copy import say
from bot.gateway.engine import EngineClient, EngineUnavailable, UnknownConversation
from bot.gateway.limits import RateLimit
from bot.gateway.settings import Settings
from bot.gateway.teams_activity import Address, Incoming
from bot.gateway.teams_auth import Forged, Gatekeeper, KeysUnavailable, SigningKeys
from bot.gateway.teams_connector import Connector
from bot.gateway.teams_names import Pseudonyms
from bot.gateway.teams_queue import Queues
from bot.gateway.teams_tokens import BotTokens
from bot.gateway.turns import Message, take_turn

logger = logging.getLogger(__name__)

CHANNEL = "teams"
MAX_TEXT = 2000  # characters
MAX_SEEN = 20_000  # activities remembered, so that one sent again is not answered twice
TYPING_AFTER = 0.4  # seconds until "writes …" is shown

router = APIRouter()


@router.post("/api/messages", include_in_schema=False)
async def receive(request: Request) -> Response:
    """Take an activity from Teams."""
    status = await request.app.state.teams.receive(
        request.headers.get("authorization", ""), request.headers.get("content-type", ""), await request.body()
    )
    return Response(status_code=status, headers={"Retry-After": "5"} if status in (429, 503) else None)


class Teams:
    """The channel: from a call to the answers that go back."""

    def __init__(
        self, settings: Settings, engine: EngineClient, emergency_card: Message, tokens: BotTokens | None = None
    ) -> None:
        """Take what the gateway has; `tokens` can be others in tests. Nothing is sent to Microsoft yet."""
        if settings.teams is None:
            raise ValueError("Teams är inte inställt.")
        self._settings = settings.teams
        self._engine = engine
        self._emergency_card = emergency_card
        self._tokens = tokens or BotTokens(settings.teams)
        self._http = httpx.AsyncClient()
        self._gate = Gatekeeper(settings.teams, SigningKeys(settings.teams.openid_url, self._http))
        self._connector = Connector(self._tokens.get)
        self._names = Pseudonyms(settings.session_secret)
        self._limit = RateLimit(settings.messages_per_minute)
        self._told = RateLimit(1)
        self._salt = secrets.token_bytes(32)
        self._seen: OrderedDict[bytes, None] = OrderedDict()
        self.queues = Queues()

    async def close(self) -> None:
        """Let what is under way end, then close the connections."""
        await self.queues.close()
        await self._connector.close()
        await self._http.aclose()
        self._tokens.close()

    async def receive(self, authorization: str, content_type: str, body: bytes) -> int:
        """Return the HTTP status for a call, and begin its turn if it is in order."""
        if content_type.partition(";")[0].strip().lower() != "application/json":
            return 415
        try:
            activity = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        if not isinstance(activity, dict):
            return 400
        try:
            await self._gate.check(authorization, activity)
        except Forged as error:
            logger.warning("Teams call refused: %s", error.reason)
            return error.status
        except KeysUnavailable:
            logger.error("Teams call refused: Microsoft's keys cannot be fetched")
            return 503
        incoming = teams_activity.read(activity)
        if incoming is None:
            return 400
        return self._accept(incoming)

    def _accept(self, incoming: Incoming) -> int:
        if incoming.kind == "other":
            return 200
        if incoming.kind == "invoke":
            return 501  # no card of ours invokes anything
        place = self._hash(incoming.tenant, incoming.address.conversation)
        once = self._hash(incoming.tenant, incoming.address.conversation, incoming.id)
        if once in self._seen:
            return 200
        work: Callable[[], Any]
        if wait := self._limit.wait(place.hex()):
            if self._told.wait(place.hex()):
                return 200  # told already
            work = lambda: self._say(incoming.address, say("utter_error_too_many", seconds=wait))  # noqa: E731
        else:
            work = lambda: self._take(incoming, once.hex())  # noqa: E731
        if not self.queues.put(place.hex(), work):
            return 429
        self._seen[once] = None
        if len(self._seen) > MAX_SEEN:
            self._seen.popitem(last=False)
        return 200

    def _hash(self, *parts: str) -> bytes:
        """No id of Microsoft's is kept, not even in memory; the salt ends with the process."""
        return hmac.digest(self._salt, "\n".join(parts).encode("utf-8", "replace"), hashlib.sha256)

    async def _take(self, incoming: Incoming, once: str) -> None:
        address = incoming.address
        if not address.personal:
            if incoming.kind != "leave" and not self._told.wait(self._hash("group", address.conversation).hex()):
                await self._invite(incoming)
            return
        conversation = self._names.name(incoming.tenant, address.conversation)
        if incoming.kind == "leave":
            await self._engine.forget(conversation)
        elif incoming.kind == "start":
            # Teams tells of an installation twice, in two ways.
            if not self._told.wait(f"start {conversation}"):
                await self._answer(address, self._greeting(incoming, conversation))
        elif not incoming.text:
            await self._say(address, say("utter_teams_only_text"))
        elif len(incoming.text) > MAX_TEXT:
            await self._say(address, say("utter_error_too_long"))
        else:
            await self._answer(address, self._turn(incoming, conversation, once))

    async def _turn(self, incoming: Incoming, conversation: str, once: str) -> AsyncIterator[Message]:
        """Yield the answers. A conversation that the engine does not know is begun, with the notice."""
        card = self._emergency_card
        notice: Message | None = None
        try:
            try:
                async for message in take_turn(self._engine, conversation, CHANNEL, incoming.text, once, card):
                    yield message
            except UnknownConversation:  # always before the first message
                await self._engine.start(conversation, CHANNEL)
                notice = _notice(incoming)
                async for message in take_turn(self._engine, conversation, CHANNEL, incoming.text, once, card):
                    if notice and message.get("custom", {}).get("kind") != "emergency":
                        yield notice
                        notice = None
                    yield message
        except (EngineUnavailable, UnknownConversation):
            yield card
        if notice:
            yield notice

    async def _greeting(self, incoming: Incoming, conversation: str) -> AsyncIterator[Message]:
        yield _notice(incoming)
        try:
            for message in await self._engine.start(conversation, CHANNEL):
                yield message
        except EngineUnavailable:
            yield self._emergency_card

    async def _answer(self, address: Address, answers: AsyncIterator[Message]) -> None:
        """Send the answers in order; "writes …" first when they take their time."""
        first = asyncio.ensure_future(anext(answers))
        done, _ = await asyncio.wait({first}, timeout=TYPING_AFTER)
        if not done:
            await self._connector.send(address, TypingActivityInput())
        shown: set[str] = set()
        await self._send(address, await first, shown)
        async for message in answers:
            await self._send(address, message, shown)

    async def _send(self, address: Address, message: Message, shown: set[str]) -> None:
        for activity in cards.activities(message, self._settings.public_url, shown):
            await self._connector.send(address, activity)

    async def _say(self, address: Address, text: str) -> None:
        await self._send(address, {"text": text, "buttons": []}, set())

    async def _invite(self, incoming: Incoming) -> None:
        text = say("utter_teams_group_en" if incoming.english else "utter_teams_group")
        title = "Private chat" if incoming.english else "Skriv privat"
        url = f"https://teams.microsoft.com/l/chat/0/0?users=28:{self._settings.client_id}"
        await self._connector.send(incoming.address, cards.invitation(text, title, url))


def _notice(incoming: Incoming) -> Message:
    return {"text": say("utter_teams_notice_en" if incoming.english else "utter_teams_notice"), "buttons": []}


if __name__ == "__main__":
    from bot.gateway.teams_check import main

    sys.exit(main(sys.argv[1:]))
