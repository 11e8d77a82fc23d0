"""Helplines at once, for someone who only wants a number."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now
from actions.service_info import asked_for
from knowledge.types import Match

# A service can be named without being asked for: "vågar inte ringa soc", "jag bor på kvinnojour".
_DECLINES = re.compile(r"\b(inte|ej|annan|annat|andra|slippa|istället|bor på|jobbar|lagt ner)\b")


class ActionHotlines(SafeAction):
    """Shows the lines that fit what is known; asks nothing."""

    def name(self) -> str:
        """Return the action's name in domain.yml."""
        return "action_hotlines"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask the directory for lines; one that was named comes first."""
        declined = _DECLINES.search(str(tracker.latest_message.get("text") or "").lower())
        named = [] if declined else [Match(service=service, why=()) for service in asked_for(tracker)[:1]]
        matches = replies.once([*named, *directory().hotlines(slots.situation(tracker), now())])
        dispatcher.utter_message(response="utter_hotlines_list", json_message=replies.hotlines(matches))
        return []
