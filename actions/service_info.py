"""What is known of a service that is asked for by name."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now
from knowledge.types import Match, Service


def asked_for(tracker: Tracker) -> tuple[Service, ...]:
    """Return up to three services that the message names, also by kind alone ("soc") when the place is known."""
    situation = slots.situation(tracker)
    place = situation.district or situation.municipality or ""
    found = directory().search(f"{tracker.latest_message.get('text') or ''} {place}")[:3]
    return replies.may_be_told(found, situation)


class ActionServiceInfo(SafeAction):
    """Shows the service, or helplines when the name is not known."""

    def name(self) -> str:
        """Return the action's name in domain.yml."""
        return "action_service_info"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Look the name up in the message."""
        found = asked_for(tracker)
        if found:
            matches = [Match(service=service, why=()) for service in found]
            dispatcher.utter_message(
                response="utter_service_info_found", name=found[0].name, json_message=replies.hotlines(matches)
            )
        else:
            matches = list(directory().hotlines(slots.situation(tracker), now()))
            dispatcher.utter_message(response="utter_service_info_unknown", json_message=replies.hotlines(matches))
        return []
