"""The widget on somebody else's site: another origin, a strict policy of its own, one script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.browser.conftest import EXIT, PICTURES, open_gateway, serving
from tests.browser.test_journeys import answer, by_buttons
from tests.conftest import Engine


class Site:
    """A municipality's page, and what the browser complained of there."""

    def __init__(self, page: Page, url: str, gateway: str) -> None:
        """Take the page in the browser, the site's origin and the gateway's."""
        self.page, self.url, self.gateway = page, url, gateway
        self.complaints: list[str] = []
        self.asked: list[str] = []


@pytest.fixture
def site(browser: Browser, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Open the page of a site that the gateway allows."""
    gateway = ""

    async def page(request: Request) -> HTMLResponse:
        policy = (
            f"default-src 'none'; script-src {gateway}; connect-src {gateway}; img-src 'self'; base-uri 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        html = f"""<!doctype html><html lang="sv"><title>Kommunen</title>
            <main><h1>Kommunen</h1><lotsen-chat exit-url="{EXIT}"></lotsen-chat></main>
            <script type="module" src="{gateway}/static/lotsen.js"></script></html>"""
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    async def icon(request: Request) -> Response:
        return Response(status_code=204)

    with serving(Starlette(routes=[Route("/", page), Route("/favicon.ico", icon)])) as url:
        app = open_gateway(engine, tmp_path_factory.mktemp("reports"), allowed_origins=(url,))
        with serving(app) as gateway:
            context = browser.new_context(locale="sv-SE")
            one = Site(context.new_page(), url, gateway)
            one.page.on("console", lambda told: one.complaints.append(told.text) if told.type == "error" else None)
            one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
            one.page.on("request", lambda request: one.asked.append(request.url))
            context.route(EXIT, lambda route: route.fulfill(content_type="text/html", body="<title>Väder</title>"))
            one.page.goto(url)
            yield one
            context.close()


def test_one_script_is_enough_under_a_strict_policy(site: Site) -> None:
    page = site.page
    assert by_buttons(page)
    page.locator("lotsen-chat .languages").get_by_role("button", name="English").click()
    expect(page.locator("lotsen-chat .send")).to_have_text("Send")
    card = page.locator("lotsen-chat .group[open] article").first
    card.locator("details.fine summary").click()
    card.get_by_role("button", name="Något annat").click()  # the card was made in Swedish
    expect(card.get_by_text("Thank you")).to_be_visible()
    assert page.locator("lotsen-chat .chat").evaluate("one => getComputedStyle(one).borderRadius") == "12px"
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "embedded.png")
    assert site.complaints == []
    assert {one.split("/")[2] for one in site.asked} == {
        site.url.split("/")[2],
        site.gateway.split("/")[2],
    }
    assert page.context.cookies() == []


def test_quick_exit_works_there_too(site: Site) -> None:
    page = site.page
    answer(page, "jag är Lotsen", "Jag behöver stöd")
    with page.expect_request(lambda one: one.method == "DELETE"):
        page.locator("lotsen-chat button.exit").click()
    page.wait_for_url(EXIT)


def test_a_site_that_is_not_allowed_gets_nothing(site: Site) -> None:
    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(
            f'<script type="module" src="{site.gateway}/static/lotsen.js"></script><lotsen-chat></lotsen-chat>'
        )

    with serving(Starlette(routes=[Route("/", page)])) as other:
        assert other != site.url
        site.page.goto(other)
        expect(site.page.locator("lotsen-chat")).to_have_count(1)
        site.page.wait_for_load_state("networkidle")
        assert site.page.evaluate("customElements.get('lotsen-chat') === undefined")
