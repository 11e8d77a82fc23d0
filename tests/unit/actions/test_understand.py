"""How facts add up over a conversation."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import SafeAction
from actions.find_help import missing
from actions.understand import ActionUnderstand, Heard, follow_up, hear, merge
from knowledge.situation import Situation

CASES: list[tuple[str, dict[str, Any], str, dict[str, Any], str | None, dict[str, Any]]] = [
    # name, before, intent, facets, requested, after (only what is looked at)
    ("first facts", {}, "referral", {"age": 15, "violence_types": ["heder"]}, None,
     {"age": 15, "age_group": "barn", "violence_types": ["heder"], "child_at_risk": True}),
    ("types add up", {"violence_types": ["heder"]}, "referral", {"violence_types": ["sexuellt"]}, None,
     {"violence_types": ["heder", "sexuellt"]}),
    ("a correction replaces", {"violence_types": ["heder"]}, "correct", {"violence_types": ["nara_relation"]}, None,
     {"violence_types": ["nara_relation"]}),
    ("a denied type goes", {"violence_types": ["heder", "nara_relation"]}, "correct",
     {"negated": {"violence_types": ["heder"]}}, None, {"violence_types": ["nara_relation"]}),
    ("a mother mentioned later does not make a relative", {"perspective": "utsatt"}, "referral",
     {"perspective": "anhorig"}, None, {"perspective": "utsatt"}),
    ("unless it is a correction", {"perspective": "utsatt"}, "correct", {"perspective": "anhorig"}, None,
     {"perspective": "anhorig"}),
    ("or the answer to the question", {"perspective": "utsatt"}, "inform", {"perspective": "anhorig"}, "perspective",
     {"perspective": "anhorig"}),
    ("a new place", {"municipality": "Stockholm", "district": "Järva"}, "correct", {"municipality": "Täby"}, None,
     {"municipality": "Täby", "district": None}),
    ("a district gives Stockholm", {}, "inform", {"district": "Farsta"}, "municipality",
     {"municipality": "Stockholm", "district": "Farsta"}),
    ("an age group does not blur an age", {"age": 34}, "referral", {"age_group": "ung_vuxen"}, None,
     {"age": 34, "age_group": "vuxen"}),
    ("a corrected age takes the child away", {"age": 15, "violence_types": ["heder"]}, "correct", {"age": 19}, None,
     {"age": 19, "age_group": "ung_vuxen", "child_at_risk": False}),
    ("the writer's own age is not the sister's", {"perspective": "anhorig", "age": 15}, "referral",
     {"age": 20, "age_group": "ung_vuxen", "age_is_writers": True}, None, {"age": 15}),
    ("unless it corrects who is meant", {"perspective": "anhorig", "age": 15}, "correct",
     {"age": 20, "age_is_writers": True}, None, {"age": 20}),
    ("danger stays", {"emergency": True}, "inform", {"age": 40}, None, {"emergency": True, "age": 40}),
    ("until the writer says that it is over", {"emergency": True, "suicide_risk": True}, "deny",
     {"negated": {"emergency": True}}, None, {"emergency": False, "suicide_risk": True}),
    ("who does it, asked what it is about", {"perspective": None}, "inform", {"perspective": "anhorig", "close": True},
     "violence_types", {"perspective": None, "violence_types": ["nara_relation"]}),
    ("unless the family's honour is meant", {}, "inform", {"violence_types": ["heder"], "close": True},
     "violence_types", {"violence_types": ["heder"]}),
    ("or of suicide", {"emergency": True, "suicide_risk": True}, "inform", {"negated": {"suicide_risk": True}}, None,
     {"emergency": True, "suicide_risk": False}),
    ("the writer's own town is not hers", {"perspective": "anhorig", "municipality": "Norrtälje"}, "inform",
     {"municipality": "utanfor_lanet", "place_is_writers": True}, None, {"municipality": "Norrtälje"}),
    ("unless none is known", {"perspective": "anhorig"}, "inform", {"municipality": "Täby", "place_is_writers": True},
     "municipality", {"municipality": "Täby"}),
    ("two ages, of one who has told of herself", {"perspective": "utsatt"}, "inform",
     {"age": 52, "own_age": 48, "age_is_anothers": True}, None, {"age": 48}),
    ("or has not", {}, "inform", {"age": 52, "own_age": 48}, None, {"age": 52}),
    ("who was taken for the violent one and is hit", {"perspective": "utovare"}, "referral",
     {"perspective": "utsatt", "is_hit": True}, None, {"perspective": "utsatt"}),
    ("when, after a rape", {"violence_types": ["sexuellt"]}, "inform", {"tells_when": True}, None,
     {"needs": ["vard", "sparsakring"]}),
    ("a body that is hurt", {"perspective": "utsatt"}, "inform", {"hurt": True}, None, {"needs": ["vard"]}),
    ("but not that of the violent one", {"perspective": "utovare"}, "inform", {"hurt": True}, None, {"needs": []}),
    ("no treatment for who is exposed", {"perspective": "utsatt"}, "referral",
     {"perspective": "utovare", "needs": ["behandling_utovare"]}, None, {"needs": []}),
    ("needs add up", {"needs": ["tolk"]}, "referral", {"needs": ["juridik"]}, None, {"needs": ["juridik", "tolk"]}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "intent", "facets", "requested", "after"), CASES, ids=lambda v: str(v)[:40])
def test_merge(
    name: str,
    before: dict[str, Any],
    intent: str,
    facets: dict[str, Any],
    requested: str | None,
    after: dict[str, Any],
) -> None:
    got = merge(Situation.parse(before), Heard(intent, facets), requested).to_dict()
    assert {field: got[field] for field in after} == after


def tracker(message: dict[str, Any], **slots: Any) -> Tracker:
    return Tracker("c", slots, message, [], False, None, {}, "action_listen")


def test_only_buttons_carry_entities() -> None:
    entities = [{"entity": "perspective", "value": "utsatt"}]
    typed = hear(tracker({"text": "hej", "intent": {"name": "inform"}, "entities": entities}))
    assert "perspective" not in typed.facets
    pressed = hear(
        tracker({"text": '/inform{"perspective": "utsatt"}', "intent": {"name": "inform"}, "entities": entities})
    )
    assert pressed.facets["perspective"] == "utsatt"


def test_age_of_a_personnummer_is_heard_and_words_win() -> None:
    message: dict[str, Any] = {"text": "hej", "intent": {"name": "inform"}, "metadata": {"facts": {"age": 16}}}
    assert hear(tracker(message)).facets["age"] == 16
    assert hear(tracker(message | {"facets": {"age": 17}})).facets["age"] == 17


@pytest.mark.parametrize(
    ("situation", "skipped", "asked"),
    [
        ({}, (), ("perspective", "violence_types", "municipality", "age_group")),
        ({"perspective": "utsatt", "violence_types": ["heder"]}, ("municipality",), ("age_group",)),
        ({"municipality": "Stockholm"}, ("perspective", "violence_types"), ("district", "age_group")),
        ({"perspective": "utovare"}, (), ("municipality", "age_group")),
        ({"emergency": True}, (), ()),
        ({"suicide_risk": True}, (), ()),
        ({"perspective": "utsatt", "violence_types": ["heder"], "municipality": "utanfor_lanet"}, (), ()),
    ],
)
def test_only_what_matters_is_asked(
    situation: dict[str, Any], skipped: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    assert missing(Situation.parse(situation), skipped) == asked


def test_likely_danger_is_asked_about_first() -> None:
    assert missing(Situation.parse({"perspective": "utsatt"}), (), danger_is_likely=True)[0] == "emergency"
    assert missing(Situation.parse({"suicide_risk": True}), (), danger_is_likely=True) == ()


LIKELY = {"likely": {"suicide_risk": True}}


@pytest.mark.parametrize(
    ("message", "slots", "likely", "skipped", "emergency"),
    [
        ({"text": "hm", "intent": {"name": "referral"}, "facets": LIKELY}, {}, True, None, None),
        # no answer: asked once more, and then no longer
        ({"text": "märsta", "intent": {"name": "inform"}}, {"requested_slot": "emergency"}, True, None, None),
        ({"text": "jag är 17", "intent": {"name": "inform"}},
         {"requested_slot": "emergency", "unanswered": "emergency"}, None, ["emergency"], None),
        ({"text": "nej", "intent": {"name": "deny"}}, {"requested_slot": "emergency"}, None, ["emergency"], None),
        ({"text": "nej märsta", "intent": {"name": "correct"}, "facets": {"answer": "no"}},
         {"requested_slot": "emergency"}, None, ["emergency"], None),
        ({"text": "tack", "intent": {"name": "smalltalk"}}, {"requested_slot": "emergency"}, True, None, None),
        ({"text": "vad är SIP", "intent": {"name": "guidance"}},
         {"requested_slot": "emergency", "unanswered": "emergency"}, True, None, None),
        ({"text": "ja", "intent": {"name": "affirm"}, "facets": {"answer": "yes"}},
         {"requested_slot": "emergency"}, None, ["emergency"], True),
        ({"text": "ja", "intent": {"name": "affirm"}}, {"requested_slot": "perspective"}, None, None, None),
        ({"text": "ja han är arg på oss", "intent": {"name": "referral"}, "facets": {"answer": "yes"}},
         {"requested_slot": "emergency"}, None, ["emergency"], True),
        ({"text": "ja men inte nu", "intent": {"name": "affirm"}, "facets": {"answer": "no"}},
         {"requested_slot": "emergency"}, None, ["emergency"], None),
        ({"text": "HJÄLP", "intent": {"name": "referral"}, "facets": {"cry": True} | LIKELY},
         {"requested_slot": "emergency"}, None, ["emergency"], True),
        ({"text": "ja det är lugnt nu", "intent": {"name": "affirm"}, "facets": {"negated": {"emergency": True}}},
         {"requested_slot": "emergency"}, None, ["emergency"], None),
        ({"text": '/inform{"emergency": "true"}', "intent": {"name": "inform"},
          "entities": [{"entity": "emergency", "value": "true"}]}, {}, None, None, True),
    ],
)  # fmt: skip
async def test_danger_is_asked_about_until_it_is_answered(
    message: dict[str, Any], slots: dict[str, Any], likely: bool | None, skipped: list[str] | None, emergency: bool
) -> None:
    dispatcher = CollectingDispatcher()
    before = tracker(message, likely_danger=True, **slots)
    after = dict(before.slots) | {
        event["name"]: event["value"] for event in await ActionUnderstand().run(dispatcher, before, {})
    }
    assert after["likely_danger"] == likely
    assert after.get("skipped") == skipped
    assert after.get("emergency") == emergency
    cards = [each for each in dispatcher.messages if (each.get("custom") or {}).get("kind") == "emergency"]
    assert bool(cards) == bool(emergency)


@pytest.mark.parametrize(
    ("facets", "response"),
    [
        ({"emergency": True}, "utter_safety_emergency"),
        ({"suicide_risk": True, "confidence": {"suicide_risk": 0.1}}, "utter_safety_suicide"),
        ({"emergency": True, "suicide_risk": True}, "utter_safety_suicide"),
        ({"emergency": True, "suicide_risk": True, "confidence": {"suicide_risk": 0.9}}, "utter_safety_suicide"),
        ({"emergency": True, "suicide_risk": True, "confidence": {"suicide_risk": 0.1}}, "utter_safety_emergency"),
        (
            {"emergency": True, "suicide_risk": True, "confidence": {"emergency": 0.2, "suicide_risk": 0.3}},
            "utter_safety_suicide",
        ),
    ],
)
async def test_words_of_safety(facets: dict[str, Any], response: str) -> None:
    dispatcher = CollectingDispatcher()
    message = {"text": "…", "intent": {"name": "referral"}, "facets": facets}
    await ActionUnderstand().run(dispatcher, tracker(message), {})
    assert [each["response"] for each in dispatcher.messages] == [response]


class Failing(SafeAction):
    """Fails after having begun to speak."""

    def name(self) -> str:
        return "action_failing"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        dispatcher.utter_message(text="halv")
        raise RuntimeError("hemligt")


async def test_a_failing_action_still_answers(caplog: pytest.LogCaptureFixture) -> None:
    dispatcher = CollectingDispatcher()
    assert await Failing().run(dispatcher, tracker({}), {}) == []
    assert [message["response"] for message in dispatcher.messages] == ["utter_fallback_error"]
    assert "RuntimeError" in caplog.text
    assert "hemligt" not in caplog.text


@pytest.mark.parametrize(
    ("asked", "left", "intent", "skipped", "open_question"),
    [
        ("violence_types", None, "referral", set(), "violence_types"),
        ("violence_types", "violence_types", "inform", {"violence_types"}, "violence_types"),
        ("violence_types", "violence_types", "guidance", set(), "violence_types"),  # answered first
        ("violence_types", "violence_types", "change", set(), "violence_types"),
        ("violence_types", "municipality", "inform", set(), "violence_types"),
        ("district", None, "decline", {"district"}, "district"),
        ("municipality", "municipality", "inform", set(), None),  # answered
    ],
)
def test_nothing_is_asked_a_third_time(
    asked: str, left: str | None, intent: str, skipped: set[str], open_question: str | None
) -> None:
    never: set[str] = set()
    after = Situation.parse({"municipality": "Stockholm"})
    assert follow_up(asked, Heard(intent, {}), after, never, left) == open_question
    assert never == skipped
