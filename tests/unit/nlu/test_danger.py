"""Signs of danger and of suicide, and what only sounds like them."""

from __future__ import annotations

import pytest

from bot.nlu.danger import denies_suicide, is_cry, is_doubtful, is_over, is_told_to_die, signs

# Family of signs -> a sentence that has it, and one that is close but does not.
EMERGENCY = {
    "approach": ("han kommer hem om en timme", "han kommer hem varje dag klockan fem"),
    "at_the_door": ("mitt ex sparkar på dörren", "mitt ex sparkade på dörren förra året"),
    "going_on": ("grannen skriker och det dunkar i väggen", "ibland hör jag skrik från grannen"),
    "confined": ("jag sitter inlåst i hans lägenhet", "för tre år sen satt jag inlåst hos honom"),
    "armed": ("han står i köket med en kniv", "såg en dokumentär där han står med en kniv"),
    "strangled": ("han stryper mig", "för tio år sedan ströps jag av min man"),
    "told_to_die": ("han skriver att jag ska dö", "han skriver att han ska sluta"),
    "will_kill": ("han ska döda mig i natt", "han sa att han skulle sluta dricka"),
    "when_he": ("när han nyktrar till vet jag inte vad han gör", "när han var full tog polisen honom"),
    "taken_abroad": ("vi sitter på planet till Irak i morgon, pappa har mitt pass", "vi åker till Irak nästa sommar"),
    "raped_now": ("i natt höll han fast mig fast jag sa nej", "han våldtog mig när jag var femton"),
    "hides": ("jag gömmer oss i källaren, han letar, dörren är låst", "jag gömmer pengar i källaren"),
    "flees_now": ("jag står barfota på gatan", "vi funderar på att flytta i höst"),
}
SUICIDE = {
    "no_tomorrow": ("jag ser ingen morgondag", "jag ser ingen buss"),
    "places_to_die": ("jag sitter på broräcket", "jag sitter på bussen"),
    "hurts_self": ("jag skar för djupt i armen", "jag skar mig på en konservburk för två år sen"),
    "says_goodbye": ("hon gav bort sina smycken och sin hund", "hon köpte nya smycken"),
    "third_person": ("klienten uttrycker livsleda", "klienten uttrycker glädje"),
    "not_live": ("jag orkar inte leva längre", "jag orkar inte leva med honom"),
}


@pytest.mark.parametrize("family", EMERGENCY)
def test_danger_is_seen(family: str) -> None:
    present, close = EMERGENCY[family]
    assert family in signs(present).emergency
    assert not signs(present).suicide_risk
    assert not signs(close).emergency


@pytest.mark.parametrize("family", SUICIDE)
def test_suicide_is_seen(family: str) -> None:
    present, close = SUICIDE[family]
    assert family in signs(present).suicide_risk
    assert not signs(close).suicide_risk


@pytest.mark.parametrize(
    "text",
    ["jag har låst in mig på toaletten", "han ar pa vag hem", "ring polisen", "han våldtog mig i natt"],
)
def test_danger_without_diacritics_and_in_few_words(text: str) -> None:
    assert signs(text).emergency


@pytest.mark.parametrize(
    "text",
    ["jag vill inte leva längre", "tänker på att ta livet av mig", "jag vill bara dö", "har sparat tabletter"],
)
def test_suicide_in_plain_words(text: str) -> None:
    assert signs(text).suicide_risk


@pytest.mark.parametrize(
    "text",
    [
        "dör av skratt", "min chef mördar mig om jag kommer sent haha", "vi pratade om filmen där han sköt henne",
        "hej", "", "jag bor i Nacka", "hur ansöker man om kontaktförbud", "😀", "hej då och tack för allt",
        "jag har inga tankar på självmord",
    ],
)  # fmt: skip
def test_idioms_and_everyday_are_not_danger(text: str) -> None:
    found = signs(text)
    assert not found.emergency
    assert not found.suicide_risk


@pytest.mark.parametrize(
    ("texts", "danger"),
    [(["jag och mina barn är i fara", "vi är i fara, min man är arg", "min dotter är i fara hos sin pappa",
     "det är fara",
     "jag är i stor fara", "vi är i livsfara", "livsfara", "jag befinner mig i akut fara",
     "min man vill döda mig", "hjelp min man vil döda mig", "hej min man doda mig idag",
     "min bror säger att jag ska dö",
     "jag vill döda min fru", "kan du ringa polisen åt mig", "kan du ringa ambulans åt mig", "kan du larma åt mig"],
      True),
     (["jag är inte i fara", "vi är inte i någon fara", "jag är inte längre i akut fara", "mitt jobb är i fara",
     "min man ska inte döda mig", "jag ska inte ta livet av mig",
     "hur vet jag om jag är i fara", "ska jag ringa polisen åt henne?", "vi är i fara att missa tåget"],
      False)],
)  # fmt: skip
def test_danger_in_so_many_words(texts: list[str], danger: bool) -> None:
    assert [text for text in texts if bool(signs(text).emergency) != danger] == []


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [("mamma har blåmärken på halsen", True), ("han tog stryptag i helgen", True), ("han höll mig om halsen", True),
     ("jag har ont i halsen", False), ("de ströp bidraget", False),
     ("han ströp mig förra året", True),
     ("jag är inte i säkerhet", True), ("jag är i säkerhet", False),
     ("han hotade att döda mig", True), ("biljetterna är köpta vi åker på torsdag", True), ("jag vill inte dö", True),
     ("my husband lock me home", True), ("min dotter är försvunnen", True)],
)  # fmt: skip
def test_what_is_asked_about_in_any_case(text: str, doubtful: bool) -> None:
    assert is_doubtful(text) == doubtful


@pytest.mark.parametrize(
    "text",
    ["nej det är lugnt nu", "Nej, det är lugnt.", "de e lugnt igen :)", "jag är inte i fara längre", "ingen fara nu",
     "det är inte akut", "hon är i säkerhet hos sin syster", "vi är säkra här", "jag känner mig trygg nu",
     "polisen tog honom, lugnt nu",
     "polisen är här nu, det är lugnt", "jag e i säkerhet hos en kompis", "nä lugnt", "faran är över",
     "NEJ INGEN FARA", "jag är säker här", "polisen har kommit, vi är i säkerhet",
     "Ingen är i fara", "han sitter häktad nu",
     "polisen var här nu är det lugnt", "det är ingen fara med mig", "jag är inte alls i fara"],
)  # fmt: skip
def test_danger_is_over(text: str) -> None:
    assert is_over(text)


@pytest.mark.parametrize(
    "text",
    ["det är lugnt nu men han kommer snart", "det är inte lugnt", "det är lugnt när han sover", "är jag i säkerhet?",
     "han säger att det är lugnt", "han sa att det är lugnt nu", "än så länge är det lugnt nu", "det är lugnt just nu",
     "det är lugnt nu han sover", "det är lugnt nu fast jag är rädd", "jag låtsas att allt är lugnt",
     "försöker ta det lugnt nu", "vi måste hålla det lugnt nu", "jag känner mig inte trygg nu", "ej trygg nu här",
     "ingen är säker här", "vi är knappast säkra här", "barnen är i säkerhet men jag är kvar hos honom",
     "jag är säker nu att han följer efter mig", "jag är säker på att han slog henne", "jag är säker nu", "nej",
     "jag låg inte på akuten", "jag vill inte fara", "det är aldrig lugnt här", "han har gått nu", "jag är i fara",
     "är det lugnt nu?", "jag är i säkerhet hos honom", "", "polisen kom inte nu", "jag orkar inte längre",
     "nej inte nu men snart", "inte längre säker",
     "jag är trygg. nej nu kom pappa", "det är lugnt nu. nej nu är pappa här igen", "nej inte nu",
     "jag är trygg hos mamma. nu är pappa här",
     "jag är trygg nu kom min bror", "polisen tog honom. nu är pappa här", "vi är trygga. nej pappa kom",
     "jag är trygg nu. mamma är hos pappa", "ingen fara för mig, för mamma"],
)  # fmt: skip
def test_danger_is_not_over(text: str) -> None:
    assert not is_over(text)


@pytest.mark.parametrize(
    ("text", "cry"),
    [
        ("HJÄLP!!!", True),
        ("snälla hjälp mig", True),
        ("help", True),
        ("hjälp min syster med soc", False),
        ("akut hjälp", True),
        ("behöver akut hjälp", True),
        ("det är fara", True),
        ("hej hjälp mig", True),
        ("HJÄLP 🆘", True),
        ("🔪", True),
    ],
)
def test_cry_for_help(text: str, cry: bool) -> None:
    assert is_cry(text) == cry


@pytest.mark.parametrize(
    ("text", "denies"),
    [("nej jag ska inte ta livet av mig", True), ("jag är inte självmordsbenägen", True),
     ("nej jag är inte suicidal", True),
     ("jag vill inte dö", True), ("inga sådana tankar", True), ("jag ska inte göra nåt dumt", True),
     ("jag vill inte dö men jag orkar inte mer", False), ("jag vill dö", False), ("jag vill inte leva", False)],
)  # fmt: skip
def test_suicide_is_denied_and_nothing_else_said(text: str, denies: bool) -> None:
    assert denies_suicide(text) == denies
    assert not (denies and signs(text).suicide_risk)


def test_a_threat_is_not_the_writers_own_wish() -> None:
    assert is_told_to_die("min bror säger att jag ska dö")
    assert not is_told_to_die("jag säger att jag vill dö")
    assert is_told_to_die("nu säger han att det är min tur nästa gång")
    assert not is_told_to_die("snart är det min tur att hämta på dagis")
    assert signs("jag vill kms").suicide_risk
    assert signs("min dotter är självskadande").suicide_risk
