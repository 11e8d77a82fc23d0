"""`python -m tests.teams.playground`: from greeting to referral in Microsoft's own local client, in headless Chromium.

Needs what `make teams-client` installs. The client is never shipped. It signs nothing, so a
bridge between it and the gateway does, with keys of the local OpenID server. Pictures go to var/screenshots.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.gateway import engine
from bot.gateway.app import create_app
from bot.gateway.settings import Settings
from bot.gateway.teams import Teams
from knowledge.reports import Reports
from tests.browser.conftest import ARGUMENTS, NAMES, PICTURES
from tests.chat import Turn
from tests.conftest import free_port, start_engine
from tests.teams import microsoft as local
from tests.teams.microsoft import FixedTokens, Microsoft, serve
from tests.teams.mobile import MODULES
from tests.teams.test_same_services import ids

CLI = MODULES / "@microsoft/m365agentsplayground/cli.js"
TENANT = "00000000-0000-0000-0000-0000000000001"  # the client's own, 13 digits at the end
SAID = "Jag är kurator och möter en femtonårig flicka i Botkyrka som ska giftas bort av sin familj"
DANGER = "Han står utanför dörren med en kniv"
WAIT = 30_000  # milliseconds
# The client (0.2.28) freezes the cards it keeps (immer), and its renderer writes into the data of a button when it is
# pressed: "Cannot add property msTeams, object is not extensible". Nothing is sent: the fault is the client's, not an
# answer of ours, and any bot's messageBack meets it. The data of buttons is therefore left unfrozen here.
THAW = """
  const freeze = Object.freeze;
  Object.freeze = one => (one?.msteams || one?.type === "messageBack" ? one : freeze(one));
"""


def bridge(microsoft: Microsoft, gateway: str) -> Starlette:
    """Return what stands between the client and the gateway and signs each call."""

    async def sign(request: Request) -> Response:
        activity = await request.json()
        header = microsoft.header(serviceurl=activity["serviceUrl"])
        async with httpx.AsyncClient() as http:
            answer = await http.post(f"{gateway}/api/messages", json=activity, headers={"Authorization": header})
        return Response(status_code=answer.status_code)

    return Starlette(routes=[Route("/api/messages", sign, methods=["POST"])])


@contextmanager
def house() -> Iterator[tuple[str, str, Microsoft]]:
    """Start everything; yield the client's address, the gateway's, and a record of what was sent."""
    with tempfile.TemporaryDirectory() as folder:
        running = start_engine(Path(folder) / "engine.log")
        microsoft, server = local.start()
        port, door, client = free_port(), free_port(), free_port()
        teams = microsoft.settings(tenant_id=TENANT, service_origins=(f"http://localhost:{client}",))
        settings = Settings(running.url, running.secret, "x" * 40, messages_per_minute=10_000, teams=teams)
        app = create_app(settings)
        app.state.reports = Reports(f"sqlite:///{folder}/reports.db")
        app.state.teams = Teams(app.state, FixedTokens(teams))
        send = app.state.teams._connector.send

        async def recorded(address: Any, activity: Any) -> bool:
            microsoft.sent.append(activity.model_dump(by_alias=True, exclude_none=True))
            return bool(await send(address, activity))

        app.state.teams._connector.send = recorded
        servers = [server, serve(app, port), serve(bridge(microsoft, f"http://127.0.0.1:{port}"), door)]
        command = ["node", str(CLI), "start", "-e", f"http://localhost:{door}/api/messages", "-c", "msteams"]
        process = subprocess.Popen(
            [*command, "-p", str(client), "--disable-telemetry", "true"], stdout=subprocess.DEVNULL, cwd=folder
        )
        try:
            _await(f"http://localhost:{client}")
            yield f"http://localhost:{client}", f"http://127.0.0.1:{port}", microsoft
        finally:
            process.terminate()
            process.wait(timeout=10)
            for one in servers:
                one.should_exit = True
            running.process.kill()
            running.process.wait(timeout=20)


def _await(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            httpx.get(url)
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError("The client did not start.")


class Web:
    """A conversation on the web, to compare with."""

    def __init__(self, gateway: str) -> None:
        """Open it."""
        self._http = httpx.Client(base_url=gateway, timeout=30)
        self._http.headers["Authorization"] = f"Bearer {self._http.post('/webhooks/web/session').json()['session']}"

    def say(self, said: str) -> list[str]:
        """Return the ids of the services that are shown."""
        return Turn(self._http.post("/webhooks/web/messages", json={"message": said}).json()["messages"]).service_ids


def say(page: Page, text: str) -> None:
    """Type into the client and send."""
    page.locator('[contenteditable="true"][role="textbox"]').click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def picture(page: Page, name: str) -> None:
    """Keep a picture to be looked at."""
    page.wait_for_timeout(800)
    page.screenshot(path=PICTURES / f"teams-{name}.png")


def press(page: Page, name: str) -> None:
    """Press the last button of that name."""
    button = page.get_by_role("button", name=name).last
    button.wait_for(timeout=WAIT)
    button.scroll_into_view_if_needed()
    button.click()


def talk(page: Page, gateway: str, microsoft: Microsoft) -> None:
    """Greeting, language, referral, a folded group, helplines, a wrong fact, danger: each asserted and kept."""
    web = Web(gateway)
    page.get_by_text("your employer").first.wait_for(timeout=WAIT)  # the client says that it is in English
    page.get_by_role("button", name="I need support").wait_for(timeout=WAIT)
    picture(page, "1-greeting")
    press(page, "Svenska")
    page.get_by_text("din arbetsgivare").first.wait_for(timeout=WAIT)
    page.get_by_role("button", name="Hitta stöd som passar").wait_for(timeout=WAIT)
    picture(page, "2-svenska")
    microsoft.sent.clear()
    say(page, SAID)
    page.get_by_role("button", name="Börja om").last.wait_for(timeout=WAIT)
    page.get_by_role("button", name="Kommun: Botkyrka").wait_for(timeout=WAIT)
    assert ids(microsoft) == web.say(SAID) != []
    picture(page, "3-referral-end")
    page.get_by_text("Jag har förstått det så här").first.scroll_into_view_if_needed()
    picture(page, "4-referral-begin")
    press(page, "Visa: Stödlinjer")
    page.get_by_text("Kvinnofridslinjen").first.wait_for(timeout=WAIT)
    picture(page, "5-folded-open")
    microsoft.sent.clear()
    press(page, "Visa stödlinjer")
    page.get_by_text("Här är linjer").first.wait_for(timeout=WAIT)
    page.get_by_role("button", name="Hitta stöd nära").last.wait_for(timeout=WAIT)
    assert ids(microsoft) == web.say("/hotline") != []
    picture(page, "6-hotlines")
    press(page, "Fel uppgift?")
    press(page, "Något annat")
    page.get_by_text("Tack! Vi ser över").last.wait_for(timeout=WAIT)
    picture(page, "7-reported")
    microsoft.sent.clear()
    say(page, DANGER)
    page.get_by_text("Är det fara? Ring 112").last.wait_for(timeout=WAIT)
    picture(page, "8-emergency")
    assert ids(microsoft)[: len(shown := web.say(DANGER))] == shown != []


def main() -> None:
    """Run once at desktop width."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    engine.LIMIT = 60.0  # a first turn on a busy machine is slow, and is not what is tried here
    with house() as (client, gateway, microsoft), sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)))
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        page.add_init_script(THAW)
        page.goto(client)
        try:
            talk(page, gateway, microsoft)
        except Exception:
            picture(page, "failed")
            raise
        browser.close()
    print("From greeting to referral: the same services as on the web. Pictures in var/screenshots.")


if __name__ == "__main__":
    main()
