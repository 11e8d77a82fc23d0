"""Every way into the house, with an identifier in each place where one can stand."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx
import jwt

from tests.privacy.canary import Canary, Searcher

CALLER = "127.0.0.77"  # an address of its own, so that it can be looked for in the logs
AT_ONCE = 4
OPENINGS = 30
WEB = "/webhooks/web"
JSON = {"Content-Type": "application/json"}


@dataclass
class Answers:
    """What was seen of the answers."""

    statuses: dict[int, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    echoed: list[tuple[str, Canary]] = field(default_factory=list)


class Planter:
    """A caller who puts canaries everywhere."""

    def __init__(self, url: str, searcher: Searcher, one_in: int = 1) -> None:
        """Prepare to call the gateway at `url`; besides messages, a canary takes every `one_in`th of the ways in."""
        self.answers = Answers()
        self._searcher = searcher
        self._url = url
        self._one_in = one_in
        self._turn = 0
        self._room = asyncio.Semaphore(AT_ONCE)
        self._http = httpx.AsyncClient(
            base_url=url, timeout=60, transport=httpx.AsyncHTTPTransport(local_address=CALLER)
        )

    async def call(self, method: str, path: str, **how: Any) -> httpx.Response:
        """Make one call and look at its answer."""
        async with self._room:
            answer = await self._http.request(method, path, **how)
        seen = self.answers
        seen.statuses[answer.status_code] = seen.statuses.get(answer.status_code, 0) + 1
        place = f"{method} {answer.request.url.path[:12]}: {answer.status_code}"
        if answer.headers.get("cache-control") != "no-store":
            seen.faults.append(f"{place} may be cached")
        if "set-cookie" in answer.headers:
            seen.faults.append(f"{place} sets a cookie")
        head = repr(answer.headers.raw).encode()
        seen.echoed += [(place, canary) for canary, _ in self._searcher.find(answer.content + b"\n" + head)]
        return answer

    async def open(self) -> dict[str, str]:
        """Open a conversation and return its header; a busy machine may need a few tries."""
        for _ in range(OPENINGS):
            answer = await self.call("POST", f"{WEB}/session")
            if answer.status_code == 201:
                return {"Authorization": f"Bearer {answer.json()['session']}"}
            await asyncio.sleep(1)
        raise RuntimeError(f"no conversation: {answer.status_code}")

    async def say(self, canary: Canary, session: dict[str, str]) -> httpx.Response:
        """Say it whole and streamed, with the identifier in the message's id too; return the streamed answer."""
        await self.call(
            "POST", f"{WEB}/messages", json={"message": canary.sentence, "id": canary.text}, headers=session
        )
        return await self.call(
            "POST", f"{WEB}/messages?stream=true", json={"message": f"😢 {canary.sentence}"}, headers=session
        )

    async def plant(self, canary: Canary, session: dict[str, str]) -> None:
        """Put it everywhere but in a message."""
        text, raw = canary.text, canary.text.encode()
        token = session["Authorization"].removeprefix("Bearer ")
        forged = jwt.encode({"jti": text, "exp": 4_000_000_000}, "y" * 40, "HS256")
        own = {"Cookie": b"a=" + raw, "Forwarded": b"for=" + raw} | dict.fromkeys(
            ("User-Agent", "X-Forwarded-For", "Referer", "Origin", "X-Request-ID", "If-None-Match", "Accept-Language"),
            raw,
        )
        said = {"message": canary.sentence, "id": "1"}
        messages = f"{WEB}/messages"
        calls: list[tuple[str, str, dict[str, Any]]] = [
            ("GET", f"{WEB}/situation", {"headers": session | own, "params": {"q": text, text: "1"}}),
            ("POST", messages, {"headers": session, "json": said, "params": {"stream": text}}),
            ("POST", messages, {"headers": session | JSON, "content": json.dumps(said)[:-3].encode()}),
            ("POST", messages, {"headers": session | JSON, "content": b"\xff" + raw}),
            ("POST", messages, {"headers": session | JSON, "content": b'{"message": "\\ud800 ' + raw + b'"}'}),
            ("POST", messages, {"headers": session | JSON, "content": b'{"message": "a", "id":"\\ud800' + raw + b'"}'}),
            ("POST", messages, {"headers": session, "json": [text]}),
            ("POST", messages, {"headers": session, "json": {"message": {text: text}, text: 1}}),
            ("POST", messages, {"headers": session, "json": said | {"id": text * 20}}),
            ("POST", messages, {"headers": session, "json": said | {"message": f"{text} " * 300}}),
            ("POST", messages, {"headers": session, "json": said | {"message": f"{text} " * 9000}}),
            ("POST", messages, {"headers": session, "content": raw}),
            ("POST", messages, {"headers": session, "data": {"message": text}}),
            ("POST", messages, {"headers": session, "files": {"file": (f"{len(raw)}.txt", raw)}}),
            ("POST", messages, {"headers": {"Authorization": b"Bearer " + raw}, "json": said}),
            ("POST", messages, {"headers": {"Authorization": f"Bearer {forged}"}, "json": said}),
            ("GET", f"{WEB}/situation", {"headers": {"Authorization": f"Bearer {token}".encode() + raw}}),
            ("DELETE", f"{WEB}/session", {"headers": {"Authorization": b"Basic " + raw}}),
            ("GET", f"/{text}", {}),
            ("GET", f"{WEB}/{text}", {}),
            ("PUT", f"/api/{text}", {"content": raw}),
            ("GET", f"/vagledning/{text}", {}),
            ("GET", "/api/referral", {"params": {"kommun": text, "alder": text, "typ": text, text: text}}),
            ("GET", "/api/referral", {"params": {"alder": text}, "headers": own}),
            ("GET", "/hanvisning", {"params": {"kommun": text, "alder": text}}),
            ("GET", "/stodlinjer", {"params": {"sprak": text, "alder": text}}),
        ]  # fmt: skip
        self._turn += 1
        for method, path, how in calls[self._turn % self._one_in :: self._one_in]:
            await self.call(method, path, **how)
        await asyncio.gather(*(self._raw(data) for data in (
            raw + b" / HTTP/1.1\r\n\r\n",
            b"GET /" + raw.replace(b" ", b"") + b" HTTP/9.9\r\nHost: " + raw + b"\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\n" + raw + b"\x00\r\n\r\n",
            b"POST " + messages.encode() + b" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + raw,
        )))  # fmt: skip

    async def plant_all(self, flock: Iterable[Canary], each: int = 10) -> list[dict[str, str]]:
        """Say and plant every canary, `each` in a conversation; return the conversations' headers."""
        flock = list(flock)
        sessions = []

        async def converse(part: list[Canary]) -> None:
            session = await self.open()
            sessions.append(session)
            for canary in part:
                await self.say(canary, session)
                await self.plant(canary, session)

        await asyncio.gather(*(converse(flock[place : place + each]) for place in range(0, len(flock), each)))
        return sessions

    async def forget(self, sessions: Iterable[dict[str, str]]) -> list[int]:
        """End the conversations; return what their situation answers then."""
        after = []
        for session in sessions:
            assert (await self.call("DELETE", f"{WEB}/session", headers=session)).status_code == 204
            after.append((await self.call("GET", f"{WEB}/situation", headers=session)).status_code)
        return after

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _raw(self, data: bytes) -> None:
        """Send bytes that are not HTTP, and go away in mid-call."""
        host, _, port = self._url.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port), local_addr=(CALLER, 0))
        writer.write(data)
        with contextlib.suppress(OSError, TimeoutError):
            await writer.drain()
            await asyncio.wait_for(reader.read(4096), 0.05)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
