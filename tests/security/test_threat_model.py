"""The threat model promises nothing that is not there: its files and tests exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w./-]+\.(?:py|js|yml|yaml|md|html|lock|example))(?:::(\w+))?`", MODEL)))


def test_every_file_and_test_exists() -> None:
    assert len(NAMED) > 50
    for name, test in NAMED:
        file = ROOT / name
        assert file.is_file() or name == "changes.yaml", name
        assert not test or f"def {test}(" in file.read_text(encoding="utf-8"), f"{name}::{test}"


def test_every_threat_says_how_it_is_shown_and_what_is_left() -> None:
    rows = [row for row in MODEL.splitlines() if re.match(r"\| [STRIDE](?: [STRIDE])* \|", row)]
    assert len(rows) > 30
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 6, row
        assert all(cells), row
