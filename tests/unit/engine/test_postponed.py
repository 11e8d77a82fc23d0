"""What the engine never uses is not loaded, and whoever needs it gets it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HEAVY = ("tensorflow.python", "matplotlib.ticker", "spacy.tokens")  # parts that come with the whole


def run(code: str, **env: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT, env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", **env}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def write(folder: Path, text: str) -> None:
    (folder / "slow_library.py").write_text(text, encoding="utf-8")


POSTPONE = "import sys; from bot.engine.postponed import postpone; sys.path.append({0!r}); postpone(['slow_library'])\n"


def test_code_runs_at_the_first_use_and_once(tmp_path: Path) -> None:
    write(tmp_path, "print('runs')\nimport slow_library\nvalue = 7\n")
    code = POSTPONE.format(str(tmp_path)) + (
        "import slow_library\nimport slow_library as again\nprint('imported')\n"
        "print(again.value, slow_library.__name__)\nfrom slow_library import value\nprint(type(again).__name__, value)"
    )
    assert run(code).splitlines() == ["imported", "runs", "7 slow_library", "module 7"]


def test_what_is_not_there_is_missed_as_ever(tmp_path: Path) -> None:
    write(tmp_path, "value = 7\n")
    code = POSTPONE.format(str(tmp_path)) + (
        "import slow_library\n"
        "try:\n    slow_library.absent\nexcept AttributeError as error:\n    print(error)\nprint(slow_library.value)"
    )
    assert run(code).splitlines() == ["module 'slow_library' has no attribute 'absent'", "7"]


def test_code_that_fails_fails_at_every_use(tmp_path: Path) -> None:
    write(tmp_path, "1 / 0\n")
    code = POSTPONE.format(str(tmp_path)) + (
        "import slow_library\nfor _ in range(2):\n"
        "    try:\n        slow_library.value\n    except ZeroDivisionError:\n        print('failed')"
    )
    assert run(code).splitlines() == ["failed", "failed"]


def test_threads_that_use_it_at_once_all_get_it(tmp_path: Path) -> None:
    write(tmp_path, "import time\ntime.sleep(0.05)\nvalue = 7\n")
    code = POSTPONE.format(str(tmp_path)) + (
        "import slow_library\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    print(*pool.map(lambda _: slow_library.value, range(8)))"
    )
    assert run(code) == "7 7 7 7 7 7 7 7"


@pytest.mark.parametrize("switch", ["on", "off"])
def test_the_engine_leaves_tensorflow_alone(switch: str) -> None:
    code = f"import sys, bot.engine.__main__\nprint(*(name for name in {HEAVY} if name in sys.modules))"
    assert run(code, LOTSEN_SPEEDUPS=switch) == ("" if switch == "on" else " ".join(HEAVY))
