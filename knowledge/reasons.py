"""Why a service fits, in plain words; and when a closed one opens."""

from __future__ import annotations

from datetime import datetime, timedelta

from knowledge.eligibility import highest_age, is_about_children, is_alarm, is_known_child, is_perpetrators_line
from knowledge.hours import local_time, next_opening
from knowledge.labels import labels, reason, term
from knowledge.ranking import is_old, met_needs, open_now
from knowledge.situation import OUTSIDE_COUNTY, Perspective, Situation, ViolenceType
from knowledge.types import Match, Service

MOST_REASONS = 6


def match(service: Service, situation: Situation, now: datetime | None) -> Match:
    """Return a service with its reasons, whether it is open and when it opens."""
    is_open = open_now(service, now)
    opens = opening_words(service, now) if now is not None and is_open is False else None
    return Match(service, reasons(service, situation, now), is_open, opens)


def reasons(service: Service, situation: Situation, now: datetime | None = None) -> tuple[str, ...]:
    """Return why a service fits, the weightiest first; never empty."""
    if is_alarm(service):
        return (reason("alarm"),)
    found = _reasons_of_role(service, situation)
    found += [
        term("violence_type", kind.value)
        for kind in ViolenceType
        # Nothing said about the violence: what the service is for helps the person choose.
        if kind in service.violence_types and kind in (situation.violence_types or service.violence_types)
    ]
    found += [term("need", need.value) for need in met_needs(service, situation)]
    found += [_age(service), _gender(service), _place(service, situation)]
    if is_old(service, now):
        found.append(reason("old", year=(service.checked or "")[:4]))
    reachable = service.phones or service.chat or service.url or service.email
    if not reachable and service.kind not in ("socialjour", "socialtjanst"):
        found.append(reason("no_contact"))
    # Freshness and missing contact must not be cut away.
    kept = [one for one in dict.fromkeys(found) if one]
    return tuple(kept if len(kept) <= MOST_REASONS else kept[: MOST_REASONS - 2] + kept[-2:])


def _reasons_of_role(service: Service, situation: Situation) -> list[str]:
    found = []
    if service.kind == "socialtjanst":
        general = service.scope == "national"
        city = service.municipalities == ("Stockholm",) and not service.districts
        found.append(reason("general_social_services" if general else "responsible_city" if city else "responsible"))
    elif service.kind == "socialjour":
        found.append(reason("out_of_hours"))
    if is_perpetrators_line(service):
        found.append(reason("perpetrators"))
    open_to_exposed = "utsatt" in service.audience
    if situation.perspective is Perspective.PROFESSIONAL and "yrkesverksam" in service.audience:
        found.append("" if open_to_exposed else reason("professionals"))
    elif situation.perspective is None and not service.audience & {"utsatt", "anhorig"}:
        found.append(reason("professionals"))
    if situation.perspective is Perspective.RELATIVE and "anhorig" in service.audience:
        found.append(reason("relatives") if open_to_exposed else "")
    asks_for_child = situation.perspective in (Perspective.PROFESSIONAL, Perspective.RELATIVE)
    if asks_for_child and is_known_child(situation) and service.kind == "stodlinje" and highest_age(service):
        found.append(reason("for_the_child"))
    if is_about_children(service):
        found.append(reason("worry_for_child"))
    if "annat_amne" in service.traits:
        found.append(reason("other_subject"))
    return found


def _age(service: Service) -> str:
    low, high = service.min_age, service.max_age
    if low is not None and high is not None:
        return reason("ages", low=low, high=high)
    if low is not None:
        return reason("from_age", low=low)
    if high is not None:
        return reason("to_age", high=high)
    return reason("young") if highest_age(service) is not None else ""


def _gender(service: Service) -> str:
    return reason(service.gender.value) if service.gender else ""


def _place(service: Service, situation: Situation) -> str:
    if service.scope in ("national", "county"):
        return reason(service.scope)
    if situation.district in service.districts:
        return reason("place", place=situation.district)
    if situation.municipality in service.municipalities:
        return reason("place", place=situation.municipality)
    if situation.municipality == OUTSIDE_COUNTY:
        return ""
    return reason("other_places", place=_and(service.municipalities))


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


def opening_words(service: Service, now: datetime) -> str | None:
    """Return when a service opens next in Swedish words: "i dag kl. 9", "måndag kl. 8.30"."""
    moment = next_opening(service.opening, now)
    if moment is None:
        return None
    time = f"{moment.hour}.{moment.minute:02}" if moment.minute else str(moment.hour)
    today = local_time(now).date()
    if moment.date() == today:
        return reason("opens_today", time=time)
    if moment.date() == today + timedelta(days=1):
        return reason("opens_tomorrow", time=time)
    return reason("opens_day", day=labels()["weekdays"][moment.weekday()], time=time)
