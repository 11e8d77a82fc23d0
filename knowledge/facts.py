"""Reads the facts: YAML files that editors write, the one source of truth."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FACTS_DIRECTORY = Path(__file__).parent / "facts"
# File stem -> what it holds at the top level.
FILES: dict[str, type] = {
    "services": list,  # every service, as researched
    "summaries": dict,  # id -> the sentence that users read
    "traits": dict,  # what a service's name says but its fields do not; names it is known by
    "phone_notes": dict,  # id -> number -> the note that users read
    "guidance": list,  # guidance topics
    "questions": dict,  # topic id -> examples of questions
    "labels": dict,  # headings and reasons in Swedish
    "gazetteer": dict,  # place names
    "lexicon": dict,  # words that speak for a type of violence
    "indicators": dict,  # published figures for the county
}


@dataclass(frozen=True)
class Fault:
    """One fault in the facts, told so that an editor finds it: file, entry, field and what is wrong."""

    file: str
    entry: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.entry}: {self.field}: {self.message}"


class FactsError(Exception):
    """The facts cannot be used; `faults` says why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class Facts:
    """The facts as plain values, one attribute a file."""

    services: list[dict[str, Any]]
    summaries: dict[str, str]
    traits: dict[str, dict[str, list[str]]]
    phone_notes: dict[str, dict[str, str | None]]
    guidance: list[dict[str, Any]]
    questions: dict[str, list[str]]
    labels: dict[str, Any]
    gazetteer: dict[str, Any]
    lexicon: dict[str, Any]
    indicators: dict[str, Any]
    texts: dict[str, str] = field(default_factory=dict, repr=False)


def read_facts(directory: Path = FACTS_DIRECTORY) -> Facts:
    """Read every file of the facts.

    Raises:
        FactsError: with one fault for each file that is missing, not UTF-8, not YAML or of the wrong shape.
    """
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for stem, kind in FILES.items():
        name = f"{stem}.yaml"
        try:
            texts[name] = (directory / name).read_text(encoding="utf-8")
            values[stem] = yaml.load(texts[name], Loader=_StrictLoader)  # noqa: S506 - a safe loader
        except FileNotFoundError:
            faults.append(Fault(name, "-", "-", "filen saknas"))
        except UnicodeDecodeError as error:
            faults.append(Fault(name, "-", "-", f"är inte UTF-8 (byte {error.start})"))
        except yaml.YAMLError as error:
            faults.append(Fault(name, "-", "-", f"går inte att läsa som YAML: {_where(error)}"))
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            # A date that does not exist, a list as a key, a tag that does not fit: PyYAML lets Python's errors through.
            faults.append(Fault(name, "-", "-", f"går inte att läsa som YAML: {type(error).__name__}"))
        else:
            if not isinstance(values[stem], kind):
                faults.append(Fault(name, "-", "-", "ska vara en lista" if kind is list else "ska ha nycklar"))
    if faults:
        raise FactsError(faults)
    return Facts(**values, texts=texts)


def content_hash(directory: Path = FACTS_DIRECTORY) -> str:
    """Return a digest of every file of the facts, for telling whether the database is up to date."""
    digest = hashlib.sha256()
    for stem in sorted(FILES):
        path = directory / f"{stem}.yaml"
        digest.update(stem.encode() + b"\0")
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


class _StrictLoader(yaml.CSafeLoader):
    """A safe loader that refuses the same key twice; plain YAML would silently keep the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"{key!r} finns två gånger", problem_mark=key_node.start_mark)
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "fel"
    return f"{problem}, rad {mark.line + 1}" if mark else str(problem)
