"""`python -m bot`: builds what is missing, starts engine and gateway, and stops both cleanly on Ctrl-C.

`python -m bot setup` only builds.
"""

from __future__ import annotations

import os
import resource
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bot.setup import MODEL, SetupError, build

RESTART_PAUSE = 1.0  # seconds before a part that died is started again
START_LIMIT = 120.0  # seconds
STOP_LIMIT = 15.0  # seconds: longer than a part gives the turns under way
# The gateway hears raw text: what it frees is overwritten at once (glibc; other C libraries ignore it).
FORGETFUL_MEMORY = {
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": "glibc.malloc.perturb=90:glibc.malloc.tcache_count=0",
}


def show(line: str) -> None:
    """Print one line at once, also when the output is a pipe."""
    print(line, flush=True)


def main(arguments: list[str]) -> int:
    """Build, start, watch. Returns the exit status."""
    try:
        build(show)
    except SetupError as error:
        show(f"Det gick inte att bygga Lotsen. {error}")
        return 1
    if arguments == ["setup"]:
        return 0
    host = os.environ.get("LOTSEN_HOST", "127.0.0.1")
    port = int(os.environ.get("LOTSEN_PORT", "8080"))
    if not _is_free(host, port):
        show(f"Port {port} på {host} används redan. Stäng det andra programmet, eller kör LOTSEN_PORT=8081 make run.")
        return 1
    return Supervisor(host, port).run()


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Supervisor:
    """Keeps the two processes running: one that dies is started again, a signal stops both."""

    def __init__(self, host: str, port: int) -> None:
        """Prepare the commands and the environment; the shared secret lives as long as this process."""
        engine_port = free_port()
        self.url = f"http://{host}:{port}"
        self.env = {
            **os.environ,
            "LOTSEN_HOST": host,
            "LOTSEN_PORT": str(port),
            "LOTSEN_ENGINE_HOST": "127.0.0.1",
            "LOTSEN_ENGINE_PORT": str(engine_port),
            "LOTSEN_ENGINE_URL": f"http://127.0.0.1:{engine_port}",
            "LOTSEN_ENGINE_SECRET": secrets.token_urlsafe(32),
            "LOTSEN_SESSION_SECRET": os.environ.get("LOTSEN_SESSION_SECRET") or secrets.token_urlsafe(32),
            "LOTSEN_MODEL": str(MODEL),
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "RASA_TELEMETRY_ENABLED": "false",
        }
        self.commands = {
            "engine": [sys.executable, "-W", "ignore", "-m", "bot.engine"],
            "gateway": [sys.executable, "-m", "bot.gateway"],
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def run(self) -> int:
        """Start both, say when they answer, and watch them until a signal comes."""
        # No core dumps, of this process or its children: a crash must not write what somebody just said to a disk.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        begun = time.monotonic()
        for name in self.commands:
            self._start(name)
        told = False
        while not self.stopping:
            for name, process in list(self.running.items()):
                if process.poll() is not None and not self.stopping:
                    if not told and time.monotonic() - begun > START_LIMIT:
                        self.stopping = True
                        break
                    show(f"{name} stannade (kod {process.returncode}) och startas igen.")
                    time.sleep(RESTART_PAUSE)
                    self._start(name)
            if not told and self._answers():
                told = True
                show(f"Lotsen svarar på {self.url} efter {time.monotonic() - begun:.1f} s. Stoppa med Ctrl-C.")
            time.sleep(0.1)
        self._stop_all()
        show("Lotsen är stoppad.")
        return 0 if told else 1

    def _start(self, name: str) -> None:
        # A group of its own: Ctrl-C in the terminal reaches this process only, which then stops them in order.
        env = self.env | (FORGETFUL_MEMORY if name == "gateway" else {})
        if name == "engine":  # it never speaks to Microsoft, so it is not told the secret
            env = {key: value for key, value in env.items() if not key.startswith("TEAMS_")}
        self.running[name] = subprocess.Popen(self.commands[name], env=env, start_new_session=True)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _stop_all(self) -> None:
        for name in ("gateway", "engine"):
            process = self.running.get(name)
            if process and process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=STOP_LIMIT)
                except subprocess.TimeoutExpired:
                    process.kill()


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent.parent)
    sys.exit(main(sys.argv[1:]))
