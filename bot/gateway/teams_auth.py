"""Is a call really Microsoft's, meant for us, and from a tenant that we serve?

The checks are those of the Bot Connector's "Authentication" page. The SDK's own validator does not ask for an end, an
endorsement, a service URL in the body or a known host, and it fetches keys with blocking code, so it is not used.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt

from bot.gateway.teams_settings import TeamsSettings

CHANNEL_ID = "msteams"
SKEW = 300  # seconds that clocks may differ
KEYS_FRESH = 24 * 3600.0  # seconds until keys are fetched again
KEYS_USABLE = 5 * 24 * 3600.0  # seconds that old keys serve while Microsoft cannot be reached
KEYS_PAUSE = 30.0  # seconds between fetches, however many unknown keys are named
TIMEOUT = httpx.Timeout(5.0)


class Forged(Exception):
    """A call that is refused, with the HTTP status and a reason that holds nothing of the call.

    `signed` is true when Microsoft did sign it, though not for us. Anybody can have Microsoft send such calls here,
    from the addresses that our own calls come from, so they must not be counted against the address.
    """

    def __init__(self, status: int, reason: str, signed: bool = False) -> None:
        """Take what is answered, what is logged, and whether the signature held."""
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.signed = signed


class KeysUnavailable(Exception):
    """Microsoft's keys cannot be fetched, and none are kept."""


class SigningKeys:
    """Microsoft's public keys, fetched when first needed and kept."""

    def __init__(self, openid_url: str, http: httpx.AsyncClient, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the address of the OpenID configuration."""
        self._url = openid_url
        self._http = http
        self._clock = clock
        self._keys: dict[str, dict[str, Any]] = {}
        self._fetched: float | None = None
        self._tried: float | None = None
        self._fetching = asyncio.Lock()

    async def get(self, kid: str) -> dict[str, Any] | None:
        """Return the key with this id as a JWK, or `None` when Microsoft has no such key.

        Raises:
            KeysUnavailable: if there are no keys to look among.
        """
        if kid not in self._keys or self._age() > KEYS_FRESH:
            async with self._fetching:
                if kid not in self._keys or self._age() > KEYS_FRESH:
                    await self._fetch()
        if self._age() > KEYS_USABLE:
            raise KeysUnavailable
        return self._keys.get(kid)

    def _age(self) -> float:
        return float("inf") if self._fetched is None else self._clock() - self._fetched

    async def _fetch(self) -> None:
        now = self._clock()
        if self._tried is not None and now - self._tried < KEYS_PAUSE:
            return
        self._tried = now
        try:
            where = (await self._http.get(self._url, timeout=TIMEOUT)).raise_for_status().json()["jwks_uri"]
            found = (await self._http.get(where, timeout=TIMEOUT)).raise_for_status().json()["keys"]
            self._keys = {key["kid"]: key for key in found}
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError):
            return  # what is kept serves on
        self._fetched = now


class Gatekeeper:
    """Lets through what Microsoft signed for us, and nothing else."""

    def __init__(self, settings: TeamsSettings, keys: SigningKeys) -> None:
        """Take who we are and whom we admit."""
        self._settings = settings
        self._keys = keys

    async def check(self, authorization: str, activity: dict[str, Any]) -> None:
        """Check a call's token against its activity.

        Raises:
            Forged: for any call that is not wholly in order.
            KeysUnavailable: if it cannot be told.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Forged(401, "no token")
        claims = await self._claims(token)
        if activity.get("channelId") != CHANNEL_ID:
            raise Forged(403, "other channel", signed=True)
        self._check_service_url(claims.get("serviceurl"), activity.get("serviceUrl"))
        self._check_tenant(activity)

    async def _claims(self, token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError:
            raise Forged(401, "not a token") from None
        kid = header.get("kid")
        if header.get("alg") != "RS256" or not isinstance(kid, str):
            raise Forged(401, "other algorithm")
        key = await self._keys.get(kid)
        if key is None:
            raise Forged(401, "unknown key")
        try:
            claims = jwt.decode(
                token,
                jwt.PyJWK(key, "RS256"),
                ["RS256"],
                audience=self._settings.client_id,
                issuer=self._settings.issuer,
                leeway=SKEW,
                options={"require": ["exp", "iss", "aud"], "strict_aud": True},
            )
        except jwt.DecodeError as error:  # the signature does not hold, or what it covers is no token
            raise Forged(401, type(error).__name__) from None
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError) as error:
            raise Forged(401, type(error).__name__, signed=True) from None
        # Each of Microsoft's keys says which channels it may speak for.
        endorsements = key.get("endorsements")
        if not isinstance(endorsements, list) or CHANNEL_ID not in endorsements:
            raise Forged(403, "key not endorsed for Teams", signed=True)
        return claims

    def _check_service_url(self, claimed: object, given: object) -> None:
        """Answers go to this address with our own token: it must be Microsoft's, and the one that was signed."""
        if not isinstance(claimed, str) or not isinstance(given, str) or claimed.rstrip("/") != given.rstrip("/"):
            raise Forged(403, "service URL differs", signed=True)
        try:
            parts = urlsplit(given)
        except ValueError:
            raise Forged(403, "service URL unreadable", signed=True) from None
        # User names, other ports and the like make another origin, and are refused with it.
        if f"{parts.scheme}://{parts.netloc}" not in self._settings.service_origins or parts.query or parts.fragment:
            raise Forged(403, "service URL elsewhere", signed=True)

    def _check_tenant(self, activity: dict[str, Any]) -> None:
        named = [
            tenant
            for holder in (activity.get("channelData"), activity.get("conversation"))
            if isinstance(holder, dict) and (tenant := holder.get("tenantId") or _inner(holder.get("tenant")))
        ]
        tenant = named[0] if named else None
        # Most calls name it twice, and then the same.
        if not isinstance(tenant, str) or any(other != tenant for other in named) or not self._settings.admits(tenant):
            raise Forged(403, "other tenant", signed=True)


def _inner(tenant: object) -> object:
    return tenant.get("id") if isinstance(tenant, dict) else None
