"""Rules for what users read: summaries, notes at phone numbers, labels, and the traits that steer the ranking."""

from __future__ import annotations

import re

from knowledge.checks.common import Faults, strings
from knowledge.facts import Facts
from knowledge.phones import numbers_in

LONGEST_SUMMARY = 160
# Words of the research, which users have no use for and which would read as doubt about the service itself.
_RESEARCH = re.compile(
    r"lagrad|källa|kopia|läst på|ur minnet|ej funne|egen kännedom|bekräft|kontrollera|uppgift från", re.I
)


def check_copy(facts: Facts) -> list[Faults]:
    """Check every file that holds copy."""
    return [_summaries(facts), _phone_notes(facts), _traits(facts)]


def _service_ids(facts: Facts) -> set[str]:
    return {str(entry.get("id")) for entry in facts.services if isinstance(entry, dict)}


def _summaries(facts: Facts) -> Faults:
    """One plain sentence or two for every service: short, no number but 112, nothing of the research."""
    faults = Faults("summaries.yaml")
    for service_id in _service_ids(facts) - set(facts.summaries):
        faults.add(service_id, "-", "mening saknas")
    for service_id, summary in facts.summaries.items():
        faults.check(service_id in _service_ids(facts), service_id, "-", "tjänsten finns inte i services.yaml")
        if not faults.check(isinstance(summary, str) and summary.strip(), service_id, "-", "ska vara en mening"):
            continue
        faults.check(
            len(summary) <= LONGEST_SUMMARY, service_id, "-", f"{len(summary)} tecken, högst {LONGEST_SUMMARY}"
        )
        faults.check(summary.endswith("."), service_id, "-", "ska sluta med punkt")
        faults.check(not numbers_in(summary), service_id, "-", "telefonnummer i meningen")
        faults.check(not _RESEARCH.search(summary), service_id, "-", "ord om utredningen hör inte hemma här")
    return faults


def _phone_notes(facts: Facts) -> Faults:
    faults = Faults("phone_notes.yaml")
    known = {
        (str(entry.get("id")), str(phone.get("number"))): phone.get("note")
        for entry in facts.services
        if isinstance(entry, dict)
        for phone in entry.get("phones") or ()
        if isinstance(phone, dict)
    }
    for service_id, notes in facts.phone_notes.items():
        if faults.check(isinstance(notes, dict), service_id, "-", "ska vara nummer: not"):
            for number in notes:
                faults.check(
                    (service_id, number) in known, service_id, str(number), "numret finns inte i services.yaml"
                )
    for (service_id, number), raw in known.items():
        own = facts.phone_notes.get(service_id)
        note = own.get(number, raw) if isinstance(own, dict) else raw
        faults.check(
            not (note and _RESEARCH.search(str(note))), service_id, number, f"noten {note!r} visas för användare"
        )
    return faults


def _traits(facts: Facts) -> Faults:
    faults = Faults("traits.yaml")
    terms = facts.labels.get("terms")
    known = set(terms.get("trait", {})) if isinstance(terms, dict) else set()
    for service_id, traits in facts.traits.items():
        faults.check(service_id in _service_ids(facts), service_id, "-", "tjänsten finns inte i services.yaml")
        if not faults.check(isinstance(traits, dict), service_id, "-", "ska ha traits eller aliases"):
            continue
        for field, values in traits.items():
            faults.check(field in ("traits", "aliases"), service_id, str(field), "okänt fält")
            faults.check(strings(values), service_id, str(field), "ska vara en lista")
        for trait in traits.get("traits", ()):
            faults.check(trait in known, service_id, "traits", f"okänt värde {trait!r}")
    return faults
