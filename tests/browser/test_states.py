"""Axe in every state of the widget and on every page: no violation, in light and dark, wide and narrow."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit, Visiting, answering, say

LOOKS = ((1200, 900, "light"), (320, 640, "dark"))
PATHS = (
    "/", "/anonym", "/stodlinjer", "/stodlinjer?typ=heder&alder=15&oppet=ja", "/stodlinjer?alder=x", "/hanvisning",
    "/hanvisning?typ=heder&alder=15&kommun=Botkyrka&roll=yrkesverksam&behov=skyddat_boende&akut=true",
    "/hanvisning?alder=300", "/vagledning", "/vagledning/samtycke", "/vagledning/finns-inte", "/sakerhet",
    "/integritet", "/tillganglighet", "/finns-inte",
)  # fmt: skip
ANSWERS = {
    "referral": ("guidance", "referral"),
    "emergency": ("emergency", "hotlines"),
    "question": ("notice", "question"),
}


def sideways(page: Page) -> int:
    """Pixels that must be scrolled sideways (WCAG 1.4.10: none at 320)."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def small_targets(page: Page) -> list[str]:
    """Controls under 24 by 24 px that are not words in a sentence (WCAG 2.5.8)."""
    return page.evaluate(
        """() => {
            const shown = root => [...root.querySelectorAll('*')].flatMap(one => [one, ...(one.shadowRoot ? shown(one.shadowRoot) : [])]);
            return shown(document)
                .filter(one => one.matches('a, button, input, select, textarea, summary') && one.checkVisibility())
                .filter(one => getComputedStyle(one).display !== 'inline' && !one.closest('.skip'))
                .filter(one => one.offsetHeight < 24 || one.offsetWidth < 24)
                .map(one => one.outerHTML);
        }"""  # noqa: E501
    )


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_pages(visiting: Visiting, width: int, height: int, scheme: str) -> None:
    visit = visiting(width, height, color_scheme=scheme)
    for path in PATHS:
        page = visit.open(path)
        assert visit.axe() == [], path
        assert sideways(page) == 0, path
        assert small_targets(page) == [], path
        visit.picture(f"page{path.partition('?')[0].replace('/', '-')}-{width}")


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_answers(
    visiting: Visiting, payloads: dict[str, dict[str, Any]], name: str, width: int, height: int, scheme: str
) -> None:
    visit = visiting(width, height, color_scheme=scheme)
    page = visit.chat()
    situation = payloads["referral"]["custom"]["situation"]
    page.route("**/situation", lambda route: route.fulfill(json={"situation": situation, "intent": "referral"}))
    answering(page, *(payloads[kind] for kind in ANSWERS[name]))
    say(page, "en tjej på 15 år i Botkyrka")
    page.locator("lotsen-chat .chip").first.wait_for()
    page.locator("lotsen-chat details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    assert visit.axe() == []
    assert sideways(page) == 0
    assert small_targets(page) == []
    visit.picture(f"answer-{name}-{width}")


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_warning_and_failure(visiting: Visiting, width: int, height: int, scheme: str) -> None:
    visit = visiting(width, height, color_scheme=scheme)
    page = visit.chat()
    say(page, "mejla anna@example.org")
    page.get_by_text("Skicka ändå").wait_for()
    assert visit.axe() == []
    page.route("**/webhooks/web/messages?*", lambda route: route.fulfill(status=503, json={"error": {"code": "x"}}))
    page.get_by_text("Skicka ändå").click()
    page.get_by_role("button", name="Försök igen").wait_for()
    assert visit.axe() == []
    assert sideways(page) == 0
    visit.picture(f"failure-{width}")


def test_forced_colours_and_less_motion(visiting: Visiting) -> None:
    visit = visiting(forced_colors="active", reduced_motion="reduce")
    page = visit.chat()
    assert visit.axe() == []
    page.evaluate("document.querySelector('lotsen-chat').shadowRoot.querySelector('.typing').hidden = false")
    moving = page.locator("lotsen-chat .typing").evaluate("one => getComputedStyle(one).animationName")
    assert moving == "none"
    say(page, "hej")
    said = page.locator("lotsen-chat .me").first
    assert said.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid", "colours are gone: a line is left"


def test_zoomed_to_400_percent_everything_can_be_reached(visiting: Visiting) -> None:
    visit = visiting(320, 256)
    page = visit.chat()
    assert sideways(page) == 0
    say(page, "hej")
    page.locator("lotsen-chat .turn").nth(1).locator(".message").first.wait_for()
    page.locator("lotsen-chat textarea").click()


def test_log_is_announced_once_and_in_swedish(visit: Visit) -> None:
    page = visit.chat()
    log = page.get_by_role("log")
    assert log.count() == 1
    assert page.locator("lotsen-chat").get_attribute("lang") == "sv"
    # Neither of them has a live setting of its own that would repeat or silence what the role says.
    assert log.get_attribute("aria-live") is None
    assert log.get_attribute("aria-busy") is None
    assert page.locator("lotsen-chat .log [aria-live]").count() == 0
