"""What the gateway itself says, taken from the responses of domain.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DOMAIN = Path("domain.yml")


@lru_cache(maxsize=1)
def _domain() -> dict[str, Any]:
    return dict(yaml.safe_load(DOMAIN.read_text(encoding="utf-8")))


def say(response: str, **facts: object) -> str:
    """Return the text of a response with its variables filled in.

    Raises:
        KeyError: if domain.yml has no such response.
    """
    return str(_domain()["responses"][response][0]["text"]).format(**facts)


def buttons() -> frozenset[tuple[str, str]]:
    """Return title and payload of every button of domain.yml; braces are doubled there for Rasa's sake."""
    return frozenset(
        (button["title"], button["payload"].replace("{{", "{").replace("}}", "}"))
        for variants in _domain()["responses"].values()
        for variant in variants
        for button in variant.get("buttons", ())
    )
