"""Lines, and a service that was named among them."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hotlines import ActionHotlines


@pytest.mark.parametrize(
    ("text", "comes_first"),
    [
        ("ge mig numret till soc", True),
        ("jag vågar inte ringa soc, finns någon annan jag kan chatta med", False),
        ("jag vill prata med någon", False),
    ],
)
async def test_a_service_that_is_named_comes_first_unless_it_is_declined(text: str, comes_first: bool) -> None:
    message = {"intent": {"name": "hotline"}, "facets": {}, "text": text}
    dispatcher = CollectingDispatcher()
    tracker = Tracker("a", {"municipality": "Solna"}, message, [], False, None, {}, "action_listen")
    await ActionHotlines().run(dispatcher, tracker, {})
    shown = [service["id"] for service in dispatcher.messages[0]["custom"]["services"]]
    assert (shown[0] == "socialtjanst-solna") == comes_first
    assert len(shown) == len(set(shown)) > 1
