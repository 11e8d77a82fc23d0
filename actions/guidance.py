"""Answers to questions on law and method, from reviewed topics."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now


class ActionGuidance(SafeAction):
    """Shows the topics that answer the question, or lines that give advice."""

    def name(self) -> str:
        """Return the action's name in domain.yml."""
        return "action_guidance"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Look the question up among the topics."""
        topics = directory().find_topics(tracker.latest_message.get("text") or "")[:2]
        if topics:
            dispatcher.utter_message(response="utter_guidance_topic", json_message=replies.guidance(topics))
        else:
            matches = directory().hotlines(slots.situation(tracker), now())
            dispatcher.utter_message(response="utter_guidance_unknown", json_message=replies.hotlines(matches))
        return []
