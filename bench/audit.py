"""`make audit`: judge what pip-audit found against the findings that were looked at (audit_known.yaml).

    python -m bench.audit REPORT.json

pip-audit prints "No known vulnerabilities found" and exits with 0 although it skipped every package, when its source
of advisories cannot be reached. So its JSON is read here, and a package of the lock that was not audited is a fault.
Exit status 1 for any fault.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
KNOWN = Path(__file__).with_name("audit_known.yaml")
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
SHOWN = 5  # packages named in a line


@dataclass(frozen=True)
class Known:
    """A finding that was looked at: why it cannot be reached in Lotsen. It holds for one version only."""

    id: str
    package: str
    version: str
    why: str


def canonical(name: str) -> str:
    """Return a package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins(text: str) -> dict[str, str]:
    """Return name -> version of a lock file."""
    return {canonical(name): version for name, version in PIN.findall(text)}


def read_known(text: str) -> list[Known]:
    """Read the reviewed findings.

    Raises:
        TypeError: if an entry has not exactly the fields of `Known`.
        ValueError: if a field is empty, or an entry stands there twice.
    """
    known = [Known(**{name: str(value or "") for name, value in entry.items()}) for entry in yaml.safe_load(text)]
    for one in known:
        if not all((one.id, one.package, one.version, len(one.why) >= 40)):
            raise ValueError(f"{one.package} {one.id}: every field is needed, and a reason that says something")
    if len({(one.id, canonical(one.package)) for one in known}) < len(known):
        raise ValueError("a finding stands there twice")
    return known


def judge(report: Mapping[str, Any], pins: Mapping[str, str], known: list[Known]) -> tuple[list[str], list[str]]:
    """Return the faults, and what else is worth knowing, one line each.

    Args:
        report: pip-audit's JSON: `{"dependencies": [{"name", "version", "vulns"} or {"name", "skip_reason"}]}`.
        pins: name -> version of the lock.
        known: the findings that were looked at.
    """
    faults, notes = [], []
    audited = {
        canonical(one["name"]): one
        for one in report.get("dependencies", [])
        if isinstance(one.get("vulns"), list) and "skip_reason" not in one
    }
    left = [name for name, version in pins.items() if audited.get(name, {}).get("version") != version]
    if left or not pins:
        some = ", ".join(left[:SHOWN]) + (" …" if len(left) > SHOWN else "")
        faults.append(f"{len(left)} of {len(pins)} packages were not audited: {some}")
    # A finding goes by several names, and which one comes first changes.
    reviewed = {(canonical(one.package), one.id): one for one in known}
    met: set[Known] = set()
    for name, one in audited.items():
        for found in one["vulns"]:
            names = (found["id"], *found.get("aliases", ()))
            entry = next((reviewed[name, other] for other in names if (name, other) in reviewed), None)
            if entry is None or entry.version != one["version"]:
                fixed = ", ".join(found.get("fix_versions", ())) or "nowhere"
                faults.append(f"{name} {one['version']}: {' '.join(names)} is not reviewed (mended in {fixed})")
            else:
                met.add(entry)
    for entry in known:
        if pins.get(canonical(entry.package)) != entry.version:
            faults.append(f"{entry.package} {entry.version}: {entry.id} is reviewed, but not what is pinned: strike it")
        elif canonical(entry.package) in audited and entry not in met:
            notes.append(f"{entry.package} {entry.version}: {entry.id} is reviewed, but was not found")
    notes.append(f"{len(audited)} packages audited, {len(met)} findings reviewed before, {len(faults)} faults")
    return faults, notes


def main(arguments: list[str]) -> int:
    """Judge a report. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.audit")
    parser.add_argument("report", type=Path)
    where = parser.parse_args(arguments).report
    pins, known = read_pins(LOCK.read_text(encoding="utf-8")), read_known(KNOWN.read_text(encoding="utf-8"))
    try:
        report = json.loads(where.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"pip-audit left no report that can be read ({type(error).__name__})")
        return 1
    faults, notes = judge(report, pins, known)
    print("\n".join(notes + [f"FAULT {fault}" for fault in faults]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
