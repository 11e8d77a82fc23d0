"""Place names in free text."""

from __future__ import annotations

import pytest

from knowledge.places import Place, PlaceFinder, finder

CASES = [
    ("bor i Fisksätra", None, ("Nacka", None)),
    ("jag bor i rinkeby", "utsatt", ("Stockholm", "Järva")),
    ("Rinkebybo sedan tio år", None, ("Stockholm", "Järva")),
    ("jobbar med hagsätraungdomar", "yrkesverksam", ("Stockholm", "Enskede-Årsta-Vantör")),
    ("bor i flempan", None, ("Huddinge", None)),
    ("skriven i Jakan", None, ("Järfälla", None)),
    ("tumba", None, ("Botkyrka", None)),
    ("vi bor i sodertalje", None, ("Södertälje", None)),
    ("bor i Sunbyberg", None, ("Sundbyberg", None)),
    ("hon bor i Handen", "anhorig", ("Haninge", None)),
    ("jag har ont i handen", "utsatt", (None, None)),
    ("det var det värsta", "utsatt", (None, None)),
    ("Kurator på en skola i Tumba, en tjej på 15 är rädd", "yrkesverksam", ("Botkyrka", None)),
    ("anträffad i Solna men boende i Märsta", "yrkesverksam", ("Sigtuna", None)),
    ("våldtagen i Solna, bor i Täby", "utsatt", ("Täby", None)),
    ("jag bor i Täby inte i Solna", "utsatt", ("Täby", None)),
    ("nej jag menade Salem", None, ("Salem", None)),
    ("min gamla arbetskamrat i Rosersberg har en son som hotar henne", "anhorig", ("Sigtuna", None)),
    ("i min gamla lägenhet i Rosersberg", "utsatt", (None, None)),
    ("bor i Uppsala", "utsatt", ("utanfor_lanet", None)),
    ("flydde från Syrien", "utsatt", (None, None)),
    ("resa till Irak i sommar", "utsatt", (None, None)),
    ("Alby i Botkyrka", None, ("Botkyrka", None)),
    ("Kristineberg på kungsholmen", None, ("Stockholm", "Kungsholmen")),
    ("", None, (None, None)),
    ("😀", None, (None, None)),
]


@pytest.fixture(scope="module")
def places() -> PlaceFinder:
    return finder()


@pytest.mark.parametrize(("text", "perspective", "expected"), CASES)
def test_place(
    places: PlaceFinder, text: str, perspective: str | None, expected: tuple[str | None, str | None]
) -> None:
    found = places.find(text, perspective)
    assert (found.municipality, found.district) == expected


def test_ambiguous_names_give_candidates(places: PlaceFinder) -> None:
    assert places.find("bor i Rönninge") == Place(candidates=("Salem", "Täby"))
    assert places.find("vi bor i Sätra").candidates == ("Danderyd", "Stockholm/Skärholmen")


def test_known_words_are_never_misspelt_places() -> None:
    assert finder(lambda word: word == "sunbyberg").find("bor i sunbyberg").municipality is None
