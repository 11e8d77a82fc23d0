"""Five people on their way to a referral: by mouse, by keyboard alone, on 320 pixels and without script.

Whoever they are and however they get there, they are shown the services that the chat's API gives for the same words.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Visiting, say
from tests.browser.test_journeys import REFERRAL, shown

PERSONAS = {
    "girl": "Jag är 15 år och min familj vill gifta bort mig i sommar. Jag bor i Botkyrka",
    "mother": "Min man hotar mig och barnen med kniv och kommer hem i kväll. Jag är 34 år och bor i Haninge",
    "counsellor": "Jag är kurator på en skola i Tumba, en tjej på 15 är rädd att bli bortgift i sommar",
    "man": "Jag är en man på 41 år i Solna och blev våldtagen av en bekant",
    "newcomer": "Jag är 28 år och ny i Sverige, han tvingar mig att sälja sex i Huddinge",
}
SHOW = "Visa stöd direkt"


def by_api(server: Server, text: str) -> tuple[list[str], str]:
    """Return the ids and the permalink of the referral that the chat's API gives."""
    with httpx.Client(base_url=server.url, timeout=30) as http:
        token = http.post("/webhooks/web/session").json()["session"]
        for said in (text, "/show_now"):
            answer = http.post(
                "/webhooks/web/messages", json={"message": said}, headers={"Authorization": f"Bearer {token}"}
            )
            for message in answer.json()["messages"]:
                custom = message.get("custom", {})
                if custom.get("kind") == "referral":
                    ids = [one["id"] for group in custom["groups"] for one in group["services"]]
                    return ids, custom["permalink"]
    raise AssertionError("no referral")


def referral(page: Page) -> list[str]:
    """Return the ids of the referral on the screen."""
    page.locator(REFERRAL).wait_for()
    expect(page.locator("lotsen-chat .typing")).to_be_hidden()
    return shown(page, REFERRAL)


def settled(page: Page) -> bool:
    """Wait for the whole answer; tell whether the referral is in it."""
    page.locator("lotsen-chat .turn").nth(1).locator(".message").first.wait_for()
    expect(page.locator("lotsen-chat .typing")).to_be_hidden()
    return page.locator(REFERRAL).count() > 0


def by_hand(page: Page, text: str) -> list[str]:
    """Type and press."""
    say(page, text)
    if not settled(page):
        page.locator("lotsen-chat .choices").get_by_role("button", name=SHOW).click()
    return referral(page)


def by_keyboard(page: Page, text: str) -> list[str]:
    """Only Tab, Shift, Enter and letters, from the top of the page."""
    focused = """() => {
        let one = document.activeElement;
        while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
        return one?.matches('textarea') ? 'field' : one?.textContent.trim();
    }"""

    def tab_to(name: str, key: str = "Tab") -> None:
        for _ in range(80):
            page.keyboard.press(key)
            if page.evaluate(focused) == name:
                return
        raise AssertionError(f"{name} cannot be reached by keyboard")

    tab_to("field")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    if not settled(page):
        tab_to(SHOW, "Shift+Tab")
        page.keyboard.press("Enter")
    return referral(page)


def without_script(page: Page, permalink: str) -> list[str]:
    """Fill in the form on /hanvisning with what the chat understood; return what its page shows."""
    page.get_by_text("Fler uppgifter").click()
    for name, value in parse_qsl(urlsplit(permalink).query):
        control = page.locator(f"form [name={name}]")
        tag = control.first.evaluate("one => one.type")
        if tag == "checkbox":
            page.locator(f"form [name={name}][value={value}]").check()
        elif tag == "select-one":
            control.select_option(value)
        else:
            control.fill(value)
    page.get_by_role("button", name="Visa hänvisning").click()
    page.wait_for_load_state()  # the last services may still be on their way
    return shown(page, "main")


@pytest.mark.parametrize("name", PERSONAS)
def test_to_the_same_services_every_way(visiting: Visiting, server: Server, name: str) -> None:
    text = PERSONAS[name]
    expected, permalink = by_api(server, text)
    assert expected
    mouse = visiting()
    assert by_hand(mouse.chat(), text) == expected
    mouse.picture(f"persona-{name}-mouse")
    assert by_keyboard(visiting().chat(), text) == expected
    phone = visiting(320, 640, has_touch=True)
    page = phone.chat("/anonym")
    assert by_hand(page, text) == expected
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    # What is in view on so small a screen is the answer, not what was asked.
    expect(page.locator("lotsen-chat .turn").last.locator(".message > *").first).to_be_in_viewport()
    phone.picture(f"persona-{name}-320")
    plain = visiting(java_script_enabled=False)
    assert without_script(plain.open("/hanvisning"), permalink) == expected
    plain.picture(f"persona-{name}-form")


def test_danger_tonight_shows_112_before_anything_else(visiting: Visiting) -> None:
    visit = visiting(320, 640)
    page = visit.chat("/anonym")
    say(page, PERSONAS["mother"])
    assert settled(page)
    first = page.locator("lotsen-chat .turn").last.locator(".message").first
    expect(first).to_have_class("message emergency")
    expect(first.locator("a[href='tel:112']").first).to_be_in_viewport(ratio=1)
    visit.picture("persona-mother-danger-320")
