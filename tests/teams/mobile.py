"""`python -m tests.teams.mobile`: every card as a phone shows it, by Microsoft's own renderer, 320 and 360 pixels wide.

Needs what `make teams-client` installs. Fails when a word is cut off, something stands outside the card, or a press
opens nothing. Pictures go to var/screenshots.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bot.gateway import cards
from bot.gateway.copy import buttons
from bot.gateway.teams_language import ENGLISH, SWEDISH
from knowledge.directory import load_directory
from tests.browser.conftest import ARGUMENTS, NAMES, PICTURES
from tests.unit.gateway.test_teams_cards import MESSAGES, URL

MODULES = Path(__file__).parent / "node_modules"
WIDTHS = (320, 360)  # CSS pixels: the narrowest phones in use, and the most common
CHANNELS = {"sv": SWEDISH, "en": ENGLISH}

# Sizes as in Teams; buttons never wrap there, and what has no room ends in dots.
STYLE = """
  body { margin: 0; padding: 8px; font: 14px/20px "Segoe UI", "Liberation Sans", sans-serif; background: #f5f5f5 }
  .ac-adaptiveCard { border-radius: 4px; box-shadow: 0 0 2px #0004 }
  .ac-pushButton { font: 600 14px/20px inherit; font-family: inherit; padding: 5px 12px; border: 1px solid #d1d1d1;
    border-radius: 4px; background: #fff; max-width: 100%; overflow: hidden; white-space: nowrap;
    text-overflow: ellipsis }
  .ac-pushButton * { overflow: hidden; text-overflow: ellipsis }
  p, ul { margin: 0; box-sizing: border-box } ul { padding-left: 20px }
"""
HOST = {
    "fontFamily": '"Segoe UI", "Liberation Sans", sans-serif',
    "spacing": {"small": 8, "default": 12, "medium": 16, "large": 20, "extraLarge": 24, "padding": 12},
    "fontSizes": {"small": 12, "default": 14, "medium": 14, "large": 18, "extraLarge": 24},
    "actions": {"maxActions": 6, "spacing": "default", "buttonSpacing": 8, "actionsOrientation": "horizontal",
                "actionAlignment": "left"},
    "containerStyles": {"attention": {"backgroundColor": "#F9D9D9"}, "emphasis": {"backgroundColor": "#EBEBEB"}},
}  # fmt: skip
SHOW = """
  ([card, host]) => {
    AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
      result.outputHtml = marked.parse(text); result.didProcess = true; };
    const made = new AdaptiveCards.AdaptiveCard();
    made.hostConfig = new AdaptiveCards.HostConfig(host);
    made.onExecuteAction = () => {};
    made.parse(card);
    document.body.replaceChildren(made.render());
  }
"""
# What is wrong with the card as it stands, in words.
FAULTS = """
  () => {
    const root = document.querySelector(".ac-adaptiveCard"), edge = root.getBoundingClientRect(), found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
    for (const one of root.querySelectorAll("*")) {
      const box = one.getBoundingClientRect();
      if (!box.width || !box.height) continue;
      if (one.scrollWidth > one.clientWidth + 1 && one.clientWidth) found.push("cut off: " + one.textContent);
      if (box.left < edge.left - 1 || box.right > edge.right + 1) found.push("outside: " + one.textContent);
      if (one.matches("button, [role=button]") && box.height < 24) found.push("too low to press: " + one.textContent);
    }
    return found;
  }
"""
# Everything that can be opened; each must make the card longer.
OPENED = """
  () => [...document.querySelectorAll("[aria-label^='Visa: '], [aria-label^='Show: ']")].map(one => {
    const before = document.body.scrollHeight;
    one.click();
    return document.body.scrollHeight > before ? "" : "opens nothing: " + one.textContent;
  }).filter(Boolean)
"""


def every_card(channel: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every kind of card with a name, among them one with every button there is."""
    titles = [{"title": title, "payload": payload} for title, payload in sorted(buttons())]
    origo = load_directory().get("origo")
    assert origo
    made = {name: cards.activities(message, URL, channel=channel) for name, message in MESSAGES.items()}
    made["all-buttons"] = cards.activities({"text": "?", "buttons": titles}, URL, channel=channel)
    made["wrong"] = [cards.what_is_wrong(f"Vilken uppgift om {origo.name} är fel?", origo, channel)]
    for name, activities in made.items():
        for number, activity in enumerate(activities):
            for part in activity.model_dump(by_alias=True, exclude_none=True).get("attachments", []):
                yield f"{name.replace(' ', '-')}-{number}", part["content"]


def faults(page: Page, card: dict[str, Any]) -> list[str]:
    """Show a card, open everything in it, and return what is wrong."""
    page.evaluate(SHOW, [card, HOST])
    found: list[str] = page.evaluate(FAULTS)
    folds = json.dumps(card).count('"isVisible": false')
    opened = page.evaluate("document.querySelectorAll(\"[aria-label^='Visa: '], [aria-label^='Show: ']\").length")
    if opened != folds:
        found.append(f"{folds} folded, {opened} can be opened")
    found += page.evaluate(OPENED)
    found += page.evaluate(FAULTS)
    return list(dict.fromkeys(found))


def main() -> int:
    """Show every card at every width in both languages. Returns 1 when something is wrong."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    wrong = shown = 0
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)))
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 640})
            page.set_content(f"<!doctype html><html><head><style>{STYLE}</style></head><body></body></html>")
            for script in ("adaptivecards/dist/adaptivecards.min.js", "marked/lib/marked.umd.js"):
                page.add_script_tag(path=MODULES / script)
            for language, channel in CHANNELS.items():
                for name, card in every_card(channel):
                    shown += 1
                    for fault in faults(page, card):
                        wrong += 1
                        sys.stdout.write(f"{width} {language} {name}: {fault}\n")
                    page.screenshot(path=PICTURES / f"teams-card-{name}-{language}-{width}.png", full_page=True)
            page.close()
        browser.close()
    sys.stdout.write(f"{shown} cards shown, {wrong} faults. Pictures in {PICTURES}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
