"""Strong cues and what follows from them."""

from __future__ import annotations

import pytest

from bot.nlu import consistency, language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kurator på en skola i Tumba. Flicka 15", "yrkesverksam"),
        ("vår klient behöver plats", "yrkesverksam"),
        ("jag slog min fru i lördags", "utovare"),
        ("min dotter är 15 och träffar en kille som slår", "anhorig"),
        ("min son slår mig", None),
        ("han slår mig", None),
        ("", None),
    ],
)
def test_who_is_writing(text: str, expected: str | None) -> None:
    assert consistency.perspective(text) == expected


def test_ruled_out_types_are_named() -> None:
    assert consistency.negated_types("det är inte hedersrelaterat") == ["heder"]
    assert consistency.negated_types("hedersrelaterat våld") == []


def test_sexual_violence_by_a_partner_is_close_relationship_too() -> None:
    assert consistency.with_relation("min man tvingar mig till sex", ["sexuellt"]) == ["nara_relation", "sexuellt"]
    assert consistency.with_relation("en främling våldtog mig", ["sexuellt"]) == ["sexuellt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("min man slår mig", "sv"),
        ("my husband hit me and I have no family in Sweden", "en"),
        ("زوجي يضربني وأنا خائفة", "ar"),
        ("мій чоловік б'є мене", "uk"),
        ("ok thanks", "sv"),
        ("asdfgh qwerty", "sv"),
        ("😀", "sv"),
        ("", "sv"),
    ],
)
def test_language(text: str, expected: str) -> None:
    assert language.detect(text) == expected
