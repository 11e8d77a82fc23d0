"""The parts of a Lotsen on many machines, each a process of its own that can be killed, frozen and started again."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import redis

from tests.conftest import ROOT, START_LIMIT, free_port

SECRETS = {"LOTSEN_ENGINE_SECRET": "e" * 40, "LOTSEN_SESSION_SECRET": "s" * 40}


@dataclass
class Part:
    """One process. `answers` tells whether it is up."""

    name: str
    command: list[str]
    env: dict[str, str]
    log: Path
    answers: Callable[[], bool]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self.process
        return self.process.pid

    def start(self) -> None:
        """Start it; it may not answer yet."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env={**os.environ, **self.env}, stdout=output, stderr=output
            )

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            RuntimeError: when it does not.
        """
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            if self.answers():
                return
            time.sleep(0.05)
        raise RuntimeError(f"{self.name} does not answer:\n{self.log.read_text(errors='replace')[-3000:]}")

    def kill(self) -> None:
        """End it at once, as a machine ends."""
        assert self.process
        self.process.kill()
        self.process.wait(timeout=20)

    def stop(self) -> int:
        """Ask it to stop, and return its exit status."""
        assert self.process
        self.process.terminate()
        return self.process.wait(timeout=40)

    def freeze(self) -> None:
        """Let it stand still, as a process does on a machine that hangs."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        os.kill(self.pid, signal.SIGCONT)

    def limit(self, what: int, least: int | None = None) -> None:
        """Give it so little of a resource, or, with `None`, all it may have again."""
        _, most = resource.prlimit(self.pid, what)
        resource.prlimit(self.pid, what, (most if least is None else least, most))

    def end(self) -> None:
        """Clear it away after the tests, in whatever state it is."""
        if self.process and self.process.poll() is None:
            self.thaw()
            self.kill()


def answers_http(url: str) -> Callable[[], bool]:
    """Return a question whether there is 200 at the address."""

    def ask() -> bool:
        try:
            headers = {"Authorization": f"Bearer {SECRETS['LOTSEN_ENGINE_SECRET']}"}
            return httpx.get(url, headers=headers, timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    return ask


def redis_server(folder: Path) -> tuple[Part, str]:
    """A Redis that keeps nothing on a disk, as docs/operating.md has it, and its address."""
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"

    def answers() -> bool:
        try:
            return bool(redis.Redis(port=port, socket_timeout=1).ping())
        except redis.RedisError:
            return False

    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    return Part("redis", [*command, "--dir", str(folder)], {}, folder / "redis.log", answers), url


def engine(name: str, folder: Path, **env: str) -> tuple[Part, str]:
    """An engine whose faults can be switched on in `folder`/faults, and its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        **SECRETS,
        "LOTSEN_ENGINE_PORT": str(port),
        "FAULTS": str(folder / "faults"),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        **env,
    }
    command = [sys.executable, "-W", "ignore", "-m", "tests.operating.faulty_engine"]
    return Part(name, command, settings, folder / f"{name}.log", answers_http(f"{url}/webhooks/engine/ready")), url


def gateway(name: str, folder: Path, **env: str) -> tuple[Part, str]:
    """A gateway, and its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        **SECRETS,
        "LOTSEN_PORT": str(port),
        "LOTSEN_MESSAGES_PER_MINUTE": "600",
        "LOTSEN_SESSIONS_PER_MINUTE": "600",
        **env,
    }
    command = [sys.executable, "-m", "bot.gateway"]
    part = Part(name, command, settings, folder / f"{name}.log", answers_http(f"{url}/readyz?engine=optional"))
    return part, url
