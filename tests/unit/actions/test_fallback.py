"""A turn that no rule knows ends, and the conversation with it goes on."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.fallback import ActionFallback


@pytest.mark.parametrize(("intent", "ends"), [("affirm", True), ("nlu_fallback", False), (None, True)])
async def test_an_unforeseen_turn_ends_with_one_answer(intent: str | None, ends: bool) -> None:
    message = {"intent": {"name": intent}, "facets": {}, "text": "ja"}
    tracker = Tracker("a", {}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = await ActionFallback().run(dispatcher, tracker, {})
    assert len(dispatcher.messages) == 1
    followups = [event["name"] for event in events if event["event"] == "followup"]
    assert followups == (["action_listen"] if ends else [])
