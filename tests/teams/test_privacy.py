"""Nothing of Teams' ids, names or texts in a log or in what the engine is told."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from tests.teams.conftest import House
from tests.teams.microsoft import BOT_TOKEN, CLIENT, CONVERSATION, TENANT
from tests.unit.gateway.conftest import FakeEngine

CANARIES = [
    CONVERSATION, TENANT, CLIENT, "canary.person@", "CanaryTeamName",
    "CanaryDisplay", BOT_TOKEN, "Canary", "Kanarin", "29:1", "0000canary-aad", "750101-2399", "070-174",
    "hemligt", "/connector",
]  # fmt: skip


def written(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_no_id_name_or_text_in_logs_at_any_level_stores_or_the_engine(
    house: House, fake: FakeEngine, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "microsoft_teams", "msal"):
        assert logging.getLogger(name).level == logging.CRITICAL
    microsoft = house.microsoft
    sender = {
        "id": "29:1",
        "name": "CanaryDisplay",
        "aadObjectId": "0000canary-aad",
        "email": "canary.person@x.example",
    }
    extra = {"tenant": {"id": TENANT}, "team": {"name": "CanaryTeamName"}, "eventType": "CanaryTeamName"}
    await house.post(microsoft.activity("hemligt", **{"from": sender}, channelData=extra))
    await house.post(
        microsoft.activity("hemligt", value={"report": {"service": "origo", "field": "phone"}}, **{"from": sender})
    )
    await house.post(microsoft.activity("hemligt", value={"report": {"service": "Kanarin", "field": "hemligt"}}))
    await house.post(microsoft.activity(type="installationUpdate", action="add", text=None))
    await house.post(microsoft.activity("hemligt: jag heter Kanarin, 750101-2399, ring 070-174 06 35"))
    microsoft.statuses = [500, 500, 500]
    await house.post(microsoft.activity("hemligt igen"))
    microsoft.statuses = [403]
    await house.post(microsoft.activity("hemligt igen"))
    await house.post(microsoft.activity("hemligt"), "Bearer x.y.z")
    await house.post(microsoft.activity("hemligt"), microsoft.header(serviceurl="https://evil.example/Kanarin"))
    await house.post(microsoft.activity("hemligt", conversation={"id": CONVERSATION}, channelData={}))
    fake.down = True
    await house.post(microsoft.activity("hemligt"))
    logged = "\n".join(f"{record.name} {record.getMessage()} {record.exc_info}" for record in caplog.records)
    assert "Teams call refused" in logged
    assert "Teams did not take an answer" in logged
    assert not [canary for canary in CANARIES if canary in logged]
    stores = written(tmp_path)
    assert b"origo" in stores  # the report is kept, and nothing of who sent it
    assert not [canary for canary in CANARIES if canary.encode() in stores]
    told = json.dumps(fake.calls)
    assert fake.calls
    assert not [canary for canary in CANARIES if canary in told and canary != "hemligt"]


async def test_what_was_removed_is_told(house: House) -> None:
    assert "personnummer" in (await house.say("hon har 750101-2399"))[0]


async def test_nothing_of_microsofts_is_kept_in_memory_by_its_own_name(house: House) -> None:
    await house.say("hej")
    kept = repr(
        (
            house.teams._shared._marks,
            house.teams._talks._names._live,
            house.teams._limit._here._buckets,
            house.teams.queues._waiting,
        )
    )
    assert not [canary for canary in CANARIES if canary in kept]
