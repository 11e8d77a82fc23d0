"""The gateway's ASGI application: routers, limits, headers and errors put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway import metrics, open_data, pages, reports, static, web
from bot.gateway.engine import EngineClient
from bot.gateway.errors import Refused, crashed, register_errors
from bot.gateway.limits import BodyLimit
from bot.gateway.sessions import Sessions
from bot.gateway.settings import Settings, read_settings
from bot.gateway.shared import Shared
from bot.privacy import scrub
from knowledge.directory import ServiceDirectory, load_directory
from knowledge.payloads import service_payload
from knowledge.reports import Reports
from knowledge.situation import Situation

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Strict-Transport-Security": "max-age=31536000",  # browsers heed it over HTTPS only
}
_ENCODED = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]


class SecurityHeaders:
    """Adds the security headers to every answer; plain ASGI, so that streams are not held up."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message.get("headers", ())
                given = {name for name, _ in own}
                message["headers"] = [*own, *(one for one in _ENCODED if one[0] not in given)]
            await send(message)

        await self._app(scope, receive, with_headers)


class Edge:
    """Ends every failure.

    Starlette answers a failure and then raises it all the same, and the server writes its text, which can quote what
    was said, to the log. Nothing passes this edge.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on."""
        if scope["type"] != "http":  # a start that fails must fail
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            answer = crashed(Request(scope), error)
            if not started:
                await answer(scope, receive, send)


def create_app(
    settings: Settings | None = None, engine: EngineClient | None = None, directory: ServiceDirectory | None = None
) -> FastAPI:
    """Return the application; what is not given is made from the environment."""
    settings = settings or read_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        scrub("Hej, jag heter inget särskilt.")  # loads the lists and the model now, not in the first turn
        published = metrics.serve(settings.metrics) if settings.metrics else None
        yield
        if published:
            published.shutdown()
            published.server_close()
        if app.state.settings.teams:
            await app.state.teams.close()
        await app.state.engine.close()
        await app.state.shared.close()

    app = FastAPI(title="Lotsen", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json", lifespan=lifespan)
    app.state.settings = settings
    app.state.engine = engine or EngineClient(settings.engine_url, settings.engine_secret)
    app.state.directory = directory or load_directory()
    app.state.sessions = Sessions(settings.session_secret, settings.session_lifetime)
    app.state.shared = Shared(settings.redis_url, settings.session_secret)
    app.state.message_limit = app.state.shared.limit("messages", settings.messages_per_minute)
    app.state.session_limit = app.state.shared.limit("sessions", settings.sessions_per_minute)
    app.state.report_limit = app.state.shared.limit("reports", reports.PER_MINUTE)
    app.state.stopping = False
    app.state.reports = Reports()
    # Made once, while the directory is known to be well: it must be there when nothing else is. Its text comes later,
    # in the language of the person.
    app.state.emergency_card = {
        "buttons": [],
        "custom": {
            "kind": "emergency",
            "services": [service_payload(match) for match in app.state.directory.emergency(Situation())],
        },
    }
    if settings.teams:
        from bot.gateway import teams  # Microsoft's SDK takes a second to load

        app.state.teams = teams.Teams(app.state)
        app.include_router(teams.router)
    app.include_router(web.router)
    app.include_router(open_data.router)
    app.include_router(reports.router)
    register_errors(app)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    async def readyz(request: Request, engine: str = "required") -> JSONResponse:
        """Tell whether to send people here. Without an engine the pages, the lines and the emergency card remain.

        A balancer that has nothing better than this gateway should therefore ask with `?engine=optional`.
        """
        state = request.app.state
        parts = {"engine": await state.engine.ready(), "knowledge": not state.directory.stale}
        ready = not state.stopping and (parts["engine"] or engine == "optional")
        return JSONResponse({"ready": ready, **parts}, 200 if ready else 503)

    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await Refused(413, "too_long").response(request)(scope, receive, send)

    if settings.admin_users:
        from bot.gateway import admin  # off unless it is asked for

        admin.mount(app, settings)
    app.include_router(static.router)
    app.include_router(pages.router)  # last: it answers every address that nobody else knows
    app.add_middleware(BodyLimit, refuse=refuse)
    app.add_middleware(Edge)
    app.add_middleware(metrics.Measure)
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.allowed_origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
        )
    app.add_middleware(SecurityHeaders)  # outermost: a preflight is answered before anything else is asked
    return app
