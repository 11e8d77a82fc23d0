"""Sentences to learn from: hand-written ones filled with names of the lists, and those that hold no name.

The carriers are ours, the names come from the lists. The examples of data/nlu (free of names by rule) serve as
sentences to leave alone, and their placeholders and their "han", "min man" as further carriers.
"""

import random
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.privacy.keep import FACTS
from bot.privacy.lists import read_lines

ROUNDS = 4
NLU_EXAMPLES = Path(__file__).resolve().parents[3] / "data" / "nlu"
_MAX_EXAMPLES = 8000
# Who can be called by name instead; turns examples without names into carriers in the writers' own wording.
_PERSON_WORD = re.compile(
    r"(?<!\w)(?:han|hon|honom|henne|min man|min fru|min sambo|mannen|pappa|mamma|min syster|min bror|kvinnan|flickan)"
    r"(?!\w)",
    re.IGNORECASE,
)
_SLOT = re.compile(r"\{([NFLG])\}")

Sentence = tuple[str, list[tuple[int, int]]]


def filled(rng: random.Random) -> list[Sentence]:
    """Sentences with the spans of the names in them, in random order."""
    pools = _pools()
    own, examples = list(read_lines("carriers.txt")), _nlu_examples()
    examples = tuple(
        examples[index] for index in sorted(rng.sample(range(len(examples)), min(_MAX_EXAMPLES, len(examples))))
    )
    carriers = own + [text for text in examples if _SLOT.search(text)]
    plain = list(read_lines("plain.txt"))
    named = [text for text in (_call_by_name(example, rng) for example in examples) if text]
    sentences: list[Sentence] = []
    for _ in range(ROUNDS):
        sentences += [_vary(_fill(carrier, pools, rng), rng) for carrier in carriers]
    sentences += [_vary(_fill(carrier, pools, rng), rng) for carrier in named]
    for text in plain * 3 + [text for text in examples if not _SLOT.search(text)]:
        sentences.append(_vary((text, []), rng))
    rng.shuffle(sentences)
    return sentences


def _call_by_name(example: str, rng: random.Random) -> str | None:
    """The example with one person in it called by name; None when nobody is mentioned."""
    people = list(_PERSON_WORD.finditer(example))
    if not people or _SLOT.search(example):
        return None
    person = rng.choice(people)
    slot = "{F}" if rng.random() < 0.8 else "{N}"
    return example[: person.start()] + slot + example[person.end() :]


def renamed(name: str, rng: random.Random) -> str:
    """Another name of the same shape: first name or both, genitive, size of letters; odd ones come back as they are."""
    words = name.split()
    if len(words) > 2 or not all(word.replace("-", "").isalpha() for word in words):
        return name
    other = " ".join([_name("F", _pools(), rng), *(_name("L", _pools(), rng) for _ in words[1:])])
    if name.endswith("s") and len(name) > 4 and rng.random() < 0.7 and not other.endswith("s"):
        other += "s"
    return other.lower() if name.islower() else other.upper() if name.isupper() and len(name) > 3 else other


@cache
def _pools() -> dict[str, list[str]]:
    return {
        "first": _words("first_names.txt"),
        "more": _words("first_names_more.txt"),
        "doubtful": _words("ambiguous_names.txt"),
        "last": _words("surnames.txt") * 4 + _words("surnames_more.txt"),
    }


def _words(name: str) -> list[str]:
    return [word for line in read_lines(name) for word in line.split()]


def nameless() -> list[str]:
    """Texts that hold no names of persons: carriers, plain sentences, examples and the wording of the facts."""
    texts = [_SLOT.sub("", text) for text in (*read_lines("carriers.txt"), *read_lines("plain.txt"), *_nlu_examples())]
    for file in sorted(FACTS.glob("*.yaml")):
        texts += file.read_text(encoding="utf-8").splitlines()
    return texts


def names() -> frozenset[str]:
    """Every name of the lists, in lower case."""
    files = ("first_names.txt", "first_names_more.txt", "surnames.txt", "surnames_more.txt", "ambiguous_names.txt")
    return frozenset(word.lower() for file in files for word in _words(file))


@cache
def _nlu_examples() -> tuple[str, ...]:
    """Examples that the reader (bot/nlu) learns from, as carriers; none when the folder is absent."""
    texts: list[str] = []
    for file in sorted(NLU_EXAMPLES.glob("*.yml")):
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for block in (content or {}).get("nlu", []):
            texts += _examples(block.get("examples", []))
    return tuple(re.sub(r"PERSONNAMN", "{N}", text) for text in texts)


def _examples(value: Any) -> list[str]:
    lines = value.splitlines() if isinstance(value, str) else [str(item.get("text", "")) for item in value]
    return [
        re.sub(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})", r"\1", line.strip().removeprefix("- "))
        for line in lines
        if line.strip()
    ]


def _fill(carrier: str, pools: dict[str, list[str]], rng: random.Random) -> Sentence:
    text, spans, position = "", [], 0
    for slot in _SLOT.finditer(carrier):
        text += carrier[position : slot.start()]
        name = _name(slot[1], pools, rng)
        spans.append((len(text), len(text) + len(name)))
        text += name
        position = slot.end()
    return text + carrier[position:], spans


def _name(slot: str, pools: dict[str, list[str]], rng: random.Random) -> str:
    first = rng.choice(pools[rng.choices(("doubtful", "first", "more"), (3, 12, 5))[0]])
    last = rng.choice(pools["last"]) if rng.random() < 0.8 else rng.choice(pools["doubtful"])
    if slot == "G":
        return first + ("" if first.endswith("s") else "s")
    if slot == "L":
        return last
    if slot == "F":
        return _misspell(first, rng) if rng.random() < 0.08 else first
    form = rng.random()
    if form < 0.45:
        return first
    if form < 0.55:
        return f"{first} {last[0]}"
    return f"{first} {last}"


def _misspell(name: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(name)) if len(name) > 3 else 1
    return name[:place] + name[place - 1] + name[place:]


def _vary(sentence: Sentence, rng: random.Random) -> Sentence:
    text, spans = sentence
    choice = rng.random()
    if choice < 0.5:
        text = text.lower() if len(text.lower()) == len(text) else text
    elif choice < 0.75 and text:
        text = text[0].upper() + text[1:]
    elif choice < 0.78 and len(text.upper()) == len(text):
        text = text.upper()
    return text, spans
