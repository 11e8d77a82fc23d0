"""A directory over services and topics held in memory: the rules of the knowledge base, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

import numpy as np

from knowledge.choice import acute_order, best_first, staffed_lines
from knowledge.directory import ServiceDirectory
from knowledge.eligibility import is_alarm
from knowledge.guidance import topics_for
from knowledge.labels import group_title
from knowledge.names import NameIndex
from knowledge.questions import QuestionIndex
from knowledge.ranking import LIMITS
from knowledge.reasons import match
from knowledge.service_index import GROUPS, Mask, ServiceIndex
from knowledge.situation import AgeGroup, Need, Perspective, Situation, ViolenceType
from knowledge.types import Group, Match, Referral, Service, Topic

MOST_HOTLINES = 8
_LINE_KINDS = {"stodlinje", "kvinnojour", "tjejjour", "brottsofferjour", "radgivning", "mottagning", "resurscentrum"}
# Reached through an office or another authority: not a line to ring.
_NOT_LINES = {"via_socialtjansten", "inte_vid_vald", "annat_amne", "om_barn", "rattsvasende"}

_RARE = {ViolenceType.PROSTITUTION, ViolenceType.TRAFFICKING}


class MemoryDirectory(ServiceDirectory):
    """Answers every question of the port from what it was given; the services are those that may be shown."""

    def __init__(
        self, services: Sequence[Service], topics: Sequence[Topic], questions: Mapping[str, Sequence[str]]
    ) -> None:
        self._services = tuple(services)
        self._index = ServiceIndex(self._services)
        self._number = {service.id: number for number, service in enumerate(self._services)}
        self._topics = {topic.id: topic for topic in topics}
        self._questions = questions
        self._alarm = self._index.where(is_alarm)
        self._suicide_lines = self._index.where(lambda one: "sjalvmord" in one.traits)
        self._on_duty = self._index.where(lambda one: one.kind == "socialjour" and bool(one.phones))
        self._lines = self._index.where(_is_line)
        self._receptions = self._index.where(lambda one: one.kind == "mottagning" and one.scope == "municipality")

    @property
    def stale(self) -> bool:
        return False

    def find(self, situation: Situation, now: datetime | None = None) -> Referral:
        asked = situation.completed()
        shown = self._index.near(asked) & self._index.fitting(asked)
        headings, points = self._index.headings(asked), self._index.points(asked, now)
        acute = shown & (headings == GROUPS.index("akut")) & ~self._index.staffed
        in_danger = asked.emergency or asked.suicide_risk
        if in_danger or asked.perspective is not Perspective.PROFESSIONAL:  # somebody who answers, in view at once
            for service in staffed_lines(self._index, asked, now, limit=2 if in_danger else 1):
                acute[self._number[service.id]] = True
        groups = []
        for number, group in enumerate(GROUPS):
            among = acute if group == "akut" else shown & (headings == number) & ~acute
            chosen = best_first(self._index, among, points, now, LIMITS[group])
            if group == "akut":
                chosen = tuple(sorted(chosen, key=lambda service: acute_order(service, asked)))
            if chosen:
                matches = tuple(match(service, asked, now) for service in chosen)
                groups.append(Group(group, group_title(group), matches))
        return Referral(asked, tuple(groups), self.topics(asked))

    def hotlines(self, situation: Situation, now: datetime | None = None) -> tuple[Match, ...]:
        asked = situation.completed()
        lines = self._lines & self._index.fitting(asked) & self._reached(asked)
        among = lines if lines.any() else self._alarm
        chosen = best_first(self._index, among, self._index.points(asked, now), now, MOST_HOTLINES)
        return tuple(match(service, asked, now) for service in chosen)

    def _reached(self, asked: Situation) -> Mask:
        """Near; where no municipality is said, also a local reception for a type that few others know well."""
        near = self._index.near(asked)
        if asked.municipality is None:
            rare = _RARE & asked.violence_types
            near = near | (self._receptions & self._index.where(lambda one: bool(one.violence_types & rare)))
        return near & self._index.where(lambda one: _answers(one, asked))

    def all_hotlines(self, now: datetime | None = None) -> tuple[Match, ...]:
        wide = [service for service in self._services if service.scope in ("national", "county")]
        lines = [one for one in wide if one.kind == "stodlinje" or ((one.phones or one.chat) and one.kind != "polis")]
        ordered = sorted(lines, key=lambda one: ("larm" not in one.traits, one.name.lower()))
        return tuple(match(service, Situation(), now) for service in ordered)

    def emergency(self, situation: Situation, now: datetime | None = None) -> tuple[Match, ...]:
        asked = situation.completed()
        first = self._alarm | self._suicide_lines if asked.suicide_risk else self._alarm
        on_duty = self._on_duty & self._index.near(asked) & self._index.fitting(asked)
        staffed = list(staffed_lines(self._index, asked, now, limit=2))
        if asked.perspective is Perspective.EXPOSED and asked.child_at_risk and asked.age_group is None:
            child = replace(asked, age_group=AgeGroup.CHILD)  # perhaps it is the child that writes
            staffed += [line for line in staffed_lines(self._index, child, now, limit=1) if line not in staffed]
        chosen = [*self._of(first), *staffed, *self._of(on_duty)]
        return tuple(match(service, asked, now) for service in chosen)

    def _of(self, among: Mask) -> list[Service]:
        return [self._services[number] for number in np.flatnonzero(among)]

    def topics(self, situation: Situation) -> tuple[Topic, ...]:
        return topics_for(situation.completed(), self._topics)

    def topic(self, topic_id: str) -> Topic | None:
        return self._topics.get(topic_id)

    def all_topics(self) -> tuple[Topic, ...]:
        return tuple(self._topics.values())

    def find_topics(self, text: str) -> tuple[Topic, ...]:
        return self._question_index.search(text)

    def get(self, service_id: str) -> Service | None:
        number = self._number.get(service_id)
        return None if number is None else self._services[number]

    def search(self, name: str) -> tuple[Service, ...]:
        return self._name_index.search(name)

    def all(self) -> tuple[Service, ...]:
        return self._services

    # Made when first asked for: the referral needs neither.
    @cached_property
    def _name_index(self) -> NameIndex:
        return NameIndex(self._services)

    @cached_property
    def _question_index(self) -> QuestionIndex:
        return QuestionIndex(tuple(self._topics.values()), self._questions)


def _is_line(service: Service) -> bool:
    """Something to ring, chat with or turn to directly."""
    if service.kind not in _LINE_KINDS or service.traits & _NOT_LINES:
        return False
    return bool(service.phones or service.chat or (service.url and service.violence_types))


def _answers(service: Service, asked: Situation) -> bool:
    """A line only for professionals answers nobody else, save that the one who uses violence may be passed on."""
    if asked.perspective is Perspective.PROFESSIONAL or "utsatt" in service.audience:
        return True
    perpetrator = Need.PERPETRATOR_TREATMENT in asked.needs or asked.perspective is Perspective.PERPETRATOR
    return perpetrator or "yrkesverksam" not in service.audience or "anhorig" in service.audience
