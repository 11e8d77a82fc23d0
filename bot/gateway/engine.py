"""The way to the engines: HTTP in a closed network with a shared secret, from one engine to the next when one fails.

A person must have a useful answer within two seconds. So an engine that gives no sign of life is left after one, and
another gets the same message with the same id: what the first has done already is not done twice.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager, suppress
from typing import Any, TypeVar

import httpx

from bot.gateway import metrics
from bot.gateway.wire import Wire

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

TIMEOUT = httpx.Timeout(10.0, connect=0.5)  # seconds
END = 0.2  # seconds that the end of an answer may come after its last line
LIMIT = 1.6  # seconds until the person is told that nobody answers, when no engine gives a sign of life
PATIENCE = 0.8  # seconds without a sign until an engine is asked for one, when there is another
ALIVE = 0.3  # seconds for that sign, and how fresh another one may be
LEAST = 0.2  # seconds
READY = 1.0  # seconds
LOOK = 0.5  # seconds between looks whether an engine that failed is back
MOST = 64  # turns at an engine at a time, however fast it is
FEWEST = 8  # however slow it was
WEIGHT = 0.1  # of the latest turn, in what is known about an engine's pace


class EngineUnavailable(Exception):
    """No engine could finish the turn."""


class UnknownConversation(Exception):
    """The engines have forgotten the conversation, or never knew it."""


class _Failed(Exception):
    """This engine could not; another may."""


class _Busy(_Failed):
    """This engine is well, and has more to do than it can finish in time."""


class _Engine:
    """One address, and what is known about who answers there."""

    def __init__(self, url: str, secret: str, transport: httpx.AsyncBaseTransport | None) -> None:
        self.url = url
        self.http = httpx.AsyncClient(
            base_url=f"{url}/webhooks/engine",
            headers={"Authorization": f"Bearer {secret}"},
            timeout=TIMEOUT,
            transport=transport or Wire(),
            trust_env=False,  # a proxy of the machine must never see what is said
        )
        self.down = False
        self.turns = 0  # under way
        self.pace = 0.0  # seconds that a turn takes for each that is under way
        self.sign = float("-inf")  # when it last answered anything

    def is_full(self) -> bool:
        """Tell whether one turn more would make everybody wait in vain: it could not end within the limit."""
        return self.turns >= min(MOST, max(FEWEST, LIMIT / max(self.pace, 1e-3)))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Count a turn for as long as it is waited for. Who is slow to take what it said holds up nobody."""
        self.turns += 1
        try:
            yield
        finally:
            self.turns -= 1

    def saw(self) -> None:
        self.sign = time.monotonic()

    async def ready(self) -> bool:
        try:
            answer = await self.http.get("/ready", timeout=READY)
        except (httpx.HTTPError, OSError):
            return False
        if answer.status_code == 200:
            self.saw()
        return answer.status_code == 200

    async def is_alive(self) -> bool:
        """Tell whether the engine works, though it takes its time."""
        if time.monotonic() - self.sign < ALIVE:
            return True
        try:
            return await asyncio.wait_for(self.ready(), ALIVE)
        except TimeoutError:
            return False


class EngineClient:
    """Calls the channel of bot/engine/channel.py.

    A conversation stays with one engine for as long as that is well. With more than one, they must share a Redis.
    """

    def __init__(self, url: str, secret: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Take the engines' addresses, separated by commas, and the shared secret.

        `transport` lets tests stand in for the network.
        """
        self._engines = [_Engine(one.strip().rstrip("/"), secret, transport) for one in url.split(",") if one.strip()]
        self._watching: set[asyncio.Task[None]] = set()

    async def start(self, conversation: str, channel: str) -> list[dict[str, Any]]:
        """Open a conversation and return the greeting."""
        call = {"conversation": conversation, "channel": channel, "id": secrets.token_hex(16)}
        return [message async for message in self._turn("/conversations", call)]

    def send(
        self, conversation: str, channel: str, text: str, once: str, facts: dict[str, Any]
    ) -> AsyncIterator[dict[str, Any]]:
        """Say something and yield each message of the answer as soon as it exists.

        Raises:
            UnknownConversation: if the engines do not know the conversation.
            EngineUnavailable: if the turn does not end well.
        """
        call = {"conversation": conversation, "channel": channel, "text": text, "id": once, "facts": facts}
        return self._turn("/messages", call)

    def make_sure_of_room(self) -> None:
        """Tell at once that there is no room, before anything is done about a message.

        Raises:
            EngineUnavailable: if every engine has more to do than it can finish in time.
        """
        if all(engine.is_full() for engine in self._engines):
            metrics.turn("unavailable")
            raise EngineUnavailable

    async def situation(self, conversation: str) -> dict[str, Any]:
        """Return `{"situation", "intent"}` of the conversation."""
        answer = await self._ask(conversation, lambda http: http.get(f"/conversations/{conversation}/situation"))
        return dict(answer.json())

    async def forget(self, conversation: str) -> None:
        """Forget the conversation at once."""
        await self._ask(conversation, lambda http: http.delete(f"/conversations/{conversation}"))

    async def ready(self) -> bool:
        """Tell whether an engine answers with its model loaded."""
        return any(await asyncio.gather(*(engine.ready() for engine in self._engines)))

    async def close(self) -> None:
        """Close the connections."""
        for task in self._watching:
            task.cancel()
        for engine in self._engines:
            await engine.http.aclose()

    def _order(self, conversation: str) -> list[_Engine]:
        """Return the engines to try: always the same first for a conversation (highest random weight), if it is well.

        When none is, all are tried: one may just have come back.
        """
        ranked = sorted(
            self._engines, key=lambda engine: hashlib.sha256(f"{engine.url} {conversation}".encode()).digest()
        )
        return [engine for engine in ranked if not engine.down] or ranked

    async def _ask(
        self, conversation: str, question: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]
    ) -> httpx.Response:
        began = time.monotonic()
        engines = self._order(conversation)
        for place, engine in enumerate(engines):
            is_last = place == len(engines) - 1
            try:
                answer = await self._wait(question(engine.http), engine, lambda: _patience(began, is_last))  # noqa: B023
                _check(answer)
            except (httpx.HTTPError, OSError, _Failed) as error:
                self._fail(engine, error)
            else:
                return answer
        raise EngineUnavailable

    async def _turn(self, path: str, call: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        try:
            async with aclosing(self._answer(path, call)) as messages:
                async for message in messages:
                    yield message
        except UnknownConversation:
            metrics.turn("unknown")
            raise
        except EngineUnavailable:
            metrics.turn("unavailable")
            raise
        metrics.turn("answered")

    async def _answer(self, path: str, call: dict[str, Any]) -> AsyncGenerator[dict[str, Any], None]:
        began, said = time.monotonic(), 0
        engines = self._order(call["conversation"])
        for place, engine in enumerate(engines):
            try:
                is_last = place == len(engines) - 1
                # Another engine begins the answer anew: what the person has seen of it is not said again.
                skip, seen = said, 0
                async with aclosing(self._try(engine, path, call, lambda: _patience(began, is_last))) as messages:  # noqa: B023
                    async for message in messages:
                        seen += 1
                        if seen > skip:
                            if not said:
                                metrics.first_message(time.monotonic() - began)
                            said += 1
                            yield message
                return
            except _Busy:
                continue
            except _Failed as error:
                self._fail(engine, error)
        raise EngineUnavailable

    async def _try(
        self, engine: _Engine, path: str, call: dict[str, Any], patience: Callable[[], float]
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Yield one engine's answer.

        Raises:
            _Busy: if it has too many turns under way.
            _Failed: if it breaks off, or neither goes on nor gives another sign of life.
        """
        if engine.is_full():
            raise _Busy
        abreast, waited = engine.turns + 1, 0.0
        try:
            async with aclosing(_pieces(engine.http, path, call)) as pieces:
                begun = b""  # of a line
                while True:
                    asked = time.monotonic()
                    with engine.at_work():
                        piece = await self._wait(anext(pieces), engine, patience)
                    waited += time.monotonic() - asked
                    *lines, begun = (begun + piece).split(b"\n")
                    for line in lines:
                        message = json.loads(line)
                        if message.get("done"):
                            engine.pace += WEIGHT * (waited / abreast - engine.pace)
                            await _end(pieces)
                            return
                        if message.get("failed"):
                            raise _Failed("turn failed")
                        if message.get("unknown"):
                            raise UnknownConversation
                        yield message
        except (httpx.HTTPError, OSError, ValueError) as error:
            raise _Failed(type(error).__name__) from None
        except StopAsyncIteration:
            raise _Failed("broke off") from None  # the stream ended before the turn did

    async def _wait(self, answer: Awaitable[Answer], engine: _Engine, patience: Callable[[], float]) -> Answer:
        """Return what comes of an engine, for as long as there are signs of life."""
        waiting = asyncio.ensure_future(answer)
        try:
            while not (await asyncio.wait({waiting}, timeout=patience()))[0]:
                if not await engine.is_alive():
                    raise _Failed("no sign of life")
        finally:
            if not waiting.done():
                waiting.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await waiting
        engine.saw()
        return waiting.result()

    def _fail(self, engine: _Engine, error: BaseException) -> None:
        """Leave an engine out until it answers again."""
        metrics.failover(self._engines.index(engine))
        if engine.down:
            return
        engine.down = True
        why = str(error) if isinstance(error, _Failed) else type(error).__name__
        logger.warning("engine %d is left out: %s", self._engines.index(engine), why)
        task = asyncio.ensure_future(self._watch(engine))
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)

    async def _watch(self, engine: _Engine) -> None:
        while engine.down:
            if await engine.is_alive():
                engine.down = False
            else:
                await asyncio.sleep(LOOK)


def _patience(began: float, is_last: bool) -> float:
    """Return how many seconds an engine may keep silent: little, while there is another that can be asked."""
    left = LIMIT - ALIVE - (time.monotonic() - began)
    return max(LEAST, left if is_last else min(PATIENCE, left))


async def _pieces(http: httpx.AsyncClient, path: str, call: dict[str, Any]) -> AsyncGenerator[bytes, None]:
    async with http.stream("POST", path, json=call) as answer:
        _check(answer)
        async for piece in answer.aiter_bytes():
            yield piece


async def _end(pieces: AsyncGenerator[bytes, None]) -> None:
    """Wait for the end of an answer that is whole: only then its connection serves for the next."""
    with suppress(TimeoutError, httpx.HTTPError, OSError):
        async with asyncio.timeout(END):
            await anext(pieces, b"")


def _check(answer: httpx.Response) -> None:
    if answer.status_code == 404:
        raise UnknownConversation
    if answer.status_code >= 400:
        raise _Failed(str(answer.status_code))
