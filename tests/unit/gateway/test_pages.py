"""The pages without script and the widget's files, over HTTP."""

from __future__ import annotations

import gzip
import html
import logging
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.gateway import pages, static
from bot.gateway.app import create_app
from bot.gateway.engine import EngineClient
from bot.gateway.settings import Settings
from knowledge.hours import STOCKHOLM
from knowledge.payloads import referral_payload, situation_from_query
from tests.data.test_copy import lix

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=STOCKHOLM)
SATURDAY_NIGHT = datetime(2026, 11, 28, 3, tzinfo=STOCKHOLM)
LIMIT = 15 * 1024  # bytes of the whole widget as it is sent, gzip
WIDGET = Path(static.__file__).resolve().parents[1] / "widget"


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    app = create_app(
        settings, EngineClient("http://engine", "x" * 40, httpx.MockTransport(lambda _: httpx.Response(503)))
    )
    app.dependency_overrides[pages.clock] = lambda: MONDAY_NOON
    return app


@pytest.fixture
async def client(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://gateway")


def ids(answer: httpx.Response) -> list[str]:
    return re.findall(r'data-id="([^"]+)"', answer.text)


def text(answer: httpx.Response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.text))


PATHS = ("/", "/anonym", "/stodlinjer", "/hanvisning", "/vagledning", "/vagledning/samtycke", "/sakerhet",
         "/integritet", "/tillganglighet", "/lattlast", "/english")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
async def test_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "tel:112" in answer.text
    # Twice: the skip link and the button. The address is the setting's.
    assert answer.text.count("data-lotsen-exit") == 2
    assert answer.text.count('href="https://www.smhi.se/"') == 2


@pytest.mark.parametrize("path", PATHS)
async def test_page_asks_no_other_host_and_holds_nothing_inline(client: httpx.AsyncClient, path: str) -> None:
    page = (await client.get(path)).text
    assert re.findall(r'(?:src|srcset|action|poster)="(?!/)[^"]*"', page) == []
    assert re.findall(r'<link[^>]+href="(?!/)', page) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script>|javascript:", page) == []
    for address in re.findall(r'(?:href|src|action)="(/[^"#]*)"', page):
        assert (await client.get(html.unescape(address))).status_code == 200, address


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/finns/inte", 404, "Sidan finns inte."),
        ("/vagledning/finns-inte", 404, "Sidan finns inte."),
        ("/hanvisning?typ=x", 400, "typ: ange ett av nara_relation, "),
        ("/hanvisning?alder=300", 400, "mellan 0 och 120 år"),
        ("/hanvisning?vem=jag", 400, "Okänd parameter. De som finns: typ, "),
        ("/stodlinjer?alder=tolv", 400, "Åldern skrivs i hela år"),
        ("/stodlinjer?typ=x", 400, "Det gick inte att läsa valet"),
    ],
)
async def test_errors_are_pages_with_112(client: httpx.AsyncClient, path: str, status: int, sentence: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert sentence in text(answer)
    assert "tel:112" in answer.text
    assert "tel:+4620505050" in answer.text


async def test_failure_is_a_page_and_logs_nothing_that_was_asked(
    client: httpx.AsyncClient, app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    app.state.directory = None
    with caplog.at_level(logging.DEBUG):
        answer = await client.get("/hanvisning?typ=heder&kommun=Botkyrka")
    assert answer.status_code == 500
    assert "tel:+4620505050" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "AttributeError in /hanvisning" in caplog.text
    assert "Botkyrka" not in "".join(record.getMessage() for record in caplog.records if record.name == pages.__name__)


async def test_wrong_method_is_a_page(client: httpx.AsyncClient) -> None:
    answer = await client.post("/stodlinjer", content="")
    assert answer.status_code == 405
    assert "tel:112" in answer.text


@pytest.mark.parametrize("path", ["/api/finns-inte", "/webhooks/web/finns-inte", "/static/finns-inte.js"])
async def test_what_is_not_a_page_answers_in_json(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "typ=heder&alder=15&kommun=Botkyrka&roll=yrkesverksam",
        "typ=nara_relation&typ=sexuellt&alder=34&stadsdel=J%C3%A4rva&roll=utsatt&behov=skyddat_boende",
        "typ=prostitution&aldersgrupp=ung_vuxen&kon=women&roll=utsatt",
        "roll=utovare&kommun=Solna",
        "typ=nara_relation&kommun=utanfor_lanet&akut=true&sjalvmord=true&barn=true",
    ],
)
async def test_referral_page_shows_what_the_directory_finds(
    client: httpx.AsyncClient, app: FastAPI, query: str
) -> None:
    situation = situation_from_query(httpx.QueryParams(query).multi_items())
    data = referral_payload(app.state.directory.find(situation, MONDAY_NOON))
    page = await client.get(f"/hanvisning?{query or 'typ='}")
    assert ids(page) == [service["id"] for group in data["groups"] for service in group["services"]]
    assert all(topic["title"] in text(page) for topic in data["guidance"])
    # The form comes back as it was filled in, so that it leads to the same page again.
    for pair in filter(None, query.split("&")):
        name, value = pair.replace("%C3%A4", "ä").split("=")
        if name == "alder":
            assert f'name="alder" inputmode="numeric" size="4" autocomplete="off" value="{value}"' in page.text
        elif name in ("typ", "behov", "akut", "sjalvmord", "barn"):
            assert f'value="{value}" checked' in page.text
        else:
            assert re.search(rf'<option(?: value="{value}")? selected>(?:[^<]*)', page.text), pair


@pytest.mark.parametrize("page", ["/hanvisning", "/stodlinjer", "/api/referral"])
@pytest.mark.parametrize("name", ["typ", "alder", "kommun", "akut", "sprak", "Påhittad Person"])
async def test_what_was_sent_in_the_wrong_place_is_not_said_back(
    client: httpx.AsyncClient, page: str, name: str
) -> None:
    answer = await client.get(page, params={name: "Påhittad Person"})
    assert "Påhittad" not in html.unescape(answer.text)


async def test_query_is_escaped(client: httpx.AsyncClient) -> None:
    answer = await client.get("/hanvisning", params={"alder": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("", {"bris", "kvinnofridslinjen", "stodlinjen-for-man"}, set()),
        ("alder=15", {"bris"}, {"stodlinjen-for-man"}),
        ("alder=40", {"kvinnofridslinjen", "stodlinjen-for-man"}, {"bris", "ungarelationer"}),
        ("typ=heder", {"ratt-att-valja", "bris"}, {"stodlinjen-for-man"}),
        ("sprak=fi", {"svenska-kyrkans-finska-jour"}, {"kvinnofridslinjen"}),
        ("oppet=ja", {"kvinnofridslinjen", "somaya"}, {"tjejzonen"}),
    ],
)
async def test_helplines_are_narrowed(client: httpx.AsyncClient, query: str, shown: set[str], hidden: set[str]) -> None:
    found = set(ids(await client.get(f"/stodlinjer?{query}")))
    assert shown <= found
    assert not hidden & found


async def test_open_now_goes_by_the_clock(client: httpx.AsyncClient, app: FastAPI) -> None:
    app.dependency_overrides[pages.clock] = lambda: SATURDAY_NIGHT
    found = set(ids(await client.get("/stodlinjer?oppet=ja")))
    assert "kvinnofridslinjen" in found
    assert "somaya" not in found


async def test_no_helpline_fits_still_gives_one(client: httpx.AsyncClient) -> None:
    answer = await client.get("/stodlinjer?sprak=fi&typ=heder&alder=15&oppet=ja")
    assert ids(answer) == []
    assert "tel:+4620505050" in answer.text


async def test_every_topic_has_its_page(client: httpx.AsyncClient) -> None:
    listed = re.findall(r'href="(/vagledning/[^"]+)"', (await client.get("/vagledning")).text)
    assert len(listed) > 40
    for address in listed:
        assert (await client.get(address)).status_code == 200


@pytest.mark.parametrize("path", ["/anonym", "/sakerhet"])
async def test_neutral_title_and_icon(client: httpx.AsyncClient, path: str) -> None:
    page = (await client.get(path)).text
    assert "<title>Information</title>" in page
    assert "/static/neutral.svg" in page


async def test_files_are_kept_but_asked_about(client: httpx.AsyncClient) -> None:
    first = await client.get("/static/lotsen.js", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in first.headers["cache-control"]
    again = await client.get(
        "/static/lotsen.js", headers={"Accept-Encoding": "gzip", "If-None-Match": f'"other", W/{first.headers["etag"]}'}
    )
    assert again.status_code == 304
    assert again.content == b""
    plain = await client.get("/static/lotsen.js", headers={"Accept-Encoding": "identity"})
    assert plain.text == first.text
    assert plain.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("name", ["..%2Fgateway%2Fapp.py", "index.html", "lotsen.js.map", "%00"])
async def test_nothing_else_is_served(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/static/{name}")).status_code == 404


async def test_english_page_has_the_lines_that_can_be_talked_to(client: httpx.AsyncClient) -> None:
    page = await client.get("/english")
    assert '<html lang="en">' in page.text
    assert '<lotsen-chat lang="en">' in page.text
    cards = re.findall(r"<article.*?</article>", page.text, re.DOTALL)
    assert "Call" in cards[0]
    acute = len(ids(await client.get("/lattlast")))
    assert len(cards) > acute
    spoken = ("Interpreter", "English", "Finnish", "Arabic", "Persian", "Kurdish")
    assert all(any(word in card for word in spoken) for card in cards[acute:])


async def test_lattlast_page_is_lattlast(client: httpx.AsyncClient) -> None:
    page = (await client.get("/lattlast")).text
    assert '<html lang="sv-simple">' in page
    own = re.sub(
        r"<article.*?</article>|<nav.*?</nav>|<footer.*?</footer>|<noscript.*?</noscript>", "", page, flags=re.DOTALL
    )
    told = [
        html.unescape(re.sub(r"<[^>]+>", "", part))
        for part in re.findall(r"<(?:h1|h2|p|li|aside)\b[^>]*>(.*?)</", own, re.DOTALL)
    ]
    assert len(told) > 8
    assert [(round(lix(part)), part) for part in told if lix(part) > 25] == []


def test_words_of_the_widget_are_lattlast() -> None:
    """One set of words serves both kinds of Swedish; what is below four words, or names a code, is no text."""
    code = (WIDGET / "copy.js").read_text(encoding="utf-8").partition("export const terms")[0]
    code = re.sub(r"/\*\*.*?\*/", "", code, flags=re.DOTALL)
    said = [re.sub(r"\$\{.*?\}", "ord", one or other) for one, other in re.findall(r'"([^"\n]*)"|`([^`\n]*)`', code)]
    told = [one for one in said if len(re.findall(r"[^\W\d_]+", one)) >= 4]
    assert len(told) > 20
    assert [(round(lix(one)), one) for one in told if lix(one) > 25] == []


async def test_faults_of_accessibility_can_be_reported(client: httpx.AsyncClient, app: FastAPI) -> None:
    assert "ärendelista" in (await client.get("/tillganglighet")).text
    app.state.settings = replace(app.state.settings, contact="hjalp@example.org")
    assert 'href="mailto:hjalp@example.org"' in (await client.get("/tillganglighet")).text


def test_whole_widget_is_small() -> None:
    """All that someone who reads Swedish can come to load; the English words are fetched by those who ask for them."""
    sizes = {name: len(file.packed) for name, file in static.files().items() if name.endswith(".js")}
    english = sizes.pop("english.js")
    assert sum(sizes.values()) <= LIMIT, sizes
    assert sum(sizes.values()) + english <= LIMIT + 2048, sizes


def test_only_comments_and_line_breaks_are_left_out() -> None:
    for name, file in static.files().items():
        assert file.plain == gzip.decompress(file.packed)
        source = (WIDGET / name).read_text(encoding="utf-8")
        if name.endswith(".js"):
            source = re.sub(r"/\*\*.*?\*/|^ *//.*?$| // [^\"'`\n]*$", "", source, flags=re.DOTALL | re.MULTILINE)
        assert "".join(file.plain.decode().split()) == "".join(source.split()), name


def test_widget_keeps_to_its_promises() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in WIDGET.glob("*.js"))
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|localStorage|cookie\b|indexedDB",
                      re.sub(r"/\*\*.*?\*/", "", code, flags=re.DOTALL)) == []  # fmt: skip
    assert re.findall(r"https?://[\w.]+", re.sub(r"/\*\*.*?\*/", "", code, flags=re.DOTALL)) == ["https://www.smhi.se"]


def test_modules_are_preloaded() -> None:
    listed = set(
        re.findall(
            r'"(\w+)"',
            re.search(r"module in (.*?)%}", (Path(pages.__file__).parent / "templates/modules.html").read_text())[1],
        )
    )
    assert listed == {file.stem for file in WIDGET.glob("*.js")} - {"lotsen", "exit", "english"}
