"""The ten checks of the quick exit (issue: history, storage, server and keyboard at once)."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import EXIT, Server, Visit, Visiting

SIZES = ((320, 640), (420, 800), (768, 1024), (1200, 900), (1920, 1080))
PATHS = ("/", "/anonym", "/stodlinjer", "/hanvisning", "/vagledning", "/vagledning/samtycke", "/sakerhet",
         "/integritet", "/tillganglighet", "/finns-inte")  # fmt: skip
BUTTON = "a.exit[data-lotsen-exit]"


def on_top(page: Page) -> bool:
    """Whether the button is whole within the window and nothing lies over it."""
    return page.evaluate(
        """selector => {
            const button = document.querySelector(selector), box = button.getBoundingClientRect();
            const inside = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
            const points = [[.5, .5], [.05, .1], [.95, .1], [.05, .9], [.95, .9]];
            const hit = ([x, y]) => document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
            return inside && box.width >= 24 && box.height >= 24 && points.every(at => button.contains(hit(at)));
        }""",
        BUTTON,
    )


def press_shift(page: Page, times: int = 3) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_button_is_in_view_and_never_covered(visiting: Visiting, width: int, height: int) -> None:
    visit = visiting(width, height)
    for path in PATHS:
        page = visit.open(path)
        assert on_top(page), path
        page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
        assert on_top(page), f"{path}, scrolled"


def test_button_stays_when_the_keyboard_is_open(visiting: Visiting) -> None:
    page = visiting(360, 640).chat("/anonym")
    page.locator("lotsen-chat textarea").focus()
    page.set_viewport_size({"width": 360, "height": 300})
    page.locator("lotsen-chat textarea").scroll_into_view_if_needed()
    assert on_top(page)


@pytest.mark.parametrize("path", ["/", "/stodlinjer"])
def test_button_leaves(visit: Visit, path: str) -> None:
    page = visit.open(path)
    page.locator(BUTTON).click()
    page.wait_for_url(EXIT)


def test_shift_three_times_leaves_also_while_typing(visit: Visit) -> None:
    page = visit.chat()
    page.locator("lotsen-chat textarea").focus()
    press_shift(page)
    page.wait_for_url(EXIT)


def test_shift_for_capital_letters_does_not_leave(visit: Visit) -> None:
    page = visit.chat()
    field = page.locator("lotsen-chat textarea")
    field.focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    page.keyboard.press("Escape")
    assert page.url == f"{visit.url}/"
    assert field.input_value() == "ABCD"


def test_shift_three_times_slowly_does_not_leave(visit: Visit) -> None:
    page = visit.open("/stodlinjer")
    stay = """() => {
        const real = KeyboardEvent.prototype, at = [0, 3000, 6000];
        Object.defineProperty(real, 'timeStamp', {get() { return at[0]; }});
        for (let i = 0; i < 3; i++) { dispatchEvent(new KeyboardEvent('keydown', {key: 'Shift'})); at.shift(); }
    }"""
    page.evaluate(stay)
    assert page.url.endswith("/stodlinjer")


def test_first_tab_stop_is_the_way_out(visit: Visit) -> None:
    page = visit.open("/sakerhet")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip[data-lotsen-exit]')")
    page.keyboard.press("Enter")
    page.wait_for_url(EXIT)


def test_page_is_covered_before_anything_else(visit: Visit) -> None:
    page = visit.chat()
    covered = page.evaluate(
        """selector => {
            document.querySelector(selector).click();
            return getComputedStyle(document.documentElement).display + document.title.trim();
        }""",
        BUTTON,
    )
    assert covered == "none"
    page.wait_for_url(EXIT)


def test_conversation_is_gone_from_the_server(visit: Visit, server: Server) -> None:
    with visit.page.expect_response("**/webhooks/web/session?*") as opened:
        page = visit.chat()
    header = f"Bearer {opened.value.json()['session']}"
    before = httpx.get(f"{server.url}/webhooks/web/situation", headers={"Authorization": header})
    assert before.status_code == 200
    page.locator(BUTTON).click()
    page.wait_for_url(EXIT)
    for _ in range(50):
        after = httpx.get(f"{server.url}/webhooks/web/situation", headers={"Authorization": header})
        if after.status_code == 401:
            break
        page.wait_for_timeout(50)
    assert after.status_code == 401


def test_works_when_the_server_is_down(visit: Visit) -> None:
    page = visit.chat()
    page.route(f"{visit.url}/**", lambda route: route.abort())
    page.locator(BUTTON).click()
    page.wait_for_url(EXIT)


def test_works_without_script(visiting: Visiting) -> None:
    page = visiting(java_script_enabled=False).open("/anonym")
    page.locator(BUTTON).click()
    page.wait_for_url(EXIT)


def test_back_does_not_lead_to_the_page_that_was_left(visit: Visit) -> None:
    visit.page.goto("about:blank")
    page = visit.chat()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link adds nothing to the history
    page.locator(BUTTON).click()
    page.wait_for_url(EXIT)
    page.go_back()
    assert page.url == "about:blank"


def test_page_says_that_the_history_remains(visit: Visit) -> None:
    page = visit.open("/anonym")
    about = page.locator(".honest")
    assert "Historiken i webbläsaren finns kvar" in about.inner_text()
    about.locator("a").click()
    assert page.url.endswith("/sakerhet")
    assert page.title() == "Information"


def test_widget_brings_its_own_exit_to_a_page_that_has_none(visiting: Visiting) -> None:
    visit = visiting(320, 640)
    page = visit.page
    body = f"""<!doctype html><html lang="sv"><title>Skolan</title><h1>Skolan</h1>
        <lotsen-chat exit-url="{EXIT}"></lotsen-chat><script type="module" src="/static/lotsen.js"></script></html>"""
    page.route("**/skolan", lambda route: route.fulfill(content_type="text/html", body=body))
    visit.chat("/skolan")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator("lotsen-chat .exit").click()
    page.wait_for_url(EXIT)
    visit.chat("/skolan")
    press_shift(page)
    page.wait_for_url(EXIT)
