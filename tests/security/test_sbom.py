"""The bill of materials: only the product, the models with their hashes, and nothing that is missing unnoticed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from bench.sbom import completed, missing, models, product

BOM: dict[str, Any] = {
    "metadata": {"component": {"bom-ref": "root", "name": "lotsen"}},
    "components": [{"bom-ref": name, "name": name} for name in ("httpx", "h11", "ruamel.yaml", "pytest", "iniconfig")],
    "dependencies": [
        {"ref": "root", "dependsOn": ["httpx", "ruamel.yaml"]},
        {"ref": "httpx", "dependsOn": ["h11"]},
        {"ref": "h11", "dependsOn": ["httpx"]},
        {"ref": "pytest", "dependsOn": ["iniconfig"]},
        {"ref": "iniconfig"},
    ],
}


def names(bom: dict[str, Any]) -> list[str]:
    return [one["name"] for one in bom["components"]]


def test_what_only_developers_need_is_left_out() -> None:
    kept = product(BOM)
    assert names(kept) == ["httpx", "h11", "ruamel.yaml"]
    assert [one["ref"] for one in kept["dependencies"]] == ["root", "httpx", "h11"]


def test_the_encoder_is_a_part_with_hash_and_licence(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").write_bytes(b"weights")
    (part,) = models(tmp_path)
    assert part["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"weights").hexdigest()}]
    assert part["licenses"] == [{"license": {"id": "MIT"}}]
    whole = completed(product(BOM), [part], "1.2.3")
    assert whole["metadata"]["component"]["version"] == "1.2.3"
    assert names(whole)[-1] == "encoder.onnx"
    assert part["bom-ref"] in whole["dependencies"][0]["dependsOn"]
    assert BOM["dependencies"][0]["dependsOn"] == ["httpx", "ruamel.yaml"]


def test_a_dependency_that_is_not_installed_is_named() -> None:
    assert missing(BOM, ["httpx>=0.27", "ruamel-yaml>=0.17", "PyJWT[crypto]>=2"]) == ["PyJWT"]
