"""`python -m tests.teams.compare`: who takes which forged call, as a table: Rasa's connector, Microsoft's SDK, Lotsen.

Rasa's connector and the SDK's server are called as they are installed, pointed at the local OpenID server. "taken"
means that the call would be acted upon.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import httpx
from microsoft_teams.api import ClientCredentials, InvokeResponse
from microsoft_teams.api.auth.cloud_environment import PUBLIC, with_overrides
from microsoft_teams.apps.http import HttpServer
from rasa.core.channels import botframework

from bot.gateway.app import create_app
from bot.gateway.engine import EngineClient
from bot.gateway.settings import Settings
from bot.gateway.teams import Teams
from tests.teams import microsoft as local
from tests.teams.forged import FORGED, VALID, Make
from tests.teams.microsoft import CLIENT, TENANT, FixedTokens, Microsoft
from tests.unit.gateway.conftest import SECRET, FakeEngine


class _Adapter:
    """The SDK's server wants an adapter to register its route with; it is called by hand here."""

    def register_route(self, *_: Any) -> None: ...


def rasa_takes(connector: Any, authorization: str, body: Any) -> bool:
    """What the stock webhook does before it hands the message over."""
    try:
        if connector._validate_auth(authorization) is not None:
            return False
        if body["type"] != "message":
            return False
        botframework.BotFramework(CLIENT, "x", body["conversation"], body["recipient"], body["serviceUrl"])
        return bool(body["from"]["id"])
    except Exception:
        return False


async def compare() -> list[tuple[str, bool, bool, bool]]:
    """Return (call, taken by Rasa, taken by the SDK, taken by Lotsen)."""
    microsoft, server = local.start()
    botframework.MICROSOFT_OPEN_ID_URI = f"{microsoft.url}/openid"
    rasa = botframework.BotFrameworkInput(CLIENT, "x")
    sdk = HttpServer(_Adapter())  # type: ignore[arg-type]
    cloud = with_overrides(PUBLIC, openid_metadata_url=f"{microsoft.url}/openidconfiguration")
    sdk.initialize(ClientCredentials(client_id=CLIENT, client_secret="x", tenant_id=TENANT), cloud)
    taken: list[bool] = []

    async def took(event: Any) -> InvokeResponse[Any]:
        taken.append(True)
        return InvokeResponse(status=200)

    sdk.on_request = took
    settings = Settings("http://engine", SECRET, SECRET, messages_per_minute=10_000, teams=microsoft.settings())
    app = create_app(settings, EngineClient("http://engine", SECRET, httpx.MockTransport(FakeEngine())))
    app.state.teams = Teams(app.state, FixedTokens(microsoft.settings()))
    rows = []
    calls: dict[str, Make] = {name: make for name, (_, make) in FORGED.items()} | VALID
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lotsen") as http:
        for name, make in calls.items():
            rows.append((name, *await _three(make, microsoft, rasa, sdk, taken, http)))
        await app.state.teams.queues.idle()
    await app.state.teams.close()
    server.should_exit = True
    return rows


async def _three(
    make: Make, microsoft: Microsoft, rasa: Any, sdk: HttpServer, taken: list[bool], http: httpx.AsyncClient
) -> tuple[bool, bool, bool]:
    authorization, body = make(microsoft)
    taken.clear()
    if isinstance(body, dict):
        await sdk.handle_request({"body": body, "headers": {"authorization": authorization}})
    answer = await http.post(
        "/api/messages",
        content=json.dumps(body),
        headers={"Authorization": authorization, "Content-Type": "application/json"},
    )
    by_rasa = await asyncio.to_thread(rasa_takes, rasa, authorization, body)
    return by_rasa, bool(taken), answer.status_code == 200


def main() -> None:
    """Print the table."""
    logging.disable(logging.CRITICAL)
    rows = asyncio.run(compare())
    for name, *who in rows:
        print(f"{name:<45}" + "".join(f"{'taken' if one else '-':>10}" for one in who))
    for title, names in (("forged", FORGED), ("valid", VALID)):
        counts = [sum(row[column] for row in rows if row[0] in names) for column in (1, 2, 3)]
        print(f"{title}: {len(names)} calls, taken by Rasa {counts[0]}, SDK {counts[1]}, Lotsen {counts[2]}")


if __name__ == "__main__":
    main()
