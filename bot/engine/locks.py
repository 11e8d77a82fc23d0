"""One turn at a time in a conversation: in the order of arrival within an engine, and across engines through Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from rasa.core.lock_store import LockError, LockStore
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError as LockLost
from redis.exceptions import RedisError

LIFE = 1.0  # seconds that a lock outlives its engine: as long as a person waits when one dies in the middle of a turn
WAIT = 5.0  # seconds to wait for another engine
LOOK = 0.02  # seconds between looks
PREFIX = "lotsen:lock:"


class ConversationLocks(LockStore):
    """Replaces Rasa's stores: the one in memory looks once a second whether it is its turn; the one in Redis reads and
    writes its queue in two steps, so that two engines can both hold a lock, and keeps that of a dead engine for 60 s.

    An engine that stands still for longer than `LIFE` loses its locks. That its turn then changes nothing is seen to by
    the versions of `bot/engine/shared_store.py`.
    """

    def __init__(self, redis: Redis | None = None) -> None:
        """Lock within this process only, and in Redis too where there is one."""
        self._redis = redis
        self._here: dict[str, tuple[asyncio.Lock, int]] = {}  # with how many hold or await it

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LIFE, wait_time_in_seconds: float = LOOK
    ) -> AsyncIterator[None]:
        """Hold the conversation.

        Raises:
            LockError: when another engine does not let go of it.
            RedisError: when there is a Redis, but it does not answer.
        """
        async with self._lock_here(conversation_id):
            if self._redis is None:
                yield
                return
            lock = self._redis.lock(PREFIX + conversation_id, lock_lifetime, wait_time_in_seconds)
            if not await lock.acquire(blocking_timeout=WAIT):
                raise LockError("another engine holds the conversation")
            renewing = asyncio.ensure_future(_renew(lock, lock_lifetime))
            try:
                yield
            finally:
                renewing.cancel()
                with suppress(RedisError):  # it ends by itself then
                    await lock.release()

    @asynccontextmanager
    async def _lock_here(self, conversation: str) -> AsyncIterator[None]:
        lock, holders = self._here.get(conversation, (asyncio.Lock(), 0))
        self._here[conversation] = (lock, holders + 1)
        try:
            async with lock:
                yield
        finally:
            lock, holders = self._here.pop(conversation)
            if holders > 1:
                self._here[conversation] = (lock, holders - 1)


async def _renew(lock: Lock, life: float) -> None:
    while True:
        await asyncio.sleep(life / 3)
        try:
            await lock.reacquire()
        except LockLost:
            return
        except RedisError:  # tried again, as long as the lock may live
            continue
