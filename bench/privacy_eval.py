"""`make privacy-eval`: how much of two sets is removed, how much is removed in vain, beside Presidio.

    python -m bench.privacy_eval [--no-presidio] [--json PATH]

The development set (tests/privacy) holds three former held-out sets, which have been looked at since, and sentences of
our own by kind: detectors were widened by what it showed, so its figures flatter. The held-out set is frozen and was
written apart from the detectors; the thresholds are judged on it alone. A span counts as removed when nothing that
identifies is left of it: every letter and digit; of a postcode the digits (the town is kept on purpose); of a street
address every digit and the street; of a dictated number nine tenths. Exit status 1 below the thresholds.
"""

import argparse
import hashlib
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.privacy import scrub

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "privacy"
DEVELOPMENT = FOLDER / "dev.jsonl"
HELD_OUT = FOLDER / "eval.jsonl"
SENTENCES = FOLDER.parents[1] / "data" / "nlu"
TODAY = date(2026, 11, 21)
MIN_RECALL = {"person": 0.95}
MIN_STRUCTURED_RECALL = 0.995
MIN_SPANS = 20
MAX_CHANGED = 0.02
MAX_KEEP_LOST = 0.01
MAX_P95 = 10.0  # processor milliseconds

Span = tuple[str, int, int]
Finder = Callable[[str], list[Span]]


def load(path: Path) -> list[dict[str, Any]]:
    """Read a set; refuses a frozen one that does not match its checksum."""
    data = path.read_bytes()
    frozen = path.with_suffix(".sha256")
    if frozen.exists() and hashlib.sha256(data).hexdigest() != frozen.read_text().split()[0]:
        raise SystemExit(f"{path.name} does not match its checksum: the set is frozen")
    return [json.loads(line) for line in data.decode().splitlines()]


def ours(text: str) -> list[Span]:
    """Spans that Lotsen removes."""
    return [(item.type.value, item.start, item.end) for item in scrub(text, today=TODAY).found]


def is_removed(text: str, kind: str, start: int, end: int, gone: set[int]) -> bool:
    """Whether nothing that identifies is left of text[start:end] when the offsets `gone` are cut out."""
    wanted = [i for i in range(start, end) if text[i].isalnum()]
    digits = [i for i in wanted if text[i].isdigit()]
    if kind == "postcode_address" and digits:
        return all(i in gone for i in digits)
    covered = sum(i in gone for i in wanted) / max(1, len(wanted))
    if kind == "address":
        return all(i in gone for i in digits) and covered >= 0.6
    if kind == "person" and text[end - 1] in "sS":
        return all(i in gone for i in wanted if i < end - 1)
    return covered >= (0.9 if not digits and kind not in ("person", "username", "email", "url_profile") else 1)


def measure(rows: list[dict[str, Any]], find: Finder) -> dict[str, Any]:
    """Counts per type, over-scrubbing and time of one finder on the set."""
    total, removed, named, found, right, lost_by = Counter(), Counter(), Counter(), Counter(), Counter(), Counter()
    clean = changed = keeps = lost = 0
    times = []
    misses = []
    for row in rows:
        text = row["text"]
        begin = time.process_time()
        spans = find(text)
        times.append((time.process_time() - begin) * 1000)
        gone = {i for _, start, end in spans for i in range(start, end)}
        for gold in row["spans"]:
            kind, start, end = gold["type"], gold["start"], gold["end"]
            total[kind] += 1
            done = is_removed(text, kind, start, end, gone)
            removed[kind] += done
            named[kind] += any(k == kind and s < end and start < e for k, s, e in spans)
            if not done:
                misses.append((row["id"], kind))
        for kind, start, end in spans:
            found[kind] += 1
            right[kind] += any(g["start"] < end and start < g["end"] for g in row["spans"])
        clean += not row["spans"]
        changed += not row["spans"] and bool(spans)
        for keep in row["keep"]:
            keeps += 1
            hit = next((k for k, s, e in spans if s < keep["end"] and keep["start"] < e), None)
            lost += hit is not None
            lost_by[hit] += hit is not None
    lost_by.pop(None, None)
    return {
        "total": total, "removed": removed, "named": named, "found": found, "right": right, "lost_by": lost_by,
        "clean": clean, "changed": changed, "keeps": keeps, "lost": lost, "misses": misses,
        "p50": statistics.median(times), "p95": statistics.quantiles(times, n=20)[-1],
    }  # fmt: skip


def presidio() -> Finder:
    """Presidio as shipped, set to Swedish; with the Swedish spaCy model when it is installed."""
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import (
        CreditCardRecognizer,
        EmailRecognizer,
        IbanRecognizer,
        IpRecognizer,
        PhoneRecognizer,
        SpacyRecognizer,
        UrlRecognizer,
    )

    # As shipped the e-mail check fetches a list of domains from outside hosts.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    installed = spacy.util.is_package("sv_core_news_sm")
    engine = SpacyNlpEngine(models=[{"lang_code": "sv", "model_name": "sv_core_news_sm"}])
    engine.nlp = {"sv": spacy.load("sv_core_news_sm") if installed else spacy.blank("sv")}
    registry = RecognizerRegistry(supported_languages=["sv"])
    registry.add_recognizer(PhoneRecognizer(supported_regions=("SE", "NO", "DK", "FI"), supported_language="sv"))
    for recognizer in (CreditCardRecognizer, EmailRecognizer, IbanRecognizer, IpRecognizer, UrlRecognizer):
        registry.add_recognizer(recognizer(supported_language="sv"))
    if installed:
        registry.add_recognizer(SpacyRecognizer(supported_language="sv"))
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["sv"])
    names = {
        "PERSON": "person", "PHONE_NUMBER": "phone", "EMAIL_ADDRESS": "email", "CREDIT_CARD": "card",
        "IBAN_CODE": "iban", "IP_ADDRESS": "ip", "URL": "url_profile",
    }  # fmt: skip

    def find(text: str) -> list[Span]:
        results = analyzer.analyze(text=text, language="sv")
        return [(names[r.entity_type], r.start, r.end) for r in results if r.entity_type in names]

    return find


def everyday() -> tuple[int, int]:
    """Of every tenth training sentence of the dialogue, how many are changed, and how many there are.

    They are written as people chat and by rule hold no identifiers (docs/writing.md); a few name celebrities.
    """
    texts = [
        example["text"]
        for file in sorted(SENTENCES.glob("*.yml"))
        for block in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]
        for example in block["examples"]
    ][::10]
    return sum(bool(ours(text)) for text in texts), len(texts)


def table(ours_: dict[str, Any], theirs: dict[str, Any] | None) -> str:
    """The figures as text."""
    lines = [
        f"{'type':<20}{'n':>5}{'recall':>9}{'named':>9}{'precision':>11}" + ("   Presidio recall" if theirs else "")
    ]
    for kind, n in sorted(ours_["total"].items(), key=lambda pair: -pair[1]):
        precision = ours_["right"][kind] / ours_["found"][kind] if ours_["found"][kind] else float("nan")
        line = f"{kind:<20}{n:>5}{ours_['removed'][kind] / n:>9.3f}{ours_['named'][kind] / n:>9.3f}{precision:>11.3f}"
        lines.append(line + (f"{theirs['removed'][kind] / n:>18.3f}" if theirs else ""))
    for name, result in (("Lotsen", ours_), ("Presidio", theirs)):
        if result:
            lines.append(
                f"{name}: clean messages changed {result['changed']}/{result['clean']}, "
                f"keep-strings lost {result['lost']}/{result['keeps']} "
                f"{dict(result['lost_by'])}, processor ms a message p50 {result['p50']:.1f} p95 {result['p95']:.1f}"
            )
    return "\n".join(lines)


def failures(result: dict[str, Any]) -> list[str]:
    """Which thresholds are not met."""
    low = []
    for kind, n in result["total"].items():
        wanted = MIN_RECALL.get(kind, MIN_STRUCTURED_RECALL)
        recall = result["removed"][kind] / n
        if n >= MIN_SPANS and recall < wanted:
            low.append(f"{kind}: recall {recall:.3f} < {wanted}")
    if result["changed"] > MAX_CHANGED * result["clean"]:
        low.append(f"clean messages changed: {result['changed']} of {result['clean']}")
    if result["lost"] > MAX_KEEP_LOST * result["keeps"]:
        low.append(f"keep-strings lost: {result['lost']} of {result['keeps']}")
    if result["p95"] > MAX_P95:
        low.append(f"processor ms a message, p95: {result['p95']:.1f} > {MAX_P95}")
    return low


def main() -> int:
    """Print the table; 1 when a threshold is not met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-presidio", action="store_true", help="leave the peer out")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    scrub("värm upp", today=TODAY)
    peer = None if arguments.no_presidio else presidio()
    figures: dict[str, Any] = {}
    for name, path in (("development", DEVELOPMENT), ("held-out", HELD_OUT)):
        rows = load(path)
        result, theirs = measure(rows, ours), measure(rows, peer) if peer else None
        figures[name] = {"lotsen": result, "presidio": theirs}
        print(f"{name} set: {len(rows)} messages\n{table(result, theirs)}\n")
    changed, sentences = everyday()
    print(f"every tenth sentence of data/nlu: {changed}/{sentences} changed\n")
    low = failures(figures["held-out"]["lotsen"])
    print("\n".join(f"BELOW THRESHOLD  {line}" for line in low) or "all thresholds met on the held-out set")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures | {"failures": low}, indent=1))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
