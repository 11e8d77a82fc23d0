"""`make web-eval`: how large, how soon seen, and Lighthouse's verdict; fails outside the aims of the web.

Lighthouse (Google's, from npm; nothing it fetches is shipped) loads each page as a slow phone would. First paint is the
time from the widget's script, the last of its modules, being there to the first frame that has the widget in it, in the
system's Chromium; the time from the page's beginning, network and all, is printed beside it.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from bot.gateway.static import files
from tests.browser.conftest import ARGUMENTS, NAMES, open_gateway, serving
from tests.conftest import start_engine

NODE = Path(__file__).parent / "node"
LIGHTHOUSE = NODE / "node_modules/lighthouse/cli/index.js"
PAGES = ("/", "/anonym", "/hanvisning", "/lattlast", "/english")
CATEGORIES = ("accessibility", "performance", "best-practices")
LEAST = 95  # of 100
SIZE = 15 * 1024  # bytes
SOON = 100  # ms
LOADS = 15
# Runs before anything of the page: notes the first frame that the widget is in.
WATCH = """
const look = () => document.querySelector('lotsen-chat')?.shadowRoot?.querySelector('.chat')
    ? requestAnimationFrame(() => setTimeout(() => { window.seenAt = performance.now(); }))
    : requestAnimationFrame(look);
requestAnimationFrame(look);
"""
SINCE_SCRIPT = """() => [window.seenAt - Math.max(...performance.getEntriesByType('resource')
    .filter(one => one.name.endsWith('.js')).map(one => one.responseEnd)), window.seenAt]"""


@contextmanager
def house() -> Iterator[str]:
    """Serve the assistant; yield its origin."""
    with tempfile.TemporaryDirectory() as folder:
        engine = start_engine(Path(folder) / "engine.log")
        try:
            with serving(open_gateway(engine, Path(folder))) as url:
                yield url
        finally:
            engine.process.terminate()
            engine.process.wait(timeout=20)


def first_paints(url: str, chromium: str) -> list[tuple[float, float]]:
    """Return ms to the first frame with the widget, from its script and from the page's beginning."""
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for _ in range(LOADS):
            page = browser.new_page()
            page.add_init_script(WATCH)
            page.goto(url)
            while not page.evaluate("window.seenAt"):  # Playwright's own waiting is refused by the page's CSP
                page.wait_for_timeout(50)
            found.append(tuple(page.evaluate(SINCE_SCRIPT)))
            page.close()
        browser.close()
    return found


def lighthouse(url: str, chromium: str) -> dict[str, int]:
    """Return Lighthouse's figures for a page, 0 to 100."""
    flags = " ".join(ARGUMENTS)
    command = [
        "node", str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={flags}", "--no-enable-error-reporting",
    ]  # fmt: skip
    env = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=True, timeout=180)
    report = json.loads(done.stdout)
    return {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}


def main() -> int:
    """Print every figure; return 1 when one misses its aim."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        print("No Chromium found: run `make browser`.")
        return 1
    sizes = {name: len(file.packed) for name, file in files().items() if name.endswith(".js")}
    english = sizes.pop("english.js")
    size = sum(sizes.values())
    print(f"widget, gzip                {size} bytes, and {english} more in English (aim {SIZE})")
    with house() as url:
        paints = first_paints(url, chromium)
        soon, whole = (statistics.median(column) for column in zip(*paints, strict=True))
        print(f"first paint after script    {soon:.0f} ms, median of {LOADS}; best {min(paints)[0]:.0f} (aim {SOON})")
        print(f"first paint in all          {whole:.0f} ms from the page's beginning")
        well = size <= SIZE and soon <= SOON
        print(f"{'Lighthouse':<28}{'  '.join(CATEGORIES)} (aim {LEAST})")
        for path in PAGES:
            scores = lighthouse(url + path, chromium)
            well &= min(scores.values()) >= LEAST
            print(f"{path:<28}{'  '.join(f'{score:>{len(name)}}' for name, score in scores.items())}")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
