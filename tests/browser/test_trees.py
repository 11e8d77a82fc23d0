"""What a screen reader is given, whole: golden accessibility trees of the widget's states and of the pages.

A change shows as a difference to read. `UPDATE_TREES=1 pytest tests/browser/test_trees.py` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import Visit, answering, say

TREES = Path(__file__).parent / "trees"
PAGES = ("/hanvisning", "/sakerhet", "/integritet", "/tillganglighet")
# Invented, so that a new fact changes no tree.
SERVICE = {
    "id": "jouren",
    "name": "Jouren",
    "summary": "Stöd till kvinnor.",
    "phones": [{"number": "08-000 00 00", "tel": "+4680000000", "note": "dagtid"}],
    "chat": "https://jouren.example/chatt",
    "email": "info@jouren.example",
    "url": "https://jouren.example",
    "hours": "vardagar 9–16",
    "open_now": False,
    "opens": "måndag kl. 9",
    "languages": ["sv", "en"],
    "interpreter": True,
    "anonymous": True,
    "cost": "gratis",
    "why": ["hela länet"],
    "checked": "2026-04",
    "source": "https://jouren.example/om",
}
TOPIC = {
    "id": "plikt",
    "title": "Anmälan",
    "text": "Anmäl genast.\nDu behöver inte bevisa något.",
    "law": ["19 kap. 1 § SoL"],
}
SITUATION = {
    "perspective": "yrkesverksam", "violence_types": ["heder"], "age": 15, "age_group": "barn",
    "municipality": "Botkyrka", "district": None,
}  # fmt: skip
REFERRAL = {
    "text": "Jag har förstått det så här: hedersvåld.",
    "buttons": [{"title": "Börja om", "payload": "/restart"}],
    "custom": {
        "kind": "referral",
        "situation": SITUATION,
        "groups": [{"id": "kommun", "title": "Kommunens stöd", "services": [SERVICE]}],
        "guidance": [TOPIC],
        "permalink": "/hanvisning?typ=heder",
    },
}
EMERGENCY = {"text": "Ring 112.", "buttons": [], "custom": {"kind": "emergency", "services": [SERVICE]}}


def check(visit: Visit, name: str, part: Locator) -> None:
    """Compare a tree with the one that is kept; the gateway's port is another each time."""
    file, tree = TREES / f"{name}.yml", part.aria_snapshot().replace(visit.url, "") + "\n"
    if os.environ.get("UPDATE_TREES"):
        TREES.mkdir(exist_ok=True)
        file.write_text(tree, encoding="utf-8")
    assert file.exists(), f"{file.name} is missing: see this module's first lines"
    assert tree == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES)
def test_pages(visit: Visit, path: str) -> None:
    check(visit, f"page{path.replace('/', '-')}", visit.open(path).locator("body"))


@pytest.mark.parametrize("path", ["/", "/lattlast", "/english"])
def test_greeting(visit: Visit, path: str) -> None:
    page = visit.chat(path)
    page.locator("lotsen-chat .choices").wait_for()
    check(visit, f"greeting{path.replace('/', '-')}", page.locator("lotsen-chat section"))


@pytest.mark.parametrize("path", ["/", "/lattlast", "/english"])
def test_answer(visit: Visit, path: str) -> None:
    page = visit.chat(path)
    page.locator("lotsen-chat .choices").wait_for()
    page.route("**/situation", lambda route: route.fulfill(json={"situation": SITUATION, "intent": "referral"}))
    answering(page, EMERGENCY, REFERRAL)
    say(page, "hej")
    page.locator("lotsen-chat .understood").wait_for()
    page.locator("lotsen-chat details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    check(visit, f"answer{path.replace('/', '-')}", page.locator("lotsen-chat section"))


def test_warning(visit: Visit) -> None:
    page = visit.chat()
    say(page, "mejla anna@example.org")
    page.get_by_text("Skicka ändå").wait_for()
    check(visit, "warning", page.locator("lotsen-chat section"))


def test_server_down(visit: Visit) -> None:
    page: Any = visit.chat()
    page.route("**/webhooks/**", lambda route: route.abort())
    say(page, "hej")
    page.locator("lotsen-chat [data-help]").wait_for()
    check(visit, "server-down", page.locator("lotsen-chat section"))
