"""Somebody who writes to Lotsen over the network and waits two seconds for an answer, not longer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

WAITS = 2.0  # seconds; a test fails by this limit, so none has to measure time
LINE = "020-50 50 50"  # Kvinnofridslinjen, staffed day and night
DANGER = "det är fara nu, han slår mig"  # whose answer holds 112 and a staffed line, when all is well
CARD = "Assistenten kan inte svara just nu"
SORRY = "Något gick fel hos mig"


@dataclass
class Heard:
    """What came back."""

    status: int
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """All that can be read in it: texts, and the numbers on emergency cards."""
        messages = self.body.get("messages", [])
        services = [one for message in messages for one in message.get("custom", {}).get("services", [])]
        numbers = [phone["number"] for service in services for phone in service["phones"]]
        return "\n".join([message["text"] for message in messages] + numbers)

    @property
    def helps(self) -> bool:
        """Whether there is a way to help in it: 112, and a line where somebody answers."""
        return "112" in self.text and LINE in self.text

    @property
    def saw(self) -> str:
        """What kind of answer it was, for the table."""
        if self.status == 503 or CARD in self.text:
            return "emergency card"
        return "apology with 112 and a line" if SORRY in self.text else "a real answer"


class Person:
    """One session at one gateway, with a connection that stays open like a browser's."""

    def __init__(self, gateway: str, token: str) -> None:
        """Take the address and the token."""
        self.token = token
        self.http = self._client(gateway)

    def _client(self, gateway: str) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=f"{gateway}/webhooks/web", headers=headers, timeout=WAITS, trust_env=False)

    @classmethod
    def arrive(cls, gateway: str) -> Person:
        """Begin a conversation."""
        answer = httpx.post(f"{gateway}/webhooks/web/session", timeout=WAITS, trust_env=False)
        assert answer.status_code == 201, answer.text
        return cls(gateway, answer.json()["session"])

    def moves(self, gateway: str) -> None:
        """Go on at another gateway, as a balancer does."""
        self.http.close()
        self.http = self._client(gateway)

    def says(self, text: str, once: str | None = None) -> Heard:
        """Say something."""
        answer = self.http.post("/messages", json={"message": text} | ({"id": once} if once else {}))
        return Heard(answer.status_code, answer.json())

    def lives_in(self, place: str) -> Heard:
        """Say where, by the button."""
        return self.says(f'/inform{{"municipality": "{place}"}}')

    def asks(self, once: str | None = None) -> Heard:
        """Ask for help now."""
        return self.says(DANGER, once)

    @property
    def place(self) -> str | None:
        """The place that Lotsen has understood."""
        answer = self.http.get("/situation")
        assert answer.status_code == 200, answer.text
        return answer.json()["situation"]["municipality"]

    def leave(self) -> None:
        """Forget the conversation."""
        assert self.http.delete("/session").status_code == 204
        self.http.close()
