"""The graph component's promise to Rasa."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu import component


def test_a_changed_rule_means_a_new_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(component, "__file__", str(tmp_path / "component.py"))
    (tmp_path / "danger.yaml").write_text("a")
    before = component.SituationReader.fingerprint_addon({})
    (tmp_path / "danger.yaml").write_text("b")
    assert component.SituationReader.fingerprint_addon({}) != before
