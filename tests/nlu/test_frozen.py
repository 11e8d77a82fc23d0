"""The held-out conversations are the frozen ones, and the evaluation counts what it says."""

from __future__ import annotations

import pytest

from bench.nlu_conversations import Conversation, Outcome, conversations, run
from bench.nlu_eval import figures, prf
from knowledge.situation import Situation

VIOLENCE = Situation.parse({"violence_types": ["heder"], "perspective": "utsatt", "age": 17})


@pytest.mark.parametrize(("name", "count"), [("conversations", 430), ("unread", 88)])
def test_file_is_the_frozen_one(name: str, count: int) -> None:
    found = conversations(name)
    assert len(found) == count
    assert len({each.id for each in found}) == count


def test_precision_and_recall() -> None:
    assert prf([True, True, False], [True, False, True]) == (0.5, 0.5, 0.5)
    assert prf([False], [False]) == (1.0, 1.0, 0.0)


def test_a_perfect_reader_has_perfect_figures() -> None:
    conversation = Conversation("c1", ("hej",), "referral", VIOLENCE)
    measured = figures([Outcome(conversation, "referral", VIOLENCE)])
    assert measured["types_exact"] == measured["perspective"] == measured["age"] == measured["intent"] == 1.0
    missed = figures([Outcome(conversation, "inform", Situation())])
    assert missed["types_exact"] == missed["perspective"] == missed["intent"] == 0.0


def test_facts_add_up_over_a_conversation() -> None:
    answers = {"han hotar mig": ("referral", {"violence_types": ["heder"]}), "17": ("inform", {"age": 17})}
    outcome = run(answers.__getitem__, Conversation("c1", tuple(answers), "inform", VIOLENCE))
    assert outcome.situation.age == 17
    assert outcome.situation.violence_types == VIOLENCE.violence_types


def test_starting_over_forgets() -> None:
    answers = {"han hotar mig": ("referral", {"violence_types": ["heder"]}), "börja om": ("restart", {})}
    assert run(answers.__getitem__, Conversation("c1", tuple(answers), "restart", Situation())).situation == Situation()
