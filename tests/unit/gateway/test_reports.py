"""One tap for a wrong fact: over the API and from the pages, and everything that is not taken in."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.gateway.app import create_app
from bot.gateway.engine import EngineClient
from bot.gateway.reports import PER_MINUTE
from bot.gateway.settings import Settings
from knowledge.reports import Reports

RIGHT = {"service": "origo", "field": "phone"}


@pytest.fixture
def app(settings: Settings, tmp_path: Path) -> FastAPI:
    app = create_app(
        settings, EngineClient("http://engine", "x" * 40, httpx.MockTransport(lambda _: httpx.Response(503)))
    )
    app.state.reports = Reports(f"sqlite:///{tmp_path}/reports.db")
    return app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as http:
        yield http


def kept(app: FastAPI) -> list[tuple[str, str, int]]:
    return [(one.service, one.field, one.times) for one in app.state.reports.all()]


async def test_a_report_is_counted(client: httpx.AsyncClient, app: FastAPI) -> None:
    for _ in range(2):
        answer = await client.post("/api/reports", json=RIGHT)
        assert (answer.status_code, answer.content) == (204, b"")
    assert kept(app) == [("origo", "phone", 2)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"service": "origo"}, 400),
        ({"service": "finns-inte", "field": "phone"}, 400),
        ({"service": "linnamottagningen", "field": "phone"}, 400),  # held back from users
        ({"service": "origo", "field": "Anna ringde 070-123 45 67"}, 400),
        ({**RIGHT, "comment": "Anna Andersson"}, 400),
        ({"service": 1, "field": "phone"}, 400),
        ({"service": "origo", "field": ["phone"]}, 400),
        (["origo", "phone"], 400),
        ("origo", 400),
    ],
)
async def test_what_is_not_taken_in(client: httpx.AsyncClient, app: FastAPI, body: Any, status: int) -> None:
    answer = await client.post("/api/reports", json=body)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == "malformed"
    assert kept(app) == []


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        (b'{"service": "origo", "field": "phone"}', "text/plain", 415),
        (b"x" * 70_000, "application/json", 413),
    ],
)
async def test_a_body_that_is_none(client: httpx.AsyncClient, content: bytes, kind: str, status: int) -> None:
    answer = await client.post("/api/reports", content=content, headers={"Content-Type": kind})
    assert answer.status_code == status


async def test_many_at_once_are_held_back(client: httpx.AsyncClient) -> None:
    answers = [await client.post("/api/reports", json=RIGHT) for _ in range(PER_MINUTE + 1)]
    assert [one.status_code for one in answers] == [204] * PER_MINUTE + [429]
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_a_store_that_is_gone_is_said_and_the_report_is_not_logged(
    client: httpx.AsyncClient, app: FastAPI, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app.state.reports = Reports(f"sqlite:///{tmp_path}")  # a folder is no database
    with caplog.at_level(logging.ERROR):
        answer = await client.post("/api/reports", json=RIGHT)
    assert answer.status_code == 503
    assert "origo" not in caplog.text


@pytest.mark.parametrize("path", ["/stodlinjer", "/hanvisning?kommun=Nacka"])
async def test_every_card_of_a_page_has_the_control(client: httpx.AsyncClient, path: str) -> None:
    page = (await client.get(path)).text
    assert page.count('action="/fel-uppgift"') == page.count('<article class="card"') > 5
    assert 'name="field" value="phone"' in page


async def test_the_form_works_without_script(client: httpx.AsyncClient, app: FastAPI) -> None:
    answer = await client.post("/fel-uppgift", data=RIGHT)
    assert (answer.status_code, answer.headers["location"]) == (303, "/fel-uppgift")
    assert "Tack för hjälpen" in (await client.get("/fel-uppgift")).text
    assert kept(app) == [("origo", "phone", 1)]


@pytest.mark.parametrize(
    "data", [{"service": "origo"}, {"service": ["origo", "bris"], "field": "phone"}, {"service": "x", "field": "phone"}]
)
async def test_a_form_that_is_wrong_is_answered_with_a_page(
    client: httpx.AsyncClient, app: FastAPI, data: dict[str, Any]
) -> None:
    answer = await client.post("/fel-uppgift", data=data)
    assert answer.status_code == 400
    assert "112" in answer.text
    assert kept(app) == []


async def test_a_form_of_another_kind_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post("/fel-uppgift", json=RIGHT)).status_code == 415
