"""Custom actions in the engine's own process, called through Rasa's action endpoint interface."""

from __future__ import annotations

import asyncio
import logging
import time
from contextvars import ContextVar
from typing import Any

from rasa.core.actions.action import ActionExecutionRejection
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection as SdkRejection

logger = logging.getLogger(__name__)

LIMIT = 1.2  # seconds for the actions of one turn: with the rest of it, less than the two that a person may wait
LEAST = 0.05  # seconds for an action, even if the others took all; those that only compute need no more
GIVE_UP = "utter_fallback_error"  # a response of domain.yml with 112 and a staffed line
PACKAGE = "actions"  # Named, not imported: the conversation and the actions meet only here and in domain.yml.
_turn_ends: ContextVar[float] = ContextVar("turn_ends")  # each turn is a task, so each has its own


class InProcessActions(EndpointConfig):
    """Runs actions by rasa-sdk's executor instead of an HTTP call to a second server."""

    def __init__(self) -> None:
        """Load every action of `PACKAGE`; a package that cannot be imported stops the engine."""
        super().__init__(url="in-process", enable_selective_domain=True)
        self.executor = ActionExecutor()
        self.executor.register_package(PACKAGE)

    async def request(
        self, method: str = "post", subpath: str | None = None, compress: bool = False, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Run the action named in `kwargs["json"]["next_action"]` and return its events and responses.

        One that hangs or raises is answered for: Rasa would meet the person with silence.
        """
        call = kwargs["json"]
        try:
            async with asyncio.timeout(_left()):
                return await self.executor.run(call)
        except SdkRejection as rejection:
            raise ActionExecutionRejection(rejection.action_name, rejection.message) from None
        except Exception as error:
            # Class names only: the text of an error can hold what the person wrote.
            logger.error("action %s gave no answer: %s", call["next_action"], type(error).__name__)
            return {"events": [], "responses": [{"response": GIVE_UP}]}


def _left() -> float:
    now = time.monotonic()
    ends = _turn_ends.get(0.0)
    if not ends:
        _turn_ends.set(ends := now + LIMIT)
    return max(LEAST, ends - now)
