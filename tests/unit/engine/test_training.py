"""Training reads each file once: the way Rasa reads is the one that is replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.training_data import loading

from bot.engine.training import read_once

EXAMPLES = 'version: "3.1"\nnlu:\n- intent: affirm\n  examples: |\n    - ja\n    - jo\n'


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    real = loading._load
    monkeypatch.setattr(loading, "_load", lambda *given: calls.append(given) or real(*given))
    file = tmp_path / "one.yml"
    file.write_text(EXAMPLES, encoding="utf-8")
    read_once()
    first, second = loading.load_data(str(file)), loading.load_data(str(file))
    assert len(calls) == 1
    assert [example.get("text") for example in second.intent_examples] == ["ja", "jo"]
    assert first.intents == second.intents == {"affirm"}
