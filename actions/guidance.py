"""Answers to questions on law and method, from reviewed topics."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now
from knowledge.questions import leans
from knowledge.situation import Perspective
from knowledge.types import Topic

SHOWN = 2  # topics


class ActionGuidance(SafeAction):
    """Shows the topics that answer the question, or what is good to know in such a situation and lines that advise."""

    def name(self) -> str:
        """Return the action's name in domain.yml."""
        return "action_guidance"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Look the question up among the topics."""
        asked = str(tracker.latest_message.get("text") or "")
        topics = replies.may_be_told(directory().find_topics(asked), slots.situation(tracker))[:SHOWN]
        if topics:
            dispatcher.utter_message(response="utter_guidance_topic", json_message=replies.guidance(topics))
            return [SlotSet(slots.TOPIC, topics[0].id)]
        near = self._near(asked, tracker)
        if near:
            dispatcher.utter_message(response="utter_guidance_near", json_message=replies.guidance(near))
        response = "utter_guidance_lines" if near else "utter_guidance_unknown"
        matches = directory().hotlines(slots.situation(tracker), now())
        dispatcher.utter_message(response=response, json_message=replies.hotlines(matches))
        return []

    @staticmethod
    def _near(asked: str, tracker: Tracker) -> tuple[Topic, ...]:
        """Return the topic that the question before was about, or what comes first in the situation; one or none."""
        situation = slots.situation(tracker)
        before = directory().topic(tracker.get_slot(slots.TOPIC) or "")
        if before and leans(asked):
            return replies.may_be_told([before], situation)
        if situation.violence_types or situation.perspective is Perspective.RELATIVE:
            return directory().topics(situation)[:1]
        return ()
