"""The joined answers are those of the rules, one service at a time; and they stay fast with many services."""

from __future__ import annotations

from datetime import datetime

from bench.find_speed import LIMITS, times
from knowledge import ranking
from knowledge.directory import ServiceDirectory
from knowledge.eligibility import covers_place, is_alarm
from knowledge.service_index import FITS, GROUPS, POINTS, ServiceIndex
from knowledge.situation import Situation
from knowledge.types import Service
from tests.referrals.space import situations

CLOCKS = (None, datetime(2026, 11, 24, 10, 30), datetime(2026, 11, 22, 3, 0))


def fits(service: Service, asked: Situation) -> bool:
    if is_alarm(service):
        return True
    if "sjalvmord" in service.traits:
        return asked.suicide_risk
    return all(rule(service, asked) for rule in FITS)


def points(service: Service, asked: Situation, now: datetime | None) -> int:
    is_open = ranking.open_now(service, now)
    timely = ranking.points_for_freshness(service, now) + (6 if is_open else -4 if is_open is False else 0)
    fixed = ranking.points_for_contact(service) + ranking.points_for_staffing(service)
    return fixed + timely + sum(rule(service, asked) for rule in POINTS)


def test_the_joined_answers_are_those_of_the_rules(directory: ServiceDirectory) -> None:
    index = ServiceIndex(directory.all())
    for number, values in enumerate(situations(307)):
        asked, now = Situation.parse(values), CLOCKS[number % 3]
        assert index.fitting(asked).tolist() == [fits(one, asked) for one in index.services], values
        assert index.points(asked, now).tolist() == [points(one, asked, now) for one in index.services], values
        assert index.near(asked).tolist() == [covers_place(one, asked) for one in index.services], values
        headings = [GROUPS[group] for group in index.headings(asked)]
        assert headings == [ranking.group_of(one, asked) for one in index.services], values


def test_a_referral_among_twenty_thousand_services_takes_milliseconds(directory: ServiceDirectory) -> None:
    """About 2 ms when the machine has nothing else to do; `python -m bench.find_speed` measures more closely."""
    spent = times(directory.all(), 20_000, step=1021)
    assert spent[int(0.95 * len(spent))] <= LIMITS[20_000]
