"""Each rule by itself, on invented services."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from knowledge import eligibility, guidance, ranking
from knowledge.choice import best_first
from knowledge.hours import parse_hours
from knowledge.reasons import opening_words, reasons
from knowledge.service_index import ServiceIndex
from knowledge.situation import Gender, Need, Perspective, Situation, ViolenceType
from knowledge.types import Phone, Service

PLAIN = Service(
    id="linje", name="Linjen", organization="Föreningen", kind="stodlinje", provider="civilsamhalle", scope="national",
    municipalities=(), districts=(), violence_types=frozenset(), audience=frozenset({"utsatt"}), min_age=None,
    max_age=None, gender=None, phones=(Phone("114 14", "11414"),), hours=None, chat=None, email=None, url=None,
    languages=(), interpreter=None, anonymous=None, cost=None, support=frozenset(), summary="En linje.", checked=None,
    source=None, confidence="high",
)  # fmt: skip
NOW = datetime(2026, 11, 23, 6, 0)


def service(**changes: Any) -> Service:
    sets = {"violence_types", "audience", "support", "traits"}
    values: dict[str, Any] = {key: frozenset(value) if key in sets else value for key, value in changes.items()}
    return replace(PLAIN, **values)


def situation(**values: Any) -> Situation:
    return Situation.parse(values)


@pytest.mark.parametrize(
    ("changes", "values", "fits"),
    [
        ({"min_age": 18}, {"age": 17}, False),
        ({"min_age": 18}, {"age": 18}, True),
        ({"max_age": 17}, {"age": 18}, False),
        ({"max_age": 17}, {"age_group": "vuxen"}, False),
        ({"max_age": 26}, {"age_group": "vuxen"}, True),
        ({"max_age": 17}, {}, True),
        ({"kind": "tjejjour"}, {"age": 26}, False),
        ({"kind": "tjejjour"}, {"age": 25}, True),
        ({"traits": ["unga"]}, {"age": 40}, False),
    ],
)
def test_age(changes: dict[str, Any], values: dict[str, Any], fits: bool) -> None:
    assert eligibility.takes_age(service(**changes), situation(**values)) is fits


@pytest.mark.parametrize(
    ("changes", "gender", "fits"),
    [
        ({"gender": Gender.WOMEN}, None, True),
        ({"gender": Gender.WOMEN}, "women", True),
        ({"gender": Gender.WOMEN}, "men", False),
        ({"gender": Gender.MEN}, "women", False),
        ({}, "men", True),
        ({"kind": "kvinnojour"}, "men", False),  # for women by its name
        ({"kind": "kvinnojour"}, "trans", True),
    ],
)
def test_gender(changes: dict[str, Any], gender: str | None, fits: bool) -> None:
    assert eligibility.takes_gender(service(**changes), situation(gender=gender)) is fits


@pytest.mark.parametrize(
    ("changes", "values", "covers"),
    [
        ({"scope": "national"}, {"municipality": "utanfor_lanet"}, True),
        ({"scope": "county"}, {"municipality": "utanfor_lanet"}, False),
        ({"scope": "county"}, {}, True),
        ({"scope": "municipality", "municipalities": ("Nacka",)}, {"municipality": "Nacka"}, True),
        ({"scope": "municipality", "municipalities": ("Nacka",)}, {"municipality": "Solna"}, False),
        ({"scope": "municipality", "municipalities": ("Nacka",)}, {}, False),
        ({"scope": "district", "municipalities": ("Stockholm",), "districts": ("Järva",)}, {"district": "Järva"}, True),
        (
            {"scope": "district", "municipalities": ("Stockholm",), "districts": ("Järva",)},
            {"district": "Farsta"},
            False,
        ),
        ({"kind": "socialtjanst"}, {"municipality": "Nacka"}, False),  # the general entry gives way to the real one
        ({"kind": "socialtjanst"}, {}, True),
    ],
)
def test_place(changes: dict[str, Any], values: dict[str, Any], covers: bool) -> None:
    assert eligibility.covers_place(service(**changes), situation(**values)) is covers


@pytest.mark.parametrize(
    ("audience", "values", "takes"),
    [
        (["utsatt"], {"perspective": "utsatt", "age": 30}, True),
        (["utsatt"], {"perspective": "utsatt", "age": 15}, False),
        (["barn"], {"perspective": "utsatt", "age": 15}, True),
        (["barn"], {"perspective": "utsatt", "age": 30}, False),
        (["barn"], {"perspective": "utsatt"}, True),
        (["utsatt"], {"perspective": "anhorig", "age": 30}, False),
        (["anhorig"], {"perspective": "anhorig", "age": 30}, True),
        (["barn"], {"perspective": "anhorig", "age": 9}, True),  # a line to pass on to the child
        (["yrkesverksam"], {"perspective": "yrkesverksam", "age": 30}, True),
        (["yrkesverksam"], {"perspective": "utsatt", "age": 30}, False),
        (["utsatt"], {"perspective": "utovare"}, False),
        (["utovare"], {"perspective": "utovare"}, True),
        (["anhorig", "barn"], {"perspective": "utsatt", "age": 30, "child_at_risk": True}, True),
        (["anhorig", "barn"], {"perspective": "utsatt", "age": 30}, False),
        (["utovare"], {"perspective": "yrkesverksam", "needs": ["behandling_utovare"]}, True),  # to pass on
        (["utovare"], {"perspective": "yrkesverksam"}, False),
    ],
)
def test_audience(audience: list[str], values: dict[str, Any], takes: bool) -> None:
    assert eligibility.takes_audience(service(audience=audience), situation(**values)) is takes


LINE_TO_STOP = {"audience": ["utsatt", "utovare"], "support": ["behandling_utovare"]}


@pytest.mark.parametrize(
    ("changes", "values", "apart"),
    [
        (LINE_TO_STOP, {"perspective": "utsatt"}, False),
        (LINE_TO_STOP, {"perspective": "utsatt", "needs": ["behandling_utovare"]}, False),
        (LINE_TO_STOP, {"perspective": "yrkesverksam", "needs": ["behandling_utovare"]}, True),
        (LINE_TO_STOP, {"perspective": "utovare"}, True),
        ({**LINE_TO_STOP, "kind": "relationsvaldsteam"}, {"perspective": "utsatt"}, True),  # takes both sides
        ({"audience": ["utovare"], "kind": "mottagning"}, {"perspective": "utsatt"}, False),
        ({}, {"perspective": "utovare"}, False),
    ],
)
def test_the_sides_are_kept_apart(changes: dict[str, Any], values: dict[str, Any], apart: bool) -> None:
    assert eligibility.keeps_sides_apart(service(**changes), situation(**values)) is apart


@pytest.mark.parametrize(
    ("trait", "needs", "shown"),
    [("skyddade_uppgifter", ["skyddade_uppgifter"], True), ("skyddade_uppgifter", ["chatt"], False),
     ("ersattning", ["juridik"], True), ("uppehallstillstand", [], False), ("volontarer", [], True)],
)  # fmt: skip
def test_an_authority_is_shown_for_its_errand(trait: str, needs: list[str], shown: bool) -> None:
    assert eligibility.answers_the_errand(service(traits=[trait]), situation(needs=needs)) is shown


@pytest.mark.parametrize(
    ("traits", "values", "kept"),
    [(["annat_amne"], {"emergency": True}, False), (["annat_amne"], {}, True), ([], {"emergency": True}, True)],
)
def test_another_subject_has_no_place_in_danger(traits: list[str], values: dict[str, Any], kept: bool) -> None:
    assert eligibility.is_about_violence(service(traits=traits), situation(**values)) is kept


@pytest.mark.parametrize(
    ("values", "about"),
    [
        ({"perspective": "utovare"}, True),
        ({"perspective": "utovare", "violence_types": ["heder"]}, True),
        ({"perspective": "utovare", "violence_types": ["prostitution"]}, False),
        ({"perspective": "utovare", "violence_types": ["prostitution"], "needs": ["behandling_utovare"]}, True),
        ({"perspective": "yrkesverksam", "needs": ["behandling_utovare"]}, True),
        ({"perspective": "yrkesverksam"}, False),
    ],
)
def test_the_topic_on_perpetrators_is_about_their_own(values: dict[str, Any], about: bool) -> None:
    assert guidance.is_about_perpetrators(situation(**values)) is about


def test_the_staffed_line_for_children_comes_before_their_chats() -> None:
    asked = situation(violence_types=["nara_relation"], age=15, needs=["chatt"], perspective="utsatt")
    chat = {"chat": "https://exempel.se", "audience": ["barn"]}
    staffed = service(**chat, max_age=17, traits=["jour"])
    evenings = service(**chat, phones=(), max_age=20, violence_types=[ViolenceType.CLOSE_RELATIONSHIP])
    index = ServiceIndex([evenings, staffed])
    assert best_first(index, index.fitting(asked), index.points(asked, None), None, 2) == (staffed, evenings)


def test_special_knowledge_outranks_general() -> None:
    asked = situation(violence_types=["heder"])
    special = service(violence_types=[ViolenceType.HONOUR])
    wide = service(violence_types=[ViolenceType.HONOUR, ViolenceType.SEXUAL])
    other = service(violence_types=[ViolenceType.SEXUAL])
    points = [ranking.points_for_violence_type(one, asked) for one in (special, wide, PLAIN, other)]
    assert points == sorted(points, reverse=True)
    assert points[0] > points[1] > points[2] == points[3]


def test_old_facts_are_demoted_and_say_so() -> None:
    old, new = service(checked="2019-05"), service(checked="2026-05")
    assert ranking.points_for_freshness(old, NOW) < ranking.points_for_freshness(PLAIN, NOW)
    assert ranking.points_for_freshness(PLAIN, NOW) < ranking.points_for_freshness(new, NOW)
    assert "uppgiften är från 2019: kontrollera" in reasons(old, Situation(), NOW)
    assert not ranking.is_old(old, None)


def test_hours_of_an_old_source_are_not_trusted_unless_round_the_clock() -> None:
    office, always = parse_hours("mån–fre 8–17"), parse_hours("dygnet runt")
    assert ranking.open_now(service(opening=office, checked="2026-05"), NOW) is False
    assert ranking.open_now(service(opening=office, checked="2019-05"), NOW) is None
    assert ranking.open_now(service(opening=always, checked="2019-05"), NOW) is True
    assert ranking.open_now(service(opening=always), None) is None


@pytest.mark.parametrize(
    ("hours", "words"),
    [("mån–fre 8–17", "i dag kl. 8"), ("tis 9.30–12", "i morgon kl. 9.30"), ("fre 9–12", "fredag kl. 9")],
)
def test_when_it_opens_is_said_in_words(hours: str, words: str) -> None:
    assert opening_words(service(opening=parse_hours(hours)), NOW) == words


def test_opening_is_not_said_when_it_is_not_known() -> None:
    assert opening_words(PLAIN, NOW) is None


@pytest.mark.parametrize(
    ("changes", "needs", "met"),
    [
        ({"chat": "https://exempel.se"}, ["chatt"], [Need.CHAT]),
        ({"anonymous": True, "support": ["skyddat_boende"]}, ["skyddat_boende", "anonymt"],
         [Need.SHELTER, Need.ANONYMOUS]),
        ({"languages": ("fi",)}, ["tolk"], [Need.INTERPRETER]),
        ({"interpreter": False}, ["tolk"], []),
        ({"support": ["skyddat_boende"]}, [], []),
    ],
)  # fmt: skip
def test_needs_that_are_met(changes: dict[str, Any], needs: list[str], met: list[Need]) -> None:
    assert ranking.met_needs(service(**changes), situation(needs=needs)) == met


@pytest.mark.parametrize(
    ("changes", "values", "group"),
    [
        ({"traits": ["larm"]}, {}, "akut"),
        ({"kind": "socialjour", "scope": "municipality"}, {}, "akut"),
        ({"support": ["sparsakring"], "kind": "vard"}, {"violence_types": ["sexuellt"], "emergency": True}, "akut"),
        ({"support": ["sparsakring"], "kind": "vard"}, {"violence_types": ["sexuellt"]}, "vard"),
        ({"kind": "ungdomsmottagning", "scope": "municipality"}, {}, "vard"),
        ({"kind": "polis"}, {}, "polis"),
        ({"scope": "district"}, {}, "kommun"),
        ({"scope": "county"}, {}, "lan"),
        ({}, {}, "stodlinjer"),
        ({"audience": ["yrkesverksam"]}, {"perspective": "yrkesverksam"}, "konsultation"),
        ({"audience": ["yrkesverksam"], "scope": "municipality"}, {"perspective": "yrkesverksam"}, "kommun"),
        ({"audience": ["yrkesverksam", "utsatt"]}, {"perspective": "yrkesverksam"}, "stodlinjer"),
    ],
)
def test_groups(changes: dict[str, Any], values: dict[str, Any], group: str) -> None:
    assert ranking.group_of(service(**changes), situation(**values)) == group


def test_reasons_are_never_empty_and_keep_the_warnings() -> None:
    bare = service(phones=(), checked="2019-01", support=["stodsamtal"], anonymous=True, min_age=13, max_age=25,
                   gender=Gender.WOMEN, violence_types=ViolenceType, audience=["anhorig", "utsatt"])  # fmt: skip
    asked = Situation(Perspective.RELATIVE, frozenset(ViolenceType), 15, needs=frozenset({Need.ANONYMOUS}))
    found = reasons(bare, asked, NOW)
    assert len(found) <= 6
    assert found[-2:] == ("uppgiften är från 2019: kontrollera", "ingen kontaktväg hos oss: fråga socialtjänsten")
    assert reasons(PLAIN, Situation()) == ("hela landet",)
