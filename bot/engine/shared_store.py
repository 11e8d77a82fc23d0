"""Conversations in Redis, for several engines: the same promises as in memory, and no turn is lost or taken twice.

A conversation is one hash, so that it is kept, expires and is forgotten as a whole: its version, the sealed tracker,
and the sealed answers to the latest messages. No engine keeps a copy: what is forgotten through one is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from redis.asyncio import Redis

from bot.engine.shared import Seal
from bot.engine.tracker_store import SILENCE, ForgetfulTrackerStore

PREFIX = "lotsen:conversation:"
ANSWERS = 8  # latest answers kept for messages that are sent twice
# What is being answered in this task: the message's id, and the answer so far. It is kept together with the tracker, so
# that a turn whose engine dies is either there with its answer, or not at all.
TURN: ContextVar[tuple[str, list[dict[str, Any]]] | None] = ContextVar("turn", default=None)

# Keeps a conversation only if nobody else has, since it was read. The arguments: the version that was read, ms until it
# is forgotten, "1" if all that was before goes, then names and values.
SAVE = """
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
if ARGV[3] == '1' then redis.call('DEL', KEYS[1]) end
redis.call('HSET', KEYS[1], 'version', ARGV[1] + 1, unpack(ARGV, 4))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
"""


class Superseded(Exception):
    """Another engine has taken a turn in the conversation meanwhile: this one counts for nothing."""


class SharedTrackerStore(ForgetfulTrackerStore):
    """Keeps conversations in Redis; every method raises RedisError when it does not answer."""

    keeps_answers = True

    def __init__(self, domain: Domain, redis: Redis, secret: str, silence: float = SILENCE) -> None:
        """Take the client and the secret that the engines share; `silence` is in seconds."""
        super().__init__(domain, silence=silence)
        self._redis = redis
        self._seal = Seal(secret)
        self._save = redis.register_script(SAVE)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what the next turn needs, and this turn's answer.

        Raises:
            Superseded: if the conversation is no longer what it was when this turn read it.
        """
        await self.stream_events(tracker)
        trimmed = self._prepared(tracker)
        version = getattr(tracker, "version", 0)
        fields: list[str | bytes] = ["tracker", self._seal.close(trimmed.as_dialogue().as_dict())]
        if turn := TURN.get():
            once, messages = turn
            fields += [f"answer:{version % ANSWERS}", once.encode() + b" " + self._seal.close(messages)]
        is_new = not any(isinstance(event, UserUttered) for event in trimmed.events)
        arguments = [version, int(self.silence * 1000), int(is_new), *fields]
        if not await self._save(keys=[PREFIX + tracker.sender_id], args=arguments):
            raise Superseded
        tracker.version = version + 1

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation, or `None` when it is unknown or forgotten."""
        version, sealed = await self._redis.hmget(PREFIX + sender_id, "version", "tracker")
        if sealed is None:
            return None
        try:
            dialogue = Dialogue.from_parameters(self._seal.open(sealed))
        except ValueError:  # the secret was changed: nobody can go on with it
            await self.delete(sender_id)
            return None
        tracker = self.init_tracker(sender_id)
        tracker.recreate_from_dialogue(dialogue)
        tracker.version = int(version)
        return tracker

    async def answer(self, sender_id: str, once: str) -> list[dict[str, Any]] | None:
        """Return what was answered to the message with this id, by whichever engine."""
        slots = [f"answer:{place}" for place in range(ANSWERS)]
        for kept in await self._redis.hmget(PREFIX + sender_id, slots):
            if kept and kept.startswith(once.encode() + b" "):
                return list(self._seal.open(kept.partition(b" ")[2]))
        return None

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations kept."""
        return [key.decode().removeprefix(PREFIX) async for key in self._redis.scan_iter(PREFIX + "*")]

    async def delete(self, sender_id: str) -> None:
        """Forget the conversation and its answers at once; an unknown one is already forgotten."""
        await self._redis.delete(PREFIX + sender_id)

    async def is_reachable(self) -> bool:
        """Ask Redis for a sign of life."""
        return bool(await self._redis.ping())
