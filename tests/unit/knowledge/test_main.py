import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.facts import FACTS_DIRECTORY
from knowledge.migrations import OtherVersion


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", f"sqlite:///{tmp_path}/knowledge.db")
    return tmp_path / "knowledge.db"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    facts = tmp_path / "facts"
    shutil.copytree(FACTS_DIRECTORY, facts)
    services = facts / "services.yaml"
    services.write_text(
        services.read_text(encoding="utf-8").replace("number: 08-508 251 20", "number: 08-5O8"), "utf-8"
    )
    return facts


def test_check_says_that_all_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "Faktafilerna är rätt." in capsys.readouterr().out


def test_check_names_file_entry_and_field(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--facts", str(broken)]) == 1
    assert "services.yaml: origo: phones: '08-5O8' är inget telefonnummer" in capsys.readouterr().out


def test_build_refuses_faulty_facts(broken: Path, database: Path) -> None:
    assert main(["build", "--facts", str(broken)]) == 1
    assert not database.exists()


def test_build_then_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "origo"]) == 1
    assert "python -m knowledge build" in capsys.readouterr().err
    assert main(["build"]) == 0
    assert main(["build"]) == 0
    assert "redan aktuell" in capsys.readouterr().out
    assert main(["show", "origo"]) == 0
    assert json.loads(capsys.readouterr().out)["phones"][0]["tel"] == "+46850825120"
    assert main(["show", "linnamottagningen"]) == 1
    assert main(["show", "--kommun", "Nacka", "--slag", "kvinnojour"]) == 0
    assert "kvinnojour-nacka-varmdo" in capsys.readouterr().out
    assert main(["show", "--namn", "mikka mottagningen"]) == 0
    assert "mikamottagningen" in capsys.readouterr().out


def test_stale_coverage_and_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    assert main(["stale", "--months", "12"]) == 0
    assert "linnamottagningen" in capsys.readouterr().out  # held back from users, so all the more to be checked
    assert main(["stale", "--mail", "Nacka"]) == 0
    assert capsys.readouterr().out.startswith("Ämne:")
    assert main(["stale", "--mail", "Uppsala"]) == 1
    pictures = ["--png", str(tmp_path / "heat.png"), "--map", str(tmp_path / "county.png")]
    assert main(["coverage", "--html", str(tmp_path / "map.html"), *pictures]) == 0
    assert all((tmp_path / name).read_bytes().startswith(b"\x89PNG") for name in ("heat.png", "county.png"))
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert main(["export", "--hsds", "--out", str(tmp_path / "hsds.json")]) == 0
    document = json.loads((tmp_path / "hsds.json").read_text(encoding="utf-8"))
    assert document["version"] == "3.0"
    assert len(document["contents"]) == document["total_items"]


def test_a_database_of_an_older_version_is_an_error_in_words(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build"]) == 0
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("drop table alembic_version")
    assert main(["show", "origo"]) == 1
    said = capsys.readouterr().err
    assert said == ("Kunskapsbasen är tom, eller gjord av en äldre version av Lotsen. Kör: python -m knowledge build\n")
    assert main(["build"]) == 0
    assert main(["show", "origo"]) == 0


def test_a_database_of_a_newer_version_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(**_: object) -> bool:
        raise OtherVersion("Kunskapsbasen är gjord av en nyare version av Lotsen och lämnas orörd.")

    monkeypatch.setattr("knowledge.__main__.build", refuse)
    assert main(["build"]) == 1
    assert "nyare version" in capsys.readouterr().err


def test_a_missing_database_is_an_error_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["stale"], ["coverage"], ["export", "--hsds"]):
        assert main(command) == 1
        assert "python -m knowledge build" in capsys.readouterr().err
