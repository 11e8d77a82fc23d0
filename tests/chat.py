"""A conversation over the web contract, so that tests read like one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Turn:
    """What came back for one message."""

    messages: list[dict[str, Any]]

    @property
    def kinds(self) -> list[str]:
        """Kinds of the messages' payloads, in order."""
        return [message["custom"]["kind"] for message in self.messages if "custom" in message]

    @property
    def services(self) -> list[dict[str, Any]]:
        """Every service shown, in order."""
        found = []
        for message in self.messages:
            custom = message.get("custom", {})
            found += custom.get("services", [])
            for group in custom.get("groups", []):
                found += group["services"]
        return found

    @property
    def service_ids(self) -> list[str]:
        """Ids of every service shown."""
        return [service["id"] for service in self.services]

    @property
    def topic_ids(self) -> list[str]:
        """Ids of every guidance topic shown."""
        found = []
        for message in self.messages:
            custom = message.get("custom", {})
            found += [topic["id"] for topic in custom.get("topics", []) + custom.get("guidance", [])]
        return found

    @property
    def numbers(self) -> list[str]:
        """Every phone number of every service shown."""
        return [phone["number"] for service in self.services for phone in service["phones"]]

    @property
    def payloads(self) -> list[str]:
        """Payloads of every button."""
        return [button["payload"] for message in self.messages for button in message["buttons"]]

    @property
    def text(self) -> str:
        """All texts, joined."""
        return "\n".join(message["text"] for message in self.messages)


@dataclass
class Chat:
    """One session."""

    http: httpx.AsyncClient
    token: str
    greeting: Turn

    @classmethod
    async def open(cls, http: httpx.AsyncClient) -> Chat:
        """Start a session."""
        answer = await http.post("/webhooks/web/session")
        assert answer.status_code == 201, answer.text
        body = answer.json()
        return cls(http, body["session"], Turn(body["messages"]))

    @property
    def headers(self) -> dict[str, str]:
        """The session's header."""
        return {"Authorization": f"Bearer {self.token}"}

    async def say(self, text: str, once: str | None = None) -> Turn:
        """Say something and return the answer."""
        body = {"message": text} | ({"id": once} if once else {})
        answer = await self.http.post("/webhooks/web/messages", json=body, headers=self.headers, timeout=30)
        assert answer.status_code == 200, answer.text
        return Turn(answer.json()["messages"])

    async def situation(self) -> dict[str, Any]:
        """Return what has been understood."""
        answer = await self.http.get("/webhooks/web/situation", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()
