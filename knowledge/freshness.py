"""Which facts are due for a check, grouped by municipality, and the e-mail that asks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from knowledge.ranking import months_old
from knowledge.types import Service

NATIONAL, COUNTY = "Hela landet", "Hela länet"


def due(services: Iterable[Service], now: datetime, months: int) -> dict[str, list[Service]]:
    """Return services with no dated source or one older than `months`, by place; the undated and oldest first."""
    found: dict[str, list[Service]] = defaultdict(list)
    for service in services:
        age = months_old(service, now)
        if age is None or age > months:
            for place in service.municipalities or (NATIONAL if service.scope == "national" else COUNTY,):
                found[place].append(service)
    wide = {NATIONAL: 0, COUNTY: 1}
    return {
        place: sorted(found[place], key=lambda service: (service.checked or "", service.name))
        for place in sorted(found, key=lambda place: (wide.get(place, 2), place))
    }


def table(groups: dict[str, list[Service]]) -> str:
    """Return the list as text: place, then service, month of its newest dated source and where it can be checked."""
    lines = []
    for place, services in groups.items():
        lines.append(f"\n{place} ({len(services)})")
        for service in services:
            where = service.url or service.source or "-"
            lines.append(f"  {service.checked or 'odaterad':8}  {service.id:45}  {where}")
    return "\n".join(lines).strip()


def email(place: str, services: list[Service]) -> str:
    """Return a draft that asks a municipality to check what stands about its services."""
    lines = [
        f"Ämne: Stämmer uppgifterna om stöd vid våld i {place}?",
        "",
        "Hej!",
        "",
        f"Lotsen hänvisar den som utsätts för våld till rätt stöd. Här är det som står om {place}.",
        "Skriv vad som ska ändras, eller svara att allt stämmer.",
    ]
    for service in services:
        numbers = ", ".join(phone.number for phone in service.phones)
        lines += [
            "",
            service.name,
            f"  Telefon: {numbers or 'saknas'}",
            f"  Öppettider: {service.hours or 'saknas'}",
            f"  Webb: {service.url or 'saknas'}",
            f"  Senast daterad källa: {service.checked or 'ingen'}",
        ]
    return "\n".join(lines)
