"""Who may import whom (docs/architecture.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("knowledge", "actions", "bot")
# Package -> what of ours it may import besides itself. The longest name that fits a module decides.
ALLOWED = {
    "knowledge": (),
    "actions": ("knowledge",),
    "bot": ("knowledge",),
    "bot.transformer": (),
    "bot.privacy": ("bot.transformer",),
    "bot.nlu": ("knowledge", "bot.transformer"),
    "bot.tuning": ("bot.nlu", "bot.privacy"),  # makes what is kept in git; nothing of the product imports it
    "bot.engine": ("knowledge", "bot.privacy"),
    "bot.gateway": ("knowledge", "bot.privacy"),
}
# Packages that must not know the framework at all.
FORBIDDEN = {
    "knowledge": ("rasa", "rasa_sdk"),
    "bot.privacy": ("rasa", "rasa_sdk"),
    "bot.gateway": ("rasa", "rasa_sdk"),
}


def modules() -> list[Path]:
    return sorted(file for top in OURS for file in (ROOT / top).rglob("*.py"))


def imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            found.add(node.module or "")
    return found


def package(module: str) -> str:
    return max((name for name in ALLOWED if f"{module}.".startswith(f"{name}.")), key=len)


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(ROOT)))
def test_arrows(file: Path) -> None:
    module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
    home = package(module)
    for name in imports(file):
        if name.split(".")[0] in OURS:
            assert package(name) == home or any(f"{name}.".startswith(f"{may}.") for may in ALLOWED[home]), name
        assert name.split(".")[0] not in FORBIDDEN.get(home, ()), name


def test_there_is_something_to_check() -> None:
    assert len(modules()) > 30
