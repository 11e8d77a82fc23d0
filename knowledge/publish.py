"""The one rule for what of the facts is shown to anyone.

1. An unverified phone number is never shown: it never becomes a `Phone`.
2. A service of low confidence is shown without phone numbers, with its link or chat; without either it is held back.
3. Social services and social emergency services are shown all the same: every municipality has them by law
   (Socialtjänstlagen 2025:400), and the person can ask 112 or the municipality for them by that name.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.types import Service

_BY_LAW = {"socialtjanst", "socialjour"}


def shown(service: Service) -> Service | None:
    """Return the service as it may be shown, or `None` when it is held back."""
    if service.confidence != "low":
        return service
    if service.url or service.chat or service.kind in _BY_LAW:
        return replace(service, phones=())
    return None
