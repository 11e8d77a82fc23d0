"""The engine, with faults that a test switches on while it runs: a file in the folder FAULTS, named after the fault.

Nothing of this is in the product: faults are put in from here, where the product meets time, disk and its own actions.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from actions.base import SafeAction
from bot.engine import __main__ as engine
from knowledge import database_directory
from knowledge.database_directory import DatabaseDirectory

FOLDER = Path(os.environ["FAULTS"])
HANGS = 5.0  # seconds: longer than anybody waits
now, run, current, read = time.time, SafeAction.run, DatabaseDirectory._current, database_directory._read
ahead = 0.0  # seconds that the clock of this process is ahead


def is_on(fault: str) -> bool:
    return (FOLDER / fault).exists()


async def faulty_run(self: SafeAction, dispatcher: Any, tracker: Any, domain: Any) -> Any:
    if is_on("action hangs"):
        await asyncio.sleep(HANGS)
    if is_on("action blocks"):
        time.sleep(HANGS)  # noqa: ASYNC251
    if is_on("action crashes"):
        raise RuntimeError("on purpose")
    return await run(self, dispatcher, tracker, domain)


def faulty_current(self: DatabaseDirectory) -> Any:
    if is_on("action raises"):  # within what an action does, where it is expected
        raise RuntimeError("on purpose")
    return current(self)


def faulty_read(url: str) -> Any:
    if is_on("slow disk"):
        time.sleep(HANGS)
    return read(url)


def turn_the_clock(*_: object) -> None:
    global ahead
    ahead = float((FOLDER / "clock").read_text())
    (FOLDER / f"clock of {os.getpid()}").write_text(str(ahead))


SafeAction.run = faulty_run  # type: ignore[method-assign]
DatabaseDirectory._current = faulty_current  # type: ignore[method-assign]
database_directory._read = faulty_read
database_directory._SECONDS_BETWEEN_LOOKS = 0  # a server is looked at with every question, so that no test waits
time.time = lambda: now() + ahead
signal.signal(signal.SIGUSR2, turn_the_clock)

if __name__ == "__main__":
    sys.exit(engine.main())
