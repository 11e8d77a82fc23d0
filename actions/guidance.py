"""Answers to questions on law and method, from reviewed topics."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now
from knowledge.situation import Perspective


class ActionGuidance(SafeAction):
    """Shows the topics that answer the question, or what is good to know in such a situation and lines that advise."""

    def name(self) -> str:
        """Return the action's name in domain.yml."""
        return "action_guidance"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Look the question up among the topics."""
        topics = directory().find_topics(tracker.latest_message.get("text") or "")[:2]
        if topics:
            dispatcher.utter_message(response="utter_guidance_topic", json_message=replies.guidance(topics))
            return []
        situation = slots.situation(tracker)
        response = "utter_guidance_unknown"
        if situation.violence_types or situation.perspective is Perspective.RELATIVE:
            near = directory().topics(situation)[:1]
            dispatcher.utter_message(response="utter_guidance_near", json_message=replies.guidance(near))
            response = "utter_guidance_lines"
        matches = directory().hotlines(situation, now())
        dispatcher.utter_message(response=response, json_message=replies.hotlines(matches))
        return []
