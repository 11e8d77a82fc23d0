"""What must hold for every referral, whatever the situation; each property is a function that returns its faults.

A fault is a short text (code, service), empty when the property holds. The facts are read apart from the code judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from knowledge.situation import Situation
from knowledge.types import Referral
from tests.referrals.facts import UNPUBLISHED, dialled, services, social_services, topics, verified_numbers

GROUPS = ("akut", "kommun", "lan", "vard", "polis", "stodlinjer", "konsultation")
LONGEST_GROUP = 8
MOST_TOPICS = 3

# Lines with a verified number that answer a person in danger; 90101 counts for suicidal thoughts only.
STAFFED = frozenset(
    {
        "kvinnofridslinjen",
        "stodlinjen-for-man",
        "stodlinjen-for-transpersoner",
        "ratt-att-valja",
        "bris",
        "brottsofferjouren",
        "valj-att-sluta",
        "terrafem",
        "somaya",
    }
)
SUICIDE_LINES = frozenset({"sjalvmordslinjen", "bris"})
# For those who use violence and nobody else; the facts let relatives and professionals ask them about treatment.
FOR_PERPETRATORS = frozenset(
    {"valj-att-sluta", "preventell", "atv-taby", "kast-stockholm", "manscentrum-ostra-sodertorn"}
)
# Open to everyone in danger, also to one who uses violence, though the facts list no such audience.
FOR_ALL_IN_NEED = frozenset({"sos-112", "polisen-114-14", "vardguiden-1177", "sjalvmordslinjen"})
# Family counselling, which the facts say is not for ongoing violence.
NOT_FOR_VIOLENCE = frozenset({"nacka-familjeradgivning", "nynashamn-familjeradgivning"})
YOUTH_BY_NAME = frozenset(
    {"tjejzonen", "tjejjouren-unizon-ung", "stockholms-tjejjour", "elektra-fryshuset", "1000mottagningen"}
    | {key for key, service in services().items() if service["kind"] == "tjejjour"}
)


@dataclass(frozen=True)
class Case:
    """A situation as plain values and as understood, with the referral it got."""

    values: dict[str, Any]
    situation: Situation
    referral: Referral

    @cached_property
    def shown(self) -> list[str]:
        """Ids of the services shown, in order."""
        return [match.service.id for group in self.referral.groups for match in group.matches]

    def says(self, key: str) -> Any:
        """What was said about `key`, or `None`."""
        return self.values.get(key)


def _gate(faulty: bool, text: str) -> Iterable[str]:
    return (text,) if faulty else ()


def never_empty(case: Case) -> Iterable[str]:
    """Somebody to turn to, always."""
    return _gate(not case.shown, "nothing shown")


def well_formed(case: Case) -> Iterable[str]:
    """Known groups in the agreed order, none empty or long, no service twice."""
    order = [group.id for group in case.referral.groups]
    yield from _gate(order != [name for name in GROUPS if name in order], f"order {order}")
    yield from _gate(len(set(case.shown)) != len(case.shown), "service shown twice")
    for group in case.referral.groups:
        yield from _gate(not 0 < len(group.matches) <= LONGEST_GROUP, f"{group.id} holds {len(group.matches)}")
        yield from (f"{match.service.id} without why" for match in group.matches if not match.why)


def danger_gets_a_line(case: Case) -> Iterable[str]:
    """In danger: 112 first of all and a staffed line; with suicidal thoughts a line for them."""
    emergency, suicidal = case.says("emergency"), case.says("suicide_risk")
    if emergency or suicidal:
        yield from _gate(case.shown[:1] != ["sos-112"], "112 is not first")
    if emergency:
        yield from _gate(not STAFFED & set(case.shown), "no staffed line")
    if suicidal:
        yield from _gate(not SUICIDE_LINES & set(case.shown), "no suicide line")


def responsible_social_services(case: Case) -> Iterable[str]:
    """The social services where the person lives, and no other municipality's or district's."""
    place = case.says("municipality")
    known = place if place != "utanfor_lanet" else None
    wanted = social_services()[known, case.says("district")]
    city = social_services()["Stockholm", None]
    yield from _gate(wanted not in case.shown, f"{wanted} missing")
    for key in case.shown:
        if services()[key]["kind"] == "socialtjanst" and key not in (wanted, "socialtjansten"):
            yield from _gate(not (key == city and case.says("district")), f"{key} is not responsible")


def right_place(case: Case) -> Iterable[str]:
    """No local service of another municipality or district; none at all outside the county."""
    place, district = case.says("municipality"), case.says("district")
    for key in case.shown:
        service = services()[key]
        local = service["scope"] in ("municipality", "district")
        # Whether the city's reception for prostitution takes the whole county is open: it may come without a place.
        undecided = place is None and key in ("mikamottagningen", "kast-stockholm")
        yield from _gate(local and place not in service["municipalities"] and not undecided, f"{key} is elsewhere")
        if service["scope"] == "district" and district:
            yield from _gate(district not in service["districts"], f"{key} is in another district")


def right_age(case: Case) -> Iterable[str]:
    """Nobody too young or too old, save that an adult with a child at risk is also shown what is for the child.

    Consultation is for the professional, whose client's age does not matter.
    """
    age = case.says("age")
    if age is None:
        return
    for group in case.referral.groups:
        if group.id == "konsultation" and case.says("perspective") == "yrkesverksam":
            continue
        for match in group.matches:
            service = services()[match.service.id]
            too_young = service["min_age"] is not None and age < service["min_age"]
            too_old = service["max_age"] is not None and age > service["max_age"]
            child = case.says("child_at_risk") or "barnstod" in case.values.get("needs", ())
            for_the_child = age >= 18 and child and "barn" in service["audience"]
            yield from _gate(too_young and not for_the_child, f"{service['id']} too young")
            yield from _gate(too_old and not for_the_child, f"{service['id']} too old")
            by_name = age >= 65 and service["id"] in YOUTH_BY_NAME and not for_the_child
            yield from _gate(by_name, f"{service['id']} is for the young")


def right_gender(case: Case) -> Iterable[str]:
    """No women's service to a man and the other way round; transgender services only to those they are for."""
    gender = case.says("gender")
    for key in case.shown if gender in ("women", "men") else ():
        yield from _gate(services()[key]["gender"] not in (None, gender), f"{key} to {gender}")


def right_side(case: Case) -> Iterable[str]:
    """Services for perpetrators only to them or to one who asks for treatment; victims' services never to them."""
    perspective = case.says("perspective")
    treatment = "behandling_utovare" in case.values.get("needs", ())
    for key in case.shown:
        audience = services()[key]["audience"]
        if perspective != "utovare":
            wrong = key in FOR_PERPETRATORS or audience == ["utovare"]
            yield from _gate(wrong and not treatment, f"{key} to {perspective}")
        elif key not in FOR_ALL_IN_NEED:
            yield from _gate("utovare" not in audience, f"{key} to utovare")


def right_kind_of_help(case: Case) -> Iterable[str]:
    """Nothing unpublished, and no family counselling where there is violence in the family or danger."""
    violent = case.says("emergency") or {"nara_relation", "heder"} & set(case.says("violence_types") or ())
    for key in case.shown:
        yield from _gate(key in UNPUBLISHED, f"{key} must not be published")
        yield from _gate(bool(violent) and key in NOT_FOR_VIOLENCE, f"{key} where there is violence")


def verified_numbers_only(case: Case) -> Iterable[str]:
    """Every number stands in the facts as verified, belongs to that service and is dialled as it is written."""
    for group in case.referral.groups:
        for match in group.matches:
            for phone in match.service.phones:
                ok = phone.number in verified_numbers(match.service.id) and phone.tel == dialled(phone.number)
                yield from _gate(not ok, f"{match.service.id} {phone.number}")


def right_topics(case: Case) -> Iterable[str]:
    """At most three topics, for the one who asks and the type; the pressing duties among them.

    The perpetrator's topic is about violence against one's own, which violence in the name of honour is too, and it
    answers anyone who asks for treatment.
    """
    found = [topic.id for topic in case.referral.guidance]
    perspective, types = case.says("perspective"), set(case.says("violence_types") or ())
    treated = "heder" in types or "behandling_utovare" in case.values.get("needs", ())
    yield from _gate(len(found) > MOST_TOPICS or len(set(found)) != len(found), f"topics {found}")
    for key in found:
        topic = topics()[key]
        yield from _gate(perspective is not None and perspective not in topic["audience"], f"{key} to {perspective}")
        other = bool(types and topic["violence_types"]) and not types & set(topic["violence_types"])
        yield from _gate(other and not (key == "utovare" and treated), f"{key} is about another type")
    yield from _gate(bool(case.says("emergency")) and "akut_fara" not in found, "akut_fara missing")
    age = case.says("age")
    child = case.says("child_at_risk") or (age is not None and age < 18)
    duty = perspective == "yrkesverksam" and bool(child)
    yield from _gate(duty and "anmalningsplikt_barn" not in found, "anmalningsplikt_barn missing")


PROPERTIES: dict[str, Callable[[Case], Iterable[str]]] = {
    rule.__name__: rule
    for rule in (
        never_empty,
        well_formed,
        danger_gets_a_line,
        responsible_social_services,
        right_place,
        right_age,
        right_gender,
        right_side,
        right_kind_of_help,
        verified_numbers_only,
        right_topics,
    )
}
