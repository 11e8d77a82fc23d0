"""The way back to Teams: the SDK's client, with the time limits and second tries that it lacks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import httpx
from microsoft_teams.api import Account, ActivityParams, ConversationAccount
from microsoft_teams.api.clients.conversation import ConversationClient
from microsoft_teams.common import Client, ClientOptions

from bot.gateway.teams_activity import Address
from bot.gateway.teams_tokens import TokenRefused

logger = logging.getLogger(__name__)

TIMEOUT = 15.0  # seconds for one try
TRIES = 3
PAUSES = (1.0, 4.0)  # seconds between tries, unless Microsoft asks for another
LONGEST_PAUSE = 20.0
# They log addresses, and an address holds the conversation's id.
TALKATIVE = ("httpx", "httpcore", "microsoft_teams", "msal", "urllib3")


class Connector:
    """Sends activities to where a conversation is."""

    def __init__(
        self, token: Callable[[], Awaitable[str]], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Take where our token comes from. Nothing is sent yet."""
        self._http = Client(ClientOptions(timeout=TIMEOUT, token=token))
        self._sleep = sleep
        # Last: the SDK's client opens httpx's logger again.
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL)

    async def send(self, address: Address, activity: ActivityParams) -> bool:
        """Send one activity; `False`, and a line in the log, when it could not be delivered."""
        activity.from_ = Account(id=address.bot)
        activity.conversation = ConversationAccount(id=address.conversation)
        client = ConversationClient(address.service_url, self._http)
        why = ""
        for attempt in range(TRIES):
            pause = PAUSES[min(attempt, len(PAUSES) - 1)]
            try:
                await client.create_activity(address.conversation, activity)
                return True
            except TokenRefused as error:
                why = error.code
                break  # asking again does not help
            except httpx.HTTPStatusError as error:
                status = error.response.status_code
                why = f"HTTP {status}"
                if status != 429 and status < 500:
                    break
                asked = error.response.headers.get("retry-after", "")
                pause = min(float(asked), LONGEST_PAUSE) if asked.isdigit() else pause
            except httpx.HTTPError as error:
                why = type(error).__name__
            if attempt < TRIES - 1:
                await self._sleep(pause)
        logger.error("Teams did not take an answer: %s", why)
        return False

    async def close(self) -> None:
        """Close the connections."""
        await self._http.http.aclose()
