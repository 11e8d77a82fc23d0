"""Everything that can go wrong in the chat: its own plain sentence, the text kept, nothing said twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit, answering, say, stream

TEXT = "min sambo slår mig"
HELLO = {"text": "Hej igen", "buttons": []}
MESSAGES = "**/webhooks/web/messages?*"


def notes(page: Page) -> Any:
    return page.locator("lotsen-chat .notes")


def field(page: Page) -> Any:
    return page.locator("lotsen-chat textarea")


def refused(status: int, code: str, message: str, **more: Any) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, json={"error": {"code": code, "message": message}, **more})


def sent(page: Page) -> list[dict[str, str]]:
    """Collect what is sent from now on."""
    bodies: list[dict[str, str]] = []
    page.on("request", lambda one: bodies.append(one.post_data_json) if "/messages?" in one.url else None)
    return bodies


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (refused(429, "too_many", "Vänta 7 sekunder och försök igen."), "Vänta 7 sekunder"),
        (refused(401, "session", "Samtalet är glömt."), "Samtalet har avslutats"),
        (refused(413, "too_long", "Högst 2 000 tecken."), "Högst 2 000 tecken"),
        (refused(500, "server", "Något gick fel hos oss."), "Något gick fel hos oss"),
        (lambda route: route.fulfill(status=502, body="<html>bad gateway</html>"), "Något gick fel hos oss"),
    ],
    ids=["429", "401", "413", "500", "502"],
)
def test_refusals(visit: Visit, answer: Callable[[Route], None], told: str) -> None:
    page = visit.chat()
    page.route(MESSAGES, answer)
    say(page, TEXT)
    expect(notes(page)).to_contain_text(told)
    assert field(page).input_value() == TEXT
    page.unroute(MESSAGES)
    answering(page, HELLO)
    page.get_by_role("button", name="Försök igen").click()
    expect(page.locator("lotsen-chat .log")).to_contain_text("Hej igen")
    expect(notes(page)).to_be_empty()
    assert field(page).input_value() == ""
    assert page.locator("lotsen-chat .me").count() == 1


def test_unavailable_shows_the_emergency_card_of_the_server(visit: Visit, payloads: dict[str, Any]) -> None:
    page = visit.chat()
    page.route(MESSAGES, refused(503, "unavailable", "Kan inte svara just nu.", messages=[payloads["emergency"]]))
    say(page, TEXT)
    expect(page.locator("lotsen-chat .emergency a[href='tel:112']").first).to_be_visible()
    expect(notes(page)).to_contain_text("Kan inte svara just nu")
    assert field(page).input_value() == TEXT


def test_connection_that_breaks_is_tried_again_with_the_same_id(visit: Visit) -> None:
    page = visit.chat()
    bodies = sent(page)
    tries = iter([None, stream({"text": "Halva", "buttons": []}, done=False), stream({"text": "Hela", "buttons": []})])

    def answer(route: Route) -> None:
        body = next(tries)
        if body is None:
            route.abort()
        else:
            route.fulfill(content_type="text/event-stream", body=body)

    page.route(MESSAGES, answer)
    say(page, TEXT)
    log = page.locator("lotsen-chat .log")
    expect(log).to_contain_text("Hela", timeout=10_000)
    expect(log).not_to_contain_text("Halva")
    assert len(bodies) == 3
    assert len({body["id"] for body in bodies}) == 1
    assert page.locator("lotsen-chat .me").count() == 1


def test_answer_that_keeps_breaking_off_is_shown_as_far_as_it_came(visit: Visit) -> None:
    page = visit.chat()
    answering(page, {"text": "Halva", "buttons": []}, done=False)
    say(page, TEXT)
    expect(notes(page)).to_contain_text("Svaret avbröts", timeout=10_000)
    log = page.locator("lotsen-chat .log")
    expect(log).to_contain_text("Halva")
    page.unroute(MESSAGES)
    answering(page, HELLO)
    page.get_by_role("button", name="Försök igen").click()
    expect(log).to_contain_text("Hej igen")
    expect(log).not_to_contain_text("Halva")
    assert page.locator("lotsen-chat .me").count() == 1


def test_server_down_shows_112_and_a_staffed_line(visit: Visit) -> None:
    page = visit.chat()
    page.route("**/webhooks/**", lambda route: route.abort())
    bodies = sent(page)
    say(page, TEXT)
    card = page.locator("lotsen-chat .emergency")
    expect(card).to_contain_text("Ring 020-50 50 50", timeout=10_000)
    assert card.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))") == [
        "tel:112",
        "tel:+4620505050",
    ]
    expect(notes(page)).to_contain_text("Det gick inte att nå oss")
    assert field(page).input_value() == TEXT
    # Sent again by hand, unchanged: still the same message to the server.
    page.unroute("**/webhooks/**")
    answering(page, HELLO)
    page.locator("lotsen-chat .send").click()
    expect(page.locator("lotsen-chat .log")).to_contain_text("Hej igen")
    assert len({body["id"] for body in bodies}) == 1
    expect(card).to_have_count(0)


def test_server_down_from_the_start(visit: Visit) -> None:
    visit.page.route("**/webhooks/**", lambda route: route.abort())
    page = visit.open("/anonym")
    expect(page.locator("lotsen-chat .emergency")).to_contain_text("Ring 112", timeout=10_000)
    page.unroute("**/webhooks/**")
    page.get_by_role("button", name="Börja samtalet").click()
    expect(page.locator("lotsen-chat .log")).to_contain_text("Lotsen")


def test_slow_network_is_told_after_five_seconds(visit: Visit) -> None:
    page = visit.page
    page.clock.install()
    visit.chat()
    held: list[Route] = []
    page.route(MESSAGES, lambda route: held.append(route))
    say(page, TEXT)
    page.clock.run_for(4_000)
    expect(notes(page)).to_be_empty()
    page.clock.run_for(1_500)
    expect(notes(page)).to_contain_text("Det tar längre tid än vanligt")
    expect(page.locator("lotsen-chat .typing")).to_be_visible()
    held[0].fulfill(content_type="text/event-stream", body=stream(HELLO))
    expect(page.locator("lotsen-chat .log")).to_contain_text("Hej igen")
    expect(notes(page)).to_be_empty()


def test_too_long_text_is_kept_and_not_sent(visit: Visit) -> None:
    page = visit.chat()
    bodies = sent(page)
    say(page, "å" * 3000)
    expect(notes(page)).to_contain_text("Texten har 3000 tecken")
    assert len(field(page).input_value()) == 3000
    assert bodies == []


def test_empty_text_is_not_sent(visit: Visit) -> None:
    page = visit.chat()
    say(page, "   ")
    expect(notes(page)).to_contain_text("Skriv något först")


def test_pasted_image_is_refused_in_words(visit: Visit) -> None:
    page = visit.chat()
    field(page).evaluate(
        """area => {
            const data = new DataTransfer();
            data.items.add(new File(['x'], 'bild.png', {type: 'image/png'}));
            area.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(notes(page)).to_contain_text("Du kan inte skicka en bild")


def test_double_click_sends_once(visit: Visit) -> None:
    page = visit.chat()
    bodies = sent(page)
    field(page).fill(TEXT)
    page.locator("lotsen-chat .send").dblclick()
    page.locator("lotsen-chat .turn").nth(1).locator(".message").first.wait_for()
    assert len(bodies) == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("hon heter 840519-9806", "personnummer"),
        ("hon är 19840519 9806", "personnummer"),
        ("ring 070-123 45 67", "telefonnummer"),
        ("ring +46 70 123 45 67", "telefonnummer"),
        ("anna@example.org", "e-postadress"),
    ],
)
def test_warning_before_something_personal_is_sent(visit: Visit, text: str, what: str) -> None:
    page = visit.chat()
    bodies = sent(page)
    answering(page, HELLO)
    say(page, text)
    expect(notes(page)).to_contain_text(what)
    assert bodies == []
    assert field(page).input_value() == text
    page.get_by_role("button", name="Skicka ändå").click()
    expect(page.locator("lotsen-chat .log")).to_contain_text("Hej igen")
    assert [body["message"] for body in bodies] == [text]


@pytest.mark.parametrize("text", ["ringde 112 i går", "020-50 50 50 svarade inte", "han är 34 år", "sedan 2019-05-01"])
def test_no_warning_for_what_is_not_personal(visit: Visit, text: str) -> None:
    page = visit.chat()
    answering(page, HELLO)
    say(page, text)
    expect(page.locator("lotsen-chat .log")).to_contain_text("Hej igen")


def test_two_tabs_are_two_conversations(visit: Visit) -> None:
    """In one browser, with the real server: what is said and forgotten in one tab is nothing to the other."""
    first = visit.chat()
    second = first.context.new_page()
    second.goto(visit.url)
    second.locator("lotsen-chat .choices").wait_for()
    say(first, "Jag är 15 år och bor i Botkyrka")
    say(second, "Jag är 44 år och bor i Solna")
    expect(first.locator("lotsen-chat .chip").filter(has_text="Botkyrka")).to_be_visible()
    expect(second.locator("lotsen-chat .chip").filter(has_text="Solna")).to_be_visible()
    first.get_by_role("button", name="Glöm mig").click()
    expect(notes(first)).to_contain_text("Samtalet är glömt")
    second.get_by_role("button", name="Hoppa över").click()
    expect(second.locator("lotsen-chat .turn")).to_have_count(3)
    expect(second.locator("lotsen-chat .chip").filter(has_text="Solna")).to_be_visible()
    expect(first.locator("lotsen-chat .chip")).to_have_count(0)


@pytest.mark.parametrize("year", [1999, 2046])
def test_clock_that_is_wrong_changes_nothing(visit: Visit, year: int) -> None:
    """Opening hours and the life of a session go by the server's clock."""
    page = visit.page
    page.clock.set_fixed_time(f"{year}-07-01T03:00:00")
    visit.chat()
    page.get_by_role("button", name="Visa stödlinjer").click()
    card = page.locator("lotsen-chat [data-id=kvinnofridslinjen]")
    expect(card).to_contain_text("Öppet nu")
    expect(notes(page)).to_be_empty()


def test_slow_network_loses_nothing(visit: Visit) -> None:
    """Five seconds each way, as measured by the browser itself."""
    page = visit.chat()
    bodies = sent(page)
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    limits = {"offline": False, "latency": 5000, "downloadThroughput": 4000, "uploadThroughput": 4000}
    slow.send("Network.emulateNetworkConditions", limits)
    say(page, TEXT)
    expect(notes(page)).to_contain_text("Det tar längre tid än vanligt", timeout=8_000)
    expect(page.locator("lotsen-chat .turn").nth(1).locator(".message").first).to_be_visible(timeout=30_000)
    expect(notes(page)).to_be_empty(timeout=30_000)
    assert len(bodies) == 1


def test_back_and_forward_begin_anew(visit: Visit) -> None:
    page = visit.chat()
    answering(page, HELLO)
    say(page, TEXT)
    expect(page.locator("lotsen-chat .log")).to_contain_text("Hej igen")
    visit.open("/sakerhet")
    page.go_back()
    expect(page.locator("lotsen-chat .message").first).to_be_visible()
    expect(page.locator("lotsen-chat .log")).not_to_contain_text(TEXT)


def test_forget_me(visit: Visit) -> None:
    page = visit.chat()
    answering(page, HELLO)
    say(page, TEXT)
    expect(page.locator("lotsen-chat .log")).to_contain_text("Hej igen")
    with page.expect_request(lambda one: one.method == "DELETE"):
        page.get_by_role("button", name="Glöm mig").click()
    expect(notes(page)).to_contain_text("Samtalet är glömt")
    expect(page.locator("lotsen-chat .log")).to_be_empty()


def test_markup_in_an_answer_is_text(visit: Visit) -> None:
    page = visit.chat()
    answering(page, {"text": "<img src=x onerror=alert(1)><b>fet</b>", "buttons": []})
    say(page, TEXT)
    expect(page.locator("lotsen-chat .log")).to_contain_text("<b>fet</b>")
    assert page.locator("lotsen-chat img").count() == 0
