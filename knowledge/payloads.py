"""Matches, referrals and topics as the plain dicts of the web contract, and the permalink of a situation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from knowledge.situation import Situation
from knowledge.types import Match, Phone, Referral, Topic

# Query parameter -> field of the situation, in the order of the permalink.
PARAMETERS = {
    "typ": "violence_types",
    "alder": "age",
    "aldersgrupp": "age_group",
    "kommun": "municipality",
    "stadsdel": "district",
    "roll": "perspective",
    "kon": "gender",
    "behov": "needs",
    "akut": "emergency",
    "sjalvmord": "suicide_risk",
    "barn": "child_at_risk",
}
_LISTS = {"typ", "behov"}
_FLAGS = {"akut", "sjalvmord", "barn"}
_TRUTH = {"true": True, "1": True, "on": True, "ja": True, "false": False, "0": False, "off": False, "nej": False}


def phone_payload(phone: Phone) -> dict[str, Any]:
    """Return `{"number", "tel", "note"}`; only verified numbers become a `Phone`."""
    return {"number": phone.number, "tel": phone.tel, "note": phone.note}


def service_payload(match: Match) -> dict[str, Any]:
    """Return one service of the contract with why it fits; `opens` is added when it is closed and known to open."""
    service = match.service
    payload = {
        "id": service.id,
        "name": service.name,
        "summary": service.summary,
        "phones": [phone_payload(phone) for phone in service.phones],
        "chat": service.chat,
        "email": service.email,
        "url": service.url,
        "hours": service.hours,
        "open_now": match.open_now,
        "languages": list(service.languages),
        "interpreter": service.interpreter,
        "anonymous": service.anonymous,
        "cost": service.cost,
        "why": list(match.why),
        "checked": service.checked,
        "source": service.source,
    }
    if match.opens:
        payload["opens"] = match.opens
    return payload


def topic_payload(topic: Topic) -> dict[str, Any]:
    """Return one guidance topic of the contract; `text` has one confirmed fact to a line."""
    return {"id": topic.id, "title": topic.title, "text": topic.text, "law": list(topic.law)}


def referral_payload(referral: Referral) -> dict[str, Any]:
    """Return the whole referral of the contract, `{"kind": "referral", ...}`."""
    return {
        "kind": "referral",
        "situation": referral.situation.to_dict(),
        "groups": [
            {"id": group.id, "title": group.title, "services": [service_payload(match) for match in group.matches]}
            for group in referral.groups
        ],
        "guidance": [topic_payload(topic) for topic in referral.guidance],
        "permalink": permalink(referral.situation),
    }


def permalink(situation: Situation) -> str:
    """Return `/hanvisning?…` for a situation; `situation_from_query` reads it back.

    What follows from the rest (age group from age, child at risk from a child's age) is left out.
    """
    whole = situation.completed()
    values = {**whole.to_dict(), "gender": whole.gender and whole.gender.value}
    if whole.age is not None:
        values["age_group"] = None
    if replace(whole, child_at_risk=False).completed().child_at_risk:
        values["child_at_risk"] = False
    pairs = []
    for parameter, field in PARAMETERS.items():
        value = values[field]
        if isinstance(value, list):
            pairs += [(parameter, code) for code in value]
        elif value is True:
            pairs.append((parameter, "true"))
        elif value is not None and value is not False:  # an age of 0 is said
            pairs.append((parameter, str(value)))
    return "/hanvisning" + ("?" + urlencode(pairs) if pairs else "")


def situation_from_query(params: Mapping[str, Any] | Iterable[tuple[str, str]]) -> Situation:
    """Read a situation from query parameters: pairs, or a mapping to a string or a list of strings.

    An empty value means not said.

    Raises:
        ValueError: with a Swedish sentence, for an unknown parameter or value; what was sent is not repeated.
    """
    values: dict[str, Any] = {}
    for parameter, value in _pairs(params):
        field = PARAMETERS.get(parameter)
        if field is None:
            raise ValueError(f"Okänd parameter. De som finns: {', '.join(PARAMETERS)}.")
        if value == "":
            continue
        one = _value(parameter, field, value)
        if parameter in _LISTS:
            values.setdefault(field, []).append(one)
        elif values.setdefault(field, one) != one:
            raise ValueError(f"{parameter}: kan bara anges en gång.")
    return Situation.parse(values)


def _pairs(params: Mapping[str, Any] | Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    if not isinstance(params, Mapping):
        yield from params
        return
    for parameter, value in params.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            yield parameter, one


def _value(parameter: str, field: str, value: str) -> Any:
    if parameter in _FLAGS:
        if value.lower() not in _TRUTH:
            raise ValueError(f"{parameter}: ange true eller false.")
        return _TRUTH[value.lower()]
    try:
        Situation.parse({field: [value] if parameter in _LISTS else value})
    except ValueError as error:
        # The sentence names the field of the situation; the reader knows the parameter.
        raise ValueError(str(error).replace(f"{field}:", f"{parameter}:", 1)) from None
    return value
