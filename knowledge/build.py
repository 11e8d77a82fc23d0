"""Builds the database from the facts: only when they changed, beside the old one, swapped in when whole."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, delete, insert, select
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from knowledge import tables
from knowledge.facts import FACTS_DIRECTORY, Facts, content_hash, read_facts
from knowledge.hours import byday, clock_time, parse_hours, shown_hours
from knowledge.migrations import REVISION, revision, upgrade
from knowledge.phones import dialled, numbers_in

# Part of the hash: rows made by older code are made anew. The shape of the tables has versions of its own (migrations).
SCHEMA_VERSION = "3"
# Sentences about the research itself, about law that was only proposed, or about how answers to a survey fell out.
_NOT_FOR_USERS = re.compile(
    r"lagrad|i sidor från|inte bekräftat|enligt NCK i|föresl(?:og|år)|advokatbyrå|av svarande|^Den gamla"
)


def database_url(url: str | None = None) -> str:
    """Return the URL given, else `LOTSEN_DATABASE_URL`, else SQLite at var/knowledge.db in the working tree."""
    default = Path(__file__).parent.parent / "var" / "knowledge.db"
    return url or os.environ.get("LOTSEN_DATABASE_URL") or f"sqlite:///{default}"


def sqlite_path(url: str) -> Path | None:
    """Return the file behind an SQLite URL, `None` for another server or memory."""
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
    return Path(str(parsed.database)) if is_file else None


def build(url: str | None = None, directory: Path = FACTS_DIRECTORY, force: bool = False) -> bool:
    """Build the database and return `True`, or return `False` when it already holds these facts.

    Raises:
        FactsError: when the facts cannot be read; the old database then stays as it is.
        OtherVersion: when the database of a server is newer than this Lotsen; a file is made anew.
    """
    target = database_url(url)
    digest = f"{SCHEMA_VERSION}:{content_hash(directory)}"
    if not force and built_from(target) == digest:
        return False
    facts = read_facts(directory)
    path = sqlite_path(target)
    if path is None:
        engine = create_engine(target, future=True)
        try:
            _write(engine, facts, digest)
        finally:
            engine.dispose()
        return True
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        engine = create_engine(f"sqlite:///{beside}", future=True)
        _write(engine, facts, digest)
        engine.dispose()
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return True


def patience(url: str) -> dict[str, Any]:
    """Return the arguments of a connection for reading, so that a server that hangs is given up in the end."""
    is_postgres = make_url(url).get_backend_name() == "postgresql"
    return {"connect_timeout": 5, "options": "-c statement_timeout=10000"} if is_postgres else {}


def built_from(url: str) -> str | None:
    """Return the digest of the facts a database was built from, `None` when it is unreadable or of another version."""
    path = sqlite_path(url)
    if path is not None and not path.exists():
        return None
    engine = create_engine(url, future=True, connect_args=patience(url))
    try:
        with engine.connect() as connection:
            if revision(connection) != REVISION:
                return None
            query = select(tables.meta.c.value).where(tables.meta.c.key == "facts")
            value: str | None = connection.execute(query).scalar()
            return value
    except SQLAlchemyError:  # no such table, or not a database: build it anew
        return None
    finally:
        engine.dispose()


def _write(engine: Engine, facts: Facts, digest: str) -> None:
    with engine.begin() as connection:
        upgrade(connection)
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(delete(table))
        _insert_services(connection, facts)
        _insert_topics(connection, facts)
        connection.execute(insert(tables.meta), [{"key": "facts", "value": digest}])


def _insert_services(connection: Connection, facts: Facts) -> None:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in tables.metadata.tables}
    organizations: dict[str, int] = {}
    terms: dict[tuple[str, str], int] = {}
    for position, entry in enumerate(facts.services):
        of_service = {"service_id": entry["id"]}
        traits = facts.traits.get(entry["id"], {})
        rows["service"].append(
            {
                "id": entry["id"],
                "position": position,
                "organization_id": organizations.setdefault(entry["organization"], len(organizations) + 1),
                "name": entry["name"],
                "alternate_names": "\n".join(traits.get("aliases", [])),
                "description": facts.summaries[entry["id"]],
                "url": entry["url"],
                "email": entry["email"],
                "chat": entry["chat"],
                "hours": shown_hours(entry["hours"]),
                "interpretation_services": entry["interpreter"],
                "fees_description": entry["cost"],
                "minimum_age": entry["min_age"],
                "maximum_age": entry["max_age"],
                "anonymous": entry["anonymous"],
                "scope": entry["scope"],
                "confidence": entry["confidence"],
                "assured_date": entry["checked"],
            }
        )
        notes = facts.phone_notes.get(entry["id"], {})
        for table, key in (("phone", "phones"), ("unverified_phone", "unverified_phones")):
            for one in entry[key]:
                note = notes.get(one["number"], one["note"])
                rows[table].append({**of_service, "number": one["number"], "description": note})
        for span in parse_hours(entry["hours"], chat_only=not entry["phones"]) or ():
            rows["schedule"].append(
                {
                    **of_service,
                    "byday": byday(span),
                    "opens_at": clock_time(span.opens),
                    "closes_at": clock_time(span.closes),
                    "public_holidays": span.holidays,
                }
            )
        rows["language"] += [{**of_service, "code": code} for code in entry["languages"]]
        for extent in ("municipalities", "districts"):
            rows["service_area"] += [{**of_service, "extent_type": extent, "name": name} for name in entry[extent]]
        rows["source"] += [{**of_service, **one} for one in entry["sources"]]
        for term in _terms(entry, traits):
            term_id = terms.setdefault(term, len(terms) + 1)
            rows["attribute"].append({**of_service, "taxonomy_term_id": term_id})
    rows["organization"] = [{"id": number, "name": name} for name, number in organizations.items()]
    names = facts.labels["terms"]
    rows["taxonomy_term"] = [
        {"id": number, "taxonomy": taxonomy, "code": code, "name": names.get(taxonomy, {}).get(code, code)}
        for (taxonomy, code), number in terms.items()
    ]
    for table in tables.metadata.sorted_tables:
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])


def _terms(entry: dict[str, Any], traits: dict[str, list[str]]) -> list[tuple[str, str]]:
    single = [(taxonomy, entry[taxonomy]) for taxonomy in ("kind", "provider", "gender") if entry[taxonomy]]
    several = {
        "violence_type": entry["violence_types"],
        "audience": entry["audience"],
        "support": entry["support"],
        "trait": traits.get("traits", []),
    }
    return single + [(taxonomy, code) for taxonomy, codes in several.items() for code in codes]


def _insert_topics(connection: Connection, facts: Facts) -> None:
    verified = {dialled(phone["number"]) for entry in facts.services for phone in entry["phones"]}
    topics, parts = [], []
    for position, entry in enumerate(facts.guidance):
        # Only confirmed facts go into the database; unreviewed advice and unconfirmed facts stay in the YAML.
        told = [fact for fact in entry["facts"] if _may_be_told(fact, verified)]
        if not told:
            continue
        topics.append(
            {
                "id": entry["id"],
                "position": position,
                "title": entry["title_sv"],
                "occasion": entry["when"],
                "text": "\n".join(told),
                "confidence": entry["confidence"],
            }
        )
        several = {
            "audience": entry["audience"],
            "violence_type": entry["violence_types"],
            "law": [law["ref"] for law in entry["law"] if law["status"] == "bekraftad"],
            "source": [source["url"] for source in entry["sources"]],
            "question": facts.questions.get(entry["id"], []),
        }
        for part, values in several.items():
            parts += [{"topic_id": entry["id"], "part": part, "value": value} for value in values]
    connection.execute(insert(tables.topic), topics)
    connection.execute(insert(tables.topic_part), parts)


def _may_be_told(fact: str, verified: set[str]) -> bool:
    """A fact with a number that is not verified, about the research or a mere proposal is not told to users."""
    return not _NOT_FOR_USERS.search(fact) and set(numbers_in(fact)) <= verified
