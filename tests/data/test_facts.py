"""The facts are without fault, every fault an editor can make is named, and nothing unverified gets out."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from sqlalchemy import create_engine, text

from bench import questions
from knowledge.build import build
from knowledge.check import check_facts
from knowledge.checks.copy import check_copy
from knowledge.checks.guidance import check_guidance, check_questions
from knowledge.checks.services import check_services
from knowledge.checks.words import check_gazetteer, check_indicators, check_lexicon
from knowledge.database_directory import DatabaseDirectory
from knowledge.facts import FACTS_DIRECTORY, Facts, read_facts
from knowledge.phones import dialled, numbers_in
from knowledge.publish import shown


@pytest.fixture(scope="module")
def whole() -> Facts:
    return read_facts()


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> DatabaseDirectory:
    url = f"sqlite:///{tmp_path_factory.mktemp('facts')}/knowledge.db"
    build(url)
    return DatabaseDirectory.open(url)


def test_the_facts_are_without_fault() -> None:
    assert check_facts() == []


def entry(facts: Facts, service_id: str) -> dict[str, Any]:
    return next(one for one in facts.services if one["id"] == service_id)


def topic(facts: Facts, topic_id: str) -> dict[str, Any]:
    return next(one for one in facts.guidance if one["id"] == topic_id)


Change = Callable[[Facts], object]
# What an editor does wrong, and the entry, the field and a piece of the message that name it.
SERVICE_FAULTS: list[tuple[Change, str, str, str]] = [
    (lambda f: entry(f, "bris")["phones"][0].update(number="116 BRIS"), "bris", "phones", "inget telefonnummer"),
    (lambda f: entry(f, "origo")["phones"][0].update(number="08-5O8 251 20"), "origo", "phones", "inget telefonnummer"),
    (lambda f: entry(f, "origo")["phones"][0].update(number="085082 51 20"), "origo", "phones", "inget telefonnummer"),
    (lambda f: entry(f, "origo")["phones"].append(entry(f, "origo")["phones"][0]), "origo", "phones", "två gånger"),
    (lambda f: entry(f, "origo")["phones"][0].pop("note"), "origo", "note", "saknas"),
    (lambda f: entry(f, "origo").update(confidence="low"), "origo", "phones", "låg tillförlitlighet"),
    (lambda f: entry(f, "origo").update(sources=[{"url": None, "seen": "x"}]), "origo", "phones", "utan källa"),
    (lambda f: entry(f, "origo").update(sources=[]), "origo", "sources", "saknas"),
    (lambda f: entry(f, "origo").update(notes="Ring 08-508 251 20."), "origo", "notes", "telefonnummer i notes"),
    (lambda f: entry(f, "origo").update(id="roks"), "roks", "id", "två gånger"),
    (lambda f: entry(f, "origo").update(id="Origo!"), "Origo!", "id", "små bokstäver"),
    (lambda f: entry(f, "origo").pop("email"), "origo", "email", "saknas"),
    (lambda f: entry(f, "origo").update(telefon="1"), "origo", "telefon", "okänt fält"),
    (lambda f: entry(f, "origo").update(kind="bot"), "origo", "kind", "okänt värde"),
    (lambda f: entry(f, "origo").update(kind=["vard"]), "origo", "kind", "okänt värde"),
    (lambda f: entry(f, "origo").update(audience=["utsatt", "hund"]), "origo", "audience", "'hund'"),
    (lambda f: entry(f, "origo").update(audience=[]), "origo", "audience", "tom"),
    (lambda f: entry(f, "origo").update(audience=["utsatt"]), "origo", "audience", "saknar barn"),
    (lambda f: entry(f, "origo").update(languages=["svenska"]), "origo", "languages", "språkkod"),
    (lambda f: entry(f, "origo").update(min_age=30), "origo", "max_age", "lägre än"),
    (lambda f: entry(f, "origo").update(min_age="13"), "origo", "min_age", "ingen ålder"),
    (lambda f: entry(f, "origo").update(url="origo.se"), "origo", "url", "ingen adress"),
    (lambda f: entry(f, "origo").update(email="origo"), "origo", "email", "e-postadress"),
    (lambda f: entry(f, "origo").update(checked="2024-13"), "origo", "checked", "ÅÅÅÅ-MM"),
    (lambda f: entry(f, "origo").update(municipalities=["Solna"]), "origo", "municipalities", "hela länet"),
    (lambda f: entry(f, "socialtjanst-nacka").update(municipalities=["Nakka"]), "socialtjanst-nacka",
     "municipalities", "'Nakka'"),
    (lambda f: entry(f, "socialtjanst-nacka").update(violence_types=["heder"]), "socialtjanst-nacka",
     "violence_types", "alla våldstyper"),
    (lambda f: entry(f, "socialtjanst-nacka").update(gender="women"), "socialtjanst-nacka", "gender", "alla"),
    (lambda f: f.services.remove(entry(f, "socialtjanst-nacka")), "Nacka", "socialtjanst", "0 poster"),
    (lambda f: f.services.remove(entry(f, "socialjour-stockholm")), "Stockholm", "socialjour", "saknas"),
    (lambda f: f.services.remove(entry(f, "socialtjanst-stockholm-jarva")), "Stockholm/Järva", "socialtjanst", "0"),
    (lambda f: entry(f, "kriscentrum-kvinnor-stockholm").update(address="Gatan 1"), "kriscentrum-kvinnor-stockholm",
     "address", "skyddat boende"),
    (lambda f: entry(f, "killar-se").update(gender=None), "killar-se", "gender", "men"),
    (lambda f: f.services.reverse(), "linnamottagningen", "-", "står fel"),
    (lambda f: entry(f, "rvc-vast").update(municipalities=["Nacka"]), "rvc-vast", "districts", "utanför Stockholm"),
    (lambda f: cast(list[Any], f.services).append("bris"), "post 197", "-", "nycklar"),
]  # fmt: skip
OTHER_FAULTS: list[tuple[Any, Change, str, str, str]] = [
    (check_guidance, lambda f: topic(f, "tolk").update(sources=[]), "tolk", "sources", "utan källa"),
    (check_guidance, lambda f: topic(f, "tolk")["law"][0].update(status="säker"), "tolk", "law", "status"),
    (check_guidance, lambda f: topic(f, "tolk").update(facts=["x", 1]), "tolk", "facts", "meningar"),
    (check_guidance, lambda f: topic(f, "tolk").update(id="sip"), "sip", "id", "två gånger"),
    (check_guidance, lambda f: topic(f, "tolk").update(audience=["chef"]), "tolk", "audience", "'chef'"),
    (check_guidance, lambda f: topic(f, "tolk").pop("when"), "tolk", "when", "saknas"),
    (check_questions, lambda f: f.questions.update(finns_inte=["vad"]), "finns_inte", "-", "finns inte"),
    (check_questions, lambda f: f.questions.update(tolk=[]), "tolk", "-", "lista med frågor"),
    (check_gazetteer, lambda f: f.gazetteer["municipalities"][0]["places"].append("Tumba"),
     "Botkyrka", "places", "tumba"),
    (check_gazetteer, lambda f: f.gazetteer["municipalities"][1]["places"].append("Tumba"),
     "tumba", "ambiguous", "Botkyrka"),
    (check_gazetteer, lambda f: f.gazetteer["ambiguous"][0]["candidates"].append("Uppsala"),
     "Alby", "candidates", "Uppsala"),
    (check_gazetteer, lambda f: f.gazetteer["also_words"].append("Atlantis"),
     "atlantis", "also_words", "inget ortnamn"),
    (check_lexicon, lambda f: f.lexicon["danger"]["terms"].append("Kniv"), "danger", "terms", "gemener"),
    (check_lexicon, lambda f: f.lexicon["age"]["patterns"].append({"regex": "(", "meaning": ""}), "age", "regex", "("),
    (check_lexicon, lambda f: f.lexicon.pop("danger"), "-", "danger", "saknas"),
    (check_indicators, lambda f: f.indicators["coverage"][0].update(offers_percent=101), "nara_relation",
     "offers_percent", "ingen procent"),
    (check_indicators, lambda f: f.indicators["violence_types"][0].update(name_sv="Våld"),
     "-", "violence_types", "namn"),
    (check_indicators, lambda f: f.indicators["county_facts"][0].update(sources=[]), "", "sources", "saknas"),
    (check_lexicon, lambda f: f.lexicon["violence_types"]["heder"].update(name_sv="Heder"), "heder", "name_sv", "namn"),
    (check_indicators, lambda f: f.indicators["coverage"].pop(), "-", "coverage", "en rad"),
    (check_indicators, lambda f: f.indicators["indicators"][0].pop("year"), "", "year", "saknas"),
]  # fmt: skip
COPY_FAULTS: list[tuple[Change, str, str, str, str]] = [
    (lambda f: f.summaries.pop("origo"), "summaries.yaml", "origo", "-", "saknas"),
    (lambda f: f.summaries.update(origo="x" * 161 + "."), "summaries.yaml", "origo", "-", "162 tecken"),
    (lambda f: f.summaries.update(origo="Ring 08-508 251 20."), "summaries.yaml", "origo", "-", "telefonnummer"),
    (lambda f: f.summaries.update(origo="Läget är inte bekräftat."), "summaries.yaml", "origo", "-", "utredningen"),
    (lambda f: f.summaries.update(nytt="Text."), "summaries.yaml", "nytt", "-", "finns inte"),
    (lambda f: f.traits.update(origo={"traits": ["snabb"]}), "traits.yaml", "origo", "traits", "'snabb'"),
    (lambda f: f.traits.update(nytt={}), "traits.yaml", "nytt", "-", "finns inte"),
    (lambda f: f.phone_notes.pop("kvinnofridslinjen"),
     "phone_notes.yaml", "kvinnofridslinjen", "020-50 50 50", "noten"),
    (lambda f: f.phone_notes.update(origo={"08-1": "x"}), "phone_notes.yaml", "origo", "08-1", "finns inte"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "name", "field", "message"), SERVICE_FAULTS)
def test_a_fault_in_a_service_is_named(whole: Facts, change: Change, name: str, field: str, message: str) -> None:
    facts = copy.deepcopy(whole)
    change(facts)
    found = [fault for fault in check_services(facts) if (fault.file, fault.field) == ("services.yaml", field)]
    assert any(fault.entry == name and message in fault.message for fault in found), found


@pytest.mark.parametrize(("check", "change", "name", "field", "message"), OTHER_FAULTS)
def test_a_fault_elsewhere_is_named(
    whole: Facts, check: Any, change: Change, name: str, field: str, message: str
) -> None:
    facts = copy.deepcopy(whole)
    assert list(check(facts)) == []
    change(facts)
    found = list(check(facts))
    assert any(name in fault.entry and field == fault.field and message in fault.message for fault in found), found


@pytest.mark.parametrize(("change", "file", "name", "field", "message"), COPY_FAULTS)
def test_a_fault_in_copy_is_named(whole: Facts, change: Change, file: str, name: str, field: str, message: str) -> None:
    facts = copy.deepcopy(whole)
    change(facts)
    found = [fault for faults in check_copy(facts) for fault in faults if fault.file == file]
    assert any((fault.entry, fault.field) == (name, field) and message in fault.message for fault in found), found


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("services.yaml", b"- id: [", "YAML"),
        ("services.yaml", "- id: malmö".encode("latin-1"), "inte UTF-8"),
        ("services.yaml", b"id: x", "ska vara en lista"),
        ("summaries.yaml", b"origo: a.\norigo: b.\n", "'origo' finns två gånger"),
        ("summaries.yaml", b"- a", "ska ha nycklar"),
        ("guidance.yaml", None, "filen saknas"),
        ("labels.yaml", b"", "ska ha nycklar"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    directory = tmp_path / "facts"
    shutil.copytree(FACTS_DIRECTORY, directory)
    if content is None:
        (directory / name).unlink()
    else:
        (directory / name).write_bytes(content)
    faults = check_facts(directory)
    assert [(fault.file, message in fault.message) for fault in faults] == [(name, True)]


@pytest.mark.parametrize(
    ("addition", "message"),
    [("nytt: &a [x]\nannat: *a\n", "ankare eller alias"), ("nytt: /home/någon/fil\n", "lokal sökväg")],
)
def test_anchors_and_local_paths_are_refused(tmp_path: Path, addition: str, message: str) -> None:
    directory = tmp_path / "facts"
    shutil.copytree(FACTS_DIRECTORY, directory)
    with (directory / "labels.yaml").open("a", encoding="utf-8") as file:
        file.write(addition)
    assert message in " ".join(fault.message for fault in check_facts(directory))


def test_no_unverified_number_is_shown(whole: Facts, directory: DatabaseDirectory) -> None:
    verified = {dialled(phone["number"]) for one in whole.services for phone in one["phones"]}
    unverified = {dialled(phone["number"]) for one in whole.services for phone in one["unverified_phones"]} - verified
    assert len(unverified) > 20
    told = {phone.tel for service in directory.all() for phone in service.phones}
    assert told <= verified
    copy_shown = [service.summary for service in directory.all()]
    copy_shown += [phone.note or "" for service in directory.all() for phone in service.phones]
    copy_shown += [service.hours or "" for service in directory.all()]
    topics = [directory.topic(one["id"]) for one in whole.guidance]
    copy_shown += [one.text for one in topics if one is not None]
    assert {number for shown_text in copy_shown for number in numbers_in(shown_text)} <= verified


def test_a_service_of_low_confidence_has_a_link_and_no_number(whole: Facts, directory: DatabaseDirectory) -> None:
    for one in whole.services:
        found = directory.get(one["id"])
        if one["confidence"] != "low":
            assert found is not None
            assert len(found.phones) == len(one["phones"])
        elif one["url"] or one["chat"] or one["kind"] in ("socialtjanst", "socialjour"):
            assert found is not None
            assert found.phones == ()
        else:
            assert found is None


def test_the_publishing_rule_takes_numbers_from_a_doubtful_service(directory: DatabaseDirectory) -> None:
    origo = directory.get("origo")
    assert origo is not None
    assert origo.phones
    doubtful = shown(replace(origo, confidence="low"))
    assert doubtful is not None
    assert doubtful.phones == ()
    assert shown(replace(origo, confidence="low", url=None)) is None


def test_unreviewed_advice_and_unconfirmed_facts_are_not_in_the_database(whole: Facts, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/knowledge.db"
    build(url)
    told = (tmp_path / "knowledge.db").read_bytes().decode("utf-8", errors="ignore")
    for one in whole.guidance:
        for sentence in one["advice_unreviewed"] + one["unconfirmed"]:
            assert sentence not in told
        for law in one["law"]:
            if law["status"] != "bekraftad":
                with create_engine(url, future=True).connect() as connection:
                    query = text("select count(*) from topic_part where part = 'law' and topic_id = :t and value = :v")
                    assert connection.execute(query, {"t": one["id"], "v": law["ref"]}).scalar() == 0


def test_research_notes_and_addresses_are_not_in_the_database(whole: Facts, tmp_path: Path) -> None:
    build(f"sqlite:///{tmp_path}/knowledge.db")
    told = (tmp_path / "knowledge.db").read_bytes().decode("utf-8", errors="ignore")
    for one in whole.services:
        assert one["notes"] not in told
        if one["address"]:
            assert f"\n{one['address']}" not in told


def test_every_topic_with_confirmed_facts_has_examples_of_questions(whole: Facts, directory: DatabaseDirectory) -> None:
    shown_topics = {one["id"] for one in whole.guidance if directory.topic(one["id"])}
    assert shown_topics <= set(whole.questions)


@pytest.mark.parametrize("question", sorted(q for qs in yaml.safe_load(
    (FACTS_DIRECTORY / "questions.yaml").read_text(encoding="utf-8")).values() for q in qs))  # fmt: skip
def test_every_example_finds_its_own_topic(whole: Facts, directory: DatabaseDirectory, question: str) -> None:
    owners = {topic_id for topic_id, questions in whole.questions.items() if question in questions}
    assert directory.find_topics(question)[0].id in owners


def test_questions_find_what_answers_them(directory: DatabaseDirectory) -> None:
    answered, misled = questions.shares(directory)
    assert answered >= questions.FLOOR
    assert misled <= questions.CEILING


def test_an_emergency_service_without_a_number_says_how_it_is_reached(directory: DatabaseDirectory) -> None:
    on_duty = [one for one in directory.all() if one.kind == "socialjour" and not one.phones]
    assert on_duty
    for one in on_duty:
        assert "ring 112 och be om socialjouren" in one.summary.lower(), one.id
