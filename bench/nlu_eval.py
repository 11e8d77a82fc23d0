"""`make eval`: how well the held-out conversations are understood, against the thresholds of the project.

Runs every conversation as the dialogue does, with the trained model, and prints a table per facet, the confusion of
types, the reliability of the confidences, the time a message takes, and every error. Exits 1 below a threshold.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.nlu_conversations import SETS, Conversation, Outcome, Read, conversations, run
from knowledge.situation import Need, ViolenceType

MODEL = Path("models/lotsen.tar.gz")
RESULTS = Path("bench/results/nlu.json")
# Figure -> the least that the project asks for (for `parse_p95_ms` the most).
THRESHOLDS = {
    "types_macro_f1": 0.90, "types_exact": 0.85, "perspective": 0.95, "age": 0.95, "age_group": 0.93,
    "municipality": 0.97, "district": 0.95, "emergency_recall": 0.95, "emergency_precision": 0.80,
    "suicide_recall": 0.95, "child_f1": 0.90, "needs_micro_f1": 0.80, "intent": 0.92, "parse_p95_ms": 25.0,
}  # fmt: skip
VALUES = ("perspective", "age", "age_group", "municipality", "district", "gender")
FLAGS = ("emergency", "suicide_risk", "child_at_risk")


def prf(gold: Sequence[bool], found: Sequence[bool]) -> tuple[float, float, float]:
    """Return precision, recall and F1; 1.0 where there was nothing to find or nothing found."""
    hits = sum(one and other for one, other in zip(gold, found, strict=True))
    precision = hits / sum(found) if any(found) else 1.0
    recall = hits / sum(gold) if any(gold) else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return every figure that has a threshold, but for the time."""
    pairs = [(outcome.conversation.situation, outcome.situation) for outcome in outcomes]
    by_type = [
        prf([kind in gold.violence_types for gold, _ in pairs], [kind in found.violence_types for _, found in pairs])[2]
        for kind in ViolenceType
    ]
    flags = {name: prf(*zip(*((getattr(g, name), getattr(f, name)) for g, f in pairs), strict=True)) for name in FLAGS}
    needs = prf(*zip(*((need in g.needs, need in f.needs) for g, f in pairs for need in Need), strict=True))
    exact = {name: float(np.mean([getattr(g, name) == getattr(f, name) for g, f in pairs])) for name in VALUES}
    return exact | {
        "types_macro_f1": float(np.mean(by_type)),
        "types_exact": float(np.mean([gold.violence_types == found.violence_types for gold, found in pairs])),
        "emergency_precision": flags["emergency"][0],
        "emergency_recall": flags["emergency"][1],
        "emergency_met": _met(outcomes, "emergency"),
        "suicide_met": _met(outcomes, "suicide_risk"),
        "danger_asked": float(np.mean([outcome.asked for outcome in outcomes])),
        "suicide_precision": flags["suicide_risk"][0],
        "suicide_recall": flags["suicide_risk"][1],
        "child_f1": flags["child_at_risk"][2],
        "needs_micro_f1": needs[2],
        "intent": float(np.mean([outcome.intent == outcome.conversation.intent for outcome in outcomes])),
    }


def _met(outcomes: Sequence[Outcome], name: str) -> float:
    """Return the share of dangers that were answered with 112 or, when not sure enough, asked about."""
    meant = [outcome for outcome in outcomes if getattr(outcome.conversation.situation, name)]
    seen = [each.situation.emergency or each.situation.suicide_risk or each.asked for each in meant]
    return float(np.mean(seen)) if seen else 1.0


def facet_table(outcomes: Sequence[Outcome]) -> list[tuple[str, int, float, float, float]]:
    """Return a row per facet value: name, how often in the gold labels, precision, recall, F1."""
    pairs = [(outcome.conversation.situation, outcome.situation) for outcome in outcomes]
    tests: list[tuple[str, Callable[[Any], bool]]] = [
        *((str(kind), lambda s, kind=kind: kind in s.violence_types) for kind in ViolenceType),  # type: ignore[misc]
        *((str(need), lambda s, need=need: need in s.needs) for need in Need),  # type: ignore[misc]
        *((name, lambda s, name=name: bool(getattr(s, name))) for name in FLAGS),  # type: ignore[misc]
    ]
    rows = []
    for name, test in tests:
        gold, found = [test(g) for g, _ in pairs], [test(f) for _, f in pairs]
        rows.append((name, sum(gold), *prf(gold, found)))
    for name in VALUES:
        said = [(getattr(g, name), getattr(f, name)) for g, f in pairs]
        hits = sum(g is not None and g == f for g, f in said)
        precision = hits / max(1, sum(f is not None for _, f in said))
        recall = hits / max(1, sum(g is not None for g, _ in said))
        rows.append(
            (
                name,
                sum(g is not None for g, _ in said),
                precision,
                recall,
                2 * hits / max(1, sum((g is not None) + (f is not None) for g, f in said)),
            )
        )
    return rows


def confusion(outcomes: Sequence[Outcome]) -> Counter[tuple[str, str]]:
    """Return how often one set of types was taken for another."""
    named = lambda kinds: "+".join(sorted(kinds)) or "-"  # noqa: E731
    return Counter(
        (named(o.conversation.situation.violence_types), named(o.situation.violence_types)) for o in outcomes
    )


def reliability(outcomes: Sequence[Outcome]) -> list[tuple[float, float, int]]:
    """Return, per tenth of confidence, the mean confidence, the share that was right, and the number."""
    points = [
        (sure, getattr(o.situation, name) == getattr(o.conversation.situation, name))
        for o in outcomes
        for name, sure in o.confidence.items()
        if name in ("perspective", "violence_types", "age_group", "municipality", "age")
    ]
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in points:
        bins.setdefault(min(9, int(sure * 10)), []).append((sure, right))
    return [
        (float(np.mean([s for s, _ in each])), float(np.mean([r for _, r in each])), len(each))
        for _, each in sorted(bins.items())
    ]


def reader(model: Path) -> Read:
    """Return the trained model as a function of a text."""
    import skops.io  # noqa: F401  before Rasa, which it slows down otherwise
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    logging.disable(logging.INFO)
    configure_structlog(logging.ERROR)  # as it comes it writes every message to the terminal
    agent, loop = Agent.load(str(model)), asyncio.new_event_loop()

    def read(text: str) -> tuple[str, dict[str, Any]]:
        parsed = loop.run_until_complete(agent.parse_message(text))
        return str(parsed["intent"]["name"]), dict(parsed.get("facets") or {})

    return read


def outcomes_of(model: Path, talks: Sequence[Conversation]) -> tuple[list[Outcome], list[float]]:
    """Run conversations through the trained model; also the milliseconds that each message took."""
    read = reader(model)
    times: list[float] = []

    def timed(text: str) -> tuple[str, dict[str, Any]]:
        begun = time.perf_counter()
        heard = read(text)
        times.append((time.perf_counter() - begun) * 1000)
        return heard

    read("hej")
    return [run(timed, conversation) for conversation in talks], times


def main() -> int:
    """Print everything and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--errors", choices=("all", "even", "none"), default="all", help="whose texts to show")
    chosen = parser.parse_args()
    sets = {name: conversations(name) for name in SETS}
    everything, times = outcomes_of(chosen.model, [each for found in sets.values() for each in found])
    first = len(sets[SETS[0]])
    outcomes = everything[:first]
    halves = {"all": outcomes, "even": outcomes[1::2], "odd": outcomes[0::2], "unread": everything[first:]}
    measured = {name: figures(each) for name, each in halves.items()}
    measured["all"]["parse_p95_ms"] = float(np.percentile(times, 95))
    print(f"{'facet':22}{'n':>5}{'precision':>11}{'recall':>8}{'F1':>7}")
    for name, count, precision, recall, f1 in facet_table(outcomes):
        print(f"{name:22}{count:5}{precision:11.2f}{recall:8.2f}{f1:7.2f}")
    print("\nTypes taken for others:")
    for (gold, found), count in confusion(outcomes).most_common():
        if gold != found:
            print(f"  {count:3}  {gold} -> {found}")
    print("\nConfidence, share right, number:")
    for sure, right, count in reliability(outcomes):
        print(f"  {sure:.2f}  {right:.2f}  {count}")
    if chosen.errors != "none":
        _print_errors(halves["even"] if chosen.errors == "even" else outcomes)
    print(f"\n{'figure':22}{'all':>8}{'even':>8}{'odd':>8}{'unread':>8}{'wanted':>8}")
    failed = []
    for name, wanted in THRESHOLDS.items():
        value = measured["all"][name]
        missed = value > wanted if name.endswith("_ms") else value < wanted
        failed += [name] if missed else []
        parts = "".join(f"{measured[half].get(name, float('nan')):8.3f}" for half in halves)
        print(f"{name:22}{parts}{wanted:8.2f}{'  BELOW' if missed else ''}")
    print("\nWithout a threshold: 112 shown or danger asked about, where there was any; false alarms of suicide")
    for name in ("emergency_met", "suicide_met", "danger_asked", "suicide_precision"):
        print(f"{name:22}" + "".join(f"{measured[half][name]:8.3f}" for half in halves))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(measured, indent=1), encoding="utf-8")
    return 1 if failed else 0


def _print_errors(outcomes: Sequence[Outcome]) -> None:
    print("\nErrors:")
    for outcome in outcomes:
        gold, found = outcome.conversation.situation.to_dict(), outcome.situation.to_dict()
        wrong = [f"{name}: {gold[name]} <- {found[name]}" for name in gold if gold[name] != found[name]]
        if outcome.intent != outcome.conversation.intent:
            wrong.append(f"intent: {outcome.conversation.intent} <- {outcome.intent}")
        if wrong:
            print(
                f"  {outcome.conversation.id} {'; '.join(wrong)}\n       {' // '.join(outcome.conversation.messages)}"
            )


if __name__ == "__main__":
    sys.exit(main())
