"""Step 2 of `make tagger`: tune the lower layers of the transformer to tell identifiers from everything else.

It learns from the messages of data/privacy, in which people of our own wrote invented identifiers in brackets, and from
sentences filled with names of the lists. Names, figures, capitals and typing errors are other ones in each pass.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
import tensorflow as tf

from bot.privacy import Kind
from bot.privacy.keep import load_keep
from bot.privacy.names import sentences
from bot.privacy.names.tokens import Token, tokenize
from bot.privacy.tagger import BEGIN, END, FLAGS, KINDS, WINDOW, cut, flags
from bot.privacy.view import make_view
from bot.tuning.marks import Marked, is_unseen, read
from bot.tuning.network import BATCH, DROPOUT, WIDTH, Optimizer, batches, encode, follow, load, mistyped, save

DATA = Path("data/privacy")
LAYERS, PASSES = 4, 4  # three take a fourth less time on a message, and miss 2 of 100 names more
FILLED = 5000  # sentences around names of the lists, in a pass
TIMES = {"identifiers.txt": 3, "mixed.txt": 3}  # how often a message comes in a pass; the others twice
HIDDEN = 0.5  # of the names come as if no list held them, so that it reads the words around them too


def messages(chance: random.Random) -> list[Marked]:
    """Return the texts of one pass."""
    filled = sentences.filled(random.Random(chance.random()))  # noqa: S311
    found = [(text, [(start, end, Kind.PERSON) for start, end in spans]) for text, spans in filled[:FILLED]]
    for file in sorted(DATA.glob("*.txt")):
        lines = file.read_text(encoding="utf-8").splitlines()
        pairs = [read(line) for line in lines if line and not is_unseen(line)]
        found += [varied(*pair, chance) for pair in pairs for _ in range(TIMES.get(file.name, 2))]
    chance.shuffle(found)
    return found


def varied(text: str, spans: list[tuple[int, int, Kind]], chance: random.Random) -> Marked:
    """Return the message with other names and figures, in other letters, with typing errors."""
    names, figures, case = chance.random() < 0.5, chance.random() < 0.6, chance.random()
    made, marks, at = "", [], 0
    for start, end, kind in spans:
        made += mistyped(text[at:start], chance)
        part = text[start:end]
        if kind is Kind.PERSON:
            part = sentences.renamed(part, chance) if names else part
        elif figures:
            part = "".join(str(chance.randrange(10)) if c.isdigit() and chance.random() < 0.8 else c for c in part)
        marks.append((len(made), len(made) + len(part), kind))
        made += part
        at = end
    made += mistyped(text[at:], chance)
    if case < 0.34:
        other = made.lower() if case < 0.3 else made.upper()
        made = other if len(other) == len(made) else made
    return made, marks


def example(pieces: sentencepiece.SentencePieceProcessor, pair: Marked, chance: random.Random) -> tuple[Any, ...]:
    """Return the pieces, flags and columns of a text, as long as a window."""
    text, spans = pair
    view = make_view(text).text
    view = view if len(view) == len(text) else text
    keep = load_keep()
    tokens = tokenize(view, keep.is_place, keep.phrase_spans(view))
    named = [(start, end) for start, end, kind in spans if kind is Kind.PERSON]
    tokens = [_hidden(token, named, chance) for token in tokens]
    ids, places = cut(pieces, view)
    ids, places = ids[:WINDOW], places[:WINDOW]
    columns = np.zeros(len(ids) + 2, np.int32)
    for at, (begin, end) in enumerate(places, 1):
        columns[at] = next((1 + KINDS.index(k) for s, e, k in spans if begin < e and s < end and begin < end), 0)
    edge = np.zeros((1, len(FLAGS)), np.float32)
    return [BEGIN, *ids, END], np.vstack([edge, flags(places, tokens), edge]), columns


def _hidden(token: Token, named: list[tuple[int, int]], chance: random.Random) -> Token:
    if any(start < token.end and token.start < end for start, end in named):
        if chance.random() < HIDDEN:
            return replace(
                token,
                first=False,
                surname=False,
                ambiguous=False,
                function=False,
                common=False,
                place=False,
                seen=False,
            )
    elif chance.random() < 0.03:
        return replace(token, seen=False, common=False)
    return token


def main(folder: Path) -> None:
    """Read `base.npz` and `pieces.model` of the folder and write `tuned.npz` into it after every pass."""
    chance = random.Random(0)  # noqa: S311
    tf.random.set_seed(0)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "pieces.model"))
    body, words = load(folder, LAYERS)
    body["flags"] = tf.Variable(np.zeros((len(FLAGS), WIDTH), np.float32))
    head = {
        "head.w": tf.Variable(tf.random.normal((WIDTH + len(FLAGS), 1 + len(KINDS)), stddev=0.02)),
        "head.b": tf.Variable(np.zeros(1 + len(KINDS), np.float32)),
    }
    optimizer = Optimizer(body, head, PASSES * (len(messages(random.Random(0))) // BATCH + 1))  # noqa: S311

    @tf.function(reduce_retracing=True)
    def step(vectors: Any, seen: Any, mask: Any, gold: Any) -> Any:
        with tf.GradientTape() as tape:
            last = encode(body, vectors + seen @ body["flags"], mask, DROPOUT)
            logits = tf.concat([last, seen], -1) @ head["head.w"] + head["head.b"]
            each = tf.nn.sparse_softmax_cross_entropy_with_logits(gold, logits) * mask
            cost = tf.reduce_sum(each) / tf.reduce_sum(mask)
        optimizer.descend(tape, cost)
        return cost

    def steps(rows: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        for group, padded, mask in batches([ids for ids, _, _ in rows], chance):
            seen = np.zeros((*padded.shape, len(FLAGS)), np.float32)
            gold = np.zeros(padded.shape, np.int32)
            for row, at in enumerate(group):
                _, some, columns = rows[at]
                seen[row, : len(some)], gold[row, : len(columns)] = some, columns
            yield step(words[padded], seen, mask, gold)

    for number in range(PASSES):
        rows = [example(pieces, pair, chance) for pair in messages(chance)]
        follow(f"pass {number + 1}/{PASSES}", steps(rows), len(rows))
        save(folder, words, body | head)


if __name__ == "__main__":
    if sys.argv[1] == "--texts":  # for step 1, which chooses the word pieces by them
        lines = [read(line)[0] for file in sorted(DATA.glob("*.txt")) for line in file.read_text("utf-8").splitlines()]
        (Path(sys.argv[2]) / "texts.txt").write_text("\n".join(lines).lower(), encoding="utf-8")
    else:
        main(Path(sys.argv[1]))
