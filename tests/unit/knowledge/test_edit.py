"""The round trip through a spreadsheet: what is changed, what is refused and where, and what is left on record."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook, load_workbook

from knowledge.__main__ import main
from knowledge.check import check_facts
from knowledge.edit import RECORD, EditRefused, take_in
from knowledge.facts import FACTS_DIRECTORY, read_facts
from knowledge.spreadsheet import PHONES, SERVICES, SOURCES, read_sheets, write_sheets

NOW = datetime(2026, 11, 23, 9, 30)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FACTS_DIRECTORY, tmp_path / "facts"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheets") / "tjänster.xlsx"
    read = read_facts()
    write_sheets(read.services, read.summaries, path)
    return path


@pytest.fixture
def sheet(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "ändrad.xlsx"))


def row_of(page: Any, service_id: str) -> int:
    return next(cell.row for cell in page["A"] if cell.value == service_id)


def column_of(page: Any, heading: str) -> int:
    return next(cell.column for cell in page[1] if cell.value == heading)


def put(path: Path, title: str, service_id: str, heading: str, value: Any) -> int:
    """Write a value where an editor would; return the row."""
    book = load_workbook(path)
    page = book[title]
    row = row_of(page, service_id)
    page.cell(row, column_of(page, heading)).value = value
    book.save(path)
    return row


def edit(path: Path, change: Callable[[Any], object]) -> None:
    book = load_workbook(path)
    change(book)
    book.save(path)


def contents(facts: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in facts.iterdir() if path.is_file()}


def refusal(facts: Path, sheet: Path) -> str:
    before = contents(facts)
    with pytest.raises(EditRefused) as refused:
        take_in(read_sheets(sheet), "Anna", sheet.name, NOW, facts)
    assert contents(facts) == before
    return str(refused.value)


def test_nothing_changed_is_nothing_written(facts: Path, sheet: Path) -> None:
    before = contents(facts)
    assert take_in(read_sheets(sheet), "Anna", sheet.name, NOW, facts) == []
    assert contents(facts) == before


def test_a_change_touches_its_lines_only_and_is_put_on_record(facts: Path, sheet: Path) -> None:
    put(sheet, PHONES, "origo", "nummer", "08-508 251 21")
    put(sheet, SERVICES, "origo", "sammanfattning", "Stöd till unga som begränsas av sin familj.")
    before = (facts / "services.yaml").read_text(encoding="utf-8")
    changes = take_in(read_sheets(sheet), "Anna Andersson", "lista.xlsx", NOW, facts)
    assert next(map(str, changes)).startswith("origo: telefoner: 08-508 251 20")
    after = (facts / "services.yaml").read_text(encoding="utf-8")
    lines = [one for one in difflib.ndiff(before.splitlines(), after.splitlines()) if one[0] in "+-"]
    assert lines == ["-     - number: 08-508 251 20", "+     - number: 08-508 251 21"]
    assert read_facts(facts).summaries["origo"] == "Stöd till unga som begränsas av sin familj."
    assert read_facts(facts).phone_notes["origo"].keys() == {"08-508 251 21"}
    assert check_facts(facts) == []
    record = yaml.safe_load((facts / RECORD).read_text(encoding="utf-8"))
    assert [(one["service"], one["field"], one["who"], one["source"], one["when"]) for one in record] == [
        ("origo", "phones", "Anna Andersson", "lista.xlsx", "2026-11-23T09:30:00"),
        ("origo", "summary", "Anna Andersson", "lista.xlsx", "2026-11-23T09:30:00"),
    ]
    assert record[0]["before"][0]["number"] == "08-508 251 20"
    assert record[0]["after"][0]["number"] == "08-508 251 21"


def test_the_record_grows(facts: Path, sheet: Path) -> None:
    for hours in ("mån–fre 8–16", "mån–fre 9–16"):
        put(sheet, SERVICES, "origo", "öppettider", hours)
        take_in(read_sheets(sheet), "Anna", sheet.name, NOW, facts)
    record = yaml.safe_load((facts / RECORD).read_text(encoding="utf-8"))
    assert [one["after"] for one in record] == ["mån–fre 8–16", "mån–fre 9–16"]
    assert (facts / RECORD).read_text(encoding="utf-8").startswith("#")


def test_a_dry_run_writes_nothing(facts: Path, sheet: Path) -> None:
    put(sheet, SERVICES, "origo", "öppettider", "mån–fre 8–16")
    before = contents(facts)
    changes = take_in(read_sheets(sheet), "", sheet.name, NOW, facts, dry_run=True)
    assert [(one.service, one.field, one.after) for one in changes] == [("origo", "hours", "mån–fre 8–16")]
    assert contents(facts) == before


def copy_row(book: Any, service_id: str, new_id: str) -> None:
    """Add a service like another at the bottom of every sheet."""
    for title in (SERVICES, PHONES, SOURCES):
        page = book[title]
        for row in [cell.row for cell in page["A"] if cell.value == service_id]:
            page.append([new_id, *[cell.value for cell in page[row]][1:]])


def test_a_new_service_stands_where_it_belongs(facts: Path, sheet: Path) -> None:
    edit(sheet, lambda book: copy_row(book, "kvinnojour-haninge", "kvinnojour-haninge-tva"))
    changes = take_in(read_sheets(sheet), "Anna", sheet.name, NOW, facts)
    assert [str(one) for one in changes] == ["kvinnojour-haninge-tva: ny tjänst"]
    assert check_facts(facts) == []
    text = (facts / "services.yaml").read_text(encoding="utf-8")
    assert text.index("id: kvinnojour-haninge\n") < text.index("id: kvinnojour-haninge-tva\n")
    assert text.index("id: kvinnojour-haninge-tva\n") < text.index("id: socialtjanst-huddinge\n")


def test_a_service_that_is_gone_is_struck_with_its_sentence(facts: Path, sheet: Path) -> None:
    def strike(book: Any) -> None:
        for title in (SERVICES, PHONES, SOURCES):
            page = book[title]
            for row in reversed([cell.row for cell in page["A"] if cell.value == "agera-kvinnojour"]):
                page.delete_rows(row)

    edit(sheet, strike)
    assert [str(one) for one in take_in(read_sheets(sheet), "Anna", sheet.name, NOW, facts)] == [
        "agera-kvinnojour: stryks"
    ]
    assert check_facts(facts) == []
    for name in ("services", "summaries", "traits", "phone_notes"):
        assert "agera-kvinnojour" not in (facts / f"{name}.yaml").read_text(encoding="utf-8")


def test_what_spreadsheet_programs_do_to_values_is_undone(facts: Path, sheet: Path) -> None:
    put(sheet, SERVICES, "origo", "lägsta ålder", 14.0)
    put(sheet, SERVICES, "origo", "kontrollerad", datetime(2026, 11, 1))
    put(sheet, PHONES, "vardguiden-1177", "nummer", 1177)
    put(sheet, SERVICES, "origo", "anonymt", "Nej")
    changes = take_in(read_sheets(sheet), "Anna", sheet.name, NOW, facts)
    assert {(one.field, one.after) for one in changes} == {
        ("min_age", 14),
        ("checked", "2026-11"),
        ("anonymous", False),
    }


@pytest.mark.parametrize(
    ("title", "service_id", "heading", "value", "message"),
    [
        (PHONES, "origo", "nummer", "08-5O8 251 20", "'08-5O8 251 20' är inget telefonnummer"),
        (SERVICES, "socialtjanst-nacka", "kommuner", "Nakka", "okänt värde 'Nakka'"),
        (SERVICES, "origo", "id", "bris", "'bris' finns redan på rad"),
        (SERVICES, "origo", "id", None, "saknas"),
        (SERVICES, "origo", "slag", "bot", "okänt värde 'bot'"),
        (SERVICES, "origo", "tolk", "kanske", "'kanske' är varken ja eller nej"),
        (SERVICES, "origo", "lägsta ålder", "tretton", "'tretton' är ingen ålder"),
        (SERVICES, "origo", "namn", "=1+1", "en formel"),
        (SERVICES, "origo", "sammanfattning", None, "ska vara en mening"),
        (PHONES, "origo", "id", "finns-inte", "'finns-inte' finns inte i bladet Tjänster"),
    ],
)
def test_a_fault_is_told_by_sheet_row_and_column(
    facts: Path, sheet: Path, title: str, service_id: str, heading: str, value: Any, message: str
) -> None:
    row = put(sheet, title, service_id, heading, value)
    said = refusal(facts, sheet)
    assert f"{title}, rad {row}, kolumn {heading}: " in said
    assert message in said


def test_one_fault_stops_every_change(facts: Path, sheet: Path) -> None:
    put(sheet, SERVICES, "bris", "öppettider", "mån–fre 8–16")
    put(sheet, SERVICES, "socialtjanst-nacka", "kommuner", "Nakka")
    assert "Nakka" in refusal(facts, sheet)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda book: book[SERVICES].delete_cols(5), "Tjänster, rad 1, kolumn slag: kolumnen saknas"),
        (lambda book: book[SERVICES].cell(1, 40, "färg"), "Tjänster, rad 1, kolumn färg: okänd kolumn"),
        (lambda book: book[SERVICES].cell(1, 28, "namn"), "Tjänster, rad 1, kolumn namn: kolumnen finns två gånger"),
        (lambda book: book.remove(book[SOURCES]), "Källor: bladet saknas"),
    ],
)
def test_a_sheet_of_another_shape_is_refused(
    facts: Path, sheet: Path, change: Callable[[Any], object], message: str
) -> None:
    edit(sheet, change)
    assert message in refusal(facts, sheet)


@pytest.mark.parametrize("content", [b"", b"inget kalkylblad", "malmö".encode("latin-1"), b"PK\x03\x04halv"])
def test_what_is_no_spreadsheet_is_said(facts: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "fel.xlsx").write_bytes(content)
    assert refusal(facts, tmp_path / "fel.xlsx") == "fel.xlsx: är inget kalkylblad i formatet xlsx"


def test_a_file_that_is_not_there_is_said(facts: Path, tmp_path: Path) -> None:
    assert refusal(facts, tmp_path / "ingen.xlsx") == "ingen.xlsx: filen finns inte"


def test_an_empty_book_is_refused(facts: Path, tmp_path: Path) -> None:
    Workbook().save(tmp_path / "tom.xlsx")
    assert "Tjänster: bladet saknas" in refusal(facts, tmp_path / "tom.xlsx")


def test_the_commands(facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, where = tmp_path / "ut.xlsx", ["--facts", str(facts)]
    assert main(["export", "--xlsx", str(sheet), *where]) == 0
    put(sheet, SERVICES, "origo", "öppettider", "mån–fre 8–16")
    command = ["import", "--xlsx", str(sheet), *where]
    assert main(command) == 1
    assert "--by NAMN" in capsys.readouterr().err
    assert main([*command, "--dry-run"]) == 0
    assert "1 ändringar skulle göras." in capsys.readouterr().out
    assert main([*command, "--by", "Anna"]) == 0
    assert "origo: öppettider: " in capsys.readouterr().out
    assert read_facts(facts).services[row_number(facts, "origo")]["hours"] == "mån–fre 8–16"
    assert main([*command, "--by", "Anna"]) == 0
    assert "Inget att ändra." in capsys.readouterr().out
    put(sheet, SERVICES, "origo", "kön", "okänt")
    assert main([*command, "--by", "Anna"]) == 1
    assert "1 fel, inget är ändrat." in capsys.readouterr().err


def row_number(facts: Path, service_id: str) -> int:
    return [entry["id"] for entry in read_facts(facts).services].index(service_id)


def test_facts_that_cannot_be_read_are_said(facts: Path, sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (facts / "summaries.yaml").unlink()
    assert main(["import", "--xlsx", str(sheet), "--dry-run", "--facts", str(facts)]) == 1
    assert "summaries.yaml: -: -: filen saknas" in capsys.readouterr().err
