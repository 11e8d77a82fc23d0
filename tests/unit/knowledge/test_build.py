import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from knowledge import tables
from knowledge.build import build, database_url, sqlite_path
from knowledge.facts import FACTS_DIRECTORY, FactsError


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/var/knowledge.db"


def test_the_url_is_the_argument_then_the_environment_then_var(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", "sqlite:///from-environment.db")
    assert database_url("sqlite:///given.db") == "sqlite:///given.db"
    assert database_url() == "sqlite:///from-environment.db"
    monkeypatch.delenv("LOTSEN_DATABASE_URL")
    assert database_url().endswith("/var/knowledge.db")


@pytest.mark.parametrize(
    ("url", "path"),
    [("sqlite:///a/b.db", "a/b.db"), ("sqlite://", None), ("postgresql://host/base", None)],
)
def test_only_a_file_of_sqlite_has_a_path(url: str, path: str | None) -> None:
    assert sqlite_path(url) == (Path(path) if path else None)


def test_it_is_built_once_and_again_when_facts_change(url: str, tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(FACTS_DIRECTORY, facts)
    assert build(url, facts) is True
    assert build(url, facts) is False
    assert build(url, facts, force=True) is True
    with (facts / "services.yaml").open("a", encoding="utf-8") as file:
        file.write("# ändrat\n")
    assert build(url, facts) is True


def test_broken_facts_leave_the_old_database_as_it_was(url: str, tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(FACTS_DIRECTORY, facts)
    build(url, facts)
    path = sqlite_path(url)
    assert path is not None
    before = path.read_bytes()
    (facts / "services.yaml").write_text("- id: [", encoding="utf-8")
    with pytest.raises(FactsError):
        build(url, facts)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["knowledge.db"]


def test_a_failure_half_way_leaves_nothing_beside(url: str, tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(FACTS_DIRECTORY, facts)
    build(url, facts)
    path = sqlite_path(url)
    assert path is not None
    before = path.read_bytes()
    (facts / "summaries.yaml").write_text("origo: En mening.\n", encoding="utf-8")  # the others have none
    with pytest.raises(KeyError):
        build(url, facts)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["knowledge.db"]


def test_what_is_no_database_is_built_anew(url: str) -> None:
    path = sqlite_path(url)
    assert path is not None
    path.parent.mkdir()
    path.write_text("inte en databas", encoding="utf-8")
    assert build(url) is True


def test_unverified_numbers_have_a_table_of_their_own(url: str) -> None:
    build(url)
    with create_engine(url, future=True).connect() as connection:
        shown = set(connection.execute(select(tables.phone.c.service_id, tables.phone.c.number)).all())
        table = tables.unverified_phone
        held = set(connection.execute(select(table.c.service_id, table.c.number)).all())
    assert ("kvinnofridslinjen", "020-50 50 50") in shown
    assert ("kvinnofridslinjen", "116 016") in held
    assert not shown & held
