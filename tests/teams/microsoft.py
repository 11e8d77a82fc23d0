"""Microsoft, as far as a bot sees it: an OpenID server, a connector, and what signs the calls. All on loopback."""

from __future__ import annotations

import asyncio
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.gateway.teams_settings import TeamsSettings
from bot.gateway.teams_tokens import BotTokens
from tests.conftest import free_port

CLIENT = "11111111-2222-4333-8444-555555555555"
TENANT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
OTHER_TENANT = "99999999-bbbb-4ccc-8ddd-eeeeeeeeeeee"
ISSUER = "https://api.botframework.com"
BOT_TOKEN = "our-own-access-token"
CONVERSATION = "a:1pL6kQvCanaryConversation"
CANARY_TEXT = "Jag heter Kanarin Kanarinsson, 750101-2399, och har blåmärken"

# Made once a run: RSA keys are slow to make.
KEYS = {kid: rsa.generate_private_key(65537, 2048) for kid in ("teams", "other-channel", "strangers")}
ENDORSED = {"teams": ["msteams", "skype"], "other-channel": ["webchat"]}


class FixedTokens(BotTokens):
    """Our own token without a login server."""

    async def get(self) -> str:
        return BOT_TOKEN


def jwk(kid: str) -> dict[str, Any]:
    """Return a public key as Microsoft publishes it."""
    key = jwt.algorithms.RSAAlgorithm.to_jwk(KEYS[kid].public_key(), as_dict=True)
    return {**key, "kid": kid, "use": "sig", "endorsements": ENDORSED[kid]}


@dataclass
class Microsoft:
    """A running OpenID server and connector; tests read what was sent and set what goes wrong."""

    url: str
    sent: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    delay: float = 0.0  # seconds that the connector takes
    gate: threading.Event = field(default_factory=threading.Event)  # the connector answers nobody while it is shut
    took: threading.Event = field(default_factory=threading.Event)  # the connector took something
    statuses: list[int] = field(default_factory=list)  # answered in turn, then 201
    key_fetches: int = 0
    down: bool = False

    def reset(self) -> None:
        """Forget what a test did."""
        self.sent, self.tokens, self.statuses = [], [], []
        self.delay, self.key_fetches, self.down = 0.0, 0, False
        self.gate.set()
        self.took.clear()

    @property
    def service_url(self) -> str:
        return f"{self.url}/connector/"

    def settings(self, **other: Any) -> TeamsSettings:
        """Return the channel's settings with these servers in place of Microsoft's."""
        return TeamsSettings(
            **{
                "client_id": CLIENT,
                "tenant_id": TENANT,
                "client_secret": "secret",
                "public_url": "https://lotsen.example",
                "openid_url": f"{self.url}/openid",
                "service_origins": (self.url,),
                **other,
            }
        )

    def claims(self, **other: Any) -> dict[str, Any]:
        """Return the claims of a call; `None` takes one away."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": CLIENT, "nbf": now - 60, "exp": now + 3600, "serviceurl": self.service_url}
        return {name: value for name, value in {**claims, **other}.items() if value is not None}

    def header(self, kid: str = "teams", **claims: Any) -> str:
        """Return the Authorization header of a signed call."""
        return "Bearer " + jwt.encode(self.claims(**claims), KEYS[kid], "RS256", headers={"kid": kid})

    def activity(self, text: str = "hej", **other: Any) -> dict[str, Any]:
        """Return a message as Teams sends it from a personal chat; `None` takes a field away."""
        activity = {
            "type": "message",
            "id": uuid.uuid4().hex,
            "timestamp": "2026-11-22T10:00:00Z",
            "serviceUrl": self.service_url,
            "channelId": "msteams",
            "from": {"id": "29:1CanaryUser", "name": "Canary Kanarin", "aadObjectId": "0000canary-aad"},
            "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": CONVERSATION},
            "recipient": {"id": f"28:{CLIENT}", "name": "Lotsen"},
            "textFormat": "plain",
            "text": text,
            "locale": "sv-SE",
            "channelData": {"tenant": {"id": TENANT}},
            "entities": [{"type": "clientInfo", "locale": "sv-SE", "country": "SE", "platform": "Windows"}],
            **other,
        }
        return {name: value for name, value in activity.items() if value is not None}

    @property
    def cards(self) -> list[dict[str, Any]]:
        """Every card that was sent, in order."""
        return [part["content"] for one in self.sent for part in one.get("attachments", [])]

    @property
    def texts(self) -> list[str]:
        """What every message says, in order: its text, or its card's plain-text twin."""
        return [
            one.get("text") or one["attachments"][0]["content"]["fallbackText"]
            for one in self.sent
            if one["type"] == "message"
        ]

    def app(self) -> Starlette:
        """Return the servers."""

        async def openid(request: Request) -> Response:
            self.key_fetches += 1
            return JSONResponse({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"}, 503 if self.down else 200)

        async def keys(request: Request) -> Response:
            return JSONResponse({"keys": [jwk(kid) for kid in ENDORSED]})

        async def take(request: Request) -> Response:
            activity = await request.json()
            await asyncio.sleep(self.delay)
            await asyncio.to_thread(self.gate.wait)
            status = self.statuses.pop(0) if self.statuses else 201
            self.tokens.append(request.headers.get("authorization", ""))
            if status < 300:
                self.sent.append({**activity, "_to": request.path_params["conversation"]})
                self.took.set()
            return JSONResponse({"id": uuid.uuid4().hex}, status)

        return Starlette(
            routes=[
                Route("/openid", openid),
                Route("/keys", keys),
                Route("/connector/v3/conversations/{conversation}/activities", take, methods=["POST"]),
            ]
        )


def serve(app: Any, port: int) -> uvicorn.Server:
    """Serve an application in a thread; the caller sets `should_exit`."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    return server


def start() -> tuple[Microsoft, uvicorn.Server]:
    """Start the servers."""
    port = free_port()
    microsoft = Microsoft(f"http://127.0.0.1:{port}")
    microsoft.gate.set()
    return microsoft, serve(microsoft.app(), port)
