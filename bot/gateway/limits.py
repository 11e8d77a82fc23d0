"""How often, how much and what: rates per session and address, and the size and kind of a body."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Address
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024  # bytes; 2,000 characters are at most 12,000 bytes as escaped JSON
MAX_KEYS = 100_000


def caller(client: Address | None) -> str:
    """Return what a caller is counted by: the address, of IPv6 the network, for one machine has all of a /64."""
    if client is None:
        return ""
    try:
        address = ipaddress.ip_address(client.host)
    except ValueError:
        return client.host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((int(address), 64), strict=False))


def media_type(content_type: str) -> str:
    """Return what a body says it is, without its parameters: "application/json"."""
    return content_type.partition(";")[0].strip().lower()


class RateLimit:
    """A token bucket per key. Keys are hashed with a salt that changes every hour, so that no address is kept."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `per_minute` calls a minute, and as many at once."""
        self._rate = per_minute / 60
        self._burst = float(per_minute)
        self._clock = clock
        self._salt = secrets.token_bytes(32)
        self._salted = clock()
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def wait(self, key: str, cost: int = 1) -> int:
        """Count one call for the key; return 0 when it is allowed, else the seconds to wait. A cost of 0 only asks."""
        now = self._clock()
        if now - self._salted > 3600:
            self._salt, self._salted = secrets.token_bytes(32), now
            self._buckets.clear()
        hashed = hmac.digest(self._salt, key.encode(), hashlib.sha256)
        left, then = self._buckets.pop(hashed, (self._burst, now))
        left = min(self._burst, left + (now - then) * self._rate)
        allowed = left >= 1
        self._buckets[hashed] = (left - cost if allowed else left, now)
        if len(self._buckets) > MAX_KEYS:
            self._buckets.popitem(last=False)
        return 0 if allowed else int((1 - left) / self._rate) + 1


class TooLarge(Exception):
    """A body went past the limit while it was read."""


class BodyLimit:
    """Refuses large bodies before anything reads them, whether or not their length was declared."""

    def __init__(self, app: ASGIApp, refuse: ASGIApp) -> None:
        """Wrap `app`; `refuse` answers instead of it."""
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, counting its bytes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        seen = 0
        started = False
        over = not declared.isdigit() or int(declared) > MAX_BODY

        async def counted() -> Message:
            nonlocal seen, over
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > MAX_BODY:
                over = True
                raise TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            if started or not over:  # what a route makes of half a body is no answer
                started = True
                await send(message)

        try:
            if not over:
                await self._app(scope, counted, watched)
        except Exception:
            if not over:
                raise
        if over and not started:
            await self._refuse(scope, receive, send)
