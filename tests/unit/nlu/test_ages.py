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
        ("solna 31", None, 31, "vuxen"),
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
        ("mormor går på sitt 81:a år", "anhorig", 80, "aldre"),
        ("jag är på mitt 65:e år", "utsatt", 64, "vuxen"),
        ("den 17 år gamla flickan", "yrkesverksam", 17, "barn"),
        ("jag är 15 och han är inte 17 utan 19", None, 15, "barn"),
        ("jag är 15 och han är inte 17 utan 19", "utovare", 15, "barn"),
        ("jag är 16, det står 20 men han är 25", None, 16, "barn"),
        ("jag är inte 17 utan 18 och rädd", "utsatt", 18, "ung_vuxen"),
        ("jag är 15, min sambo skulle vara 40", "utsatt", 15, "barn"),
        ("jag är 18, ska vara 19", "utsatt", 19, "ung_vuxen"),
        ("jag är 15 men han menar att jag är 20", "utsatt", 15, "barn"),
        ("jag är 17 menade 18", "utsatt", 18, "ung_vuxen"),
        ("jag är 15 och han är 17, nej vänta 18", "utsatt", 15, "barn"),
        ("tjej 17, nej vänta 18", "utsatt", 18, "ung_vuxen"),
        ("hon är 17, nej vänta 18", None, 18, "ung_vuxen"),
        ("han är så 40 men jag är 16", "utsatt", 16, "barn"),
        ("jag är så trött, 15 år men han är 22", "utsatt", 15, "barn"),
        ("jag är inte ens 18 år ännu", "utsatt", 17, "barn"),
        ("jag har inte fyllt 18", "utsatt", 17, "barn"),
        ("hon hade inte fyllt 18, nu är hon 30", "anhorig", 30, "vuxen"),
        ("min dotter är inte ens 18 ännu och han är 30", "anhorig", 17, "barn"),
        ("kvinna 50, får 40 / mån", "utsatt", 50, "vuxen"),
        ("50/man, slagen hemma", "utsatt", 50, "vuxen"),
        ("min dotter, 16, dejtar en 40-åring", "anhorig", 16, "barn"),
        ("jag träffade min dotter, 19, i går", "anhorig", 19, "ung_vuxen"),
        ("har träffat en kille på 19 som hotas av sin bror", "yrkesverksam", 19, "ung_vuxen"),
        ("träffar en 19-åring i morgon", "yrkesverksam", 19, "ung_vuxen"),
    ],
)
def test_age_is_read(text: str, perspective: str | None, age: int | None, group: str) -> None:
    assert ages.find(text, perspective, TODAY) == ages.Age(age, ages.AgeGroup(group))


@pytest.mark.parametrize(
    "text",
    [
        "buss 31", "Storgatan 31", "april 20",
        "gift i 19 år", "för 8 år sedan", "han tog 500 kr", "klockan 17", "ring 112", "buss 40 hem", "20 minuter",
        "tre barn", "15 kunder på en natt", "när jag var 12 hände det", "mina tjejer på 4 och 7", "", "😀",
        "kapitel 19", "min kille var 19 år i våras", "vi är gifta sen 12 år", "lånade 23 000 av honom", "jag är 1,64",
        "jag kom 25 min efter", "15 års tystnad räcker", "dom är 20 min bort", "går det efter 17.30?",
        "elev i åk 8, flicka", "min sugar daddy (52) betalar", "den 17:e är jag på rätten", "han tar 50/mån av mig",
        "jag var inte 18 än när det började", "dejtar en 40-åring",
        "den 65:e årsdagen", "den 17 är jag på rätten", "jag får 50 / mån", "då var jag inte 18 än",
        "jag hade inte ens fyllt 18", "han är inte 18 snart", "han är inte 17 utan 19", "han säger 20 men han är 25",
        "har träffat en man på 45", "träffat en fyrtioåring på nätet",
    ],
)  # fmt: skip
def test_other_numbers_are_no_age(text: str) -> None:
    assert ages.find(text, "utsatt", TODAY).age is None


@pytest.mark.parametrize(
    ("text", "perspective"),
    [
        ("min syster har träffat en 30-åring", "anhorig"),
        ("min syster träffade en man på 45", "anhorig"),
        ("klienten har träffat en man som är 45", "yrkesverksam"),
        ("jag träffar klienten som dejtar en kille på 22", "yrkesverksam"),
        ("jag har träffat en 19-åring", None),
    ],
)
def test_mate_is_not_the_exposed(text: str, perspective: str | None) -> None:
    assert ages.find(text, perspective, TODAY) == ages.Age()


@pytest.mark.parametrize("whose", ["min 15-åring", "min 15 åring", "min 15åring", "min femtonåring"])
def test_grade_of_a_child_is_not_the_writers(whose: str) -> None:
    assert ages.find(f"{whose} går på nian", "utsatt", TODAY) == ages.Age()
    assert ages.find(f"{whose} går i nian, jag är 41", "utsatt", TODAY).age == 41
    assert ages.find("jag går på nian", "utsatt", TODAY).group is ages.AgeGroup.CHILD


def test_clock_is_passed_in() -> None:
    assert ages.find("född 2009", "utsatt", date(2040, 1, 1)).group is ages.AgeGroup.ADULT
