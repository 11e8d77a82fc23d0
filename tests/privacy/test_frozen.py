"""The held-out set is the one that was frozen, and the spans of both sets can be measured on."""

import shutil
from pathlib import Path

import pytest

from bench.privacy_eval import DEVELOPMENT, HELD_OUT, load
from bot.privacy import Kind


@pytest.mark.parametrize("path", [DEVELOPMENT, HELD_OUT], ids=lambda path: path.stem)
def test_set_is_sound(path: object) -> None:
    rows = load(path)  # type: ignore[arg-type]
    assert len({row["id"] for row in rows}) == len(rows) >= 400
    kinds = [span["type"] for row in rows for span in row["spans"]]
    assert all(kinds.count(kind.value) >= 20 for kind in Kind)
    assert all(0 <= s["start"] < s["end"] <= len(row["text"]) for row in rows for s in row["spans"] + row["keep"])


def test_no_message_is_in_both() -> None:
    assert not {row["text"] for row in load(DEVELOPMENT)} & {row["text"] for row in load(HELD_OUT)}


def test_held_out_set_is_frozen() -> None:
    assert HELD_OUT.with_suffix(".sha256").exists()


def test_a_changed_frozen_set_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / HELD_OUT.name
    copy.write_bytes(HELD_OUT.read_bytes() + b"\n")
    shutil.copy(HELD_OUT.with_suffix(".sha256"), tmp_path)
    with pytest.raises(SystemExit):
        load(copy)
