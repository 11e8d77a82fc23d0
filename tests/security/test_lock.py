"""What is installed is what was pinned, and nothing that we load can run code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from bench.audit import read_pins

ROOT = Path(__file__).resolve().parents[2]
UNPICKLING = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}


def test_every_package_is_pinned_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.findall(r"^[A-Za-z0-9][^\n]*\\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", lock, re.M)
    assert len(blocks) == len(read_pins(lock)) > 200
    assert not re.search(r"^(?:-e|--|git\+|https?:)", lock, re.M)


def test_they_are_installed_by_their_hashes_only() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "pip sync --quiet --require-hashes" in makefile
    assert not re.search(r"pip install (?!.*==)", makefile)


def test_nothing_of_ours_unpickles() -> None:
    loads = []
    for file in (file for top in ("bot", "actions", "knowledge") for file in (ROOT / top).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            loads += [f"{file}: {name}" for name in names if name.split(".")[0] in UNPICKLING]
            if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
                loads.append(f"{file}: allow_pickle")
    assert loads == []
