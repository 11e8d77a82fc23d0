"""The choice among the services that fit: their points added up, the best first, and the lines for danger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from knowledge import ranking
from knowledge.eligibility import fits_person, is_alarm
from knowledge.ranking import is_acute_care, open_now
from knowledge.situation import Gender, Situation
from knowledge.types import Service

_RULES = (
    ranking.points_for_responsibility,
    ranking.points_for_violence_type,
    ranking.points_for_age,
    ranking.points_for_children,
    ranking.points_for_gender,
    ranking.points_for_needs,
    ranking.points_for_way_into_care,
    ranking.points_for_perpetrators,
    ranking.points_for_kind,
    ranking.points_for_exit,
    ranking.points_for_help_abroad,
    ranking.points_for_audience,
)


def points(service: Service, situation: Situation, now: datetime | None) -> int:
    """Return all points of a service in a situation."""
    is_open = open_now(service, now)
    return (
        sum(rule(service, situation) for rule in _RULES)
        + ranking.points_for_contact(service)
        + ranking.points_for_staffing(service)
        + ranking.points_for_freshness(service, now)
        + (6 if is_open else -4 if is_open is False else 0)
    )


def best_first(
    services: Iterable[Service], situation: Situation, now: datetime | None, limit: int
) -> tuple[Service, ...]:
    """Return the best `limit` services; a closed one stands after the open ones, social services always first.

    The order is stable: equal points keep the order of the facts.
    """
    chosen = sorted(services, key=lambda service: -points(service, situation, now))[:limit]
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


def staffed_lines(
    services: Iterable[Service], situation: Situation, now: datetime | None, limit: int
) -> tuple[Service, ...]:
    """Return the staffed lines right for that person in danger: open ones first, the fitting one before others.

    Kvinnofridslinjen for women and where the gender is not known, Stödlinjen för män for men, Bris for children, the
    line for those who use violence for them. If none takes this type of violence, the type is left out of account:
    in danger someone must answer.
    """
    lines = [service for service in services if "jour" in service.traits]
    found = [service for service in lines if fits_person(service, situation)]
    age_unknown = situation.age is None and situation.age_group is None
    sure = [one for one in found if open_now(one, now) is not False and not (age_unknown and one.max_age)]
    if not sure:
        anyone = Situation(
            perspective=situation.perspective,
            age=situation.age,
            age_group=situation.age_group,
            gender=situation.gender,
            needs=situation.needs,
        )
        found += [service for service in lines if service not in found and fits_person(service, anyone)]
    if situation.gender is None:
        # Not known is not a man: his line would turn most callers away.
        found = [service for service in found if service.gender in (None, Gender.WOMEN)] or found
    first, *others = best_first(found, situation, now, limit) or (None,)
    if first is None:
        return ()
    # A second line only where it adds something: it is made for the type, or is open when the first is closed.
    adding = [
        one
        for one in others
        if (one.violence_types & situation.violence_types and len(one.violence_types) < 3)
        or (open_now(first, now) is False and open_now(one, now) is not False)
    ]
    return (first, *adding)
