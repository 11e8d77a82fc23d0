"""What stands in deploy/ against the schemas there are, and against the code it starts."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, RefResolver

from bot.gateway import metrics
from deploy import probe
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
# The schemas are Kubernetes' own, as the package kubernetes-validate carries them (it is named in pyproject.toml). Its
# code wants a newer jsonschema than Rasa bears, so the files are read here.
PACKAGE = find_spec("kubernetes_validate")
SCHEMAS = Path(str(PACKAGE and PACKAGE.origin)).parent / "kubernetes-json-schema" / "v1.33.0-local-strict"
MANIFESTS = [
    (file.name, one)
    for file in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    if file.name != "kustomization.yaml"
    for one in yaml.safe_load_all(file.read_text(encoding="utf-8"))
]
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: one for name, one in COMPOSE["services"].items() if str(one["image"]).startswith("lotsen")}


@lru_cache(maxsize=1)
def definitions() -> dict[str, Any]:
    """Return what the schemas refer to, by the address that they give it; nothing is fetched."""
    content = json.loads((SCHEMAS / "_definitions.json").read_text(encoding="utf-8"))
    return {"https://kubernetes.io/api/_definitions.json": content}


def schema(manifest: dict[str, Any]) -> Draft7Validator:
    """Return Kubernetes' schema for a manifest, which allows no field that it does not know."""
    group, _, version = manifest["apiVersion"].rpartition("/")
    parts = [manifest["kind"], *([group.split(".")[0]] if group else []), version]
    content = json.loads((SCHEMAS / ("-".join(parts).lower() + ".json")).read_text(encoding="utf-8"))
    return Draft7Validator(content, resolver=RefResolver.from_schema(content, store=definitions()))


@pytest.mark.parametrize(("file", "manifest"), MANIFESTS, ids=lambda one: one if isinstance(one, str) else one["kind"])
def test_manifests_are_what_kubernetes_takes(file: str, manifest: dict[str, Any]) -> None:
    assert not list(schema(manifest).iter_errors(manifest)), file


def test_a_manifest_with_a_slip_is_found() -> None:
    wrong = json.loads(json.dumps(next(one for _, one in MANIFESTS if one["kind"] == "Deployment")))
    wrong["spec"]["template"]["spec"]["containers"][0]["imagee"] = "lotsen"
    assert list(schema(wrong).iter_errors(wrong))


def workloads() -> list[tuple[str, dict[str, Any]]]:
    return [
        (one["metadata"]["name"], one["spec"]["template"])
        for _, one in MANIFESTS
        if one["kind"] in ("Deployment", "StatefulSet")
    ]


@pytest.mark.parametrize(("name", "template"), workloads(), ids=lambda one: one if isinstance(one, str) else "")
def test_nothing_runs_as_root_or_writes_to_its_image(name: str, template: dict[str, Any]) -> None:
    pod = template["spec"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["automountServiceAccountToken"] is False
    for container in pod["containers"]:
        may = container["securityContext"]
        assert may["readOnlyRootFilesystem"]
        assert not may["allowPrivilegeEscalation"]
        assert may["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["limits"]["memory"]
        assert container["readinessProbe"]
        assert container["livenessProbe"]


def test_services_and_policies_find_their_pods() -> None:
    labels = [template["metadata"]["labels"] for _, template in workloads()]
    for _, one in MANIFESTS:
        selector = one.get("spec", {}).get("selector") or one.get("spec", {}).get("podSelector")
        selector = selector.get("matchLabels", selector) if selector else None
        if selector:
            assert any(selector.items() <= have.items() for have in labels), one["metadata"]


def test_gateways_know_every_engine() -> None:
    engine = next(one for _, one in MANIFESTS if one["kind"] == "StatefulSet")
    gateway = next(template for name, template in workloads() if name == "gateway")
    environment = {one["name"]: one.get("value") for one in gateway["spec"]["containers"][0]["env"]}
    wanted = [f"http://engine-{place}.engine:5005" for place in range(engine["spec"]["replicas"])]
    assert environment["LOTSEN_ENGINE_URL"].split(",") == wanted
    in_compose = OURS["gateway-1"]["environment"]["LOTSEN_ENGINE_URL"].split(",")
    assert in_compose == [f"http://{name}:5005" for name in OURS if name.startswith("engine")]


def test_kustomization_names_every_file() -> None:
    folder = DEPLOY / "kubernetes"
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))["resources"]
    assert set(listed) == {file.name for file in folder.glob("*.yaml")} - {"kustomization.yaml"}


def environments() -> dict[str, set[str]]:
    """Return the settings that each place sets, by its name."""
    found = {f"compose {name}": set(one["environment"]) for name, one in OURS.items()}
    for name, template in workloads():
        found[name] = {one["name"] for one in template["spec"]["containers"][0].get("env", ())}
    return found


def test_settings_that_are_set_exist() -> None:
    known = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    for place, names in environments().items():
        assert {name for name in names if name.startswith("LOTSEN_")} <= known, place


def test_no_secret_stands_in_a_file() -> None:
    for file in DEPLOY.rglob("*"):
        if file.is_file() and file.suffix in (".yaml", ".example", ".json", ""):
            for name, value in re.findall(r"(\w*(?:SECRET|PASSWORD))(?:=|: )(.*)", file.read_text(encoding="utf-8")):
                assert value in ("", f"${{{name}:?}}"), file


@pytest.mark.parametrize("name", OURS)
def test_compose_services_are_shut_in(name: str) -> None:
    service = OURS[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["restart"] in ("always", "on-failure")
    assert "ports" not in service
    for network in service["networks"]:
        assert network in COMPOSE["networks"]
    for needed in service["depends_on"]:
        assert needed in COMPOSE["services"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def commands() -> set[tuple[str, ...]]:
    found = {tuple(one["command"]) for one in OURS.values()}
    return found | {tuple(one["spec"]["containers"][0].get("command", ())) for _, one in workloads()} - {()}


@pytest.mark.parametrize("command", sorted(commands()), ids=" ".join)
def test_commands_name_modules_of_ours(command: tuple[str, ...]) -> None:
    module = command[command.index("-m") + 1]
    assert (ROOT / module.replace(".", "/") / "__main__.py").is_file()


def test_the_image_is_not_roots_and_copies_what_exists() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert lines.index("USER 10001:10001") > max(place for place, line in enumerate(lines) if line.startswith("FROM"))
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source


def test_the_dashboard_asks_for_figures_that_exist() -> None:
    board = json.loads((DEPLOY / "grafana/lotsen.json").read_text(encoding="utf-8"))
    exported = {sample for family in metrics.REGISTRY.collect() for sample in (family.name, f"{family.name}_total")}
    asked = set()
    for panel in board["panels"]:
        for target in panel["targets"]:
            asked |= set(re.findall(r"lotsen_\w+", target["expr"]))
    assert asked
    assert {name.removesuffix("_bucket") for name in asked} <= exported
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


@pytest.mark.parametrize("part", ["engine", "gateway"])
def test_the_probe_says_no_when_nobody_answers(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(probe.ADDRESSES, part, "http://127.0.0.1:9/")
    assert probe.main([part]) == 1
