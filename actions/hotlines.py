"""Helplines at once, for someone who only wants a number."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now


class ActionHotlines(SafeAction):
    """Shows the lines that fit what is known; asks nothing."""

    def name(self) -> str:
        """Return the action's name in domain.yml."""
        return "action_hotlines"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask the directory for lines."""
        matches = directory().hotlines(slots.situation(tracker), now())
        dispatcher.utter_message(response="utter_hotlines_list", json_message=replies.hotlines(matches))
        return []
