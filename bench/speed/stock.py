"""Stock Rasa as `rasa init` leaves it, with our sentences, rules, domain and actions: the measure of the figures.

`CHANGES` says what differs from that, and is printed with the figures.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from bot.setup import MODEL_INPUTS, fingerprint

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "var/bench"
CHANGES = (
    "language: sv instead of en.",
    "The channel `rest` and the action endpoint are switched on; both are comments in what `rasa init` writes.",
    "`enable_selective_domain: true`, as in our endpoints.yml: without it Rasa sends the whole domain with every call "
    "of an action. This makes Rasa faster, and the ratios smaller.",
    "TEDPolicy and UnexpecTEDIntentPolicy learn from stories only. data/stories holds rules, so that Rasa skips their "
    "training by itself, and nothing is predicted by them.",
    "Our actions read what is known of the situation out of facets. Rasa's pipeline sets none, so free text gives an "
    "intent only, and what is known comes from buttons. Rasa therefore does less in a turn: fewer facts to merge, and "
    "fewer referrals.",
    "The message's metadata with the facets (data/nlu) stands in the training data, and Rasa ignores it.",
)
ENDPOINTS = {"action_endpoint": {"url": "http://127.0.0.1:{port}/webhook", "enable_selective_domain": True}}


def config(epochs: int) -> dict[str, Any]:
    """Return the configuration that Rasa takes when it is given none, in Swedish and with so many epochs."""
    default = Path(str(files("rasa") / "engine/recipes/config_files/default_config.yml"))
    settings: dict[str, Any] = yaml.safe_load(default.read_text(encoding="utf-8"))
    settings |= {"language": "sv", "assistant_id": "stock"}
    for part in (*settings["pipeline"], *settings["policies"]):
        if "epochs" in part:
            part["epochs"] = epochs
    return settings


@dataclass(frozen=True)
class Project:
    """A trained project: its folder, the model in it, and what training it took."""

    folder: Path
    model: Path
    seconds: float
    cpu_seconds: float


def environment() -> dict[str, str]:
    """Return the environment of every Rasa process; the actions are found through the Python path."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "LOG_LEVEL": "WARNING",
    }


def stock_project(epochs: int, older: bool = False) -> Project:
    """Return the stock project, trained now unless one of the same content is kept in var/bench.

    With `older` the latest one kept is taken as it is, whatever sentences it was trained on: for a quick look.
    """
    kept = sorted(HOME.glob("stock-*/training.json"), key=lambda done: done.stat().st_mtime)
    if older and kept:
        return _project(kept[-1].parent)
    settings = yaml.safe_dump(config(epochs), sort_keys=False)
    return _trained("stock", {"config.yml": settings, "credentials.yml": "rest:\n"}, ("domain.yml", "data"))


def own_project() -> Project:
    """Return Lotsen's own sentences and rules, trained by the same command, to know what that takes."""
    return _trained("lotsen", {}, MODEL_INPUTS)


def _trained(name: str, written: dict[str, str], inputs: tuple[str, ...]) -> Project:
    content = fingerprint(str(ROOT / one) for one in inputs) + version("rasa") + json.dumps(written)
    folder = HOME / f"{name}-{hashlib.sha256(content.encode()).hexdigest()[:16]}"
    done = folder / "training.json"
    if not done.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copytree(ROOT / "data", folder / "data")
        for file in ("domain.yml", "config.yml"):
            shutil.copy(ROOT / file, folder)
        for file, text in written.items():
            (folder / file).write_text(text, encoding="utf-8")
        done.write_text(json.dumps(_train(folder)), encoding="utf-8")
    return _project(folder)


def _project(folder: Path) -> Project:
    took = json.loads((folder / "training.json").read_text(encoding="utf-8"))
    return Project(folder, folder / "models/model.tar.gz", **took)


def _train(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", "-m", "rasa", "train", "--force", "--fixed-model-name", "model"]
    begun, before = time.perf_counter(), os.times()
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True)
    after = os.times()
    if done.returncode or not (folder / "models/model.tar.gz").is_file():
        raise RuntimeError(f"rasa train failed in {folder}:\n{(done.stdout + done.stderr)[-3000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": time.perf_counter() - begun, "cpu_seconds": cpu}


def write_endpoints(folder: Path, action_port: int) -> None:
    """Tell Rasa where its action server is."""
    text = yaml.safe_dump(ENDPOINTS).replace("{port}", str(action_port))
    (folder / "endpoints.yml").write_text(text, encoding="utf-8")


def commands(stock: Project, port: int, action_port: int) -> dict[str, list[str]]:
    """Return the two commands of a stock assistant, as its manual has them."""
    rasa = [sys.executable, "-W", "ignore", "-m", "rasa", "run"]
    return {
        "rasa": [*rasa, "--model", str(stock.model), "--port", str(port), "--interface", "127.0.0.1"],
        "actions": [*rasa, "actions", "--actions", "actions", "--port", str(action_port)],
    }
