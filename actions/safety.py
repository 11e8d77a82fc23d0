"""Someone who tries to find a person that has left."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now
from actions.understand import ABOUT_ANOTHER, hear
from knowledge.situation import Perspective, Situation


class ActionLocateVictim(SafeAction):
    """Never helps to find the person; gives lines for those who use violence.

    The rest of the talk is with somebody who uses violence, unless it is known to be with somebody else: a victim who
    asks where he cannot find her, a social worker who looks for a place.
    """

    def name(self) -> str:
        """Return the action's name in domain.yml."""
        return "action_locate_victim"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Decline and show the lines."""
        situation = slots.situation(tracker)
        known = situation.perspective
        own = situation if known in (None, Perspective.PERPETRATOR) else Situation()  # not the age of the exposed
        matches = directory().hotlines(replace(own, perspective=Perspective.PERPETRATOR), now())
        dispatcher.utter_message(response="utter_safety_locate_victim", json_message=replies.hotlines(matches))
        exposed = known is Perspective.EXPOSED and hear(tracker).facets.get("perspective") != Perspective.PERPETRATOR
        if exposed or known in ABOUT_ANOTHER:
            return []
        return [SlotSet("perspective", Perspective.PERPETRATOR.value)]
