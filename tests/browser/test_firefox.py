"""The same in Firefox: greeting to referral, and the quick exit.

Debian's Firefox is spoken to over WebDriver BiDi (W3C), which it has built in: Playwright wants a Firefox of its own,
and calls commands that Debian's does not know.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.browser.conftest import EXIT, PICTURES, Server
from tests.conftest import free_port

WAIT = 30.0  # seconds
# Nothing but this machine can be reached: whatever Firefox itself wants to ask goes to a proxy that is not there.
PREFERENCES = {
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.type": 1,
}
CHAT = "document.querySelector('lotsen-chat').shadowRoot"


class Firefox:
    """One tab. The loop runs in a thread, since Playwright's own occupies this one."""

    def __init__(self, path: str, profile: Path) -> None:
        """Start the browser and open a tab."""
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines))
        self._port = free_port()
        command = [
            path,
            "--headless",
            "--no-remote",
            "--profile",
            str(profile),
            f"--remote-debugging-port={self._port}",
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._ids = itertools.count(1)
        self._run(self._connect())
        self._call("session.new", capabilities={})
        self._tab = self._call("browsingContext.create", type="tab")["context"]

    def open(self, url: str) -> None:
        """Go there and wait until it has loaded."""
        self._call("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def ask(self, expression: str) -> Any:
        """Evaluate a JavaScript expression; return its value."""
        answer = self._call(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": self._tab},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"].get("value", "null"))

    def address(self) -> str:
        """Return the address of the tab."""
        return str(self._call("browsingContext.getTree", root=self._tab)["contexts"][0]["url"])

    def until(self, expression: str) -> None:
        """Wait until an expression is true."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            with suppress(AssertionError):
                if self.ask(f"Boolean({expression})"):
                    return
            time.sleep(0.1)
        raise AssertionError(f"never came true: {expression}")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._call(
            "input.performActions", context=self._tab, actions=[{"type": "key", "id": "keys", "actions": actions}]
        )

    def picture(self, name: str) -> None:
        """Keep a picture to be looked at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        taken = self._call("browsingContext.captureScreenshot", context=self._tab)["data"]
        (PICTURES / f"{name}.png").write_bytes(base64.b64decode(taken))

    def close(self) -> None:
        """Stop the browser."""
        self.process.terminate()
        self.process.wait(timeout=20)
        self._run(self._http.close())
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)

    async def _connect(self) -> None:
        self._http = aiohttp.ClientSession()
        deadline = time.monotonic() + WAIT
        while True:
            try:
                self._socket = await self._http.ws_connect(f"ws://127.0.0.1:{self._port}/session", max_msg_size=0)
                return
            except aiohttp.ClientError:
                assert time.monotonic() < deadline, "Firefox did not start"
                await asyncio.sleep(0.2)

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        return dict(self._run(self._send(next(self._ids), method, params)))

    async def _send(self, number: int, method: str, params: dict[str, Any]) -> dict[str, Any]:
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            answer = await self._socket.receive_json()
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return dict(answer["result"])


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One Firefox for this module."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    assert path, "No Firefox found: run `make browser`."
    running = Firefox(path, tmp_path_factory.mktemp("firefox"))
    yield running
    running.close()


def answer(firefox: Firefox, question: str, choice: str) -> None:
    """Wait for a question and press one of its answers."""
    firefox.until(
        f"{CHAT}.querySelector('.log').lastElementChild.textContent.includes({json.dumps(question)}) "
        f"&& {CHAT}.querySelector('.typing').hidden"
    )
    firefox.ask(
        f"[...{CHAT}.querySelectorAll('.choices button')].find(one => one.textContent === {json.dumps(choice)}).click()"
    )


def test_greeting_to_referral_and_out(firefox: Firefox, server: Server) -> None:
    firefox.open(f"{server.url}/")
    answer(firefox, "jag är Lotsen", "Jag möter våld i mitt arbete")
    answer(firefox, "Vad handlar det om?", "Familjens eller släktens heder")
    answer(firefox, "Vilken kommun", "Hoppa över")
    answer(firefox, "Hur gammal", "Under 18")
    firefox.until(f"{CHAT}.querySelector('.referral article')")
    firefox.until(f"{CHAT}.querySelector('.chip')")
    assert firefox.ask(f"{CHAT}.querySelectorAll('.referral article').length") > 3
    assert firefox.ask(f"getComputedStyle({CHAT}.querySelector('.chat')).borderRadius") != "0px", "the style came"
    firefox.picture("firefox-referral")
    assert firefox.ask("document.cookie + localStorage.length + sessionStorage.length") == "00"
    # Typed and sent by keyboard.
    firefox.ask(f"{CHAT}.querySelector('textarea').focus()")
    firefox.press(*"tack", "\ue007")
    firefox.until(f"[...{CHAT}.querySelectorAll('.me')].at(-1).textContent.endsWith('tack')")
    firefox.press("\ue008", "\ue008", "\ue008")
    deadline = time.monotonic() + WAIT
    while firefox.address() != EXIT:
        assert time.monotonic() < deadline, firefox.address()
        time.sleep(0.1)


def test_english_loads_there(firefox: Firefox, server: Server) -> None:
    firefox.open(f"{server.url}/english")
    firefox.until(f"{CHAT}.querySelector('.log').textContent.includes('I am Lotsen')")
    firefox.picture("firefox-english")
