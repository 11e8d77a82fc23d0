"""Every kind of structured identifier, as people write it; look-alikes that must stay."""

from datetime import date

import pytest

from bot.privacy import PLACEHOLDERS, Kind, scrub
from bot.privacy.guard import contains_structured

TODAY = date(2026, 11, 21)

# (text, kind, what is removed). All invented.
REMOVED = [
    ("mitt nr är 20090312-1234 tror jag", "personnummer", "20090312-1234"),
    ("850312-1234", "personnummer", "850312-1234"),
    ("8503121234", "personnummer", "8503121234"),
    ("pnr 19850312 1234", "personnummer", "19850312 1234"),
    ("född 120312+1234", "personnummer", "120312+1234"),
    ("1985 03 12 - 1234", "personnummer", "1985 03 12 - 1234"),
    ("85.03.12.1234", "personnummer", "85.03.12.1234"),
    ("850312–1234", "personnummer", "850312–1234"),
    ("850312\n1234", "personnummer", "850312\n1234"),
    ("850312\u00a01234", "personnummer", "850312\u00a01234"),
    ("8\u200b50312-12\u200b34", "personnummer", "8\u200b50312-12\u200b34"),
    ("٨٥٠٣١٢-١٢٣٤", "personnummer", "٨٥٠٣١٢-١٢٣٤"),
    ("pnr850312-1234hej", "personnummer", "850312-1234"),
    ("(19)850312-1234", "personnummer", "(19)850312-1234"),
    ("851312-1234", "personnummer", "851312-1234"),
    ("personnummer 8 5 0 3 1 2 1 2 3 4", "personnummer", "8 5 0 3 1 2 1 2 3 4"),
    (
        "nitton åttiofem noll tre tolv tolv trettiofyra",
        "personnummer",
        "nitton åttiofem noll tre tolv tolv trettiofyra",
    ),
    ("sista fyra är 1234", "personnummer", "1234"),
    ("sista fyra ett två tre fyra", "personnummer", "ett två tre fyra"),
    ("850372-1234", "samordningsnummer", "850372-1234"),
    ("131052-308T", "personnummer", "131052-308T"),
    ("850312-TF12", "reservnummer", "850312-TF12"),
    ("reservnr 99198512345", "reservnummer", "99198512345"),
    ("hon är född 2009-03-12", "birth_date", "2009-03-12"),
    ("född den 12 mars 1985", "birth_date", "den 12 mars 1985"),
    ("flicka f 090312", "birth_date", "090312"),
    ("ring mig på 070-123 45 67", "phone", "070-123 45 67"),
    ("0701234567", "phone", "0701234567"),
    ("0707-12 34 56", "phone", "0707-12 34 56"),
    ("08-123 45 67", "phone", "08-123 45 67"),
    ("+46 (0)70 123 45 67", "phone", "+46 (0)70 123 45 67"),
    ("0046701234567", "phone", "0046701234567"),
    ("+964 770 123 4567", "phone", "+964 770 123 4567"),
    ("O7O-123 45 67", "phone", "O7O-123 45 67"),
    ("noll sju noll ett två tre fyra fem sex sju", "phone", "noll sju noll ett två tre fyra fem sex sju"),
    ("nås på 712 34 56", "phone", "712 34 56"),
    ("lisa.b@exempel.se", "email", "lisa.b@exempel.se"),
    ("lisa punkt b snabel-a gmail punkt com", "email", "lisa punkt b snabel-a gmail punkt com"),
    ("lisa.b (at) exempel (dot) se", "email", "lisa.b (at) exempel (dot) se"),
    ("vi bor på Påhittsgatan 12 B, 3 tr", "address", "Påhittsgatan 12 B, 3 tr"),
    ("Påhittsgränd 9", "address", "Påhittsgränd 9"),
    ("c/o Påhittsson", "address", "c/o Påhittsson"),
    ("lgh 1203", "address", "lgh 1203"),
    ("141 30 Huddinge", "postcode_address", "141 30"),
    ("14130 huddinge", "postcode_address", "14130"),
    ("box 123, Nacka", "postcode_address", "box 123"),
    ("59.32938, 18.06871", "coordinates", "59.32938, 18.06871"),
    ("N 59° 19.760 E 18° 4.123", "coordinates", "N 59° 19.760 E 18° 4.123"),
    ("bilen ABC12D", "reg_plate", "ABC12D"),
    ("hans bil abc 123", "reg_plate", "abc 123"),
    ("@lisa_b", "username", "@lisa_b"),
    ("snap: kungen.07", "username", "kungen.07"),
    ("han heter mörkret på insta", "username", "mörkret"),
    ("https://www.instagram.com/pahittad/", "url_profile", "https://www.instagram.com/pahittad/"),
    ("facebook.com/pahittad.person", "url_profile", "facebook.com/pahittad.person"),
    ("K123456-24", "case_number", "K123456-24"),
    ("mål nr B 1234-24", "case_number", "B 1234-24"),
    ("dnr SN 2024/123", "case_number", "SN 2024/123"),
    ("konto 8327-9, 123 456 789-0", "bank_account", "8327-9, 123 456 789-0"),
    ("SE45 5000 0000 0583 9825 7466", "iban", "SE45 5000 0000 0583 9825 7466"),
    ("GB29 NWBK 6016 1331 9268 19", "iban", "GB29 NWBK 6016 1331 9268 19"),
    ("4571 1234 1234 1234", "card", "4571 1234 1234 1234"),
    ("passnummer AB1234567", "passport_id", "AB1234567"),
    ("LMA-kort 50-123456", "passport_id", "50-123456"),
    ("tjänstenummer 12345", "license_or_badge", "12345"),
    ("192.168.0.17", "ip", "192.168.0.17"),
    ("2001:db8::ff00:42:8329", "ip", "2001:db8::ff00:42:8329"),
]

KEPT = [
    "ring 112 eller 114 14",
    "Kvinnofridslinjen 020-50 50 50",
    "läraren gav henne numret till Origo 020-25 30 00",
    "på blanketten SKV 7665 står c/o, vad ska jag skriva där",
    "Origo 08-508 251 20",
    "+46850825120",
    "Bris 116 111 och 1177",
    "Försäkringskassan 0771-524 524",
    "19 kap. 1 § SoL (2025:400) och prop. 2023/24:31",
    "SFS 2001:453",
    "hon är 15 år och bor i Huddinge",
    "vi träffades 2019 och det hände 2024-03-12 kl 14.30",
    "han har slagit mig 10-15 gånger sen 2020",
    "barnen är 3, 5 och 14 år",
    "det kostar 12 500 kr i månaden",
    "org.nr 556677-8899",
    "kl 18.30-21.00",
    "säkerhetsplan 2 gäller",
    "han tvingar mig till sex två gånger i veckan",
    "min insta är hackad",
    "polisen.se/utsatt-for-brott",
    "info@wonsa.org",
    "BT 120/80",
    "vid Sveavägen klockan 3",
]


@pytest.mark.parametrize(("text", "kind", "gone"), REMOVED)
def test_identifier_is_removed_with_its_kind_and_offsets(text: str, kind: str, gone: str) -> None:
    result = scrub(text, today=TODAY)
    assert [
        (item.type.value, text[item.start : item.end]) for item in result.found if item.type is not Kind.PERSON
    ] == [(kind, gone)]
    assert PLACEHOLDERS[Kind(kind)] in result.text
    assert gone not in result.text


@pytest.mark.parametrize("text", KEPT)
def test_look_alike_stays(text: str) -> None:
    assert scrub(text, today=TODAY).text == text
    assert not contains_structured(text)


@pytest.mark.parametrize("text", ["ring 070-123 45 67", "850312-1234", "lisa@exempel.se", "4571 1234 1234 1234"])
def test_guard_refuses_what_scrub_would_take_and_passes_the_scrubbed_text(text: str) -> None:
    assert contains_structured(text)
    assert not contains_structured(scrub(text, today=TODAY).text)


def test_glued_identifier_becomes_a_word_of_its_own() -> None:
    assert scrub("pnr850312-1234hej", today=TODAY).text == "pnr PERSONNUMMER hej"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("jag heter inget, 20090312-1234", {"age": 17}),
        ("091122-1234", {"age": 16}),
        ("091121-1234", {"age": 17}),
        ("född 2010-01-05", {"age": 16}),
        ("120312+1234", {}),
        ("min man 850312-1234 hotar mig", {}),
        ("850312-1234 och 090312-1234", {}),
        ("Påhittsgatan 3, 141 30 Huddinge", {"municipality": "Huddinge"}),
        ("Påhittsgatan 3, 163 72 Rinkeby", {"municipality": "Stockholm", "district": "Järva"}),
    ],
)
def test_facts(text: str, facts: dict[str, object]) -> None:
    got = scrub(text, today=TODAY).facts
    if text == "120312+1234":
        assert got["age"] > 100  # type: ignore[operator]
    else:
        assert got == facts
