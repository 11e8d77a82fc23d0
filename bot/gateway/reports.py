"""One tap says that a fact is wrong: which service and which field. No words are taken in, so none can be kept."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State

from bot.gateway.errors import Refused
from bot.gateway.limits import caller, media_type
from knowledge.hours import STOCKHOLM

logger = logging.getLogger(__name__)
PER_MINUTE = 10  # reports from one address
FORM = "application/x-www-form-urlencoded"

router = APIRouter(prefix="/api")


@router.post("/reports", status_code=204)
async def report(request: Request) -> Response:
    """Take in `{"service": id, "field": code}` (codes: knowledge/facts/labels.yaml, wrong_fact)."""
    if media_type(request.headers.get("content-type", "")) != "application/json":
        raise Refused(415, "malformed")
    try:
        said = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Refused(400, "malformed") from None
    if not isinstance(said, dict) or said.keys() != {"service", "field"}:
        raise Refused(400, "malformed")
    await take_in(request, said["service"], said["field"])
    return Response(status_code=204)


async def take_in_form(request: Request) -> None:
    """Take in the same from a form of the pages.

    Raises:
        Refused: as `take_in`.
    """
    if media_type(request.headers.get("content-type", "")) != FORM:
        raise Refused(415, "malformed")
    said = parse_qs((await request.body()).decode(errors="replace"))
    if any(len(said.get(name, ())) != 1 for name in ("service", "field")):
        raise Refused(400, "malformed")
    await take_in(request, said["service"][0], said["field"][0])


async def take_in(request: Request, service: object, field: object) -> None:
    """Count a report from the web.

    Raises:
        Refused: when there are too many from one address, and as `keep`.
    """
    state = request.app.state
    seconds = await state.report_limit.wait(caller(request.client))
    if seconds:
        raise Refused(429, "too_many", seconds=seconds)
    await keep(state, service, field)


async def keep(state: State, service: object, field: object) -> None:
    """Count a report of a service that is shown, whichever channel it comes from.

    Raises:
        Refused: for a service or field that nobody knows, or when the report cannot be kept.
    """
    if not isinstance(service, str) or not isinstance(field, str) or state.directory.get(service) is None:
        raise Refused(400, "malformed")
    today = datetime.now(STOCKHOLM).date()
    try:
        await run_in_threadpool(state.reports.add, service, field, today)
    except ValueError:
        raise Refused(400, "malformed") from None
    except SQLAlchemyError as error:
        logger.error("a report could not be kept (%s)", type(error).__name__)
        raise Refused(503, "unavailable", seconds=60) from None
