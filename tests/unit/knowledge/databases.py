"""Databases to test on: SQLite always, Postgres where its server is installed, run on a socket of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError


def server_programs() -> Path | None:
    """Where initdb and postgres are: on the path, or where Debian keeps them."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((place for place in reversed(places) if (place / "postgres").exists()), None)


KINDS = ("sqlite", "postgresql") if server_programs() else ("sqlite",)


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server for the tests: no network, no password, gone afterwards. Gives the URL of its database.

    Raises:
        RuntimeError: when it does not answer within half a minute.
    """
    programs = server_programs()
    assert programs
    # A folder of its own: the path of a socket may be 107 letters long.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    as_other: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}  # it refuses to run as root
    if as_other:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    quiet: dict[str, Any] = {**as_other, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    data = folder / "data"
    setup = [programs / "initdb", "-D", data, "-A", "trust", "-U", "lotsen", "-E", "UTF8", "--no-sync", "--no-locale"]
    subprocess.run(setup, check=True, **quiet)
    command = [programs / "postgres", "-D", data, "-k", folder, "-F", "-c", "listen_addresses="]
    server = subprocess.Popen(command, **quiet)
    try:
        url = f"postgresql+psycopg2://lotsen@/postgres?host={folder}"
        _wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str) -> None:
    engine = create_engine(url, future=True)
    for _ in range(300):
        try:
            engine.connect().close()
        except OperationalError:
            time.sleep(0.1)
        else:
            engine.dispose()
            return
    raise RuntimeError("Postgres does not answer.")
