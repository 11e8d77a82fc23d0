"""What the directory must hold, as tables and as properties over an enumerated space of situations."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from knowledge.directory import ServiceDirectory
from knowledge.ranking import LIMITS
from knowledge.situation import (
    DISTRICTS,
    MUNICIPALITIES,
    OUTSIDE_COUNTY,
    AgeGroup,
    Gender,
    Need,
    Perspective,
    Situation,
    ViolenceType,
)
from knowledge.types import Match, Referral, Service

MONDAY_NOON = datetime(2026, 11, 23, 12, 0)
MONDAY_NIGHT = datetime(2026, 11, 23, 23, 0)


def referral(directory: ServiceDirectory, now: datetime | None = None, **values: Any) -> Referral:
    return directory.find(Situation.parse(values), now)


def services(found: Referral) -> list[Service]:
    return [match.service for group in found.groups for match in group.matches]


def ids(found: Referral, group: str | None = None) -> list[str]:
    return [m.service.id for one in found.groups if group in (None, one.id) for m in one.matches]


def names(matches: tuple[Match, ...]) -> list[str]:
    return [match.service.id for match in matches]


def test_a_professional_with_a_girl_of_fifteen_in_an_honour_context(directory: ServiceDirectory) -> None:
    found = referral(directory, perspective="yrkesverksam", violence_types=["heder"], age=15, municipality="Botkyrka")
    assert ids(found, "kommun")[0] == "socialtjanst-botkyrka"
    assert ids(found, "lan")[0] == "origo"
    assert ids(found, "stodlinjer")[0] == "bris"
    assert "nch-stodtelefon" in ids(found, "konsultation")
    assert [topic.id for topic in found.guidance][:2] == ["anmalningsplikt_barn", "heder_agera"]


def test_a_woman_of_34_in_rinkeby(directory: ServiceDirectory) -> None:
    found = referral(directory, perspective="utsatt", violence_types=["nara_relation"], age=34, district="Järva")
    assert ids(found, "akut") == ["sos-112", "kvinnofridslinjen", "socialjour-stockholm"]
    assert ids(found, "kommun")[:2] == ["socialtjanst-stockholm-jarva", "socialtjanst-stockholm"]
    assert "kvinnofridslinjen" not in ids(found, "stodlinjer")
    assert services(found)[ids(found).index("kvinnofridslinjen")].phones[0].number == "020-50 50 50"


def test_stockholm_without_a_district_gets_the_citys_contact_centre(directory: ServiceDirectory) -> None:
    found = referral(directory, perspective="utsatt", municipality="Stockholm")
    social = [service.id for service in services(found) if service.kind == "socialtjanst"]
    assert social == ["socialtjanst-stockholm"]


def test_lines_for_one_who_sells_sex_come_at_once(directory: ServiceDirectory) -> None:
    found = names(directory.hotlines(Situation.parse({"violence_types": ["prostitution"]})))
    assert set(found[:2]) == {"talita", "mikamottagningen"}
    assert "kast-stockholm" not in found


@pytest.mark.parametrize("kind", ["nara_relation", "heder", "sexuellt"])
def test_lines_for_other_types_take_people_from_anywhere(directory: ServiceDirectory, kind: str) -> None:
    found = directory.hotlines(Situation.parse({"perspective": "utsatt", "violence_types": [kind]}))
    assert {match.service.scope for match in found} <= {"national", "county"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ["sos-112", "kvinnofridslinjen"]),
        ({"gender": "women", "violence_types": ["nara_relation"]}, ["sos-112", "kvinnofridslinjen"]),
        ({"gender": "men", "age": 40, "violence_types": ["nara_relation"]}, ["sos-112", "stodlinjen-for-man"]),
        ({"gender": "trans", "age": 40}, ["sos-112", "stodlinjen-for-transpersoner"]),
        ({"age": 14}, ["sos-112", "bris"]),
        ({"age": 15, "violence_types": ["heder"]}, ["sos-112", "bris", "ratt-att-valja"]),
        ({"violence_types": ["prostitution"]}, ["sos-112", "kvinnofridslinjen"]),
        ({"perspective": "utovare"}, ["sos-112", "valj-att-sluta"]),
        ({"perspective": "utovare", "violence_types": ["prostitution"]}, ["sos-112", "valj-att-sluta"]),
        ({"age": 30, "suicide_risk": True}, ["sos-112", "sjalvmordslinjen", "kvinnofridslinjen"]),
        ({"age": 30, "municipality": "Täby"}, ["sos-112", "kvinnofridslinjen", "socialjour-nordost"]),
    ],
)
def test_emergency(directory: ServiceDirectory, values: dict[str, object], expected: list[str]) -> None:
    assert names(directory.emergency(Situation.parse(values), MONDAY_NOON)) == expected


def test_a_closed_line_says_when_it_opens(directory: ServiceDirectory) -> None:
    man = Situation.parse({"gender": "men", "age": 40, "violence_types": ["nara_relation"]})
    line = next(m for m in directory.emergency(man, MONDAY_NIGHT) if m.service.id == "stodlinjen-for-man")
    assert (line.open_now, line.opens) == (False, "i morgon kl. 7")


@pytest.mark.parametrize(
    ("values", "first"),
    [
        ({"perspective": "yrkesverksam", "child_at_risk": True, "age": 30}, "anmalningsplikt_barn"),
        ({"perspective": "yrkesverksam", "emergency": True, "age": 9}, "anmalningsplikt_barn"),
        ({"perspective": "yrkesverksam", "violence_types": ["heder"], "age": 30}, "heder_agera"),
        ({"perspective": "utsatt", "violence_types": ["sexuellt"], "needs": ["sparsakring"]}, "sparsakring"),
        ({"perspective": "utsatt", "emergency": True}, "akut_fara"),
        ({"perspective": "anhorig"}, "anhorig"),
        ({"perspective": "utovare"}, "utovare"),
        ({"perspective": "yrkesverksam"}, "socialtjanst_vuxna"),
        ({"perspective": "yrkesverksam", "violence_types": ["manniskohandel"]}, "manniskohandel"),
    ],
)
def test_the_most_pressing_duty_comes_first(directory: ServiceDirectory, values: dict[str, object], first: str) -> None:
    topics = directory.topics(Situation.parse(values))
    assert topics[0].id == first
    assert len(topics) <= 3


def test_recent_sexual_violence_brings_the_emergency_clinic_second_only_to_112(directory: ServiceDirectory) -> None:
    found = referral(directory, violence_types=["sexuellt"], needs=["sparsakring"], age=30)
    assert ids(found, "akut")[:2] == ["sos-112", "akutmottagningen-for-valdtagna"]
    assert "akutmottagningen-for-valdtagna" not in ids(referral(directory, violence_types=["sexuellt"], age=12))


def test_family_counselling_is_never_offered_where_there_is_violence(directory: ServiceDirectory) -> None:
    calm = referral(directory, perspective="anhorig", municipality="Nacka")
    assert "nacka-familjeradgivning" in ids(calm)
    for values in ({"violence_types": ["nara_relation"]}, {"emergency": True}, {"child_at_risk": True}):
        assert "nacka-familjeradgivning" not in ids(
            referral(directory, perspective="anhorig", municipality="Nacka", **values)
        )


@pytest.mark.parametrize(
    ("need", "service"),
    [("skyddade_uppgifter", "skatteverket-skyddade-personuppgifter"), ("juridik", "brottsoffermyndigheten"),
     ("polisanmalan", "aklagarmyndigheten"), ("chatt", "novahuset"), ("exit", "talita")],
)  # fmt: skip
def test_what_is_asked_for_is_brought_forward(directory: ServiceDirectory, need: str, service: str) -> None:
    kinds = ["prostitution", "sexuellt"]
    asked = referral(directory, perspective="utsatt", violence_types=kinds, age=30, needs=[need])
    assert service in ids(asked)


def test_a_relative_of_a_child_can_pass_the_childs_line_on(directory: ServiceDirectory) -> None:
    found = referral(directory, perspective="anhorig", violence_types=["nara_relation"], age=10)
    bris = next(m for group in found.groups for m in group.matches if m.service.id == "bris")
    assert "för barnet självt" in bris.why


def test_a_help_line_for_those_who_use_violence_only_when_help_to_stop_is_asked_for(
    directory: ServiceDirectory,
) -> None:
    values: dict[str, Any] = {"perspective": "yrkesverksam", "violence_types": ["nara_relation"], "age": 40}
    assert "valj-att-sluta" not in ids(referral(directory, **values))
    assert "valj-att-sluta" in ids(referral(directory, **values, needs=["behandling_utovare"]))
    exposed = {**values, "perspective": "utsatt", "needs": ["behandling_utovare"]}
    assert "valj-att-sluta" not in ids(referral(directory, **exposed))


def space() -> Iterator[Situation]:
    """Every place × perspective × type × age × gender × danger: 120,120 situations, every 31st of them."""
    places: list[tuple[str | None, str | None]] = [
        (None, None),
        (OUTSIDE_COUNTY, None),
        *((town, None) for town in MUNICIPALITIES),
    ]
    places += [("Stockholm", district) for district in DISTRICTS]
    kinds: list[frozenset[ViolenceType]] = [frozenset(), *(frozenset({kind}) for kind in ViolenceType)]
    kinds.append(frozenset({ViolenceType.CLOSE_RELATIONSHIP, ViolenceType.SEXUAL}))
    ages = (None, 8, 12, 15, 17, 18, 22, 34, 70, AgeGroup.CHILD, AgeGroup.ADULT)
    axes = itertools.product(places, [None, *Perspective], kinds, ages, [None, *Gender], [False, True])
    for (town, district), perspective, violence, age, gender, danger in itertools.islice(axes, 0, None, 31):
        yield Situation(
            perspective=perspective,
            violence_types=violence,
            age=None if isinstance(age, AgeGroup) else age,
            age_group=age if isinstance(age, AgeGroup) else None,
            municipality=town,
            district=district,
            gender=gender,
            emergency=danger,
        ).completed()


def test_properties_of_every_situation(directory: ServiceDirectory) -> None:
    wrong: list[tuple[str, Situation]] = []
    for situation in space():
        found = directory.find(situation)
        chosen = services(found)
        place = situation.municipality
        social = [one for one in chosen if one.kind == "socialtjanst"]
        own = [one for one in social if place in one.municipalities]
        lines = directory.emergency(situation)
        holds = {
            "112 first": chosen[0].id == "sos-112" == lines[0].service.id,
            "a staffed line in danger": any(match.service.phones for match in lines[1:]),
            "hotlines": 1 <= len(directory.hotlines(situation)) <= 8,
            "nothing twice": len({one.id for one in chosen}) == len(chosen),
            "short": all(1 <= len(group.matches) <= LIMITS[group.id] for group in found.groups),
            "social services": own or (place not in MUNICIPALITIES and social[0].id == "socialtjansten"),
            "the district's": not situation.district or own[0].districts == (situation.district,),
            "a duty line": place not in MUNICIPALITIES
            or situation.perspective is Perspective.PERPETRATOR
            or any(one.kind == "socialjour" and place in one.municipalities for one in chosen),
            "place": all(place in one.municipalities for one in chosen if one.municipalities),
            "age": all(_age_fits(one, situation) for one in chosen),
            "gender": situation.gender is None or all(one.gender in (None, situation.gender) for one in chosen),
            "sides": all(_side_fits(one, situation) for one in chosen),
            "why": all(match.why for group in found.groups for match in group.matches),
            "low confidence": not any(one.phones for one in chosen if one.confidence == "low"),
            "guidance": len(found.guidance) <= 3,
            "duty to report": situation.perspective is not Perspective.PROFESSIONAL
            or not situation.child_at_risk
            or found.guidance[0].id == "anmalningsplikt_barn",
        }
        wrong += [(rule, situation) for rule, held in holds.items() if not held]
    assert not wrong, wrong[:5]


def _age_fits(service: Service, situation: Situation) -> bool:
    lowest, highest = situation.ages
    old_enough = service.min_age is None or highest >= service.min_age
    return old_enough and (service.max_age is None or lowest <= service.max_age)


def _side_fits(service: Service, situation: Situation) -> bool:
    if situation.perspective is Perspective.PERPETRATOR:
        return "utovare" in service.audience or service.id == "sos-112"
    return service.id not in {"valj-att-sluta", "preventell", "kast-stockholm", "atv-taby"}


def test_the_order_is_stable(directory: ServiceDirectory) -> None:
    for situation in itertools.islice(space(), 0, None, 500):
        assert directory.find(situation, MONDAY_NOON) == directory.find(situation, MONDAY_NOON)


def test_a_closed_line_comes_after_the_open_ones(directory: ServiceDirectory) -> None:
    for situation in itertools.islice(space(), 0, None, 50):
        for group in directory.find(situation, MONDAY_NIGHT).groups:
            rest = [match for match in group.matches if match.service.kind != "socialtjanst" and group.id != "akut"]
            closed = [match.open_now is False for match in rest]
            assert closed == sorted(closed), (situation, group.id)


def test_every_service_that_is_shown_is_reachable(directory: ServiceDirectory) -> None:
    some = random.Random(5)
    missing = {service.id for service in directory.all()}
    for _ in range(20_000):
        district = some.choice((None, *DISTRICTS))
        situation = Situation(
            perspective=some.choice((None, *Perspective)),
            violence_types=frozenset(some.sample(list(ViolenceType), some.choice((0, 1, 1)))),
            age=some.choice((None, 9, 16, 19, 40, 70)),
            municipality="Stockholm" if district else some.choice((None, *MUNICIPALITIES)),
            district=district,
            needs=frozenset(some.sample(list(Need), some.choice((0, 1, 2)))),
            suicide_risk=some.random() < 0.05,
            child_at_risk=some.random() < 0.3,
            gender=some.choice((None, *Gender)),
        )
        missing -= {service.id for service in services(directory.find(situation))}
        if not missing:
            break
    assert missing == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mika", "mikamottagningen"),
        ("kvinnofrids linjen", "kvinnofridslinjen"),
        ("vad har origo för öppettider", "origo"),
        ("origgo", "origo"),
        ("numret till kvinofridslinjen tack", "kvinnofridslinjen"),
        ("brottsofferjouren", "brottsofferjouren"),
        ("socialjouren i Täby", "socialjour-nordost"),
        ("Nackas kvinnojour", "kvinnojour-nacka-varmdo"),
        ("rvc väst", "rvc-vast"),
        ("talitas nummer", "talita"),
        ("avm", "akutmottagningen-for-valdtagna"),
        ("relationsvåldsteamet i Järva", "rvc-vast"),
    ],
)
def test_a_service_is_found_by_what_people_call_it(directory: ServiceDirectory, text: str, expected: str) -> None:
    assert directory.search(text)[0].id == expected


@pytest.mark.parametrize(
    "text",
    ["", "kvinnojouren", "jag vill prata med någon", "han har en bror", "jag bor i Tumba", "😀"],
)
def test_no_service_is_found_in_what_names_none(directory: ServiceDirectory, text: str) -> None:
    assert directory.search(text) == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("får jag bryta sekretessen", "sekretess_grund"),
        ("hur länge kan man säkra spår", "sparsakring"),
        ("gäller anmälningsplikten även en privat förskola", "anmalningsplikt_barn"),
        ("vad står i lagen om kontaktförbud", "kontaktforbud"),
        ("är det tillåtet att använda en släkting som tolk", "heder_agera"),
        ("jag vill ha skyddad adress", "skyddade_uppgifter"),
        ("Vad ska jag göra först?", "forsta_steg"),
        ("vad är straffet för att sälja sex", "prostitution_kedja"),
        ("hur ansöker jag om kontaktförbud", "kontaktforbud"),
        ("hur skriver jag i journalen så att mannen inte ser", "dokumentation"),
        ("vad heter lagen om kontaktförbud", "kontaktforbud"),
        ("är det brott att tjäna på att någon annan säljer sex", "prostitution_kedja"),
    ],
)
def test_a_question_finds_its_topic(directory: ServiceDirectory, question: str, expected: str) -> None:
    assert directory.find_topics(question)[0].id == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "hej", "😀", "beställa pizza", "pizza i kväll", "vilket väder blir det", "vad är klockan", "hjälp",
        "hur länge kokar man ägg", "hur länge gäller ett pass", "vad är straffet för fortkörning",
        "vad kostar en biljett", "var kan jag köpa en cykel", "hur ansöker man om körkort", "berätta ett skämt",
        # The name of an authority is no topic: where it lies, when it opens, what one earns there.
        "hur mycket tjänar en polis", "var ligger socialkontoret", "vart ligger tingsrätten", "hur blir man tolk",
        "när stänger ungdomsmottagningen", "hur många poliser finns det", "vad heter polischefen",
        "hur söker man jobb på polisen",
        # What somebody tells of themselves is no question about a topic.
        "min man slår mig", "jag är rädd för min pappa", "han hotar att döda mig",
        # No confirmed fact says how long: better nothing than the reflection period of human trafficking.
        "hur länge får man stanna på kvinnojour",
    ],
)  # fmt: skip
def test_a_question_about_something_else_finds_none(directory: ServiceDirectory, text: str) -> None:
    assert directory.find_topics(text) == ()


def test_every_helpline_is_listed_with_112_first(directory: ServiceDirectory) -> None:
    listed = names(directory.all_hotlines(MONDAY_NOON))
    assert listed[0] == "sos-112"
    assert {service.id for service in directory.all() if service.kind == "stodlinje"} <= set(listed)


def test_what_is_held_back_is_not_found_by_id(directory: ServiceDirectory) -> None:
    assert directory.get("linnamottagningen") is None
    assert directory.get("finns-inte") is None
    assert directory.topic("finns_inte") is None
    assert directory.get("origo") is not None
