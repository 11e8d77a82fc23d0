"""Short Swedish labels (headings, reasons, names of codes) out of facts/labels.yaml."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from knowledge.facts import FACTS_DIRECTORY


@lru_cache(maxsize=1)
def labels() -> dict[str, Any]:
    """Return every label, read once."""
    found: dict[str, Any] = yaml.load(
        (FACTS_DIRECTORY / "labels.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return found


def group_title(group: str) -> str:
    """Return the heading of a group of services."""
    return str(labels()["groups"][group])


def reason(name: str, **values: object) -> str:
    """Return a reason in plain words, such as "13–26 år" or "hela länet"."""
    return str(labels()["reasons"][name]).format(**values)


def term(taxonomy: str, code: str) -> str:
    """Return the Swedish name of a code."""
    return str(labels()["terms"][taxonomy][code])
