"""What editors see: the services, read from the database and written to the facts, and what users say is wrong."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqladmin import ModelView
from sqlalchemy.orm import registry
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from wtforms import Form

from bot.gateway.admin_form import CONFIDENCE, SCOPES, EditForm, NewForm
from knowledge import entry, reports, tables
from knowledge.build import build
from knowledge.edit import EditRefused
from knowledge.hours import STOCKHOLM
from knowledge.labels import term

SOURCE = "adminsidan"  # where a change came from, in the record of changes
_mapped = registry()


class Tjanst:
    """A row of the service table; the name stands in the addresses of the admin page."""

    id: str


class Rapport:
    """A row of the reports of wrong facts."""


_mapped.map_imperatively(Tjanst, tables.service)
_mapped.map_imperatively(Rapport, reports.wrong_fact)


class CannotSave(Exception):
    """Why a service was not saved, one reason to a line."""


class ServiceAdmin(ModelView, model=Tjanst):
    """Every service, also those that are held back from users."""

    name, name_plural = "tjänst", "Tjänster"
    column_list = ("id", "name", "scope", "assured_date", "confidence")
    column_labels = {  # noqa: RUF012
        "id": "Id", "name": "Namn", "scope": "Räckvidd", "assured_date": "Kontrollerad",
        "confidence": "Tillförlitlighet",
    }  # fmt: skip
    column_formatters = {  # noqa: RUF012
        "scope": lambda row, name: SCOPES[getattr(row, name)],
        "confidence": lambda row, name: CONFIDENCE[getattr(row, name)],
    }
    column_searchable_list = ("id", "name")
    column_sortable_list = ("id", "name", "scope", "assured_date", "confidence")
    column_default_sort = "position"
    page_size = 50
    can_delete = can_view_details = can_export = False  # a service is struck by the spreadsheet, where all can be seen
    form_create_rules = ["new"]  # noqa: RUF012
    form_edit_rules = ["edit"]  # noqa: RUF012

    async def scaffold_form(self, rules: Any = None) -> type[Form]:
        """Return the form; the id of a service can only be chosen when it is new."""
        return NewForm if "new" in rules else EditForm

    async def get_object_for_edit(self, request: Request) -> Any:
        """Return the service as the facts have it, every field a text."""
        texts = await run_in_threadpool(entry.texts_of, request.path_params["pk"], request.app.state.facts)
        return texts and SimpleNamespace(**EditForm.values_of(texts))

    async def insert_model(self, request: Request, data: dict[str, Any]) -> Any:
        """Write a new service."""
        return await _save(request, data)

    async def update_model(self, request: Request, pk: str, data: dict[str, Any]) -> Any:
        """Write a service that is there."""
        return await _save(request, {**data, "id": pk})


async def _save(request: Request, data: dict[str, Any]) -> Tjanst:
    state, editor = request.app.state, str(request.session["editor"])
    try:
        await run_in_threadpool(_write, EditForm.texts_of(data), editor, state.facts, state.url)
    except CannotSave:
        request.state.written = EditForm(data=data)  # the library would show what stood there before
        raise
    row = Tjanst()
    row.id = data["id"]
    return row


def _write(texts: dict[str, str], editor: str, facts: Path, url: str) -> None:
    now = datetime.now(STOCKHOLM)
    try:
        entry.save(texts, editor, SOURCE, now, facts)
    except EditRefused as refused:
        raise CannotSave("\n".join(entry.explain(refused))) from None
    except OSError:
        raise CannotSave("Faktafilerna går inte att skriva här.") from None
    build(url, facts)


class WrongFactAdmin(ModelView, model=Rapport):
    """What users say is wrong; struck with `python -m knowledge reports --clear`, when it has been looked at."""

    name, name_plural = "rapport", "Rapporterade fel"
    column_list = ("service_id", "field", "day", "times")
    column_labels = {"service_id": "Tjänst", "field": "Uppgift", "day": "Dag", "times": "Gånger"}  # noqa: RUF012
    column_formatters = {"field": lambda row, name: term("wrong_fact", getattr(row, name))}  # noqa: RUF012
    column_sortable_list = ("service_id", "day", "times")
    column_default_sort = ("day", True)
    page_size = 50
    can_create = can_edit = can_delete = can_view_details = can_export = False
