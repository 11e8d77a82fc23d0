"""Rasa's own checks, run the way its users run them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODEL = "models/lotsen.tar.gz"


# Rasa's own reader takes minutes for our sentences; test_training.py shows that libyaml reads the same.
QUICKLY = "from bot.engine.training import main, read_in_c, read_once; read_once(); read_in_c(); main()"


def rasa(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a Rasa command from the root of the repository."""
    env = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false"}
    command = [sys.executable, "-W", "ignore", "-c", QUICKLY, *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)


def test_data_is_valid() -> None:
    done = rasa("data", "validate", "--fail-on-warnings")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_stories_are_predicted(tmp_path: Path) -> None:
    done = rasa("test", "core", "--stories", "tests/stories", "--model", MODEL, "--out", str(tmp_path),
                "--no-plot", "--fail-on-prediction-errors")  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


@pytest.mark.parametrize("intent", ["locate_victim", "hotline"])
def test_a_story_that_is_wrong_fails(tmp_path: Path, intent: str) -> None:
    """The check above can fail: no story may answer these with the goodbye."""
    steps = f"  - intent: {intent}\n  - action: utter_about_goodbye\n"
    story = f'version: "3.1"\nstories:\n- story: wrong\n  steps:\n{steps}'
    (tmp_path / "test_wrong.yml").write_text(story, encoding="utf-8")
    done = rasa("test", "core", "--stories", str(tmp_path), "--model", MODEL, "--out", str(tmp_path / "out"),
                "--no-plot", "--fail-on-prediction-errors")  # fmt: skip
    assert done.returncode != 0
