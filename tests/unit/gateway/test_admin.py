"""The editors' page: off unless configured, closed without a login, and what is saved goes into the facts."""

from __future__ import annotations

import html
import logging
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
import yaml
from fastapi import FastAPI

from bot.gateway import admin
from bot.gateway.admin_login import COOKIE, TRIES_PER_MINUTE, hashed, read_users
from bot.gateway.app import create_app
from bot.gateway.engine import EngineClient
from bot.gateway.settings import Settings, read_settings
from knowledge.build import build
from knowledge.check import check_facts
from knowledge.database_directory import DatabaseDirectory
from knowledge.directory import load_directory
from knowledge.edit import RECORD
from knowledge.facts import FACTS_DIRECTORY, read_facts
from knowledge.reports import Reports

PASSWORD = "en hemlighet som ingen gissar"
USERS = {"anna": hashed(PASSWORD)}
SAVE = {"save": "Save and continue editing"}
EDIT = "/admin/tjanst/edit/origo"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FACTS_DIRECTORY, tmp_path / "facts"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "knowledge.db"
    build(f"sqlite:///{path}")
    return path


@pytest.fixture
def url(tmp_path: Path, built: Path) -> str:
    return f"sqlite:///{shutil.copy(built, tmp_path / 'knowledge.db')}"


@pytest.fixture
def reports(tmp_path: Path) -> Reports:
    return Reports(f"sqlite:///{tmp_path}/reports.db")


@pytest.fixture
async def client(settings: Settings, facts: Path, url: str, reports: Reports) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.state.reports = reports
    admin.mount(app, replace(settings, admin_users=USERS), facts, url)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="https://gateway") as http:
        yield http


@pytest.fixture
async def editor(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client that has signed in."""
    answer = await client.post("/admin/login", data={"username": "anna", "password": PASSWORD})
    assert answer.status_code == 302
    return client


def fields(page: str) -> dict[str, list[str]]:
    """Return the form of a page as a browser would send it back unchanged."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if said.get("type") != "checkbox" or re.search(r"\bchecked\b", tag):
            found.setdefault(said["name"], []).append(html.unescape(said.get("value", "")))
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\r?\n?(.*?)</textarea>', page, re.S):
        found[name] = [html.unescape(text).replace("\n", "\r\n")]
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.S):
        found[name] = re.findall(r'<option selected value="([^"]*)"', options)
    return found


async def opened(editor: httpx.AsyncClient, path: str = EDIT) -> dict[str, list[str]]:
    page = await editor.get(path)
    assert page.status_code == 200, page.text
    return {**fields(page.text), **{name: [value] for name, value in SAVE.items()}}


def contents(facts: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in facts.iterdir()}


def record(facts: Path) -> list[dict[str, object]]:
    return yaml.safe_load((facts / RECORD).read_text(encoding="utf-8")) or []


def gateway(settings: Settings) -> FastAPI:
    return create_app(
        settings, EngineClient("http://engine", "x" * 40, httpx.MockTransport(lambda _: httpx.Response(503)))
    )


def paths(app: FastAPI) -> set[str]:
    return {getattr(route, "path", "") for route in app.routes}


async def test_it_is_not_there_unless_configured(settings: Settings) -> None:
    assert not {path for path in paths(gateway(settings)) if path.startswith("/admin")}
    assert {"/admin"} <= paths(gateway(replace(settings, admin_users=USERS)))


def test_the_setting_is_read_and_a_wrong_one_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_ADMIN_USERS", "")
    assert read_settings().admin_users == {}
    monkeypatch.setenv("LOTSEN_ADMIN_USERS", f"anna:{USERS['anna']} bertil:{USERS['anna']}")
    assert list(read_settings().admin_users) == ["anna", "bertil"]
    monkeypatch.setenv("LOTSEN_ADMIN_USERS", "anna:lösenord")
    with pytest.raises(ValueError, match="namn:hash"):
        read_settings()


@pytest.mark.parametrize("path", ["/admin/", "/admin/tjanst/list", EDIT, "/admin/tjanst/create", "/admin/rapport/list"])
async def test_nobody_sees_anything_without_a_login(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 302
    assert answer.headers["location"] == "https://gateway/admin/login"


async def test_nobody_changes_anything_without_a_login(client: httpx.AsyncClient, facts: Path) -> None:
    before = (facts / "services.yaml").read_bytes()
    for path in (EDIT, "/admin/tjanst/create"):
        assert (await client.post(path, data={"name": "X", **SAVE})).status_code == 302
    assert (facts / "services.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "said", [{"username": "anna", "password": "fel"}, {"username": "bertil", "password": PASSWORD}, {}]
)
async def test_a_wrong_login_is_refused_in_swedish(client: httpx.AsyncClient, said: dict[str, str]) -> None:
    answer = await client.post("/admin/login", data=said)
    assert answer.status_code == 400
    assert "stämmer inte" in answer.text
    assert COOKIE not in answer.cookies


async def test_guessing_is_held_back(client: httpx.AsyncClient) -> None:
    for _ in range(TRIES_PER_MINUTE):
        await client.post("/admin/login", data={"username": "anna", "password": "fel"})
    assert (await client.post("/admin/login", data={"username": "anna", "password": PASSWORD})).status_code == 400


async def test_the_cookie_is_strict_and_for_the_admin_page_only(client: httpx.AsyncClient) -> None:
    answer = await client.post("/admin/login", data={"username": "anna", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=")
    assert {"path=/admin", "httponly", "samesite=strict", "secure"} <= {part.strip() for part in cookie.split(";")}
    await client.get("/admin/logout")
    assert (await client.get("/admin/")).status_code == 302


async def test_a_forged_cookie_is_nobody(client: httpx.AsyncClient) -> None:
    client.cookies.set(COOKIE, "eyJlZGl0b3IiOiAiYW5uYSJ9.Zz.forged")
    assert (await client.get("/admin/")).status_code == 302


async def test_an_editor_whose_name_is_gone_is_out(settings: Settings, editor: httpx.AsyncClient, url: str) -> None:
    app = FastAPI()
    app.state.reports = Reports(url)
    admin.mount(app, replace(settings, admin_users={"bertil": USERS["anna"]}), url=url)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://gateway", cookies=editor.cookies) as http:
        assert (await http.get("/admin/")).status_code == 302


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_cannot_send_a_form(editor: httpx.AsyncClient, facts: Path, site: str) -> None:
    form = {**await opened(editor), "hours": ["mån–fre 8–16"]}
    answer = await editor.post(EDIT, data=form, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert record(facts) == []


async def test_pages_have_a_policy_and_no_script(editor: httpx.AsyncClient) -> None:
    for path in ("/admin/", "/admin/tjanst/list", EDIT, "/admin/tjanst/create", "/admin/rapport/list"):
        page = await editor.get(path)
        assert page.status_code == 200
        assert page.headers["content-security-policy"] == admin.POLICY
        assert "<script" not in page.text
        assert "style=" not in page.text
        assert '<html lang="sv">' in page.text


async def test_the_list_is_searched(editor: httpx.AsyncClient) -> None:
    page = await editor.get("/admin/tjanst/list", params={"search": "origo"})
    assert "/admin/tjanst/edit/origo" in page.text
    assert "/admin/tjanst/edit/bris" not in page.text
    assert "hela länet" in page.text
    assert "Inget att visa." in (await editor.get("/admin/tjanst/list", params={"search": "finns inte alls"})).text


async def test_a_form_sent_back_unchanged_changes_nothing(editor: httpx.AsyncClient, facts: Path) -> None:
    before = contents(facts)
    for service in ("origo", "kvinnofridslinjen", "socialtjanst-nacka"):
        answer = await editor.post(
            f"/admin/tjanst/edit/{service}", data=await opened(editor, f"/admin/tjanst/edit/{service}")
        )
        assert answer.status_code == 302, answer.text
    assert contents(facts) == before


async def test_what_is_saved_is_in_the_facts_on_record_and_served(
    editor: httpx.AsyncClient, facts: Path, url: str
) -> None:
    directory = DatabaseDirectory.open(url)  # not in a thread, which a slow machine outruns
    form = await opened(editor)
    form |= {
        "phones": ["08-508 251 21 | för alla | ja\r\n08-508 251 22 | för unga, ej kontrollerat | nej"],
        "violence_types": ["heder", "sexuellt"],
    }
    answer = await editor.post(EDIT, data=form)
    assert answer.status_code == 302, answer.text
    assert answer.headers["location"] == f"https://gateway{EDIT}"
    entry = next(one for one in read_facts(facts).services if one["id"] == "origo")
    assert entry["phones"] == [{"number": "08-508 251 21", "note": "för alla"}]
    assert entry["unverified_phones"] == [{"number": "08-508 251 22", "note": "för unga, ej kontrollerat"}]
    assert check_facts(facts) == []
    assert {(one["who"], one["source"], one["service"], one["field"]) for one in record(facts)} == {
        ("anna", "adminsidan", "origo", name) for name in ("phones", "unverified_phones", "violence_types")
    }
    served = directory.get("origo")
    assert served is not None
    assert [phone.number for phone in served.phones] == ["08-508 251 21"]
    build(url, facts, force=True)  # as at the next start: nothing is lost
    assert load_directory(url).get("origo") == served


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"phones": ["08-5O8 251 20 | | ja"]}, "telefoner: '08-5O8 251 20' är inget telefonnummer"),
        ({"phones": ["08-508 251 20 | | kanske"]}, "telefoner: 'kanske' är varken ja eller nej"),
        ({"phones": ["08-508 251 20 | a | ja | b"]}, "telefoner: för många streck"),
        ({"summary": [""]}, "sammanfattning: ska vara en mening"),
        ({"min_age": ["tretton"]}, "lägsta ålder: 'tretton' är ingen ålder"),
    ],
)
async def test_a_fault_is_told_by_field_and_nothing_is_saved(
    editor: httpx.AsyncClient, facts: Path, change: dict[str, list[str]], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = contents(facts)
    with caplog.at_level(logging.ERROR):
        answer = await editor.post(EDIT, data={**await opened(editor), **change})
    assert answer.status_code == 400
    assert said in html.unescape(answer.text)
    assert {name: fields(answer.text)[name] for name in change} == change  # what was written is not lost
    assert contents(facts) == before
    assert caplog.records == []


async def test_a_value_that_no_list_has_is_refused(editor: httpx.AsyncClient, facts: Path) -> None:
    form = {**await opened(editor), "municipalities": ["Nakka"]}
    assert (await editor.post(EDIT, data=form)).status_code == 400
    assert record(facts) == []


async def test_nobody_writes_over_what_another_has_changed(editor: httpx.AsyncClient, facts: Path) -> None:
    first, second = await opened(editor), await opened(editor)
    assert (await editor.post(EDIT, data={**first, "cost": ["gratis"]})).status_code == 302
    answer = await editor.post(EDIT, data={**second, "cost": ["100 kr"]})
    assert answer.status_code == 400
    assert "någon annan har ändrat tjänsten under tiden" in answer.text
    assert [one["after"] for one in record(facts)] == ["gratis"]


async def test_a_new_service(editor: httpx.AsyncClient, facts: Path, url: str) -> None:
    form = await opened(editor, "/admin/tjanst/edit/kvinnojour-haninge")
    del form["version"]
    form |= {"id": ["kvinnojour-haninge-tva"], "name": ["Nya jouren"]}
    answer = await editor.post("/admin/tjanst/create", data=form)
    assert answer.status_code == 302, answer.text
    assert load_directory(url).get("kvinnojour-haninge-tva").name == "Nya jouren"  # type: ignore[union-attr]
    again = await editor.post("/admin/tjanst/create", data=form)
    assert again.status_code == 400
    assert "id: finns redan" in again.text
    assert (await editor.post("/admin/tjanst/create", data={**form, "id": ["Å Ä"]})).status_code == 400


async def test_facts_that_cannot_be_written_are_said(
    editor: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, facts: Path
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("/srv/facts")

    form = {**await opened(editor), "cost": ["gratis"]}
    monkeypatch.setattr("knowledge.entry.write_changes", refuse)
    answer = await editor.post(EDIT, data=form)
    assert answer.status_code == 400
    assert "Faktafilerna går inte att skriva här." in answer.text
    assert "/srv/facts" not in answer.text


@pytest.mark.parametrize("path", ["/admin/tjanst/edit/finns-inte", "/admin/finns-inte/list"])
async def test_what_is_not_there_is_said_in_swedish(editor: httpx.AsyncClient, path: str) -> None:
    answer = await editor.get(path)
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text


async def test_nothing_is_struck_here(editor: httpx.AsyncClient, facts: Path) -> None:
    assert (await editor.delete("/admin/tjanst/delete", params={"pks": "origo"})).status_code == 403
    assert (await editor.get("/admin/tjanst/export/csv")).status_code == 403


async def test_reports_are_listed(editor: httpx.AsyncClient, reports: Reports) -> None:
    reports.add("origo", "phone", date(2026, 11, 23))
    page = (await editor.get("/admin/rapport/list")).text
    assert "origo" in page
    assert "telefonnumret" in page


def test_the_command_makes_the_setting(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _: PASSWORD)
    assert admin.main(["anna"]) == 0
    line = capsys.readouterr().out.strip()
    assert list(read_users(line.removeprefix("LOTSEN_ADMIN_USERS='").removesuffix("'"))) == ["anna"]
    monkeypatch.setattr("getpass.getpass", lambda _: "kort")
    assert admin.main(["anna"]) == 1
    assert admin.main([]) == 2
