"""`make referral-eval`: agreement of the referrals with the oracle, and the properties over the whole space.

    python -m bench.referral_eval [--step N] [--workers N]

The oracle (tests/referrals/oracle.yaml) and the properties (tests/referrals/properties.py) are written from the facts,
apart from the ranking. A database is built from the facts first, so that nothing old is judged.
Exit status 1 below 100 %.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from multiprocessing import Pool

from knowledge.build import build
from knowledge.directory import ServiceDirectory, load_directory
from knowledge.situation import Situation
from tests.referrals.oracle import judge, load_rows
from tests.referrals.properties import PROPERTIES, Case
from tests.referrals.space import situations

EXAMPLES = 10


class Tally:
    """Faults of each property with one example each, and the services that were reached."""

    def __init__(self) -> None:
        self.asked = 0
        self.cpu = 0.0  # seconds
        self.finds: list[float] = []  # seconds of processor time, one for each situation
        self.faults: Counter[tuple[str, str]] = Counter()
        self.examples: dict[tuple[str, str], str] = {}
        self.reached: set[str] = set()

    def add(self, case: Case) -> None:
        """Hold the case against every property."""
        self.asked += 1
        self.reached.update(case.shown)
        for name, rule in PROPERTIES.items():
            for fault in rule(case):
                self.faults[name, fault] += 1
                self.examples.setdefault((name, fault), str({key: said for key, said in case.values.items() if said}))

    def merge(self, other: Tally) -> None:
        """Take in what another process found."""
        self.asked += other.asked
        self.cpu += other.cpu
        self.finds += other.finds
        self.faults.update(other.faults)
        self.examples = {**other.examples, **self.examples}
        self.reached |= other.reached


def ask(job: tuple[str, int, int, int]) -> Tally:
    """Ask one worker's share: every `workers`-th of every `step`-th situation, starting at `number`."""
    url, step, number, workers = job
    directory, tally = load_directory(url), Tally()
    for index, values in enumerate(situations(step)):
        if index % workers == number:
            situation = Situation.parse(values)
            start = time.process_time()
            referral = directory.find(situation)
            tally.finds.append(time.process_time() - start)
            tally.add(Case(values, situation, referral))
    tally.cpu = time.process_time()
    return tally


def print_agreement(directory: ServiceDirectory) -> bool:
    """Print how many rows agree, and every disagreement; return whether all do."""
    rows, _ = load_rows()
    verdicts = [(row, judge(directory, row)) for row in rows]
    agreed = sum(verdict.agrees for _, verdict in verdicts)
    print(f"Oracle: {agreed} of {len(rows)} situations agree ({agreed / len(rows):.1%})")
    wanted = sum(len(row.must) for row in rows)
    barred = sum(len(row.must_not) for row in rows)
    advice = sum(len(row.guidance_must) for row in rows)
    for label, total, missed in (
        ("services that must come", wanted, sum(len(verdict.missing) for _, verdict in verdicts)),
        ("services that must not come", barred, sum(len(verdict.forbidden) for _, verdict in verdicts)),
        ("guidance that must come", advice, sum(len(verdict.missing_guidance) for _, verdict in verdicts)),
    ):
        print(f"  {label:28} {total - missed:6} of {total:6} ({(total - missed) / total:.2%})")
    for row, verdict in verdicts:
        if not verdict.agrees:
            print(f"  ! {row.name}: lacks {verdict.missing + verdict.missing_guidance}, holds {verdict.forbidden}")
    return agreed == len(rows)


def print_properties(directory: ServiceDirectory, tally: Tally, seconds: float) -> bool:
    """Print the faults of each property; return whether there are none and every service was reached."""
    print(f"Properties over {tally.asked} situations in {seconds:.0f} s ({tally.cpu:.0f} s of processor time)")
    finds = sorted(tally.finds)
    half, most = (1000 * finds[int(share * len(finds))] for share in (0.5, 0.95))
    print(f"  one referral: half within {half:.2f} ms, 95 % within {most:.2f} ms")
    for name in PROPERTIES:
        faults = sum(count for (which, _), count in tally.faults.items() if which == name)
        print(f"  {name:28} {'holds' if not faults else f'{faults} faults'}")
    for key, count in tally.faults.most_common(EXAMPLES):
        print(f"  ! {key[0]}: {key[1]} ({count} times), as {tally.examples[key]}")
    unreached = sorted({service.id for service in directory.all()} - tally.reached)
    print(f"  every service reachable      {unreached or 'holds'}")
    return not tally.faults and not unreached


def main() -> int:
    """Run both and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--step", type=int, default=1, help="ask every STEP-th situation of the space")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/knowledge.db"
        build(url)
        directory = load_directory(url)
        agreed = print_agreement(directory)
        start, tally = time.perf_counter(), Tally()
        with Pool(options.workers) as pool:
            jobs = [(url, options.step, number, options.workers) for number in range(options.workers)]
            for part in pool.imap_unordered(ask, jobs):
                tally.merge(part)
        held = print_properties(directory, tally, time.perf_counter() - start)
    return 0 if agreed and held else 1


if __name__ == "__main__":
    sys.exit(main())
