"""Headless Chromium in front of a real gateway; whatever the page must never do fails the test that did it."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from bot.gateway.app import create_app
from bot.gateway.settings import Settings
from knowledge.directory import load_directory
from knowledge.payloads import referral_payload, service_payload, topic_payload
from knowledge.reports import Reports
from knowledge.situation import Situation
from tests.conftest import Engine, free_port

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Where the quick exit leads in these tests: a page of the test's own, never the real one.
EXIT = "https://neutral.example/"
PICTURES = Path(__file__).resolve().parents[2] / "var" / "screenshots"
NOON = datetime(2026, 11, 23, 12)  # a Monday


@dataclass
class Server:
    """A gateway that listens."""

    url: str
    app: Any


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serve an ASGI application in a thread; yield its origin."""
    port = free_port()
    # Without websockets: the version that Sanic needs is not the one that uvicorn imports.
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", ws="none"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(timeout=10)


def open_gateway(engine: Engine, reports: Path, **more: Any) -> Any:
    """Return the gateway in front of the real engine, its reports in a file of the test's own."""
    settings = Settings(
        engine_url=engine.url,
        engine_secret=engine.secret,
        session_secret="x" * 40,
        messages_per_minute=10_000,
        sessions_per_minute=10_000,
        exit_url=EXIT,
        **more,
    )
    app = create_app(settings)
    app.state.reports = Reports(f"sqlite:///{reports}/reports.db")
    return app


@pytest.fixture(scope="session")
def server(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The gateway, served by uvicorn."""
    app = open_gateway(engine, tmp_path_factory.mktemp("reports"))
    with serving(app) as url:
        yield Server(url, app)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for this folder. Playwright keeps its loop running, and no async test could run beside it."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "No Chromium found: run `make browser`."
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@dataclass
class Visit:
    """A page and what it has done that it must not do."""

    page: Page
    url: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a path of the gateway."""
        self.page.goto(self.url + path)
        return self.page

    def chat(self, path: str = "/") -> Page:
        """Open a page with the widget and wait for the greeting."""
        page = self.open(path)
        page.locator("lotsen-chat").scroll_into_view_if_needed()
        page.locator("lotsen-chat .message").first.wait_for()
        return page

    def axe(self) -> list[str]:
        """Return the violations that axe finds, as lines."""
        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]

    def picture(self, name: str) -> None:
        """Keep a picture to be looked at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")


Visiting = Callable[..., Visit]


@pytest.fixture
def visiting(browser: Browser, server: Server) -> Iterator[Visiting]:
    """Open visits; at the end each is checked for requests elsewhere, CSP violations, script errors and storage."""
    opened: list[tuple[Visit, BrowserContext]] = []

    def visit(width: int = 1200, height: int = 900, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="sv-SE", **options)
        context.set_default_timeout(15_000)
        page = context.new_page()
        one = Visit(page, server.url)

        def guard(route: Route) -> None:
            if route.request.url.startswith(server.url):
                route.fallback()
            elif route.request.url == EXIT and route.request.is_navigation_request():
                route.fulfill(content_type="text/html", body="<title>Väder</title>")
            else:
                one.elsewhere.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        page.on("pageerror", lambda error: one.complaints.append(str(error)))
        page.on("console", lambda told: one.complaints.append(told.text) if "Content Security" in told.text else None)
        opened.append((one, context))
        return one

    yield visit
    for one, context in opened:
        kept = context.cookies()
        if one.page.url.startswith(server.url):
            kept += one.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
            kept += one.page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
            kept += one.page.evaluate("caches.keys()") if one.page.evaluate("'caches' in window") else []
        context.close()
        assert one.elsewhere == [], "requests to other hosts"
        assert one.complaints == [], "script errors or CSP violations"
        assert kept == [], "cookies or storage"


@pytest.fixture
def visit(visiting: Visiting) -> Visit:
    """One visit at desktop size."""
    return visiting()


def stream(*messages: dict[str, Any], done: bool = True) -> str:
    """Return messages as the body of a streamed answer."""
    events = [f"data: {json.dumps(message, ensure_ascii=False)}\n\n" for message in messages]
    return "".join(events) + ("event: done\ndata: {}\n\n" if done else "")


def answering(page: Page, *messages: dict[str, Any], done: bool = True) -> None:
    """Let the next answers be these messages: states of the widget that a conversation seldom reaches."""
    body = stream(*messages, done=done)
    page.route("**/webhooks/web/messages?*", lambda route: route.fulfill(content_type="text/event-stream", body=body))


def say(page: Page, text: str) -> None:
    """Type and send, as a person does."""
    page.locator("lotsen-chat textarea").fill(text)
    page.locator("lotsen-chat .send").click()


@pytest.fixture(scope="session")
def payloads() -> dict[str, dict[str, Any]]:
    """One message of each kind, out of the real knowledge base."""
    directory = load_directory()
    asked = Situation.parse(
        {"perspective": "yrkesverksam", "violence_types": ["heder"], "age": 15, "municipality": "Botkyrka"}
    )
    found = directory.find(asked, NOON)

    def message(text: str, **custom: Any) -> dict[str, Any]:
        return {"text": text, "buttons": [], "custom": custom}

    return {
        "emergency": message(
            "Är det fara just nu, ring 112.",
            kind="emergency",
            services=[service_payload(one) for one in directory.emergency(asked, NOON)],
        ),
        "hotlines": message(
            "Här är linjer du kan ringa.",
            kind="hotlines",
            services=[service_payload(one) for one in directory.hotlines(asked, NOON)],
        ),
        "guidance": message(
            "Det här gäller dig i ditt arbete.",
            kind="guidance",
            topics=[topic_payload(one) for one in found.guidance],
        ),
        "referral": message("Här är förslag på hänvisning.", **referral_payload(found)),
        "notice": message("Jag tog bort personuppgifter.", kind="notice", code="pii_removed", types=["person"]),
        "question": {
            "text": "Vem gäller det?",
            "buttons": [{"title": "Mig själv", "payload": '/inform{"perspective": "utsatt"}'}],
        },
    }
