"""Conversations in memory, forgotten after a time of silence."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.privacy.guard import contains_structured

SILENCE = 30 * 60  # seconds until a conversation is forgotten
WITHHELD = "BORTTAGET"


class ForgetfulTrackerStore(TrackerStore):
    """Keeps tracker objects as they are, unlike Rasa's in-memory store, which turns them to JSON and back each turn.

    A restart forgets what came before it. A user message in which a structured identifier is still found, although the
    gateway has scrubbed it, is kept without its text, and counted in `withheld`.
    """

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        silence: float = SILENCE,
        clock: Callable[[], float] = time.monotonic,
        **kwargs: Any,
    ) -> None:
        """Create an empty store; `silence` is in seconds."""
        super().__init__(domain, event_broker, **kwargs)
        self.silence = float(silence)
        self.clock = clock
        self.withheld = 0
        self._kept: dict[str, tuple[float, DialogueStateTracker]] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the conversation, from its latest restart on."""
        await self.stream_events(tracker)
        recent = tracker.events_after_latest_restart()
        if len(recent) < len(tracker.events):
            tracker = DialogueStateTracker.from_events(
                tracker.sender_id, recent, slots=self.domain.slots, domain=self.domain
            )
        self._withhold_identifiers(tracker)
        self._forget_silent()
        self._kept.pop(tracker.sender_id, None)  # so that the oldest is always first
        self._kept[tracker.sender_id] = (self.clock(), tracker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation, or `None` when it is unknown or forgotten."""
        self._forget_silent()
        kept = self._kept.get(sender_id)
        return kept[1] if kept else None

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations kept."""
        self._forget_silent()
        return list(self._kept)

    async def delete(self, sender_id: str) -> None:
        """Forget the conversation at once; an unknown one is already forgotten."""
        self._kept.pop(sender_id, None)

    def _forget_silent(self) -> None:
        limit = self.clock() - self.silence
        while self._kept:
            sender_id = next(iter(self._kept))
            if self._kept[sender_id][0] > limit:
                return
            del self._kept[sender_id]

    def _withhold_identifiers(self, tracker: DialogueStateTracker) -> None:
        said = tracker.latest_message
        if isinstance(said, UserUttered) and said.text and contains_structured(said.text):
            self.withheld += 1
            said.text = WITHHELD
            said.parse_data["text"] = WITHHELD
