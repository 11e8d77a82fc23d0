"""The first turn in every channel."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, SafeAction


class ActionSessionStart(SafeAction):
    """Says that this is an AI assistant, that nothing personal is stored, and 112 in danger."""

    def name(self) -> str:
        """Return the name that Rasa looks for at the start of a conversation."""
        return "action_session_start"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Greet."""
        dispatcher.utter_message(response="utter_about_greeting")
        return [SessionStarted(), ActionExecuted("action_listen")]
