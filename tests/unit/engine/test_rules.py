"""Rules are found as RulePolicy finds them: every combination of states that a few rules of each form can meet."""

from __future__ import annotations

import hashlib
import inspect
import json
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine import rules

LISTEN, FORM, OTHER = ({"action_name": name} for name in ("action_listen", "find_help_form", "utter_other"))
KEYS = [
    [{"prev_action": LISTEN, "user": {"intent": "hotline"}}],
    [{"prev_action": LISTEN, "user": {"intent": "hotline"}, "active_loop": {"name": "find_help_form"}}],
    [{"prev_action": LISTEN, "user": {"intent": "hotline"}}, {"prev_action": OTHER, "user": {"intent": "hotline"}}],
    [{"prev_action": LISTEN}, {"prev_action": FORM, "active_loop": {"name": "should_not_be_set"}}],
    [{"user": {"intent": "hotline"}}],  # only at the start
    [{"prev_action": {"action_name": "should_not_be_set"}}],
]
TEXT = [{"prev_action": LISTEN, "user": {"text": "hej"}}]
ANY_TEXT = [{"prev_action": LISTEN, "slots": {"age": [1.0]}}]


def lookup(keys: list[Any]) -> dict[str, str]:
    return {json.dumps(key, sort_keys=True): "action_x" for key in keys}


def states() -> list[dict[str, Any]]:
    parts = product(
        (None, LISTEN, FORM, OTHER), (None, {"intent": "hotline"}, {"text": "hej"}), (None, {"name": "find_help_form"})
    )
    names = ("prev_action", "user", "active_loop")
    return [{name: each for name, each in zip(names, part, strict=True) if each} for part in parts]


@pytest.fixture
def policy() -> RulePolicy:
    made: RulePolicy = object.__new__(RulePolicy)
    return made


@pytest.mark.parametrize("length", [0, 1, 2])
def test_the_same_rules_are_found(policy: RulePolicy, length: int) -> None:
    rule_keys = lookup([*KEYS, TEXT, ANY_TEXT])
    found = 0
    for conversation in product(states(), repeat=length):
        wanted = rules._keys(policy, rule_keys, list(conversation))
        assert rules.possible_keys(policy, rule_keys, list(conversation)) == wanted
        found += len(wanted)
    assert found > 5


@pytest.mark.parametrize(("more", "read"), [([], False), ([TEXT], True), ([ANY_TEXT], True)])
@pytest.mark.parametrize("kind", [RULES, RULES_FOR_LOOP_UNHAPPY_PATH])
def test_text_is_looked_for_only_where_a_rule_can_match_it(more: list[Any], read: bool, kind: str) -> None:
    names = rules._names({RULES: {}, RULES_FOR_LOOP_UNHAPPY_PATH: {}} | {kind: lookup([*KEYS[:4], *more])})
    assert rules._is_text_read(names) is read


@pytest.mark.parametrize("loop", [None, "find_help_form"])
@pytest.mark.parametrize("by_text", [True, False])
@pytest.mark.parametrize("said", [{"text": "hej", "intent": {"name": "hotline"}}, {"intent": {"name": "hotline"}}])
def test_an_action_is_found_as_before(loop: str | None, by_text: bool, said: dict[str, Any]) -> None:
    domain = Domain.from_dict(
        {"intents": ["hotline"], "actions": ["action_x"], "forms": {"find_help_form": {"required_slots": []}}}
    )
    context = ExecutionContext(GraphSchema({}), SimpleNamespace())
    policy = RulePolicy(RulePolicy.get_default_config(), SimpleNamespace(), SimpleNamespace(), context)
    policy.lookup = {RULES: lookup(KEYS[:4]), RULES_FOR_LOOP_UNHAPPY_PATH: lookup(KEYS[1:2])}
    events = [ActionExecuted("action_listen"), UserUttered(**said)]
    tracker = DialogueStateTracker.from_events("x", [*([ActiveLoop(loop)] if loop else []), *events], domain=domain)
    wanted = rules._find(policy, tracker, domain, by_text)
    found = rules.find_action(policy, tracker, domain, by_text)
    assert (found[0], found[2]) == (wanted[0], wanted[2])
    assert by_text or (found == wanted and found[0] == "action_x")


def test_upstream_is_what_it_was() -> None:
    whole = "".join(
        inspect.getsource(function)
        for function in (
            rules._find, rules._keys, RulePolicy._is_rule_applicable, RulePolicy._does_rule_match_state,
            RulePolicy._predict,
        )
    )  # fmt: skip
    assert hashlib.sha256(whole.encode()).hexdigest()[:16] == "bcb067a8546df331"
