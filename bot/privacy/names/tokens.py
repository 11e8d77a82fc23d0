"""Words of a text with what the name lists know about them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bot.privacy.lists import read_words

_WORD = re.compile(r"[^\W\d_]+(?:[-'’´`][^\W\d_]+){0,4}")
_SENTENCE_END = re.compile(r"[.!?\n•:*]\s*[\"'”(–-]?\s*\Z|\A\s*[\"'”(–-]?\s*\Z")
_SURNAME_ENDING = re.compile(
    r"(?:[a-zåäöé]{2,}(?:sson|sdotter|ström|strom|qvist|kvist|gren|lund|blad|stedt|stedt|hielm|crona|stierna|"
    r"ovic|ović|evic|ević|owski|owska|ewski|ewska|inski|inska|ński|ńska|czyk|enko|chuk|zadeh|nejad|oglu|oğlu|poulos|idis|escu|yev|yeva|"
    r"ainen|äinen|oinen|onen|inen|dottir|shvili|adze|ssian|akyan|nyan|yan)|[a-zåäö]{3,}berg|al-[a-z]{3,}|el-[a-z]{3,}|ben-[a-z]{3,}|o['’][a-z]{3,}|mc[a-z]{4,}|gebre[a-z]{3,}|welde[a-z]{3,}|tesfa[a-z]{3,})s?\Z"
)
_NO_SURNAME = frozenset(
    "person grundlund berglund isberg person-berg lektionen personen finnen visionen missionen spänningen dimension inen minen stenen vinen linen "
    "sinen tronen zonen fonen telefonen iphonen personens gymnasiet platinen rutinen maskinen medicinen kusinen terminen gardinen hinnen "
    "vuxinen arbetstonen balkonen baconen kanonen ikonen kockonen rosenen bergen enligt kulturen".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word; `start` and `end` are offsets in the view. Flags tell which lists hold it (genitive -s removed)."""

    text: str
    lower: str
    start: int
    end: int
    gap: str  # what stands between the word before and this one
    capital: bool
    sentence_start: bool
    first: bool  # a first name and nothing else
    surname: bool  # a surname by list or ending
    ambiguous: bool  # a name that is also an ordinary word
    function: bool  # ... and a very common one
    place: bool
    common: bool  # an ordinary word that is never an unknown name
    kept: bool  # part of a phrase that stays


def tokenize(view: str, is_place: Callable[[str], bool], kept: list[tuple[int, int]]) -> list[Token]:
    """Split `view` into words and look each of them up."""
    tokens: list[Token] = []
    previous = 0
    for match in _WORD.finditer(view):
        gap = view[previous : match.start()]
        before = view[max(0, match.start() - 4) : match.start()]
        word = match[0]
        first, surname, ambiguous, function, common = _lookup(word.lower())
        tokens.append(
            Token(
                word,
                word.lower(),
                match.start(),
                match.end(),
                gap,
                word[0].isupper(),
                _SENTENCE_END.search(before) is not None
                if match.start() >= 4
                else _SENTENCE_END.search(view[: match.start()]) is not None,
                first,
                surname,
                ambiguous,
                function,
                is_place(word),
                common,
                any(start <= match.start() and match.end() <= end for start, end in kept),
            )
        )
        previous = match.end()
    return tokens


@lru_cache(maxsize=20000)
def _lookup(word: str) -> tuple[bool, bool, bool, bool, bool]:
    firsts, surnames, doubtful = (
        read_words("first_names.txt"),
        read_words("surnames.txt"),
        read_words("ambiguous_names.txt"),
    )
    functions, commons = read_words("function_words.txt"), read_words("common_words.txt")
    forms = genitive_forms(word)
    function = word in functions
    ambiguous = function or any(form in doubtful for form in forms)
    common = word in commons
    parts = [part for part in re.split("[-'’´`]", forms[-1]) if part]
    first = any(form in firsts for form in forms) or (
        len(parts) > 1 and all(p in firsts or p in doubtful for p in parts)
    )
    surname = any(form in surnames for form in forms) or _has_surname_ending(word)
    if (
        len(parts) > 1
        and any(p in surnames or _has_surname_ending(p) for p in parts)
        and all(p in surnames or p in firsts or p in doubtful or _has_surname_ending(p) for p in parts)
    ):
        surname = True
    return first and not ambiguous and not common, surname and not common, ambiguous, function, common


def genitive_forms(word: str) -> tuple[str, ...]:
    """The word, and the word without a genitive ending when it has one."""
    for ending in ("'s", "’s", "´s", ":s", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word, word[: -len(ending)]
    return (word,)


def _has_surname_ending(word: str) -> bool:
    return len(word) > 4 and word not in _NO_SURNAME and _SURNAME_ENDING.match(word) is not None
