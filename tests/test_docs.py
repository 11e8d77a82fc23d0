"""What the documents promise exists: settings, commands and links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "SECURITY.md", *(ROOT / "docs").glob("*.md")])


def test_every_setting_is_documented() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "bot").rglob("*.py"))
    code += "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "knowledge").rglob("*.py"))
    used = set(re.findall(r"\b(?:LOTSEN|TEAMS)_[A-Z_]+", code))
    documented = set(re.findall(r"^((?:LOTSEN|TEAMS)_[A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert used == documented


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_make_targets_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"`make ([a-z-]+)", document.read_text(encoding="utf-8")))
    assert named <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_links_lead_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / link).exists(), link


def test_no_machine_or_registry_is_named() -> None:
    import subprocess

    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    named = re.compile(r'"resolved": "http|index-url =|registry = "http|(?<![\w.])/(?:work|root|farm)/')
    for name in files:
        file = ROOT / name
        if file.suffix in {".py", ".md", ".yml", ".yaml", ".toml", ".lock", ".json", ".js", ".html", ".css", ""}:
            text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
            assert not named.search(text) or name == "tests/test_docs.py", name
