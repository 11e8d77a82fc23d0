"""Reports of wrong facts: counted, listed, struck; nothing but service, field and day is kept."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.reports import Reported, Reports, table

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/var/reports.db"


def test_the_same_report_adds_to_a_count(url: str) -> None:
    reports = Reports(url)
    for day in (MONDAY, MONDAY, TUESDAY):
        reports.add("origo", "phone", day)
    Reports(url).add("bris", "hours", TUESDAY)  # as another process would
    assert reports.all() == [
        Reported("origo", "phone", "2026-11-23", "2026-11-24", 3),
        Reported("bris", "hours", "2026-11-24", "2026-11-24", 1),
    ]
    rows = sqlite3.connect(url.removeprefix("sqlite:///")).execute("select count(*) from wrong_fact").fetchone()
    assert rows == (3,)


@pytest.mark.parametrize("field", ["", "name", "Ring 070-123 45 67"])
def test_an_unknown_field_is_not_kept(url: str, field: str) -> None:
    with pytest.raises(ValueError, match="field"):
        Reports(url).add("origo", field, MONDAY)
    assert Reports(url).all() == []


def test_two_processes_at_once(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look and the insert another process is first: the count is added to."""
    reports, other = Reports(url), Reports(url)
    begin, turns = reports.engine().begin, []

    def late():  # type: ignore[no-untyped-def]
        turns.append(1)
        if len(turns) == 2:
            other.add("origo", "phone", MONDAY)
        return begin()

    monkeypatch.setattr(reports.engine(), "begin", late)
    reports.add("origo", "phone", MONDAY)
    assert len(turns) == 3
    assert other.all() == [Reported("origo", "phone", "2026-11-23", "2026-11-23", 2)]


def test_the_command_lists_and_strikes(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOTSEN_REPORTS_URL", url)
    assert main(["reports"]) == 0
    assert capsys.readouterr().out == "Inga rapporter.\n"
    Reports().add("origo", "phone", MONDAY)
    Reports().add("origo", "web", MONDAY)
    assert main(["reports"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("   1 ggr  origo ")
    assert "telefonnumret      2026-11-23" in said
    assert main(["reports", "--clear", "origo"]) == 0
    assert capsys.readouterr().out == "2 rapporterade uppgifter strukna.\n"
    assert Reports().all() == []


def test_an_empty_list_says_so() -> None:
    assert table([]) == "Inga rapporter."
