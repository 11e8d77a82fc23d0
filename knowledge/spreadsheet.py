"""The services as a spreadsheet that editors know, and back: one sheet for services, one for numbers, one for sources.

Reading only finds what is wrong with the sheet itself; what is wrong with the facts is found by check.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

SERVICES, PHONES, SOURCES = "Tjänster", "Telefoner", "Källor"
# Heading -> field of services.yaml, in the order of the columns.
COLUMNS = {
    "id": "id", "namn": "name", "sammanfattning": "summary", "organisation": "organization", "slag": "kind",
    "huvudman": "provider", "räckvidd": "scope", "kommuner": "municipalities", "stadsdelar": "districts",
    "våldstyper": "violence_types", "målgrupp": "audience", "lägsta ålder": "min_age", "högsta ålder": "max_age",
    "kön": "gender", "öppettider": "hours", "chatt": "chat", "e-post": "email", "webb": "url", "adress": "address",
    "språk": "languages", "tolk": "interpreter", "anonymt": "anonymous", "kostnad": "cost", "stöd": "support",
    "anteckningar": "notes", "kontrollerad": "checked", "tillförlitlighet": "confidence",
}  # fmt: skip
PHONE_COLUMNS = {"id": "id", "nummer": "number", "not": "note", "kontrollerat": "verified"}
SOURCE_COLUMNS = {"id": "id", "adress": "url", "läst": "seen"}
_LISTS = {"municipalities", "districts", "violence_types", "audience", "languages", "support"}
_AGES = {"min_age", "max_age"}
_FLAGS = {"interpreter", "anonymous", "verified"}
_YES_NO = {"ja": True, "nej": False}


@dataclass(frozen=True)
class SheetFault:
    """A fault where the editor finds it; `column` is its heading, `None` where the whole row or sheet is meant."""

    sheet: str
    row: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        row = f", rad {self.row}" if self.row else ""
        column = f", kolumn {self.column}" if self.column else ""
        return f"{self.sheet}{row}{column}: {self.message}"


@dataclass
class Sheets:
    """What a spreadsheet says: services as in services.yaml with their `summary`, and in which row each thing stands.

    `rows` holds (sheet, id) and, for a number, (sheet, id, number).
    """

    services: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[tuple[str, ...], int] = field(default_factory=dict)
    faults: list[SheetFault] = field(default_factory=list)


def write_sheets(services: Iterable[Mapping[str, Any]], summaries: Mapping[str, str], path: Path) -> None:
    """Write services as services.yaml has them to a spreadsheet; every cell is text, so that no zero is lost."""
    book = Workbook()
    book.remove(book.active)
    rows: dict[str, list[list[Any]]] = {SERVICES: [], PHONES: [], SOURCES: []}
    for entry in services:
        whole = {**entry, "summary": summaries.get(entry["id"])}
        rows[SERVICES].append([text_of(whole[name]) for name in COLUMNS.values()])
        for verified, key in ((True, "phones"), (False, "unverified_phones")):
            rows[PHONES] += [[entry["id"], one["number"], one["note"], text_of(verified)] for one in entry[key]]
        rows[SOURCES] += [[entry["id"], one["url"], one["seen"]] for one in entry["sources"]]
    for title, columns in ((SERVICES, COLUMNS), (PHONES, PHONE_COLUMNS), (SOURCES, SOURCE_COLUMNS)):
        _fill(book.create_sheet(title), list(columns), rows[title])
    book.save(path)


def _fill(sheet: Worksheet, headings: list[str], rows: list[list[Any]]) -> None:
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.number_format = "@"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with "=" is no formula
    for number, heading in enumerate(headings, 1):
        sheet.cell(1, number).font = Font(bold=True)
        wide = heading in ("sammanfattning", "anteckningar", "adress", "läst", "webb", "not")
        sheet.column_dimensions[get_column_letter(number)].width = 50 if wide else 22
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def text_of(value: Any) -> Any:
    """Return a value of the facts as an editor reads it; `None` where there is none."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(value) or None
    return None if value is None else str(value)


def read_sheets(path: Path) -> Sheets:
    """Read a spreadsheet; what cannot be read is in `faults`, with sheet, row and column."""
    sheets = Sheets()
    try:
        book = load_workbook(path)
    except FileNotFoundError:
        sheets.faults.append(SheetFault(path.name, None, None, "filen finns inte"))
        return sheets
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError):
        sheets.faults.append(SheetFault(path.name, None, None, "är inget kalkylblad i formatet xlsx"))
        return sheets
    found = {
        title: _rows(sheets, book[title], title, columns) if title in book.sheetnames else _no_sheet(sheets, title)
        for title, columns in ((SERVICES, COLUMNS), (PHONES, PHONE_COLUMNS), (SOURCES, SOURCE_COLUMNS))
    }
    for row, values in found[SERVICES]:
        _add_service(sheets, row, values)
    for row, values in found[PHONES]:
        _add_part(sheets, PHONES, row, values, "phones" if values.pop("verified") else "unverified_phones")
    for row, values in found[SOURCES]:
        _add_part(sheets, SOURCES, row, values, "sources")
    return sheets


def _no_sheet(sheets: Sheets, title: str) -> list[tuple[int, dict[str, Any]]]:
    sheets.faults.append(SheetFault(title, None, None, "bladet saknas"))
    return []


def _rows(sheets: Sheets, sheet: Worksheet, title: str, columns: dict[str, str]) -> list[tuple[int, dict[str, Any]]]:
    headings = [str(cell.value).strip() if cell.value is not None else "" for cell in sheet[1]]
    for heading in columns:
        if headings.count(heading) != 1:
            wrong = "kolumnen saknas" if heading not in headings else "kolumnen finns två gånger"
            sheets.faults.append(SheetFault(title, 1, heading, wrong))
    for heading in headings:
        if heading and heading not in columns:
            sheets.faults.append(SheetFault(title, 1, heading, "okänd kolumn"))
    if any(headings.count(heading) != 1 for heading in columns):
        return []
    rows = []
    for number, cells in enumerate(sheet.iter_rows(min_row=2, max_col=len(headings)), 2):
        if all(cell.value in (None, "") for cell in cells):
            continue
        values = {}
        for heading, name in columns.items():
            cell = cells[headings.index(heading)]
            if cell.data_type == "f":
                sheets.faults.append(SheetFault(title, number, heading, "en formel; skriv värdet i stället"))
            try:
                values[name] = value_of(name, cell.value)
            except ValueError as error:
                sheets.faults.append(SheetFault(title, number, heading, str(error)))
                values[name] = None
        rows.append((number, values))
    return rows


def value_of(name: str, value: Any) -> Any:
    """Read what an editor wrote for a field; spreadsheet programs turn "2024-04" into a date and "13" into a number.

    Raises:
        ValueError: with what is wrong, in Swedish.
    """
    if isinstance(value, date):
        text = value.strftime("%Y-%m")
    elif isinstance(value, float) and value.is_integer():
        text = str(int(value))
    else:
        text = "" if value is None else str(value).strip()
    if name in _LISTS:
        return [part.strip() for part in text.split(",") if part.strip()]
    if name in _FLAGS:
        if text and text.lower() not in _YES_NO:
            raise ValueError(f"{text!r} är varken ja eller nej")
        return _YES_NO.get(text.lower())
    if name in _AGES and text.isdecimal():
        return int(text)
    return text or None


def _add_service(sheets: Sheets, row: int, values: dict[str, Any]) -> None:
    service_id = values["id"]
    if service_id is None:
        sheets.faults.append(SheetFault(SERVICES, row, "id", "saknas"))
    elif service_id in sheets.services:
        first = sheets.rows[SERVICES, service_id]
        sheets.faults.append(SheetFault(SERVICES, row, "id", f"{service_id!r} finns redan på rad {first}"))
    else:
        sheets.services[service_id] = {**values, "phones": [], "unverified_phones": [], "sources": []}
        sheets.rows[SERVICES, service_id] = row


def _add_part(sheets: Sheets, title: str, row: int, values: dict[str, Any], into: str) -> None:
    service_id = values.pop("id")
    if service_id not in sheets.services:
        said = "saknas" if service_id is None else f"{service_id!r} finns inte i bladet {SERVICES}"
        sheets.faults.append(SheetFault(title, row, "id", said))
        return
    sheets.services[service_id][into].append(values)
    sheets.rows.setdefault((title, service_id), row)
    if title == PHONES:
        sheets.rows.setdefault((title, service_id, str(values["number"])), row)
