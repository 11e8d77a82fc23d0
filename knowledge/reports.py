"""Reports that a fact is wrong: which service, which field, which day, and how many times. Nothing else is kept.

They have a database of their own, since the knowledge base is made anew from the facts at every build.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, delete, func, insert, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from knowledge.labels import labels

_metadata = MetaData()
wrong_fact = Table(
    "wrong_fact",
    _metadata,
    Column("service_id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("day", Text, primary_key=True),  # YYYY-MM-DD
    Column("times", Integer, nullable=False),
)


@dataclass(frozen=True)
class Reported:
    """A field of a service that was reported as wrong: on which days first and last, and how many times in all."""

    service: str
    field: str
    first: str
    last: str
    times: int


def fields() -> dict[str, str]:
    """Return what can be reported as wrong: code -> name in Swedish."""
    found: dict[str, str] = labels()["terms"]["wrong_fact"]
    return found


class Reports:
    """Counts of reports in any SQL database. A flood of them adds to a count: it takes no more room."""

    def __init__(self, url: str | None = None) -> None:
        """Take an SQLAlchemy URL; by default `LOTSEN_REPORTS_URL`, else SQLite at var/reports.db."""
        default = Path(__file__).parent.parent / "var" / "reports.db"
        self._url = url or os.environ.get("LOTSEN_REPORTS_URL") or f"sqlite:///{default}"
        self._made: Engine | None = None

    def add(self, service: str, field: str, day: date) -> None:
        """Count one report.

        Raises:
            ValueError: when the field is none that can be reported; the caller knows which services there are.
        """
        if field not in fields():
            raise ValueError("field")
        key = {"service_id": service, "field": field, "day": day.isoformat()}
        again = update(wrong_fact).values(times=wrong_fact.c.times + 1)
        for name, value in key.items():
            again = again.where(wrong_fact.c[name] == value)
        with self.engine().begin() as connection:
            if connection.execute(again).rowcount:
                return
        try:
            with self.engine().begin() as connection:
                connection.execute(insert(wrong_fact), [{**key, "times": 1}])
        except IntegrityError:  # another process was first
            with self.engine().begin() as connection:
                connection.execute(again)

    def all(self) -> list[Reported]:
        """Return what was reported, most often first."""
        of = (wrong_fact.c.service_id, wrong_fact.c.field)
        times = func.sum(wrong_fact.c.times)
        query = select(*of, func.min(wrong_fact.c.day), func.max(wrong_fact.c.day), times).group_by(*of)
        with self.engine().connect() as connection:
            return [Reported(*row) for row in connection.execute(query.order_by(times.desc(), *of))]

    def clear(self, service: str) -> int:
        """Strike what was reported about a service, when an editor has looked at it; return how many fields."""
        seen = {one.field for one in self.all() if one.service == service}
        with self.engine().begin() as connection:
            connection.execute(delete(wrong_fact).where(wrong_fact.c.service_id == service))
        return len(seen)

    def engine(self) -> Engine:
        """Return the database, made when first needed: most commands never ask."""
        if self._made is None:
            engine = create_engine(self._url, future=True)
            if engine.url.get_backend_name() == "sqlite" and engine.url.database:
                Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
            _metadata.create_all(engine)
            self._made = engine
        return self._made


def table(reported: Iterable[Reported]) -> str:
    """Return the reports as text for editors."""
    names = fields()
    lines = [f"{one.times:4} ggr  {one.service:45}  {names[one.field]:18} {one.last}" for one in reported]
    return "\n".join(lines) or "Inga rapporter."
