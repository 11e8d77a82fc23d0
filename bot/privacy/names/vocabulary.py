"""Ordinary words: what no dictionary and no text without names holds may be a name.

The words lie sorted in one file and are looked up where they lie, so that a million of them cost no memory.
"""

import mmap
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from pathlib import Path

PATH = Path(__file__).resolve().parents[3] / "var" / "privacy" / "words.txt"
_LAUGHTER = re.compile(r"(?:[hj]?[aeiou][hj]){2,}[aeiou]?|(?:[hj][aeiou]){2,}h?|lo+l|m{3,}|z{3,}|x?d{2,}")
_STRENGTHENED = re.compile(r"(?:j[äa]tte|skit|svin|super|mega)([^\W\d_]{3,})")  # "svinarg"
_REPEATED = re.compile(r"(.)\1+")
_BARE = {"a": "åä", "o": "ö"}
_MOST_DOTS = 4
_BLOCK = 2048  # bytes
_WORD = re.compile(r"(?<![\w@./-])[^\W\d_]+(?![\w@/])")


def build(path: Path = PATH) -> str:
    """Gather the ordinary words and store them; returns one line that says what was done."""
    from bot.privacy.names import sentences  # only the set-up needs it

    path.parent.mkdir(parents=True, exist_ok=True)
    words = dictionary() | (dictionary("en") - sentences.names()) | written(sentences.nameless())
    store(words, path)
    return f"{len(words)} ordinary words, {path.stat().st_size // 1024} kB"


def written(texts: Iterable[str]) -> set[str]:
    """The words that stand in lower case in the texts."""
    return {word for text in texts for word in _WORD.findall(text) if word == word.lower()}


def dictionary(language: str = "sv") -> set[str]:
    """Word forms of simplemma that are written in small letters; names have a capital there."""
    # Imported here: only the set-up needs it.
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    return {
        word
        for word in DefaultDictionaryFactory().get_dictionary(language)
        if word.isalpha() and word == word.lower() and len(word) > 2
    }


def store(words: Iterable[str], path: Path = PATH) -> None:
    """Write the words for `is_ordinary`."""
    lines = sorted({word.encode() for word in words})
    # Put in place whole: a process that reads the old file through its map would crash, were that cut short.
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(b"\n" + b"\n".join(lines) + b"\n")
    fresh.replace(path)
    _opened.cache_clear()


def is_ordinary(word: str) -> bool:
    """Whether `word` (lower case) is stored, or made of two that are; False for all words before the set-up.

    Not cached: a cache would keep what people write, names among it.
    """
    return knows(_opened(PATH).__contains__, word)


def knows(has: Callable[[str], bool], word: str) -> bool:
    """Whether `has` is true of the word or of both its parts (compounds, with or without a joining s)."""
    if has(word):
        return True
    for cut in range(4, len(word) - 3):
        if has(word[cut:]) and (has(word[:cut]) or (word[cut - 1] == "s" and has(word[: cut - 1]))):
            return True
    return False


def is_nearly_ordinary(word: str) -> bool:
    """Whether a slip of the thumb, a missing dot or a strengthening before it parts `word` from an ordinary one.

    "mammma", "forstar", "svinarg".
    """
    strengthened = _STRENGTHENED.fullmatch(word)
    if is_ordinary(word) or _LAUGHTER.fullmatch(word) or (strengthened and is_ordinary(strengthened[1])):
        return True
    candidates = {_REPEATED.sub(r"\1", word), _REPEATED.sub(r"\1\1", word), *_inflections(word)}
    places = [i for i, char in enumerate(word) if char in _BARE][:_MOST_DOTS]
    for choice in product(*(("", *_BARE[word[i]]) for i in places)):
        letters = list(word)
        for place, char in zip(places, choice, strict=True):
            letters[place] = char or letters[place]
        candidates.add("".join(letters))
    words = _opened(PATH)
    if len(word) > 6 and word[:3] in words and word[3:] in words:
        return True  # "matkasse", "lagbild"
    return any(len(candidate) > 3 and candidate in words for candidate in candidates - {word})


def _inflections(word: str) -> set[str]:
    """Without an ending that is put on freely in speech."""
    return {word.removesuffix(end) for end in ("n", "s", "en", "an", "arna", "sen") if len(word) - len(end) > 4}


class _Words:
    """The words of a file: sorted, each between two line feeds. Only where its blocks begin is kept in memory."""

    def __init__(self, path: Path) -> None:
        self._lines: mmap.mmap | bytes = b""
        if path.exists():
            with path.open("rb") as file:
                self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        marks = (self._lines.find(b"\n", at) for at in range(0, len(self._lines), _BLOCK))
        self._starts = sorted({mark for mark in marks if 0 <= mark < len(self._lines) - 1})
        self._first = [self._lines[mark + 1 : self._lines.find(b"\n", mark + 1)] for mark in self._starts]
        self._starts.append(len(self._lines))

    def __contains__(self, word: str) -> bool:
        line = word.encode()
        block = bisect_right(self._first, line) - 1
        if block < 0 or not line:
            return False
        # With the line feed that the next block begins with.
        return b"\n%b\n" % line in self._lines[self._starts[block] : self._starts[block + 1] + 1]


@lru_cache(maxsize=2)
def _opened(path: Path) -> _Words:
    return _Words(path)
