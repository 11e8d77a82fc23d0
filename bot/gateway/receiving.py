"""How a call comes in: its head is bounded in size, and all of it in time, which uvicorn with httptools leaves open.

Without this one connection could fill the memory with a header that never ends, and idle ones could use up the handles.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 16 * 1024  # bytes of address and headers; browsers and proxies stay below 8 KB


class Joined:
    """A transport that sends what is written in one step of the loop at once: each sending is a call of the kernel."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        """Wrap `transport`."""
        self._transport = transport
        self._loop = loop
        self._written: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        """Pass everything else on."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send soon."""
        if not self._written:
            self._loop.call_soon(self._send)
        self._written.append(data)

    def close(self) -> None:
        """Send what was written, and close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        written, self._written = b"".join(self._written), []
        if written and not self._transport.is_closing():
            self._transport.write(written)


class BoundedReceiving(HttpToolsProtocol):
    """Refuses a head that is too long, and closes connections whose call does not come."""

    patience = 20.0  # seconds from the connection, or the first byte of a later call, to the call's end
    _timer: asyncio.TimerHandle | None = None
    _head = 0  # bytes received of a head that has not ended
    _in_head = True
    _got_on = False  # whether a head or a call ended in what came last

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a call."""
        super().connection_made(cast(asyncio.Transport, Joined(transport, self.loop)))
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came, as long as no head goes on for ever."""
        is_all_head, self._got_on = self._in_head, False
        super().data_received(data)
        # What came with the end of another call is little, and mostly that call's body.
        self._head = self._head + len(data) if is_all_head and not self._got_on else 0
        if self._in_head and self._head > MAX_HEAD and not self.transport.is_closing():
            self._refuse()

    def on_message_begin(self) -> None:
        """A call begins."""
        if self._timer is None:
            self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head has ended; it may have come all at once."""
        self._in_head, self._got_on = False, True
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MAX_HEAD:
            raise ValueError("head too long")  # the parser makes the answer 400 of it, and nothing is run
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The call is here."""
        self._in_head, self._got_on = True, True
        self._stop()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer as uvicorn does, and let nobody on the way keep it."""
        fields = f"content-type: text/plain; charset=utf-8\r\ncontent-length: {len(msg)}\r\ncache-control: no-store\r\n"
        self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{fields}connection: close\r\n\r\n{msg}".encode("ascii"))
        self.transport.close()

    def _refuse(self) -> None:
        self.send_400_response("Request head too long.")

    def _wait(self) -> None:
        self._timer = self.loop.call_later(self.patience, self.transport.close)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
