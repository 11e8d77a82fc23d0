"""Our own token for the way back to Microsoft: by secret, certificate or managed identity, through MSAL.

MSAL blocks while it waits, so it has a thread to itself: a Microsoft that is slow holds up nobody on the web.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msal
import requests

from bot.gateway.teams_settings import TeamsSettings

RESOURCE = "https://api.botframework.com"
TIMEOUT = 10  # seconds


class TokenRefused(Exception):
    """Microsoft gives us no token. `code` is its own (AADSTS…), or the class of what went wrong."""

    def __init__(self, code: str) -> None:
        """Take the code."""
        super().__init__(code)
        self.code = code


class BotTokens:
    """Fetches our token when it is needed; MSAL keeps it for as long as it lasts."""

    def __init__(self, settings: TeamsSettings, http: Any = None) -> None:
        """Take the settings; `http` stands in for `requests.Session` in tests. Nothing is sent yet."""
        self._settings = settings
        self._http = http
        self._client: Any = None
        self._thread = ThreadPoolExecutor(1, "teams-token")

    async def get(self) -> str:
        """Return a token.

        Raises:
            TokenRefused: if there is none to be had.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self.fetch)

    def fetch(self) -> str:
        """Return a token, blocking. Raises as `get`."""
        try:
            self._client = self._client or self._make()
            if self._settings.managed_identity:
                answer = self._client.acquire_token_for_client(resource=RESOURCE)
            else:
                answer = self._client.acquire_token_for_client([f"{RESOURCE}/.default"])
        except (requests.RequestException, ValueError, OSError, KeyError) as error:
            raise TokenRefused(type(error).__name__) from None
        if "access_token" not in answer:
            codes = answer.get("error_codes") or [answer.get("error")]
            raise TokenRefused(f"AADSTS{codes[0]}" if isinstance(codes[0], int) else str(codes[0]))
        return str(answer["access_token"])

    def close(self) -> None:
        """Let the thread go."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _make(self) -> Any:
        settings = self._settings
        if settings.managed_identity:
            identity = msal.UserAssignedManagedIdentity(client_id=settings.client_id)
            return msal.ManagedIdentityClient(identity, http_client=self._http or _session())
        return msal.ConfidentialClientApplication(
            settings.client_id,
            authority=f"{settings.login_url}/{settings.tenant_id}",
            client_credential=_certificate(settings.certificate) if settings.certificate else settings.client_secret,
            instance_discovery=False,  # the address is our own setting, there is nothing to look up
            http_client=self._http or _session(),
        )


def _certificate(path: str) -> dict[str, str]:
    """Return MSAL's form of a PEM file that holds both key and certificate."""
    pem = Path(path).read_text(encoding="ascii")
    return {"private_key": pem, "public_certificate": pem}


def _session() -> requests.Session:
    session = requests.Session()
    session.request = _with_timeout(session.request)  # type: ignore[method-assign]
    return session


def _with_timeout(request: Any) -> Any:
    def send(*args: Any, **kwargs: Any) -> Any:
        return request(*args, **{"timeout": TIMEOUT, **kwargs})

    return send
