"""What several gateways have to know of each other, in one Redis (LOTSEN_REDIS_URL). Without it each is on its own.

Nobody is turned away because Redis is: while it does not answer, every gateway goes on by what it knows itself.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import RedisError

from bot.gateway.limits import RateLimit

logger = logging.getLogger(__name__)

TIMEOUT = 0.2  # seconds; a person waits while we do
CONNECTIONS = 64
REST = 2.0  # seconds until a Redis that did not answer is asked again
SALT_LIFE = 3600  # seconds; what was counted before can be led back to nobody after that, not even by us
SALT_LOOK = 60.0  # seconds between looks at the salt
MAX_MARKS = 20_000  # in this process
PREFIX = "lotsen:gateway:"

# A token bucket, like RateLimit: calls a second, calls at once -> seconds to wait.
BUCKET = """
local rate, burst, time = tonumber(ARGV[1]), tonumber(ARGV[2]), redis.call('TIME')
local now = time[1] + time[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], 'left', 'then')
local left = math.min(burst, (kept[1] or burst) + math.max(0, now - (kept[2] or now)) * rate)
local allowed = left >= 1
if allowed then left = left - 1 end
redis.call('HSET', KEYS[1], 'left', left, 'then', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000))
if allowed then return 0 end
return math.floor((1 - left) / rate) + 1
"""

Answer = TypeVar("Answer")


class Shared:
    """The Redis of the gateways, or what stands in for it within one process."""

    def __init__(self, url: str | None, secret: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the address, `None` for no Redis, and the secret that all gateways have. Nothing is sent yet."""
        self._redis: Redis | None = None
        if url:
            pool = BlockingConnectionPool.from_url(
                url,
                max_connections=CONNECTIONS,
                timeout=TIMEOUT,
                socket_timeout=TIMEOUT,
                socket_connect_timeout=TIMEOUT,
            )
            self._redis = Redis(connection_pool=pool)
            self._bucket = self._redis.register_script(BUCKET)
        self._secret = secret.encode()
        self._clock = clock
        self._rested = clock()
        self._salt = b""
        self._salted = float("-inf")
        self._marks: OrderedDict[str, float] = OrderedDict()

    def limit(self, name: str, per_minute: int) -> SharedLimit:
        """Return a limit that all gateways count together."""
        return SharedLimit(self, name, per_minute, self._clock)

    async def mark(self, name: str, seconds: int) -> bool:
        """Mark a name, which must say nothing about anybody, and tell whether it was marked in the last `seconds`."""
        now = self._clock()
        before = self._marks.pop(name, float("-inf"))
        self._marks[name] = now + seconds
        if len(self._marks) > MAX_MARKS:
            self._marks.popitem(last=False)
        was_here = before > now
        redis = self._redis
        if redis is None:
            return was_here
        was_there = await self.ask(lambda: redis.set(f"{PREFIX}mark:{name}", 1, ex=seconds, get=True))
        return was_here or was_there is not None

    async def unmark(self, name: str) -> None:
        """Take a mark away."""
        self._marks.pop(name, None)
        redis = self._redis
        if redis is not None:
            await self.ask(lambda: redis.delete(f"{PREFIX}mark:{name}"))

    async def count(self, name: str, key: str, rate: float, burst: float) -> int | None:
        """Count a call in a bucket; return the seconds to wait, or `None` when there is no Redis to count in."""
        if self._redis is None:
            return None
        salt = await self._current_salt()
        if salt is None:
            return None
        hashed = hmac.digest(self._secret + salt, f"{name} {key}".encode(), hashlib.sha256).hex()
        waiting = await self.ask(lambda: self._bucket(keys=[f"{PREFIX}limit:{hashed}"], args=[rate, burst]))
        return None if waiting is None else int(waiting)

    async def ask(self, question: Callable[[], Awaitable[Answer]]) -> Answer | None:
        """Ask Redis; `None` when it does not answer, and at once for a while after that."""
        if self._clock() < self._rested:
            return None
        try:
            return await question()
        except RedisError as error:
            self._rested = self._clock() + REST
            logger.error("Redis: %s, each gateway counts for itself meanwhile", type(error).__name__)
            return None

    async def close(self) -> None:
        """Close the connections."""
        if self._redis:
            await self._redis.close()
            await self._redis.connection_pool.disconnect()

    async def _current_salt(self) -> bytes | None:
        """Return the salt of the hour. It is in Redis's memory only, and of no use without our secret."""
        if self._clock() - self._salted < SALT_LOOK:
            return self._salt
        redis: Any = self._redis

        async def look() -> bytes | None:
            await redis.set(f"{PREFIX}salt", secrets.token_bytes(32), nx=True, ex=SALT_LIFE)
            return await redis.get(f"{PREFIX}salt")  # type: ignore[no-any-return]

        salt = await self.ask(look)
        if salt:
            self._salt, self._salted = salt, self._clock()
        return salt


class SharedLimit:
    """A rate that all gateways count together; each for itself while there is no Redis."""

    def __init__(self, shared: Shared, name: str, per_minute: int, clock: Callable[[], float]) -> None:
        """Allow `per_minute` calls a minute for each key, and as many at once."""
        self._shared = shared
        self._name = name
        self._per_minute = per_minute
        self._here = RateLimit(per_minute, clock)

    async def wait(self, key: str) -> int:
        """Count one call for the key; return 0 when it is allowed, else the seconds to wait."""
        waiting = await self._shared.count(self._name, key, self._per_minute / 60, float(self._per_minute))
        return self._here.wait(key) if waiting is None else waiting
