"""What the gateway itself says, taken from the responses of domain.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

DOMAIN = Path("domain.yml")
# Language tag (BCP 47; "simple" is lättläst) -> the channel whose variants in domain.yml are said.
CHANNELS = {"sv": "web", "sv-simple": "web-simple", "en": "web-en"}
Language = Literal["sv", "sv-simple", "en"]


@lru_cache(maxsize=1)
def _domain() -> dict[str, Any]:
    return dict(yaml.load(DOMAIN.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def say(response: str, channel: str = "web", **facts: object) -> str:
    """Return the text of a response, the channel's own where it has one, with its variables filled in.

    Raises:
        KeyError: if domain.yml has no such response.
    """
    variants = _domain()["responses"][response]
    own = next((one for one in variants if one.get("channel") == channel), variants[0])
    return str(own["text"]).format(**facts)


def buttons() -> frozenset[tuple[str, str]]:
    """Return title and payload of every button of domain.yml; braces are doubled there for Rasa's sake."""
    return frozenset(
        (button["title"], button["payload"].replace("{{", "{").replace("}}", "}"))
        for variants in _domain()["responses"].values()
        for variant in variants
        for button in variant.get("buttons", ())
    )
