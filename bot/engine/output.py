"""What one turn answers, on its way out of Rasa."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from rasa.core.channels.channel import OutputChannel


class Output(OutputChannel):
    """Collects a turn's messages; named after the public channel, so that domain.yml can have variants."""

    def __init__(self, channel: str) -> None:
        """Open the output for one turn on `channel`."""
        self.channel = channel
        self.messages: list[dict[str, Any]] = []
        self.done = False
        self.failed = False
        self.forgotten = False
        self._changed = asyncio.Condition()

    def name(self) -> str:  # type: ignore[override]
        """Return the public channel's name."""
        return self.channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one whole message; Rasa's own outputs split text, buttons and custom payload into several."""
        async with self._changed:
            self.messages.append(
                {"text": message.get("text") or "", "buttons": message.get("buttons") or []}
                | ({"custom": message["custom"]} if message.get("custom") else {})
            )
            self._changed.notify_all()

    async def close(self, failed: bool = False, forgotten: bool = False) -> None:
        """End the turn."""
        async with self._changed:
            self.done, self.failed, self.forgotten = True, failed or forgotten, forgotten
            self._changed.notify_all()

    async def stream(self) -> AsyncIterator[tuple[list[dict[str, Any]], bool]]:
        """Yield messages as soon as there are any, and whether they are the last: how the turn ended is among those."""
        sent = 0
        while True:
            async with self._changed:
                while len(self.messages) == sent and not self.done:
                    await self._changed.wait()
                fresh, done = self.messages[sent:], self.done
            sent += len(fresh)
            if done:
                end = "unknown" if self.forgotten else "failed" if self.failed else "done"
                yield [*fresh, {end: True}], True
                return
            yield fresh, False
