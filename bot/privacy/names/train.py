"""Trains the name model on sentences generated around hand-written carriers; deterministic, well under a minute.

The carriers are ours, the names come from the lists. To make the model rely on wording too, the lists are hidden
from it for half of the names, as they are for a name that no list holds. Where data/nlu is there, its examples (free
of names by rule) serve as sentences to leave alone, and their placeholders as further carriers.
"""

import random
import re
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import sklearn_crfsuite
import yaml

from bot.privacy.detectors.person import kept_phrases
from bot.privacy.keep import FACTS, load_keep
from bot.privacy.lists import read_lines
from bot.privacy.names import vocabulary
from bot.privacy.names.features import features
from bot.privacy.names.model import PATH
from bot.privacy.names.tokens import Token, tokenize

SEED = 20261121
ROUNDS = 4
NLU_EXAMPLES = Path(__file__).resolve().parents[3] / "data" / "nlu"
_MAX_EXAMPLES = 8000
_HIDDEN = 0.5
# Who can be called by name instead; turns examples without names into carriers in the writers' own wording.
_PERSON_WORD = re.compile(
    r"(?<!\w)(?:han|hon|honom|henne|min man|min fru|min sambo|mannen|pappa|mamma|min syster|min bror|kvinnan|flickan)"
    r"(?!\w)",
    re.IGNORECASE,
)
_SLOT = re.compile(r"\{([NFLG])\}")

Sentence = tuple[str, list[tuple[int, int]]]


def build(path: Path = PATH) -> str:
    """Train and store the model; returns one line that says what was done."""
    begin = time.perf_counter()
    path.parent.mkdir(parents=True, exist_ok=True)
    seen = vocabulary.count(_nameless_texts())
    known = vocabulary.dictionary() | (vocabulary.dictionary("en") - _all_names())
    vocabulary.store(known | seen.keys(), path.with_name(vocabulary.PATH.name))
    # Leave one out: a word that only one text holds would be new to the model, had that text not been there.
    rare = {word for word, times in seen.items() if times == 1 and word not in known}
    sentences = generate(random.Random(SEED))  # noqa: S311 (no secret)
    keep = load_keep()
    rng = random.Random(SEED + 1)  # noqa: S311
    rows, labels = [], []
    for text, spans in sentences:
        tokens = tokenize(text, keep.is_place, kept_phrases(text, keep))
        marks = [any(start < token.end and token.start < end for start, end in spans) for token in tokens]
        for index, (token, mark) in enumerate(zip(tokens, marks, strict=True)):
            if mark:
                tokens[index] = _hide(token, rng)
            elif token.lower in rare:
                tokens[index] = replace(token, seen=False)
        rows.append(features(tokens))
        labels.append(["N" if mark else "O" for mark in marks])
    model = sklearn_crfsuite.CRF(
        algorithm="lbfgs",
        c1=0.1,
        c2=0.05,
        max_iterations=45,
        min_freq=3,
        model_filename=str(path),
        all_possible_transitions=True,
    )
    model.fit(rows, labels)
    return (
        f"name model: {len(sentences)} sentences, {path.stat().st_size // 1024} kB, {time.perf_counter() - begin:.0f} s"
    )


def generate(rng: random.Random) -> list[Sentence]:
    """Sentences with the spans of the names in them."""
    pools = {
        "first": _words("first_names.txt"),
        "more": _words("first_names_more.txt"),
        "doubtful": _words("ambiguous_names.txt"),
        "last": _words("surnames.txt") * 4 + _words("surnames_more.txt"),
    }
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


def _all_names() -> frozenset[str]:
    files = ("first_names.txt", "first_names_more.txt", "surnames.txt", "surnames_more.txt", "ambiguous_names.txt")
    return frozenset(word.lower() for file in files for word in _words(file))


def _words(name: str) -> list[str]:
    return [word for line in read_lines(name) for word in line.split()]


@cache
def _nlu_examples() -> tuple[str, ...]:
    """Examples of the language model's training data, as carriers; none when the folder is absent."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts: list[str] = []
    for file in sorted(NLU_EXAMPLES.glob("*.yml")):
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (it is the safe loader, in C)
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


def _nameless_texts() -> list[str]:
    """Texts that hold no names of persons: carriers, plain sentences, examples and the wording of the facts."""
    texts = [_SLOT.sub("", text) for text in (*read_lines("carriers.txt"), *read_lines("plain.txt"), *_nlu_examples())]
    for file in sorted(FACTS.glob("*.yaml")):
        texts += file.read_text(encoding="utf-8").splitlines()
    return texts


def _hide(token: Token, rng: random.Random) -> Token:
    """The token as it would look had no list held it."""
    if rng.random() >= _HIDDEN:
        return token
    return replace(
        token, first=False, surname=False, ambiguous=False, function=False, common=False, place=False, seen=False
    )
