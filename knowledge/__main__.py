"""Command line of the knowledge base: `python -m knowledge COMMAND`."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from knowledge import coverage, freshness, hsds
from knowledge.build import build, database_url, sqlite_path
from knowledge.check import check_facts
from knowledge.database_directory import DatabaseUnavailable, services_for_editors
from knowledge.directory import load_directory
from knowledge.edit import EditRefused, take_in
from knowledge.facts import FACTS_DIRECTORY, FactsError, read_facts
from knowledge.hours import STOCKHOLM
from knowledge.links import check_links, links_of, table
from knowledge.migrations import OtherVersion
from knowledge.payloads import service_payload
from knowledge.reports import Reports
from knowledge.reports import table as reports_table
from knowledge.spreadsheet import read_sheets, write_sheets
from knowledge.types import Match, Service


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, or 1 when something is wrong."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except DatabaseUnavailable as error:
        print(f"{error} Kör: python -m knowledge build", file=sys.stderr)
        return 1
    except (FactsError, OtherVersion) as error:
        print(error, file=sys.stderr)
        return 1
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
    stale = commands.add_parser("stale", help="lista det som behöver kontrolleras, kommun för kommun")
    stale.add_argument("--months", type=int, default=12, metavar="N", help="äldre än så många månader (12)")
    stale.add_argument("--mail", metavar="KOMMUN", help="skriv i stället ett utkast till mejl till kommunen")
    stale.set_defaults(run=_stale)
    cover = commands.add_parser("coverage", help="andel kommuner med särskilt stöd, bredvid länets siffror")
    cover.add_argument("--html", type=Path, metavar="FIL", help="rita också en karta kommun × våldstyp")
    cover.add_argument("--png", type=Path, metavar="FIL", help="samma karta som bild")
    cover.add_argument("--map", type=Path, metavar="FIL", help="rita länet som en karta av rutor, som bild")
    cover.set_defaults(run=_coverage)
    links = commands.add_parser("links", help="kontrollera att länkarna fungerar (frågar varje webbplats)")
    links.add_argument("--sources", action="store_true", help="även källorna, inte bara det som användare ser")
    links.add_argument("--seconds", type=float, default=10, metavar="N", help="så länge väntas på varje svar (10)")
    links.add_argument("--at-once", type=int, default=8, metavar="N", help="så många webbplatser åt gången (8)")
    links.set_defaults(run=_links)
    export = commands.add_parser("export", help="skriv ut tjänsterna som öppna data")
    shape = export.add_mutually_exclusive_group(required=True)
    shape.add_argument("--hsds", action="store_true", help="Open Referral HSDS 3.0, JSON")
    shape.add_argument("--dcat", metavar="ADRESS", help="DCAT-AP-SE för den Lotsen som nås där, till exempel https://…")
    shape.add_argument("--xlsx", type=Path, metavar="FIL", help="kalkylblad att ändra i, för import")
    export.add_argument("--out", type=Path, metavar="FIL", help="till en fil (.json, .jsonld, .ttl, .rdf)")
    export.set_defaults(run=_export)
    enter = commands.add_parser("import", help="för in ändringar från ett kalkylblad i faktafilerna")
    enter.add_argument("--xlsx", type=Path, metavar="FIL", required=True, help="kalkylbladet, gjort av export")
    enter.add_argument("--dry-run", action="store_true", help="visa bara vad som skulle ändras")
    enter.add_argument("--by", metavar="NAMN", default="", help="vem som ändrar; krävs när det skrivs")
    enter.set_defaults(run=_import)
    reports = commands.add_parser("reports", help="lista uppgifter som användare har sagt är fel")
    reports.add_argument("--clear", metavar="ID", help="stryk det som sagts om en tjänst när det är kontrollerat")
    reports.set_defaults(run=_reports)
    for command in (check, make, export, enter, links):
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
    directory = load_directory()
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


def _stale(options: argparse.Namespace) -> int:
    groups = freshness.due(services_for_editors(), datetime.now(STOCKHOLM), options.months)
    if options.mail is None:
        print(freshness.table(groups))
        return 0
    if options.mail not in groups:
        print(f"Inget att kontrollera i {options.mail}.", file=sys.stderr)
        return 1
    print(freshness.email(options.mail, groups[options.mail]))
    return 0


def _coverage(options: argparse.Namespace) -> int:
    found = coverage.cells(load_directory().all())
    print(coverage.table(coverage.shares(found), read_facts().indicators["coverage"]))
    if options.html:
        options.html.write_text(coverage.heat_map(found), encoding="utf-8")
    if options.png or options.map:
        from knowledge import coverage_pictures  # the drawing library is slow to load

        if options.png:
            coverage_pictures.draw_heat_map(found, options.png)
        if options.map:
            coverage_pictures.draw_map(found, options.map)
    return 0


def _links(options: argparse.Namespace) -> int:
    found = links_of(read_facts(options.facts).services, options.sources)
    results = asyncio.run(check_links(found, options.at_once, options.seconds))
    print(table(results))
    return 0 if all(one.works for one in results) else 1


def _export(options: argparse.Namespace) -> int:
    if options.xlsx:
        facts = read_facts(options.facts)
        write_sheets(facts.services, facts.summaries, options.xlsx)
        return 0
    if options.dcat:
        from knowledge import dcat  # slow to load

        how = dcat.SUFFIXES.get(options.out.suffix if options.out else ".jsonld", "json-ld")
        graph = dcat.catalogue(load_directory().all(), options.dcat.rstrip("/"), dcat.read_publisher())
        return _give(dcat.write(graph, how), options.out)
    document = {**hsds.base_document(), **hsds.services_document(load_directory().all())}
    return _give(json.dumps(document, ensure_ascii=False, indent=2), options.out)


def _give(text: str, path: Path | None) -> int:
    if path:
        path.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    else:
        print(text.rstrip("\n"))
    return 0


def _import(options: argparse.Namespace) -> int:
    if not options.dry_run and not options.by.strip():
        print("Skriv vem som ändrar: --by NAMN. Eller pröva med --dry-run.", file=sys.stderr)
        return 1
    now = datetime.now(STOCKHOLM)
    try:
        sheets = read_sheets(options.xlsx)
        changes = take_in(sheets, options.by.strip(), options.xlsx.name, now, options.facts, options.dry_run)
    except EditRefused as error:
        print(error)
        print(f"{len(error.faults)} fel, inget är ändrat.", file=sys.stderr)
        return 1
    print(*changes, sep="\n", end="\n" if changes else "")
    if options.dry_run:
        print(f"{len(changes)} ändringar skulle göras.")
    else:
        print(f"{len(changes)} ändringar gjorda. Kör: python -m knowledge build" if changes else "Inget att ändra.")
    return 0


def _reports(options: argparse.Namespace) -> int:
    found = Reports()
    if options.clear:
        print(f"{found.clear(options.clear)} rapporterade uppgifter strukna.")
    else:
        print(reports_table(found.all()))
    return 0


def _selected(service: Service, options: argparse.Namespace) -> bool:
    here = not options.kommun or options.kommun in service.municipalities
    return here and (not options.slag or options.slag == service.kind)


if __name__ == "__main__":
    sys.exit(main())
