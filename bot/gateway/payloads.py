"""Which messages that begin with a slash are buttons of ours. Rasa would take any `/intent{...}` as certain."""

from __future__ import annotations

import json
from functools import lru_cache

from bot.gateway.copy import buttons
from knowledge.situation import DISTRICTS, MUNICIPALITIES, ViolenceType

# The chips of the widget: press one to be asked about it again.
FIELDS = ("perspective", "violence_types", "municipality", "district", "age_group")


def _payload(intent: str, entity: str, value: str) -> str:
    return f"/{intent}{json.dumps({entity: value}, ensure_ascii=False)}"


@lru_cache(maxsize=1)
def known_payloads() -> frozenset[str]:
    """Return every payload that the domain's buttons, the actions' buttons and the widget's chips send."""
    return frozenset(payload for _, payload in buttons()) | {
        *(_payload("inform", "municipality", name) for name in MUNICIPALITIES),
        *(_payload("inform", "district", name) for name in DISTRICTS),
        *(_payload("inform", "violence_type", kind) for kind in ViolenceType),
        *(_payload("change", "field", name) for name in FIELDS),
    }


def is_payload(text: str) -> bool:
    """Tell whether the text is exactly what one of our buttons sends."""
    return text in known_payloads()


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    return {title.casefold(): payload for title, payload in buttons()}


def from_title(text: str) -> str | None:
    """Return the payload of the button whose title was typed instead of pressed."""
    return _titles().get(text.strip().casefold())


def as_text(text: str) -> str:
    """Return typed text so that Rasa reads it as text, whatever it begins with."""
    return text.strip().lstrip("/").strip()
