"""The form for one service: the fields of the facts, in the order of the spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import Field, Form, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from knowledge.checks.services import ONE_OF, SOME_OF
from knowledge.edit import heading
from knowledge.entry import PHONES, SOURCES, VERSION
from knowledge.labels import labels
from knowledge.spreadsheet import COLUMNS

LONG = {"summary": 2, "notes": 3}
HINTS = {
    "summary": "Den mening som användare läser.",
    "notes": "Syns bara för redaktörer.",
    "hours": "Till exempel mån–fre 9–16, eller dygnet runt.",
    "checked": "Månaden för den nyaste daterade källan, ÅÅÅÅ-MM.",
    "languages": "Språkkoder med komma emellan, till exempel sv, en.",
    "confidence": "Med låg visas inga telefonnummer.",
    PHONES: "Ett nummer på varje rad: nummer | not | ja om numret är kontrollerat, annars nej och varför i noten.",
    SOURCES: "En källa på varje rad: adress | vad som lästes och när.",
}
SCOPES = {"national": "hela landet", "county": "hela länet", "municipality": "kommun", "district": "stadsdel"}
CONFIDENCE = {"high": "hög", "medium": "medel", "low": "låg"}
_YES_NO = [("", "vet inte"), ("ja", "ja"), ("nej", "nej")]


class ServiceForm(Form):
    """One service; lists of codes are ticked, everything else is text."""

    class Meta:
        locales = ("sv_SE",)

    @staticmethod
    def values_of(texts: Mapping[str, str]) -> dict[str, Any]:
        """Return the texts of a service as values of the form."""
        return {name: _codes(text) if SOME_OF.get(name) else text for name, text in texts.items()}

    @staticmethod
    def texts_of(values: Mapping[str, Any]) -> dict[str, str]:
        """Return what was filled in as texts of a service."""
        texts = {name: ", ".join(value) if isinstance(value, list) else value for name, value in values.items()}
        return {name: (text or "").replace("\r\n", "\n") for name, text in texts.items()}


def _codes(text: str) -> list[str]:
    return [one for one in text.split(", ") if one]


def _field(name: str) -> Field:
    label, hint = heading(name).capitalize(), HINTS.get(name, "")
    some = SOME_OF.get(name)
    if some:
        boxes = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
        return SelectMultipleField(label, choices=sorted(_named(name, some), key=_by_name), description=hint, **boxes)
    if name in ("interpreter", "anonymous"):
        return SelectField(label, choices=_YES_NO, description=hint)
    if name in ONE_OF:
        choices = sorted(_named(name, {one or "" for one in ONE_OF[name]}), key=_by_name)
        return SelectField(label, choices=choices, description=hint)
    if name in LONG or name in (PHONES, SOURCES):
        return TextAreaField(label, description=hint, render_kw={"rows": LONG.get(name, 4)})
    return StringField(label, description=hint)


def _named(name: str, codes: set[Any]) -> list[tuple[str, str]]:
    taxonomy = {"violence_types": "violence_type"}.get(name, name)
    names = {"scope": SCOPES, "confidence": CONFIDENCE}.get(name) or labels()["terms"].get(taxonomy, {})
    return [(code, names.get(code, code) or "alla") for code in codes]


def _by_name(choice: tuple[str, str]) -> tuple[bool, str]:
    return bool(choice[0]), choice[1]


def _make(name: str, **extra: Field) -> type[ServiceForm]:
    order = [one for one in COLUMNS.values() if one != "id"]
    order[order.index("hours") : order.index("hours")] = [PHONES]
    fields = {one: _field(one) for one in [*order, SOURCES]}
    return type(name, (ServiceForm,), {**extra, **fields})


EditForm = _make("EditForm", **{VERSION: HiddenField()})
NewForm = _make(
    "NewForm",
    id=StringField("Id", [Regexp(r"^[a-z0-9-]+$", message="Bara a–z, siffror och bindestreck.")],
                   description="Kort namn som aldrig ändras: a–z, siffror och bindestreck."),
)  # fmt: skip
