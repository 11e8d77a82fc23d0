"""Every way to say an age, and whose it is."""

from __future__ import annotations

from datetime import date

import pytest

from bot.nlu import ages

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "perspective", "age", "group"),
    [
        ("jag är 34 och bor i Rinkeby", "utsatt", 34, "vuxen"),
        ("femtonåring på min skola", "yrkesverksam", 15, "barn"),
        ("15 bast", None, 15, "barn"),
        ("jag e sjutton", "utsatt", 17, "barn"),
        ("fyller 18 på fredag", "utsatt", 17, "barn"),
        ("18 om tre veckor", "utsatt", 17, "barn"),
        ("har precis fyllt tjugo", "utsatt", 20, "ung_vuxen"),
        ("trettiofyra", None, 34, "vuxen"),
        ("jag är i trettioårsåldern", "utsatt", None, "vuxen"),
        ("kvinna, ca 40", "yrkesverksam", None, "vuxen"),
        ("f. 92, märsta", "utsatt", 34, "vuxen"),
        ("hon är född 2009", "anhorig", 17, "barn"),
        ("född 2007", None, 19, "ung_vuxen"),
        ("nej jag menade 19", None, 19, "ung_vuxen"),
        ("menade 19", "utsatt", 19, "ung_vuxen"),
        ("det ska vara 19", "anhorig", 19, "ung_vuxen"),
        ("hon är inte 15 utan 16", "anhorig", 16, "barn"),
        ("går i åttan", "utsatt", None, "barn"),
        ("min mormor får inte gå ut", "anhorig", None, "aldre"),
        ("tonårstjej på boendet", "yrkesverksam", None, "barn"),
        ("Klient 24 år, bor i Tumba", "yrkesverksam", 24, "ung_vuxen"),
        ("min kille är 30 och jag är 19", "utsatt", 19, "ung_vuxen"),
        ("min dotter är 15, hennes kille är 22", "anhorig", 15, "barn"),
        ("tjej 17 från Handen", "utsatt", 17, "barn"),
        ("Kv 28 m son 6 behöver plats", "yrkesverksam", 28, "vuxen"),
        ("soc här, fl 16, fadern hotar", "yrkesverksam", 16, "barn"),
        ("kv 22 i väntrummet, bröderna utanför", "yrkesverksam", 22, "ung_vuxen"),
        ("Mor 31 med blåmärken, far häktad", "yrkesverksam", 31, "vuxen"),
        ("Elev, nyss 18, vågar inte gå hem", "yrkesverksam", 18, "ung_vuxen"),
        ("Pojke, tre år, märken på ryggen", "yrkesverksam", 3, "barn"),
        ("vår sjuttonåriga dotter vågar inte gå ut", "anhorig", 17, "barn"),
        ("barnbarnet på fem är rädd för sin pappa", "anhorig", 5, "barn"),
        ("sonsonen är nio och rädd", "anhorig", 9, "barn"),
        ("pappa är 82 och blir knuffad", "anhorig", 82, "aldre"),
        ("kan en kille på 17 få hjälp", "utsatt", 17, "barn"),
        ("måste en 56-årig karl stå ut med det", "utsatt", 56, "vuxen"),
        ("jag e tjej å 15 å rädd", "utsatt", 15, "barn"),
        ("16 e jag", "utsatt", 16, "barn"),
        ("får jag själv söka när jag är 17?", "utsatt", 17, "barn"),
        ("jag är sjuttioåtta år nu", "utsatt", 78, "aldre"),
        ("42 inte 24", None, 42, "vuxen"),
        ("14 nej vänta 15", None, 15, "barn"),
        ("de tror jag är 20, men jag är bara 17", "utsatt", 17, "barn"),
        ("jag är inte 18 än", "utsatt", 17, "barn"),
        ("tant på sitt 79:e år", "anhorig", 78, "aldre"),
        ("Kv -91 med två barn, sambo -84", "yrkesverksam", 35, "vuxen"),
        ("17/tjej, bråk hemma", "utsatt", 17, "barn"),
        ("Eleven är född i maj 2011, storasystern nu 20", "yrkesverksam", 15, "barn"),
        ("En besökare som fyllt 19 ska bli förlovad med en man på 41", "yrkesverksam", 19, "ung_vuxen"),
        ("mamma till en pojke som är sex, pappan 33", "anhorig", 6, "barn"),
        ("jag är 15 och han är inte 17 utan 19", "utsatt", 15, "barn"),
        ("det står 20 men han är 25, jag är 18", "utsatt", 18, "ung_vuxen"),
        ("min dotter är inte 18 än", "anhorig", 17, "barn"),
        ("hon är 19 och har träffat en kille på 30", "anhorig", 19, "ung_vuxen"),
    ],
)
def test_age_is_read(text: str, perspective: str | None, age: int | None, group: str) -> None:
    assert ages.find(text, perspective, TODAY) == ages.Age(age, ages.AgeGroup(group))


@pytest.mark.parametrize(
    "text",
    [
        "gift i 19 år", "för 8 år sedan", "han tog 500 kr", "klockan 17", "ring 112", "buss 40 hem", "20 minuter",
        "tre barn", "15 kunder på en natt", "när jag var 12 hände det", "mina tjejer på 4 och 7", "", "😀",
        "kapitel 19", "min kille var 19 år i våras", "vi är gifta sen 12 år", "lånade 23 000 av honom", "jag är 1,64",
        "jag kom 25 min efter", "15 års tystnad räcker", "dom är 20 min bort", "går det efter 17.30?",
        "elev i åk 8, flicka", "min sugar daddy (52) betalar", "den 17:e är jag på rätten", "han tar 50/mån av mig",
        "jag var inte 18 än när det började", "dejtar en 40-åring",
    ],
)  # fmt: skip
def test_other_numbers_are_no_age(text: str) -> None:
    assert ages.find(text, "utsatt", TODAY).age is None


def test_clock_is_passed_in() -> None:
    assert ages.find("född 2009", "utsatt", date(2040, 1, 1)).group is ages.AgeGroup.ADULT
