"""Checks the facts before they are built: every fault with its file, entry and field."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from knowledge.checks.common import Faults
from knowledge.checks.copy import check_copy
from knowledge.checks.guidance import check_guidance, check_questions
from knowledge.checks.services import check_services
from knowledge.checks.words import check_gazetteer, check_indicators, check_lexicon
from knowledge.facts import FACTS_DIRECTORY, Facts, FactsError, Fault, read_facts

_LOCAL_PATH = re.compile(r"(^|[\s'\"(\[])/(tmp|work|home|root|usr)/", re.M)


def check_facts(directory: Path = FACTS_DIRECTORY) -> list[Fault]:
    """Return every fault of the facts; an empty list when they can be built and shown."""
    try:
        facts = read_facts(directory)
    except FactsError as error:
        return error.faults
    found = [
        _texts(facts),
        check_services(facts),
        check_guidance(facts),
        check_questions(facts),
        *check_copy(facts),
        check_gazetteer(facts),
        check_lexicon(facts),
        check_indicators(facts),
    ]
    return [fault for faults in found for fault in faults]


def _texts(facts: Facts) -> list[Fault]:
    """No anchors (an editor who changes one place would change another) and no path of somebody's machine."""
    found: list[Fault] = []
    for name, text in facts.texts.items():
        faults = Faults(name)
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            anchor = getattr(event, "anchor", None)  # an alias carries the name of its anchor, too
            faults.check(not anchor, f"&{anchor}", "-", "ankare eller alias")
        faults.check(not _LOCAL_PATH.search(text), "-", "-", "lokal sökväg i filen")
        found += faults
    return found
