"""The properties over every 41st situation of the space; `make referral-eval` runs them over all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from knowledge.directory import ServiceDirectory
from knowledge.payloads import referral_payload
from knowledge.situation import DISTRICTS, MUNICIPALITIES, Situation, ViolenceType
from knowledge.types import Match, Phone
from tests.referrals.facts import UNPUBLISHED, dialled, services, verified_numbers
from tests.referrals.properties import PROPERTIES, Case
from tests.referrals.space import situations

STEP = 41  # shares no factor with the lengths of the axes, so every value of every axis is met
CLOCKS = [
    pytest.param(datetime(2026, 11, 24, 10, 30), id="a Tuesday morning"),
    pytest.param(datetime(2026, 11, 22, 3, 0), id="a Sunday night"),
    pytest.param(datetime(2026, 12, 25, 14, 0), id="Christmas Day"),
]


@pytest.fixture(scope="module")
def cases(directory: ServiceDirectory) -> list[Case]:
    asked = [(values, Situation.parse(values)) for values in situations(STEP)]
    return [Case(values, situation, directory.find(situation)) for values, situation in asked]


@pytest.mark.parametrize("name", PROPERTIES)
def test_property(cases: list[Case], name: str) -> None:
    faults = [(fault, case.values) for case in cases for fault in PROPERTIES[name](case)]
    assert len(cases) > 2000
    assert not faults, f"{len(faults)} faults, the first: {faults[:3]}"


@pytest.mark.parametrize("age", [10, 35], ids=["child", "adult"])
@pytest.mark.parametrize("kind", list(ViolenceType))
def test_every_municipality_and_district_answers(directory: ServiceDirectory, kind: ViolenceType, age: int) -> None:
    """26 + 11 places: somebody near who is responsible, and a line to turn to, both with a way to reach them."""
    places = [{"municipality": town} for town in MUNICIPALITIES]
    places += [{"municipality": "Stockholm", "district": district} for district in DISTRICTS]
    assert len(places) == 26 + 11
    for place in places:
        asked = {"perspective": "utsatt", "violence_types": [kind.value], "age": age, **place}
        groups = {group.id: group.matches for group in directory.find(Situation.parse(asked)).groups}
        near = [one.service for one in groups["kommun"]]
        assert any(one.kind == "socialtjanst" and one.municipalities == (place["municipality"],) for one in near), asked
        lines = [match.service for group in ("stodlinjer", "lan") for match in groups.get(group, ())]
        assert any(one.phones or one.chat for one in lines), asked


WOMAN = {"perspective": "utsatt", "violence_types": ["nara_relation"], "age": 30, "municipality": "Solna"}


@pytest.mark.parametrize(
    ("name", "asked", "judged_as"),
    [
        pytest.param(
            "danger_gets_a_line", {**WOMAN, "perspective": "utovare"}, {**WOMAN, "suicide_risk": True}, id="line"
        ),
        pytest.param("responsible_social_services", WOMAN, {**WOMAN, "municipality": "Nacka"}, id="responsible"),
        pytest.param("right_place", WOMAN, {**WOMAN, "municipality": "utanfor_lanet"}, id="place"),
        pytest.param("right_age", {**WOMAN, "age": 12}, {**WOMAN, "age": 70}, id="too old"),
        pytest.param("right_age", {**WOMAN, "gender": "men"}, {**WOMAN, "age": 12}, id="too young"),
        pytest.param("right_gender", {**WOMAN, "gender": "women"}, {**WOMAN, "gender": "men"}, id="gender"),
        pytest.param("right_side", WOMAN, {**WOMAN, "perspective": "utovare"}, id="victims' to perpetrator"),
        pytest.param("right_side", {**WOMAN, "perspective": "utovare"}, WOMAN, id="perpetrators' to victim"),
        pytest.param("right_topics", WOMAN, {**WOMAN, "emergency": True}, id="topics"),
    ],
)
def test_property_sees_the_wrong_referral(
    directory: ServiceDirectory, name: str, asked: dict[str, Any], judged_as: dict[str, Any]
) -> None:
    referral = directory.find(Situation.parse(asked))
    assert not list(PROPERTIES[name](Case(asked, Situation.parse(asked), referral)))
    assert list(PROPERTIES[name](Case(judged_as, Situation.parse(judged_as), referral)))


def test_properties_see_altered_referrals(directory: ServiceDirectory) -> None:
    referral = directory.find(Situation.parse(WOMAN))
    situation = referral.situation
    empty = Case(WOMAN, situation, replace(referral, groups=()))
    twice = Case(WOMAN, situation, replace(referral, groups=referral.groups[::-1] + referral.groups))
    group = referral.groups[0]
    forged = replace(group.matches[0].service, phones=(Phone("08-123 456 78", "+46812345678", None),))
    number = Case(
        WOMAN, situation, replace(referral, groups=(replace(group, matches=(Match(forged, ("x",), None, None),)),))
    )
    family = replace(group.matches[0].service, id="nacka-familjeradgivning")
    kind = Case(
        WOMAN, situation, replace(referral, groups=(replace(group, matches=(Match(family, ("x",), None, None),)),))
    )
    for name, case in (
        ("never_empty", empty),
        ("well_formed", twice),
        ("verified_numbers_only", number),
        ("right_kind_of_help", kind),
    ):
        assert list(PROPERTIES[name](case)), name


def test_every_service_is_reachable(directory: ServiceDirectory, cases: list[Case]) -> None:
    reached = {key for case in cases for key in case.shown}
    assert {service.id for service in directory.all()} <= reached


def test_only_uncertain_services_are_held_back(directory: ServiceDirectory) -> None:
    shown = {service.id for service in directory.all()}
    held_back = services().keys() - shown
    assert held_back >= UNPUBLISHED
    assert {services()[key]["confidence"] for key in held_back} == {"low"}
    assert not {key for key in held_back if services()[key]["kind"] == "socialtjanst"}


def test_order_is_stable(directory: ServiceDirectory, cases: list[Case]) -> None:
    for case in cases[::5]:
        values = dict(reversed(case.values.items()))
        values["violence_types"] = values["violence_types"][::-1]
        again = directory.find(Situation.parse(values))
        assert Case(values, case.situation, again).shown == case.shown
        assert [topic.id for topic in again.guidance] == [topic.id for topic in case.referral.guidance]


def _phones(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every phone of a payload with the id of its service."""
    for group in value["groups"]:
        for service in group["services"]:
            yield from ((service["id"], phone) for phone in service["phones"])


def _keys(value: Any) -> Iterator[str]:
    """Every key at any depth."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield key
        yield from _keys(inner)
    for inner in value if isinstance(value, list) else ():
        yield from _keys(inner)


def test_payloads_hold_verified_numbers_and_no_address(cases: list[Case]) -> None:
    addresses = {service["address"] for service in services().values() if service["address"]}
    assert addresses
    for case in cases[::3]:
        payload = referral_payload(case.referral)
        for key, phone in _phones(payload):
            assert phone["number"] in verified_numbers(key)
            assert phone["tel"] == dialled(phone["number"])
        assert not {"address", "adress", "unverified_phones", "advice_unreviewed"} & set(_keys(payload))
        text = json.dumps(payload, ensure_ascii=False)
        assert not [address for address in addresses if address in text]


def test_no_unverified_number_in_any_text(directory: ServiceDirectory, cases: list[Case]) -> None:
    verified = {number for key in services() for number in verified_numbers(key)}
    unverified = {
        str(phone["number"])
        for service in services().values()
        for phone in [*service["unverified_phones"], *(service["phones"] if service["confidence"] == "low" else [])]
    } - verified
    texts = "\n".join(
        " ".join(
            filter(
                None, (service.summary, service.hours, service.cost, *(phone.note or "" for phone in service.phones))
            )
        )
        for service in directory.all()
    )
    topics = {topic for case in cases for topic in case.referral.guidance}
    texts += "\n".join(topic.text for topic in topics)
    assert unverified
    assert not [number for number in unverified if number in texts]


@pytest.mark.parametrize("now", CLOCKS)
def test_the_hour_moves_services_but_hides_none_that_must_come(
    directory: ServiceDirectory, cases: list[Case], now: datetime
) -> None:
    rules = [PROPERTIES[name] for name in ("well_formed", "danger_gets_a_line", "responsible_social_services")]
    for case in cases[::9]:
        later = Case(case.values, case.situation, directory.find(case.situation, now))
        assert not [fault for rule in rules for fault in rule(later)]


@pytest.mark.parametrize("now", CLOCKS)
def test_a_closed_line_comes_after_the_open_ones(directory: ServiceDirectory, cases: list[Case], now: datetime) -> None:
    def lines(case: Case) -> list[Match]:
        groups = directory.find(case.situation, now).groups
        return [match for group in groups if group.id == "stodlinjer" for match in group.matches]

    for case in cases[::9]:
        known = [match.open_now for match in lines(case) if match.open_now is not None]
        assert known == sorted(known, reverse=True), case.values
        assert all(match.opens for match in lines(case) if match.open_now is False), case.values
