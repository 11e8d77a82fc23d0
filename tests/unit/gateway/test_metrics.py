"""Figures for operators: off by default, on an address of their own, and nothing about anybody in them."""

from __future__ import annotations

import re
import urllib.request

import httpx
import pytest
from prometheus_client import generate_latest

from bot.gateway import metrics
from bot.gateway.settings import Settings, read_settings
from tests.conftest import free_port
from tests.unit.gateway.conftest import FakeEngine

TEXT = "han heter Rutger och bor på Storgatan 1"


def figures() -> str:
    return generate_latest(metrics.REGISTRY).decode()


async def test_calls_are_counted_and_nobody_is_told_of(
    client: httpx.AsyncClient, headers: dict[str, str], engine: FakeEngine
) -> None:
    await client.post("/webhooks/web/messages", json={"message": TEXT}, headers=headers)
    await client.get("/verksamhet/hemligt-namn")
    await client.request("GET" + "X" * 20, "/webhooks/web/session")
    engine.down = True
    await client.post("/webhooks/web/messages", json={"message": TEXT}, headers=headers)
    told = figures()
    assert 'lotsen_calls_total{method="POST",route="/webhooks/web/messages",status="200"}' in told
    assert 'lotsen_calls_total{method="POST",route="/webhooks/web/messages",status="503"}' in told
    assert 'lotsen_turns_total{end="answered"}' in told
    assert 'lotsen_turns_total{end="unavailable"}' in told
    for secret in ("Rutger", "Storgatan", "hemligt", "XXX", headers["Authorization"][7:], "127.0.0.1", "testclient"):
        assert secret not in told


async def test_only_counts_and_times(client: httpx.AsyncClient) -> None:
    await client.get("/healthz")
    kinds = set(re.findall(r"^# TYPE \S+ (\w+)$", figures(), re.MULTILINE))
    assert kinds == {"counter", "histogram"}
    labels = set(re.findall(r"[{,](\w+)=", figures()))
    assert labels <= {"route", "method", "status", "end", "engine", "le"}


async def test_lotsen_itself_has_no_such_page(client: httpx.AsyncClient) -> None:
    assert (await client.get("/metrics")).status_code == 404


def test_off_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOTSEN_METRICS", raising=False)
    assert read_settings().metrics == Settings("", "", "").metrics == ""


def test_served_where_asked_for() -> None:
    port = free_port()
    server = metrics.serve(f"127.0.0.1:{port}")
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            assert b"lotsen_calls" in answer.read()
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("address", ["9464", ":9464", "127.0.0.1", "127.0.0.1:x"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="LOTSEN_METRICS"):
        metrics.serve(address)
