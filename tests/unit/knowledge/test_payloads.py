from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.directory import ServiceDirectory
from knowledge.payloads import (
    PARAMETERS,
    permalink,
    referral_payload,
    service_payload,
    situation_from_query,
    topic_payload,
)
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

SITUATIONS = st.builds(
    Situation,
    perspective=st.none() | st.sampled_from(Perspective),
    violence_types=st.frozensets(st.sampled_from(ViolenceType)),
    age=st.none() | st.integers(0, 120),
    age_group=st.none() | st.sampled_from(AgeGroup),
    municipality=st.none() | st.sampled_from([*MUNICIPALITIES, OUTSIDE_COUNTY]),
    district=st.none() | st.sampled_from(DISTRICTS),
    needs=st.frozensets(st.sampled_from(Need)),
    emergency=st.booleans(),
    suicide_risk=st.booleans(),
    child_at_risk=st.booleans(),
    gender=st.none() | st.sampled_from(Gender),
)


@given(SITUATIONS)
def test_a_permalink_gives_the_situation_back(situation: Situation) -> None:
    pairs = parse_qsl(urlsplit(permalink(situation)).query)
    assert situation_from_query(pairs) == situation.completed()


def test_the_permalink_of_the_contract() -> None:
    situation = Situation.parse(
        {"perspective": "yrkesverksam", "violence_types": ["heder"], "age": 15, "municipality": "Botkyrka",
         "child_at_risk": True}
    )  # fmt: skip
    assert permalink(situation) == "/hanvisning?typ=heder&alder=15&kommun=Botkyrka&roll=yrkesverksam"
    assert permalink(Situation()) == "/hanvisning"


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ([("typ", "mobbning")], "typ: ange ett av nara_relation, "),
        ([("alder", "abc")], "alder: ange en ålder mellan 0 och 120 år"),
        ([("aldersgrupp", "tonåring")], "aldersgrupp"),
        ([("kommun", "Uppsala")], "kommun: ange ett av Botkyrka, "),
        ([("stadsdel", "Kista")], "stadsdel"),
        ([("roll", "chef")], "roll"),
        ([("kon", "kvinna")], "kon"),
        ([("behov", "pengar")], "behov"),
        ([("akut", "kanske")], "akut: ange true eller false"),
        ([("lan", "Stockholm")], "Okänd parameter. De som finns: typ, "),
        ([("alder", "15"), ("alder", "16")], "alder: kan bara anges en gång"),
    ],
)
def test_a_wrong_parameter_is_named_in_swedish(params: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        situation_from_query(params)
    # What was sent may be a name or a number in the wrong place.
    assert params[0][0] in PARAMETERS or f"{params[0][0]}," not in str(caught.value)
    assert params[0][1] in ("15", "Kista") or params[0][1] not in str(caught.value)


def test_parameters_may_be_empty_repeated_or_in_a_mapping() -> None:
    empty = {"typ": "", "alder": "", "kommun": "", "akut": ""}
    assert situation_from_query(empty) == Situation()
    two = situation_from_query({"typ": ["heder", "sexuellt"], "akut": "on", "barn": "false"})
    assert two.violence_types == {ViolenceType.HONOUR, ViolenceType.SEXUAL}
    assert two.emergency
    assert not two.child_at_risk


def test_the_referral_has_the_fields_of_the_contract(directory: ServiceDirectory) -> None:
    situation = Situation.parse({"violence_types": ["heder"], "age": 15, "municipality": "Botkyrka"})
    payload = referral_payload(directory.find(situation))
    assert list(payload) == ["kind", "situation", "groups", "guidance", "permalink"]
    service = payload["groups"][0]["services"][0]
    assert list(service) == [
        "id", "name", "summary", "phones", "chat", "email", "url", "hours", "open_now", "languages", "interpreter",
        "anonymous", "cost", "why", "checked", "source",
    ]  # fmt: skip
    assert service["phones"] == [{"number": "112", "tel": "112", "note": "akut fara eller pågående brott"}]


def test_origo_as_the_contract_shows_it(directory: ServiceDirectory) -> None:
    situation = Situation.parse(
        {"perspective": "yrkesverksam", "violence_types": ["heder"], "age": 15, "municipality": "Botkyrka"}
    )
    matches = {match.service.id: match for group in directory.find(situation).groups for match in group.matches}
    payload = service_payload(matches["origo"])
    assert payload["phones"] == [{"number": "08-508 251 20", "tel": "+46850825120", "note": None}]
    assert payload["why"] == ["heder", "13–26 år", "hela länet"]
    assert payload["anonymous"] is True
    assert "opens" not in payload


def test_a_topic_shows_what_has_been_read(directory: ServiceDirectory) -> None:
    topic = directory.topic("anmalningsplikt_barn")
    assert topic is not None
    payload = topic_payload(topic)
    assert list(payload) == ["id", "title", "text", "law"]
    assert "19 kap. 1 § SoL (2025:400)" in payload["law"]
    assert "Prop. 2025/26:12" not in payload["law"]
