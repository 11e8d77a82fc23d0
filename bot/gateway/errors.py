"""Every error a caller can meet, as the web contract shows it: a code, a plain Swedish sentence, the right status."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.gateway.copy import CHANNELS, say

logger = logging.getLogger(__name__)


class Refused(Exception):
    """A call that is answered with an error.

    Args:
        status: HTTP status.
        code: one of session, too_long, malformed, empty, too_many, unavailable, not_found, server.
        message: a sentence instead of the code's own.
        seconds: when to come back (429, 503).
    """

    def __init__(self, status: int, code: str, message: str | None = None, seconds: int | None = None) -> None:
        """Take what is to be answered."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message or say(f"utter_error_{code}", seconds=seconds)
        self.seconds = seconds
        self._own = message

    def response(self, request: Request) -> JSONResponse:
        """Return the error as the contract has it, in the caller's language; 503 brings the emergency card."""
        channel = CHANNELS.get(request.query_params.get("language", ""), "web")
        message = self._own or say(f"utter_error_{self.code}", channel, seconds=self.seconds)
        body: dict[str, object] = {"error": {"code": self.code, "message": message}}
        if self.status in (500, 503):
            body["messages"] = [request.app.state.emergency_card | {"text": say("utter_error_unavailable", channel)}]
        headers = {"Retry-After": str(self.seconds)} if self.seconds else None
        return JSONResponse(body, self.status, headers)


def register_errors(app: FastAPI) -> None:
    """Translate every failure once, here at the edge."""

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> JSONResponse:
        return error.response(request)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        return Refused(400, "malformed").response(request)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        code = "not_found" if error.status_code in (404, 405) else "malformed"
        return Refused(error.status_code, code).response(request)


def crashed(request: Request, error: Exception) -> JSONResponse:
    """Return the answer to a failure that nobody foresaw, and log it by class and route.

    Neither the text of the error nor the address that was asked for may reach a log: both can hold what was sent.
    """
    logger.error("%s in %s", type(error).__name__, getattr(request.scope.get("route"), "path", "no route"))
    return Refused(500, "server").response(request)
