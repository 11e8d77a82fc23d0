"""Word lists that come with the package: plain text, `#` starts a comment."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def read_lines(name: str) -> tuple[str, ...]:
    """Lines of a list, without comments and blanks."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def read_words(name: str) -> frozenset[str]:
    """Words of a list in lower case."""
    return frozenset(word.lower() for line in read_lines(name) for word in line.split())
