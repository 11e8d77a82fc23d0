"""Builds what is missing or out of date before the assistant starts: the knowledge base, the words, the model."""

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
WORDS = Path("var/privacy/words.txt")
DATABASE = Path("var/knowledge.db")
# What each depends on. Wording in domain.yml is carried in the model too, so it counts.
WORDS_INPUTS = ("bot/privacy/lists", "bot/privacy/names", "data/nlu", "knowledge/facts", "requirements.lock")
MODEL_INPUTS = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/stories",
    "bot/nlu",
    "knowledge/places.py",
    "knowledge/place_context.py",
    "knowledge/place_cues.py",
    "knowledge/place_names.py",
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
    env.setdefault("OPENBLAS_NUM_THREADS", str(os.cpu_count()))  # the engine, which training imports, takes one
    done = subprocess.run([sys.executable, *command], env=env, capture_output=True, text=True)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-30:])
        raise SetupError(f"{' '.join(command)} misslyckades:\n{tail}")


def _train() -> None:
    MODELS.mkdir(exist_ok=True)
    fresh = MODELS / "fresh.tar.gz"
    fresh.unlink(missing_ok=True)
    _run("-m", "bot.engine.training", "--fixed-model-name", "fresh", "--out", str(MODELS), "--num-threads", "2")
    if not fresh.is_file():
        raise SetupError(
            "Träningen gav ingen modell. Kör `make check` för att se felet i config.yml, domain.yml eller data/."
        )
    fresh.rename(MODEL)


def _once(name: str, output: Path, inputs: tuple[str, ...], make: Callable[[], None]) -> Step:
    """Return a step that is run again only when its inputs have changed since, or its output is gone."""
    stamp = STAMPS / f"{output.name}.sha256"

    def is_current() -> bool:
        return output.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint(inputs)

    def make_and_stamp() -> None:
        before = fingerprint(inputs)  # an edit made meanwhile must count as a change
        make()
        STAMPS.mkdir(exist_ok=True)
        stamp.write_text(before, encoding="utf-8")

    return Step(name, is_current, make_and_stamp)


def _knowledge() -> Step:
    """Return the step for the knowledge base.

    It tells by itself whether it is up to date, in a second; here that second is saved when neither it nor the facts
    and the code beside it have been touched. A database server is always asked.
    """
    stamp = STAMPS / f"{DATABASE.name}.sha256"

    def now() -> str:
        status = DATABASE.stat()
        return f"{fingerprint(('knowledge',))} {status.st_mtime_ns} {status.st_size}"

    def is_current() -> bool:
        if os.environ.get("LOTSEN_DATABASE_URL") or not (DATABASE.is_file() and stamp.is_file()):
            return False
        return stamp.read_text(encoding="utf-8") == now()

    def make_and_stamp() -> None:
        before = fingerprint(("knowledge",))
        _run("-m", "knowledge", "build")
        if DATABASE.is_file() and now().startswith(before):  # an edit made meanwhile must count as a change
            stamp.write_text(now(), encoding="utf-8")

    return Step("Kontrollerar fakta och bygger kunskapsbasen", is_current, make_and_stamp)


def steps() -> tuple[Step, ...]:
    """Return the steps in order."""
    return (
        _knowledge(),
        _once("Samlar vanliga ord", WORDS, WORDS_INPUTS, lambda: _run("-m", "bot.privacy", "words")),
        _once("Tränar samtalsmodellen", MODEL, MODEL_INPUTS, _train),
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
