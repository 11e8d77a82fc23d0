"""HSDS export, freshness and coverage."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from matplotlib.image import imread

from knowledge import coverage, coverage_pictures, freshness, hsds
from knowledge.directory import ServiceDirectory
from knowledge.situation import MUNICIPALITIES, ViolenceType

NOW = datetime(2026, 11, 23)
# Required by schema/compiled/service.json of HSDS 3.0.
REQUIRED = {
    "phones": {"id", "number"},
    "schedules": {"id"},
    "service_areas": {"id"},
    "languages": {"id"},
    "attributes": {"id"},
}


def test_every_service_has_what_hsds_requires(directory: ServiceDirectory) -> None:
    document = hsds.services_document(directory.all())
    assert document["total_items"] == len(document["contents"]) == len(directory.all())
    for service in document["contents"]:
        assert {"id", "name", "status", "organization"} <= set(service)
        assert UUID(service["id"])
        assert {"id", "name", "description"} <= set(service["organization"])
        for part, fields in REQUIRED.items():
            for one in service.get(part, []):
                assert fields <= set(one), (service["name"], part)
                assert UUID(one["id"])
        for schedule in service.get("schedules", []):
            if "freq" in schedule:
                assert schedule["freq"] == "WEEKLY"
                assert re.fullmatch(r"(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*", schedule["byday"])
                assert re.fullmatch(r"[0-2]\d:[0-5]\d", schedule["opens_at"])


def test_ids_are_unique_and_the_same_in_every_export(directory: ServiceDirectory) -> None:
    documents = [hsds.service_document(service) for service in directory.all()]
    assert len({document["id"] for document in documents}) == len(documents)
    attributes = [attribute["id"] for document in documents for attribute in document["attributes"]]
    assert len(set(attributes)) == len(attributes)
    assert documents == [hsds.service_document(service) for service in directory.all()]


def test_the_profile_declares_every_code_that_is_used(directory: ServiceDirectory) -> None:
    profile = hsds.profile_document()
    declared = {(one["name"], term["code"]) for one in profile["taxonomies"] for term in one["terms"]}
    used = {
        (attribute["taxonomy_term"]["taxonomy"], attribute["value"])
        for service in directory.all()
        for attribute in hsds.service_document(service)["attributes"]
    }
    assert used <= declared
    assert {code for taxonomy, code in declared if taxonomy == "violence_type"} == set(ViolenceType)
    assert hsds.base_document()["profile"] == profile["id"]


def test_a_service_is_found_by_either_identifier(directory: ServiceDirectory) -> None:
    origo = directory.get("origo")
    assert hsds.find_service(directory.all(), "origo") == origo
    assert hsds.find_service(directory.all(), hsds.identifier("service", "origo")) == origo
    assert hsds.find_service(directory.all(), "linnamottagningen") is None


def test_pages_hold_every_service_once(directory: ServiceDirectory) -> None:
    services = directory.all()
    pages = [hsds.services_document(services, page, 50) for page in (1, 2, 3, 4, 5)]
    assert [page["empty"] for page in pages] == [False, False, False, False, True]
    assert [page["last_page"] for page in pages] == [False, False, False, True, True]
    assert sum(page["size"] for page in pages) == len(services)


def test_what_is_due_is_grouped_by_place(directory: ServiceDirectory) -> None:
    groups = freshness.due(directory.all(), NOW, months=12)
    assert list(groups)[:2] == [freshness.NATIONAL, freshness.COUNTY]
    listed = {service.id for services in groups.values() for service in services}
    assert "sos-112" in listed  # undated
    assert "bris" in listed  # 2025-08
    origo = directory.get("origo")
    assert origo is not None
    assert freshness.due([replace(origo, checked="2026-06")], NOW, months=12) == {}


@pytest.mark.parametrize(("months", "due"), [(5, True), (6, False)])
def test_the_limit_is_in_whole_months(directory: ServiceDirectory, months: int, due: bool) -> None:
    origo = directory.get("origo")
    assert origo is not None
    assert bool(freshness.due([replace(origo, checked="2026-05")], NOW, months)) is due


def test_the_email_shows_what_stands_and_the_table_where_to_look(directory: ServiceDirectory) -> None:
    groups = freshness.due(directory.all(), NOW, months=12)
    draft = freshness.email("Nacka", groups["Nacka"])
    assert "Socialtjänsten, Nacka" in draft
    assert "08-718 80 00" in draft
    assert "socialtjanst-nacka" in freshness.table(groups)


def test_coverage_counts_special_local_support(directory: ServiceDirectory) -> None:
    found = coverage.cells(directory.all())
    assert found["Sundbyberg", ViolenceType.CLOSE_RELATIONSHIP, "vuxna"].own == 0
    assert found["Solna", ViolenceType.CLOSE_RELATIONSHIP, "vuxna"].own >= 1
    assert found["Botkyrka", ViolenceType.HONOUR, "barn"].shared >= 1  # the children's house with Huddinge
    rows = coverage.shares(found)
    assert len(rows) == 2 * len(ViolenceType)
    for row in rows:
        assert max(row["own_regime_percent"], row["cooperation_percent"]) <= row["offers_percent"] <= 100


def test_coverage_leaves_out_social_services_and_perpetrators(directory: ServiceDirectory) -> None:
    by_law = [s for s in directory.all() if s.kind in ("socialtjanst", "socialjour") or s.id == "atv-taby"]
    assert not any(cell.offered for cell in coverage.cells(by_law).values())


def test_the_table_and_the_map_name_every_type_and_municipality(directory: ServiceDirectory) -> None:
    found = coverage.cells(directory.all())
    published = [
        {"violence_type": "heder", "group": "barn", "offers_percent": 100, "own_regime_percent": 77, "year": 2022}
    ]
    table = coverage.table(coverage.shares(found), published)
    assert "100/77 (2022)" in table
    page = coverage.heat_map(found)
    assert all(f">{town}</th>" in page for town in MUNICIPALITIES)
    assert "saknas" in page


def test_every_municipality_has_a_tile_of_its_own() -> None:
    assert set(coverage_pictures.TILES) == set(MUNICIPALITIES)
    assert len(set(coverage_pictures.TILES.values())) == len(MUNICIPALITIES)


def test_the_pictures_are_drawn(directory: ServiceDirectory, tmp_path: Path) -> None:
    found = coverage.cells(directory.all())
    for draw in (coverage_pictures.draw_heat_map, coverage_pictures.draw_map):
        draw(found, tmp_path / "bild.png")
        image = imread(tmp_path / "bild.png")
        assert image.shape[1] > 1000
        assert len(np.unique(image.reshape(-1, image.shape[2]), axis=0)) > 100  # tiles, words and edges
