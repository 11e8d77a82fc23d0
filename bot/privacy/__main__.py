"""`python -m bot.privacy`: scrub JSON Lines from stdin; `python -m bot.privacy words`: gather ordinary words."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import TextIO

from bot.privacy.scrubber import scrub


def scrub_lines(lines: Iterable[str], out: TextIO, errors: TextIO, today: date) -> int:
    """Scrub each `{"id", "text"}` line; a bad line is reported by number and the rest goes on.

    Returns:
        0 when every line was good, else 1.
    """
    status = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            identifier, text = _read(line)
        except ValueError as error:
            errors.write(f"line {number}: {error}\n")
            status = 1
            continue
        result = scrub(text, today=today)
        found = [{"type": item.type.value, "start": item.start, "end": item.end} for item in result.found]
        row = {"id": identifier, "text": result.text, "found": found, "facts": result.facts}
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return status


def _read(line: str) -> tuple[object, str]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        # The decoder's message holds positions only; the line itself may hold an identifier and is not repeated.
        raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
        raise ValueError('expected an object with "id" and a string "text"')
    return row["id"], row["text"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.privacy", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("scrub", "words"), default="scrub")
    if parser.parse_args(arguments).command == "words":
        from bot.privacy.names import vocabulary

        print(vocabulary.build())
        return 0
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    return scrub_lines(sys.stdin, sys.stdout, sys.stderr, date.today())


if __name__ == "__main__":
    sys.exit(main())
