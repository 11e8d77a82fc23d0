"""Invented conversations for fuzzing: training sentences, buttons, and what keyboards and attackers make."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

from bench.nlu_conversations import examples
from bot.gateway.payloads import known_payloads

LONGEST = 2000  # characters
MOST_TURNS = 6
LANGUAGES = ("sv", "sv", "sv", "sv-simple", "en")
# What breaks readers: quotes, markup, templates, format strings, other scripts, invisible and control characters.
ODD = (
    "''' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}} ${7*7} %s %n", '/referral{"age": 1}', "\\u0000\0",
    "\u202eabc\u202c", "👩\u200d👧🏳️", "مساعدة", "Помогите", "帮助", "a\u0301" * 40, "\ufeffhej", "-" * 300, "112" * 100,
    "\n" * 50 + "hej", "9" * 400, "000000000000-1111", "1e309 NaN -0 ∞", "19990230-0000", "https://" + "a." * 200,
    "@" * 100, "...", "?", "PERSONNAMN TELEFON", "nej inte alls aldrig ingen " * 20, "__proto__",
    "hej" + " " * 1500 + "då", "\ud7ff\ue000\ufffd",
)  # fmt: skip
COMMANDS = ("börja om", "glöm mig", "hej", "ja", "nej", "vet inte", "hoppa över", "tack", "sluta", "varför frågar du?")


@dataclass(frozen=True)
class Talk:
    """One conversation: the page's language, and what is said turn by turn."""

    language: str
    said: tuple[str, ...]
    repeats: frozenset[int] = field(default_factory=frozenset)  # turns that are sent twice
    leaves: bool = False  # forgets itself at the end


@lru_cache(maxsize=1)
def sentences() -> tuple[str, ...]:
    """Return the sentences of data/nlu, without their labels."""
    return tuple(examples()[0])


def talk(random: Random) -> Talk:
    """Invent a conversation; the same state of `random` gives the same one."""
    said = tuple(_message(random) for _ in range(random.randint(1, MOST_TURNS)))
    repeats = frozenset(turn for turn in range(len(said)) if random.random() < 0.05)
    return Talk(random.choice(LANGUAGES), said, repeats, random.random() < 0.2)


def _message(random: Random) -> str:
    kind = random.random()
    if kind < 0.25:
        return random.choice(_buttons())
    if kind < 0.35:
        return random.choice(COMMANDS)
    if kind < 0.45:
        return random.choice(ODD)
    if kind < 0.5:
        return "".join(chr(_character(random)) for _ in range(random.choice((1, 5, 60, LONGEST)))).strip() or "?"
    text = " ".join(random.choice(sentences()) for _ in range(random.choice((1, 1, 1, 2, 3))))
    return (_garbled(text, random) if kind < 0.75 else text)[:LONGEST]


@lru_cache(maxsize=1)
def _buttons() -> tuple[str, ...]:
    return tuple(sorted(known_payloads()))


def _character(random: Random) -> int:
    code = random.choice((random.randrange(0x20, 0x7F), random.randrange(0x250), random.randrange(0x11_0000)))
    return 0x3F if 0xD800 <= code < 0xE000 else code  # half a surrogate pair is refused before it is a message


def _garbled(text: str, random: Random) -> str:
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(text) + 1)
        text = random.choice(
            (
                text[:place] + text[place + 1 :],
                text[:place] + text[place : place + 1] * 3 + text[place:],
                text[:place] + random.choice(ODD) + text[place:],
                text.upper(),
                text.replace(" ", ""),
                text.replace("å", "a").replace("ä", "a").replace("ö", "o"),
                text[:place] + str(random.randrange(-5, 2100)) + " år " + text[place:],
                text[place:] + " " + text[:place],
            )
        )
    return text if text.strip() else "?"
