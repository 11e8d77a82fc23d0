"""The web contract: /webhooks/web. Tests outside this repository rely on it to the letter."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from bot.gateway.copy import CHANNELS, Language, say
from bot.gateway.engine import EngineUnavailable, UnknownConversation
from bot.gateway.errors import Refused
from bot.gateway.limits import caller, media_type
from bot.gateway.sessions import UnknownSession
from bot.gateway.turns import Message, take_turn

MAX_TEXT = 2000  # characters
MAX_ID = 64  # characters

router = APIRouter(prefix="/webhooks/web")


@router.post("/session", status_code=201)
async def start(request: Request, language: Language = "sv") -> dict[str, Any]:
    """Open a conversation: its token, how long it lives in silence (s), and the greeting."""
    state = request.app.state
    _allow(await state.session_limit.wait(caller(request.client)))
    token = state.sessions.issue()
    try:
        messages = await state.engine.start(state.sessions.conversation(token), CHANNELS[language])
    except EngineUnavailable:
        raise Refused(503, "unavailable", seconds=5) from None
    return {"session": token, "expires_in": state.settings.session_silence, "messages": messages}


@router.post("/messages")
async def receive(request: Request, stream: bool = False, language: Language = "sv") -> Response:
    """Say something; the answer whole, or each message as a server-sent event as soon as it exists."""
    state = request.app.state
    conversation = _conversation(request)
    said, once = await _read(request)
    # A caller may put anything in the id. What goes on is a hash whose key, the token, the engine never gets.
    once = hmac.digest(request.headers["authorization"].encode(), once.encode(), hashlib.sha256).hex()
    _allow(await state.message_limit.wait(conversation))
    card = {**state.emergency_card, "text": say("utter_error_unavailable", CHANNELS[language])}
    turn = take_turn(state.engine, conversation, CHANNELS[language], said, once, card)
    try:
        if not stream:
            return JSONResponse({"messages": [message async for message in turn]})
        # The first message is awaited here, so that an unknown session or a dead engine is still an HTTP status.
        first = await anext(turn)
    except UnknownConversation:
        raise Refused(401, "session") from None
    except EngineUnavailable:
        raise Refused(503, "unavailable", seconds=5) from None
    return Events(_events(first, turn, card), media_type="text/event-stream")


@router.get("/situation")
async def situation(request: Request) -> dict[str, Any]:
    """Tell what has been understood so far, and the intent of the latest turn."""
    try:
        return dict(await request.app.state.engine.situation(_conversation(request)))
    except UnknownConversation:
        raise Refused(401, "session") from None
    except EngineUnavailable:
        raise Refused(503, "unavailable", seconds=5) from None


@router.delete("/session", status_code=204)
async def forget(request: Request) -> Response:
    """Forget the conversation at once."""
    try:
        await request.app.state.engine.forget(_conversation(request))
    except EngineUnavailable:
        raise Refused(503, "unavailable", seconds=5) from None
    return Response(status_code=204)


class Events(StreamingResponse):
    """A stream that does not look out for a caller who hangs up: the engine finishes the turn all the same."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        await self.stream_response(send)


async def _events(first: Message, rest: AsyncIterator[Message], card: Message) -> AsyncIterator[str]:
    yield _event(first)
    try:
        async for message in rest:
            yield _event(message)
    except (EngineUnavailable, UnknownConversation):
        yield _event(card)
    yield "event: done\ndata: {}\n\n"


def _event(message: Message) -> str:
    return f"data: {json.dumps(message, ensure_ascii=False)}\n\n"


def _conversation(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise UnknownSession
        return str(request.app.state.sessions.conversation(token))
    except UnknownSession:
        raise Refused(401, "session") from None


def _allow(seconds: int) -> None:
    if seconds:
        raise Refused(429, "too_many", seconds=seconds)


async def _read(request: Request) -> tuple[str, str]:
    """Return the message and its id; anything that is not exactly as the contract has it is refused."""
    if media_type(request.headers.get("content-type", "")) != "application/json":
        raise Refused(415, "malformed")
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Refused(400, "malformed") from None
    if not isinstance(body, dict):
        raise Refused(400, "malformed")
    said, once = body.get("message"), body.get("id") or secrets.token_hex(8)
    if not isinstance(said, str) or not isinstance(once, str) or len(once) > MAX_ID:
        raise Refused(400, "malformed")
    try:
        (said + once).encode()
    except UnicodeEncodeError:  # half a surrogate pair
        raise Refused(400, "malformed") from None
    if len(said) > MAX_TEXT:
        raise Refused(413, "too_long")
    if not said.strip():
        raise Refused(400, "empty")
    return said, once
