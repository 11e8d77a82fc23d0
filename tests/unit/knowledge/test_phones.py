import pytest

from knowledge.phones import dialled, numbers_in


@pytest.mark.parametrize(
    ("number", "tel"),
    [
        ("112", "112"),
        ("114 14", "11414"),
        ("116 111", "116111"),
        ("90101", "90101"),
        ("1177", "1177"),
        ("020-50 50 50", "+4620505050"),
        ("08-508 251 20", "+46850825120"),
        ("070-144 38 06", "+46701443806"),
        ("+46 8 405 50 05", "+4684055005"),
        ("020-390 000", "+4620390000"),
    ],
)
def test_a_number_is_dialled(number: str, tel: str) -> None:
    assert dialled(number) == tel


@pytest.mark.parametrize("number", ["", "08-508 2X1 20", "ring oss", "12", "08-BRIS", "0"])
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="inget telefonnummer"):
        dialled(number)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring 112 eller 114 14.", ["11414"]),
        ("Stödtelefonen 020-39 00 00 kontorstid", ["+4620390000"]),
        ("UD 08-405 55 88 vardagar, jour 08-405 50 05.", ["+4684055588", "+4684055005"]),
        ("enligt 19 kap. 1 § SoL (2025:400), 2020-2026", []),
    ],
)
def test_numbers_in_a_text(text: str, found: list[str]) -> None:
    assert numbers_in(text) == found
