"""Rules for guidance.yaml and questions.yaml."""

from __future__ import annotations

import re
from typing import Any

from knowledge.checks.common import AUDIENCE, CONFIDENCE, TYPES, Faults, is_url, keys, repeated, strings
from knowledge.facts import Facts

KEYS = [
    "id", "title_sv", "audience", "when", "violence_types", "facts", "advice_unreviewed", "unconfirmed", "law",
    "sources", "confidence",
]  # fmt: skip
LAW_STATUS = {"bekraftad", "endast_proposition", "obekraftad"}


def check_guidance(facts: Facts) -> Faults:
    """Check every topic: known codes, a source behind every fact, a status on every paragraph of law."""
    faults = Faults("guidance.yaml")
    for number, topic in enumerate(facts.guidance, 1):
        name = topic.get("id") or f"post {number}" if isinstance(topic, dict) else f"post {number}"
        if keys(faults, name, topic, KEYS):
            _topic(faults, name, topic)
    for topic_id in repeated(_ids(facts)):
        faults.add(topic_id, "id", "finns två gånger")
    return faults


def check_questions(facts: Facts) -> Faults:
    """Check that the examples of questions belong to topics that exist."""
    faults = Faults("questions.yaml")
    for topic_id, questions in facts.questions.items():
        faults.check(topic_id in _ids(facts), topic_id, "-", "ämnet finns inte i guidance.yaml")
        if faults.check(strings(questions) and questions, topic_id, "-", "ska vara en lista med frågor"):
            for question in repeated(questions):
                faults.add(topic_id, "-", f"{question!r} finns två gånger")
    return faults


def _ids(facts: Facts) -> list[Any]:
    return [topic.get("id") for topic in facts.guidance if isinstance(topic, dict)]


def _topic(faults: Faults, name: str, topic: dict[str, Any]) -> None:
    faults.check(isinstance(name, str) and re.fullmatch(r"[a-z0-9_]+", name), name, "id", "ska vara a-z, 0-9 och _")
    for field in ("title_sv", "when"):
        faults.check(isinstance(topic[field], str) and topic[field].strip(), name, field, "saknas")
    for field, allowed in (("audience", AUDIENCE), ("violence_types", TYPES)):
        if faults.check(strings(topic[field]), name, field, "ska vara en lista"):
            for value in set(topic[field]) - allowed:
                faults.add(name, field, f"okänt värde {value!r}")
    faults.check(topic["audience"], name, "audience", "är tom")
    faults.check(topic["confidence"] in CONFIDENCE, name, "confidence", f"okänt värde {topic['confidence']!r}")
    for field in ("facts", "advice_unreviewed", "unconfirmed"):
        faults.check(strings(topic[field]), name, field, "ska vara en lista med meningar")
    faults.check(topic["facts"] or topic["advice_unreviewed"], name, "facts", "ämnet är tomt")
    faults.check(not topic["facts"] or topic["sources"], name, "sources", "fakta utan källa")
    if faults.check(isinstance(topic["law"], list), name, "law", "ska vara en lista"):
        for law in topic["law"]:
            if keys(faults, name, law, ["ref", "what", "status"], ordered=False):
                faults.check(law["status"] in LAW_STATUS, name, "law", f"okänd status {law['status']!r}")
    if faults.check(isinstance(topic["sources"], list), name, "sources", "ska vara en lista"):
        for source in topic["sources"]:
            if keys(faults, name, source, ["url", "note"], ordered=False):
                faults.check(is_url(source["url"]), name, "sources", f"{source['url']!r} är ingen adress")
