"""Names by list, wording and model; words and services that only look like names."""

import pytest

from bot.privacy import Kind, scrub

NAMES = [
    ("jag heter Fatima", "Fatima"),
    ("hon heter hav", "hav"),
    ("min man björn slår mig", "björn"),
    ("min sambo ahmed läser mina sms", "ahmed"),
    ("Sara Lindgren har hotats", "Sara Lindgren"),
    ("fatimas bror vaktar henne", "fatimas"),
    ("mvh Zoltan", "Zoltan"),
    ("Kurator Anna-Karin Påhittsson ringde", "Anna-Karin Påhittsson"),
    ("sol tog min mobil", "sol"),
    ("jag är rädd för mohamed abdi", "mohamed abdi"),
    ("familjen Eriksson skriker", "Eriksson"),
    ("min man K slår mig", "K"),
    ("bettan sov hos mig", "bettan"),
    ("vän kalla mig Mei", "Mei"),
    ("yo tim här, min brorsa kommer", "tim"),
    ("Love 4 år pratar om pappa", "Love"),
    ("Frid (dotter, 8 år) såg allt", "Frid"),
    ("love å jag har varit ihop", "love"),
    ("S. har gjort det igen", "S"),
    ("sekreterare F. Påhittström sa nej", "F. Påhittström"),
    ("Make Carl-Gustaf af Trollevind har advokat", "Carl-Gustaf af Trollevind"),
    ("jag är gift med stig", "stig"),
    ("Målsägande B hördes", "B"),
    ("min syster xelîn har flyttat", "xelîn"),
    ("sol går i min klass", "sol"),
    ("зовут оксана", "оксана"),
]

NO_NAMES = [
    "kvinnojouren Nina har plats",
    "Nina-jouren",
    "finns talita och somaya kvar",
    "Astrid Lindgrens barnsjukhus",
    "Alla Kvinnors Hus",
    "jag bor i Nacka men jobbar i Tensta",
    "han kastade en sten och hotar mig",
    "i maj åkte vi till hav och strand",
    "kan jag bo kvar",
    "mitt liv är slut",
    "alla vet att hans bror slår",
    "vad heter jouren",
    "mvh orolig mamma",
    "min man slår mig varje dag",
    "HAN KOMMER SLÅ IHJÄL MIG",
    "lex Sarah",
    "min man sloog mig igår",
    "mitt clearingnr och bricknr",
    "storm och snö i vår",
    "i maj 3 år sen",
    "han är 15 och går i nian",
    "plan B finns inte",
    "han kom hem klockan 3",
]


def persons(text: str) -> list[str]:
    return [text[item.start : item.end] for item in scrub(text).found if item.type is Kind.PERSON]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_name_is_found(text: str, name: str) -> None:
    assert persons(text) == [name]


@pytest.mark.parametrize("text", NO_NAMES)
def test_ordinary_word_place_or_service_stays(text: str) -> None:
    assert scrub(text).text == text
