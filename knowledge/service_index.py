"""Every rule's answer for all services at once, kept by what of the situation that rule looks at.

A rule looks at little (the type of violence, the age, who asks), so that its answers recur from question to question.
The rules stay pure functions of one service; here they only are asked once for each thing they look at, and the
answers of all rules are joined as arrays: microseconds, for 20,000 services too.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge import eligibility, ranking
from knowledge.hours import local_time
from knowledge.situation import Gender, Need, Situation, ViolenceType
from knowledge.types import Service

Mask = npt.NDArray[np.bool_]
Points = npt.NDArray[np.int32]
GROUPS = tuple(ranking.LIMITS)
_KEPT = 512  # answers kept of each rule: all there are, save of rules that look at the needs together


def _who(asked: Situation) -> Hashable:
    children = (
        eligibility.is_known_child(asked),
        eligibility.may_be_child(asked),
        eligibility.concerns_children(asked),
        asked.age is None and asked.age_group is None,
    )
    return asked.perspective, children, Need.PERPETRATOR_TREATMENT in asked.needs


def _types(asked: Situation) -> Hashable:
    return asked.violence_types


def _ages(asked: Situation) -> Hashable:
    return asked.ages, asked.perspective, asked.age is None and asked.age_group is None


def _kind(asked: Situation) -> Hashable:
    return asked.violence_types, eligibility.is_known_child(asked)


def _danger(asked: Situation) -> Hashable:
    return asked.emergency, asked.child_at_risk, bool(asked.violence_types)


def _heading(asked: Situation) -> Hashable:
    recent = asked.emergency or Need.FORENSIC_EVIDENCE in asked.needs
    return asked.perspective, asked.emergency, recent and ViolenceType.SEXUAL in asked.violence_types


def _needs(asked: Situation) -> Hashable:
    return asked.needs


def _gender(asked: Situation) -> Hashable:
    return asked.gender


def _place(asked: Situation) -> Hashable:
    return asked.municipality, asked.district


# Rule -> what it looks at. A test holds the joined answers to the rules themselves.
FITS: dict[Callable[[Service, Situation], bool], Callable[[Situation], Hashable]] = {
    eligibility.keeps_sides_apart: _who,
    eligibility.takes_audience: _who,
    eligibility.takes_violence_type: _types,
    eligibility.takes_age: _ages,
    eligibility.takes_gender: _gender,
    eligibility.is_safe_now: _danger,
    eligibility.is_about_violence: _danger,
    eligibility.is_about_this: _who,
    eligibility.answers_the_errand: _needs,
}
POINTS: dict[Callable[[Service, Situation], int], Callable[[Situation], Hashable]] = {
    ranking.points_for_responsibility: lambda asked: None,
    ranking.points_for_violence_type: _types,
    ranking.points_for_age: _ages,
    ranking.points_for_children: _who,
    ranking.points_for_gender: _gender,
    ranking.points_for_needs: _needs,
    ranking.points_for_way_into_care: _needs,
    ranking.points_for_perpetrators: _who,
    ranking.points_for_kind: _kind,
    ranking.points_for_exit: _types,
    ranking.points_for_help_abroad: _types,
    ranking.points_for_audience: _who,
}


class _Alike:
    """Services that are the same for some purpose; what is found out about one of them holds for all."""

    def __init__(self, services: Sequence[Service], key: Callable[[Service], Hashable]) -> None:
        numbers: dict[Hashable, int] = {}
        self.numbers = np.array([numbers.setdefault(key(one), len(numbers)) for one in services], np.intp)
        firsts = np.unique(self.numbers, return_index=True)[1]
        self._examples = [services[first] for first in firsts]

    def each(self, ask: Callable[[Service], Any], kind: type) -> npt.NDArray[Any]:
        """Ask one of each and return the answers for all."""
        return np.array([ask(one) for one in self._examples], kind)[self.numbers]


def _whom(one: Service) -> Hashable:
    """All that a rule may read of a service, but for the place."""
    ways = (bool(one.chat), one.languages, one.interpreter, one.anonymous)
    ages = (one.min_age, one.max_age, one.gender)
    return one.kind, one.scope, one.violence_types, one.audience, one.support, one.traits, ages, ways


def _where(one: Service) -> Hashable:
    return one.kind, one.scope, one.municipalities, one.districts


def _when(one: Service) -> Hashable:
    return one.opening, one.checked, one.confidence


class ServiceIndex:
    """The services of a directory and the rules' answers; every array is in the order of `services`."""

    def __init__(self, services: Sequence[Service]) -> None:
        self.services = tuple(services)
        whom, self._times = _Alike(self.services, _whom), _Alike(self.services, _when)
        self._fits = [_kept(whom, rule, looks_at, np.bool_) for rule, looks_at in FITS.items()]
        self._points = [_kept(whom, rule, looks_at, np.int32) for rule, looks_at in POINTS.items()]
        self._headings = _kept(whom, lambda one, asked: GROUPS.index(ranking.group_of(one, asked)), _heading, np.int8)
        self._places = _kept(_Alike(self.services, _where), eligibility.covers_place, _place, np.bool_)
        self._always = self.where(eligibility.is_alarm)
        self._suicidal = self.where(lambda one: "sjalvmord" in one.traits)
        self.staffed = self.where(lambda one: "jour" in one.traits)
        self.for_men_or_trans = self.where(lambda one: one.gender in (Gender.MEN, Gender.TRANS))
        fixed = [ranking.points_for_contact(one) + ranking.points_for_staffing(one) for one in self.services]
        self._fixed = np.array(fixed, np.int32)
        self._timely = lru_cache(maxsize=8)(self._points_at)

    def where(self, holds: Callable[[Service], bool]) -> Mask:
        """Return where something holds of a service, whatever the situation."""
        return np.array([holds(one) for one in self.services], np.bool_)

    def fitting(self, asked: Situation) -> Mask:
        """Return where every rule but that of the place says yes.

        112 is for everyone, the line for suicide for whoever thinks of it, whatever the other rules say.
        """
        found: Mask = ~self._suicidal
        for kept in self._fits:
            found &= kept(asked)
        if asked.suicide_risk:
            found |= self._suicidal
        return found | self._always

    def near(self, asked: Situation) -> Mask:
        """Return where a service takes people from that place."""
        found: Mask = self._places(asked)
        return found

    def headings(self, asked: Situation) -> npt.NDArray[np.int8]:
        """Return the heading that each service stands under, as its number in GROUPS."""
        found: npt.NDArray[np.int8] = self._headings(asked)
        return found

    def points(self, asked: Situation, now: datetime | None) -> Points:
        """Return the sum of all points of each service."""
        minute = None if now is None else local_time(now).replace(second=0, microsecond=0)
        total: Points = self._fixed + self._timely(minute)
        for kept in self._points:
            total += kept(asked)
        return total

    def _points_at(self, now: datetime | None) -> Points:
        """Points for fresh facts and for being open: an open service comes before one whose hours are not known."""
        worth = {True: 6, None: 0, False: -4}
        return self._times.each(
            lambda one: ranking.points_for_freshness(one, now) + worth[ranking.open_now(one, now)], np.int32
        )


def _kept(
    alike: _Alike, rule: Callable[[Service, Situation], Any], looks_at: Callable[[Situation], Hashable], kind: type
) -> Callable[[Situation], npt.NDArray[Any]]:
    """Return the rule's answers for all services, each worked out once for what the rule looks at."""
    answers: OrderedDict[Hashable, npt.NDArray[Any]] = OrderedDict()

    def kept(asked: Situation) -> npt.NDArray[Any]:
        key = looks_at(asked)
        found = answers.get(key)
        if found is None:
            found = answers[key] = alike.each(lambda one: rule(one, asked), kind)
            if len(answers) > _KEPT:
                answers.popitem(last=False)
        return found

    return kept
