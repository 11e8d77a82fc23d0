"""Each speed-up answers like what it replaces, and what it replaces is still what it was."""

from __future__ import annotations

import ast
import copy
import hashlib
import inspect
import json
from collections.abc import Callable
from copy import deepcopy
from types import ModuleType

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core import events, slots
from rasa.shared.core.domain import Domain
from rasa.shared.core.slots import Slot

from bot.engine import rules, speedups

VALID = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "age", "value": 15}], "responses": [{}]},
    {"events": [{"event": "slot", "name": "age", "value": None, "timestamp": None, "metadata": {}}]},
    {"events": [{"event": "restart"}, {"event": "slot", "name": "age", "value": [], "timestamp": 1.5}]},
]
NODE = {
    "needs": {}, "uses": "rasa.core.policies.rule_policy.RulePolicy", "constructor_name": "load", "fn": "predict",
    "config": {}, "eager": True, "is_target": False, "is_input": False, "resource": None,
}  # fmt: skip
METADATA = {
    "trained_at": "2026-11-22T03:00:00", "rasa_open_source_version": "3.6.21", "model_id": "a", "assistant_id": "b",
    "domain": {"intents": ["exit"]}, "train_schema": {"nodes": {"train": NODE | {"fn": "train"}}},
    "predict_schema": {"nodes": {"policy": NODE}}, "training_type": 1, "project_fingerprint": "b",
    "core_target": "policy", "nlu_target": "policy", "language": "sv", "spaces": None,
}  # fmt: skip
SLOT = {"event": "slot", "name": "age", "value": 15}
INVALID = [
    {"events": 7},
    {"events": [{"event": "slot"}]},
    {"responses": ["text"]},
    {"events": [SLOT | {"name": None}]},
    {"events": [SLOT | {"timestamp": "now"}]},
    {"events": [SLOT | {"timestamp": True}]},
    {"events": [SLOT | {"metadata": []}]},
    {"events": [{"event": "slot", "name": "age"}]},
    {"events": [SLOT, {"event": "unheard of"}]},
    {"events": [SLOT], "responses": {}},
    {"events": ["slot"]},
    [],
]


def source(function: object) -> str:
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]


def test_upstream_is_what_it_was() -> None:
    assert source(RemoteAction._validate_action_result) == "f8cdb4be68123961"
    assert source(speedups._resolve_by_type) == "b5cf570fa7f286c7"
    assert source(speedups._run_graph) == "45f0f52f574f3aa9"
    assert source(speedups._metadata_from_dict) == "ee3da9f00c7daa75"
    assert source(speedups._is_empty_in_rasa) == "884be90ef485f1d2"


@pytest.mark.parametrize("result", VALID, ids=json.dumps)
def test_valid_results_pass(result: dict[str, object]) -> None:
    action = RemoteAction("action_x", None)
    assert action._validate_action_result(result)
    assert speedups._validate_action_result(action, result)


@pytest.mark.parametrize("result", INVALID, ids=json.dumps)
def test_invalid_results_fail(result: dict[str, object]) -> None:
    action = RemoteAction("action_x", None)
    for validate in (action._validate_action_result, lambda value: speedups._validate_action_result(action, value)):
        with pytest.raises(ValidationError):
            validate(result)


def test_every_event_type_is_resolved_as_before() -> None:
    names = {event.type_name for event in events.__dict__.values() if hasattr(event, "type_name")}
    for name in names - {"event"}:  # the abstract class
        assert speedups._resolve_once(name) is speedups._resolve_by_type(name)
    assert len(names) > 20


def test_metadata_is_the_same_but_for_how_the_model_was_trained() -> None:
    whole = speedups._metadata_from_dict(deepcopy(METADATA))  # it puts classes in the place of their names
    served = speedups._metadata_for_serving(deepcopy(METADATA))
    assert whole.train_schema.nodes
    assert not served.train_schema.nodes
    assert served.as_dict() | {"train_schema": None} == whole.as_dict() | {"train_schema": None}
    assert served.predict_schema == whole.predict_schema


def test_a_copied_slot_is_the_same_as_before() -> None:
    kinds = [each for each in slots.__dict__.values() if inspect.isclass(each) and issubclass(each, Slot)]
    assert not [each for each in kinds if {"__copy__", "__reduce_ex__", "__slots__"} & each.__dict__.keys()]
    slot = slots.ListSlot("needs", [{"type": "custom"}])
    slot.value = ["samtal"]
    copied, before = speedups._copy_slot(slot), copy.copy(slot)
    assert type(copied) is type(before) is slots.ListSlot
    assert copied.__dict__ == before.__dict__
    assert copied.value is before.value
    copied.value = None
    assert slot.value == ["samtal"]


@pytest.mark.parametrize("domain", [Domain.empty(), Domain.from_dict({"intents": ["exit"]})])
def test_an_empty_domain_is_empty(domain: Domain) -> None:
    assert speedups._is_empty(domain) is speedups._is_empty_in_rasa(domain)
    assert speedups._is_empty(Domain.empty())


@pytest.mark.parametrize("module", speedups.LOGGING)
def test_only_debug_lines_are_copied(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    logged = {
        id(part)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "structlogger.debug"
        for part in ast.walk(call)
    }
    uses = [part for part in ast.walk(tree) if isinstance(part, ast.Attribute) and ast.unparse(part.value) == "copy"]
    assert uses
    assert all(id(use) in logged and use.attr == "deepcopy" for use in uses)


def runner(calls: list[str], fails: type[Exception] | None = None) -> DaskGraphRunner:
    """A diamond: top gives to left and right, both give to end; aside leads nowhere that is asked for."""
    needs = {"top": ["in"], "left": ["top"], "right": ["top"], "end": ["left", "right"], "aside": ["top"]}
    schema = GraphSchema(
        {
            name: SchemaNode(
                {f"from_{one}": one for one in wanted}, GraphComponent, "load", "run", {}, is_target=name == "end"
            )
            for name, wanted in needs.items()
        }
    )

    def node(name: str) -> Callable[..., tuple[str, str]]:
        def call(*given: tuple[str, object]) -> tuple[str, str]:
            calls.append(name)
            if fails and name == "right":
                raise fails
            return name, f"{name}({','.join(str(value) for _, value in given)})"

        return call

    made = object.__new__(DaskGraphRunner)
    made._graph_schema, made._execution_context = schema, None
    made._instantiated_nodes = {name: node(name) for name in needs}
    return made


@pytest.mark.parametrize("targets", [None, ["end"], ["left"], ["left", "end"], ["aside"]])
@pytest.mark.parametrize("inputs", [{"in": 7}, {"in": 7, "left": 8}])
def test_a_graph_gives_the_same_and_calls_the_same_nodes_once(
    targets: list[str] | None, inputs: dict[str, int]
) -> None:
    was: list[str] = []
    now: list[str] = []
    wanted = speedups._run_graph(runner(was), dict(inputs), targets)
    ours = runner(now)
    assert speedups._run_steps(ours, dict(inputs), targets) == wanted
    assert sorted(now) == sorted(was)
    assert speedups._run_steps(ours, dict(inputs), targets) == wanted  # planned once, run again


@pytest.mark.parametrize(("fails", "raised"), [(RuntimeError, GraphRunError), (KeyError, KeyError)])
def test_a_graph_that_fails_fails_alike(fails: type[Exception], raised: type[Exception]) -> None:
    for run in (speedups._run_graph, speedups._run_steps):
        with pytest.raises(raised):
            run(runner([], fails), {"in": 7})


def test_text_among_the_inputs_is_left_to_rasa() -> None:
    for run in (speedups._run_graph, speedups._run_steps):
        with pytest.raises(GraphRunError, match="clashes"):
            run(runner([]), {"in": "top"})


def test_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    before = RemoteAction._validate_action_result
    monkeypatch.setattr(ModelMetadata, "from_dict", speedups._metadata_from_dict)
    monkeypatch.setattr(DaskGraphRunner, "run", speedups._run_graph)
    monkeypatch.setattr(RemoteAction, "_validate_action_result", before)
    monkeypatch.setattr(events.Event, "resolve_by_type", staticmethod(speedups._resolve_by_type))
    monkeypatch.setattr(Domain, "is_empty", speedups._is_empty_in_rasa)
    monkeypatch.setattr(Slot, "__copy__", None, raising=False)
    monkeypatch.setattr(RulePolicy, "_find_action_from_rules", rules._find)
    monkeypatch.setattr(RulePolicy, "_get_possible_keys", rules._keys)
    for module in speedups.LOGGING:
        monkeypatch.setattr(module, "copy", copy)
    monkeypatch.setenv("LOTSEN_SPEEDUPS", "off")
    speedups.apply()
    assert RemoteAction._validate_action_result is before
    assert all(module.copy is copy for module in speedups.LOGGING)
    monkeypatch.delenv("LOTSEN_SPEEDUPS")
    speedups.apply()
    assert RemoteAction._validate_action_result is speedups._validate_action_result
    assert RulePolicy._get_possible_keys is rules.possible_keys
