"""Training reads each file once: the way Rasa reads is the one that is replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rasa.shared.exceptions import YamlException
from rasa.shared.nlu.training_data import loading, training_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.utils import io

from bot.engine.training import fingerprint_at_once, merge_without_copies, read_in_c, read_once

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


ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", ["small_talk", "safety"])
def test_libyaml_reads_what_rasa_reads(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(io, "read_yaml", io.read_yaml)
    file = str(ROOT / "data" / "nlu" / f"{name}.yml")

    def read() -> list:
        return [
            (each.get("text"), each.get("intent"), each.get("metadata"))
            for each in loading.load_data(file).training_examples
        ]

    before = read()
    parsed = []
    load = yaml.load
    monkeypatch.setattr(yaml, "load", lambda *given, **more: parsed.append(given) or load(*given, **more))
    read_in_c()
    assert read() == before
    assert len(before) > 150
    assert len(parsed) == 1  # Rasa's check and its reader ask for the same content


def test_an_error_in_a_file_is_rasas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(io, "read_yaml", io.read_yaml)
    read_in_c()
    file = tmp_path / "broken.yml"
    file.write_text('version: "3.1"\nnlu:\n- intent: "affirm\n  examples: [', encoding="utf-8")
    with pytest.raises(YamlException, match=r"broken\.yml"):
        loading.load_data(str(file))


def test_merging_shares_the_sentences_and_changes_neither_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_data, "copy", training_data.copy)
    file = tmp_path / "two.yml"
    file.write_text(EXAMPLES, encoding="utf-8")
    one, two = (training_data.TrainingData(loading.load_data(str(file)).training_examples[at:]) for at in (0, 1))
    copied = one.merge(two)
    merge_without_copies()
    shared = one.merge(two)
    assert [each.as_dict() for each in shared.training_examples] == [
        each.as_dict() for each in copied.training_examples
    ]
    assert shared.training_examples[0] is one.training_examples[0]
    assert (len(one.training_examples), len(two.training_examples)) == (2, 1)


def test_sentences_are_told_apart_as_rasa_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Message, "fingerprint", Message.fingerprint)

    def which_are_equal() -> list[list[bool]]:
        said = [("ja", "affirm", {}), ("ja", "affirm", {}), ("jo", "affirm", {}), ("ja", "deny", {})]
        said.append(("ja", "affirm", {"example": {"needs": ["tolk"]}}))
        made = [Message({"text": text, "intent": intent, "metadata": more}) for text, intent, more in said]
        assert len(set(made)) == 4
        return [[one == other for other in made] for one in made]

    before = which_are_equal()
    fingerprint_at_once()
    assert which_are_equal() == before
