"""Lättläst and English: the words change, the services do not, and every change of language is marked."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Visiting, answering, say
from tests.browser.test_journeys import REFERRAL, answer, asked, by_buttons, shown
from tests.browser.test_states import LOOKS, sideways, small_targets

LANGUAGES = ("English", "Lättläst")


def choose(page: Page, language: str) -> None:
    """Press the name of a language."""
    page.locator("lotsen-chat .languages").get_by_role("button", name=language, exact=True).click()


def languages_of(page: Page, selector: str) -> set[str]:
    """Return the languages that the elements are marked with, themselves or by what is around them."""
    found = page.locator(f"lotsen-chat {selector}").evaluate_all(
        """all => all.map(one => (one.closest('[lang]') ?? one.getRootNode().host).getAttribute('lang'))"""
    )
    return set(found)


def in_english(page: Page) -> list[str]:
    """The journey of test_journeys.by_buttons, in English."""
    asked(page, "I am Lotsen")
    answer(page, "I am Lotsen", "I meet violence in my work")
    answer(page, "What is it about?", "The honour of the family")
    answer(page, "Which municipality", "Skip")
    answer(page, "How old", "Below 18")
    page.locator(REFERRAL).wait_for()
    return shown(page, REFERRAL)


def test_the_same_services_in_english(visiting: Visiting) -> None:
    visit = visiting()
    page = visit.chat()
    choose(page, "English")
    found = in_english(page)
    assert found == by_buttons(visiting().chat())
    expect(page.locator("lotsen-chat .chip").first).to_contain_text("someone in my work")
    expect(page.get_by_text("Call 112").first).to_be_visible()
    assert page.locator("lotsen-chat").get_attribute("lang") == "en"
    assert languages_of(page, ".said, .choices button, .typing, label, .ways .call") == {"en"}
    # Facts are Swedish, and marked so.
    assert languages_of(page, ".card h4, .card > p:not(.fine), .why span:not(.vh), .topic li") == {"sv"}
    assert visit.axe() == []
    visit.picture("english-referral")


def test_the_same_services_in_lattlast(visiting: Visiting) -> None:
    visit = visiting()
    page = visit.chat()
    choose(page, "Lättläst")
    answer(page, "jag heter Lotsen", "Jag möter våld i mitt arbete")
    answer(page, "Vad handlar det om?", "Familjens eller släktens heder")
    answer(page, "Vilken kommun", "Hoppa över")
    answer(page, "Hur gammal", "Under 18")
    page.locator(REFERRAL).wait_for()
    assert shown(page, REFERRAL) == by_buttons(visiting().chat())
    card = page.locator(f"{REFERRAL} article").first
    assert card.locator("> p:not(.hours)").count() == 0, "the longer text waits behind a press"
    card.get_by_text("Mer om").click()
    expect(card.locator(".why")).to_be_visible()
    assert page.locator("lotsen-chat").evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 18
    assert visit.axe() == []
    visit.picture("lattlast-referral")


@pytest.mark.parametrize("path", ["/english", "/lattlast"])
@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_pages_begin_in_their_language(visiting: Visiting, path: str, width: int, height: int, scheme: str) -> None:
    visit = visiting(width, height, color_scheme=scheme)
    opened: list[str] = []
    visit.page.on("request", lambda one: opened.append(one.url) if "/session" in one.url else None)
    page = visit.chat(path)
    asked(page, {"/english": "I am Lotsen", "/lattlast": "jag heter Lotsen"}[path])
    assert len(opened) == 1
    assert visit.axe() == []
    assert sideways(page) == 0
    assert small_targets(page) == []
    visit.picture(f"page{path.replace('/', '-')}-{width}")


def test_change_in_the_middle_keeps_the_conversation(visit: Visit) -> None:
    page = visit.chat()
    answer(page, "jag är Lotsen", "Jag behöver stöd")
    asked(page, "Vad handlar det om?")
    page.locator("lotsen-chat textarea").fill("halva mening")
    choose(page, "English")
    expect(page.locator("lotsen-chat .send")).to_have_text("Send")
    assert page.locator("lotsen-chat textarea").input_value() == "halva mening"
    assert languages_of(page, ".said") == {"sv"}
    pressed = page.locator("lotsen-chat [aria-pressed=true]")
    assert pressed.inner_text() == "English"
    assert pressed.evaluate("one => one.getRootNode().activeElement === one"), "the focus stays where it was"
    # What was asked in Swedish can still be answered; what comes is in English, in the same conversation.
    page.locator("lotsen-chat .choices").get_by_role("button", name="Sexuellt våld eller övergrepp").click()
    asked(page, "Which municipality")
    expect(page.locator("lotsen-chat .chip").filter(has_text="sexual violence")).to_be_visible()
    choose(page, "Svenska")
    expect(page.locator("lotsen-chat .send")).to_have_text("Skicka")
    expect(page.locator("lotsen-chat .chip").filter(has_text="sexuellt våld")).to_be_visible()


def test_english_words_are_fetched_by_nobody_else(visit: Visit) -> None:
    fetched: list[str] = []
    visit.page.on("request", lambda one: fetched.append(one.url) if "english.js" in one.url else None)
    page = visit.chat()
    choose(page, "Lättläst")
    asked(page, "jag heter Lotsen")
    assert fetched == []
    choose(page, "English")
    asked(page, "I am Lotsen")
    assert len(fetched) == 1


def test_english_words_that_do_not_come_are_told_in_swedish(visit: Visit) -> None:
    page = visit.chat()
    page.route("**/english.js", lambda route: route.abort())
    choose(page, "English")
    expect(page.locator("lotsen-chat .notes")).to_contain_text("Det gick inte att nå oss")
    expect(page.locator("lotsen-chat .send")).to_have_text("Skicka")


def test_failures_and_warnings_in_english(visiting: Visiting, payloads: dict[str, Any]) -> None:
    visit = visiting(320, 640)
    page = visit.chat("/english")
    asked(page, "I am Lotsen")
    say(page, "anna@example.org")
    expect(page.locator("lotsen-chat .notes")).to_contain_text("an e-mail address")
    answering(page, payloads["emergency"], payloads["referral"])
    page.get_by_role("button", name="Send anyway").click()
    expect(page.locator("lotsen-chat .emergency h3").first).to_have_text("Danger? Call 112")
    expect(page.locator("lotsen-chat .group h3").first).to_contain_text("In an emergency")
    page.unroute("**/webhooks/web/messages?*")
    page.route("**/webhooks/**", lambda route: route.abort())
    say(page, "hello")
    expect(page.locator("lotsen-chat [data-help]")).to_contain_text("The assistant cannot be reached", timeout=10_000)
    assert visit.axe() == []


def test_english_text_is_answered_with_lines_and_the_buttons(visit: Visit) -> None:
    page = visit.chat("/english")
    asked(page, "I am Lotsen")
    say(page, "my husband is very mean to me and I do not know what to do")
    expect(page.locator("lotsen-chat .turn").last).to_contain_text("I read only Swedish")
    expect(page.locator("lotsen-chat .turn").last.get_by_role("button", name="Find support that fits")).to_be_visible()


def test_header_has_112_and_a_staffed_line(visiting: Visiting) -> None:
    for path, words in (("/", "Vid fara: ring 112"), ("/english", "In danger: call 112")):
        page = visiting(320, 640).chat(path)
        links = page.locator("lotsen-chat header a")
        assert links.evaluate_all("all => all.map(a => a.getAttribute('href'))") == ["tel:112", "tel:+4620505050"]
        assert links.first.inner_text() == words
        assert "Kvinnofridslinjen 020-50 50 50" in (links.last.text_content() or "")
        assert all(one.is_visible() for one in links.all())
