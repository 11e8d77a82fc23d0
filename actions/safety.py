"""Someone who tries to find a person that has left."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import replies
from actions.base import Event, SafeAction, directory, now
from knowledge.situation import Perspective, Situation


class ActionLocateVictim(SafeAction):
    """Never helps to find the person; gives lines for those who use violence, now and for the rest of the talk."""

    def name(self) -> str:
        """Return the action's name in domain.yml."""
        return "action_locate_victim"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Decline and show the lines."""
        matches = directory().hotlines(Situation(perspective=Perspective.PERPETRATOR), now())
        dispatcher.utter_message(response="utter_safety_locate_victim", json_message=replies.hotlines(matches))
        return [SlotSet("perspective", Perspective.PERPETRATOR.value)]
