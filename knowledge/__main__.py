"""Command line of the knowledge base: `python -m knowledge check|build|show`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from knowledge.build import build, database_url, sqlite_path
from knowledge.check import check_facts
from knowledge.database_directory import DatabaseUnavailable
from knowledge.directory import load_directory
from knowledge.facts import FACTS_DIRECTORY
from knowledge.payloads import service_payload
from knowledge.types import Match, Service


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, or 1 when something is wrong."""
    options = _parser().parse_args(arguments)
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge", description="Kunskapsbasen: kontrollera, bygg, visa.")
    commands = parser.add_subparsers(required=True, metavar="KOMMANDO")
    check = commands.add_parser("check", help="kontrollera faktafilerna")
    check.set_defaults(run=_check)
    make = commands.add_parser("build", help="bygg databasen om fakta har ändrats")
    make.add_argument("--force", action="store_true", help="bygg även om inget har ändrats")
    make.set_defaults(run=_build)
    show = commands.add_parser("show", help="visa en tjänst, eller lista de som passar ett urval")
    show.add_argument("id", nargs="?", help="tjänstens id")
    show.add_argument("--kommun", help="bara tjänster i denna kommun")
    show.add_argument("--slag", help="bara detta slag, till exempel kvinnojour")
    show.add_argument("--namn", help="sök på namn, även felstavat")
    show.set_defaults(run=_show)
    for command in (check, make):
        command.add_argument(
            "--facts", type=Path, default=FACTS_DIRECTORY, metavar="KATALOG", help="faktafilernas katalog"
        )
    return parser


def _check(options: argparse.Namespace) -> int:
    faults = check_facts(options.facts)
    for fault in faults:
        print(fault)
    print("Faktafilerna är rätt." if not faults else f"{len(faults)} fel.", file=sys.stderr if faults else sys.stdout)
    return 1 if faults else 0


def _build(options: argparse.Namespace) -> int:
    faults = check_facts(options.facts)
    if faults:
        print(*faults, sep="\n")
        print(f"{len(faults)} fel, databasen är orörd.", file=sys.stderr)
        return 1
    start = time.perf_counter()
    changed = build(directory=options.facts, force=options.force)
    path = sqlite_path(database_url())
    place = path.name if path else "databasen"
    print(f"{place}: {'byggd på' if changed else 'redan aktuell,'} {time.perf_counter() - start:.1f} s")
    return 0


def _show(options: argparse.Namespace) -> int:
    try:
        directory = load_directory()
    except DatabaseUnavailable as error:
        print(f"{error} Kör: python -m knowledge build", file=sys.stderr)
        return 1
    if options.id:
        service = directory.get(options.id)
        if service is None:
            print(f"Ingen tjänst som visas heter {options.id}.", file=sys.stderr)
            return 1
        print(json.dumps(service_payload(Match(service, ())), ensure_ascii=False, indent=2))
        return 0
    found = directory.search(options.namn) if options.namn else directory.all()
    for service in found:
        if _selected(service, options):
            numbers = ", ".join(phone.number for phone in service.phones)
            print(f"{service.id}\t{service.name}\t{numbers or service.url or '-'}")
    return 0


def _selected(service: Service, options: argparse.Namespace) -> bool:
    here = not options.kommun or options.kommun in service.municipalities
    return here and (not options.slag or options.slag == service.kind)


if __name__ == "__main__":
    sys.exit(main())
