"""How much of the county the facts cover: share of municipalities with support, per type, for adults and children.

The social services in every municipality are for all five types by law, so they say nothing about coverage: counted
is special support, a service other than social services and the emergency service that takes the type and the age.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from knowledge.eligibility import is_perpetrators_line, takes_age, takes_violence_type
from knowledge.labels import term
from knowledge.situation import MUNICIPALITIES, AgeGroup, Situation, ViolenceType
from knowledge.types import Service

GROUPS = {"vuxna": AgeGroup.ADULT, "barn": AgeGroup.CHILD}
_BY_LAW = {"socialtjanst", "socialjour"}
_NOT_SUPPORT = {"inte_vid_vald", "annat_amne"}


@dataclass(frozen=True)
class Cell:
    """Support in one municipality for one type and group: how, and how many services."""

    own: int  # run by or for this municipality alone
    shared: int  # with other municipalities
    reachable: int  # of those, with a verified number, chat or link

    @property
    def offered(self) -> bool:
        """There is special local support of any form."""
        return self.own + self.shared > 0


def cell(services: Sequence[Service], town: str, kind: ViolenceType, group: str) -> Cell:
    """Count the special local support for those exposed in a municipality."""
    asked = Situation(violence_types=frozenset({kind}), age_group=GROUPS[group])
    here = [
        service
        for service in services
        if town in service.municipalities
        and service.kind not in _BY_LAW
        and not is_perpetrators_line(service)
        and not service.traits & _NOT_SUPPORT
        and takes_violence_type(service, asked)
        and takes_age(service, asked)
        and (group == "vuxna" or "barn" in service.audience or service.kind == "tjejjour")
        and (group == "barn" or "utsatt" in service.audience)
    ]
    own = [service for service in here if len(service.municipalities) == 1]
    reachable = [service for service in here if service.phones or service.chat or service.url]
    return Cell(len(own), len(here) - len(own), len(reachable))


def cells(services: Sequence[Service]) -> dict[tuple[str, ViolenceType, str], Cell]:
    """Return every municipality × type × group."""
    return {
        (town, kind, group): cell(services, town, kind, group)
        for town in MUNICIPALITIES
        for kind in ViolenceType
        for group in GROUPS
    }


def shares(found: dict[tuple[str, ViolenceType, str], Cell]) -> list[dict[str, Any]]:
    """Return, per type and group, the per cent of the 26 municipalities with support: any form, own, shared."""
    rows = []
    for kind in ViolenceType:
        for group in GROUPS:
            column = [found[town, kind, group] for town in MUNICIPALITIES]
            rows.append(
                {
                    "violence_type": kind.value,
                    "group": group,
                    "offers_percent": _percent(one.offered for one in column),
                    "own_regime_percent": _percent(one.own > 0 for one in column),
                    "cooperation_percent": _percent(one.shared > 0 for one in column),
                }
            )
    return rows


def _percent(hits: Any) -> int:
    return round(100 * sum(hits) / len(MUNICIPALITIES))


def table(ours: list[dict[str, Any]], published: list[dict[str, Any]]) -> str:
    """Return our shares beside the county's published figures, as text."""
    theirs = {(row["violence_type"], row["group"]): row for row in published}
    lines = [f"{'våldstyp':24}{'grupp':8}{'i fakta':>9}{'egen regi':>11}{'samverkan':>11}   publicerat (alla/egen)"]
    for row in ours:
        other = theirs.get((row["violence_type"], row["group"]), {})
        figures = "/".join(
            "-" if other.get(key) is None else f"{other[key]}" for key in ("offers_percent", "own_regime_percent")
        )
        lines.append(
            f"{term('violence_type', row['violence_type']):24}{row['group']:8}{row['offers_percent']:>7} %"
            f"{row['own_regime_percent']:>9} %{row['cooperation_percent']:>9} %   {figures} ({other.get('year', '-')})"
        )
    return "\n".join(lines)


def heat_map(found: dict[tuple[str, ViolenceType, str], Cell]) -> str:
    """Return an HTML page: municipality × type and group, with words as well as colour in every cell."""
    heads = [(kind, group) for kind in ViolenceType for group in GROUPS]
    head = "".join(f"<th>{escape(term('violence_type', kind.value))}, {group}</th>" for kind, group in heads)
    rows = []
    for town in MUNICIPALITIES:
        data = "".join(_html_cell(found[town, kind, group]) for kind, group in heads)
        rows.append(f"<tr><th scope='row'>{escape(town)}</th>{data}</tr>")
    return (
        "<!doctype html><html lang='sv'><meta charset='utf-8'><title>Stöd i länet enligt faktafilerna</title>"
        "<style>body{font:16px sans-serif}table{border-collapse:collapse}"
        "th,td{border:1px solid #767676;padding:4px 8px}"
        ".none{background:#f3c6c0}.unverified{background:#fbe7b2}.yes{background:#cfe8cf}</style>"
        "<h1>Särskilt stöd vid våld, utöver socialtjänsten</h1>"
        "<p>saknas: inget i faktafilerna. utan kontaktväg: finns, men inget kontrollerat sätt att nå det.</p>"
        f"<table><tr><td></td>{head}</tr>{''.join(rows)}</table></html>"
    )


def _html_cell(one: Cell) -> str:
    if not one.offered:
        return "<td class='none'>saknas</td>"
    if not one.reachable:
        return "<td class='unverified'>utan kontaktväg</td>"
    form = "egen" if one.own else "samverkan"
    return f"<td class='yes'>{form} ({one.own + one.shared})</td>"
