"""`python -m bot.gateway`: serves the gateway. Started by `python -m bot`, and by itself in a container.

On SIGTERM it first says at /readyz that it stops, waits LOTSEN_DRAIN_SECONDS for the balancer to notice, then takes no
new calls, and stops when those under way are answered.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
from collections.abc import Collection
from types import FrameType

import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.app import create_app
from bot.gateway.receiving import BoundedReceiving

FINISH = 10  # seconds that calls under way are given
HANDLES = 65_536  # open files and connections, where the machine allows it


class Server(uvicorn.Server):
    """A server that says that it will stop before it does."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, drain: float) -> None:
        """Take the configuration, the application, and how many seconds to go on after the signal."""
        super().__init__(config)
        self._gateway = app
        self._drain = drain
        self._running: asyncio.AbstractEventLoop | None = None

    async def serve(self, sockets: object = None) -> None:
        """Serve until told to stop."""
        self._running = asyncio.get_running_loop()
        await super().serve()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop: at once on Ctrl-C and on a second signal."""
        was_told = self._gateway.state.stopping
        self._gateway.state.stopping = True
        if sig != signal.SIGTERM or was_told or not self._drain or self._running is None:
            super().handle_exit(sig, frame)
            return
        self._running.call_soon_threadsafe(self._running.call_later, self._drain, super().handle_exit, sig, frame)


class Crowded:
    """Ends every connection with its answer while most handles are in use: an idle one must keep nobody out."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app
        self.connections: Collection[object] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on."""

        async def closing(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 3  # a call may need one to the engine, and one to Redis
        await self._app(scope, receive, closing if len(self.connections) > most else send)


def main() -> int:
    """Serve until told to stop."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (HANDLES if most < 0 else min(most, HANDLES), most))
    try:
        app = create_app()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    crowded = Crowded(app)
    config = uvicorn.Config(
        crowded,
        host=os.environ.get("LOTSEN_HOST", "127.0.0.1"),
        port=int(os.environ.get("LOTSEN_PORT", "8080")),
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=FINISH,
        http=BoundedReceiving,
        loop="asyncio",  # uvloop keeps what it last read in a buffer of its own
        ws="none",  # not spoken here, and uvicorn cannot load the websockets that Rasa pins
    )
    server = Server(config, app, float(os.environ.get("LOTSEN_DRAIN_SECONDS", "0")))
    crowded.connections = server.server_state.connections
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
