"""Strong cues and what follows from them."""

from __future__ import annotations

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
        ("jag slog min fru", [], "utovare", ["behandling_utovare"]),
    ],
)
def test_a_need_is_voiced(text: str, learned: list[str], perspective: str, expected: list[str]) -> None:
    assert consistency.needs(text, learned, perspective, "referral") == expected


@pytest.mark.parametrize(("text", "expected"), [("vet inte", True), ("asdkfj qwpoeiru", False)])
def test_an_answer_says_something(text: str, expected: bool) -> None:
    assert consistency.says_something(text) is expected


def test_a_bare_number_is_seen() -> None:
    assert consistency.has_bare_number("3 veckor")
    assert not consistency.has_bare_number("min kusin")
    assert consistency.is_about_somebody("nej hon är 15 år")
    assert not consistency.is_about_somebody("min kille är 30")


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
    ("text", "close"),
    [
        ("för min pappa", True),
        ("mitt ex", True),
        ("läraren", False),
        ("inte min pappa", False),
        ("", False),
        ("ej min man", False),
        ("min mammas chef", False),
        ("kollega till mitt ex", False),
        ("min mamma är sjuk", False),
        ("jag slår min fru", False),
        ("min syster blir slagen", False),
        ("familjen", False),
        ("det är min man", True),
    ],
)
def test_somebody_close(text: str, close: bool) -> None:
    assert consistency.is_somebody_close(text) == close


@pytest.mark.parametrize(
    ("text", "violence"),
    [
        ("min man är jättearg och hotar mig", True),
        ("pappa är skitarg och vill slå mig", True),
        ("asså min brorsa kollar min mobil hela tiden o säger ja e en hora", True),
        ("min man snarkar", False),
        ("chefen hotar med uppsägning", False),
        ("han slår honom i filmen, min man älskar den", False),
        ("mamma bestämmer att jag ska ta ut soporna", False),
    ],
)
def test_violence_by_somebody_close(text: str, violence: bool) -> None:
    assert consistency.is_violence_by_somebody_close(text) == violence


@pytest.mark.parametrize(
    ("text", "intent", "yes"),
    [
        ("ja han är arg och jag är rädd", "referral", True), ("Ja!", "affirm", True), ("jag tror det", "inform", True),
        ("jo det är han", "inform", True), ("mm", "affirm", True), ("ja men inte just nu", "affirm", False),
        ("jag tror det är mitt fel", "inform", False), ("jag är rädd", "referral", False), ("nej", "deny", False),
        ("jag vet inte", "inform", True), ("mina barn", "inform", True),
        ("", "inform", False),
    ],
)  # fmt: skip
def test_says_yes(text: str, intent: str, yes: bool) -> None:
    assert consistency.says_yes(text, intent) == yes


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("nej inte nu", True),
        ("Nä, inte längre", True),
        ("nej", True),
        ("nej han är här", False),
        ("", False),
    ],
)
def test_a_bare_no_or_time(text: str, bare: bool) -> None:
    assert consistency.is_bare(text) == bare


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        ("jag är i säkerhet. var är mamma", True),
        ("vart är mamma?", True),
        ("var är min fru", False),
        ("var är mamma till mina barn", False),
        ("var är min mamma hon gömmer sig för mig", False),
    ],
)
def test_a_child_asks_for_its_parent(text: str, parent: bool) -> None:
    assert consistency.asks_for_a_parent(text) == parent
