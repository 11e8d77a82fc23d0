"""From the first page to a referral: by mouse, by keyboard, at 320 pixels, without script; the same services."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Visiting, say

REFERRAL = "lotsen-chat .message.referral"


def shown(page: Page, within: str) -> list[str]:
    """Ids of the services shown, in order."""
    return page.locator(f"{within} article").evaluate_all("all => all.map(one => one.dataset.id)")


def asked(page: Page, question: str) -> None:
    """Wait until a question stands there and the whole answer has come."""
    expect(page.locator("lotsen-chat .turn").last).to_contain_text(question)
    expect(page.locator("lotsen-chat .typing")).to_be_hidden()


def answer(page: Page, question: str, choice: str) -> None:
    """Wait for a question and press one of its answers."""
    asked(page, question)
    page.locator("lotsen-chat .choices").get_by_role("button", name=choice, exact=True).click()


def by_buttons(page: Page) -> list[str]:
    """A professional who only presses buttons and names no place."""
    answer(page, "jag är Lotsen", "Jag möter våld i mitt arbete")
    answer(page, "Vad handlar det om?", "Familjens eller släktens heder")
    answer(page, "Vilken kommun", "Hoppa över")
    answer(page, "Hur gammal", "Under 18")
    page.locator(REFERRAL).wait_for()
    return shown(page, REFERRAL)


def without_script(visiting: Visiting) -> list[str]:
    """The same situation, in the form."""
    page = visiting(java_script_enabled=False).open("/")
    page.get_by_role("navigation").get_by_role("link", name="Hänvisning").click()
    page.get_by_label("Heder").check()
    page.get_by_label("Vem frågar").select_option("yrkesverksam")
    page.get_by_text("Fler uppgifter").click()
    page.get_by_label("Ungefärlig ålder").select_option("barn")
    page.get_by_role("button", name="Visa hänvisning").click()
    page.wait_for_load_state()  # the last services may still be on their way
    return shown(page, "main")


@pytest.mark.parametrize(("width", "height"), [(1200, 900), (320, 640)])
def test_by_mouse_and_the_same_without_script(visiting: Visiting, width: int, height: int) -> None:
    visit = visiting(width, height, has_touch=width == 320)
    page = visit.chat()
    found = by_buttons(page)
    assert found
    assert found == without_script(visiting)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    visit.picture(f"journey-{width}")


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit.chat()
    focused = "document.activeElement.shadowRoot?.activeElement?.textContent ?? document.activeElement.textContent"

    def tab_to(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(focused).strip() == name:
                return
        raise AssertionError(f"{name} cannot be reached by keyboard")

    for question, choice in (
        ("jag är Lotsen", "Jag behöver stöd"),
        ("Vad handlar det om?", "Våld eller hot från någon nära"),
        ("Vilken kommun", "Visa stöd direkt"),
    ):
        asked(page, question)
        page.evaluate("document.activeElement.blur()")
        tab_to(choice)
        page.keyboard.press("Enter")
    page.locator(REFERRAL).wait_for()
    assert "kvinnofridslinjen" in shown(page, REFERRAL)
    # The pressed button is gone; the focus waits in the text field, not at the top of the page.
    in_field = "document.activeElement.shadowRoot?.activeElement?.matches('textarea')"
    page.wait_for_function(in_field)
    page.keyboard.type("tack")
    page.keyboard.press("Enter")
    expect(page.locator("lotsen-chat .me").last).to_contain_text("tack")
    assert page.evaluate(in_field)


def test_in_own_words_to_a_referral(visiting: Visiting) -> None:
    """The first example of the house, whole: duties first, then whom to turn to, and what was understood."""
    visit = visiting(1200, 1100)
    page = visit.chat()
    say(page, "Jag är kurator på en skola i Tumba, en tjej på 15 är rädd att bli bortgift i sommar")
    page.locator(REFERRAL).wait_for()
    assert {"origo", "socialtjanst-botkyrka"} <= set(shown(page, REFERRAL))
    expect(page.locator("lotsen-chat details.topic").first).to_contain_text("anmäla oro")
    chips = page.locator("lotsen-chat .chip")
    expect(chips.filter(has_text="Botkyrka")).to_be_visible()
    expect(chips.filter(has_text="15 år")).to_be_visible()
    page.locator("lotsen-chat .log").evaluate("log => { log.scrollTop = log.querySelector('.me').offsetTop - 8; }")
    visit.picture("chat")
    chips.filter(has_text="Botkyrka").click()
    expect(page.locator("lotsen-chat .turn").last).to_contain_text("Vilken kommun")


def test_links_call_and_lead_nowhere_unsafe(visit: Visit) -> None:
    page = visit.chat()
    answer(page, "jag är Lotsen", "Visa stödlinjer")
    page.locator("lotsen-chat .hotlines article").first.wait_for()
    hrefs = page.locator("lotsen-chat .hotlines a").evaluate_all("all => all.map(a => a.href)")
    assert any(href.startswith("tel:") for href in hrefs)
    assert all(href.split(":")[0] in ("tel", "https", "http", "mailto") for href in hrefs)
    outward = page.locator("lotsen-chat .hotlines a[target=_blank]")
    assert all("noreferrer" in (one.get_attribute("rel") or "") for one in outward.all())


def test_sheet_holds_the_services_and_nothing_that_was_written(visiting: Visiting) -> None:
    visit = visiting(permissions=["clipboard-read", "clipboard-write"])
    page = visit.chat()
    by_buttons(page)
    page.get_by_role("button", name="Kopiera texten").click()
    expect(page.locator("lotsen-chat .notes")).to_contain_text("kopierad")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("HÄNVISNING: hedersvåld, under 18 år")
    for name in page.locator(f"{REFERRAL} article h4").all_inner_texts():
        assert name in text
    link = page.get_by_role("link", name="Öppna som sida").get_attribute("href") or ""
    page.goto(link)
    assert "under 18 år" in page.locator(".lead").first.inner_text()


def test_who_is_exposed_is_offered_no_address_with_the_situation(visit: Visit) -> None:
    page = visit.chat()
    say(page, "min man slår mig, jag är 34 och bor i Täby")
    page.locator(REFERRAL).wait_for()
    assert page.get_by_role("link", name="Öppna som sida").count() == 0


def test_print_shows_the_sheet_alone_and_leaves_no_trace(visit: Visit) -> None:
    page = visit.chat()
    by_buttons(page)
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Skriv ut").click()
    page.emulate_media(media="print")
    assert page.locator("body > :visible").evaluate_all("all => all.map(one => one.className)") == ["lotsen-sheet"]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".lotsen-sheet").count() == 0
    assert page.evaluate("document.adoptedStyleSheets.length") == 0


def test_start_over(visit: Visit) -> None:
    page = visit.chat()
    by_buttons(page)
    page.get_by_role("button", name="Börja om").last.click()
    expect(page.locator("lotsen-chat .log")).to_contain_text("glömt")
    expect(page.locator(REFERRAL)).to_have_count(0)
    expect(page.locator("lotsen-chat .chip")).to_have_count(0)


def test_nothing_is_asked_of_the_server_before_the_chat_is_seen(visiting: Visiting) -> None:
    visit = visiting(320, 400)
    asked: list[str] = []
    visit.page.on("request", lambda one: asked.append(one.url) if "/webhooks/" in one.url else None)
    page = visit.open("/anonym")
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.locator("lotsen-chat").scroll_into_view_if_needed()
    page.locator("lotsen-chat .message").first.wait_for()
    assert len(asked) == 1
