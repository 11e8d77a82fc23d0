"""One queue per conversation: answers come in the order of the questions, and nobody waits for anybody else."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)

MAX_CONVERSATIONS = 2000  # with something waiting at the same time
MAX_WAITING = 10  # in one conversation

Work = Callable[[], Awaitable[None]]


class Queues:
    """Runs work in tasks of its own, in order for each key."""

    def __init__(self) -> None:
        """Begin empty."""
        self._waiting: dict[str, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, key: str, work: Work) -> bool:
        """Take the work; `False` when there is too much of it already."""
        waiting = self._waiting.get(key)
        if waiting is not None:
            if len(waiting) >= MAX_WAITING:
                return False
            waiting.append(work)
            return True
        if len(self._waiting) >= MAX_CONVERSATIONS:
            return False
        self._waiting[key] = deque([work])
        task = asyncio.ensure_future(self._run(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def idle(self) -> None:
        """Wait until everything is done."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self, seconds: float = 5.0) -> None:
        """Give what is under way a moment, then end it."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in list(self._tasks):
            task.cancel()

    async def _run(self, key: str) -> None:
        waiting = self._waiting[key]
        try:
            while waiting:
                try:
                    await waiting[0]()
                except Exception as error:
                    # The class only: the error can quote the message.
                    logger.error("Teams turn failed: %s", type(error).__name__)
                waiting.popleft()
        finally:
            del self._waiting[key]
