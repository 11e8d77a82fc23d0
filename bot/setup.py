"""Builds what is missing or out of date before the assistant starts: the knowledge base and the models."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

MODELS = Path("models")
MODEL = MODELS / "lotsen.tar.gz"
STAMPS = Path("var")
# What the trained model depends on. Wording in domain.yml is carried in the model too, so it counts.
MODEL_INPUTS = (
    "config.yml",
    "domain.yml",
    "data",
    "bot/nlu",
    "knowledge/places.py",
    "knowledge/place_context.py",
    "knowledge/facts/gazetteer.yaml",
    "knowledge/facts/outside.yaml",
    "requirements.lock",
)


class SetupError(Exception):
    """A step failed; the text is a Swedish sentence for the person at the terminal."""


@dataclass(frozen=True)
class Step:
    """One thing to build: its name as shown, whether it is up to date, and how to build it."""

    name: str
    is_current: Callable[[], bool]
    build: Callable[[], None]


def fingerprint(inputs: Iterable[str]) -> str:
    """Return a hash of the files' names and contents, folders with all that is in them."""
    digest = hashlib.sha256()
    for name in inputs:
        top = Path(name)
        files = sorted(file for file in top.rglob("*") if file.is_file()) if top.is_dir() else [top]
        for file in files:
            if "__pycache__" not in file.parts:
                digest.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _run(*command: str) -> None:
    env = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false"}
    done = subprocess.run([sys.executable, *command], env=env, capture_output=True, text=True)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-30:])
        raise SetupError(f"{' '.join(command)} misslyckades:\n{tail}")


def _train() -> None:
    MODELS.mkdir(exist_ok=True)
    fresh = MODELS / "fresh.tar.gz"
    fresh.unlink(missing_ok=True)
    _run("-m", "rasa", "train", "--fixed-model-name", "fresh", "--out", str(MODELS), "--num-threads", "2")
    if not fresh.is_file():
        raise SetupError(
            "Träningen gav ingen modell. Kör `make check` för att se felet i config.yml, domain.yml eller data/."
        )
    fresh.rename(MODEL)
    _stamp().write_text(fingerprint(MODEL_INPUTS), encoding="utf-8")


def _stamp() -> Path:
    STAMPS.mkdir(exist_ok=True)
    return STAMPS / "model.sha256"


def _model_is_current() -> bool:
    stamp = _stamp()
    return MODEL.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint(MODEL_INPUTS)


def steps() -> tuple[Step, ...]:
    """Return the steps in order. Knowledge and name model tell themselves whether they are up to date."""
    return (
        Step("Kontrollerar fakta och bygger kunskapsbasen", lambda: False, lambda: _run("-m", "knowledge", "build")),
        Step("Tränar namnigenkänningen", lambda: False, lambda: _run("-m", "bot.privacy", "train")),
        Step("Tränar samtalsmodellen", _model_is_current, _train),
    )


def build(show: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
    """Run every step that is not up to date, showing each with its time.

    Raises:
        SetupError: when a step fails.
    """
    for number, step in enumerate(all_steps := steps(), 1):
        begun = clock()
        if step.is_current():
            show(f"[{number}/{len(all_steps)}] {step.name}: redan klart")
            continue
        show(f"[{number}/{len(all_steps)}] {step.name} …")
        step.build()
        show(f"[{number}/{len(all_steps)}] {step.name}: klart på {clock() - begun:.0f} s")
