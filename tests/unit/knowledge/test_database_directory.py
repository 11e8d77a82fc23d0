import logging
import os
from pathlib import Path

import pytest

from knowledge.build import build
from knowledge.database_directory import DatabaseDirectory, DatabaseUnavailable
from knowledge.directory import ServiceDirectory, load_directory
from knowledge.situation import Situation


@pytest.fixture
def path(tmp_path: Path) -> Path:
    build(f"sqlite:///{tmp_path}/knowledge.db")
    return tmp_path / "knowledge.db"


def opened(path: Path) -> DatabaseDirectory:
    """Return a directory that reads in the foreground: how slow the machine is does not matter then."""
    return DatabaseDirectory.open(f"sqlite:///{path}")


def change(path: Path, old: str, new: str) -> None:
    """Replace a text of the same length in the database, as another build would, with a new time stamp."""
    stamp = path.stat().st_mtime_ns
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    os.utime(path, ns=(stamp + 1_000_000, stamp + 1_000_000))


def name(directory: ServiceDirectory) -> str:
    service = directory.get("talita")
    assert service is not None
    return service.name


def test_a_missing_database_is_said_and_no_file_is_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="Kunskapsbasen kan inte läsas"):
        load_directory(f"sqlite:///{tmp_path}/none.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"inte en databas"])
def test_what_is_no_database_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "knowledge.db").write_bytes(content)
    with pytest.raises(DatabaseUnavailable):
        load_directory(f"sqlite:///{tmp_path}/knowledge.db")


def test_the_url_of_the_environment_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", f"sqlite:///{path}")
    assert load_directory().get("origo") is not None


def test_it_reads_again_when_the_file_changes(path: Path) -> None:
    directory = opened(path)
    assert name(directory) == "Talita"
    change(path, "Talita", "Tolita")
    assert name(directory) == "Tolita"
    assert not directory.stale


def test_the_last_good_copy_is_served_while_the_database_is_gone(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    directory = opened(path)
    whole = path.read_bytes()
    path.unlink()
    with caplog.at_level(logging.WARNING):
        assert name(directory) == "Talita"
        assert directory.stale
        assert directory.find(Situation()).groups
    assert len(caplog.records) == 1  # said once, not on every question
    path.write_bytes(whole)
    assert not directory.stale


def test_a_broken_new_database_does_not_replace_the_good_copy(path: Path) -> None:
    directory = opened(path)
    path.write_bytes(b"halv")
    assert name(directory) == "Talita"
    assert directory.stale
