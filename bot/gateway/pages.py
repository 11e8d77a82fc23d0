"""The pages that need no script: the same directory as the conversation, as plain HTML (WCAG 2.2 AA)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from bot.gateway.copy import Language, say
from bot.gateway.errors import Refused
from bot.gateway.reports import take_in_form
from knowledge.directory import ServiceDirectory
from knowledge.eligibility import takes_age, takes_violence_type
from knowledge.hours import STOCKHOLM
from knowledge.labels import labels
from knowledge.payloads import PARAMETERS, referral_payload, service_payload, situation_from_query, topic_payload
from knowledge.situation import DISTRICTS, MUNICIPALITIES, OUTSIDE_COUNTY, Perspective, Situation, ViolenceType
from knowledge.types import Match

logger = logging.getLogger(__name__)
LANGUAGES = {"sv": "svenska", "en": "engelska", "fi": "finska", "ar": "arabiska", "fa": "persiska", "ku": "kurdiska"}
MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]


class Page(APIRoute):
    """A route whose failures are pages too, with 112 on them."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; pages are sent whole, so a failure comes before the answer has begun."""
        try:
            await super().handle(scope, receive, send)
        except HTTPException as error:
            await problem(Request(scope, receive), error.status_code, say("utter_error_not_found"))(
                scope, receive, send
            )
        except Exception as error:
            # The class and the route only: an address may say something about a person.
            logger.error("%s in %s", type(error).__name__, self.path)
            page = problem(Request(scope, receive), 500, say("utter_error_server"))
            await page(scope, receive, send)


class PagePath(PathConvertor):
    """A path that is not the data's: those answer in JSON, also with what is wrong."""

    regex = r"(?!api(?:/|$)|webhooks(?:/|$)|static(?:/|$)|healthz$|readyz$).*"


register_url_convertor("page", PagePath())
router = APIRouter(route_class=Page, include_in_schema=False)


def clock() -> datetime:
    """Return the time now in Sweden; tests put another in its place."""
    return datetime.now(STOCKHOLM)


Now = Annotated[datetime, Depends(clock)]


@lru_cache(maxsize=1)
def _templates() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["month"] = _month
    environment.globals.update(languages=LANGUAGES, terms=labels()["terms"])
    return environment


def _month(value: str) -> str:
    """Return "april 2024" for "2024-04"."""
    return f"{MONTHS[int(value[5:7]) - 1]} {value[:4]}"


def _page(request: Request, template: str, status: int = 200, language: Language = "sv", **values: Any) -> HTMLResponse:
    settings = request.app.state.settings
    html = (
        _templates()
        .get_template(template)
        .render(exit_url=settings.exit_url, path=request.scope["path"], language=language, **values)
    )
    return HTMLResponse(html, status)


def _directory(request: Request) -> ServiceDirectory:
    directory: ServiceDirectory = request.app.state.directory
    return directory


def _cards(matches: Iterable[Match]) -> list[dict[str, Any]]:
    return [service_payload(match) for match in matches]


def problem(request: Request, status: int, message: str) -> Response:
    """Return an error as a page; the card on it was made at start, so it is there when the directory is not."""
    card = request.app.state.emergency_card["custom"]["services"]
    return _page(request, "fel.html", status, message=message, services=card)


@router.get("/")
async def start(request: Request) -> Response:
    """The guidance page for professionals, with the widget."""
    directory = _directory(request)
    first = ("forsta_steg", "anmalningsplikt_barn", "fraga_om_vald", "heder_agera", "sekretess_grund", "dokumentation")
    topics = [topic for topic in map(directory.topic, first) if topic]
    return _page(request, "start.html", topics=topics, types=list(ViolenceType))


@router.get("/anonym")
async def anonymous(request: Request, now: Now) -> Response:
    """A calm page for someone who looks for a line."""
    directory = _directory(request)
    asked = Situation(perspective=Perspective.EXPOSED)
    acute = _cards(directory.emergency(asked, now))
    shown = {service["id"] for service in acute}
    lines = [card for card in _cards(directory.hotlines(asked, now)) if card["id"] not in shown]
    return _page(request, "anonym.html", acute=acute, lines=lines)


@router.get("/lattlast")
async def easy(request: Request, now: Now) -> Response:
    """The same for someone who reads lättläst."""
    acute = _cards(_directory(request).emergency(Situation(perspective=Perspective.EXPOSED), now))
    return _page(request, "lattlast.html", language="sv-simple", acute=acute)


@router.get("/english")
async def english(request: Request, now: Now) -> Response:
    """The same in English, with the lines that can be talked to in something else than Swedish."""
    directory = _directory(request)
    acute = _cards(directory.emergency(Situation(perspective=Perspective.EXPOSED), now))
    shown = {service["id"] for service in acute}
    spoken = [
        one for one in directory.all_hotlines(now) if one.service.interpreter or set(one.service.languages) - {"sv"}
    ]
    lines = [card for card in _cards(spoken) if card["id"] not in shown]
    silence = request.app.state.settings.session_silence // 60
    return _page(request, "english.html", language="en", acute=acute, lines=lines, silence=silence)


@router.get("/stodlinjer")
async def helplines(request: Request, now: Now) -> Response:
    """Every helpline, narrowed by type, age, language and whether it is open."""
    asked = {name: request.query_params.get(name, "") for name in ("typ", "alder", "sprak", "oppet")}
    matches, error = _directory(request).all_hotlines(now), None
    spoken = sorted({code for match in matches for code in match.service.languages} & LANGUAGES.keys())
    try:
        situation = situation_from_query({name: asked[name] for name in ("typ", "alder")})
    except ValueError:
        # What was sent is not put back into the form: it may be a name or a number in the wrong place.
        asked |= {"typ": "", "alder": ""}
        situation, error = Situation(), "Åldern skrivs i hela år, till exempel 17."
    if situation.age is not None or situation.violence_types:
        matches = tuple(
            match
            for match in matches
            if takes_age(match.service, situation) and takes_violence_type(match.service, situation)
        )
    if asked["sprak"]:
        matches = tuple(match for match in matches if asked["sprak"] in match.service.languages)
    if asked["oppet"]:
        matches = tuple(match for match in matches if match.open_now)
    status = 400 if error else 200
    lines = _cards(matches)
    return _page(request, "stodlinjer.html", status, lines=lines, asked=asked, error=error, spoken=spoken)


@router.get("/hanvisning")
async def referral(request: Request, now: Now) -> Response:
    """The referral as a form and, when something is asked, as a page to print."""
    pairs = [(name, value.strip()) for name, value in request.query_params.multi_items()]
    asked: dict[str, list[str]] = {name: [] for name in PARAMETERS}
    for name, value in pairs:
        if value:
            asked.setdefault(name, []).append(value)
    found, error = None, None
    if pairs:
        try:
            found = referral_payload(_directory(request).find(situation_from_query(pairs), now))
        except ValueError as fault:
            error = str(fault)
            asked["alder"] = []  # the one field of free text: what was sent is not said back
    return _page(
        request,
        "hanvisning.html",
        400 if error else 200,
        asked=asked,
        found=found,
        error=error,
        municipalities=MUNICIPALITIES,
        outside=OUTSIDE_COUNTY,
        districts=DISTRICTS,
    )


@router.get("/vagledning")
async def guidance(request: Request) -> Response:
    """Every guidance topic, in the order of the facts."""
    return _page(request, "vagledning.html", topics=_directory(request).all_topics())


@router.get("/vagledning/{topic_id}")
async def guidance_topic(request: Request, topic_id: str) -> Response:
    """One guidance topic."""
    topic = _directory(request).topic(topic_id)
    if topic is None:
        return problem(request, 404, say("utter_error_not_found"))
    return _page(request, "amne.html", topic=topic_payload(topic), when=topic.when, sources=topic.sources)


@router.post("/fel-uppgift")
async def report_wrong_fact(request: Request) -> Response:
    """Take in a report without script; what follows is a page of its own, so that reloading sends nothing again."""
    try:
        await take_in_form(request)
    except Refused as error:
        return problem(request, error.status, error.message)
    return RedirectResponse("/fel-uppgift", 303)


@router.get("/fel-uppgift")
async def thanks(request: Request) -> Response:
    """Say thank you for a report."""
    return _page(request, "tack.html")


@router.get("/sakerhet")
async def safety(request: Request) -> Response:
    """How to browse without leaving traces."""
    return _page(request, "sakerhet.html")


@router.get("/integritet")
async def privacy(request: Request) -> Response:
    """What is stored, and what is not."""
    return _page(request, "integritet.html", silence=request.app.state.settings.session_silence // 60)


@router.get("/tillganglighet")
async def accessibility(request: Request) -> Response:
    """The accessibility statement."""
    return _page(request, "tillganglighet.html", contact=request.app.state.settings.contact)


@router.get("/{path:page}")
async def missing(request: Request, path: str) -> Response:
    """Any other address that a person may have typed."""
    return problem(request, 404, say("utter_error_not_found"))
