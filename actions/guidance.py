"""Answers to questions on law and method, from reviewed topics."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now
from knowledge.questions import leans
from knowledge.situation import Perspective, Situation
from knowledge.types import Topic

SHOWN = 2  # topics


def _is_meant(topic: Topic, situation: Situation) -> bool:
    """Tell whether a topic is for this reader, and not about another type of violence alone."""
    to_reader = situation.perspective in (None, Perspective.PROFESSIONAL) or situation.perspective in topic.audience
    asked, about = situation.violence_types, topic.violence_types
    return to_reader and (not asked or not about or bool(asked & about))


class ActionGuidance(SafeAction):
    """Shows the topics that answer the question, or what is good to know in such a situation and lines that advise."""

    def name(self) -> str:
        """Return the action's name in domain.yml."""
        return "action_guidance"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Look the question up among the topics."""
        asked = str(tracker.latest_message.get("text") or "")
        situation = slots.situation(tracker)
        if (tracker.latest_message.get("facets") or {}).get("whose_fault"):
            lines = replies.hotlines(directory().hotlines(situation, now()))
            dispatcher.utter_message(response="utter_guidance_not_your_fault", json_message=lines)
            return []
        topics = self._found(asked, situation)
        if topics:
            dispatcher.utter_message(response="utter_guidance_topic", json_message=replies.guidance(topics))
            return [SlotSet(slots.TOPIC, topics[0].id)]
        near = self._near(asked, tracker)
        if near:
            dispatcher.utter_message(response="utter_guidance_near", json_message=replies.guidance(near))
        response = "utter_guidance_lines" if near else "utter_guidance_unknown"
        matches = directory().hotlines(situation, now())
        dispatcher.utter_message(response=response, json_message=replies.hotlines(matches))
        return []

    @staticmethod
    def _found(asked: str, situation: Situation) -> tuple[Topic, ...]:
        """Return the topics that answer; none when the best is not for this reader: the others are further off."""
        found = directory().find_topics(asked)[:SHOWN]
        if not found:
            return ()
        meant = tuple(topic for topic in found if _is_meant(topic, situation))
        return meant if found[0] in meant else ()

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
