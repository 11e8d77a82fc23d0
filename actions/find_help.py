"""The one form: what is asked, in which order, and the referral at its end."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now
from actions.understand import ABOUT_ANOTHER, ASIDES, DANGER, EMPTY_ASIDES, QUESTIONS
from knowledge.eligibility import is_known_child
from knowledge.guidance import has_duty_to_report
from knowledge.labels import term
from knowledge.situation import OUTSIDE_COUNTY, Need, Perspective, Situation, ViolenceType

# What a summary says. When one of them was answered instead of the question, it is said back before the question is
# asked again in the same words.
SAID_BACK = ("violence_types", "age", "age_group", "municipality", "district")


def missing(situation: Situation, skipped: Iterable[str], danger_is_likely: bool = False) -> tuple[str, ...]:
    """Return the questions that still matter, in the order they are to be asked.

    In danger nothing is asked; when it is likely but not sure, danger is asked about first. For someone who uses
    violence the type matters less than where help is found. The district matters only in Stockholm, whose
    social services are divided by district.
    """
    if situation.emergency or situation.suicide_risk:
        return ()
    wanted = [DANGER, *QUESTIONS] if danger_is_likely else list(QUESTIONS)
    if situation.perspective is Perspective.PERPETRATOR:
        wanted.remove("violence_types")
    if situation.municipality != "Stockholm":
        wanted.remove("district")
    treatment = situation.perspective in ABOUT_ANOTHER and Need.PERPETRATOR_TREATMENT in situation.needs
    if situation.municipality == OUTSIDE_COUNTY or treatment:  # it is not the age of who is exposed that matters then
        wanted.remove("age_group")
    return tuple(name for name in wanted if not getattr(situation, name) and name not in set(skipped))


def is_urgent(situation: Situation) -> bool:
    """Tell whether the lines for danger come before the questions: evidence of rape is lost by the hour, and a child
    that is abused is not to wait for a list.
    """
    sexual = ViolenceType.SEXUAL in situation.violence_types
    to_child = is_known_child(situation) and situation.perspective in (None, Perspective.EXPOSED)
    return sexual and (to_child or Need.FORENSIC_EVIDENCE in situation.needs)


def is_aside(tracker: Tracker) -> bool:
    """Tell whether the latest message asks for something else than the form does."""
    intent = tracker.latest_message.get("intent", {}).get("name")
    if intent in ASIDES:
        return True
    if intent == "deny" and tracker.get_slot(slots.REQUESTED) == DANGER:
        return False
    return intent in EMPTY_ASIDES and not _since_user(tracker, "slot", slots.SITUATION)


def _since_user(tracker: Tracker, kind: str, names: Iterable[str]) -> bool:
    """Tell whether an event of the kind, with one of the names, has come after the latest user message."""
    wanted = set(names)
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == kind and event.get("name") in wanted:
            return True
    return False


class ValidateFindHelpForm(SafeAction):
    """Decides what the form asks next, or steps aside for another rule."""

    def name(self) -> str:
        """Return the name that Rasa's form looks for."""
        return "validate_find_help_form"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Set the next question; reject when the message is an aside that has not been answered yet."""
        asked = tracker.get_slot(slots.REQUESTED)
        if asked and is_aside(tracker) and not self._answered(tracker):
            raise ActionExecutionRejection("find_help_form")
        skipped = tracker.get_slot(slots.SKIPPED) or ()
        situation = slots.situation(tracker)
        ahead = missing(situation, skipped, bool(tracker.get_slot(slots.LIKELY_DANGER)))
        at_once = bool(ahead) and (has_duty_to_report(situation) or is_urgent(situation))
        if at_once and not tracker.get_slot(slots.TOLD_AT_ONCE):  # before anything is asked
            if has_duty_to_report(situation):
                duty = replies.guidance(directory().topics(situation)[:1])
                dispatcher.utter_message(response="utter_find_help_duties", json_message=duty)
            else:
                lines = replies.hotlines(directory().find(situation, now()).groups[0].matches)
                dispatcher.utter_message(response="utter_find_help_at_once", json_message=lines)
        told = _since_user(tracker, "slot", filter(tracker.get_slot, SAID_BACK))
        if ahead and asked == ahead[0] and told:
            dispatcher.utter_message(response="utter_find_help_noted", summary=replies.summary(situation))
        return [
            # Setting `skipped` tells Rasa's form that the message was for it, also when nothing new was said.
            SlotSet(slots.SKIPPED, skipped or None),
            SlotSet(slots.TOLD_AT_ONCE, tracker.get_slot(slots.TOLD_AT_ONCE) or at_once or None),
            SlotSet(slots.REQUESTED, ahead[0] if ahead else None),
        ]

    @staticmethod
    def _answered(tracker: Tracker) -> bool:
        for event in reversed(tracker.events):
            if event["event"] == "user":
                return False
            if event["event"] == "action" and event["name"] not in ("find_help_form", "action_listen"):
                return True
        return False


class ActionAskViolenceTypes(SafeAction):
    """Asks for the type; the likely ones as buttons when the text pointed at some."""

    def name(self) -> str:
        """Return the name that Rasa's form looks for."""
        return "action_ask_find_help_form_violence_types"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        likely = tracker.get_slot(slots.LIKELY_TYPES) or ()
        if not likely:
            dispatcher.utter_message(response="utter_ask_find_help_form_violence_types")
            return []
        buttons = [
            replies.button(term("violence_type", kind), "inform", violence_type=kind)
            for kind in ViolenceType
            if kind in likely
        ]
        buttons.append({"title": term("answer", "other"), "payload": "/decline"})
        dispatcher.utter_message(response="utter_find_help_unsure_types", buttons=buttons)
        return []


class ActionAskMunicipality(SafeAction):
    """Asks for the place; which one, when several have the name that was said."""

    def name(self) -> str:
        """Return the name that Rasa's form looks for."""
        return "action_ask_find_help_form_municipality"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        candidates = tracker.get_slot(slots.PLACE_CANDIDATES) or ()
        if not candidates:
            dispatcher.utter_message(response="utter_ask_find_help_form_municipality")
            return []
        buttons = []
        for candidate in candidates:
            municipality, _, district = candidate.partition("/")
            place = {"district": district} if district else {"municipality": municipality}
            buttons.append(replies.button(district or municipality, "inform", **place))
        dispatcher.utter_message(response="utter_find_help_which_place", buttons=buttons)
        return []


class ActionFindHelp(SafeAction):
    """The referral: for professionals their own duties first."""

    def name(self) -> str:
        """Return the action's name in domain.yml."""
        return "action_find_help"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask the directory and show what it found; not once more when something was told that changes nothing."""
        told = tracker.latest_message.get("intent", {}).get("name") == "inform"
        before = tracker.get_slot(slots.REFERRED)
        if told and before is not None and not _since_user(tracker, "slot", slots.SITUATION):
            dispatcher.utter_message(response="utter_find_help_same")
            return []
        situation = slots.situation(tracker)
        referral = directory().find(situation, now())
        duties = [topic.id for topic in referral.guidance]
        at_work = situation.perspective is Perspective.PROFESSIONAL
        if at_work and duties and duties != before:  # once, also when the place is put right
            dispatcher.utter_message(
                response="utter_find_help_duties", json_message=replies.guidance(referral.guidance)
            )
        summary = replies.summary(situation)
        is_perpetrator = situation.perspective is Perspective.PERPETRATOR
        response = "utter_find_help_referral" if summary or is_perpetrator else "utter_find_help_general"
        dispatcher.utter_message(response=response, summary=summary, json_message=replies.referral(referral))
        return [SlotSet(slots.REFERRED, duties)]
