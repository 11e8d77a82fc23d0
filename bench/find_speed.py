"""`python -m bench.find_speed`: how long one referral takes with 200 and with 20,000 services.

The services are those of the facts again and again, local ones moved through the municipalities. Times are of the
process, in milliseconds; what else the machine does is left out. Exit status 1 above the limits.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from knowledge.build import build
from knowledge.directory import load_directory
from knowledge.memory_directory import MemoryDirectory
from knowledge.situation import MUNICIPALITIES, Situation
from knowledge.types import Service
from tests.referrals.space import situations

LIMITS = {200: 2.0, 20_000: 20.0}  # services -> milliseconds that 95 % of the referrals may take
STEP = 211  # every STEP-th situation of the space
NOW = datetime(2026, 11, 24, 10, 30)


def many(services: Sequence[Service], count: int) -> list[Service]:
    """Return as many services as asked for: those given again and again, local ones in other municipalities."""
    found = []
    for number in range(count):
        one = services[number % len(services)]
        local = one.scope == "municipality" and one.kind != "socialtjanst"
        towns = (MUNICIPALITIES[number % 26],) if local else one.municipalities
        found.append(replace(one, id=f"{one.id}-{number}", name=f"{one.name} {number}", municipalities=towns))
    return found


def times(services: Sequence[Service], count: int, step: int = STEP) -> list[float]:
    """Return how long each referral took, in milliseconds, the shortest first."""
    directory = MemoryDirectory(many(services, count), (), {})
    spent = []
    for situation in [Situation.parse(values) for values in situations(step)]:
        start = time.process_time()
        directory.find(situation, NOW)
        spent.append(1000 * (time.process_time() - start))
    return sorted(spent)


def main() -> int:
    """Print the times and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/knowledge.db"
        build(url)
        services = load_directory(url).all()
    held = True
    for count, limit in LIMITS.items():
        spent = times(services, count)
        half, most = (spent[int(share * len(spent))] for share in (0.5, 0.95))
        held &= most <= limit
        print(
            f"find() with {count:6} services, {len(spent)} situations: half within {half:.2f} ms, "
            f"95 % within {most:.2f} ms (limit {limit:.0f} ms)"
        )
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
