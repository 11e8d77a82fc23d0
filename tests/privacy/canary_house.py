"""The real house for the canary test: the supervisor with both its processes, their files, their logs, their memory."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.conftest import ROOT, free_port
from tests.privacy.canary import Canary, Searcher

START_LIMIT = 120.0  # seconds
SUPERVISOR = (
    "import sys; from bot.__main__ import Supervisor; house = Supervisor('127.0.0.1', {}); "
    "house.commands['gateway'][2:] = ['{}']; sys.exit(house.run())"
)
NOT_OURS = {".git", ".venv", ".tools", "node_modules"}
BLOCK = 16 << 20  # bytes of memory searched at once


@dataclass
class House:
    """A running Lotsen with a home, a temporary folder and a knowledge base of its own."""

    level: str
    home: Path
    url: str
    process: subprocess.Popen[bytes]
    begun: float

    @property
    def log(self) -> Path:
        """Everything that supervisor, gateway and engine write."""
        return self.home / "log"

    @property
    def knowledge(self) -> Path:
        """Its own copy of the knowledge base."""
        return self.home / "knowledge.db"

    def part(self, name: str) -> int:
        """Return the process id of `engine` or `gateway`.

        Raises:
            LookupError: when it does not run.
        """
        word = {"engine": b"bot.engine", "gateway": b"gateway"}[name]
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
                if parent == self.process.pid and word in stat.with_name("cmdline").read_bytes():
                    return int(stat.parent.name)
        raise LookupError(name)

    def engine_port(self) -> int:
        """Return the port of the engine's own door."""
        environment = Path(f"/proc/{self.part('engine')}/environ").read_bytes()
        return int(re.search(rb"LOTSEN_ENGINE_PORT=(\d+)", environment)[1])  # type: ignore[index]

    def wait_until_ready(self) -> None:
        """Wait until the gateway says that the engine answers."""
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"The house did not start:\n{self.log.read_text(errors='replace')[-3000:]}")

    def stop(self) -> None:
        """Stop all three processes."""
        self.process.terminate()
        self.process.wait(timeout=40)


def start(level: str, home: Path, **env: str) -> House:
    """Start the supervisor as `python -m bot` does, without the build before it."""
    for folder in ("tmp", "var"):
        (home / folder).mkdir(parents=True)
    shutil.copy(ROOT / "var/knowledge.db", home / "knowledge.db")
    port = free_port()
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "LOG_LEVEL": level,
        "LOTSEN_DATABASE_URL": f"sqlite:///{home / 'knowledge.db'}",
        "LOTSEN_MESSAGES_PER_MINUTE": "100000",
        "LOTSEN_SESSIONS_PER_MINUTE": "100000",
        **env,
    }
    gateway = "tests.privacy.canary_gateway" if "CANARY_MICROSOFT" in env else "bot.gateway"
    begun = time.time()
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR.format(port, gateway)], cwd=ROOT, env=env, stdout=log, stderr=log
        )
    return House(level, home, f"http://127.0.0.1:{port}", process, begun)


def files_written(house: House) -> Iterator[Path]:
    """Yield every file in the house's home and the working folder that was written since the house was started."""
    for top in (house.home, ROOT):
        for folder, names, files in os.walk(top):
            names[:] = [name for name in names if name not in NOT_OURS]
            for name in files:
                file = Path(folder, name)
                with suppress(OSError):
                    if file.is_file() and file.stat().st_mtime >= house.begun - 1:
                        yield file


def open_files(pid: int) -> set[Path]:
    """Return the regular files that a process has open for writing; the log is one."""
    found = set()
    for info in Path(f"/proc/{pid}/fdinfo").iterdir():
        with suppress(OSError):
            flags = int(re.search(r"flags:\s+(\d+)", info.read_text())[1], 8)  # type: ignore[index]
            target = Path(os.readlink(f"/proc/{pid}/fd/{info.name}"))
            if flags & (os.O_WRONLY | os.O_RDWR) and target.is_file():
                found.add(target)
    return found


def in_memory(pid: int, searcher: Searcher) -> Counter[Canary]:
    """Return how often each canary stands in a process's memory, in every map that can be read and written.

    What is mapped from a file and cannot be written is code and data that was there before anybody said a word.

    Raises:
        OSError: when the kernel does not let one process read another's memory.
    """
    found: Counter[Canary] = Counter()
    maps = re.findall(r"^([0-9a-f]+)-([0-9a-f]+) rw\S* \S+ \S+ \d+ *(.*)$", Path(f"/proc/{pid}/maps").read_text(), re.M)
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for first, last, name in maps:
            if name.startswith(("[vv", "/dev")):
                continue
            place, end = int(first, 16), int(last, 16)
            while place < end:
                try:
                    memory.seek(place)
                    data = memory.read(min(BLOCK, end - place))
                except OSError:  # unmapped since the list was read
                    break
                if not data:
                    break
                if data.count(0) < len(data):
                    found.update(canary for canary, _ in searcher.find(data))
                place += len(data) if len(data) + place >= end else max(1, len(data) - searcher.longest)
    return found
