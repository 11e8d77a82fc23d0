"""How a call comes in: its head is bounded in size, and all of it in time, which uvicorn with httptools leaves open.

Without this one connection could fill the memory with a header that never ends, and idle ones could use up the handles.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 16 * 1024  # bytes of address and headers; browsers and proxies stay below 8 KB


class BoundedReceiving(HttpToolsProtocol):
    """Refuses a head that is too long, and closes connections whose call does not come."""

    patience = 20.0  # seconds from the connection, or the first byte of a later call, to the call's end
    _timer: asyncio.TimerHandle | None = None
    _head = 0  # bytes received of a head that has not ended
    _in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a call."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came, as long as no head goes on for ever."""
        super().data_received(data)
        if self._in_head:
            self._head += len(data)
            if self._head > MAX_HEAD and not self.transport.is_closing():
                self._refuse()

    def on_message_begin(self) -> None:
        """A call begins."""
        if self._timer is None:
            self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head has ended; it may have come all at once."""
        self._in_head, self._head = False, 0
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MAX_HEAD:
            raise ValueError("head too long")  # the parser makes the answer 400 of it, and nothing is run
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The call is here."""
        self._in_head = True
        self._stop()
        super().on_message_complete()

    def _refuse(self) -> None:
        self.send_400_response("Request head too long.")

    def _wait(self) -> None:
        self._timer = self.loop.call_later(self.patience, self.transport.close)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
