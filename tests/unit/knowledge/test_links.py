"""The link checker against a server of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from knowledge.__main__ import main
from knowledge.links import LinkResult, check_links, links_of, table


class Site(BaseHTTPRequestHandler):
    """Pages that are there, gone, moved, moved in a circle, slow, and one that answers no HEAD."""

    asked: list[tuple[str, str]]
    at_once = most_at_once = 0
    release: threading.Event
    lock = threading.Lock()

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        site = type(self)
        with site.lock:
            site.asked.append((self.command, self.path))
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
        if self.path == "/slow":
            site.release.wait(10)
        moved = {"/moved": "/here", "/circle": "/circle", "/here-too": "/here-too/"}.get(self.path)
        status = 301 if moved else 200
        if self.path == "/gone":
            status = 410
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        with site.lock:
            site.at_once -= 1
        self.send_response(status)
        if moved:
            self.send_header("Location", moved)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked, Site.release, Site.most_at_once = [], threading.Event(), 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Site.release.set()
    server.shutdown()
    server.server_close()
    thread.join()


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize(
    ("path", "works", "moved", "problem"),
    [
        ("/here", True, False, None),
        ("/no-head", True, False, None),
        ("/moved", True, True, None),
        ("/here-too", True, False, None),  # one more slash is the same page
        ("/gone", False, False, "svarar 410"),
        ("/circle", False, False, "leder runt i cirkel"),
        ("/slow", False, False, "svarar inte i tid"),
    ],
)
async def test_what_comes_of_a_link(site: str, path: str, works: bool, moved: bool, problem: str | None) -> None:
    [found] = await check_links({site + path: ("origo",)}, seconds=0.3)
    assert (found.works, found.moved, found.problem, found.users) == (works, moved, problem, ("origo",))


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "http://[fel", "http://finns-inte.invalid/"])
async def test_what_cannot_be_reached_is_said(url: str) -> None:
    [found] = await check_links({url.format(port=closed_port()): ("origo",)}, seconds=2)
    assert not found.works
    assert found.problem is not None


async def test_one_question_at_a_time_to_a_host_and_answers_in_order(site: str) -> None:
    urls = [f"{site}/here?{number}" for number in range(12)]
    found = await check_links(dict.fromkeys(urls, ()))
    assert [one.url for one in found] == urls
    assert Site.most_at_once == 1
    assert {method for method, _ in Site.asked} == {"HEAD"}  # no page is fetched that need not be


def test_links_are_gathered_with_those_who_use_them() -> None:
    one = {
        "id": "a",
        "url": "https://a.se",
        "chat": "https://a.se",
        "sources": [{"url": "https://k.se"}, {"url": None}],
    }
    other = {"id": "b", "url": "https://a.se", "chat": None, "sources": []}
    assert links_of([one, other]) == {"https://a.se": ("a", "b")}
    assert links_of([one, other], sources=True) == {"https://a.se": ("a", "b"), "https://k.se": ("a",)}


def test_the_table_names_what_needs_an_editor() -> None:
    results = [
        LinkResult("https://a.se", ("a",), 200, "https://www.a.se/", None),
        LinkResult("https://b.se", ("b", "c"), 404, "https://b.se", "svarar 404"),
        LinkResult("https://d.se/gammal", ("d",), 200, "https://d.se/ny", None),
    ]
    assert table(results).split("\n") == [
        "svarar 404: https://b.se",
        "  b, c",
        "har flyttat: https://d.se/gammal",
        "  till https://d.se/ny",
        "  d",
        "2 av 3 länkar fungerar.",
    ]


def test_the_command_fails_when_a_link_does(
    site: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def link_to(path: str) -> None:
        entry = {"id": "a", "url": site + path, "chat": None, "sources": []}
        monkeypatch.setattr("knowledge.__main__.links_of", lambda *_: links_of([entry]))

    link_to("/here")
    assert main(["links"]) == 0
    link_to("/gone")
    assert main(["links", "--seconds", "2"]) == 1
    assert "svarar 410" in capsys.readouterr().out
