"""`python -m tests.teams.playground`: from greeting to referral in Microsoft's own local client, in headless Chromium.

Needs Node.js and Chromium. The client is installed into tests/teams/node_modules the first time and never shipped. It
signs nothing, so a bridge between it and the gateway does, with keys of the local OpenID server. Pictures go to
var/screenshots.
"""

from __future__ import annotations

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

from bot.gateway.app import create_app
from bot.gateway.settings import Settings
from bot.gateway.teams import Teams
from tests.browser.conftest import ARGUMENTS, NAMES, PICTURES
from tests.chat import Turn
from tests.conftest import free_port, start_engine
from tests.teams import microsoft as local
from tests.teams.microsoft import FixedTokens, Microsoft, serve
from tests.teams.test_same_services import ids

HERE = Path(__file__).parent
CLI = HERE / "node_modules/@microsoft/m365agentsplayground/cli.js"
TENANT = "00000000-0000-0000-0000-0000000000001"  # the client's own, 13 digits at the end
SAID = "Jag är kurator och möter en femtonårig flicka i Botkyrka som ska giftas bort av sin familj"
DANGER = "Han står utanför dörren med en kniv"
WAIT = 30_000  # milliseconds


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
    if not CLI.exists():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    with tempfile.TemporaryDirectory() as folder:
        engine = start_engine(Path(folder) / "engine.log")
        microsoft, server = local.start()
        port, door, client = free_port(), free_port(), free_port()
        teams = microsoft.settings(tenant_id=TENANT, service_origins=(f"http://localhost:{client}",))
        settings = Settings(engine.url, engine.secret, "x" * 40, messages_per_minute=10_000, teams=teams)
        app = create_app(settings)
        app.state.teams = Teams(settings, app.state.engine, app.state.emergency_card, FixedTokens(teams))
        send = app.state.teams._connector.send

        async def recorded(address: Any, activity: Any) -> bool:
            microsoft.sent.append(activity.model_dump(by_alias=True, exclude_none=True))
            return bool(await send(address, activity))

        app.state.teams._connector.send = recorded
        servers = [server, serve(app, port), serve(bridge(microsoft, f"http://127.0.0.1:{port}"), door)]
        command = ["node", str(CLI), "start", "-e", f"http://localhost:{door}/api/messages", "-c", "msteams"]
        process = subprocess.Popen(
            [*command, "-p", str(client), "--disable-telemetry", "true"], stdout=subprocess.DEVNULL
        )
        try:
            _await(f"http://localhost:{client}")
            yield f"http://localhost:{client}", f"http://127.0.0.1:{port}", microsoft
        finally:
            process.terminate()
            process.wait(timeout=10)
            for one in servers:
                one.should_exit = True
            engine.process.terminate()
            engine.process.wait(timeout=20)


def _await(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            httpx.get(url)
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError("The client did not start.")


def on_the_web(gateway: str, said: str) -> list[str]:
    """Return the ids of the services that the web shows for the same words."""
    with httpx.Client(base_url=gateway, timeout=30) as http:
        token = http.post("/webhooks/web/session").json()["session"]
        headers = {"Authorization": f"Bearer {token}"}
        answer = http.post("/webhooks/web/messages", json={"message": said}, headers=headers)
        return Turn(answer.json()["messages"]).service_ids


def say(page: Page, text: str) -> None:
    """Type into the client and send."""
    page.locator('[contenteditable="true"][role="textbox"]').click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def picture(page: Page, name: str) -> None:
    """Keep a picture to be looked at."""
    page.wait_for_timeout(800)
    page.screenshot(path=PICTURES / f"teams-{name}.png")


def talk(page: Page, gateway: str, microsoft: Microsoft) -> None:
    """Greeting, referral, a folded group, helplines, danger: each step is asserted and kept as a picture."""
    page.get_by_text("your employer").first.wait_for(timeout=WAIT)  # the client says that it is in English
    page.get_by_role("button", name="Jag behöver stöd").wait_for(timeout=WAIT)
    picture(page, "1-greeting")
    microsoft.sent.clear()
    say(page, SAID)
    page.get_by_role("button", name="Börja om").first.wait_for(timeout=WAIT)
    assert ids(microsoft) == on_the_web(gateway, SAID) != []
    picture(page, "2-referral-end")
    page.get_by_text("Jag har förstått det så här").first.scroll_into_view_if_needed()
    picture(page, "3-referral-begin")
    folded = page.get_by_role("button", name="Fäll ut: Stödlinjer").first
    folded.scroll_into_view_if_needed()
    folded.click()
    page.get_by_text("Kvinnofridslinjen").first.wait_for(timeout=WAIT)
    picture(page, "4-folded-open")
    microsoft.sent.clear()
    # Typed, not pressed: the client (0.2.28) fails on Action.Submit with messageBack, "Cannot add property
    # msTeams, object is not extensible". What a click sends is tested in test_behaviour.py.
    say(page, "Vilka stödlinjer kan jag ringa?")
    page.get_by_text("Här är linjer").first.wait_for(timeout=WAIT)
    assert ids(microsoft)
    picture(page, "5-hotlines")
    say(page, DANGER)
    page.get_by_text("Är det fara? Ring 112").last.wait_for(timeout=WAIT)
    picture(page, "6-emergency")


def main() -> None:
    """Run once at desktop width."""
    import shutil

    PICTURES.mkdir(parents=True, exist_ok=True)
    with house() as (client, gateway, microsoft), sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)))
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
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
