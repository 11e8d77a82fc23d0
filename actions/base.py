"""What every action shares: it never raises, and the person is never met by silence."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from datetime import datetime
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from knowledge.directory import ServiceDirectory, load_directory
from knowledge.hours import STOCKHOLM

logger = logging.getLogger(__name__)

Event = dict[str, Any]


@lru_cache(maxsize=1)
def directory() -> ServiceDirectory:
    """Return the one directory that all actions ask; it reloads itself when the facts change."""
    return load_directory()


def now() -> datetime:
    """Return the time in Sweden, for opening hours."""
    return datetime.now(STOCKHOLM)


class SafeAction(Action, ABC):
    """An action that answers even when it fails.

    Rasa's own behaviour on a failing action is silence, and the whole conversation in the log. Here the person gets 112
    and a staffed line from `domain.yml`, which need no database, and the log gets the name of the error.
    """

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        """Run `act`; on any error say the error response instead and leave the conversation as it was."""
        try:
            return await self.act(dispatcher, tracker)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            # Class names only: the text of an error can hold what the person wrote.
            logger.error("action %s failed: %s", self.name(), type(error).__name__)
            dispatcher.messages.clear()
            dispatcher.utter_message(response="utter_fallback_error")
            return []

    @abstractmethod
    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Do the work: utter by name, return events."""
