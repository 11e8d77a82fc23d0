"""The messages that the tagger learns from can be read, and none of them is one that it is measured on."""

import json
import re
from pathlib import Path

import pytest

from bot.tuning.marks import read

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "data" / "privacy").glob("*.txt"))


def bare(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_mark_names_a_kind_and_is_closed(file: Path) -> None:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        text, spans = read(line)
        assert not re.search(r"\[\[|\]\]|\{\{|\}\}", text), f"{file.name}:{number}"
        assert all(text[start:end].strip() for start, end, _ in spans), f"{file.name}:{number}"


def test_clean_messages_hold_no_identifier() -> None:
    assert "[[" not in (ROOT / "data/privacy/clean.txt").read_text(encoding="utf-8")


def test_no_message_is_one_that_is_measured() -> None:
    measured = {
        bare(json.loads(line)["text"])
        for file in sorted((ROOT / "tests" / "privacy").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    }
    learned = {bare(read(line)[0]) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()}
    assert len(learned) > 5000
    assert {text for text in learned & measured if len(text) > 20} == set()
