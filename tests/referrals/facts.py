"""The facts, read straight from YAML, so that nothing here shares code with what it judges."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FACTS = Path(__file__).resolve().parents[2] / "knowledge" / "facts"
ORACLE = Path(__file__).with_name("oracle.yaml")

# The facts say of these that they must not be published before someone has checked that they exist.
UNPUBLISHED = frozenset({"linnamottagningen", "stodcentrum-nordvast", "mansjouren-stockholms-lan"})


@cache
def services() -> dict[str, dict[str, Any]]:
    """Every service of the facts by id."""
    return {row["id"]: row for row in yaml.safe_load((FACTS / "services.yaml").read_text(encoding="utf-8"))}


@cache
def topics() -> dict[str, dict[str, Any]]:
    """Every guidance topic of the facts by id."""
    return {row["id"]: row for row in yaml.safe_load((FACTS / "guidance.yaml").read_text(encoding="utf-8"))}


@cache
def municipalities() -> tuple[str, ...]:
    """The county's municipalities in the order of the gazetteer."""
    rows = yaml.safe_load((FACTS / "gazetteer.yaml").read_text(encoding="utf-8"))["municipalities"]
    return tuple(row["name"] for row in rows)


@cache
def social_services() -> dict[tuple[str | None, str | None], str]:
    """The responsible social services by (municipality, district); the home municipality's own for (None, None)."""
    found = {}
    for service in services().values():
        if service["kind"] == "socialtjanst":
            for municipality in service["municipalities"] or [None]:
                for district in service["districts"] or [None]:
                    found[municipality, district] = service["id"]
    return found


@cache
def verified_numbers(service_id: str) -> frozenset[str]:
    """Numbers of a service that may be shown: none of a service whose facts are of low confidence."""
    service = services()[service_id]
    if service["confidence"] == "low":
        return frozenset()
    return frozenset(str(phone["number"]) for phone in service["phones"])


def dialled(number: str) -> str:
    """How a Swedish number is dialled: E.164, or bare digits for a short number (112, 114 14, 116 111, 1177, 90101)."""
    digits = "".join(character for character in number if character.isdigit())
    if number.strip().startswith("+"):
        return "+" + digits
    return "+46" + digits[1:] if digits.startswith("0") else digits
