"""Microsoft Teams: POST /api/messages. Off unless configured; `python -m bot.gateway.teams check` helps to set it up.

A call is checked, answered with 200 at once, and its turn taken in the conversation's own queue. What goes on to the
engine is a pseudonym, the scrubbed text and nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import sys
from collections.abc import Callable
from typing import Any

import httpx
from fastapi import APIRouter, Request, Response
from starlette.datastructures import State

from bot.gateway import teams_activity
from bot.gateway.limits import RateLimit, caller, media_type
from bot.gateway.teams_activity import Incoming
from bot.gateway.teams_auth import Forged, Gatekeeper, KeysUnavailable, SigningKeys
from bot.gateway.teams_connector import Connector
from bot.gateway.teams_queue import Queues
from bot.gateway.teams_talks import Talks
from bot.gateway.teams_tokens import BotTokens

logger = logging.getLogger(__name__)

SEEN = 3600  # seconds that an activity is remembered, so that one sent again is not answered twice
REFUSED_PER_MINUTE = 60  # calls from one address that Microsoft did not sign; then nothing more is read from there

router = APIRouter()


@router.post("/api/messages", include_in_schema=False)
async def receive(request: Request) -> Response:
    """Take an activity from Teams."""
    teams: Teams = request.app.state.teams
    place = caller(request.client)
    if seconds := teams.shut(place):
        return Response(status_code=429, headers={"Retry-After": str(seconds)})
    status = await teams.receive(
        place,
        request.headers.get("authorization", ""),
        request.headers.get("content-type", ""),
        await request.body(),
    )
    return Response(status_code=status, headers={"Retry-After": "5"} if status in (429, 503) else None)


class Teams:
    """The channel: from a call to the answers that go back."""

    def __init__(self, state: State, tokens: BotTokens | None = None) -> None:
        """Take the gateway's state; `tokens` can be others in tests. Nothing is sent to Microsoft yet."""
        settings = state.settings
        if settings.teams is None:
            raise ValueError("Teams är inte inställt.")
        self._tokens = tokens or BotTokens(settings.teams)
        self._http = httpx.AsyncClient()
        self._gate = Gatekeeper(settings.teams, SigningKeys(settings.teams.openid_url, self._http))
        self._connector = Connector(self._tokens.get)
        self._talks = Talks(state, self._connector)
        self._shared = state.shared
        self._limit = self._shared.limit("teams", settings.messages_per_minute)
        self._told_too_many = self._shared.limit("teams told", 1)
        self._refused = RateLimit(REFUSED_PER_MINUTE)
        self._key = hmac.digest(settings.session_secret.encode(), b"teams", hashlib.sha256)
        self.queues = Queues()

    async def close(self) -> None:
        """Let what is under way end, then close the connections."""
        await self.queues.close()
        await self._connector.close()
        await self._http.aclose()
        self._tokens.close()

    def shut(self, caller: str) -> int:
        """Return for how many seconds nothing is taken from the address, after too many forged calls; mostly 0."""
        return self._refused.wait(caller, cost=0)

    async def receive(self, caller: str, authorization: str, content_type: str, body: bytes) -> int:
        """Return the HTTP status for a call, and begin its turn if it is in order."""
        try:
            return await self._accept(await self._checked(authorization, content_type, body))
        except Forged as error:
            logger.warning("Teams call refused: %s", error.reason)
            if not error.signed:
                self._refused.wait(caller)
            return error.status
        except KeysUnavailable:
            logger.error("Teams call refused: Microsoft's keys cannot be fetched")
            return 503

    async def _checked(self, authorization: str, content_type: str, body: bytes) -> Incoming:
        if media_type(content_type) != "application/json":
            raise Forged(415, "not JSON")
        try:
            activity = json.loads(body)
        except (ValueError, RecursionError):
            raise Forged(400, "not JSON") from None
        if not isinstance(activity, dict):
            raise Forged(400, "no activity")
        await self._gate.check(authorization, activity)
        incoming = teams_activity.read(activity)
        if incoming is None:
            raise Forged(400, "no activity", signed=True)
        return incoming

    async def _accept(self, incoming: Incoming) -> int:
        if incoming.kind == "other":
            return 200
        if incoming.kind == "invoke":
            return 501  # no card of ours invokes anything
        place = self._hash(incoming.tenant, incoming.address.conversation)
        once = self._hash(incoming.tenant, incoming.address.conversation, incoming.id)
        if await self._shared.mark(once, SEEN):
            return 200
        work: Callable[[], Any]
        if wait := await self._limit.wait(place):
            if await self._told_too_many.wait(place):
                return 200  # told already
            work = lambda: self._talks.tell(incoming, "utter_error_too_many", seconds=wait)  # noqa: E731
        else:
            work = lambda: self._talks.take(incoming, once)  # noqa: E731
        if not self.queues.put(place, work):
            await self._shared.unmark(once)  # it will be sent again
            return 429
        return 200

    def _hash(self, *parts: str) -> str:
        """No id of Microsoft's is kept, not even in memory; every gateway has the same name for it."""
        return hmac.new(self._key, "\n".join(parts).encode("utf-8", "replace"), hashlib.sha256).hexdigest()


if __name__ == "__main__":
    from bot.gateway.teams_check import main

    sys.exit(main(sys.argv[1:]))
