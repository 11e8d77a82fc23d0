"""Settings from the environment; every one is documented in .env.example."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.gateway.teams_settings import TeamsSettings, read_teams_settings


@dataclass(frozen=True)
class Settings:
    """What the gateway needs to know. Times in seconds, rates in messages a minute."""

    engine_url: str
    engine_secret: str
    session_secret: str
    session_lifetime: int = 8 * 60 * 60
    session_silence: int = 30 * 60
    messages_per_minute: int = 30
    sessions_per_minute: int = 60
    exit_url: str = "https://www.smhi.se/"
    allowed_origins: tuple[str, ...] = ()
    public_url: str | None = None
    admin_users: Mapping[str, str] = field(default_factory=dict)
    contact: str | None = None
    teams: TeamsSettings | None = None
    redis_url: str | None = None
    metrics: str = ""


def read_settings() -> Settings:
    """Read the settings now, not at import, so that tests and operators can change them.

    Without LOTSEN_SESSION_SECRET a new one is made: sessions then end when the gateway is restarted.

    Raises:
        ValueError: when gateways are to share a Redis, but not the secret that makes them one.
    """
    env = os.environ.get
    if env("LOTSEN_REDIS_URL") and not env("LOTSEN_SESSION_SECRET"):
        raise ValueError("Med LOTSEN_REDIS_URL måste LOTSEN_SESSION_SECRET vara satt, och lika i varje gateway.")
    return Settings(
        engine_url=env("LOTSEN_ENGINE_URL", "http://127.0.0.1:5005"),
        engine_secret=env("LOTSEN_ENGINE_SECRET", ""),
        session_secret=env("LOTSEN_SESSION_SECRET") or secrets.token_urlsafe(32),
        session_lifetime=int(env("LOTSEN_SESSION_LIFETIME", str(Settings.session_lifetime))),
        messages_per_minute=int(env("LOTSEN_MESSAGES_PER_MINUTE", str(Settings.messages_per_minute))),
        sessions_per_minute=int(env("LOTSEN_SESSIONS_PER_MINUTE", str(Settings.sessions_per_minute))),
        exit_url=env("LOTSEN_EXIT_URL", Settings.exit_url),
        allowed_origins=tuple(filter(None, env("LOTSEN_ALLOWED_ORIGINS", "").split(","))),
        public_url=env("LOTSEN_PUBLIC_URL") or None,
        contact=env("LOTSEN_CONTACT_EMAIL") or None,
        admin_users=_admin_users(env("LOTSEN_ADMIN_USERS", "")),
        teams=read_teams_settings(os.environ),
        redis_url=env("LOTSEN_REDIS_URL") or None,
        metrics=env("LOTSEN_METRICS", ""),
    )


def _admin_users(text: str) -> dict[str, str]:
    if not text.strip():
        return {}
    from bot.gateway.admin_login import read_users  # the admin page is off unless it is asked for

    return read_users(text)
