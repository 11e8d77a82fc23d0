"""`make canary`: plant 200 identifiers in every place of every call, in two houses, and search everything after 60 s.

    python -m bench.canary [--wait SECONDS] [--seed NUMBER]

One house logs at DEBUG, the other as it is delivered. Exit status 1 when a file, log or store holds an identifier;
what stands in memory is printed for both processes, and read as a debugger would (Linux, root or the same user).
"""

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.privacy import canary_house, canary_run, canary_teams
from tests.privacy.canary import Searcher


def main(arguments: list[str]) -> int:
    """Run, print, judge."""
    parser = argparse.ArgumentParser(description="Plant identifiers and search for them.")
    parser.add_argument("--wait", type=float, default=60.0, help="seconds between the forget and the search")
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args(arguments)
    flock = canary_run.fresh_flock(random.Random(options.seed))
    searcher = Searcher(flock)
    clean = True
    with tempfile.TemporaryDirectory() as homes, canary_teams.stand_in() as microsoft:
        for level in ("DEBUG", "WARNING"):
            house = canary_house.start(level, Path(homes) / level, **canary_teams.environment(microsoft))
            try:
                house.wait_until_ready()
                result = asyncio.run(canary_run.run(house, flock, searcher, options.wait, microsoft=microsoft))
            finally:
                house.stop()
            print(result.report(), flush=True)
            for file, canary in result.in_files + result.in_late_files:
                print(f"  FOUND {canary.kind.value} in {file.name}")
            clean = clean and not result.in_files + result.in_late_files
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
