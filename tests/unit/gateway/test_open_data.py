"""Open data over HTTP: pages, single services, and what is asked for wrongly."""

from __future__ import annotations

import httpx
import pytest

from knowledge import hsds


async def test_root_and_profile(client: httpx.AsyncClient) -> None:
    root = (await client.get("/api/hsds")).json()
    assert root == {"version": "3.0", "profile": hsds.PROFILE, "openapi_url": hsds.OPENAPI}
    profile = (await client.get("/api/hsds/profile")).json()
    assert profile["id"] == root["profile"]
    assert "violence_type" in {taxonomy["name"] for taxonomy in profile["taxonomies"]}


async def test_pages_hold_every_service_once(client: httpx.AsyncClient) -> None:
    found, page = [], 1
    while True:
        body = (await client.get("/api/hsds/services", params={"page": page, "per_page": 80})).json()
        assert body["page_number"] == page
        assert body["size"] == len(body["contents"]) <= 80
        assert body["first_page"] is (page == 1)
        found += [service["id"] for service in body["contents"]]
        if body["last_page"]:
            break
        page += 1
    assert page == body["total_pages"] > 1
    assert len(set(found)) == len(found) == body["total_items"]
    beyond = (await client.get("/api/hsds/services", params={"page": page + 1, "per_page": 80})).json()
    assert (beyond["empty"], beyond["contents"], beyond["total_items"]) == (True, [], len(found))


async def test_a_page_is_of_moderate_size_when_nothing_is_said(client: httpx.AsyncClient) -> None:
    body = (await client.get("/api/hsds/services")).json()
    assert (body["page_number"], body["size"], body["empty"]) == (1, 50, False)


@pytest.mark.parametrize("wanted", ["origo", hsds.identifier("service", "origo")])
async def test_one_service_by_either_identifier(client: httpx.AsyncClient, wanted: str) -> None:
    body = (await client.get(f"/api/hsds/services/{wanted}")).json()
    assert body["id"] == hsds.identifier("service", "origo")
    assert body["phones"][0]["number"] == "08-508 251 20"


@pytest.mark.parametrize("wanted", ["finns-inte", "linnamottagningen"])  # the second is held back from users
async def test_no_such_service(client: httpx.AsyncClient, wanted: str) -> None:
    answer = await client.get(f"/api/hsds/services/{wanted}")
    assert answer.status_code == 404
    assert answer.json() == {"error": {"code": "not_found", "message": "Sidan finns inte."}}


@pytest.mark.parametrize(
    "params", [{"page": "0"}, {"page": "två"}, {"page": "-1"}, {"per_page": "0"}, {"per_page": "201"}]
)
async def test_a_page_that_is_none(client: httpx.AsyncClient, params: dict[str, str]) -> None:
    answer = await client.get("/api/hsds/services", params=params)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "malformed"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/ld+json"),
        ("text/turtle", "text/turtle"),
        ("text/html, application/rdf+xml;q=0.9", "application/rdf+xml"),
    ],
)
async def test_the_description_for_portals_comes_as_asked_for(
    client: httpx.AsyncClient, accept: str, kind: str
) -> None:
    answer = await client.get("/api/dcat", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert "http://gateway/api/hsds/services" in answer.text
