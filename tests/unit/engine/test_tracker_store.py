"""What is remembered, and for how long."""

from __future__ import annotations

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Restarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.tracker_store import WITHHELD, ForgetfulTrackerStore


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load("domain.yml")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(domain: Domain, clock: Clock) -> ForgetfulTrackerStore:
    return ForgetfulTrackerStore(domain, silence=60, clock=clock)


def tracker(domain: Domain, *events: object) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c" * 32, list(events), slots=domain.slots, domain=domain)


async def test_forgets_after_silence(store: ForgetfulTrackerStore, domain: Domain, clock: Clock) -> None:
    await store.save(tracker(domain, UserUttered("hej")))
    clock.now = 59
    assert await store.retrieve("c" * 32)
    await store.save(await store.retrieve("c" * 32))
    clock.now = 118
    assert await store.retrieve("c" * 32)
    clock.now = 120
    assert await store.retrieve("c" * 32) is None
    assert list(await store.keys()) == []


async def test_a_conversation_at_rest_goes_on_as_it_was(domain: Domain, clock: Clock) -> None:
    store = ForgetfulTrackerStore(domain, silence=600, clock=clock)
    said = UserUttered("Haninge", parse_data={"text": "Haninge", "entities": [], "intent": {"name": "inform"}})
    await store.save(tracker(domain, ActionExecuted("action_listen"), said, SlotSet("age", 15)))
    before = await store.retrieve("c" * 32)
    clock.now = 300
    after = await store.retrieve("c" * 32)
    assert after is not before  # it was packed
    assert after.current_slot_values() == before.current_slot_values()
    assert [event.as_dict() for event in after.events] == [event.as_dict() for event in before.events]
    assert list(await store.keys()) == ["c" * 32]
    await store.save(after)
    clock.now = 899
    assert await store.retrieve("c" * 32)
    await store.delete("c" * 32)
    assert await store.retrieve("c" * 32) is None


@pytest.mark.parametrize("rest", [0, 300])
async def test_a_turn_that_failed_counts_for_nothing(domain: Domain, clock: Clock, rest: float) -> None:
    store = ForgetfulTrackerStore(domain, silence=600, clock=clock)
    await store.save(tracker(domain, ActionExecuted("action_listen"), UserUttered("hej"), SlotSet("age", 15)))
    failing = await store.retrieve("c" * 32)
    failing.update(UserUttered("jag är 16"))
    failing.update(SlotSet("age", 16))
    clock.now = rest
    kept = await store.retrieve("c" * 32)
    assert kept.get_slot("age") == 15
    assert kept.latest_message.text == "hej"


async def test_forgets_at_once_when_told(store: ForgetfulTrackerStore, domain: Domain) -> None:
    await store.save(tracker(domain, UserUttered("hej")))
    await store.delete("c" * 32)
    await store.delete("c" * 32)
    assert await store.retrieve("c" * 32) is None


async def test_restart_forgets_what_came_before(store: ForgetfulTrackerStore, domain: Domain) -> None:
    said = UserUttered("något hemskt")
    await store.save(tracker(domain, said, SlotSet("age", 15), Restarted(), ActionExecuted("action_listen")))
    kept = await store.retrieve("c" * 32)
    assert said not in kept.events
    assert kept.get_slot("age") is None


async def test_identifier_that_came_through_is_withheld(store: ForgetfulTrackerStore, domain: Domain) -> None:
    text = "mitt personnummer är 20100203-2398"
    await store.save(tracker(domain, UserUttered(text, parse_data={"text": text, "entities": [], "intent": {}})))
    kept = await store.retrieve("c" * 32)
    assert kept.latest_message.text == WITHHELD
    assert "2398" not in str(kept.as_dialogue().as_dict())
    assert store.withheld == 1


def test_endpoints_file_leads_to_this_store(domain: Domain) -> None:
    """A misspelt path there would be a warning, and Rasa's own store in its place."""
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    store = TrackerStore.create(endpoints.tracker_store, domain)
    inner = getattr(store, "_tracker_store", store)
    assert isinstance(inner, ForgetfulTrackerStore)
    assert inner.silence == 1800
