"""Takes the changes of editors into the facts: all or nothing, comments kept, every change on record.

Only the entries that change are written anew; the rest of the YAML stays as it is, letter by letter.
"""

from __future__ import annotations

import fcntl
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from yaml import safe_load

from knowledge.check import check_facts
from knowledge.checks.services import KEYS, place_in_file
from knowledge.facts import FACTS_DIRECTORY, Fault, read_facts
from knowledge.spreadsheet import COLUMNS, PHONES, SERVICES, SOURCES, SheetFault, Sheets

RECORD = "changes.yaml"
# Files that say something about services by their id, one line each.
BESIDE = ("summaries.yaml", "phone_notes.yaml", "traits.yaml")
_HEADINGS = {name: heading for heading, name in COLUMNS.items()}
_PARTS = {"phones": "telefoner", "unverified_phones": "okontrollerade telefoner", "sources": "källor"}
_ENTRY = re.compile(r"(- id: .*\n(?:  .*\n)*)")
_WIDTH = 108  # how wide the facts are folded
_ONE_LINE = 4096


@dataclass(frozen=True)
class Change:
    """One field of a service before and after; the field "-" stands for the whole service, new or gone."""

    service: str
    field: str
    before: Any
    after: Any

    def __str__(self) -> str:
        if self.field == "-":
            return f"{self.service}: {'ny tjänst' if self.before is None else 'stryks'}"
        return f"{self.service}: {heading(self.field)}: {_said(self.before)} → {_said(self.after)}"


def heading(field: str) -> str:
    """Return what editors call a field of a service."""
    return _PARTS.get(field) or _HEADINGS.get(field, field)


class EditRefused(Exception):
    """The changes cannot be taken in; `faults` says where and why. Nothing was written."""

    def __init__(self, faults: list[SheetFault | Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def changes_of(sheets: Sheets, directory: Path = FACTS_DIRECTORY) -> list[Change]:
    """Return what a spreadsheet changes, in the order of the facts, new services last."""
    facts = read_facts(directory)
    old = {entry["id"]: {**entry, "summary": facts.summaries.get(entry["id"])} for entry in facts.services}
    found = []
    for service_id, entry in old.items():
        new = sheets.services.get(service_id)
        if new is None:
            found.append(Change(service_id, "-", entry, None))
            continue
        found += [Change(service_id, name, entry[name], new[name]) for name in entry if entry[name] != new[name]]
    found += [Change(one, "-", None, entry) for one, entry in sheets.services.items() if one not in old]
    return found


def take_in(
    sheets: Sheets, who: str, source: str, now: datetime, directory: Path = FACTS_DIRECTORY, dry_run: bool = False
) -> list[Change]:
    """Write the changes of a spreadsheet into the facts and on record; return them.

    Raises:
        EditRefused: when the sheet or the facts that would come of it have a fault.
    """
    if sheets.faults:
        raise EditRefused(list(sheets.faults))
    with alone(directory):
        changes = changes_of(sheets, directory)
        try:
            write_changes(changes, who, source, now, directory, dry_run)
        except EditRefused as refused:
            faults = [_in_sheet(one, sheets) if isinstance(one, Fault) else one for one in refused.faults]
            raise EditRefused(faults) from None
    return changes


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    """Let nobody else edit these facts meanwhile: the admin page and the command line may be used at once."""
    folder = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def write_changes(
    changes: list[Change], who: str, source: str, now: datetime, directory: Path, dry_run: bool = False
) -> None:
    """Write changes into the facts and on record; the caller is `alone`.

    Raises:
        EditRefused: when the facts that would come of it have a fault.
    """
    if not changes:
        return
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "facts"
        shutil.copytree(directory, draft)
        _edit_services(draft / "services.yaml", changes)
        _edit_beside(draft, changes)
        _record(draft / RECORD, changes, who, source, now)
        faults = check_facts(draft)
        if faults:
            raise EditRefused(list(faults))
        if not dry_run:
            # The record first: if the machine stops in between, it names more than was done, never less.
            for name in (RECORD, *BESIDE, "services.yaml"):
                beside = directory / f".{name}.new"
                shutil.copyfile(draft / name, beside)
                os.replace(beside, directory / name)


def _in_sheet(fault: Fault, sheets: Sheets) -> SheetFault | Fault:
    """Tell a fault of the facts by sheet, row and column where it can be told so."""
    row = sheets.rows.get((SERVICES, fault.entry))
    if row is None:
        return fault
    if fault.file == "summaries.yaml":
        return SheetFault(SERVICES, row, _HEADINGS["summary"], fault.message)
    if fault.file != "services.yaml":
        return fault
    if fault.field in ("phones", "unverified_phones"):
        named = (one for key, one in sheets.rows.items() if key[:2] == (PHONES, fault.entry) and _names(fault, key))
        at = next(named, sheets.rows.get((PHONES, fault.entry)))
        return SheetFault(PHONES, at, "nummer", f"{fault.entry}: {fault.message}")
    if fault.field == "sources":
        return SheetFault(SOURCES, sheets.rows.get((SOURCES, fault.entry)), None, f"{fault.entry}: {fault.message}")
    return SheetFault(SERVICES, row, _HEADINGS.get(fault.field), fault.message)


def _names(fault: Fault, key: tuple[str, ...]) -> bool:
    return len(key) == 3 and repr(key[2]) in fault.message


def _edit_services(path: Path, changes: list[Change]) -> None:
    parts = _ENTRY.split(path.read_text(encoding="utf-8"))  # comments and blank lines between the entries
    numbers = {_id(part): number for number, part in enumerate(parts) if number % 2}
    for change in changes:
        if change.field != "-":
            number = numbers[change.service]
            parts[number] = _with_field(parts[number], change.field, change.after)
        elif change.after is None:
            parts[numbers[change.service]] = ""
            parts[numbers[change.service] + 1] = parts[numbers[change.service] + 1].removeprefix("\n")
        else:
            number = _last_before(parts, change.after)
            parts[number] += "\n" + _block({key: change.after[key] for key in KEYS})
    path.write_text("".join(parts), encoding="utf-8")


def _id(block: str) -> str:
    return block.partition("\n")[0].removeprefix("- id: ").strip()


def _last_before(parts: list[str], entry: Mapping[str, Any]) -> int:
    """The entry after which a new one stands: nationwide, county, then municipality by municipality."""
    own = place_in_file(entry)
    known = [number for number, part in enumerate(parts) if number % 2 and part]
    places = [place_in_file(safe_load(parts[number])[0]) for number in known]
    before = [number for number, place in zip(known, places, strict=True) if own and place and place <= own]
    return (before or known)[-1]


def _with_field(block: str, name: str, value: Any) -> str:
    if name == "summary":
        return block  # stands in a file of its own
    entry = _load(block)
    entry[name] = value
    return _block(entry)


def _yaml(width: int) -> Any:
    yaml: Any = YAML()
    yaml.preserve_quotes = True
    yaml.width = width
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(
        type(None), lambda representer, _: representer.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    return yaml


def _load(block: str) -> Any:
    # An entry is read as a mapping of its own: its lists are indented, the list of all entries is not.
    return _yaml(_WIDTH).load("".join(line[2:] for line in block.splitlines(keepends=True)))


def _block(entry: Mapping[str, Any]) -> str:
    text = io.StringIO()
    _yaml(_WIDTH).dump(entry, text)
    return "- " + "".join(f"  {line}" for line in text.getvalue().splitlines(keepends=True))[2:]


def _edit_summaries(summaries: Any, changes: list[Change]) -> None:
    for change in changes:
        if change.field == "summary":
            summaries[change.service] = change.after
        elif change.field == "-" and change.after is not None:
            summaries[change.service] = change.after["summary"]


def _edit_phone_notes(notes: Any, changes: list[Change]) -> None:
    """A note to a number goes with the number that takes its place, and away with a number that is struck."""
    for change in changes:
        if change.field not in ("phones", "unverified_phones") or change.service not in notes:
            continue
        old, new = ([phone["number"] for phone in value] for value in (change.before, change.after))
        gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
        for number in gone:
            if number in notes[change.service]:
                note = notes[change.service].pop(number)
                if len(gone) == len(come) == 1:
                    notes[change.service][come[0]] = note
        if not notes[change.service]:
            del notes[change.service]


def _edit_beside(draft: Path, changes: list[Change]) -> None:
    """Edit what other files say about the services that change."""
    gone = [change.service for change in changes if change.field == "-" and change.after is None]
    fields = {change.field for change in changes}
    touched = {
        "summaries.yaml": not fields.isdisjoint({"summary", "-"}),
        "phone_notes.yaml": bool(gone) or not fields.isdisjoint({"phones", "unverified_phones"}),
        "traits.yaml": bool(gone),
    }
    for name in (name for name in BESIDE if touched[name]):
        path = draft / name
        before = path.read_text(encoding="utf-8")
        yaml = _yaml(_ONE_LINE)
        values = yaml.load(before)
        if name == "summaries.yaml":
            _edit_summaries(values, changes)
        if name == "phone_notes.yaml":
            _edit_phone_notes(values, changes)
        for service_id in gone:
            values.pop(service_id, None)
        text = io.StringIO()
        yaml.dump(values, text)
        path.write_text(text.getvalue(), encoding="utf-8")


def _record(path: Path, changes: Iterable[Change], who: str, source: str, now: datetime) -> None:
    yaml = _yaml(_WIDTH)
    yaml.indent(mapping=2, sequence=2, offset=0)
    with path.open("a", encoding="utf-8") as file:
        for change in changes:
            said = {"service": change.service, "field": change.field, "before": change.before, "after": change.after}
            yaml.dump([{"when": now.isoformat(timespec="seconds"), "who": who, "source": source, **said}], file)


def _said(value: Any) -> str:
    if value in (None, "", []):
        return "(tomt)"
    if isinstance(value, list):
        return ", ".join(
            " ".join(str(part) for part in one.values() if part) if isinstance(one, dict) else one for one in value
        )
    return {True: "ja", False: "nej"}.get(value, str(value)) if isinstance(value, bool) else str(value)
