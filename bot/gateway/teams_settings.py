"""Settings of the Teams channel from the environment. Without TEAMS_CLIENT_ID there is no Teams channel at all."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

logger = logging.getLogger(__name__)

GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass(frozen=True)
class TeamsSettings:
    """Who we are to Microsoft, and whom we let in.

    One of `client_secret`, `certificate` (path to a PEM file with key and certificate) and `managed_identity` is set.
    """

    client_id: str
    tenant_id: str
    client_secret: str = field(default="", repr=False)
    certificate: str = ""
    managed_identity: bool = False
    allowed_tenants: frozenset[str] = frozenset()
    public_url: str = ""
    # Microsoft's public cloud. Not from the environment: only tests have reason to put anything else here.
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    issuer: str = "https://api.botframework.com"
    login_url: str = "https://login.microsoftonline.com"
    service_origins: tuple[str, ...] = ("https://smba.trafficmanager.net",)

    def admits(self, tenant: str) -> bool:
        """Tell whether people of this tenant may talk to us: our own, and those that are listed."""
        return tenant.lower() in self.allowed_tenants | {self.tenant_id}


def problems(env: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the settings, one Swedish sentence each; nothing is sent anywhere."""
    found = []
    if not GUID.fullmatch(_identifier(env, "TEAMS_CLIENT_ID")):
        found.append("TEAMS_CLIENT_ID ska vara programmets id (klient-id) från appregistreringen, 36 tecken.")
    if not GUID.fullmatch(_identifier(env, "TEAMS_TENANT_ID")):
        found.append("TEAMS_TENANT_ID ska vara katalogens id (klientorganisationens id), 36 tecken.")
    ways = [
        name
        for name in ("TEAMS_CLIENT_SECRET", "TEAMS_CERTIFICATE", "TEAMS_MANAGED_IDENTITY")
        if env.get(name, "").strip().lower() not in ("", "off")
    ]
    if len(ways) != 1:
        found.append("Ange exakt en av TEAMS_CLIENT_SECRET, TEAMS_CERTIFICATE och TEAMS_MANAGED_IDENTITY.")
    if GUID.fullmatch(_identifier(env, "TEAMS_CLIENT_SECRET")):
        found.append("TEAMS_CLIENT_SECRET ser ut som hemlighetens id. Det är kolumnen Värde som ska kopieras.")
    if env.get("TEAMS_CERTIFICATE") and not Path(env["TEAMS_CERTIFICATE"]).is_file():
        found.append("TEAMS_CERTIFICATE pekar inte på någon fil.")
    strangers = [tenant for tenant in _tenants(env) if not GUID.fullmatch(tenant)]
    if strangers:
        found.append("TEAMS_ALLOWED_TENANTS ska vara katalog-id:n, 36 tecken, med komma emellan.")
    url = env.get("TEAMS_PUBLIC_URL", "")
    if not re.fullmatch(r"https://[^/\s]+", url.rstrip("/")):
        found.append("TEAMS_PUBLIC_URL ska vara adressen som Lotsen nås på utifrån, med https:// och utan sökväg.")
    return found


def read_teams_settings(env: Mapping[str, str]) -> TeamsSettings | None:
    """Read the settings; `None` when Teams is not configured, or wrongly.

    A mistake here turns Teams off and is logged. It never keeps the web assistant from starting.
    """
    if not env.get("TEAMS_CLIENT_ID"):
        return None
    wrong = problems(env)
    if wrong:
        logger.error("Teams is off, %d settings are wrong: run python -m bot.gateway.teams check", len(wrong))
        return None
    return TeamsSettings(
        client_id=_identifier(env, "TEAMS_CLIENT_ID"),
        tenant_id=_identifier(env, "TEAMS_TENANT_ID"),
        client_secret=env.get("TEAMS_CLIENT_SECRET", "").strip(),
        certificate=env.get("TEAMS_CERTIFICATE", "").strip(),
        managed_identity=env.get("TEAMS_MANAGED_IDENTITY", "").strip().lower() not in ("", "off"),
        allowed_tenants=frozenset(_tenants(env)),
        public_url=env["TEAMS_PUBLIC_URL"].rstrip("/"),
    )


def _identifier(env: Mapping[str, str], name: str) -> str:
    return env.get(name, "").strip().lower()


def _tenants(env: Mapping[str, str]) -> list[str]:
    return [tenant for part in env.get("TEAMS_ALLOWED_TENANTS", "").split(",") if (tenant := part.strip().lower())]
