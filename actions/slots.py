"""Slot names, and the only place that reads slots."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from rasa_sdk import Tracker

from knowledge.situation import Situation

SITUATION = tuple(field.name for field in fields(Situation))
SKIPPED = "skipped"
UNANSWERED = "unanswered"
PLACE_CANDIDATES = "place_candidates"
LIKELY_TYPES = "likely_types"
LIKELY_DANGER = "likely_danger"
LANGUAGE = "language"
MISUNDERSTOOD = "misunderstood"
TOPIC = "topic"
REFERRED = "referred"
TOLD_AT_ONCE = "told_at_once"
REQUESTED = "requested_slot"


def situation(tracker: Tracker) -> Situation:
    """Return the situation understood so far."""
    return Situation.parse({name: tracker.get_slot(name) for name in SITUATION})


def values(situation: Situation) -> dict[str, Any]:
    """Return the situation as slot values; what has not been said is `None`, so that the form asks for it."""
    plain = situation.to_dict() | {"gender": situation.gender and situation.gender.value}
    return {name: value if value not in ([], False) else None for name, value in plain.items()}
