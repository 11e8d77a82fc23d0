"""`python -m bot.engine`: Rasa with our channel, actions and memory, on loopback. Started by `python -m bot`."""

from __future__ import annotations

import bot.engine.postponed  # noqa: F401  Before Rasa, so that it does not load what is never used here.

# isort: split
import asyncio
import logging
import os
import sys
from pathlib import Path

from rasa.core.agent import load_agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.run import configure_app
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic

from bot.engine import logs, speedups
from bot.engine.actions_endpoint import InProcessActions
from bot.engine.channel import EngineInput
from bot.engine.locks import ConversationLocks
from bot.engine.output import Output
from bot.engine.shared import connect
from bot.engine.shared_store import SharedTrackerStore
from bot.engine.tracker_store import ForgetfulTrackerStore

ENDPOINTS = "endpoints.yml"
MAX_BODY = 64 * 1024  # bytes, as at the gateway; Sanic would take 100 MB
WARM_UP = (
    "vilka nummer kan jag ringa?",
    "min man slår mig, jag är 40 och bor i Nacka",
    "hur gör man en orosanmälan?",
    "vad har origo för telefonnummer?",
)
HOST = "127.0.0.1"  # unless LOTSEN_ENGINE_HOST names another, in a network that only gateways reach


def create_app(model: Path) -> Sanic:
    """Return the engine's application; the model and the actions are loaded when it starts.

    Raises:
        FileNotFoundError: if there is no model at `model`. Rasa would serve another one without a word.
    """
    if not model.is_file():
        raise FileNotFoundError(f"Det finns ingen tränad modell i {model}. Kör `make setup` så tränas den.")
    configure_structlog(logging.getLevelName(os.environ.get("LOG_LEVEL", "WARNING").upper()))
    logs.quiet()
    speedups.apply()
    secret = os.environ.get("LOTSEN_ENGINE_SECRET", "")
    channel = EngineInput(secret)
    app = configure_app([channel], enable_api=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    endpoints = AvailableEndpoints.read_endpoints(ENDPOINTS)
    endpoints.action = InProcessActions()

    async def load(app: Sanic, loop: object) -> None:
        redis = connect()
        endpoints.lock_store = ConversationLocks(redis=redis)
        if redis:
            silence = endpoints.tracker_store.kwargs["silence"]
            endpoints.tracker_store = SharedTrackerStore(Domain.empty(), redis, secret, silence=silence)
        agent = app.ctx.agent = await load_agent(model_path=str(model), endpoints=endpoints, loop=loop)
        if not agent.is_ready():
            raise RuntimeError(f"Modellen {model} går inte att läsa. Kör `make clean setup`.")
        # Rasa wraps the store in one that answers a failure with an empty conversation, and keeps a second copy.
        store = agent.tracker_store._tracker_store
        await warm_up(agent.processor)
        agent.tracker_store = agent.processor.tracker_store = store

    app.register_listener(load, "before_server_start")
    return app


async def warm_up(processor: MessageProcessor) -> None:
    """Take a turn that nobody sees: what is loaded at first use is loaded now, and no person waits for it."""
    processor.tracker_store = ForgetfulTrackerStore(processor.domain)
    for text in WARM_UP:
        said = UserMessage(text, Output("web"), "warm-up", input_channel="web")
        await asyncio.create_task(processor.handle_message(said))  # each turn has its own time limit


def main() -> int:
    """Serve until told to stop."""
    model = Path(os.environ.get("LOTSEN_MODEL", "models/lotsen.tar.gz"))
    port = int(os.environ.get("LOTSEN_ENGINE_PORT", "5005"))
    try:
        app = create_app(model)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    app.run(host=os.environ.get("LOTSEN_ENGINE_HOST") or HOST, port=port, workers=1, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
