"""Building and starting: what is told when something is wrong."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __main__ as run
from bot import setup

ROOT = Path(__file__).resolve().parents[2]


def test_fingerprint_follows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("ett")
    first = setup.fingerprint([str(tmp_path)])
    assert first == setup.fingerprint([str(tmp_path)])
    (tmp_path / "a.yml").write_text("två")
    second = setup.fingerprint([str(tmp_path)])
    (tmp_path / "a.yml").rename(tmp_path / "b.yml")
    assert len({first, second, setup.fingerprint([str(tmp_path)])}) == 3


def test_what_the_model_depends_on_exists() -> None:
    assert all((ROOT / name).exists() for name in setup.MODEL_INPUTS + setup.WORDS_INPUTS)


def test_only_what_is_out_of_date_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str] = []
    steps = (
        setup.Step("Gammalt", lambda: False, lambda: built.append("gammalt")),
        setup.Step("Nytt", lambda: True, lambda: built.append("nytt")),
    )
    monkeypatch.setattr(setup, "steps", lambda: steps)
    shown: list[str] = []
    setup.build(shown.append)
    assert built == ["gammalt"]
    assert shown[-1] == "[2/2] Nytt: redan klart"


def test_built_once_until_an_input_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.txt").write_text("ett")
    output = Path("out.bin")
    step = setup._once("Steg", output, ("in.txt",), lambda: output.write_text("byggt") and None)
    assert not step.is_current()
    step.build()
    assert step.is_current()
    Path("in.txt").write_text("två")
    assert not step.is_current()
    step.build()
    output.unlink()
    assert not step.is_current()


def test_a_failing_step_says_what_failed() -> None:
    with pytest.raises(setup.SetupError, match="misslyckades"):
        setup._run("-c", "import sys; sys.exit('trasigt')")


def test_failed_setup_stops_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(show: object) -> None:
        raise setup.SetupError("services.yaml, origo: trasigt.")

    monkeypatch.setattr(run, "build", fail)
    assert run.main([]) == 1
    assert "services.yaml, origo" in capsys.readouterr().out


def test_taken_port_stops_with_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run, "build", lambda show: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("LOTSEN_PORT", str(port))
        assert run.main([]) == 1
    out = capsys.readouterr().out
    assert str(port) in out
    assert "används redan" in out


def test_missing_model_stops_the_engine_with_a_sentence(tmp_path: Path) -> None:
    env = {**os.environ, "LOTSEN_MODEL": str(tmp_path / "ingen.tar.gz"), "LOTSEN_ENGINE_SECRET": "x" * 40}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot.engine"], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "ingen tränad modell" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_knowledge_base_is_asked_only_when_something_was_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LOTSEN_DATABASE_URL", raising=False)
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge/facts.yaml").write_text("ett")
    setup.STAMPS.mkdir()

    def built(*command: str) -> None:
        setup.DATABASE.write_text("byggt")

    monkeypatch.setattr(setup, "_run", built)
    step = setup._knowledge()
    assert not step.is_current()
    step.build()
    assert step.is_current()
    (tmp_path / "knowledge/facts.yaml").write_text("två")
    assert not step.is_current()
    step.build()
    setup.DATABASE.write_text("något annat")
    assert not step.is_current()
    step.build()
    monkeypatch.setenv("LOTSEN_DATABASE_URL", "postgresql://lotsen@127.0.0.1/lotsen")
    assert not step.is_current()
    monkeypatch.delenv("LOTSEN_DATABASE_URL")
    setup.DATABASE.unlink()
    assert not step.is_current()


def test_facts_edited_while_the_knowledge_base_is_built_count_as_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "knowledge").mkdir()
    setup.STAMPS.mkdir()

    def built(*command: str) -> None:
        setup.DATABASE.write_text("byggt")
        (tmp_path / "knowledge/facts.yaml").write_text("ändrat")

    monkeypatch.setattr(setup, "_run", built)
    step = setup._knowledge()
    step.build()
    assert not step.is_current()


def test_what_is_built_may_use_every_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine takes one for its linear algebra; training, which imports it, would take twice as long."""
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    setup._run("-c", "import bot.engine, os; assert os.environ['OPENBLAS_NUM_THREADS'] == str(os.cpu_count())")
