"""What a message adds to the situation, and the safety answer that comes before anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.base import Event, SafeAction, directory, now
from knowledge.situation import AgeGroup, Need, Perspective, Situation, ViolenceType
from knowledge.types import Match

SWEDISH = "sv"
DANGER = "emergency"  # asked about when a message leaves it open
DANGERS = (DANGER, "suicide_risk")
EVEN = 0.5  # probability
QUESTIONS = ("perspective", "violence_types", "municipality", "district", "age_group")
# Messages that ask for something else than the form does. They are answered by a rule, and then the form goes on.
ASIDES = ("hotline", "service_info", "guidance", "privacy", "bot", "locate_victim", "exit")
# These are asides only if nothing about the situation was in them: "hej, jag är 17" goes on with the form.
EMPTY = ("nlu_fallback", "affirm", "deny")
EMPTY_ASIDES = ("smalltalk", "out_of_scope", *EMPTY)
# The form asks about danger after these; beside another answer a line about 112 is said.
INTO_FORM = ("referral", "inform", "correct", "change", "show_now")
ABOUT_ANOTHER = (Perspective.RELATIVE, Perspective.PROFESSIONAL)
# The chip for a field clears what hangs together with it.
CLEARED_WITH = {"municipality": ("municipality", "district"), "age_group": ("age_group", "age")}


@dataclass(frozen=True)
class Heard:
    """One message: its intent, and what NLU, the pressed button or the scrubber read out of it."""

    intent: str
    facets: Mapping[str, Any]
    change: str | None = None


def hear(tracker: Tracker) -> Heard:
    """Read the latest message: `facets` from bot/nlu, entities of a button's payload, facts the scrubber kept."""
    message = tracker.latest_message
    facets = dict((message.get("metadata") or {}).get("facts") or {})
    facets |= message.get("facets") or {}
    change = None
    for entity in message.get("entities") or []:
        if str(message.get("text", "")).startswith("/"):
            if entity["entity"] == "field":
                change = entity["value"]
            elif entity["entity"] == "violence_type":
                facets["violence_types"] = [entity["value"]]
            elif entity["entity"] in DANGERS:
                facets[entity["entity"]] = True
            else:
                facets[entity["entity"]] = entity["value"]
    intent = str(message.get("intent", {}).get("name"))
    yes = facets.get("answer") == "yes" or facets.get("cry")
    if yes and tracker.get_slot(slots.REQUESTED) == DANGER and DANGER not in (facets.get("negated") or {}):
        # "Är någon i fara?" "Ja han är arg och ...", "HJÄLP": a yes, whatever else is told.
        facets[DANGER] = True
    return Heard(intent, facets, change)


def merge(before: Situation, heard: Heard, requested: str | None) -> Situation:
    """Return the situation after the message.

    Facts add up over a conversation; what is denied goes, be it a type or danger that is over. A correction replaces; a
    field that was just asked for is replaced as well. Who is writing is settled once: a later "min mamma" does not turn
    a victim into a relative, unless it is a correction or told outright, and "jag är 20" is not the age of the sister
    whom the talk is about, nor "han är 19" that of who tells of herself, nor "jag bor i Malmö" where she lives when
    that is known. Who was taken for the violent one and is hit by "min man" is exposed, whatever she has done.
    """
    facets = heard.facets
    correcting = heard.intent in ("correct", "change")
    known = {name for name in Situation.__dataclass_fields__ if facets.get(name) not in (None, [], False)}
    if facets.get("own_age") and before.perspective not in (None, *ABOUT_ANOTHER):
        facets = {**facets, "age": facets["own_age"], "age_is_anothers": False}
    if facets.get("age_is_writers") and before.perspective in ABOUT_ANOTHER and not correcting:
        known -= {"age", "age_group"}
    if facets.get("age_is_anothers") and before.perspective not in (None, *ABOUT_ANOTHER):
        known -= {"age", "age_group"}
    if facets.get("place_is_writers") and before.perspective in ABOUT_ANOTHER and before.municipality:
        known -= set() if correcting else {"municipality", "district"}
    if requested == "violence_types" and facets.get("close"):
        # "Vad handlar det om?" "Min pappa": that is who does it, not who it is about.
        known -= {"perspective"}
        facets = {"violence_types": [ViolenceType.CLOSE_RELATIONSHIP.value], **facets}
        known |= {"violence_types"}
    said = Situation.parse({name: facets[name] for name in known})
    after = before
    told = before.perspective is None or correcting or facets.get("perspective_is_told")
    was_violent = before.perspective is Perspective.PERPETRATOR
    exposed_too = was_violent and facets.get("is_hit") and said.perspective is Perspective.EXPOSED
    if "perspective" in known and (told or exposed_too or requested == "perspective"):
        after = replace(after, perspective=said.perspective)
    negated = facets.get("negated") or {}
    denied = frozenset(negated.get("violence_types", ()))
    kept = frozenset() if correcting and said.violence_types else after.violence_types
    after = replace(after, violence_types=(kept | said.violence_types) - denied)
    if said.age is not None:
        after = replace(after, age=said.age, age_group=said.age_group)
    elif said.age_group and (correcting or requested == "age_group" or before.age_group is None):
        after = replace(after, age=None, age_group=said.age_group)
    if said.municipality:
        after = replace(after, municipality=said.municipality, district=said.district)
    if said.gender and (before.gender is None or correcting):
        after = replace(after, gender=said.gender)
    exposed = after.perspective is Perspective.EXPOSED
    at_home = bool(facets.get("has_children")) and ViolenceType.CLOSE_RELATIONSHIP in after.violence_types
    child = before.child_at_risk or said.child_at_risk or (exposed and at_home)
    if exposed and after.age_group is AgeGroup.ELDERLY:  # "min son slår mig", at 79
        child = False
    if correcting and before.age_group is AgeGroup.CHILD and after.age_group is not AgeGroup.CHILD:
        child = said.child_at_risk
    needs = after.needs | said.needs
    if said.perspective is Perspective.PERPETRATOR and exposed:  # "jag har ramlat", heard as somebody else's words
        needs -= {Need.PERPETRATOR_TREATMENT} - before.needs
    if facets.get("tells_when") and ViolenceType.SEXUAL in after.violence_types:  # "i förrgår"
        needs |= {Need.HEALTH_CARE, Need.FORENSIC_EVIDENCE}
    if facets.get("hurt") and after.perspective in (None, Perspective.EXPOSED):
        needs |= {Need.HEALTH_CARE}
    needs -= frozenset(map(Need, negated.get("needs", ())))
    if after.perspective is Perspective.PERPETRATOR:
        needs -= {Need.EXIT}  # the way out is for who sells; "hjälp mig sluta"
    after = replace(
        after,
        needs=needs,
        emergency=said.emergency or (before.emergency and not negated.get("emergency")),
        suicide_risk=said.suicide_risk or (before.suicide_risk and not negated.get("suicide_risk")),
        child_at_risk=child,
    )
    return after.completed()


def speaks_of_suicide(facets: Mapping[str, Any]) -> bool:
    """Tell whether the words for suicide risk fit; beside danger it must be as likely as not, or as the danger."""
    confidence = facets.get("confidence") or {}
    enough = min(EVEN, confidence.get(DANGER, 1.0))
    return bool(facets.get("suicide_risk")) and (
        not facets.get(DANGER) or confidence.get("suicide_risk", 1.0) >= enough
    )


def is_answered(asked: str, heard: Heard, after: Situation) -> bool:
    """Tell whether a message answers the question: what was asked for is known, or there is no danger."""
    negated = heard.facets.get("negated") or {}
    pressed_no = heard.intent == "deny" and not heard.facets
    no = asked in negated or (not negated and (pressed_no or heard.facets.get("answer") == "no"))
    return bool(getattr(after, asked)) or (asked == DANGER and no)


def follow_up(requested: str | None, heard: Heard, after: Situation, skipped: set[str], left: str | None) -> str | None:
    """Add to `skipped` what is not asked again, and return the question that was left unanswered once, as `left` was.

    "Tack", or a place when danger is asked about, is no answer: it comes once more, but for danger to a professional,
    who would say so. A side question, or a chip that is pressed, is seen to first and does not count.
    """
    if not requested or is_answered(requested, heard, after):
        skipped |= {DANGER} & {requested}
        return None
    if heard.intent in (*ASIDES, "change"):
        return left
    knows = requested == DANGER and after.perspective is Perspective.PROFESSIONAL
    if heard.intent == "decline" or left == requested or knows:
        skipped.add(requested)
    return requested


class ActionUnderstand(SafeAction):
    """Rasa calls this before any rule is asked, whatever the intent: danger is answered first, always."""

    def name(self) -> str:
        """Return the name that Rasa looks for."""
        return "action_validate_slot_mappings"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Merge the message into the situation; the emergency card if the message speaks of danger or suicide."""
        heard = hear(tracker)
        before = slots.situation(tracker)
        requested = tracker.get_slot(slots.REQUESTED)
        after = merge(before, heard, requested)
        shown = bool(heard.facets.get("emergency") or heard.facets.get("suicide_risk"))
        if shown:
            another = "_other" if after.perspective in ABOUT_ANOTHER else ""
            suicide = speaks_of_suicide(heard.facets)
            response = f"utter_safety_suicide{another}" if suicide else "utter_safety_emergency"
            matches = directory().emergency(after, now())
            dispatcher.utter_message(response=response, json_message=replies.emergency(matches))
        elif after.suicide_risk and after == before and heard.intent in (*EMPTY, "inform", "decline"):
            # "Nej, jag menar allvar" and "alla" are never answered with an "okej" alone.
            shown = True
            lines = replies.emergency(directory().emergency(after, now()))
            dispatcher.utter_message(response="utter_safety_suicide", json_message=lines)
        of_another = after.perspective in (Perspective.RELATIVE, Perspective.PERPETRATOR)
        new = of_another or Need.HEALTH_CARE in after.needs - before.needs
        if heard.facets.get("hurt") and not heard.facets.get(DANGER) and new:
            ways = [Match(service=one, why=()) for one in directory().all() if "vag_till_vard" in one.traits]
            response = "utter_safety_care_other" if of_another else "utter_safety_care"
            dispatcher.utter_message(response=response, json_message=replies.hotlines(ways))
        if heard.facets.get("deaf"):
            dispatcher.utter_message(response="utter_safety_deaf")
        language = heard.facets.get("language") or SWEDISH
        if language not in (SWEDISH, tracker.get_slot(slots.LANGUAGE)) and heard.intent != "nlu_fallback":
            lines = replies.hotlines(replies.lines_with_interpreter(directory(), after, now()))
            dispatcher.utter_message(response="utter_fallback_other_language", json_message=lines)
        said = slots.values(after) | {slots.LANGUAGE: language}
        skipped = set(tracker.get_slot(slots.SKIPPED) or ())
        if heard.change:
            said |= dict.fromkeys(CLEARED_WITH.get(heard.change, (heard.change,)))
            skipped.discard(heard.change)
        unanswered = follow_up(requested, heard, after, skipped, tracker.get_slot(slots.UNANSWERED))
        said[slots.UNANSWERED] = unanswered
        if heard.intent == "show_now":
            skipped.update(QUESTIONS)
        said[slots.SKIPPED] = sorted(skipped) or None
        candidates = heard.facets.get("place_candidates") or tracker.get_slot(slots.PLACE_CANDIDATES)
        said[slots.PLACE_CANDIDATES] = candidates if not said["municipality"] else None
        likely = heard.facets.get("likely") or {}
        said[slots.LIKELY_TYPES] = likely.get("violence_types")
        is_likely = requested == DANGER or bool(likely.keys() & set(DANGERS))
        said[slots.LIKELY_DANGER] = (is_likely and DANGER not in skipped) or None
        aside = heard.intent not in INTO_FORM or heard.facets.get("cry")
        asks_nothing = aside or after.suicide_risk
        open_still = said[slots.LIKELY_DANGER] and not requested and asks_nothing
        if not shown and (open_still or (after.emergency and heard.intent in EMPTY)):
            dispatcher.utter_message(response="utter_safety_in_case")
        if heard.intent != "nlu_fallback":
            said[slots.MISUNDERSTOOD] = None
        if heard.intent != "guidance":
            said[slots.TOPIC] = None
        return [SlotSet(name, value) for name, value in said.items() if value != tracker.get_slot(name)]
