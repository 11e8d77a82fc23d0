"""The same knowledge base on SQLite and on Postgres (where a server is installed)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, delete, text

from knowledge import tables
from knowledge.build import build
from knowledge.database_directory import DatabaseDirectory, DatabaseUnavailable
from knowledge.facts import FACTS_DIRECTORY
from knowledge.migrations import REVISION, OtherVersion, revision
from knowledge.situation import Situation
from tests.unit.knowledge.databases import KINDS, postgres

FOLDER = Path(tables.__file__).parent / "migrations"


@pytest.fixture(scope="module", params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "postgresql":
        with postgres() as address:
            yield address
    else:
        yield f"sqlite:///{tmp_path_factory.mktemp('databases')}/knowledge.db"


def test_an_empty_database_is_said_to_be_none(url: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        DatabaseDirectory.open(url)


def test_the_migrations_make_the_tables_of_the_code(url: str) -> None:
    build(url)
    engine = create_engine(url, future=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
        assert revision(connection) == REVISION == ScriptDirectory(str(FOLDER)).get_current_head()
    engine.dispose()


def old(url: str, *statements: str) -> None:
    """Make the database one of another version."""
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_a_database_from_before_there_were_versions_is_refused_with_a_sentence_and_upgraded_by_build(url: str) -> None:
    build(url)
    old(url, "drop table alembic_version", "alter table service drop column chat", "drop table language")
    with pytest.raises(DatabaseUnavailable, match="en äldre version av Lotsen"):
        DatabaseDirectory.open(url)
    assert build(url) is True
    assert DatabaseDirectory.open(url).get("talita") is not None


def test_a_newer_database_is_left_as_it_is_on_a_server_and_made_anew_as_a_file(url: str) -> None:
    build(url)
    old(url, "update alembic_version set version_num = 'framtid'")
    with pytest.raises(DatabaseUnavailable, match="en nyare version av Lotsen"):
        DatabaseDirectory.open(url)
    if url.startswith("postgresql"):
        with pytest.raises(OtherVersion, match="lämnas orörd"):
            build(url)
        old(url, f"update alembic_version set version_num = '{REVISION}'")
    else:
        assert build(url) is True
    assert DatabaseDirectory.open(url).get("talita") is not None


def test_a_newer_database_does_not_replace_the_good_copy_while_serving(url: str) -> None:
    build(url)
    now = [0.0]
    directory = DatabaseDirectory.open(url, clock=lambda: now[0])
    old(url, "update alembic_version set version_num = 'framtid'")
    now[0] += 60
    assert directory.get("talita") is not None
    assert directory.stale
    old(url, f"update alembic_version set version_num = '{REVISION}'")
    build(url)


def test_it_holds_what_the_facts_say(url: str, directory: DatabaseDirectory) -> None:
    assert build(url, force=True) is True
    assert build(url) is False
    found = DatabaseDirectory.open(url)
    assert found.all() == directory.all()
    assert found.all_topics() == directory.all_topics()
    asked = Situation.parse({"violence_types": ["heder"], "age": 15, "municipality": "Botkyrka"})
    assert found.find(asked) == directory.find(asked)
    assert found.find_topics("får jag bryta sekretessen") == directory.find_topics("får jag bryta sekretessen")


def test_a_failure_half_way_leaves_the_old_one(url: str, tmp_path: Path) -> None:
    build(url)
    facts = tmp_path / "facts"
    shutil.copytree(FACTS_DIRECTORY, facts)
    (facts / "summaries.yaml").write_text("origo: En mening.\n", encoding="utf-8")  # the others have none
    with pytest.raises(KeyError):
        build(url, facts)
    assert DatabaseDirectory.open(url).get("talita") is not None
    assert build(url) is False


def test_it_is_read_again_after_a_build_and_served_on_when_it_is_gone(url: str, tmp_path: Path) -> None:
    build(url)
    now = [0.0]
    directory = DatabaseDirectory.open(url, clock=lambda: now[0])
    facts = tmp_path / "facts"
    shutil.copytree(FACTS_DIRECTORY, facts)
    services = facts / "services.yaml"
    services.write_text(services.read_text("utf-8").replace("name: Talita\n", "name: Tolita\n"), "utf-8")
    build(url, facts)
    now[0] += 60
    assert directory.get("talita").name == "Tolita"  # type: ignore[union-attr]
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        connection.execute(delete(tables.meta))
        connection.execute(delete(tables.attribute))
    engine.dispose()
    now[0] += 60
    assert directory.stale
    assert directory.get("talita").name == "Tolita"  # type: ignore[union-attr]
    build(url)
    now[0] += 60
    assert not directory.stale
    assert directory.get("talita").name == "Talita"  # type: ignore[union-attr]
