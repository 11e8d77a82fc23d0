"""Secrets come from the environment: none stands in the repository, and none has a default that could be used."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.gateway.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
# Forms that are a secret wherever they stand, and names that are given a value of some length.
SECRETS = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}"),
    "cloud key": re.compile(r"\bAKIA[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b"),
    "access token": re.compile(r"\b(?:gh[pousr]|glpat|xox[abpr])[-_][0-9A-Za-z_-]{20,}\b"),
    "signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}"),
    "password hash": re.compile(r"\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]{16,}"),
    "address with password": re.compile(
        r"\b(?:postgres(?:ql)?|rediss?|mysql|amqp)(?:\+\w+)?://[^\s:/@{}$]*:(?P<value>[^\s@{}$]{8,})@"
    ),
    "named secret": re.compile(
        r"""(?ix) \b (?:[a-z]+_)* (?:secret|password|passwd|api_?key|token) ["']? \s* [:=] \s*
        ["'] (?P<value> (?=[^"']*\d) (?=[^"']*[a-zåäö]) [^"'\s{}$<>]{20,} ) ["']"""
    ),
}
BINARY = {".png", ".onnx", ".model", ".woff2", ".xlsx", ".zip", ".npz", ".gz"}


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.split("\0") if name and Path(name).suffix not in BINARY]


def found(text: str) -> list[str]:
    return [kind for kind, pattern in SECRETS.items() if pattern.search(text)]


def test_no_file_holds_a_secret() -> None:
    files = [file for file in tracked() if file.is_file() and file != Path(__file__)]
    assert len(files) > 100
    assert {
        str(file.relative_to(ROOT)): kinds
        for file in files
        if (kinds := found(file.read_text(encoding="utf-8", errors="replace")))
    } == {}


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEpAIBAAKCAQEA" * 4,
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "a1B2" * 9,
        "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJhYmMifQ." + "x" * 43,
        "$argon2id$v=19$m=65536,t=3,p=4$" + "c2FsdHNhbHRzYWx0" + "$hash",
        "redis://:hunter2hunter2@redis:6379/0",
        'CLIENT_SECRET = "' + "8Q~x9aB7cD5eF3gH1iJ0kL2" + '"',
        'password: "' + "korrekt4hast2batteri" + '"',
    ],
)
def test_a_secret_would_be_found(text: str) -> None:
    assert found(text)


def test_the_example_gives_no_secret_a_value() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    secret = r"^([A-Z_]*(?:SECRET|PASSWORD|TOKEN|USERS|REDIS_URL|DATABASE_URL)[A-Z_]*)=(.*)$"
    named = dict(re.findall(secret, example, re.MULTILINE))
    assert {"LOTSEN_SESSION_SECRET", "LOTSEN_ENGINE_SECRET", "TEAMS_CLIENT_SECRET"} <= named.keys()
    assert set(named.values()) == {""}


def test_the_engine_reads_its_secret_from_the_environment() -> None:
    credentials = yaml.safe_load((ROOT / "credentials.yml").read_text(encoding="utf-8"))
    assert [one["secret"] for one in credentials.values()] == ["${LOTSEN_ENGINE_SECRET}"]


def test_without_a_session_secret_each_start_makes_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOTSEN_SESSION_SECRET", "LOTSEN_ENGINE_SECRET", "LOTSEN_REDIS_URL", "TEAMS_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)
    one, other = read_settings(), read_settings()
    assert one.session_secret != other.session_secret
    assert len(one.session_secret) >= 32
    assert one.engine_secret == ""  # which the engine refuses
    assert (one.admin_users, one.teams, one.metrics, one.allowed_origins) == ({}, None, "", ())
