"""The rows of oracle.yaml and how an answer is judged by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from knowledge.directory import ServiceDirectory
from knowledge.situation import Situation
from tests.referrals.facts import ORACLE, services, topics


@dataclass(frozen=True)
class Row:
    """One judged situation; ids of services in `must` and `must_not`, of topics in `guidance_must`."""

    name: str
    situation: Mapping[str, Any]
    must: frozenset[str]
    must_not: frozenset[str]
    guidance_must: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """What an answer lacks and what it should not have held; empty when it agrees with the row."""

    missing: tuple[str, ...]
    forbidden: tuple[str, ...]
    missing_guidance: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the answer agrees with the row in full."""
        return not (self.missing or self.forbidden or self.missing_guidance)


def _expand(names: list[str], sets: Mapping[str, list[str]]) -> frozenset[str]:
    """Replace '@name' by the ids of that list."""
    return frozenset(one for name in names for one in (sets[name[1:]] if name.startswith("@") else [name]))


def load_rows() -> tuple[list[Row], Mapping[str, list[str]]]:
    """Read the oracle: its rows and its named lists.

    Raises:
        ValueError: for an id that the facts do not know, two rows of one name, or a row that contradicts itself.
    """
    content = yaml.safe_load(ORACLE.read_text(encoding="utf-8"))
    sets: Mapping[str, list[str]] = content["sets"]
    rows: dict[str, Row] = {}
    for value in content["rows"]:
        row = Row(
            name=value["name"],
            situation=value["situation"],
            must=_expand(value["must"], sets),
            must_not=_expand(value["must_not"], sets),
            guidance_must=frozenset(value.get("guidance_must", ())),
        )
        unknown = (row.must | row.must_not) - services().keys() | row.guidance_must - topics().keys()
        if unknown or row.must & row.must_not or row.name in rows:
            raise ValueError(f"{row.name}: {sorted(unknown or row.must & row.must_not) or 'name used twice'}")
        rows[row.name] = row
    return list(rows.values()), sets


def judge(directory: ServiceDirectory, row: Row) -> Verdict:
    """Ask the directory and compare with the row."""
    referral = directory.find(Situation.parse(row.situation))
    shown = {match.service.id for group in referral.groups for match in group.matches}
    guidance = {topic.id for topic in referral.guidance}
    return Verdict(
        missing=tuple(sorted(row.must - shown)),
        forbidden=tuple(sorted(row.must_not & shown)),
        missing_guidance=tuple(sorted(row.guidance_must - guidance)),
    )
