"""Conversations in memory, forgotten after a time of silence."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.privacy.guard import contains_structured

ACTION_LISTEN = "action_listen"
SILENCE = 30 * 60  # seconds until a conversation is forgotten
REST = 60  # seconds until it is packed, to a tenth of its size: most that are silent so long are over
WITHHELD = "BORTTAGET"


def _places(events: Sequence[Event], kind: type[Event]) -> Iterator[int]:
    """Yield the places of events of a kind, the latest first."""
    return (place for place in reversed(range(len(events))) if isinstance(events[place], kind))


def _packed(tracker: DialogueStateTracker) -> bytes:
    return zlib.compress(json.dumps(tracker.as_dialogue().as_dict()).encode())


class ForgetfulTrackerStore(TrackerStore):
    """Keeps tracker objects as they are, unlike Rasa's in-memory store, which turns them to JSON and back each turn.

    Those silent for a minute are packed (JSON, zlib), and unpacked when their next message comes.

    What no rule looks at any more is forgotten turn by turn, and a restart forgets everything before it. A user message
    in which a structured identifier is still found, although the gateway has scrubbed it, is kept without its text, and
    counted in `withheld`.
    """

    keeps_answers = False  # whether `answer` knows what was answered before

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
        # When each was saved, the oldest first, and with how many events; those at rest are packed.
        self._kept: dict[str, tuple[float, DialogueStateTracker, int]] = {}
        self._packed: dict[str, tuple[float, bytes]] = {}

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """Begin a conversation. Unlike Rasa, keep it only once its first turn has ended well."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what the next turn needs: the situation, and the events since the question that is open."""
        await self.stream_events(tracker)
        tracker = self._prepared(tracker)
        self._forget_silent()
        await self.delete(tracker.sender_id)  # so that the oldest is always first
        self._kept[tracker.sender_id] = (self.clock(), tracker, len(tracker.events))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation, or `None` when it is unknown or forgotten."""
        self._forget_silent()
        if kept := self._kept.get(sender_id):
            _, tracker, count = kept
            if len(tracker.events) == count:
                return tracker
            # A turn is under way in it, or failed: that counts for nothing.
            return self._rebuilt(sender_id, list(tracker.events)[:count])
        if packed := self._packed.get(sender_id):
            return self._unpacked(sender_id, packed[1])
        return None

    async def answer(self, sender_id: str, once: str) -> list[dict[str, Any]] | None:
        """Return what was answered to the message with this id before; kept by the channel, not here."""
        return None

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations kept."""
        self._forget_silent()
        return [*self._packed, *self._kept]

    async def delete(self, sender_id: str) -> None:
        """Forget the conversation at once; an unknown one is already forgotten."""
        self._kept.pop(sender_id, None)
        self._packed.pop(sender_id, None)

    async def is_reachable(self) -> bool:
        """Tell whether conversations can be kept."""
        return True

    def _prepared(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        """Return what may be kept of the conversation."""
        self._withhold_identifiers(tracker)
        return self._trimmed(tracker)

    def _forget_silent(self) -> None:
        now = self.clock()
        while self._kept and (oldest := next(iter(self._kept.items())))[1][0] <= now - REST:
            sender_id, (saved, tracker, count) = oldest
            self._packed[sender_id] = saved, _packed(self._rebuilt(sender_id, list(tracker.events)[:count]))
            del self._kept[sender_id]
        for kept in (self._packed, self._kept):
            while kept and kept[first := next(iter(kept))][0] <= now - self.silence:
                del kept[first]

    def _unpacked(self, sender_id: str, packed: bytes) -> DialogueStateTracker:
        tracker = self.init_tracker(sender_id)
        tracker.recreate_from_dialogue(Dialogue.from_parameters(json.loads(zlib.decompress(packed))))
        return tracker

    def _trimmed(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        """Return the conversation without the turns that no rule looks at any more.

        Rules look at one turn, or at the turns since a form began. Forgetting the rest keeps a long conversation as
        fast as a short one, and keeps no text longer than it is needed. Rasa builds trackers anew from events in the
        middle of a turn, so the slots are kept as events too.
        """
        events = tracker.events_after_latest_restart()
        began = next((place for place in _places(events, ActiveLoop) if events[place].name), len(events))
        user = next((place for place in _places(events, UserUttered) if not tracker.active_loop or place < began), 0)
        listened = next(
            (place for place in _places(events[:user], ActionExecuted) if events[place].action_name == ACTION_LISTEN), 0
        )
        slots = [] if len(events) < len(tracker.events) else [
            SlotSet(slot.name, slot.value) for slot in tracker.slots.values() if slot.value is not None
        ]  # fmt: skip
        return self._rebuilt(tracker.sender_id, slots + events[listened:])

    def _rebuilt(self, sender_id: str, events: list[Event]) -> DialogueStateTracker:
        return DialogueStateTracker.from_events(sender_id, events, slots=self.domain.slots, domain=self.domain)

    def _withhold_identifiers(self, tracker: DialogueStateTracker) -> None:
        said = tracker.latest_message
        if isinstance(said, UserUttered) and said.text and contains_structured(said.text):
            self.withheld += 1
            said.text = WITHHELD
            said.parse_data["text"] = WITHHELD
