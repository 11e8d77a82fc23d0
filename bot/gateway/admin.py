"""The editors' admin page under /admin: SQLAdmin behind a login, only there when LOTSEN_ADMIN_USERS names somebody.

The list is read from the database; what is saved goes into the facts (knowledge/entry.py), and the database is built
from them anew, so that nothing is lost at the next build. `python -m bot.gateway.admin NAME` makes the setting.
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import logging
import sys
from pathlib import Path

from fastapi import FastAPI
from sqladmin import Admin
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.admin_login import Login, hashed
from bot.gateway.admin_views import CannotSave, ServiceAdmin, WrongFactAdmin
from bot.gateway.settings import Settings
from knowledge.build import database_url
from knowledge.facts import FACTS_DIRECTORY
from knowledge.reports import Reports

PATH = "/admin"
# SQLAdmin's own style sheets bring fonts and pictures; its scripts are not used.
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class OwnPagesOnly:
    """Gives the answers their policy, and refuses what another site sends: the second lock beside the strict cookie."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on."""

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy"] = POLICY
            await send(message)

        request = Request(scope)
        changes = request.method not in ("GET", "HEAD")
        if changes and request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            await Response(status_code=403)(scope, receive, with_policy)
            return
        await self._app(scope, receive, with_policy)


def mount(app: FastAPI, settings: Settings, facts: Path = FACTS_DIRECTORY, url: str | None = None) -> None:
    """Add the admin page to the gateway.

    Args:
        app: the gateway.
        settings: with the editors' names and hashed passwords.
        facts: where the facts are that editors change.
        url: the database that is built from them.
    """
    target = database_url(url)
    engine = create_engine(target, future=True, poolclass=NullPool)  # the file is another after every build
    secret = hmac.new(settings.session_secret.encode(), b"admin", hashlib.sha256).hexdigest()
    admin = Admin(
        app,
        session_maker=sessionmaker(bind=engine, class_=Session, future=True),
        base_url=PATH,
        title="Lotsen – redaktion",
        templates_dir=str(Path(__file__).parent / "templates" / "admin"),
        middlewares=[Middleware(OwnPagesOnly)],
        authentication_backend=Login(settings.admin_users, secret, PATH),
    )
    reports: Reports = app.state.reports
    admin.admin.state.facts, admin.admin.state.url, admin.admin.state.reports = facts, target, reports
    admin.add_view(ServiceAdmin)
    admin.add_view(WrongFactAdmin)
    WrongFactAdmin.session_maker = sessionmaker(bind=reports.engine(), class_=Session, future=True)

    @app.get(PATH, include_in_schema=False)
    async def start() -> Response:
        return RedirectResponse(f"{PATH}/", 307)

    logging.getLogger("sqladmin.application").addFilter(_is_failure)


def _is_failure(record: logging.LogRecord) -> bool:
    """What an editor wrote wrongly is shown to the editor; it is no failure, and no text of theirs is logged."""
    return not isinstance(record.msg, CannotSave)


def main(arguments: list[str]) -> int:
    """Ask for a password and print the setting. Returns the exit status."""
    if len(arguments) != 1 or not arguments[0].isidentifier():
        print("python -m bot.gateway.admin NAMN, där namnet är ett ord", file=sys.stderr)  # noqa: T201
        return 2
    password = getpass.getpass("Lösenord: ")
    try:
        line = f"{arguments[0]}:{hashed(password)}"
    except ValueError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    print(f"LOTSEN_ADMIN_USERS='{line}'")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
