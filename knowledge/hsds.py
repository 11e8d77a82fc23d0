"""The services as open data: Open Referral HSDS 3.0 (docs.openreferral.org/en/3.0), with a declared profile.

Only what is shown to users is given out: no unverified number, nothing that the publishing rule holds back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from knowledge.hours import byday, clock_time
from knowledge.labels import labels, reason, term
from knowledge.situation import ViolenceType
from knowledge.types import Service

VERSION = "3.0"
PROFILE = "urn:lotsen:hsds-profile:1"
OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"
# What HSDS has no field for stands in attributes, one taxonomy each.
TAXONOMIES = {
    "violence_type": "De fem våldstyperna i Operation Kvinnofrids hänvisningsverktyg",
    "audience": "Vilka tjänsten vänder sig till",
    "support": "Vilket stöd tjänsten ger",
    "kind": "Vilket slags verksamhet det är",
    "provider": "Vem som driver verksamheten",
    "gender": "Kön som tjänsten är begränsad till",
}


def identifier(kind: str, key: object) -> str:
    """Return a UUID that is the same in every export for the same thing."""
    return str(uuid5(NAMESPACE_URL, f"urn:lotsen:{kind}:{key}"))


def base_document() -> dict[str, Any]:
    """Return the document of the API's root: version and profile."""
    return {"version": VERSION, "profile": PROFILE, "openapi_url": OPENAPI}


def profile_document() -> dict[str, Any]:
    """Return the declared profile: what its taxonomies are and how fields are used beyond HSDS."""
    return {
        "id": PROFILE,
        "base": f"HSDS {VERSION}",
        "title": "Stöd vid våld: fem våldstyper i Stockholms län",
        "taxonomies": [
            {
                **_taxonomy(taxonomy),
                "terms": [_term(taxonomy, code) for code in labels()["terms"][taxonomy]],
            }
            for taxonomy in TAXONOMIES
        ],
        "rules": [
            "Utan attribut i taxonomin violence_type gäller tjänsten alla fem våldstyperna.",
            "minimum_age och maximum_age är hela år, båda inräknade.",
            "service_area.extent_type är national, county, municipality eller district.",
            "schedule följer RFC 5545 (FREQ=WEEKLY) i svensk tid; closes_at före opens_at är nästa dag.",
            "assured_date är månaden (ÅÅÅÅ-MM) för den senaste daterade källan.",
        ],
    }


def services_document(services: Sequence[Service], page: int = 1, size: int | None = None) -> dict[str, Any]:
    """Return one page of services in the shape of HSDS's /services; without `size` all on one page."""
    per_page = size or max(len(services), 1)
    pages = max(-(-len(services) // per_page), 1)
    contents = [service_document(service) for service in services[(page - 1) * per_page : page * per_page]]
    return {
        "total_items": len(services),
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def find_service(services: Sequence[Service], wanted: str) -> Service | None:
    """Return the service with that HSDS identifier, or with that id of ours."""
    return next((one for one in services if wanted in (one.id, identifier("service", one.id))), None)


def service_document(service: Service) -> dict[str, Any]:
    """Return one service with all that belongs to it; what is not known is left out."""
    own = identifier("service", service.id)
    organization = identifier("organization", service.organization)
    document = {
        "id": own,
        "organization_id": organization,
        "name": service.name,
        "alternate_name": service.aliases[0] if service.aliases else None,
        "description": service.summary,
        "url": service.url,
        "email": service.email,
        "status": "active",
        "interpretation_services": term("need", "tolk") if service.interpreter else None,
        "fees_description": service.cost,
        "eligibility_description": ", ".join(_eligibility(service)) or None,
        "minimum_age": service.min_age,
        "maximum_age": service.max_age,
        "assured_date": service.checked,
        "organization": {"id": organization, "name": service.organization, "description": service.organization},
        "phones": [_phone(service, own, number) for number in range(len(service.phones))],
        "schedules": _schedules(service, own),
        "languages": [
            {"id": identifier("language", f"{service.id}:{code}"), "service_id": own, "code": code}
            for code in service.languages
        ],
        "service_areas": _areas(service, own),
        "attributes": [_attribute(service, own, taxonomy, code) for taxonomy, code in _codes(service)],
    }
    return {key: value for key, value in document.items() if value not in (None, [])}


def _eligibility(service: Service) -> list[str]:
    limits = [reason(service.gender.value)] if service.gender else []
    return limits + [term("audience", code) for code in sorted(service.audience)]


def _phone(service: Service, own: str, number: int) -> dict[str, Any]:
    phone = service.phones[number]
    found = {
        "id": identifier("phone", f"{service.id}:{phone.tel}"),
        "service_id": own,
        "number": phone.number,
        "type": "voice",
        "description": phone.note,
    }
    return {key: value for key, value in found.items() if value is not None}


def _schedules(service: Service, own: str) -> list[dict[str, Any]]:
    if service.opening is None:
        said = {"id": identifier("schedule", service.id), "service_id": own, "description": service.hours}
        return [said] if service.hours else []
    return [
        {
            "id": identifier("schedule", f"{service.id}:{number}"),
            "service_id": own,
            "freq": "WEEKLY",
            "wkst": "MO",
            "byday": byday(span),
            "opens_at": clock_time(span.opens),
            "closes_at": clock_time(span.closes),
            "description": service.hours,
        }
        for number, span in enumerate(service.opening)
    ]


def _areas(service: Service, own: str) -> list[dict[str, Any]]:
    names = service.districts or service.municipalities or (reason(service.scope),)
    return [
        {
            "id": identifier("service_area", f"{service.id}:{name}"),
            "service_id": own,
            "name": name,
            "extent_type": service.scope,
        }
        for name in names
    ]


def _codes(service: Service) -> list[tuple[str, str]]:
    single = [("kind", service.kind), ("provider", service.provider)]
    if service.gender:
        single.append(("gender", service.gender.value))
    types = [("violence_type", kind.value) for kind in ViolenceType if kind in service.violence_types]
    audience = [("audience", code) for code in sorted(service.audience)]
    return types + audience + [("support", code) for code in sorted(service.support)] + single


def _attribute(service: Service, own: str, taxonomy: str, code: str) -> dict[str, Any]:
    return {
        "id": identifier("attribute", f"{service.id}:{taxonomy}:{code}"),
        "link_id": own,
        "link_entity": "service",
        "value": code,
        "taxonomy_term": {**_term(taxonomy, code), "taxonomy_detail": _taxonomy(taxonomy)},
    }


def _taxonomy(taxonomy: str) -> dict[str, Any]:
    return {"id": identifier("taxonomy", taxonomy), "name": taxonomy, "description": TAXONOMIES[taxonomy]}


def _term(taxonomy: str, code: str) -> dict[str, Any]:
    name = term(taxonomy, code)
    return {
        "id": identifier("taxonomy_term", f"{taxonomy}:{code}"),
        "code": code,
        "name": name,
        "description": name,
        "taxonomy": taxonomy,
        "taxonomy_id": identifier("taxonomy", taxonomy),
        "language": "sv",
    }
