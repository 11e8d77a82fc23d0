"""One service as an editor reads and writes it: every field a text, as in the cells of the spreadsheet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge.checks.services import SOME_OF
from knowledge.edit import Change, EditRefused, alone, heading, write_changes
from knowledge.facts import FACTS_DIRECTORY, Fault, read_facts
from knowledge.spreadsheet import COLUMNS, PHONE_COLUMNS, SOURCE_COLUMNS, text_of, value_of

PHONES, SOURCES = "phones", "sources"  # one to a line, its parts between bars
VERSION = "version"  # what the editor had before them, so that nobody writes over what another has changed since
_LISTED = {PHONES: list(PHONE_COLUMNS.values())[1:], SOURCES: list(SOURCE_COLUMNS.values())[1:]}
_BAR = " | "


def texts_of(service_id: str, directory: Path = FACTS_DIRECTORY) -> dict[str, str] | None:
    """Return every field of a service as a text, and the version it has; `None` when there is no such service."""
    entry = _entries(directory).get(service_id)
    if entry is None:
        return None
    texts = {name: text_of(entry[name]) or "" for name in COLUMNS.values()}
    phones = [(one, verified) for verified, key in _PHONE_KEYS for one in entry[key]]
    texts[PHONES] = "\n".join(_line([one["number"], one["note"], text_of(verified)]) for one, verified in phones)
    texts[SOURCES] = "\n".join(_line([one["url"], one["seen"]]) for one in entry["sources"])
    return {**texts, VERSION: _version(entry)}


_PHONE_KEYS = ((True, "phones"), (False, "unverified_phones"))


def _line(parts: list[str | None]) -> str:
    return _BAR.join(part or "" for part in parts).rstrip()


def _entries(directory: Path) -> dict[str, dict[str, Any]]:
    facts = read_facts(directory)
    return {entry["id"]: {**entry, "summary": facts.summaries.get(entry["id"])} for entry in facts.services}


def _version(entry: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()[:16]


def save(
    texts: Mapping[str, str], who: str, source: str, now: datetime, directory: Path = FACTS_DIRECTORY
) -> list[Change]:
    """Write a service, a new one when it comes without a version; return what was changed.

    Raises:
        EditRefused: when a text cannot be read, the facts that would come of it have a fault, or somebody has changed
            the service since.
    """
    new = _entry_of(texts)
    with alone(directory):
        old = _entries(directory).get(new["id"])
        if texts.get(VERSION):
            if old is None or _version(old) != texts[VERSION]:
                raise _refused(new["id"], "-", "någon annan har ändrat tjänsten under tiden; öppna den på nytt")
            new |= {name: _in_order(new[name], old[name]) for name in SOME_OF}
            changes = [Change(new["id"], name, old[name], new[name]) for name in old if old[name] != new[name]]
        elif old is not None:
            raise _refused(new["id"], "id", "finns redan")
        else:
            changes = [Change(new["id"], "-", None, new)]
        write_changes(changes, who, source, now, directory)
    return changes


def _in_order(new: list[str], old: list[str]) -> list[str]:
    """What stays keeps its place: a form gives codes in an order of its own."""
    return [one for one in old if one in new] + [one for one in new if one not in old]


def _refused(service_id: str, field: str, message: str) -> EditRefused:
    return EditRefused([Fault("services.yaml", service_id, field, message)])


def _entry_of(texts: Mapping[str, str]) -> dict[str, Any]:
    faults: list[Fault] = []

    def read(field: str, name: str, text: str) -> Any:
        try:
            return value_of(name, text)
        except ValueError as error:
            faults.append(Fault("services.yaml", texts["id"], field, str(error)))
            return None

    entry = {name: read(name, name, texts.get(name, "")) for name in COLUMNS.values()}
    for field, names in _LISTED.items():
        entry[field] = []
        for line in filter(str.strip, texts.get(field, "").splitlines()):
            parts = [part.strip() for part in line.split(_BAR.strip())]
            if len(parts) > len(names):
                faults.append(Fault("services.yaml", texts["id"], field, f"för många streck i {line.strip()!r}"))
                continue
            parts += [""] * (len(names) - len(parts))
            entry[field].append({name: read(field, name, part) for name, part in zip(names, parts, strict=True)})
    phones = [(one, one.pop("verified")) for one in entry[PHONES]]
    for verified, key in _PHONE_KEYS:
        entry[key] = [one for one, is_verified in phones if bool(is_verified) is verified]
    if faults:
        raise EditRefused(list(faults))
    return entry


def explain(refused: EditRefused) -> list[str]:
    """Return why changes were refused, by the names that editors know the fields by."""
    return [_plain(one) if isinstance(one, Fault) else str(one) for one in refused.faults]


def _plain(fault: Fault) -> str:
    field = "summary" if fault.file == "summaries.yaml" else fault.field
    return fault.message if field == "-" else f"{heading(field)}: {fault.message}"
