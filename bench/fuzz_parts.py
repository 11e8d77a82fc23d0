"""`make fuzz`, the parts that read what people and editors write: coverage-guided (atheris), bounded.

    python bench/fuzz_parts.py [--runs 20000] scrubber|places|ages|facts

Needs atheris beside Lotsen's own packages (see the Makefile). A crash ends it with the input, and exit status 77.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 22)
LONGEST = 2000  # characters, as the gateway takes them
PERSPECTIVES = (None, "utsatt", "anhorig", "yrkesverksam", "utovare")


def check_scrubber(text: str) -> None:
    """What is removed is named, what goes on holds no structured identifier, and twice changes nothing more."""
    from bot.privacy import scrub
    from bot.privacy.guard import contains_structured

    scrubbed = scrub(text, today=TODAY)
    assert bool(scrubbed.found) == (scrubbed.text != text), "changed without saying so, or the other way round"
    assert not contains_structured(scrubbed.text), "an identifier is left"


def check_places(text: str) -> None:
    """A place is one of the county's, or none."""
    from knowledge.situation import DISTRICTS, MUNICIPALITIES, OUTSIDE_COUNTY

    place = _finder().find(text)
    assert place.municipality in (None, OUTSIDE_COUNTY, *MUNICIPALITIES), place
    assert place.district in (None, *DISTRICTS), place


def check_ages(text: str) -> None:
    """An age is that of a human being."""
    from bot.nlu import ages

    for perspective in PERSPECTIVES:
        found = ages.find(text, perspective, TODAY)
        assert found.age is None or 0 <= found.age <= 130, found


def check_facts(text: str) -> None:
    """Whatever stands in a file of the facts, there are values of the right shape, or faults with the file's name."""
    from knowledge.facts import FILES, FactsError, Fault, read_facts

    with tempfile.TemporaryDirectory() as folder:
        for stem, kind in FILES.items():
            Path(folder, f"{stem}.yaml").write_text("[]" if kind is list else "{}", encoding="utf-8")
        Path(folder, "traits.yaml").write_text(text, encoding="utf-8")
        faults: list[Fault] = []
        try:
            assert isinstance(read_facts(Path(folder)).traits, dict)
        except FactsError as error:
            faults = error.faults
        assert {fault.file for fault in faults} <= {"traits.yaml"}, faults


CHECKS: dict[str, Callable[[str], None]] = {
    "scrubber": check_scrubber, "places": check_places, "ages": check_ages, "facts": check_facts,
}  # fmt: skip
_finders: list[object] = []


def _finder() -> object:
    from knowledge.places import finder

    if not _finders:
        _finders.append(finder())
    return _finders[0]


def seeds(part: str, most: int = 400) -> list[str]:
    """Return texts to begin with: training sentences, or pieces of the facts."""
    if part == "facts":
        text = (ROOT / "knowledge/facts/traits.yaml").read_text(encoding="utf-8")
        return [*(text[start : start + 300] for start in range(0, min(len(text), 30_000), 300)), "? [a]\n: 2024-13-01"]
    from bench.fuzz_talk import ODD, sentences

    every = sentences()
    return [*every[:: max(1, len(every) // most)], *ODD]


def main(arguments: list[str]) -> int:
    """Fuzz one part. Returns the exit status."""
    import atheris  # only in the environment that the Makefile makes

    parser = argparse.ArgumentParser(prog="python bench/fuzz_parts.py")
    parser.add_argument("part", choices=CHECKS)
    parser.add_argument("--runs", type=int, default=20_000)
    asked = parser.parse_args(arguments)
    check = CHECKS[asked.part]
    with atheris.instrument_imports(include=["bot.privacy", "bot.nlu", "knowledge"]):
        check("hej")  # the modules are imported here
    corpus = tempfile.mkdtemp(prefix="lotsen-fuzz-")
    for number, seed in enumerate(seeds(asked.part)):
        Path(corpus, str(number)).write_text(seed, encoding="utf-8")

    def one(data: bytes) -> None:
        check(data.decode("utf-8", "ignore")[:LONGEST])

    options = [f"-runs={asked.runs}", f"-max_len={4 * LONGEST}", "-timeout=10", "-verbosity=0", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, corpus], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
