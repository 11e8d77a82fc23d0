"""What holds for every answer, whoever asks: headers, origins, sizes, and nothing that was not switched on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.datastructures import Address
from starlette.routing import Route

from bot.gateway.admin_login import hashed
from bot.gateway.app import SECURITY_HEADERS, create_app
from bot.gateway.engine import EngineClient
from bot.gateway.limits import MAX_BODY, caller
from bot.gateway.settings import Settings
from knowledge.reports import Reports
from tests.unit.gateway.conftest import SECRET, FakeEngine

SITE = "https://kommun.example"
MESSAGES = "/webhooks/web/messages"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# What a scanner asks for first, and what frameworks leave behind.
CLOSED = (
    "/admin", "/admin/", "/admin/login", "/metrics", "/docs", "/redoc", "/openapi.json", "/console", "/debug",
    "/status", "/model/parse", "/webhooks/rest/webhook", "/webhooks/engine/ready", "/api/messages",
    "/conversations/x/tracker", "/.env", "/.git/config", "/server-status",
)  # fmt: skip


def paths(app: FastAPI) -> set[str]:
    """Return the paths of all routes, those of included routers too."""
    routers = [getattr(route, "original_router", None) for route in app.routes]
    routes = [*app.routes, *(route for router in routers if router for route in router.routes)]
    return {route.path for route in routes if isinstance(route, Route)}


@pytest.fixture
async def everything(settings: Settings, engine: FakeEngine, tmp_path: Path) -> AsyncIterator[FastAPI]:
    """A gateway with all that can be switched on, but for Teams, which needs Microsoft."""
    settings = replace(settings, admin_users={"anna": hashed("ett långt lösenord")}, allowed_origins=(SITE,))
    app = create_app(settings, EngineClient("http://engine", SECRET, httpx.MockTransport(engine)))
    app.state.reports = Reports(f"sqlite:///{tmp_path}/reports.db")
    yield app
    await app.state.engine.close()


@pytest.fixture
async def open_client(everything: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(everything, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="https://lotsen.example") as http:
        yield http


def assert_headers(answer: httpx.Response) -> None:
    asked = f"{answer.request.method} {answer.request.url.path} -> {answer.status_code}"
    for name, value in SECURITY_HEADERS.items():
        own = (name == "Cache-Control" and "/static/" in asked) or (
            name == "Content-Security-Policy" and "/admin" in asked
        )
        assert own or answer.headers.get(name) == value, f"{asked}: {name}"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy, asked
    assert "frame-ancestors 'none'" in policy, asked
    assert "unsafe" not in policy, asked
    assert "server" not in answer.headers, asked


async def test_headers_on_every_route_by_every_method(everything: FastAPI, open_client: httpx.AsyncClient) -> None:
    known = paths(everything)
    assert {"/", "/healthz", "/readyz", "/api/openapi.json", "/api/referral", MESSAGES, "/static/{name}"} <= known
    asked = {path.replace("{name}", "lotsen.js").replace("{", "").replace("}", "") for path in known}
    for path in sorted(asked | {"/admin/login", "/static/admin.js", "/api/hsds/services/origo", *CLOSED}):
        for method in METHODS:
            assert_headers(await open_client.request(method, path))


async def test_headers_on_every_refusal(
    open_client: httpx.AsyncClient, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = (await open_client.post("/webhooks/web/session")).json()["session"]
    header = {"Authorization": f"Bearer {token}"}
    answers = {
        401: await open_client.post(MESSAGES, json={"message": "hej"}),
        400: await open_client.post(MESSAGES, json={"message": ""}, headers=header),
        413: await open_client.post(MESSAGES, content=b"x" * (MAX_BODY + 1), headers=header),
        415: await open_client.post(MESSAGES, content=b"hej", headers=header),
        404: await open_client.get("/api/finns-inte"),
        303: await open_client.post("/fel-uppgift", data={"service": "origo", "field": "phone"}),
    }
    engine.down = True
    answers[503] = await open_client.post(MESSAGES, json={"message": "hej"}, headers=header)
    monkeypatch.setattr("bot.gateway.web.take_turn", lambda *_: 1 / 0)
    answers[500] = await open_client.post(MESSAGES, json={"message": "hej"}, headers=header)
    for _ in range(31):
        answers[429] = await open_client.post(MESSAGES, json={"message": "hej"}, headers=header)
    for status, answer in answers.items():
        assert answer.status_code == status
        assert_headers(answer)


@pytest.mark.parametrize("path", CLOSED)
async def test_nothing_for_administrators_unless_switched_on(client: httpx.AsyncClient, path: str) -> None:
    for method in ("GET", "POST"):
        answer = await client.request(method, path)
        assert answer.status_code in (404, 405)
        assert_headers(answer)


async def test_the_description_tells_of_the_public_calls_only(open_client: httpx.AsyncClient) -> None:
    described = (await open_client.get("/api/openapi.json")).json()["paths"]
    assert {path.split("/")[1] for path in described} == {"webhooks", "api", "static", "healthz", "readyz"}


@pytest.mark.parametrize("origin", ["http://kommun.example", f"{SITE}.evil.example", "https://evil.example", "null"])
async def test_only_listed_origins_may_read(open_client: httpx.AsyncClient, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    preflight = await open_client.options(MESSAGES, headers=asked)
    assert preflight.status_code == 400
    assert_headers(preflight)
    answer = await open_client.get("/healthz", headers={"Origin": origin})
    assert "access-control-allow-origin" not in {*preflight.headers, *answer.headers}


async def test_a_listed_origin_reads_answers_and_failures_without_credentials(
    open_client: httpx.AsyncClient, engine: FakeEngine
) -> None:
    asked = {"Origin": SITE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    preflight = await open_client.options(MESSAGES, headers=asked)
    engine.down = True
    failure = await open_client.post("/webhooks/web/session", headers={"Origin": SITE})
    assert (preflight.status_code, failure.status_code) == (200, 503)
    for answer in (preflight, failure):
        assert_headers(answer)
        assert answer.headers["access-control-allow-origin"] == SITE
        assert "access-control-allow-credentials" not in answer.headers


async def test_no_origin_may_read_unless_one_is_listed(client: httpx.AsyncClient) -> None:
    answer = await client.get("/healthz", headers={"Origin": SITE})
    assert "access-control-allow-origin" not in answer.headers


async def test_no_cookie_is_ever_set_on_people(open_client: httpx.AsyncClient) -> None:
    for path in ("/", "/anonym", "/static/lotsen.js", "/healthz"):
        assert "set-cookie" not in (await open_client.get(path)).headers
    assert "set-cookie" not in (await open_client.post("/webhooks/web/session")).headers


async def endless() -> AsyncIterator[bytes]:
    for _ in range(MAX_BODY // 1024 + 1):
        yield b"x" * 1024


@pytest.mark.parametrize("path", [MESSAGES, "/api/reports", "/fel-uppgift", "/admin/login", "/webhooks/web/session"])
async def test_a_body_of_undeclared_or_wrongly_declared_length(open_client: httpx.AsyncClient, path: str) -> None:
    kinds = {"/fel-uppgift": "application/x-www-form-urlencoded", "/admin/login": "application/x-www-form-urlencoded"}
    token = (await open_client.post("/webhooks/web/session")).json()["session"]
    headers = {"Content-Type": kinds.get(path, "application/json"), "Authorization": f"Bearer {token}"}
    if path != "/webhooks/web/session":  # which reads no body at all
        assert (await open_client.post(path, content=endless(), headers=headers)).status_code == 413
    for length in ("-1", "1e9", "99999999999999999999"):
        answer = await open_client.post(path, content=b"{}", headers=headers | {"Content-Length": length})
        assert answer.status_code == 413


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("testclient", "testclient", True),
    ],
)
def test_whoever_owns_a_network_is_one_caller(one: str, other: str, same: bool) -> None:
    assert (caller(Address(one, 1)) == caller(Address(other, 2))) is same
    assert caller(None) == ""
