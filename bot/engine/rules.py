"""What RulePolicy of Rasa 3.6.21 looks up in its rules at every prediction, without trying each of them in turn.

Put in place by bot/engine/speedups.py, and pinned with it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, SHOULD_NOT_BE_SET, RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

_find = RulePolicy._find_action_from_rules
_keys = RulePolicy._get_possible_keys


def find_action(
    self: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> tuple[str | None, str | None, bool]:
    """Look for a rule by the text of a message only if there is one; Rasa looks twice each time, by text and intent."""
    if use_text_for_last_user_input and not _is_text_read(_names(self.lookup)):
        return None, None, False
    found: tuple[str | None, str | None, bool] = _find(self, tracker, domain, use_text_for_last_user_input)
    return found


def possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """Try the rules that end with the latest action; Rasa tries all of them."""
    if not states:
        return set(lookup)
    by_action = _by_action(tuple(lookup))
    latest = states[-1].get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    keys = by_action.get(None, ()) + (by_action.get(latest, ()) if latest else ())
    for turn, state in enumerate(reversed(states)):
        if not keys:
            break
        keys = tuple(key for key in keys if self._is_rule_applicable(key, turn, state))
    return set(keys)


def _names(lookup: dict[str, Any]) -> tuple[str, ...]:
    return (*lookup.get(RULES, ()), *lookup.get(RULES_FOR_LOOP_UNHAPPY_PATH, ()))


@lru_cache(maxsize=8)
def _by_action(keys: Iterable[str]) -> dict[str | None, tuple[str, ...]]:
    """Return the rules by the action that must be the latest, those that go with any under None."""
    found = defaultdict(list)
    for key in keys:
        found[_last_action(json.loads(key)[-1])].append(key)
    return {action: tuple(each) for action, each in found.items()}


@lru_cache(maxsize=8)
def _is_text_read(keys: Iterable[str]) -> bool:
    """Tell whether a rule can follow a message though it names no intent, which is what is hidden from it then."""
    return any(
        _last_action(last) in (None, ACTION_LISTEN_NAME) and not _named(last, USER, INTENT)
        for last in (json.loads(key)[-1] for key in keys)
    )


def _last_action(state: State) -> str | None:
    return _named(state, PREVIOUS_ACTION, ACTION_NAME)


def _named(state: State, part: str, name: str) -> str | None:
    """Return what must be the same for the rule to match."""
    value = state.get(part, {}).get(name)
    return value if isinstance(value, str) and value != SHOULD_NOT_BE_SET else None
