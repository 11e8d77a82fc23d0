"""The enumerated space of situations: places × types × ages × who is asking × circumstances, about 100,000."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.referrals.facts import municipalities, services

TYPES = (
    (),
    ("nara_relation",),
    ("heder",),
    ("prostitution",),
    ("manniskohandel",),
    ("sexuellt",),
    ("nara_relation", "sexuellt"),
    ("heder", "nara_relation"),
)
AGES = (None, 6, 12, 15, 17, 18, 24, 27, 45, 65, 80)
PERSPECTIVES = (None, "utsatt", "anhorig", "yrkesverksam", "utovare")
NEEDS = (
    "skyddat_boende",
    "stodsamtal",
    "ekonomiskt_bistand",
    "vard",
    "rattsintyg",
    "sparsakring",
    "polisanmalan",
    "juridik",
    "tolk",
    "barnstod",
    "chatt",
    "anonymt",
    "skyddade_uppgifter",
    "exit",
    "behandling_utovare",
    "radgivning",
)


def places() -> list[dict[str, str]]:
    """Every municipality, every district of Stockholm, outside the county, and nothing said."""
    districts = sorted({district for service in services().values() for district in service["districts"]})
    return [
        *({"municipality": name} for name in municipalities()),
        *({"municipality": "Stockholm", "district": name} for name in districts),
        {"municipality": "utanfor_lanet"},
        {},
    ]


def _circumstances(index: int) -> list[dict[str, Any]]:
    """Six circumstances of one combination; one need takes its turn by `index`, so that all meet all by and by."""
    need = [NEEDS[index % len(NEEDS)]]
    return [
        {},
        {"emergency": True, "gender": (None, "women", "men", "trans")[index % 4]},
        {"suicide_risk": True, "child_at_risk": index % 2 == 0},
        {"gender": "women", "needs": need},
        {"gender": "men", "needs": need},
        {"gender": (None, "trans")[index % 2], "needs": need, "child_at_risk": index % 3 == 0},
    ]


def situations(step: int = 1) -> Iterator[dict[str, Any]]:
    """Every `step`-th situation of the space as plain values for `Situation.parse`, always in the same order."""
    count = 0
    for index, (place, types, age, perspective) in enumerate(product(places(), TYPES, AGES, PERSPECTIVES)):
        for circumstance in _circumstances(index):
            if count % step == 0:
                yield {"perspective": perspective, "violence_types": list(types), "age": age, **place, **circumstance}
            count += 1
