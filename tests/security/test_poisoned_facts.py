"""Facts that somebody made to do harm: they are refused with a fault that an editor understands, never with a crash."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from knowledge.check import check_facts
from knowledge.checks.services import check_services
from knowledge.facts import FACTS_DIRECTORY, FactsError, read_facts

HOSTILE = {
    "python object": "!!python/object/apply:os.system ['true']",
    "python name": "!!python/name:os.system",
    "own tag": "!run true",
    "list as a key": "? [a, b]\n: c",
    "mapping as a key": "? {a: b}\n: c",
    "mapping of a text": "!!map text",
    "date that does not exist": "a: 2024-13-45",
    "number that is none": "a: !!int hej",
    "binary that is none": "a: !!binary å",
    "set of a list": "!!set [a]",
    "pairs of a text": "!!pairs text",
    "merge of a text": "<<: text",
    "merge with itself": "&a\n<<: *a",
    "bare tab": "a:\n\t- b",
    "null bytes": "a: \0",
    "deep": "[" * 3000,
    "deep and closed": "[" * 3000 + "]" * 3000,
    "two documents": "a: 1\n---\nb: 2",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_yaml_is_a_fault_with_the_file(tmp_path: Path, text: str) -> None:
    directory = Path(shutil.copytree(FACTS_DIRECTORY, tmp_path / "facts"))
    (directory / "traits.yaml").write_text(text, encoding="utf-8")
    faults = check_facts(directory)
    assert faults
    assert {fault.file for fault in faults} == {"traits.yaml"}
    with pytest.raises(FactsError):
        read_facts_strictly(directory)


def read_facts_strictly(directory: Path) -> None:
    """As the build does: what can be read is checked before it is used."""
    read_facts(directory)
    raise FactsError(check_facts(directory))


@pytest.mark.parametrize(
    ("field", "value", "piece"),
    [
        ("url", "javascript:alert(1)", "ingen adress"),
        ("url", "data:text/html,x", "ingen adress"),
        ("chat", "JavaScript:alert(1)//https://x.se", "ingen adress"),
        ("sources", [{"url": "file:///etc/passwd", "seen": "x"}], "ingen adress"),
        ("email", "a@b.se?bcc=c@d.se\n", "e-postadress"),
        ("id", "../../etc", "små bokstäver"),
    ],
)
def test_hostile_values_are_refused(field: str, value: Any, piece: str) -> None:
    facts = read_facts()
    service = next(one for one in facts.services if one["id"] == "origo")
    service[field] = value
    assert any(piece in fault.message for fault in check_services(facts))


def test_no_sheltered_housing_has_an_address() -> None:
    facts = read_facts()
    sheltered = next(one for one in facts.services if one["kind"] == "skyddat_boende")
    assert sheltered["address"] is None
    sheltered["address"] = "Storgatan 1"
    assert any("får aldrig stå" in fault.message for fault in check_services(facts))
