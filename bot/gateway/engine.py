"""The way to the engine: HTTP on loopback with a shared secret."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx

TIMEOUT = httpx.Timeout(10.0, connect=2.0)  # seconds


class EngineUnavailable(Exception):
    """The engine is down, slow, or could not finish the turn."""


class UnknownConversation(Exception):
    """The engine has forgotten the conversation, or never knew it."""


class EngineClient:
    """Calls the channel of bot/engine/channel.py."""

    def __init__(self, url: str, secret: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Take the engine's address and the shared secret; `transport` lets tests stand in for the network."""
        self._http = httpx.AsyncClient(
            base_url=f"{url}/webhooks/engine",
            headers={"Authorization": f"Bearer {secret}"},
            timeout=TIMEOUT,
            transport=transport,
            trust_env=False,  # a proxy of the machine must never see what is said
        )

    async def start(self, conversation: str, channel: str) -> list[dict[str, Any]]:
        """Open a conversation and return the greeting."""
        call = {"conversation": conversation, "channel": channel}
        return [message async for message in self._turn("/conversations", call)]

    def send(
        self, conversation: str, channel: str, text: str, once: str, facts: dict[str, Any]
    ) -> AsyncIterator[dict[str, Any]]:
        """Say something and yield each message of the answer as soon as it exists.

        Raises:
            UnknownConversation: if the engine does not know the conversation.
            EngineUnavailable: if the turn does not end well.
        """
        call = {"conversation": conversation, "channel": channel, "text": text, "id": once, "facts": facts}
        return self._turn("/messages", call)

    async def situation(self, conversation: str) -> dict[str, Any]:
        """Return `{"situation", "intent"}` of the conversation."""
        try:
            answer = await self._http.get(f"/conversations/{conversation}/situation")
        except httpx.HTTPError:
            raise EngineUnavailable from None
        _check(answer)
        return dict(answer.json())

    async def forget(self, conversation: str) -> None:
        """Forget the conversation at once."""
        try:
            _check(await self._http.delete(f"/conversations/{conversation}"))
        except httpx.HTTPError:
            raise EngineUnavailable from None

    async def ready(self) -> bool:
        """Tell whether the engine answers with its model loaded."""
        try:
            return (await self._http.get("/ready")).status_code == 200
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _turn(self, path: str, call: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        try:
            async with self._http.stream("POST", path, json=call) as answer:
                _check(answer)
                async for line in answer.aiter_lines():
                    message = json.loads(line)
                    if message.get("done"):
                        return
                    if message.get("failed"):
                        raise EngineUnavailable
                    yield message
        except (httpx.HTTPError, ValueError):
            raise EngineUnavailable from None
        raise EngineUnavailable  # the stream ended before the turn did


def _check(answer: httpx.Response) -> None:
    if answer.status_code == 404:
        raise UnknownConversation
    if answer.status_code >= 400:
        raise EngineUnavailable
