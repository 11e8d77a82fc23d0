"""The control on a card that says that a fact is wrong: one tap, no words, a thank-you."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, Visit, Visiting
from tests.browser.test_journeys import answer


def first_card(page: Page) -> Locator:
    """Open the conversation's first card of a helpline."""
    answer(page, "jag är Lotsen", "Visa stödlinjer")
    card = page.locator("lotsen-chat .hotlines article").first
    card.wait_for()
    return card


def test_one_tap_is_counted_and_thanked_for(visit: Visit, server: Server) -> None:
    page = visit.chat()
    card = first_card(page)
    card.get_by_text("Fel uppgift?").click()
    visit.picture("report-open")
    with page.expect_request("**/api/reports") as sent:
        card.get_by_role("button", name="Telefonnumret").dblclick()
    expect(card.get_by_text("Tack!")).to_be_focused()
    request = sent.value
    assert request.post_data_json == {"service": card.get_attribute("data-id"), "field": "phone"}
    assert "authorization" not in request.headers, "a report belongs to no conversation"
    assert [(one.service, one.field, one.times) for one in server.app.state.reports.all()] == [
        (card.get_attribute("data-id"), "phone", 1)
    ]
    assert visit.axe() == []
    visit.picture("report-thanks")


def test_only_what_the_card_shows_can_be_wrong(visit: Visit) -> None:
    page = visit.chat()
    first_card(page)
    for card in page.locator("lotsen-chat .hotlines article").all():
        # What is folded away is in no accessibility tree, but it is there.
        can = card.locator("details.fine button").all_text_contents()
        assert ("Telefonnumret" in can) == (card.locator(".call").count() > 0)
        assert can[-1] == "Något annat"


def test_by_keyboard_and_told_when_it_cannot_be_sent(visiting: Visiting) -> None:
    visit = visiting(320, 640)
    page = visit.chat()
    card = first_card(page)
    page.route("**/api/reports", lambda route: route.fulfill(status=503, json={}))
    box: Any = card.locator("details.fine summary")
    box.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card.get_by_role("status")).to_contain_text("Det gick inte att skicka")
    page.unroute("**/api/reports")
    card.get_by_role("button", name="Något annat").click()
    expect(card.get_by_text("Tack!")).to_be_focused()
