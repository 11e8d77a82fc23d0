"""Work that Rasa 3.6.21 does again in every turn, done once, or at its start for nothing, not done.

LOTSEN_SPEEDUPS=off leaves Rasa as it is; bot/engine/postponed.py goes with it.
Each replacement gives the same answers as what it replaces; tests/unit/engine/test_speedups.py pins the upstream code.
"""

from __future__ import annotations

import os
from functools import lru_cache
from graphlib import TopologicalSorter
from types import ModuleType
from typing import Any

from jsonschema import Draft202012Validator
from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.actions.action import RemoteAction
from rasa.core.policies import rule_policy
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot

from bot.engine import rules


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(RemoteAction.action_response_format_spec())


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Validate with a validator built once; Rasa checks its constant schema against the meta-schema on every call.

    What is clearly a slot that is set is not compared with the schemas of two dozen kinds of events.
    """
    if isinstance(result, dict) and isinstance(result.get("events"), list):
        result = {**result, "events": [event for event in result["events"] if not _sets_slot(event)]}
    if result != {"events": [], "responses": []}:
        _validator().validate(result)
    return True


def _sets_slot(event: Any) -> bool:
    """Tell whether it is a slot event that the schema lets through."""
    return (
        isinstance(event, dict)
        and event.get("event") == "slot"
        and isinstance(event.get("name"), str)
        and "value" in event
        and type(event.get("timestamp")) in (float, int, type(None))
        and type(event.get("metadata")) in (dict, type(None))
    )


_resolve_by_type = Event.resolve_by_type


@lru_cache(maxsize=128)
def _resolve_once(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """Find an event's class once for each name; Rasa walks all subclasses for every event it reads."""
    return _resolve_by_type(type_name, default)


_metadata_from_dict = ModelMetadata.from_dict


def _metadata_for_serving(serialized: dict[str, Any]) -> ModelMetadata:
    """Leave out how the model was trained: Rasa imports every class of that, and TensorFlow with them, for nothing."""
    return _metadata_from_dict({**serialized, "train_schema": {"nodes": {}}})


_run_graph = DaskGraphRunner.run


def _steps(runner: DaskGraphRunner, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the nodes that lead to the targets, each after those it needs, and what it needs."""
    found: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = runner.__dict__.setdefault("_steps", {})
    if targets not in found:
        nodes = runner._graph_schema.minimal_graph_schema(list(targets)).nodes
        order = TopologicalSorter({name: node.needs.values() for name, node in nodes.items()}).static_order()
        found[targets] = [(name, tuple(nodes[name].needs.values())) for name in order if name in nodes]
    return found[targets]


def _run_steps(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """Call the nodes one after the other; Rasa plans the same few nodes anew for every message and every prediction."""
    given = inputs or {}
    if any(isinstance(value, str) for value in given.values()):
        return dict(_run_graph(self, inputs, targets))  # Rasa refuses some of these
    wanted = tuple(targets or self._graph_schema.target_names)
    done: dict[str, Any] = {name: (name, value) for name, value in given.items()}
    try:
        for name, needs in _steps(self, wanted):
            if name not in given:
                done[name] = self._instantiated_nodes[name](*(done.get(one, one) for one in needs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(done[name] for name in wanted)


def _copy_slot(self: Slot) -> Slot:
    """Copy a slot's attributes; the general way of `copy.copy` takes five times as long, 200 times in a turn."""
    copied = object.__new__(type(self))
    copied.__dict__.update(self.__dict__)
    return copied


@lru_cache(maxsize=1)
def _empty() -> dict[str, Any]:
    return dict(Domain.empty().as_dict())


_is_empty_in_rasa = Domain.is_empty


def _is_empty(self: Domain) -> bool:
    """Compare with an empty domain that is built once, not for every message."""
    return bool(self.as_dict() == _empty())


# In these modules nothing but debug lines is copied, which bot/engine/logs.py keeps out of the log.
LOGGING = (processor, rule_policy, forms)


class _NoCopies(ModuleType):
    """In the place of `copy`, where Rasa copies conversations for debug lines that nobody sees."""

    @staticmethod
    def deepcopy(value: Any) -> Any:
        return value


def apply() -> None:
    """Put the replacements in place, unless they are switched off."""
    if os.environ.get("LOTSEN_SPEEDUPS", "on") == "off":
        return
    Slot.__copy__ = _copy_slot
    Domain.is_empty = _is_empty
    RulePolicy._find_action_from_rules = rules.find_action
    RulePolicy._get_possible_keys = rules.possible_keys
    for module in LOGGING:
        module.copy = _NoCopies("copy")
    RemoteAction._validate_action_result = _validate_action_result
    Event.resolve_by_type = staticmethod(_resolve_once)
    ModelMetadata.from_dict = staticmethod(_metadata_for_serving)
    DaskGraphRunner.run = _run_steps
