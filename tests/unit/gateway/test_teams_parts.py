"""The parts of the Teams channel by themselves: settings, names, keys, our own token, the app package."""

from __future__ import annotations

import datetime
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from bot.gateway import teams_package
from bot.gateway.teams_auth import KEYS_FRESH, KEYS_PAUSE, KEYS_USABLE, KeysUnavailable, SigningKeys
from bot.gateway.teams_check import check, main
from bot.gateway.teams_language import ENGLISH, SWEDISH, Languages, asked
from bot.gateway.teams_names import PERIOD, SILENCE, Pseudonyms
from bot.gateway.teams_settings import TeamsSettings, problems, read_teams_settings
from bot.gateway.teams_tokens import BotTokens, TokenRefused

CLIENT = "11111111-2222-4333-8444-555555555555"
TENANT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
ENV = {
    "TEAMS_CLIENT_ID": CLIENT,
    "TEAMS_TENANT_ID": TENANT.upper(),
    "TEAMS_CLIENT_SECRET": "abc~secret",
    "TEAMS_PUBLIC_URL": "https://lotsen.example/",
    "LOTSEN_SESSION_SECRET": "x" * 40,
}


# ---------- settings ----------


def test_right_settings() -> None:
    settings = read_teams_settings({**ENV, "TEAMS_ALLOWED_TENANTS": f" {CLIENT.upper()} ,"})
    assert settings is not None
    assert (settings.tenant_id, settings.public_url) == (TENANT, "https://lotsen.example")
    assert [settings.admits(one) for one in (TENANT.upper(), CLIENT, "other")] == [True, True, False]
    assert "secret" not in repr(settings).replace("client_secret", "")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"TEAMS_CLIENT_ID": "lotsen"}, "TEAMS_CLIENT_ID"),
        ({"TEAMS_TENANT_ID": ""}, "TEAMS_TENANT_ID"),
        ({"TEAMS_TENANT_ID": "common"}, "TEAMS_TENANT_ID"),
        ({"TEAMS_CLIENT_SECRET": ""}, "exakt en"),
        ({"TEAMS_MANAGED_IDENTITY": "on"}, "exakt en"),
        ({"TEAMS_CLIENT_SECRET": CLIENT}, "kolumnen Värde"),
        ({"TEAMS_CLIENT_SECRET": "", "TEAMS_CERTIFICATE": "/no/such/file.pem"}, "TEAMS_CERTIFICATE"),
        ({"TEAMS_ALLOWED_TENANTS": "contoso.example"}, "TEAMS_ALLOWED_TENANTS"),
        ({"TEAMS_PUBLIC_URL": "http://lotsen.example"}, "TEAMS_PUBLIC_URL"),
        ({"TEAMS_PUBLIC_URL": "https://lotsen.example/bot"}, "TEAMS_PUBLIC_URL"),
    ],
)
def test_wrong_settings_turn_teams_off_and_are_told(
    change: dict[str, str], named: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert read_teams_settings({**ENV, **change}) is None
    assert "teams check" in caplog.text
    (sentence,) = problems({**ENV, **change})
    assert named in sentence


def test_no_settings_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    assert read_teams_settings({}) is None
    assert caplog.text == ""


# ---------- names ----------


def test_a_name_is_keyed_and_changes_with_the_day_but_not_in_the_middle_of_a_conversation() -> None:
    now = [10 * PERIOD - 600.0]
    names = Pseudonyms("s" * 40, lambda: now[0])
    first = names.name("t", "c")
    assert first == Pseudonyms("s" * 40, lambda: now[0]).name("t", "c")
    assert len(first) == 40
    assert first.isalnum()
    assert first not in (
        names.name("t", "d"),
        names.name("u", "c"),
        Pseudonyms("z" * 40, lambda: now[0]).name("t", "c"),
    )
    assert names.name("tc", "") != names.name("t", "c")
    now[0] += 1200  # past midnight
    assert names.name("t", "c") == first
    now[0] += SILENCE + 1
    assert names.name("t", "c") != first


# ---------- languages ----------


def test_a_language_that_was_asked_for_lasts_as_long_as_the_conversation() -> None:
    now = [0.0]
    languages = Languages(lambda: now[0])
    assert [languages.channel("c", english) for english in (False, True)] == [SWEDISH, ENGLISH]
    languages.choose("c", ENGLISH)
    now[0] += SILENCE - 1
    assert languages.channel("c", english=False) == ENGLISH
    assert languages.channel("d", english=False) == SWEDISH
    now[0] += SILENCE - 1  # it was used in between
    assert languages.channel("c", english=False) == ENGLISH
    now[0] += SILENCE + 1
    assert languages.channel("c", english=False) == SWEDISH


@pytest.mark.parametrize(("text", "channel"), [("English", ENGLISH), (" svenska ", SWEDISH), ("hej", None), ("", None)])
def test_asking_for_a_language(text: str, channel: str | None) -> None:
    assert asked(text) == channel


def test_no_more_choices_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.gateway.teams_language.MAX_LIVE", 2)
    languages = Languages()
    for name in "abc":
        languages.choose(name, ENGLISH)
    assert [languages.channel(name, english=False) for name in "abc"] == [SWEDISH, ENGLISH, ENGLISH]


# ---------- Microsoft's keys ----------


class Keys:
    """An OpenID server as a function."""

    def __init__(self) -> None:
        self.fetched = 0
        self.wrong: Any = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.fetched += request.url.path == "/openid"
        if isinstance(self.wrong, Exception):
            raise self.wrong
        if self.wrong is not None:
            return (
                httpx.Response(200, json=self.wrong) if not isinstance(self.wrong, int) else httpx.Response(self.wrong)
            )
        if request.url.path == "/openid":
            return httpx.Response(200, json={"jwks_uri": "http://ms/keys"})
        return httpx.Response(200, json={"keys": [{"kid": "a"}]})


async def test_keys_are_kept_for_a_day_and_serve_on_while_microsoft_is_away() -> None:
    now, server = [0.0], Keys()
    keys = SigningKeys("http://ms/openid", httpx.AsyncClient(transport=httpx.MockTransport(server)), lambda: now[0])
    assert await keys.get("a") == {"kid": "a"}
    now[0] = KEYS_FRESH - 1
    assert await keys.get("a") == {"kid": "a"}
    assert server.fetched == 1
    server.wrong = httpx.ConnectError("away")
    now[0] = KEYS_FRESH + 1
    assert await keys.get("a") == {"kid": "a"}
    assert await keys.get("b") is None
    assert server.fetched == 2  # not again at once
    now[0] = KEYS_USABLE + 1
    with pytest.raises(KeysUnavailable):
        await keys.get("a")
    server.wrong = None
    now[0] += KEYS_PAUSE
    assert await keys.get("a") == {"kid": "a"}


@pytest.mark.parametrize(
    "wrong", [httpx.ReadTimeout("slow"), 500, 404, {}, [], {"jwks_uri": 7}, {"jwks_uri": "http://["}]
)
async def test_an_openid_server_that_answers_nonsense(wrong: Any) -> None:
    server = Keys()
    server.wrong = wrong
    keys = SigningKeys("http://ms/openid", httpx.AsyncClient(transport=httpx.MockTransport(server)))
    with pytest.raises(KeysUnavailable):
        await keys.get("a")


# ---------- our own token ----------


class Login:
    """Microsoft's login server, in the shape of `requests.Session` that MSAL asks for."""

    def __init__(self, status: int = 200, answer: Any = None, fault: Exception | None = None) -> None:
        self.status, self.fault = status, fault
        self.answer = answer or {"access_token": "ours", "expires_in": 3600, "token_type": "Bearer"}
        self.asked: list[dict[str, Any]] = []

    def get(self, url: str, **kwargs: Any) -> Any:
        return self._respond(200, {
            "authorization_endpoint": "https://login.example/a", "token_endpoint": "https://login.example/t",
            "issuer": f"https://login.example/{TENANT}/v2.0",
        })  # fmt: skip

    def post(self, url: str, **kwargs: Any) -> Any:
        if self.fault:
            raise self.fault
        self.asked.append({"url": url, **kwargs["data"]})
        return self._respond(self.status, self.answer)

    def _respond(self, status: int, body: Any) -> Any:
        answer = requests.Response()
        answer.status_code, answer._content = status, json.dumps(body).encode()
        return answer

    def close(self) -> None:
        """As a session has it."""


def settings(**other: Any) -> TeamsSettings:
    return TeamsSettings(**{
        "client_id": CLIENT, "tenant_id": TENANT, "client_secret": "abc", "login_url": "https://login.example",
        "public_url": "https://lotsen.example", "openid_url": "http://ms/openid", **other,
    })  # fmt: skip


async def test_a_token_by_secret_is_asked_for_once_in_our_own_directory() -> None:
    login = Login()
    tokens = BotTokens(settings(), login)
    assert [await tokens.get() for _ in range(3)] == ["ours"] * 3
    (asked,) = login.asked
    assert asked["client_secret"] == "abc"
    assert asked["scope"] == "https://api.botframework.com/.default"
    tokens.close()


def pem(folder: Path, ends: datetime.datetime) -> str:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "lotsen")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(NOW - datetime.timedelta(days=400)).not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    file = folder / "lotsen.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return str(file)


def test_a_token_by_certificate_signs_instead_of_sending_a_secret(tmp_path: Path) -> None:
    login = Login()
    path = pem(tmp_path, NOW + datetime.timedelta(days=90))
    assert BotTokens(settings(client_secret="", certificate=path), login).fetch() == "ours"
    assert "client_secret" not in login.asked[0]
    assert login.asked[0]["client_assertion"]


def test_a_token_by_managed_identity_asks_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Machine(Login):
        def get(self, url: str, **kwargs: Any) -> Any:
            asked.append((url, kwargs["params"]["resource"]))
            return self._respond(200, {"access_token": "ours", "expires_in": "3600", "resource": "x"})

    for name in ("IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT", "MSI_SECRET"):
        monkeypatch.delenv(name, raising=False)
    assert BotTokens(settings(client_secret="", managed_identity=True), Machine()).fetch() == "ours"
    assert asked[0][1] == "https://api.botframework.com"


@pytest.mark.parametrize(
    ("login", "code"),
    [
        (Login(401, {"error": "invalid_client", "error_codes": [7000215]}), "AADSTS7000215"),
        (Login(400, {"error": "invalid_client"}), "invalid_client"),
        (Login(fault=requests.ConnectionError()), "ConnectionError"),
        (Login(fault=requests.Timeout()), "Timeout"),
    ],
)
def test_no_token(login: Login, code: str) -> None:
    with pytest.raises(TokenRefused) as caught:
        BotTokens(settings(), login).fetch()
    assert caught.value.code == code


def test_a_certificate_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("hej")
    with pytest.raises(TokenRefused):
        BotTokens(settings(client_secret="", certificate=str(tmp_path / "no.pem")), Login()).fetch()


# ---------- the checker ----------


def world(
    door: int | None = 401, openid: bool = True, hours_off: float = 0, date: str | None = None
) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "lotsen.example":
            if door is None:
                raise httpx.ConnectError("no")
            return httpx.Response(door)
        if not openid:
            raise httpx.ConnectError("no")
        there = NOW - datetime.timedelta(hours=hours_off)
        said = there.strftime("%a, %d %b %Y %H:%M:%S GMT") if date is None else date
        return httpx.Response(200, json={}, headers={"date": said} if said else {})

    return answer


def findings(
    answer: Callable[[httpx.Request], httpx.Response], login: Login | None = None, **other: Any
) -> list[tuple[bool, str]]:
    env = {**ENV, **other.pop("env", {})}
    made = settings(**other)
    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        return list(check(env, http, NOW.timestamp(), made, BotTokens(made, login or Login())))


def wrong(found: list[tuple[bool, str]]) -> list[str]:
    return [sentence for well, sentence in found if not well]


def test_all_is_well() -> None:
    found = findings(world())
    assert wrong(found) == []
    assert len(found) == 5


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (world(openid=False), "Microsoft går inte att nå"),
        (world(hours_off=1), "Klockan går 60 minuter före"),
        (world(hours_off=-1), "Klockan går 60 minuter efter"),
        (world(door=None), "går inte att nå utifrån"),
        (world(door=404), "Teams är inte påslaget"),
        (world(door=200), "Något annat än Lotsen"),
    ],
)
def test_one_thing_is_wrong_and_said(answer: Callable[[httpx.Request], httpx.Response], said: str) -> None:
    (sentence,) = wrong(findings(answer))
    assert said in sentence


@pytest.mark.parametrize("date", ["", "yesterday"])
def test_no_clock_to_compare_with(date: str) -> None:
    assert wrong(findings(world(date=date))) == []


@pytest.mark.parametrize(
    ("login", "said"),
    [
        (Login(401, {"error": "invalid_client", "error_codes": [7000215]}), "kolumnen Värde"),
        (Login(401, {"error": "invalid_client", "error_codes": [7000222]}), "gått ut"),
        (Login(400, {"error": "unauthorized_client", "error_codes": [700016]}), "finns inte i katalogen"),
        (Login(400, {"error": "invalid_request", "error_codes": [90002]}), "Katalogen finns inte"),
        (Login(400, {"error": "invalid_request", "error_codes": [53003]}), "AADSTS53003"),
        (Login(fault=requests.ConnectionError()), "login.microsoftonline.com"),
    ],
)
def test_a_token_that_is_refused_is_explained(login: Login, said: str) -> None:
    (sentence,) = wrong(findings(world(), login))
    assert said in sentence


def test_sessions_that_end_with_a_restart_are_mentioned() -> None:
    (sentence,) = wrong(findings(world(), env={"LOTSEN_SESSION_SECRET": ""}))
    assert "LOTSEN_SESSION_SECRET" in sentence


@pytest.mark.parametrize(("days", "said"), [(-1, "gick ut 2026-11-21"), (10, "gäller till 2026-12-02"), (90, None)])
def test_the_end_of_a_certificate_is_told_in_time(tmp_path: Path, days: int, said: str | None) -> None:
    path = pem(tmp_path, NOW + datetime.timedelta(days=days))
    found = wrong(findings(world(), client_secret="", certificate=path))
    assert [said in sentence for sentence in found] == ([True] if said else [])


def test_a_certificate_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("hej")
    found = wrong(findings(world(), client_secret="", certificate=str(tmp_path / "no.pem")))
    assert "PEM" in found[0]


def test_settings_that_are_wrong_are_all_that_is_told() -> None:
    with httpx.Client(transport=httpx.MockTransport(world())) as http:
        found = list(check({"TEAMS_CLIENT_ID": "x"}, http, 0.0))
    assert len(found) == 4
    assert not any(well for well, _ in found)


def test_the_command_speaks_plainly(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in ENV if name.startswith("TEAMS")]:
        monkeypatch.delenv(name, raising=False)
    assert (main(["check"]), main([])) == (1, 2)
    assert "Teams är avstängt" in capsys.readouterr().out
    monkeypatch.setenv("TEAMS_CLIENT_ID", "x")
    monkeypatch.setattr("logging.disable", lambda level: None)
    assert main(["check"]) == 1
    assert "FEL TEAMS_CLIENT_ID" in capsys.readouterr().out


# ---------- the app package ----------


def test_the_package_holds_what_teams_asks_for_and_no_more(tmp_path: Path) -> None:
    teams_package.build(CLIENT, "https://lotsen.example", tmp_path / "a" / "app.zip")
    with zipfile.ZipFile(tmp_path / "a" / "app.zip") as package:
        assert package.namelist() == ["manifest.json", "en.json", "color.png", "outline.png"]
        manifest = json.loads(package.read("manifest.json"))
        sizes = {name: package.read(name)[16:24] for name in ("color.png", "outline.png")}
    assert [int.from_bytes(one[:4]) for one in sizes.values()] == [192, 32]
    assert [int.from_bytes(one[4:]) for one in sizes.values()] == [192, 32]
    (robot,) = manifest["bots"]
    assert (robot["botId"], robot["scopes"], robot["supportsFiles"]) == (CLIENT, ["personal"], False)
    assert len(robot["commandLists"][0]["commands"]) >= 4
    # Nothing beyond a personal bot: no permissions, tabs, devices, sign-in or other hosts.
    assert not set(manifest) & {
        "permissions", "devicePermissions", "webApplicationInfo", "authorization", "validDomains", "staticTabs",
        "configurableTabs", "composeExtensions", "extensions",
    }  # fmt: skip
    assert "{{" not in json.dumps(manifest)


@pytest.mark.parametrize(
    ("client", "url"), [("", "https://lotsen.example"), (CLIENT, ""), (CLIENT, "http://lotsen.example"), ("x", "y")]
)
def test_a_package_that_teams_would_refuse_is_not_built(tmp_path: Path, client: str, url: str) -> None:
    with pytest.raises((jsonschema.ValidationError, ValueError)):
        teams_package.build(client, url, tmp_path / "app.zip")
    assert not (tmp_path / "app.zip").exists()


@pytest.mark.parametrize(
    ("client", "status", "said"), [(CLIENT, 0, "Ladda upp"), ("x", 1, "id godtas inte"), ('"', 1, "innehållet godtas")]
)
def test_the_package_command(
    client: str, status: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr("bot.gateway.teams_check.PACKAGE", tmp_path / "app.zip")
    monkeypatch.setenv("TEAMS_CLIENT_ID", client)
    monkeypatch.setenv("TEAMS_PUBLIC_URL", "https://lotsen.example/")
    assert main(["package"]) == status
    assert said in capsys.readouterr().out
