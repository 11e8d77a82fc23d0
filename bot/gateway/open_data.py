"""The referral as data, from the same directory as the conversation."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request

from bot.gateway.errors import Refused
from knowledge.payloads import referral_payload, situation_from_query

router = APIRouter(prefix="/api")


@router.get("/referral")
async def referral(request: Request) -> dict[str, Any]:
    """Answer with the referral for a situation; every parameter may be left out (codes: docs/architecture.md)."""
    try:
        situation = situation_from_query(request.query_params.multi_items())
    except ValueError as error:
        raise Refused(400, "malformed", message=str(error)) from None
    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    return referral_payload(request.app.state.directory.find(situation, now))
