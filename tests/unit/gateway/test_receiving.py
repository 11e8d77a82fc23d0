"""Calls whose head does not end, or that do not come, over real connections."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from bot.gateway.receiving import MAX_HEAD, BoundedReceiving, Joined

LAST = 10.0  # seconds until a test gives up
CALL = b"POST / HTTP/1.1\r\nHost: x\r\n"


class Hasty(BoundedReceiving):
    patience = 0.2


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Say how long the body was."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False) and message["type"] == "http.request"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def serve(protocol: type[BoundedReceiving]) -> Iterator[int]:
    config = uvicorn.Config(app, port=0, http=protocol, ws="none", lifespan="off", log_level="critical", loop="asyncio")
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield int(listening.getsockname()[1])
    server.should_exit = True
    thread.join(LAST)
    listening.close()


@pytest.fixture
def port() -> Iterator[int]:
    yield from serve(BoundedReceiving)


@pytest.fixture
def hasty() -> Iterator[int]:
    yield from serve(Hasty)


def sent(port: int, *pieces: bytes) -> bytes:
    """Return all that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", port), LAST) as connection:
        back = b""
        try:
            for piece in pieces:
                connection.sendall(piece)
            while piece := connection.recv(4096):
                back += piece
        except ConnectionError:
            pass  # closed while we were still sending
        return back


@pytest.mark.parametrize("size", [0, 60_000])
def test_calls_pass_also_several_on_a_connection(port: int, size: int) -> None:
    body = b"x" * size
    call = CALL + f"Content-Length: {size}\r\n".encode()
    back = sent(port, call + b"\r\n" + body, call + b"Connection: close\r\n\r\n" + body)
    assert back.count(b"200 OK") == 2
    assert back.count(f"\r\n{size}\r\n".encode()) == 2


@pytest.mark.parametrize(
    "pieces",
    [
        [CALL + b"X: "] + [b"x" * 1024] * 1000,
        [CALL] + [b"X-%d: x\r\n" % number for number in range(5000)],
        [b"GET /"] + [b"x" * 1024] * 1000,
        [CALL + b"X: " + b"x" * MAX_HEAD + b"\r\n\r\n"],
        [b"GET /" + b"x" * MAX_HEAD + b" HTTP/1.1\r\nHost: x\r\n\r\n"],
    ],
    ids=["endless header", "endless headers", "endless address", "long header at once", "long address at once"],
)
def test_a_head_that_is_too_long_is_refused(port: int, pieces: list[bytes]) -> None:
    assert b"200 OK" not in sent(port, *pieces)


@pytest.mark.parametrize(
    "start",
    [b"", b"GET", CALL, CALL + b"Content-Length: 10\r\n\r\nx", CALL + b"Content-Length: 0\r\n\r\n" + CALL],
    ids=["nothing", "half a line", "half a head", "half a body", "half a second call"],
)
def test_a_call_that_does_not_come_is_not_waited_for(hasty: int, start: bytes) -> None:
    back = sent(hasty, start)  # returns when the server closes; LAST ends the test otherwise
    assert back.count(b"HTTP/1.1") <= 1


class Kernel:
    """A transport that notes each sending."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False

    def is_closing(self) -> bool:
        return self.closed

    def write(self, data: bytes) -> None:
        assert not self.closed
        self.sent.append(data)

    def close(self) -> None:
        self.closed = True


async def test_what_is_written_in_one_step_is_sent_at_once() -> None:
    kernel = Kernel()
    joined = Joined(kernel, asyncio.get_running_loop())  # type: ignore[arg-type]
    for each in (b"a", b"b"):
        joined.write(each)
    await asyncio.sleep(0)
    joined.write(b"c")
    joined.write(b"d")
    joined.close()
    await asyncio.sleep(0)
    assert kernel.sent == [b"ab", b"cd"]
    assert joined.is_closing()
    joined.write(b"late")
    await asyncio.sleep(0)
    assert kernel.sent == [b"ab", b"cd"]
