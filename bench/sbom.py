"""`make sbom`: what Lotsen consists of, as CycloneDX 1.6 JSON in var/lotsen.cdx.json.

    python bench/sbom.py PYTHON OUTPUT

Runs in an environment of its own that has cyclonedx-bom (see the Makefile), so that the tool never changes what it
describes. Its list of what is installed for PYTHON is cut down to what the product needs, and completed by the sentence
encoder and the tagger, which no package index knows; then the tool's own validator looks at the result. Exit status 1
if it complains.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ENCODER, TAGGER = "bot/nlu/encoder", "bot/privacy/tagger"
# What README.md in each folder says of them: from multilingual-e5-small, tuned on sentences of our own.
MODELS = {
    ENCODER: {
        "encoder.onnx": "Sentence encoder: 8-bit weights tuned on data/nlu from multilingual-e5-small",
        "pieces.model": "Tokenizer of the sentence encoder, cut down from that of multilingual-e5-small",
    },
    TAGGER: {
        "tagger.onnx": "Tagger of identifiers: 8-bit weights tuned on data/privacy from multilingual-e5-small",
        "pieces.model": "Tokenizer of the tagger, cut down from that of multilingual-e5-small",
    },
}
SOURCE = "https://arxiv.org/abs/2402.05672"

Bom = dict[str, Any]


def product(bom: Bom) -> Bom:
    """Return the list without what only developers need: what nothing that the product asks for leads to."""
    leads = {one["ref"]: one.get("dependsOn", []) for one in bom["dependencies"]}
    found, waiting = set(), [bom["metadata"]["component"]["bom-ref"]]
    while waiting:
        ref = waiting.pop()
        if ref not in found:
            found.add(ref)
            waiting += leads.get(ref, [])
    return bom | {
        "components": [one for one in bom["components"] if one["bom-ref"] in found],
        "dependencies": [one for one in bom["dependencies"] if one["ref"] in found],
    }


def models(folder: Path, place: str = ENCODER) -> list[Bom]:
    """Return a component for each file of the network at `place` that is in the folder, with its hash and licence."""
    found = []
    for name, description in MODELS[place].items():
        path = folder / name
        if not path.is_file():
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        found.append(
            {
                "type": "machine-learning-model",
                "bom-ref": f"{place}/{name}",
                "name": name,
                "version": digest[:12],
                "description": description,
                "hashes": [{"alg": "SHA-256", "content": digest}],
                "licenses": [{"license": {"id": "MIT"}}],
                "externalReferences": [{"type": "documentation", "url": SOURCE}],
            }
        )
    return found


def completed(bom: Bom, parts: list[Bom], version: str) -> Bom:
    """Return the list with further parts of the product, and the product's version."""
    root = bom["metadata"]["component"]
    dependencies = [dict(one) for one in bom["dependencies"]]
    for one in dependencies:
        if one["ref"] == root["bom-ref"]:
            one["dependsOn"] = sorted([*one.get("dependsOn", []), *(part["bom-ref"] for part in parts)])
    return bom | {
        "metadata": bom["metadata"] | {"component": root | {"version": version}},
        "components": bom["components"] + parts,
        "dependencies": dependencies + [{"ref": part["bom-ref"]} for part in parts],
    }


def missing(bom: Bom, declared: list[str]) -> list[str]:
    """Return the declared dependencies that the list does not have: they are not installed."""
    listed = {_canonical(one["name"]) for one in bom["components"]}
    names = [re.split(r"[^A-Za-z0-9._-]", one)[0] for one in declared]
    return [name for name in names if _canonical(name) not in listed]


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main(arguments: list[str]) -> int:
    """Write the list and validate it. Returns the exit status."""
    from cyclonedx.schema import SchemaVersion  # only in the tool's own environment
    from cyclonedx.validation.json import JsonStrictValidator

    python, output = arguments[0], Path(arguments[1])
    command = [sys.executable, "-m", "cyclonedx_py", "environment", python, "--pyproject", str(ROOT / "pyproject.toml")]
    made = subprocess.run([*command, "--output-reproducible"], stdout=subprocess.PIPE, check=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = [part for place in MODELS for part in models(ROOT / place, place)]
    bom = completed(product(json.loads(made.stdout)), parts, project["version"])
    text = json.dumps(bom, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    absent = missing(bom, project["dependencies"])
    if fault or absent:
        print(f"not a valid list: {fault}" if fault else f"not installed: {', '.join(absent)}")
        return 1
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text, encoding="utf-8")
    without = [one["name"] for one in bom["components"] if not one.get("licenses")]
    print(f"{output}: {len(bom['components'])} components, {len(parts)} of them models, valid CycloneDX 1.6")
    print(f"without a licence in their metadata: {', '.join(without) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
