import pytest

from knowledge.situation import AgeGroup, Need, Perspective, Situation, ViolenceType


@pytest.mark.parametrize("age", [-1, 121, 3.5, True, "abc", "", "15.5", [15], float("inf"), float("nan")])
def test_an_age_that_is_none_is_refused_or_left_out(age: object) -> None:
    if age == "":
        assert Situation.parse({"age": age}).age is None
        return
    with pytest.raises(ValueError, match=r"age: ange en ålder mellan 0 och 120 år\."):
        Situation.parse({"age": age})


@pytest.mark.parametrize(("age", "group"), [(0, "barn"), (17, "barn"), (18, "ung_vuxen"), (25, "ung_vuxen"),
                                            (26, "vuxen"), (64, "vuxen"), (65, "aldre"), ("15", "barn")])  # fmt: skip
def test_an_age_gives_its_group(age: object, group: str) -> None:
    situation = Situation.parse({"age": age, "age_group": "vuxen"})
    assert situation.age == int(str(age))
    assert situation.age_group == group


@pytest.mark.parametrize(
    ("field", "value"),
    [("perspective", "granne"), ("violence_types", ["mobbning"]), ("municipality", "Uppsala"), ("district", "Kista"),
     ("needs", ["pengar"]), ("gender", "kvinna"), ("age_group", "tonåring")],
)  # fmt: skip
def test_a_field_with_an_unknown_code_is_named(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"{field}: ange ett av ") as caught:
        Situation.parse({field: value})
    sent = value if isinstance(value, str) else value[0]  # type: ignore[index]
    assert sent == "kvinna" or sent not in str(caught.value)


def test_an_unknown_field_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValueError, match=r"Okänt fält\. De som finns: perspective, ") as caught:
        Situation.parse({"Sara Svensson": "x"})
    assert "Sara" not in str(caught.value)


def test_one_code_is_not_read_letter_by_letter() -> None:
    assert Situation.parse({"violence_types": "heder"}).violence_types == {ViolenceType.HONOUR}


def test_a_district_gives_stockholm_and_another_town_drops_it() -> None:
    assert Situation.parse({"district": "Järva"}).municipality == "Stockholm"
    assert Situation.parse({"district": "Järva", "municipality": "Nacka"}).district is None


@pytest.mark.parametrize(
    ("values", "at_risk"),
    [
        ({"age": 15, "violence_types": ["heder"]}, True),
        ({"age_group": "barn", "violence_types": ["sexuellt"]}, True),
        ({"age": 15}, False),
        ({"age": 30, "violence_types": ["nara_relation"]}, False),
        ({"age": 15, "violence_types": ["nara_relation"], "perspective": "utovare"}, False),
    ],
)
def test_an_exposed_child_is_a_child_at_risk(values: dict[str, object], at_risk: bool) -> None:
    assert Situation.parse(values).child_at_risk is at_risk


def test_a_dict_of_a_situation_gives_the_situation_back() -> None:
    situation = Situation(
        perspective=Perspective.RELATIVE,
        violence_types=frozenset(ViolenceType),
        age=40,
        age_group=AgeGroup.ADULT,
        municipality="Nacka",
        needs=frozenset(Need),
        emergency=True,
        suicide_risk=True,
        child_at_risk=True,
    )
    assert Situation.parse(situation.to_dict()) == situation


@pytest.mark.parametrize(
    ("values", "ages"), [({}, (0, 120)), ({"age": 9}, (9, 9)), ({"age_group": "aldre"}, (65, 120))]
)
def test_ages_are_the_span_that_is_possible(values: dict[str, object], ages: tuple[int, int]) -> None:
    assert Situation.parse(values).ages == ages
