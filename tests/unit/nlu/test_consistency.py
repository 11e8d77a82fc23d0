"""Strong cues and what follows from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.nlu import consistency, language


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
        ("i need help", "en"),
        ("help me", "en"),
        ("he will kill me", "en"),
        ("mama said i must marry", "en"),
        ("kocam beni dövüyor", "tr"),
        ("i need help bror han e galen", "sv"),
        ("kill myself", "en"),
        ("hit me", "en"),
        ("my dad", "en"),
        ("i hate my life", "en"),
        ("ich habe angst", "de"),
        ("i caawi", "so"),
        ("la la la la", "sv"),
        ("asdfgh qwerty", "sv"),
        ("😀", "sv"),
        ("", "sv"),
    ],
)
def test_language(text: str, expected: str) -> None:
    assert language.detect(text) == expected


@pytest.mark.parametrize(
    ("text", "learned", "perspective", "expected"),
    [
        ("vad gäller i lagen", ["radgivning", "stodsamtal", "juridik"], "utsatt", ["juridik"]),
        ("kan jag bolla ett ärende", [], "yrkesverksam", ["radgivning"]),
        ("jag behöver prata med någon", [], "utsatt", ["stodsamtal"]),
        ("barnen skulle behöva nån att prata med", [], "utsatt", ["barnstod"]),
        ("finns det samtal för min dotter?", ["barnstod"], "anhorig", ["barnstod"]),
        ("vill prata med nån om min son", [], "utsatt", ["stodsamtal"]),
        ("vi har inte råd", ["radgivning"], "utsatt", []),
        ("min man slår mig", ["behandling_utovare"], "utsatt", []),
        ("finns det hjälp för honom", ["behandling_utovare"], "anhorig", ["behandling_utovare"]),
        ("vart kan han få hjälp", ["behandling_utovare"], "anhorig", ["behandling_utovare"]),
        ("jag slog min fru", [], "utovare", ["behandling_utovare"]),
        ("jag är döv", [], None, ["chatt"]),
        ("jag är döv och behöver teckenspråkstolk", ["tolk"], None, ["tolk"]),
        ("kan ni prata somaliska", [], None, ["tolk"]),
        ("pratar du svenska", [], None, []),
        ("har inte nånstans att va inatt", [], "utsatt", ["skyddat_boende"]),
        ("sover i bilen sen i fredags", [], "utsatt", ["skyddat_boende"]),
        ("han bytte låset när jag jobbade", [], "utsatt", ["skyddat_boende"]),
        ("jag har bytt lås", [], "utsatt", []),
        ("blev utslängd för att jag slog morsan", [], "utovare", ["behandling_utovare"]),
        ("jag vill sluta va sån", ["exit"], "utovare", ["behandling_utovare"]),
    ],
)
def test_a_need_is_voiced(text: str, learned: list[str], perspective: str, expected: list[str]) -> None:
    assert consistency.needs(text, learned, perspective, "referral") == expected


# What is told -> messages that do, and messages that do not.
TOLD = {
    consistency.says_something: (["vet inte"], ["asdkfj qwpoeiru"]),
    consistency.is_at_work: (
        ["hej, jag är socialsekreterare", "nej jag är kurator på en skola", "vi arbetar som lärare"],
        ["jag är lärare och min man slår mig", "läkare ja, men det är jag som är patienten", "hon är sjuksköterska"],
    ),
    consistency.must_write: (
        ["hej jag är döv", "jag kan inte ringa", "vågar inte prata i telefon", "får inte prata högt för han sover"],
        ["jag kan inte prata med min man", "han kan inte ringa in sig sjuk"],
    ),
    consistency.has_bare_number: (["3 veckor"], ["min kusin"]),
    consistency.is_about_somebody: (["nej hon är 15 år"], ["min kille är 30"]),
    consistency.is_somebody_close: (
        ["för min pappa", "mitt ex", "det är min man"],
        ["läraren", "inte min pappa", "", "ej min man", "min mammas chef", "kollega till mitt ex", "min mamma är sjuk",
         "jag slår min fru", "min syster blir slagen", "familjen"],
    ),
    consistency.is_violence_by_somebody_close: (
        ["min man är jättearg och hotar mig", "pappa är skitarg och vill slå mig",
         "asså min brorsa kollar min mobil hela tiden o säger ja e en hora",
         "pappa blir så arg o mamma gråter varje kväll"],
        ["min man snarkar", "chefen hotar med uppsägning", "han slår honom i filmen, min man älskar den",
         "mamma bestämmer att jag ska ta ut soporna"],
    ),
    consistency.is_bare: (["nej inte nu", "Nä, inte längre", "nej", "nu också"], ["nej han är här", ""]),
    consistency.is_about_kin: (["min mamma är 44", "brorsan e 19"], ["min mamma slår mig", "jag är 14"]),
    consistency.is_about_partner: (["killen är 21", "min man är 52 år"], ["jag är 21", "min man är 52 och jag 48"]),
    consistency.is_about_two: (["5 och 8 år", "de är 3 o 6"], ["8 år", "jag är 40 och har två barn"]),
}  # fmt: skip
# A form of cues.yaml -> messages that say it, and messages that do not.
SAID = {
    "no_perpetrator": (
        [
            "jag har haft sex mot betalning sen jag var 17",
            "jag säljer sex ibland",
            "jag är rädd för min sambo",
            "har lämnat min man",
            "jag skickade nudes till han",
            "pappa vill att jag säger var mamma är",
        ],
        [
            "hon säljer sex",
            "jag har köpt sex",
            "min sambo är rädd för mig",
            "jag slog min man och har lämnat honom",
            "jag har skickat hennes nakenbilder till kompisar",
            "jag har lämnat tillbaka nycklarna",
        ],
    ),
    "writers_place": (["jag bor själv i Göteborg"], ["hon bor i Norrtälje"]),
    "looks_for_nobody": (
        [
            "jag är i säkerhet. var är mamma",
            "vart är mamma?",
            "han vet vilken kommun",
            "om jag går hittar de min familj",
            "pappa frågar mig var mamma är",
        ],
        ["var är min fru", "var är mamma till mina barn", "var är min mamma hon gömmer sig för mig"],
    ),
    "about_oneself": (
        ["nej förlåt det gäller mig själv", "mig själv", "jag är utsatt", "oj fel knapp, det är jag som blir slagen"],
        ["det är jag som slår", "han menar mig illa", "jag vill försvara mig själv"],
    ),
    "forced_sex": (["jag blev tvingad att ha sex på jobbet", "han tvingar mig ligga med kunder"], ["jag vill ha sex"]),
    "has_children": (["jag har två barn", "jag har en liten son"], ["har ni barn som kan prata", "min son slår mig"]),
    "has_client": (["jag har en klient som slår sin sambo"], ["jag är klient hos er", "jag har en man som slår"]),
    "says_no_to_else": (["nej inte polisen", "nej det är ingen heder"], ["nej inte nu", "nej ingen fara"]),
    "wants_her_back": (
        ["jag vill att min fru kommer hem", "min fru är på en kvinnojour"],
        ["min syster bor på en kvinnojour", "jag vill komma hem"],
    ),
    "asks_for_help": (["behöver hjälp men säger inte vem jag är", "ja jag vill ha hjälp"], ["jag behöver ingen hjälp"]),
    "own_customer": (["kunden bor i Nacka", "vi har en kund som är rädd"], ["kunden slog mig", "jag har kunder"]),
    "is_woman": (["jag är lesbisk", "vi är två kvinnor"], ["min fru är kvinna", "är jag en dålig kvinna"]),
    "begins_something": (["jag har demens i början", "vi försökte börja om"], ["börja om", "vi tar det från början"]),
    "hurt": (
        [
            "han slog ut en tand på mig",
            "det gör så ont",
            "han tog strypgrepp",
            "min son gömmer mina tabletter",
            "han låste in min hjärtmedicin",
            "jag svimmade",
            "han sparkade mig i magen",
        ],
        [
            "det gör mig ont att du slutar",
            "jag har ont om tid",
            "hur tar man bort en tatuering",
            "han tar min bil",
            "jag har ont i hjärtat när jag tänker på henne",
            "jag tar min medicin varje kväll",
        ],
    ),
    "tells_when": (["i förrgår", "det var i lördags natt", "för tre dagar sen"], ["i natt sov jag", "om tre dagar"]),
    "taken_abroad": (
        ["vi ska till marocko i sommar men jag vill inte", "min kompis är i Libanon och får inte åka hem"],
        ["vi ska till Turkiet på fredag", "min kompis är i Spanien", "jag vill inte jobba mer"],
    ),
    "meets_from_net": (
        ["ska träffa en kille från snap ikväll", "hon har bestämt att de ska ses, någon från roblox"],
        ["ska träffa min kusin", "han spelar roblox hela natten"],
    ),
    "refuses": (
        ["vill inte ha kvinnofridslinjen", "nej jag vill inte gå till soc", "inte soc heller"],
        ["min man vill inte att jag ringer polisen", "jag vill ringa polisen", "jag vågar inte gå hem"],
    ),
    "is_hit": (["han har slagit mig i tio år", "min man slog mig", "hon slår mig"], ["han slår sin mamma"]),
    "goes_on": (["jag vill inte sluta", "säljer sex och vill fortsätta"], ["jag vill sluta", "det vill inte ta slut"]),
    "own_client": (["min klient slår sin fru", "en av våra män har slagit"], ["klienten slår sin fru", "mina män"]),
    "client_wants_to_stop": (
        ["klient slår sin fru och vill ha hjälp att sluta", "dömd patient, misshandel, vill gå i behandling"],
        ["klient blir slagen av sin man och vill ha hjälp att lämna", "min man slår mig"],
    ),
    "other_refuses": (["hon vill inte säga nåt", "men eleven vågar inte"], ["jag vill inte säga", "vill hon inte"]),
    "reports_worry": (
        ["har de barn ska jag anmäla", "när görs en orosanmälan"],
        ["jag vill anmäla honom", "vi har barn, hur polisanmäler jag"],
    ),
    "wishes_him_dead": (["ibland önskar jag att han dog"], ["jag önskar att jag dog", "han vill att jag dör"]),
    "asks_cost": (["vad kostar det", "är det gratis"], ["var ligger det"]),
    "sells": (["jag har kunder", "han vill ha betalt med kroppen"], ["de säger att jag ska få betala"]),
    "whose_fault": (["är det mitt fel", "men är det mitt fel att han slår"], ["det är fel nummer"]),
}


@pytest.mark.parametrize("form", SAID)
def test_what_a_message_says(form: str) -> None:
    told, untold = SAID[form]
    assert [text for text in told if not consistency.says(text, form)] == []
    assert [text for text in untold if consistency.says(text, form)] == []


@pytest.mark.parametrize("tells", TOLD, ids=lambda tells: tells.__name__)
def test_what_a_message_tells(tells: Callable[[str], bool]) -> None:
    told, untold = TOLD[tells]
    assert [text for text in told if not tells(text)] == []
    assert [text for text in untold if tells(text)] == []


def test_prostitution_needs_more_than_money() -> None:
    assert consistency.is_unfounded("de säger att jag ska få betala", "prostitution")
    assert not consistency.is_unfounded("jag vill sluta med kunder", "prostitution")
    assert not consistency.is_unfounded("de säger att jag ska få betala", "heder")


def test_a_passport_that_the_family_took_is_honour() -> None:
    kinds = ["manniskohandel"]
    assert consistency.with_relation("mamma och pappa har tagit mitt pass", kinds) == ["heder"]
    assert consistency.with_relation("chefen har tagit mitt pass", kinds) == kinds


def test_who_sells_a_person_is_close_only_when_named_so() -> None:
    kinds = ["nara_relation", "prostitution"]
    assert consistency.with_relation("män betalar i dörren hos tjejerna", kinds) == ["prostitution"]
    assert consistency.with_relation('en "pojkvän" säljer henne', kinds) == ["prostitution"]
    assert consistency.with_relation("min sambo säljer mig", kinds) == kinds


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Hjälp!!", "referral"),
        ("kan ni hjälpa mig?", "referral"),
        ("jag mår så dåligt", "referral"),
        ("vill bara prata med nån", "hotline"),
        ("chatt", "hotline"),
        ("kan du ringa polisen åt mig", "bot"),
        ("men jag är jätterädd", "referral"),
        ("fryser", "inform"),
        ("tänk om soc tar oss", "guidance"),
        ("jag vill bara veta om det är brott", "guidance"),
        ("kan man ta bort den", "guidance"),
        ("soc tog mina barn förra året", None),
        ("jag vill prata med någon på socialtjänsten", None),
        ("hjälp min syster", None),
        ("", None),
    ],
)
def test_short_message_that_says_one_thing(text: str, intent: str | None) -> None:
    assert consistency.plain_intent(text) == intent


def test_yes_at_the_beginning_of_a_story_is_no_answer() -> None:
    story = "aa bror jag har nån som hotar mig fett mycket asså"
    assert consistency.is_told_by_the_way(story, "affirm", {"perspective": "utsatt"})
    assert not consistency.is_told_by_the_way("ja hon är 15", "affirm", {"perspective": "anhorig"})


@pytest.mark.parametrize(
    ("text", "intent", "answer"),
    [
        ("ja han är arg och jag är rädd", "referral", "yes"), ("Ja!", "affirm", "yes"),
        ("jag tror det", "inform", "yes"),
        ("jo det är han", "inform", "yes"), ("mm", "affirm", "yes"), ("ja men inte just nu", "affirm", "no"),
        ("jag tror det är mitt fel", "inform", None), ("jag är rädd", "referral", None), ("nej", "deny", "no"),
        ("nej förlåt jag bor i farsta", "inform", "no"),
        ("jag vet inte", "inform", "yes"), ("mina barn", "inform", "yes"),
        ("", "inform", None),
        ("ja e 40", "affirm", None), ("ja bor i solna", "inform", None), ("ja, är rädd", "inform", "yes"),
    ],
)  # fmt: skip
def test_answer(text: str, intent: str, answer: str | None) -> None:
    assert consistency.answer(text, intent) == answer
