"""Words of a text with what the name lists know about them."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bot.privacy.lists import read_words
from bot.privacy.names import vocabulary

_WORD = re.compile(r"[^\W\d_]+(?:[-'’´`][^\W\d_]+){0,4}")
# A full stop after one of these ends no sentence ("Ang. Lindmark").
_SHORTENED = re.compile(
    r"\b(?:adv|ang|avs|dr|enl|handl|insp|komm|krinsp|kur|lek|läk|misst|mt|mä|målsäg|ordf|pat|prof|resp|sekr|vh|vitt)"
    r"[.:]\s?\Z",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?\n•:*]\s*[\"'”(–-]?\s*\Z|\A\s*[\"'”(–-]?\s*\Z")
# Endings that ordinary lower-case words do not have; the weak ones count only with a capital or after a first name.
_SURE_ENDING = re.compile(
    r"(?!person|[a-zåäö]*års|bror|syster|fast|kusin|[a-zåäö]+bror|[a-zåäö]+syster)[a-zåäöé]{2,}(?:sson|qvist|crona|stierna|hielm|stedt|ovic|ović|evic|ević|owski|owska|ewski|"
    r"ewska|ński|ńska|czyk|enko|"
    r"zadeh|nejad|oglu|oğlu|poulos|idis|escu|dottir|sdotter|shvili|akyan|ssian)s?\Z"
    r"|(?:al-|el-|ben-|o['’]|mc|gh?ebre|welde|tesfa)[a-z]{4,}\Z"
)
_WEAK_ENDING = re.compile(
    r"[a-zåäöé]{3,}(?:ström|strom|brand|hjelm|hielm|stråle|hufvud|krona|marker|hammar|krook|felt|gård|sjö|kvist|gren|lund|blad|sdotter|inska|inski|chuk|adze|nyan|onen|inen|anen|berg|blom|"
    r"skjöld|skiöld|sköld|feldt|ståhl|dell|stam|"
    r"man|mark|holm|dahl|ell|"
    r"lén|dén|rén|yev|yeva|ova|eva|ov|ev|ian|yan|pour|zai|zada|i|oui)s?\Z"
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
    surname: bool  # a surname by list or by an ending that no ordinary word has
    weak_surname: bool  # ends like a surname, but so do ordinary words
    ambiguous: bool  # a name that is also an ordinary word
    function: bool  # ... and a very common one
    place: bool
    common: bool  # an ordinary word that is never an unknown name
    kept: bool  # part of a phrase that stays
    seen: bool  # an ordinary word: it, its stem or its parts were seen in texts without names


def tokenize(view: str, is_place: Callable[[str], bool], kept: list[tuple[int, int]]) -> list[Token]:
    """Split `view` into words and look each of them up."""
    tokens: list[Token] = []
    previous = 0
    for match in _WORD.finditer(view):
        gap = view[previous : match.start()]
        before = view[max(0, match.start() - 4) : match.start()]
        # After a word and a blank no sentence starts.
        starts = not (tokens and gap == " ") and _SENTENCE_END.search(before) is not None
        word = match[0]
        lower = word.lower()
        first, surname, weak, ambiguous, function, common = _lookup(lower)
        tokens.append(
            Token(
                word,
                lower,
                match.start(),
                match.end(),
                gap,
                word[0].isupper(),
                starts and not _SHORTENED.search(view[max(0, match.start() - 9) : match.start()]),
                first,
                surname,
                weak,
                ambiguous,
                function,
                is_place(word) or is_elsewhere(lower),
                common,
                bool(kept) and any(start <= match.start() and match.end() <= end for start, end in kept),
                vocabulary.is_ordinary(lower),
            )
        )
        previous = match.end()
    return tokens


def is_elsewhere(word: str) -> bool:
    """Whether the word (lower case) is a place outside the county, also in the genitive."""
    return not read_words("places.txt").isdisjoint(genitive_forms(word))


@cache
def _first_names() -> frozenset[str]:
    listed = read_words("first_names.txt") | read_words("first_names_more.txt") | read_words("other_scripts.txt")
    bare = {_bare(name) for name in listed}
    ordinary = read_words("ambiguous_names.txt") | read_words("common_words.txt") | read_words("plain.txt")
    return listed | {name for name in bare - listed - ordinary if len(name) > 2 and not vocabulary.is_ordinary(name)}


def _bare(name: str) -> str:
    """As typed on a keyboard without the dots and hooks ("orjan", "xelin")."""
    letters = unicodedata.normalize("NFD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(char for char in letters if not unicodedata.combining(char))


@cache
def _no_names() -> frozenset[str]:
    foreign = read_words("foreign_words.txt") - _first_names() - read_words("ambiguous_names.txt") - _surnames()
    return read_words("common_words.txt") | read_words("things.txt") | foreign


@cache
def _surnames() -> frozenset[str]:
    return read_words("surnames.txt") | read_words("surnames_more.txt")


def _lookup(word: str) -> tuple[bool, bool, bool, bool, bool, bool]:
    # Not cached: a cache would keep what people write, names among it.
    doubtful = read_words("ambiguous_names.txt")
    forms = genitive_forms(word)
    function = word in read_words("function_words.txt")
    ambiguous = function or not doubtful.isdisjoint(forms)
    if word in _no_names() or forms[-1] in read_words("things.txt"):
        return False, False, False, ambiguous, function, True
    firsts, surnames = _first_names(), _surnames()
    parts = [part for part in re.split("[-'’´`]", forms[-1]) if part]
    first = not firsts.isdisjoint(forms)
    surname = any(form in surnames or _SURE_ENDING.match(form) for form in forms)
    if len(parts) > 1:
        known = [
            part in firsts or part in doubtful or part in surnames or bool(_SURE_ENDING.match(part)) for part in parts
        ]
        first = first or all(part in firsts or part in doubtful for part in parts)
        surname = surname or (all(known) and not first)
    return first and not ambiguous, surname, _WEAK_ENDING.match(word) is not None, ambiguous, function, False


def is_listed(word: str) -> bool:
    """Whether a lower-case word is in a list of names, also as a word that is both."""
    first, surname, _, ambiguous, function, _ = _lookup(word)
    return first or surname or (ambiguous and not function)


def genitive_forms(word: str) -> tuple[str, ...]:
    """The word, and the word without a genitive ending when it has one."""
    if word.endswith("ss"):
        return (word,)
    for ending in ("'s", "’s", "´s", ":s", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word, word[: -len(ending)]
    return (word,)
