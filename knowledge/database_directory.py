"""The directory over the database: read once into memory, again when the file changes, served on when it is gone."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from knowledge import tables
from knowledge.build import built_from, database_url, patience, sqlite_path
from knowledge.directory import ServiceDirectory
from knowledge.hours import DAYS
from knowledge.memory_directory import MemoryDirectory
from knowledge.migrations import OtherVersion, check_revision
from knowledge.phones import dialled
from knowledge.publish import shown
from knowledge.situation import Gender, Perspective, Situation, ViolenceType
from knowledge.types import Match, OpeningHours, Phone, Referral, Service, Topic

logger = logging.getLogger(__name__)
_DAY = 1440
_SECONDS_BETWEEN_LOOKS = 30
_SECONDS_FOR_A_LOOK = 0.25  # that a question waits; then it is answered from the copy at hand
# A database of another version lacks tables, columns, codes or rows.
_UNREADABLE = (SQLAlchemyError, OSError, ValueError, LookupError)


class DatabaseUnavailable(Exception):
    """There is no database to read; `python -m knowledge build` makes one."""


class DatabaseDirectory(ServiceDirectory):
    """Answers from memory and reads again when the database changes.

    On every question it looks at the time stamp of SQLite's file; a server is asked every half minute by which facts
    it was built.
    """

    def __init__(
        self, url: str, memory: MemoryDirectory, clock: Callable[[], float], in_background: bool = False
    ) -> None:
        self._url = url
        self._in_background = in_background
        self._reading = threading.Lock()
        self._memory = memory
        self._clock = clock
        self._looked = clock()
        self._stamp = _stamp(url)
        self._stale = False

    @classmethod
    def open(
        cls, url: str | None = None, clock: Callable[[], float] = time.monotonic, in_background: bool = False
    ) -> DatabaseDirectory:
        """Read the database; `clock` gives seconds.

        Later reads in a thread (`in_background`) hold nobody up for long, however slow the disk or the server: the copy
        at hand is served meanwhile.

        Raises:
            DatabaseUnavailable: when it is missing, empty or not a database of ours.
        """
        target = database_url(url)
        try:
            return cls(target, read_directory(target), clock, in_background)
        except _UNREADABLE as error:
            raise DatabaseUnavailable(_why(error)) from error

    @property
    def stale(self) -> bool:
        self._current()
        return self._stale

    def _current(self) -> MemoryDirectory:
        is_server = sqlite_path(self._url) is None
        if is_server and self._clock() - self._looked < _SECONDS_BETWEEN_LOOKS:
            return self._memory
        if not is_server and not self._stale and _stamp(self._url) == self._stamp:
            return self._memory
        if self._reading.acquire(blocking=False):  # else a thread is at it
            self._looked = self._clock()
            if self._in_background:
                looking = threading.Thread(target=self._look, daemon=True)
                looking.start()
                looking.join(_SECONDS_FOR_A_LOOK)
            else:
                self._look()
        return self._memory

    def _look(self) -> None:
        """Read the database again if it has changed."""
        stamp = self._stamp
        try:
            stamp = _stamp(self._url)
            if stamp != self._stamp or self._stale:
                self._memory = read_directory(self._url)
                self._stamp, self._stale = stamp, False
        except _UNREADABLE as error:
            if stamp != self._stamp or not self._stale:
                logger.warning("knowledge base unreadable (%s), the last good copy is served", type(error).__name__)
            self._stamp, self._stale = stamp, True
        finally:
            self._reading.release()

    def find(self, situation: Situation, now: datetime | None = None) -> Referral:
        return self._current().find(situation, now)

    def hotlines(self, situation: Situation, now: datetime | None = None) -> tuple[Match, ...]:
        return self._current().hotlines(situation, now)

    def all_hotlines(self, now: datetime | None = None) -> tuple[Match, ...]:
        return self._current().all_hotlines(now)

    def emergency(self, situation: Situation, now: datetime | None = None) -> tuple[Match, ...]:
        return self._current().emergency(situation, now)

    def topics(self, situation: Situation) -> tuple[Topic, ...]:
        return self._current().topics(situation)

    def topic(self, topic_id: str) -> Topic | None:
        return self._current().topic(topic_id)

    def all_topics(self) -> tuple[Topic, ...]:
        return self._current().all_topics()

    def find_topics(self, text: str) -> tuple[Topic, ...]:
        return self._current().find_topics(text)

    def get(self, service_id: str) -> Service | None:
        return self._current().get(service_id)

    def search(self, name: str) -> tuple[Service, ...]:
        return self._current().search(name)

    def all(self) -> tuple[Service, ...]:
        return self._current().all()


def _stamp(url: str) -> tuple[int, int, int] | str | None:
    path = sqlite_path(url)
    if path is None:
        return built_from(url)
    try:
        status = os.stat(path)
    except OSError:
        return (0, 0, 0)
    return status.st_mtime_ns, status.st_size, status.st_ino


def read_directory(url: str) -> MemoryDirectory:
    """Read the whole database into a `MemoryDirectory`, of services only those that may be shown.

    Raises:
        SQLAlchemyError, OSError, ValueError, LookupError: when it cannot be read or holds nothing.
    """
    services, topics, questions = _read(url)
    visible = tuple(one for one in map(shown, services) if one is not None)
    return MemoryDirectory(visible, topics, questions)


def services_for_editors(url: str | None = None) -> list[Service]:
    """Return every service, those that are held back too; for lists of what to check, never for users.

    Raises:
        DatabaseUnavailable: when the database cannot be read.
    """
    try:
        return _read(database_url(url))[0]
    except _UNREADABLE as error:
        raise DatabaseUnavailable(_why(error)) from error


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, OtherVersion) else f"Kunskapsbasen kan inte läsas: {type(error).__name__}."


def _read(url: str) -> tuple[list[Service], tuple[Topic, ...], dict[str, tuple[str, ...]]]:
    path = sqlite_path(url)
    if path is not None and not path.exists():
        raise FileNotFoundError(path.name)  # SQLite would make an empty file
    # All of it as it was at one moment: a server may be built anew meanwhile.
    engine = create_engine(url, future=True, isolation_level="SERIALIZABLE", connect_args=patience(url))
    try:
        with engine.connect() as connection:
            check_revision(connection)
            services, topics = _services(connection), _topics(connection)
            questions = {topic: tuple(parts["question"]) for topic, parts in _parts(connection).items()}
    finally:
        engine.dispose()
    if not services:
        raise ValueError("no services")
    return services, topics, questions


def _by_service(connection: Connection, name: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    table = tables.metadata.tables[name]
    for row in connection.execute(select(table).order_by(table.c.id)):
        found[row.service_id].append(row)
    return found


def _services(connection: Connection) -> list[Service]:
    names = ("phone", "schedule", "language", "service_area", "source")
    related = {name: _by_service(connection, name) for name in names}
    terms: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    query = (
        select(tables.attribute.c.service_id, tables.taxonomy_term.c.taxonomy, tables.taxonomy_term.c.code)
        .join(tables.taxonomy_term)
        .order_by(tables.attribute.c.id)
    )
    for row in connection.execute(query):
        terms[row.service_id][row.taxonomy].append(row.code)
    rows = connection.execute(
        select(tables.service, tables.organization.c.name.label("organization"))
        .join(tables.organization)
        .order_by(tables.service.c.position)
    )
    return [_service(row, {name: related[name][row.id] for name in names}, terms[row.id]) for row in rows]


def _service(row: Any, related: dict[str, list[Any]], terms: dict[str, list[str]]) -> Service:
    areas = {
        extent: tuple(area.name for area in related["service_area"] if area.extent_type == extent)
        for extent in ("municipalities", "districts")
    }
    return Service(
        id=row.id,
        name=row.name,
        organization=row.organization,
        kind=terms["kind"][0],
        provider=terms["provider"][0],
        scope=row.scope,
        municipalities=areas["municipalities"],
        districts=areas["districts"],
        violence_types=frozenset(map(ViolenceType, terms["violence_type"])),
        audience=frozenset(terms["audience"]),
        min_age=row.minimum_age,
        max_age=row.maximum_age,
        gender=Gender(terms["gender"][0]) if terms["gender"] else None,
        phones=tuple(Phone(one.number, dialled(one.number), one.description) for one in related["phone"]),
        hours=row.hours,
        chat=row.chat,
        email=row.email,
        url=row.url,
        languages=tuple(one.code for one in related["language"]),
        interpreter=row.interpretation_services,
        anonymous=row.anonymous,
        cost=row.fees_description,
        support=frozenset(terms["support"]),
        summary=row.description,
        checked=row.assured_date,
        source=next((one.url for one in related["source"] if one.url), None),
        confidence=row.confidence,
        traits=frozenset(terms["trait"]),
        aliases=tuple(row.alternate_names.split("\n")) if row.alternate_names else (),
        opening=tuple(map(_opening, related["schedule"])) or None,
    )


def _opening(row: Any) -> OpeningHours:
    opens, closes = _minutes(row.opens_at), _minutes(row.closes_at)
    days = frozenset(DAYS.index(day) for day in row.byday.split(","))
    return OpeningHours(days, opens, closes if closes > opens else closes + _DAY, row.public_holidays)


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _parts(connection: Connection) -> dict[str, dict[str, list[str]]]:
    parts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(select(tables.topic_part).order_by(tables.topic_part.c.id)):
        parts[row.topic_id][row.part].append(row.value)
    return parts


def _topics(connection: Connection) -> tuple[Topic, ...]:
    parts = _parts(connection)
    rows = connection.execute(select(tables.topic).order_by(tables.topic.c.position))
    return tuple(
        Topic(
            id=row.id,
            title=row.title,
            # "barn" is an audience of the services only; a topic is for those who ask.
            audience=frozenset(Perspective(code) for code in parts[row.id]["audience"]),
            violence_types=frozenset(map(ViolenceType, parts[row.id]["violence_type"])),
            when=row.occasion,
            text=row.text,
            law=tuple(parts[row.id]["law"]),
            sources=tuple(parts[row.id]["source"]),
        )
        for row in rows
    )
