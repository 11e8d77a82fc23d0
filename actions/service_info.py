"""What is known of a service that is asked for, by name or as one of those that were shown."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now
from knowledge.types import Match, Service

FREE = "gratis"  # begins the cost of a service in the facts
_HEAD = 6  # letters by which a kind is known: "socialjouren", "socialtjänst"


def asked_for(tracker: Tracker) -> tuple[Service, ...]:
    """Return up to three services that the message names, also by kind alone ("soc") when the place is known.

    The place alone names none: "är det gratis" is not about whatever has Nacka in its name.
    """
    situation = slots.situation(tracker)
    text = str(tracker.latest_message.get("text") or "")
    place = situation.district or situation.municipality or ""
    named = directory().search(text)
    heads = "|".join(word[:_HEAD] for word in re.findall(r"\w{3,}", text.lower()))
    kind = re.compile(rf"\b(?:{heads})" if heads else r"\Z.")
    found = [one for one in directory().search(f"{text} {place}") if one in named or kind.search(one.name.lower())]
    return replies.may_be_told(found, situation)[:3]


class ActionServiceInfo(SafeAction):
    """Shows the service; without a name those of the referral, or helplines when there is none yet."""

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
            return []
        situation = slots.situation(tracker)
        groups = directory().find(situation, now()).groups
        free = [match for group in groups for match in group.matches if (match.service.cost or "").startswith(FREE)]
        if free and (tracker.latest_message.get("facets") or {}).get("asks_cost"):
            response, matches = "utter_service_info_free", free
        elif situation.violence_types or situation.municipality:  # "var ligger det", of what was shown
            response, matches = "utter_service_info_which", [group.matches[0] for group in groups if group.id != "akut"]
        else:
            response, matches = "utter_service_info_unknown", list(directory().hotlines(situation, now()))
        dispatcher.utter_message(response=response, json_message=replies.hotlines(matches))
        return []
