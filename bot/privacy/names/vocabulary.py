"""Ordinary words: what no dictionary and no text without names holds may be a name.

The words lie sorted in one file and are looked up where they lie, so that a million of them cost no memory.
"""

import mmap
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from pathlib import Path

PATH = Path(__file__).resolve().parents[3] / "var" / "privacy" / "words.txt"
_LAUGHTER = re.compile(r"(?:[hj]?[aeiou][hj]){2,}[aeiou]?|(?:[hj][aeiou]){2,}h?|lo+l|m{3,}|z{3,}|x?d{2,}")
_REPEATED = re.compile(r"(.)\1+")
_BARE = {"a": "åä", "o": "ö"}
_MOST_DOTS = 4
_WORD = re.compile(r"(?<![\w@./-])[^\W\d_]+(?![\w@/])")


def count(texts: Iterable[str]) -> Counter[str]:
    """In how many of the texts each word stands in lower case."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update({word for word in _WORD.findall(text) if word == word.lower()})
    return seen


def dictionary(language: str = "sv") -> set[str]:
    """Word forms of simplemma that are written in small letters; names have a capital there."""
    # Imported here: only training needs it.
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
    """Whether `word` (lower case) is stored, or made of two that are; False for all words before training.

    Not cached: a cache would keep what people write, names among it.
    """
    return knows(lambda part: _holds(_opened(PATH), part), word)


def knows(has: Callable[[str], bool], word: str) -> bool:
    """Whether `has` is true of the word or of both its parts (compounds, with or without a joining s)."""
    if has(word):
        return True
    for cut in range(4, len(word) - 3):
        if has(word[cut:]) and (has(word[:cut]) or (word[cut - 1] == "s" and has(word[: cut - 1]))):
            return True
    return False


def is_nearly_ordinary(word: str) -> bool:
    """Whether only a slip of the thumb or a missing dot parts `word` from an ordinary one ("mammma", "forstar")."""
    if is_ordinary(word) or _LAUGHTER.fullmatch(word):
        return True
    candidates = {_REPEATED.sub(r"\1", word), _REPEATED.sub(r"\1\1", word), *_inflections(word)}
    places = [i for i, char in enumerate(word) if char in _BARE][:_MOST_DOTS]
    for choice in product(*(("", *_BARE[word[i]]) for i in places)):
        letters = list(word)
        for place, char in zip(places, choice, strict=True):
            letters[place] = char or letters[place]
        candidates.add("".join(letters))
    if len(word) > 6 and _holds(_opened(PATH), word[:3]) and _holds(_opened(PATH), word[3:]):
        return True  # "matkasse", "lagbild"
    return any(len(candidate) > 3 and _holds(_opened(PATH), candidate) for candidate in candidates - {word})


def _inflections(word: str) -> set[str]:
    """Without an ending that is put on freely in speech."""
    return {word.removesuffix(end) for end in ("n", "s", "en", "an", "arna", "sen") if len(word) - len(end) > 4}


@lru_cache(maxsize=2)
def _opened(path: Path) -> mmap.mmap | None:
    if not path.exists():
        return None
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _holds(lines: mmap.mmap | None, word: str) -> bool:
    """Binary search over the bytes of sorted lines, each between two line feeds."""
    if lines is None or not word:
        return False
    wanted = word.encode()
    low, high = 0, len(lines) - 1
    while low < high:
        # `low` is always a line feed before the line wanted, if it is there at all.
        start = lines.rfind(b"\n", low, (low + high) // 2 + 1)
        end = lines.find(b"\n", start + 1)
        line = lines[start + 1 : end]
        if line == wanted:
            return True
        if line < wanted:
            low = end
        else:
            high = start
    return False
