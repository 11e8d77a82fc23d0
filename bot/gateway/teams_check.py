"""`python -m bot.gateway.teams check|package`: says in plain words what is wrong, or builds the app package."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import jsonschema
from cryptography import x509

from bot.gateway import teams_package
from bot.gateway.teams_auth import SKEW
from bot.gateway.teams_settings import TeamsSettings, problems, read_teams_settings
from bot.gateway.teams_tokens import BotTokens, TokenRefused

PACKAGE = Path("var/lotsen-teams.zip")
SOON = timedelta(days=30)
TIMEOUT = 10.0  # seconds

# A sentence, and whether all is well.
Finding = tuple[bool, str]

# https://learn.microsoft.com/entra/identity-platform/reference-error-codes
REFUSALS = {
    "AADSTS7000215": "Hemligheten är fel. Kopiera kolumnen Värde, inte hemlighetens id, till TEAMS_CLIENT_SECRET.",
    "AADSTS7000222": "Hemligheten har gått ut. Skapa en ny under Certifikat och hemligheter.",
    "AADSTS700016": "Programmet finns inte i katalogen. Kontrollera TEAMS_CLIENT_ID och TEAMS_TENANT_ID.",
    "AADSTS7000112": "Programmet är avstängt i katalogen. Slå på det under Företagsprogram.",
    "AADSTS700027": "Certifikatet är inte uppladdat i appregistreringen, eller har gått ut.",
    "AADSTS90002": "Katalogen finns inte. Kontrollera TEAMS_TENANT_ID.",
    "ValueError": "Katalogen finns inte, eller certifikatet går inte att läsa. Kontrollera TEAMS_TENANT_ID.",
}


def main(arguments: list[str]) -> int:
    """Print what is found. Returns 0 when all is well."""
    if arguments == ["package"]:
        return _package(os.environ)
    if arguments != ["check"]:
        _say("Skriv: python -m bot.gateway.teams check, eller package.")
        return 2
    if not os.environ.get("TEAMS_CLIENT_ID"):
        _say("Teams är avstängt: TEAMS_CLIENT_ID är inte satt. Se docs/teams.md.")
        return 1
    # What is wrong is told in plain words here; what the libraries log, and it holds ids, is not for the screen.
    logging.disable(logging.CRITICAL)
    with httpx.Client(timeout=TIMEOUT) as http:
        findings = list(check(os.environ, http, time.time()))
    for well, sentence in findings:
        _say(f"{'OK ' if well else 'FEL'} {sentence}")
    return 0 if all(well for well, _ in findings) else 1


def check(
    env: Mapping[str, str],
    http: httpx.Client,
    now: float,
    settings: TeamsSettings | None = None,
    tokens: BotTokens | None = None,
) -> Iterator[Finding]:
    """Yield what is well and what is not; `settings` and `tokens` let tests put local servers in Microsoft's place."""
    wrong = problems(env)
    yield from ((False, sentence) for sentence in wrong)
    settings = settings or read_teams_settings(env)
    if wrong or settings is None:
        return
    yield True, "Inställningarna är rätt skrivna."
    if len(env.get("LOTSEN_SESSION_SECRET", "")) < 32:
        yield False, "LOTSEN_SESSION_SECRET saknas: samtal som pågår börjar om när Lotsen startas om."
    if settings.certificate:
        yield _certificate(settings.certificate, datetime.fromtimestamp(now, UTC))
    yield from _microsoft(settings, http, now)
    yield _token(tokens or BotTokens(settings))
    yield _door(settings, http)


def _microsoft(settings: TeamsSettings, http: httpx.Client, now: float) -> Iterator[Finding]:
    try:
        answer = http.get(settings.openid_url).raise_for_status()
    except httpx.HTTPError:
        yield False, "Microsoft går inte att nå härifrån. Öppna brandväggen för login.botframework.com, port 443."
        return
    yield True, "Microsofts nycklar går att hämta."
    try:
        off = now - parsedate_to_datetime(answer.headers["date"]).timestamp()
    except (KeyError, ValueError):
        return  # no time to compare with
    if abs(off) > SKEW:
        way = "före" if off > 0 else "efter"
        yield False, f"Klockan går {round(abs(off) / 60)} minuter {way}. Ställ den, annars avvisas alla anrop."
    else:
        yield True, "Klockan går rätt."


def _token(tokens: BotTokens) -> Finding:
    try:
        tokens.fetch()
    except TokenRefused as error:
        if error.code in REFUSALS:
            return False, REFUSALS[error.code]
        if error.code.startswith(("AADSTS", "invalid_", "unauthorized_")):
            return False, f"Microsoft ger ingen biljett (kod {error.code}). Se felkoden hos Microsoft."
        return False, "Inloggningen svarar inte. Öppna brandväggen för login.microsoftonline.com, port 443."
    return True, "Lotsen kan logga in hos Microsoft."


def _door(settings: TeamsSettings, http: httpx.Client) -> Finding:
    """A call without a token must be refused by our own gateway: then Teams can reach it, and nobody else gets in."""
    url = f"{settings.public_url}/api/messages"
    try:
        status = http.post(url, json={"channelId": "msteams"}).status_code
    except httpx.HTTPError:
        return False, f"{url} går inte att nå utifrån. Kontrollera adress, certifikat och brandvägg."
    if status == 401:
        return True, f"{url} svarar, och avvisar den som inte är Microsoft."
    if status == 404:
        return False, f"{url} finns inte: Teams är inte påslaget i den Lotsen som svarar där. Starta om den."
    return False, f"{url} svarar {status}, men borde svara 401. Något annat än Lotsen svarar."


def _certificate(path: str, now: datetime) -> Finding:
    try:
        ends = x509.load_pem_x509_certificate(Path(path).read_bytes()).not_valid_after_utc
    except (ValueError, OSError):
        return False, "TEAMS_CERTIFICATE går inte att läsa. Filen ska ha både nyckel och certifikat i PEM-format."
    if ends < now:
        return False, f"Certifikatet gick ut {ends:%Y-%m-%d}. Skapa ett nytt och ladda upp det."
    return ends > now + SOON, f"Certifikatet gäller till {ends:%Y-%m-%d}."


def _package(env: Mapping[str, str]) -> int:
    try:
        teams_package.build(env.get("TEAMS_CLIENT_ID", ""), env.get("TEAMS_PUBLIC_URL", "").rstrip("/"), PACKAGE)
    except (jsonschema.ValidationError, ValueError) as error:
        where = (
            ".".join(map(str, error.absolute_path)) if isinstance(error, jsonschema.ValidationError) else "innehållet"
        )
        _say(f"Paketet byggdes inte: {where} godtas inte av Microsofts schema.")
        _say("Sätt TEAMS_CLIENT_ID (36 tecken) och TEAMS_PUBLIC_URL (https://…). Se docs/teams.md.")
        return 1
    _say(f"Paketet ligger i {PACKAGE}. Ladda upp det i administrationscentret för Teams.")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
