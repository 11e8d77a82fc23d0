"""Teams as a way into the house: activities with an identifier in every field, signed, forged and malformed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.privacy.canary import Canary, Searcher
from tests.teams import microsoft as local
from tests.teams.microsoft import CLIENT, TENANT, Microsoft

ENVIRONMENT = {
    "TEAMS_CLIENT_ID": CLIENT,
    "TEAMS_TENANT_ID": TENANT,
    "TEAMS_CLIENT_SECRET": "secret",
    "TEAMS_PUBLIC_URL": "https://lotsen.example",
}
AT_ONCE = 4
LATEST = 15.0  # seconds that the last answers may take


@contextmanager
def stand_in() -> Iterator[Microsoft]:
    """Microsoft on loopback, for as long as the block lasts."""
    microsoft, server = local.start()
    try:
        yield microsoft
    finally:
        server.should_exit = True


def environment(microsoft: Microsoft) -> dict[str, str]:
    """What switches Teams on in a house, between it and the stand-in."""
    return ENVIRONMENT | {"CANARY_MICROSOFT": microsoft.url}


@dataclass
class TeamsPlanter:
    """Microsoft's side of a conversation, with a canary wherever one can stand."""

    url: str
    microsoft: Microsoft
    statuses: dict[int, int] = field(default_factory=dict)

    async def plant_all(self, flock: Iterable[Canary]) -> None:
        """Say and plant every canary, each in a conversation of its own that it also names; then end them."""
        room = asyncio.Semaphore(AT_ONCE)
        async with httpx.AsyncClient(base_url=self.url, timeout=60) as http:

            async def one(canary: Canary) -> None:
                async with room:
                    await self._plant(http, canary)

            await asyncio.gather(*(one(canary) for canary in flock))
            await self._until_answered()

    async def _plant(self, http: httpx.AsyncClient, canary: Canary) -> None:
        text, raw = canary.text, canary.text.encode()
        place = f"a:{uuid4().hex}"
        told = self._activity(canary, place, canary.sentence)
        whole = json.dumps(told).encode()
        signed = {"Authorization": self.microsoft.header(), "Content-Type": "application/json"}
        bodies: list[tuple[dict[str, Any], bytes]] = [
            (signed, whole),
            (signed, json.dumps(told | {"id": text}).encode()),
            (signed, json.dumps(told | {"id": uuid4().hex, "text": None, "value": {"text": text, text: 1}}).encode()),
            (signed, json.dumps(told | {"conversation": {"id": f"{text} ", "tenantId": TENANT}}).encode()),
            (signed, json.dumps(told | {"id": uuid4().hex, "type": "messageUpdate"}).encode()),
            (signed, json.dumps(told | {"id": uuid4().hex, "type": "invoke", "name": text}).encode()),
            (signed, whole[:-9]),
            (signed, b"\xff" + raw),
            (signed, json.dumps([text]).encode()),
            (signed | {"Content-Type": b"text/" + raw}, whole),
            (signed | {"Authorization": b"Bearer " + raw}, whole),
            (signed | {"Authorization": self.microsoft.header(serviceurl=f"https://{uuid4().hex}.example/")}, whole),
            (signed | {"Authorization": self.microsoft.header(sub=text, name=canary.sentence)}, whole),
            (signed, json.dumps(self._activity(canary, place, "glöm mig")).encode()),
        ]
        for headers, body in bodies:
            answer = await http.post("/api/messages", content=body, headers=headers)
            self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1

    def _activity(self, canary: Canary, place: str, said: str) -> dict[str, Any]:
        text = canary.text
        return self.microsoft.activity(
            f"<at>{text}</at> {said}",
            **{
                "from": {"id": f"29:{text}", "name": text, "aadObjectId": text, "email": text},
                "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": place, "name": text},
                "recipient": {"id": f"28:{CLIENT}", "name": text},
                "entities": [{"type": "mention", "text": text, "mentioned": {"id": text, "name": text}}],
                "attachments": [{"contentType": "text/html", "content": f"<p>{said}</p>", "name": text}],
                "channelData": {"tenant": {"id": TENANT}, "teamsTeamName": text},
                text: text,
            },
        )

    async def _until_answered(self) -> None:
        """Wait until no more answers come."""
        before, waited = -1, 0.0
        while len(self.microsoft.sent) != before and waited < LATEST:
            before, waited = len(self.microsoft.sent), waited + 1
            await asyncio.sleep(1)

    def echoed(self, searcher: Searcher) -> list[Canary]:
        """Return the identifiers that stand in what was answered."""
        said = json.dumps(self.microsoft.sent, ensure_ascii=False).encode()
        return [canary for canary, _ in searcher.find(b" " + said + b" ")]
