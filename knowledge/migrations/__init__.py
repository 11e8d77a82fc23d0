"""Versions of the tables: which one a database has, and how it is brought to the newest (Alembic).

A new version: change tables.py, run `alembic -c knowledge/migrations/alembic.ini revision --autogenerate -m "..."`, and
set `REVISION`. A test compares the migrations with tables.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, Table, Text, inspect, select
from sqlalchemy.engine import Connection

from knowledge import tables

if TYPE_CHECKING:
    from alembic.config import Config

REVISION = "1"  # the newest; stands here so that reading a database need not load Alembic
_version = Table("alembic_version", MetaData(), Column("version_num", Text))


class OtherVersion(ValueError):
    """The database was made by another version of Lotsen; the message says so to the one who runs it."""


def revision(connection: Connection) -> str | None:
    """Return the version of a database, `None` when it has no tables or such that are older than the first version."""
    if not inspect(connection).has_table(_version.name):
        return None
    found: str | None = connection.execute(select(_version.c.version_num)).scalar()
    return found


def check_revision(connection: Connection) -> None:
    """Refuse a database of another version.

    Raises:
        OtherVersion: when its tables are not those of this version.
    """
    found = revision(connection)
    if found is None:
        raise OtherVersion("Kunskapsbasen är tom, eller gjord av en äldre version av Lotsen.")
    if found != REVISION:
        age = "äldre" if found in _known() else "nyare"
        raise OtherVersion(f"Kunskapsbasen är gjord av en {age} version av Lotsen.")


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest version. What they hold may go: all of it comes from the facts.

    Raises:
        OtherVersion: when the database is newer than this Lotsen.
    """
    from alembic import command

    found = revision(connection)
    if found is None:  # nothing yet, or tables from before there were versions
        tables.metadata.drop_all(connection)
    elif found not in _known():
        raise OtherVersion(
            "Kunskapsbasen är gjord av en nyare version av Lotsen och lämnas orörd. "
            "Kör den versionen, eller ange en annan databas i LOTSEN_DATABASE_URL."
        )
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
