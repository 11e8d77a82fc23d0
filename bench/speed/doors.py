"""How a message is said to each of the three: Lotsen's web contract, Rasa's REST channel, and Lotsen's engine alone."""

from __future__ import annotations

import json
import time
import uuid
from abc import ABC, abstractmethod
from dataclasses import dataclass

import aiohttp


class Failed(Exception):
    """The answer was not what it should be."""


class Refused(Exception):
    """There is no room now, said at once; `seconds` is when to come back."""

    def __init__(self, seconds: float) -> None:
        """Take when to come back."""
        super().__init__(seconds)
        self.seconds = seconds


@dataclass
class Door(ABC):
    """The way in to an assistant."""

    http: aiohttp.ClientSession
    url: str
    secret: str = ""

    @abstractmethod
    async def open(self) -> str:
        """Begin a conversation and return what it is known by."""

    @abstractmethod
    async def say(self, conversation: str, text: str) -> float:
        """Say something and wait for the whole answer; return the seconds until its first byte.

        Raises:
            Failed: when the answer is an error, or empty.
            Refused: when there is no room.
        """

    async def _post(self, path: str, body: object, token: str = "", status: int = 200) -> tuple[bytes, float]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        begun = time.perf_counter()
        async with self.http.post(f"{self.url}{path}", json=body, headers=headers) as answer:
            first = await answer.content.readany()
            soon = time.perf_counter() - begun
            whole = first + await answer.read()
            if answer.status == 503 and "Retry-After" in answer.headers:
                raise Refused(float(answer.headers["Retry-After"]))
            if answer.status != status or not whole:
                raise Failed(f"{answer.status}")
            return whole, soon


class Lotsen(Door):
    """The gateway, by the contract that the widget uses, its answer streamed as the widget takes it."""

    async def open(self) -> str:
        """Open a session."""
        answer, _ = await self._post("/webhooks/web/session", None, status=201)
        return str(json.loads(answer)["session"])

    async def say(self, conversation: str, text: str) -> float:
        """Say it in the session."""
        answer, soon = await self._post("/webhooks/web/messages?stream=true", {"message": text}, conversation)
        if b"event: done" not in answer or b'"text"' not in answer:
            raise Failed("broke off")
        return soon


class Stock(Door):
    """Rasa's REST channel; a conversation begins with its first message. `?stream=true` is its own way to stream."""

    async def open(self) -> str:
        """Make up a name."""
        return uuid.uuid4().hex

    async def say(self, conversation: str, text: str) -> float:
        """Say it as that sender."""
        path = "/webhooks/rest/webhook?stream=true"
        answer, soon = await self._post(path, {"sender": conversation, "message": text})
        if b"recipient_id" not in answer:
            raise Failed("empty")
        return soon


class Engine(Door):
    """Lotsen's engine without the gateway: Rasa with our channel, actions and memory."""

    async def open(self) -> str:
        """Open a conversation."""
        conversation = uuid.uuid4().hex
        await self._post(
            "/webhooks/engine/conversations", {"conversation": conversation, "channel": "web"}, self.secret
        )
        return conversation

    async def say(self, conversation: str, text: str) -> float:
        """Say it."""
        call = {"conversation": conversation, "channel": "web", "text": text, "id": uuid.uuid4().hex}
        answer, soon = await self._post("/webhooks/engine/messages", call, self.secret)
        if b'"done"' not in answer or b'"text"' not in answer:
            raise Failed("broke off")
        return soon


DOORS: dict[str, type[Door]] = {"lotsen": Lotsen, "stock": Stock, "engine": Engine}
