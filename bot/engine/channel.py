"""The engine's only door: a strict channel on loopback behind a shared secret, for the gateway.

    POST   /webhooks/engine/conversations                 {"conversation", "channel", "id"}      -> NDJSON messages
    POST   /webhooks/engine/messages                      {"conversation", "channel", "text", "id", "facts"} -> the same
    GET    /webhooks/engine/ready                         -> 200 when the model is loaded, and what engines share there
    GET    /webhooks/engine/conversations/<id>/situation  -> {"situation", "intent"}
    DELETE /webhooks/engine/conversations/<id>            -> 204

Every line of an answer is one message; the last is `{"done": true}`, `{"failed": true}` when the turn did not end well,
or `{"unknown": true}` when the conversation was forgotten while the message waited. 401 without the secret, 404 for an
unknown conversation, 400 for anything malformed, 503 when another engine should be asked: this one is stopping, or
cannot reach Redis.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.exceptions import RasaException
from rasa.shared.core.events import UserUttered
from redis.exceptions import RedisError
from sanic import Blueprint, Sanic, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.engine.output import Output
from bot.engine.shared_store import TURN
from knowledge.situation import Situation

logger = logging.getLogger(__name__)

CHANNELS = ("web", "web-simple", "web-en", "teams")  # names of variants in domain.yml
MAX_TEXT = 2000  # characters
MAX_ID = 128  # characters
MAX_ANSWERS = 1000  # kept for a message that is sent again, which happens within seconds; 10 kB each
SWEEP = 60.0  # seconds between looks for conversations that have fallen silent
TURN_LIMIT = 8.0  # seconds until a turn is given up, so that the next one can begin
DRAIN = 10.0  # seconds that a stopping engine gives the turns under way
FACTS = {"age": int, "municipality": str, "district": str}  # what the scrubber may keep of what it removed

OnMessage = Callable[[UserMessage], Awaitable[Any]]


class Forgotten(Exception):
    """There is no such conversation any more; its next message must not begin another."""


class EngineInput(InputChannel):
    """Lets the gateway in, and nobody else."""

    def __init__(self, secret: str) -> None:
        """Take the shared secret; one that can be guessed is refused."""
        if len(secret) < 32:
            raise RasaException("The engine's secret (LOTSEN_ENGINE_SECRET) must be at least 32 characters.")
        self.secret = secret
        self.answers: OrderedDict[tuple[str, str], Output] = OrderedDict()
        self.stopping = False

    @classmethod
    def name(cls) -> str:
        """Return the name that the routes carry."""
        return "engine"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> EngineInput:
        """Create the channel from its entry in credentials.yml."""
        return cls(str((credentials or {}).get("secret") or ""))

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """Return the routes of the module's docstring."""
        routes = Blueprint("engine_channel")

        async def sweep(app: Sanic) -> None:
            while True:
                await asyncio.sleep(SWEEP)
                await self.sweep(app.ctx.agent.processor)

        @routes.listener("after_server_start")
        async def start_sweeping(app: Sanic, loop: object) -> None:
            app.ctx.sweeper = asyncio.ensure_future(sweep(app))

        @routes.listener("before_server_stop")
        async def drain(app: Sanic, loop: object) -> None:
            app.ctx.sweeper.cancel()
            self.stopping = True  # the door is still open: who knocks is sent to another engine
            if _turns:
                await asyncio.wait(_turns, timeout=DRAIN)

        @routes.middleware("request")
        async def check_secret(request: Request) -> HTTPResponse | None:
            given = request.headers.get("authorization", "")
            # On bytes: compare_digest refuses text outside ASCII.
            allowed = hmac.compare_digest(given.encode(), f"Bearer {self.secret}".encode())
            if not allowed:
                return response.json({"error": "unauthorized"}, 401)
            return response.json({"error": "stopping"}, 503) if self.stopping else None

        @routes.exception(RedisError)
        async def away(request: Request, error: RedisError) -> HTTPResponse:
            logger.error("Redis: %s", type(error).__name__)
            return response.json({"error": "no memory"}, 503)

        @routes.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            agent = request.app.ctx.agent
            return response.empty(200 if agent.is_ready() and await _store(agent.processor).is_reachable() else 503)

        @routes.post("/conversations")
        async def start(request: Request) -> HTTPResponse | None:
            call = _call(request.body, text=False)
            output = Output(call["channel"])
            _spawn(self._start(_processor(request), call, output), output)
            await _send(request, output)
            return None

        @routes.post("/messages")
        async def receive(request: Request) -> HTTPResponse | None:
            call = _call(request.body, text=True)
            processor = _processor(request)
            key = (call["conversation"], call["id"])
            if not self._answer(key) and await _store(processor).retrieve(call["conversation"]) is None:
                return response.json({"error": "unknown conversation"}, 404)
            output = self._answer(key)  # it may have been sent twice at the same time
            if not output:
                output = self.answers[key] = Output(call["channel"])
                while len(self.answers) > MAX_ANSWERS:
                    self.answers.popitem(last=False)
                _spawn(self._take(processor, self._run(processor, call, output), key), output)
            await _send(request, output)
            return None

        @routes.get("/conversations/<conversation:str>/situation")
        async def situation(request: Request, conversation: str) -> HTTPResponse:
            tracker = await _store(_processor(request)).retrieve(conversation)
            if tracker is None:
                return response.json({"error": "unknown conversation"}, 404)
            said = {name: tracker.get_slot(name) for name in Situation.__dataclass_fields__}
            intent = tracker.latest_message.intent.get("name") if tracker.latest_message else None
            return response.json({"situation": Situation.parse(said).to_dict(), "intent": intent})

        @routes.delete("/conversations/<conversation:str>", ignore_body=False)
        async def forget(request: Request, conversation: str) -> HTTPResponse:
            await self.forget(_processor(request), conversation)
            return response.empty(204)

        return routes

    async def forget(self, processor: MessageProcessor, conversation: str) -> None:
        """Forget the conversation and the answers kept for it, after the turn under way, if any."""
        async with processor.lock_store.lock(conversation):
            await _store(processor).delete(conversation)
            self._drop(lambda key: key[0] == conversation)

    async def sweep(self, processor: MessageProcessor) -> None:
        """Forget what has been silent for too long, though nobody says anything more; its answers go with it."""
        if _store(processor).keeps_answers:
            return
        kept = set(await _store(processor).keys())
        self._drop(lambda key: key[0] not in kept)

    def _answer(self, key: tuple[str, str]) -> Output | None:
        """Return the answer to a message that was sent before, unless it failed."""
        output = self.answers.get(key)
        return None if output is None or output.failed else output

    async def _run(self, processor: MessageProcessor, call: dict[str, Any], output: Output) -> None:
        """Run the message, unless another engine has done so while this one waited."""
        conversation, once = call["conversation"], call["id"]
        async with processor.lock_store.lock(conversation):
            if await _store(processor).retrieve(conversation) is None:
                raise Forgotten  # while this message waited
            if not await self._said_again(processor, conversation, once, output):
                metadata = {"facts": call["facts"]}
                await processor.handle_message(
                    UserMessage(call["text"], output, conversation, input_channel=call["channel"], metadata=metadata)
                )

    async def _said_again(self, processor: MessageProcessor, conversation: str, once: str, output: Output) -> bool:
        kept = await _store(processor).answer(conversation, once)
        for message in kept or ():
            await output.send_response(conversation, message)
        TURN.set((once, output.messages))
        return kept is not None

    async def _take(self, processor: MessageProcessor, turn: Awaitable[Any], key: tuple[str, str]) -> None:
        """Run a turn; after one that began anew the answers to what was said before are forgotten too."""
        if _store(processor).keeps_answers:
            try:
                await turn
            finally:
                self.answers.pop(key, None)
            return
        await turn
        tracker = await _store(processor).retrieve(key[0])
        if tracker and not any(isinstance(event, UserUttered) for event in tracker.events):
            self._drop(lambda other: other[0] == key[0] and other != key)

    def _drop(self, is_over: Callable[[tuple[str, str]], bool]) -> None:
        for key in list(filter(is_over, self.answers)):
            del self.answers[key]

    async def _start(self, processor: MessageProcessor, call: dict[str, Any], output: Output) -> None:
        conversation, once = call["conversation"], call["id"]
        async with processor.lock_store.lock(conversation):
            if not (once and await self._said_again(processor, conversation, once, output)):
                tracker = await processor.fetch_tracker_and_update_session(conversation, output)
                await _store(processor).save(tracker)


def _processor(request: Request) -> MessageProcessor:
    return request.app.ctx.agent.processor


def _store(processor: MessageProcessor) -> Any:
    """Return our own store. Rasa wraps it in one that answers a failure with an empty conversation, and logs it."""
    return getattr(processor.tracker_store, "_tracker_store", processor.tracker_store)


_turns: set[asyncio.Task[None]] = set()


def _spawn(turn: Awaitable[Any], output: Output) -> None:
    """Run the turn as a task of its own: a gateway that goes away does not leave it half done."""

    async def run() -> None:
        try:
            async with asyncio.timeout(TURN_LIMIT):
                await turn
        except Forgotten:
            await output.close(forgotten=True)
        except Exception as error:
            # The class only: Rasa's errors can quote the message.
            logger.error("turn failed: %s", type(error).__name__)
            await output.close(failed=True)
        else:
            await output.close()

    task = asyncio.ensure_future(run())
    _turns.add(task)
    task.add_done_callback(_turns.discard)


async def _send(request: Request, output: Output) -> None:
    stream = await request.respond(content_type="application/x-ndjson")
    async for messages, is_last in output.stream():
        # What is there, mostly the whole answer, goes out at once: writing to a socket is what costs most here.
        lines = "".join(json.dumps(message, ensure_ascii=False) + "\n" for message in messages)
        await stream.send(lines, end_stream=is_last)


def _call(body: bytes, text: bool) -> dict[str, Any]:
    """Read a call's JSON body; everything that is not exactly as documented is refused."""
    try:
        call = json.loads(body)
        conversation, channel = call["conversation"], call["channel"]
        said, once, facts = call.get("text", ""), call.get("id", ""), call.get("facts", {})
        fits = (
            isinstance(conversation, str)
            and 16 <= len(conversation) <= 64
            and conversation.isalnum()
            and channel in CHANNELS
            and isinstance(said, str)
            and len(said) <= MAX_TEXT
            and bool(said) == text
            and isinstance(once, str)
            and (bool(once) or not text)
            and len(once) <= MAX_ID
            and isinstance(facts, dict)
            and all(isinstance(value, FACTS[name]) for name, value in facts.items())
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        fits = False
    if not fits:
        raise InvalidUsage("malformed call")
    return {"conversation": conversation, "channel": channel, "text": said, "id": once, "facts": facts}
