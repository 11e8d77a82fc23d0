"""A directory over services and topics held in memory: the rules of the knowledge base, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

from knowledge.choice import acute_order, best_first, staffed_lines
from knowledge.directory import ServiceDirectory
from knowledge.eligibility import covers_place, fits, fits_person
from knowledge.guidance import topics_for
from knowledge.labels import group_title
from knowledge.names import NameIndex
from knowledge.questions import QuestionIndex
from knowledge.ranking import LIMITS, group_of
from knowledge.reasons import match
from knowledge.situation import Need, Perspective, Situation
from knowledge.types import Group, Match, Referral, Service, Topic

MOST_HOTLINES = 8
_LINE_KINDS = {"stodlinje", "kvinnojour", "tjejjour", "brottsofferjour", "radgivning", "mottagning", "resurscentrum"}
# Reached through an office or another authority: not a line to ring.
_NOT_LINES = {"via_socialtjansten", "inte_vid_vald", "annat_amne", "om_barn", "rattsvasende"}


class MemoryDirectory(ServiceDirectory):
    """Answers every question of the port from what it was given; the services are those that may be shown."""

    def __init__(
        self, services: Sequence[Service], topics: Sequence[Topic], questions: Mapping[str, Sequence[str]]
    ) -> None:
        self._services = tuple(services)
        self._by_id = {service.id: service for service in services}
        self._topics = {topic.id: topic for topic in topics}
        self._questions = questions
        self._by_place: dict[tuple[str | None, str | None], tuple[Service, ...]] = {}

    @property
    def stale(self) -> bool:
        return False

    def find(self, situation: Situation, now: datetime | None = None) -> Referral:
        asked = situation.completed()
        fitting: dict[str, list[Service]] = {group: [] for group in LIMITS}
        for service in self._near(asked):
            if fits_person(service, asked):
                fitting[group_of(service, asked)].append(service)
        acute = [service for service in fitting["akut"] if "jour" not in service.traits]
        if asked.emergency or asked.suicide_risk:
            acute += self._staffed(asked, now)
        fitting["akut"] = acute
        taken = {service.id for service in acute}
        groups = []
        for group, services in fitting.items():
            unique = [service for service in services if group == "akut" or service.id not in taken]
            chosen = best_first(unique, asked, now, LIMITS[group])
            if group == "akut":
                chosen = tuple(sorted(chosen, key=lambda service: acute_order(service, asked)))
            if chosen:
                matches = tuple(match(service, asked, now) for service in chosen)
                groups.append(Group(group, group_title(group), matches))
        return Referral(asked, tuple(groups), self.topics(asked))

    def _near(self, asked: Situation) -> tuple[Service, ...]:
        """Services that take people from that place, kept: there are not forty places."""
        place = (asked.municipality, asked.district)
        if place not in self._by_place:
            self._by_place[place] = tuple(service for service in self._services if covers_place(service, asked))
        return self._by_place[place]

    def hotlines(self, situation: Situation, now: datetime | None = None) -> tuple[Match, ...]:
        asked = situation.completed()
        lines = [service for service in self._services if _is_line(service) and _reaches(service, asked)]
        if not lines:
            lines = [service for service in self._services if "larm" in service.traits]
        return tuple(match(service, asked, now) for service in best_first(lines, asked, now, MOST_HOTLINES))

    def all_hotlines(self, now: datetime | None = None) -> tuple[Match, ...]:
        wide = [service for service in self._services if service.scope in ("national", "county")]
        lines = [one for one in wide if one.kind == "stodlinje" or ((one.phones or one.chat) and one.kind != "polis")]
        ordered = sorted(lines, key=lambda one: ("larm" not in one.traits, one.name.lower()))
        return tuple(match(service, Situation(), now) for service in ordered)

    def emergency(self, situation: Situation, now: datetime | None = None) -> tuple[Match, ...]:
        asked = situation.completed()
        chosen = [service for service in self._services if "larm" in service.traits]
        if asked.suicide_risk:
            chosen += [service for service in self._services if "sjalvmord" in service.traits]
        chosen += self._staffed(asked, now)
        on_duty = [s for s in self._services if s.kind == "socialjour" and s.phones and fits(s, asked)]
        return tuple(match(service, asked, now) for service in chosen + on_duty)

    def _staffed(self, asked: Situation, now: datetime | None) -> list[Service]:
        return list(staffed_lines(self._services, asked, now, limit=2))

    def topics(self, situation: Situation) -> tuple[Topic, ...]:
        return topics_for(situation.completed(), self._topics)

    def topic(self, topic_id: str) -> Topic | None:
        return self._topics.get(topic_id)

    def find_topics(self, text: str) -> tuple[Topic, ...]:
        return self._question_index.search(text)

    def get(self, service_id: str) -> Service | None:
        return self._by_id.get(service_id)

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


def _reaches(service: Service, asked: Situation) -> bool:
    """A line that fits; where no municipality is said, also a local reception made for the type asked about."""
    professional = asked.perspective is Perspective.PROFESSIONAL
    if not professional and "yrkesverksam" in service.audience and "utsatt" not in service.audience:
        perpetrator = Need.PERPETRATOR_TREATMENT in asked.needs or asked.perspective is Perspective.PERPETRATOR
        if not perpetrator and "anhorig" not in service.audience:
            return False
    if fits(service, asked):
        return True
    special = bool(asked.violence_types & service.violence_types) and service.kind == "mottagning"
    return asked.municipality is None and special and service.scope == "municipality" and fits_person(service, asked)
