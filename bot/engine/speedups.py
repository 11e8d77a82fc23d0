"""Work that Rasa 3.6.21 does again in every turn, done once, or at its start for nothing, not done.

LOTSEN_SPEEDUPS=off leaves Rasa as it is; bot/engine/postponed.py goes with it.
Each replacement gives the same answers as what it replaces; tests/unit/engine/test_speedups.py pins the upstream code.
"""

from __future__ import annotations

import os
from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any

from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.events import Event


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(RemoteAction.action_response_format_spec())


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Validate with a validator built once; Rasa checks its constant schema against the meta-schema on every call."""
    _validator().validate(result)
    return True


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


def apply() -> None:
    """Put the replacements in place, unless they are switched off."""
    if os.environ.get("LOTSEN_SPEEDUPS", "on") == "off":
        return
    RemoteAction._validate_action_result = _validate_action_result
    Event.resolve_by_type = staticmethod(_resolve_once)
    ModelMetadata.from_dict = staticmethod(_metadata_for_serving)
    DaskGraphRunner.run = _run_steps
