"""The assistants that are measured: started as their manuals say, each with all its processes."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.speed.processes import cpu_seconds, family, memory_mb
from bench.speed.stock import ROOT, Project, commands, environment, write_endpoints
from bot.__main__ import free_port

START_LIMIT = 300.0  # seconds
STOP_LIMIT = 30.0  # seconds
NO_LIMITS = {"LOTSEN_MESSAGES_PER_MINUTE": "1000000", "LOTSEN_SESSIONS_PER_MINUTE": "1000000"}  # all come from here


@dataclass
class Assistant:
    """A running assistant and how to reach it."""

    name: str
    url: str
    processes: list[subprocess.Popen[bytes]]
    start_up: float  # seconds from the command to the first sign that it can answer
    log: Path
    secret: str = field(default="", repr=False)

    def pids(self) -> list[int]:
        """Return all its processes, now."""
        return [pid for process in self.processes for pid in family(process.pid)]

    def cpu(self) -> float:
        """Return the processor time that they have used, in seconds."""
        return cpu_seconds(self.pids())

    def memory(self) -> float:
        """Return their resident memory in MB."""
        return memory_mb(self.pids())

    def stop(self) -> None:
        """End it."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=STOP_LIMIT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def start_lotsen(logs: Path) -> Assistant:
    """Start Lotsen as `make run` does."""
    port = free_port()
    env = {"LOTSEN_HOST": "127.0.0.1", "LOTSEN_PORT": str(port), **NO_LIMITS}
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "bot"]
    return _start("lotsen", url, [(command, ROOT, env)], lambda: _answers(f"{url}/readyz"), logs)


def start_engine(logs: Path) -> Assistant:
    """Start the engine alone."""
    port, secret = free_port(), secrets.token_urlsafe(32)
    env = {"LOTSEN_ENGINE_HOST": "127.0.0.1", "LOTSEN_ENGINE_PORT": str(port), "LOTSEN_ENGINE_SECRET": secret}
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-W", "ignore", "-m", "bot.engine"]
    ready = lambda: _answers(f"{url}/webhooks/engine/ready", secret)  # noqa: E731
    assistant = _start("engine", url, [(command, ROOT, env)], ready, logs)
    assistant.secret = secret
    return assistant


def start_stock(project: Project, logs: Path) -> Assistant:
    """Start Rasa and its action server, both at the same time."""
    port, action_port = free_port(), free_port()
    write_endpoints(project.folder, action_port)
    url = f"http://127.0.0.1:{port}"
    each = [(command, project.folder, {}) for command in commands(project, port, action_port).values()]
    ready = lambda: _answers(f"http://127.0.0.1:{action_port}/health") and _answers(f"{url}/webhooks/rest/")  # noqa: E731
    return _start("stock", url, each, ready, logs)


def _start(
    name: str, url: str, each: list[tuple[list[str], Path, dict[str, str]]], ready: Callable[[], bool], logs: Path
) -> Assistant:
    log = logs / f"{name}.log"
    begun = time.perf_counter()
    with log.open("ab") as output:
        processes = [
            subprocess.Popen(
                command, cwd=folder, env={**os.environ, **environment(), **env}, stdout=output, stderr=output
            )
            for command, folder, env in each
        ]
    assistant = Assistant(name, url, processes, 0.0, log)
    while not ready():
        if time.perf_counter() - begun > START_LIMIT or any(process.poll() is not None for process in processes):
            assistant.stop()
            raise RuntimeError(f"{name} did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.02)
    assistant.start_up = time.perf_counter() - begun
    return assistant


def _answers(url: str, token: str = "") -> bool:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
