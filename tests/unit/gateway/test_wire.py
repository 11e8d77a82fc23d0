"""Connections to an engine, before a real socket."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.gateway import engine as module
from bot.gateway.engine import EngineClient, EngineUnavailable

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
SAID = {"text": "ett\u2028två\x85tre", "buttons": []}  # what str.splitlines takes for ends of lines


def chunk(message: dict[str, Any]) -> bytes:
    line = json.dumps(message, ensure_ascii=False).encode() + b"\n"
    return b"%x\r\n%b\r\n" % (len(line), line)


WHOLE = (HEAD + chunk(SAID), chunk({"done": True}), b"0\r\n\r\n")


class Listener:
    """An engine at the level of bytes."""

    def __init__(self) -> None:
        self.pieces: tuple[bytes, ...] = WHOLE  # of an answer, a moment between them
        self.connections = 0
        self.calls: list[bytes] = []
        self.closes_after = 0  # connections that are closed once they have had one answer
        self.server: asyncio.Server | None = None

    async def serve(self) -> str:
        self.server = await asyncio.start_server(self.take, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        closing, answered = self.connections <= self.closes_after, False
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
                body = await reader.readexactly(int(length.partition(b":")[2]))
                if closing and answered:
                    break  # as an engine whose patience ends while the call is on its way
                self.calls.append(body)
                for piece in self.pieces:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(0.001)
                answered = True
        except asyncio.IncompleteReadError:
            pass
        writer.close()


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    made = Listener()
    yield made
    if made.server:
        made.server.close()


@pytest.fixture
async def client(listener: Listener) -> AsyncIterator[EngineClient]:
    made = EngineClient(await listener.serve(), "x")
    yield made
    await made.close()


async def say(client: EngineClient, once: str = "id") -> list[dict[str, Any]]:
    return [one async for one in client.send("c" * 40, "web", "hej", once, {})]


async def test_one_connection_serves_turn_after_turn(client: EngineClient, listener: Listener) -> None:
    assert [await say(client, str(turn)) for turn in range(5)] == [[SAID]] * 5
    assert listener.connections == 1


async def test_a_connection_closed_meanwhile_is_no_failure(client: EngineClient, listener: Listener) -> None:
    listener.closes_after = 1
    assert [await say(client, "1"), await say(client, "2")] == [[SAID]] * 2
    assert listener.connections == 2
    assert [json.loads(call)["id"] for call in listener.calls] == ["1", "2"]
    assert not client._engines[0].down


async def test_lines_come_in_any_pieces(client: EngineClient, listener: Listener) -> None:
    whole = b"".join(WHOLE)
    listener.pieces = tuple(whole[at : at + 7] for at in range(0, len(whole), 7))
    assert await say(client) == [SAID]
    listener.pieces = (whole,)
    assert await say(client) == [SAID]


@pytest.mark.parametrize("pieces", [(), (HEAD,), (HEAD + chunk(SAID),), (b"no HTTP\r\n\r\n",)])
async def test_what_breaks_off_is_told(
    client: EngineClient, listener: Listener, monkeypatch: pytest.MonkeyPatch, pieces: tuple[bytes, ...]
) -> None:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"".join(pieces))
        writer.close()

    monkeypatch.setattr(listener, "take", once)
    broken = EngineClient(await listener.serve(), "x")
    with pytest.raises(EngineUnavailable):
        await say(broken)
    await broken.close()


async def test_nobody_listens(listener: Listener) -> None:
    url = await listener.serve()
    assert listener.server
    listener.server.close()
    client = EngineClient(url, "x")
    with pytest.raises(EngineUnavailable):
        await say(client)
    assert not await client.ready()
    await client.close()


async def test_an_engine_that_is_silent_for_too_long(
    client: EngineClient, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener.pieces = ()
    http = client._engines[0].http
    http.timeout = httpx.Timeout(0.05)
    with pytest.raises(httpx.TransportError):
        await http.post("/messages", json={})


async def test_an_end_that_does_not_come_holds_nobody_up(
    client: EngineClient, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "END", 0.01)
    listener.pieces = WHOLE[:2]
    assert [await say(client), await say(client)] == [[SAID]] * 2
    assert listener.connections == 2  # the first may still send what belongs to its answer


async def test_a_busy_gateway_does_not_take_the_engine_for_dead(client: EngineClient) -> None:
    client._engines[0].http.timeout = httpx.Timeout(10.0, connect=0.1)
    turn = asyncio.ensure_future(say(client))
    for _ in range(3):
        await asyncio.sleep(0)  # it is on its way
    time.sleep(0.3)  # noqa: ASYNC251 - as when twenty messages come at once and are scrubbed
    assert await turn == [SAID]
