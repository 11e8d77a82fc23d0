"""The open data described for data portals: DCAT-AP-SE 3.0.1 (docs.dataportal.se/dcat/3.0.1)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from knowledge import hsds
from knowledge.types import Service

# Media type -> how rdflib calls it; the first is what is given when nothing else is asked for.
FORMATS = {"application/ld+json": "json-ld", "text/turtle": "turtle", "application/rdf+xml": "xml"}
SUFFIXES = {".jsonld": "json-ld", ".ttl": "turtle", ".rdf": "xml"}
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PREFIXES = {"dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "vcard": VCARD, "xsd": XSD}
_EU = "http://publications.europa.eu/resource/authority"
_PUBLISHER_TYPES = Namespace("http://purl.org/adms/publishertype/")
_LICENCE = URIRef(f"{_EU}/licence/MIT")  # that of the repository, whose facts these are
_PUBLIC = URIRef(f"{_EU}/access-right/PUBLIC")
_SWEDISH = URIRef(f"{_EU}/language/SWE")
_COUNTY = URIRef("http://data.europa.eu/nuts/code/SE110")
_KEYWORDS = ("våld i nära relationer", "hedersrelaterat våld", "sexuellt våld", "prostitution", "människohandel",
             "kvinnojour", "stödlinje", "socialtjänst")  # fmt: skip


@dataclass(frozen=True)
class Publisher:
    """Who answers for the data where Lotsen is run; `kind` is a code of ADMS's list of publisher types."""

    name: str = "Lotsen"
    kind: str = "NonProfitOrganisation"
    email: str | None = None


def read_publisher() -> Publisher:
    """Read LOTSEN_PUBLISHER, LOTSEN_PUBLISHER_TYPE and LOTSEN_CONTACT_EMAIL, now."""
    env = os.environ.get
    return Publisher(
        env("LOTSEN_PUBLISHER") or Publisher.name,
        env("LOTSEN_PUBLISHER_TYPE") or Publisher.kind,
        env("LOTSEN_CONTACT_EMAIL") or None,
    )


def catalogue(services: Sequence[Service], base: str, publisher: Publisher) -> Graph:
    """Return the description of a Lotsen that is reached at `base` (an address without a slash at its end)."""
    graph = Graph(bind_namespaces="none")
    for prefix, names in PREFIXES.items():
        graph.bind(prefix, names)
    this, data, api, file, agent = (
        URIRef(f"{base}/api/dcat#{name}") for name in ("catalog", "dataset", "api", "json", "publisher")
    )
    titles = {
        this: ("Lotsens öppna data", "Öppna data från Lotsen, som hänvisar till stöd vid våld i Stockholms län."),
        data: (
            "Stöd vid våld i Stockholms län",
            "Verksamheter och stödlinjer för den som utsätts för våld, närstående, den som använder våld och "
            "yrkesverksamma: kontaktvägar, öppettider, område, ålder och våldstyp, med källa och datum.",
        ),
        api: ("Lotsens API för verksamheter", "Verksamheterna sida för sida enligt Open Referral HSDS 3.0."),
        file: ("Verksamheterna som JSON", "Open Referral HSDS 3.0 med Lotsens profil för de fem våldstyperna."),
    }
    for node, (title, description) in titles.items():
        graph.add((node, DCTERMS.title, Literal(title, lang="sv")))
        graph.add((node, DCTERMS.description, Literal(description, lang="sv")))
        graph.add((node, DCTERMS.license, _LICENCE))
    _describe(
        graph,
        this,
        (RDF.type, DCAT.Catalog),
        (DCTERMS.publisher, agent),
        (DCTERMS.language, _SWEDISH),
        (DCTERMS.spatial, _COUNTY),
        (DCAT.themeTaxonomy, URIRef(f"{_EU}/data-theme")),
        (FOAF.homepage, URIRef(f"{base}/")),
        (DCAT.dataset, data),
        (DCAT.service, api),
    )
    _describe(
        graph,
        data,
        (RDF.type, DCAT.Dataset),
        (DCTERMS.publisher, agent),
        (DCTERMS.language, _SWEDISH),
        (DCTERMS.spatial, _COUNTY),
        (DCTERMS.accessRights, _PUBLIC),
        (DCTERMS.accrualPeriodicity, URIRef(f"{_EU}/frequency/IRREG")),
        (DCAT.theme, URIRef(f"{_EU}/data-theme/SOCI")),
        (DCAT.distribution, file),
        *((DCAT.keyword, Literal(word, lang="sv")) for word in _KEYWORDS),
        *((DCTERMS.modified, month) for month in _newest(services)),
    )
    _describe(
        graph,
        file,
        (RDF.type, DCAT.Distribution),
        (DCTERMS.language, _SWEDISH),
        (DCAT.accessURL, URIRef(f"{base}/api/hsds/services")),
        (DCAT.accessService, api),
        (DCTERMS["format"], Literal("application/json")),
    )
    _describe(
        graph,
        api,
        (RDF.type, DCAT.DataService),
        (DCTERMS.publisher, agent),
        (DCTERMS.accessRights, _PUBLIC),
        (DCTERMS.conformsTo, URIRef(hsds.OPENAPI)),
        (DCAT.endpointURL, URIRef(f"{base}/api/hsds")),
        (DCAT.endpointDescription, URIRef(f"{base}/api/openapi.json")),
        (DCAT.servesDataset, data),
    )
    _describe(
        graph,
        agent,
        (RDF.type, FOAF.Agent),
        (FOAF.name, Literal(publisher.name)),
        (DCTERMS.type, _PUBLISHER_TYPES[publisher.kind]),
    )
    if publisher.email:
        contact = URIRef(f"{base}/api/dcat#contact")
        _describe(
            graph,
            contact,
            (RDF.type, VCARD.Organization),
            (VCARD.fn, Literal(publisher.name)),
            (VCARD.hasEmail, URIRef(f"mailto:{publisher.email}")),
        )
        _describe(graph, data, (DCAT.contactPoint, contact))
        _describe(graph, api, (DCAT.contactPoint, contact))
    return graph


def _describe(graph: Graph, node: URIRef, *said: tuple[URIRef, URIRef | Literal]) -> None:
    for about, value in said:
        graph.add((node, about, value))


def _newest(services: Sequence[Service]) -> list[Literal]:
    """The month of the newest dated source of all."""
    months = [service.checked for service in services if service.checked]
    return [Literal(max(months), datatype=XSD.gYearMonth)] if months else []


def write(graph: Graph, how: str) -> str:
    """Return the description as text; `how` is a value of `FORMATS`."""
    options: dict[str, Any] = {"context": {prefix: str(names) for prefix, names in PREFIXES.items()}}
    text: str = graph.serialize(format=how, **(options if how == "json-ld" else {}))
    return text
