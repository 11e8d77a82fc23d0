"""When a message is not understood: once another try, twice a way out with people to call."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now
from actions.understand import SWEDISH


class ActionFallback(SafeAction):
    """Counts misunderstandings in a row."""

    def name(self) -> str:
        """Return the action's name in domain.yml."""
        return "action_fallback"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask for other words first; then show helplines and ways on."""
        times = int(tracker.get_slot(slots.MISUNDERSTOOD) or 0) + 1
        language = (tracker.latest_message.get("facets") or {}).get("language") or SWEDISH
        lines = replies.hotlines(replies.lines_with_interpreter(directory(), slots.situation(tracker), now()))
        if language != SWEDISH:
            dispatcher.utter_message(response="utter_fallback_other_language", json_message=lines)
        elif times == 1:
            dispatcher.utter_message(response="utter_fallback_rephrase")
        else:
            dispatcher.utter_message(response="utter_fallback_twice", json_message=lines)
        counted: list[Event] = [SlotSet(slots.MISUNDERSTOOD, times)]
        if (tracker.latest_message.get("intent") or {}).get("name") != "nlu_fallback":
            # No rule knew what to do, and none will know what comes after this: without an end Rasa would go on asking.
            counted.append(FollowupAction("action_listen"))
        return counted
