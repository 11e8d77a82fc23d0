"""A run of pip-audit counts only when every package was looked at and every finding was reviewed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.audit import KNOWN, LOCK, ROOT, Known, canonical, judge, main, read_known, read_pins

RECORDED = Path(__file__).parent / "recorded"
SKIPPED = RECORDED / "audit_skipped.json"  # an excerpt of a run of pip-audit 2.10.1 that could not reach its source
FINDINGS = RECORDED / "audit_findings.json"  # of the same form, with two findings
PINS = {"aiohttp": "3.9.1", "keras": "2.12.0", "yarl": "1.25.1"}
KERAS = Known("CVE-2024-3660", "Keras", "2.12.0", "No Keras model is ever loaded, so no Lambda layer runs.")
AIOHTTP = Known("GHSA-5h86-8mv2-jq9f", "aiohttp", "3.9.1", "Static files are not served by aiohttp in this product.")
# What the gateway does load, though it stands in the list; their reasons do not say otherwise.
LOADED = {"scikit-learn": "sklearn", "setuptools": "setuptools"}
MODULES = {"dnspython": "dns", "protobuf": "google.protobuf", "sentry-sdk": "sentry_sdk"}


def report(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_run_that_skipped_packages_fails() -> None:
    pins = {"aiohttp": "3.14.5", "keras": "2.12.0", "tensorflow": "2.12.0", "yarl": "1.25.1"}
    faults, _ = judge(report(SKIPPED), pins, [KERAS])
    assert faults == ["4 of 4 packages were not audited: aiohttp, keras, tensorflow, yarl"]


def test_the_recorded_run_fails_as_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SKIPPED)]) == 1
    assert f"FAULT {len(read_pins(LOCK.read_text()))} of " in capsys.readouterr().out


@pytest.mark.parametrize("text", [None, "", "{", "No known vulnerabilities found"])
def test_no_report_fails(tmp_path: Path, text: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "audit.json"
    if text is not None:
        path.write_text(text)
    assert main([str(path)]) == 1
    assert "no report" in capsys.readouterr().out


def test_a_finding_that_is_not_reviewed_fails() -> None:
    faults, _ = judge(report(FINDINGS), PINS, [KERAS])
    assert faults == ["aiohttp 3.9.1: GHSA-5h86-8mv2-jq9f CVE-2024-23334 is not reviewed (mended in 3.9.2)"]


def test_reviewed_findings_pass_by_id_and_by_alias() -> None:
    faults, notes = judge(report(FINDINGS), PINS, [KERAS, AIOHTTP])
    assert faults == []
    assert notes == ["3 packages audited, 2 findings reviewed before, 0 faults"]


def test_a_reviewed_finding_says_nothing_of_another_package() -> None:
    other = Known("CVE-2024-23334", "yarl", "1.25.1", AIOHTTP.why)
    faults, notes = judge(report(FINDINGS), PINS, [KERAS, other])
    assert len(faults) == 1
    assert notes[0] == "yarl 1.25.1: CVE-2024-23334 is reviewed, but was not found"


@pytest.mark.parametrize(
    ("pins", "piece"),
    [
        (PINS | {"sanic": "21.12.2"}, "1 of 4 packages were not audited: sanic"),
        (PINS | {"yarl": "1.26.0"}, "1 of 3 packages were not audited: yarl"),
        (PINS | {"keras": "2.13.1"}, "strike it"),
        ({}, "0 of 0 packages"),
    ],
)
def test_the_lock_and_the_report_must_agree(pins: dict[str, str], piece: str) -> None:
    faults, _ = judge(report(FINDINGS), pins, [KERAS, AIOHTTP])
    assert any(piece in fault for fault in faults)


def test_a_package_skipped_with_findings_counts_as_skipped() -> None:
    half = {"dependencies": [{"name": "yarl", "version": "1.25.1", "vulns": [], "skip_reason": "no answer"}]}
    assert judge(half, {"yarl": "1.25.1"}, [])[0] == ["1 of 1 packages were not audited: yarl"]


@pytest.mark.parametrize(
    "text",
    [
        "- {id: CVE-1, package: a, version: '1'}",
        "- {id: CVE-1, package: a, version: '1', why: kort}",
        "- {id: CVE-1, package: a, version: '', why: 0123456789012345678901234567890123456789}",
        "- {id: CVE-1, package: a, version: '1', why: 0123456789012345678901234567890123456789, until: 2030}",
        "- &a {id: CVE-1, package: a, version: '1', why: 0123456789012345678901234567890123456789}\n- *a",
    ],
)
def test_an_entry_without_a_reason_is_refused(text: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        read_known(text)


def test_every_reviewed_finding_is_of_what_is_pinned() -> None:
    pins = read_pins(LOCK.read_text(encoding="utf-8"))
    known = read_known(KNOWN.read_text(encoding="utf-8"))
    assert {(one.package, pins.get(canonical(one.package))) for one in known} == {
        (one.package, one.version) for one in known
    }


def test_the_gateway_loads_none_of_the_packages_with_findings() -> None:
    known = {canonical(one.package) for one in read_known(KNOWN.read_text(encoding="utf-8"))}
    code = (
        "import sys\n"
        "from bot.gateway.app import create_app\n"
        "from bot.gateway.settings import Settings\n"
        "from bot.privacy import scrub\n"
        "create_app(Settings('http://127.0.0.1:9', 's' * 40, 's' * 40))\n"
        "scrub('Hej, jag heter Maja.')\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "bot.gateway.web" in loaded
    modules = {name: LOADED.get(name) or MODULES.get(name, name) for name in known}
    assert {name for name, module in modules.items() if module in loaded} <= set(LOADED)
