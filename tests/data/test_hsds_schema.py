"""Every service as HSDS against the published schema, and no field that the schema does not know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, RefResolver

from knowledge import hsds
from knowledge.build import build
from knowledge.directory import load_directory

SCHEMAS = {
    path.name: json.loads(path.read_text(encoding="utf-8")) for path in Path(__file__).parent.glob("hsds/*.json")
}


def validator(name: str) -> Draft202012Validator:
    """A validator that finds the schemas that refer to each other in the folder."""
    return Draft202012Validator(
        SCHEMAS[name], resolver=RefResolver("", SCHEMAS[name], store=SCHEMAS), format_checker=FormatChecker()
    )


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('hsds')}/knowledge.db"
    build(url)
    return [hsds.service_document(service) for service in load_directory(url).all()]


def test_every_service_is_valid(documents: list[dict[str, Any]]) -> None:
    check = validator("service.json")
    faults = [
        f"{one['name']}: {error.json_path}: {error.message}" for one in documents for error in check.iter_errors(one)
    ]
    assert documents
    assert faults == []


def test_the_schema_finds_faults(documents: list[dict[str, Any]]) -> None:
    check = validator("service.json")
    for change in ({"id": "origo"}, {"name": None}, {"phones": [{"number": "112"}]}, {"status": "öppen"}):
        assert list(check.iter_errors({**documents[0], **change})), change


def unknown(document: dict[str, Any], name: str) -> set[str]:
    """Fields of a document and of what is in it that the schema does not know."""
    known = SCHEMAS[name]["properties"]
    found = {f"{name}: {field}" for field in document if field not in known}
    for field in document.keys() & known.keys():
        part = known[field].get("items", known[field])
        values = document[field] if isinstance(document[field], list) else [document[field]]
        for value in values if "$ref" in part else ():
            found |= unknown(value, part["$ref"])
    return found


def test_no_field_is_our_own(documents: list[dict[str, Any]]) -> None:
    assert set().union(*(unknown(one, "service.json") for one in documents)) == set()
