"""The referral as data and the services as open data, from the same directory as the conversation."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from bot.gateway.errors import Refused
from knowledge import hsds
from knowledge.hours import STOCKHOLM
from knowledge.payloads import referral_payload, situation_from_query

router = APIRouter(prefix="/api")
LARGEST_PAGE = 200


@router.get("/referral")
async def referral(request: Request) -> dict[str, Any]:
    """Answer with the referral for a situation; every parameter may be left out.

    Parameters: knowledge/payloads.py. Codes: docs/writing.md.
    """
    try:
        situation = situation_from_query(request.query_params.multi_items())
    except ValueError as error:
        raise Refused(400, "malformed", message=str(error)) from None
    now = datetime.now(STOCKHOLM)
    return referral_payload(request.app.state.directory.find(situation, now))


@router.get("/hsds")
async def hsds_root() -> dict[str, Any]:
    """Answer with the version of HSDS and our profile of it."""
    return hsds.base_document()


@router.get("/hsds/profile")
async def hsds_profile() -> dict[str, Any]:
    """Answer with the declared profile: the taxonomies of the five types and how fields are used."""
    return hsds.profile_document()


@router.get("/hsds/services")
async def hsds_services(
    request: Request,
    page: Annotated[int, Query(ge=1)] = 1,
    per_page: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 50,
) -> dict[str, Any]:
    """Answer with a page of services; a page after the last one is empty, as HSDS has it."""
    return hsds.services_document(request.app.state.directory.all(), page, per_page)


@router.get("/hsds/services/{service_id}")
async def hsds_service(request: Request, service_id: str) -> dict[str, Any]:
    """Answer with one service by its HSDS identifier or by our id."""
    service = hsds.find_service(request.app.state.directory.all(), service_id)
    if service is None:
        raise Refused(404, "not_found")
    return hsds.service_document(service)


@router.get("/dcat")
async def dcat_catalogue(request: Request) -> Response:
    """Answer with the description for data portals (DCAT-AP-SE): JSON-LD, or Turtle or RDF/XML when asked for first."""
    from knowledge import dcat  # the library is slow to load, and portals come once a day

    wanted = [one.partition(";")[0].strip() for one in request.headers.get("accept", "").split(",")]
    kind = next((one for one in wanted if one in dcat.FORMATS), next(iter(dcat.FORMATS)))
    base = (request.app.state.settings.public_url or str(request.base_url)).rstrip("/")
    graph = dcat.catalogue(request.app.state.directory.all(), base, dcat.read_publisher())
    return Response(dcat.write(graph, dcat.FORMATS[kind]), media_type=kind, headers={"Vary": "Accept"})
