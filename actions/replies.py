"""From what the directory answers to the payloads of the web contract. No prose: words come from the facts' labels."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from knowledge import payloads
from knowledge.directory import ServiceDirectory
from knowledge.labels import term
from knowledge.situation import OUTSIDE_COUNTY, Need, Perspective, Situation, ViolenceType
from knowledge.types import Match, Referral, Service, Topic

Payload = dict[str, Any]
_Told = TypeVar("_Told", Service, Topic)


def emergency(matches: Iterable[Match]) -> Payload:
    """Return the emergency card."""
    return {"kind": "emergency", "services": [payloads.service_payload(match) for match in matches]}


def hotlines(matches: Iterable[Match]) -> Payload:
    """Return a list of helplines."""
    return {"kind": "hotlines", "services": [payloads.service_payload(match) for match in matches]}


def lines_with_interpreter(directory: ServiceDirectory, situation: Situation, at: datetime) -> list[Match]:
    """Return 112 and a staffed line, then those of the lines that fit that have an interpreter or more languages."""
    each = once((*directory.emergency(situation, at), *directory.hotlines(situation, at)))
    return each[:2] + [match for match in each[2:] if match.service.interpreter or match.service.languages]


def once(matches: Iterable[Match]) -> list[Match]:
    """Return each service once, where it came first and with what was said of it last."""
    return list({match.service.id: match for match in matches}.values())


def may_be_told(found: Iterable[_Told], situation: Situation) -> tuple[_Told, ...]:
    """Leave out where victims find support and how they protect themselves, when the writer uses violence."""
    is_perpetrator = situation.perspective is Perspective.PERPETRATOR
    return tuple(one for one in found if not is_perpetrator or Perspective.PERPETRATOR in one.audience)


def guidance(topics: Iterable[Topic]) -> Payload:
    """Return guidance topics."""
    return {"kind": "guidance", "topics": [payloads.topic_payload(topic) for topic in topics]}


def referral(referral: Referral) -> Payload:
    """Return the referral."""
    return payloads.referral_payload(referral)


def button(title: str, intent: str, **entities: str) -> dict[str, str]:
    """Return a button whose payload carries entities; the gateway lets only known payloads through."""
    return {"title": title, "payload": f"/{intent}{json.dumps(entities, ensure_ascii=False)}"}


def summary(situation: Situation) -> str:
    """Say the situation back in a few words, for example "hedersvåld, 15 år, Botkyrka, tolk"; empty when unknown."""
    parts = [term("violence_type", kind) for kind in ViolenceType if kind in situation.violence_types]
    if situation.age is not None:
        parts.append(f"{situation.age} år")
    elif situation.age_group:
        parts.append(term("age_group", situation.age_group))
    if situation.municipality == OUTSIDE_COUNTY:
        parts.append(term("place", OUTSIDE_COUNTY))
    elif situation.municipality:
        parts.append(" i ".join(filter(None, (situation.district, situation.municipality))))
    parts += [term("need", need) for need in Need if need in situation.needs]
    return ", ".join(parts)
