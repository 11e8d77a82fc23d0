"""The description for data portals against what DCAT-AP-SE 3.0.1 makes mandatory (docs.dataportal.se/dcat/3.0.1)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from knowledge.__main__ import main
from knowledge.build import build
from knowledge.dcat import FORMATS, VCARD, Publisher, catalogue, read_publisher, write
from knowledge.directory import ServiceDirectory, load_directory

BASE = "https://lotsen.example.se"
# Class -> property -> what its values are, and how many there may be at most.
MANDATORY = {
    DCAT.Catalog: {
        DCTERMS.title: ("text", None), DCTERMS.description: ("text", None), DCTERMS.publisher: (FOAF.Agent, 1),
        DCTERMS.license: ("address", 1), DCAT.dataset: (DCAT.Dataset, None),
    },
    DCAT.Dataset: {
        DCTERMS.title: ("text", None), DCTERMS.description: ("text", None), DCTERMS.publisher: (FOAF.Agent, 1),
    },
    DCAT.Distribution: {DCAT.accessURL: ("address", 1)},
    DCAT.DataService: {DCTERMS.title: ("text", None), DCAT.endpointURL: ("address", None)},
    FOAF.Agent: {FOAF.name: ("literal", None), DCTERMS.type: ("address", 1)},
    VCARD.Organization: {VCARD.fn: ("literal", None), VCARD.hasEmail: ("address", None)},
}  # fmt: skip


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> ServiceDirectory:
    url = f"sqlite:///{tmp_path_factory.mktemp('dcat')}/knowledge.db"
    build(url)
    return load_directory(url)


@pytest.fixture
def graph(directory: ServiceDirectory) -> Graph:
    return catalogue(directory.all(), BASE, Publisher("Länsstyrelsen", "RegionalAuthority", "data@example.se"))


def faults(graph: Graph) -> list[str]:
    """Return what is missing or of the wrong kind, class by class."""
    found = []
    for kind, properties in MANDATORY.items():
        nodes = list(graph.subjects(RDF.type, kind))
        found += [] if nodes else [f"no {kind.n3(graph.namespace_manager)}"]
        for node in nodes:
            for name, (value_kind, most) in properties.items():
                values = list(graph.objects(node, name))
                if (
                    not values
                    or (most and len(values) > most)
                    or not all(fits(graph, one, value_kind) for one in values)
                ):
                    found.append(f"{kind.n3(graph.namespace_manager)} {name.n3(graph.namespace_manager)}")
    return found


def fits(graph: Graph, value: object, kind: object) -> bool:
    if kind == "text":  # in a language that is named
        return isinstance(value, Literal) and bool(str(value).strip()) and bool(value.language)
    if kind == "literal":
        return isinstance(value, Literal) and bool(str(value).strip())
    if kind == "address":
        return isinstance(value, URIRef) and ":" in value
    return (value, RDF.type, kind) in graph


def test_everything_mandatory_is_there(graph: Graph) -> None:
    assert faults(graph) == []


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in MANDATORY.items() for name in names])
def test_the_test_sees_what_is_missing(graph: Graph, kind: URIRef, name: URIRef) -> None:
    for node in list(graph.subjects(RDF.type, kind)):
        graph.remove((node, name, None))
    assert faults(graph) != []


@pytest.mark.parametrize("how", FORMATS.values())
def test_every_format_says_the_same(graph: Graph, how: str) -> None:
    again = Graph().parse(data=write(graph, how), format=how)
    assert set(again) == set(graph)


def test_it_leads_to_addresses_of_this_lotsen(graph: Graph) -> None:
    addresses = {str(one) for name in (DCAT.accessURL, DCAT.endpointURL) for one in graph.objects(None, name)}
    assert addresses == {f"{BASE}/api/hsds", f"{BASE}/api/hsds/services"}


def test_without_an_address_for_questions_none_is_made_up(directory: ServiceDirectory) -> None:
    assert list(catalogue(directory.all(), BASE, Publisher()).objects(None, DCAT.contactPoint)) == []


def test_an_empty_knowledge_base_has_no_date() -> None:
    assert list(catalogue([], BASE, Publisher()).objects(None, DCTERMS.modified)) == []


def test_the_publisher_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOTSEN_PUBLISHER", "LOTSEN_PUBLISHER_TYPE", "LOTSEN_CONTACT_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    assert read_publisher() == Publisher()
    monkeypatch.setenv("LOTSEN_PUBLISHER", "Länsstyrelsen")
    monkeypatch.setenv("LOTSEN_CONTACT_EMAIL", "data@example.se")
    assert read_publisher() == Publisher("Länsstyrelsen", email="data@example.se")


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", f"sqlite:///{tmp_path}/knowledge.db")
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["export", "--dcat", f"{BASE}/"]) == 0
    assert "@context" in json.loads(capsys.readouterr().out)
    assert main(["export", "--dcat", BASE, "--out", str(tmp_path / "a.ttl")]) == 0
    assert len(Graph().parse(tmp_path / "a.ttl")) > 40
