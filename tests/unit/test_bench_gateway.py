"""What `python -m bench.gateway` makes of the answers that a crowd gets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

import pytest

from bench.gateway import overload


class Gateway(BaseHTTPRequestHandler):
    """Refuses every other message, with `pause` as the time to wait, and fails every tenth."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer goes out whole
    pause = "0"
    messages = count(1)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.endswith("session"):
            self.answer(201, b'{"session": "token"}')
            return
        assert self.headers["Authorization"] == "Bearer token"
        number = next(self.messages)
        self.answer(500 if number % 10 == 0 else 503 if number % 2 else 200, b"{}")

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if status == 503:
            self.send_header("Retry-After", self.pause)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Gateway, "messages", count(1))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_who_was_answered_refused_and_failed(url: str) -> None:
    figures = overload(url, users=3, seconds=2.0, waits=True)
    said = figures["messages"]
    assert said >= 10
    assert figures["refused"] == pytest.approx(0.5, abs=0.1)
    assert figures["other"] == pytest.approx(said / 10, abs=1)
    assert figures["answered a second"] * 2.0 == pytest.approx(said * 0.4, abs=2)
    assert 0 < figures["answered p50 ms"] <= figures["answered p95 ms"]


def test_who_is_asked_to_wait_does_only_if_told_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gateway, "pause", "2.1")
    assert overload(url, users=1, seconds=2.0, waits=True)["messages"] == 1
    assert overload(url, users=1, seconds=2.0, waits=False)["messages"] > 5
