"""The choice among the services that fit: the best first, and the lines for danger."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from knowledge.eligibility import is_alarm
from knowledge.ranking import is_acute_care, open_now
from knowledge.service_index import Mask, Points, ServiceIndex
from knowledge.situation import Situation
from knowledge.types import Service


def best_first(
    index: ServiceIndex, among: Mask, points: Points, now: datetime | None, limit: int
) -> tuple[Service, ...]:
    """Return the best `limit` services; a closed one stands after the open ones, social services always first.

    The order is stable: equal points keep the order of the facts.
    """
    numbers = np.flatnonzero(among)
    best = numbers[np.argsort(-points[numbers], kind="stable")[:limit]]
    chosen = [index.services[number] for number in best]
    return tuple(sorted(chosen, key=lambda service: (service.kind != "socialtjanst", open_now(service, now) is False)))


def acute_order(service: Service, situation: Situation) -> int:
    """112 first, then care that secures evidence, the line for suicide, the staffed line, the emergency services."""
    if is_alarm(service):
        return 0
    if is_acute_care(service, situation):
        return 1
    if "sjalvmord" in service.traits:
        return 2
    return 3 if "jour" in service.traits else 4


def staffed_lines(index: ServiceIndex, situation: Situation, now: datetime | None, limit: int) -> tuple[Service, ...]:
    """Return the staffed lines right for that person in danger: open ones first, the fitting one before others.

    Kvinnofridslinjen for women and where the gender is not known, Stödlinjen för män for men, Bris for children, the
    line for those who use violence for them. If none takes this type of violence, the type is left out of account:
    in danger someone must answer.
    """
    found = index.staffed & index.fitting(situation)
    age_unknown = situation.age is None and situation.age_group is None
    lines = (index.services[number] for number in np.flatnonzero(found))
    if not any(open_now(one, now) is not False and not (age_unknown and one.max_age) for one in lines):
        anyone = Situation(
            perspective=situation.perspective,
            age=situation.age,
            age_group=situation.age_group,
            gender=situation.gender,
            needs=situation.needs,
        )
        found |= index.staffed & index.fitting(anyone)
    if situation.gender is None:
        # Not known is not a man: his line would turn most callers away.
        for_anyone = found & ~index.for_men_or_trans
        found = for_anyone if for_anyone.any() else found
    first, *rest = best_first(index, found, index.points(situation, now), now, limit) or (None,)
    if first is None:
        return ()
    # A second line only where it adds something: it is made for the type, or is open when the first is closed.
    adding = [
        one
        for one in rest
        if (one.violence_types & situation.violence_types and len(one.violence_types) < 3)
        or (open_now(first, now) is False and open_now(one, now) is not False)
    ]
    return (first, *adding)
