"""How the gateway fares, as counts and times for Prometheus; nothing about anybody.

Off unless LOTSEN_METRICS names an address (`127.0.0.1:9464`), which is then another one than Lotsen's own: a proxy in
front of the gateway would make every caller look local, so no check of the caller's address could keep the figures in.
Labels are routes as they stand in the code, methods, statuses and engines' places in the list: never a text, an id, an
address, or what a conversation is about.
"""

from __future__ import annotations

import time
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, start_http_server
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})

disable_created_metrics()  # type: ignore[no-untyped-call]  # a time stamp for each label tells more than a count
REGISTRY = CollectorRegistry()  # without the library's own figures of the process and the platform
CALLS = Counter("lotsen_calls", "Calls answered.", ("route", "method", "status"), registry=REGISTRY)
CALL_SECONDS = Histogram(
    "lotsen_call_seconds", "From a call to the end of its answer.", ("route",),
    registry=REGISTRY, buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10),
)  # fmt: skip
TURNS = Counter("lotsen_turns", "Turns by how they ended: answered, unavailable, unknown.", ("end",), registry=REGISTRY)
FIRST_SECONDS = Histogram(
    "lotsen_first_message_seconds", "From what was said to the first message of the answer.",
    registry=REGISTRY, buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 5),
)  # fmt: skip
FAILOVERS = Counter("lotsen_engine_failures", "Calls that an engine could not answer.", ("engine",), registry=REGISTRY)


def turn(end: str) -> None:
    """Count a turn by how it ended."""
    TURNS.labels(end).inc()


def first_message(seconds: float) -> None:
    """Measure how long a person waited."""
    FIRST_SECONDS.observe(seconds)


def failover(engine: int) -> None:
    """Count a call that the engine with this place in LOTSEN_ENGINE_URL could not answer."""
    FAILOVERS.labels(str(engine)).inc()


def serve(address: str) -> Any:
    """Serve /metrics on `host:port` from a thread, and return what stops it.

    Raises:
        ValueError: if the address is not of that form.
        OSError: if it is taken.
    """
    host, separator, port = address.rpartition(":")
    if not separator or not host or not port.isdigit():
        raise ValueError("LOTSEN_METRICS ska vara adress:port, till exempel 127.0.0.1:9464.")
    return start_http_server(int(port), host.strip("[]"), REGISTRY)[0]


class Measure:
    """Counts and times every call; plain ASGI, so that streams are not held up."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            method = scope["method"] if scope["method"] in METHODS else "other"
            CALLS.labels(route, method, str(status)).inc()
            CALL_SECONDS.labels(route).observe(time.monotonic() - began)
