"""Step 2 of `make encoder`: tune the transformer and a head per facet on the training sentences (data/nlu).

Every sentence is seen with other typing errors in each pass; a tenth of the sentences is never seen (`is_unseen`).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
import tensorflow as tf
import yaml
from sklearn.linear_model import Ridge

from bot.nlu.encoder import BEGIN, END, PIECES, is_unseen, prepared
from bot.nlu.heads import HEADS
from bot.tuning.network import BATCH, DROPOUT, WIDTH, Optimizer, batches, encode, follow, load, mistyped, save

LAYERS, PASSES = 12, 4
RIDGE = 300.0
FIRST_SCALE = 2.5  # of the targets +1 and -1, in logits
DEAR = {"emergency": 3.0, "suicide_risk": 3.0}  # seldom said, and a miss costs most: they weigh more than other facets


def loss(found: Any, targets: Any) -> Any:
    """Cross entropy summed over the facets; targets are +1 and -1 (`Head.targets`)."""
    total, at = 0.0, 0
    for head in HEADS:
        some, gold = (each[:, at : at + len(head.classes)] for each in (found, (targets + 1) / 2))
        at += len(head.classes)
        if head.several:
            total += DEAR.get(head.name, 1.0) * tf.reduce_mean(
                tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(gold, some), 1)
            )
        else:
            total += tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(gold, some))
    return total


def logits(last: Any, mask: Any, head: dict[str, Any]) -> Any:
    """Return one logit a class, [batch, classes]: every class weighs the pieces in its own way.

    Source: Mullenbach et al. 2018, "Explainable prediction of medical codes", arXiv 1802.05695 (attention per label).
    """
    looks = tf.nn.softmax(last @ head["look.w"] + (1 - mask)[:, :, None] * -1e9, axis=1)
    return tf.reduce_sum(looks * (last @ head["head.w"]), 1) + head["head.b"]


def sentences() -> list[tuple[str, dict[str, Any]]]:
    """Return the training sentences that the encoder may see, with their labels."""
    pairs = []
    for file in sorted(Path("data/nlu").glob("*.yml")):
        for block in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            label = {"intent": block["intent"]}
            pairs += [(each["text"], label | each.get("metadata", {})) for each in block["examples"]]
    return [(text, label) for text, label in pairs if not is_unseen(text)]


def cut(pieces: sentencepiece.SentencePieceProcessor, text: str) -> list[int]:
    """Return the pieces of a text."""
    return [BEGIN, *pieces.encode(prepared(text))[:PIECES], END]


def first_heads(body: dict[str, Any], words: Any, ids: Sequence[Sequence[int]], targets: Any) -> dict[str, Any]:
    """Return heads fitted to the untuned transformer: tuning from there keeps more of what it knows.

    Source: Kumar et al. 2022, "Fine-tuning can distort pretrained features", arXiv 2202.10054.
    """

    @tf.function(reduce_retracing=True)
    def run(vectors: Any, mask: Any) -> Any:
        return tf.reduce_sum(encode(body, vectors, mask) * mask[:, :, None], 1) / tf.reduce_sum(mask, 1)[:, None]

    means = np.zeros((len(ids), WIDTH), np.float32)
    for group, padded, mask in batches(ids, random.Random(0)):  # noqa: S311
        means[group] = run(words[padded], mask)
    centre, spread = means.mean(axis=0), means.std(axis=0)
    fitted = Ridge(alpha=RIDGE).fit((means - centre) / spread, targets * FIRST_SCALE)
    weight = (fitted.coef_ / spread).T.astype(np.float32)
    return {
        "look.w": tf.Variable(tf.zeros_like(weight)),  # to begin with all pieces weigh the same: their mean
        "head.w": tf.Variable(weight),
        "head.b": tf.Variable((fitted.intercept_ - centre @ weight).astype(np.float32)),
    }


def main(folder: Path) -> None:
    """Read `base.npz` and `pieces.model` of the folder and write `tuned.npz` into it after every pass."""
    chance = random.Random(0)  # noqa: S311
    tf.random.set_seed(0)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "pieces.model"))
    body, words = load(folder, LAYERS)
    examples = sentences()
    targets = np.hstack([each.targets([label for _, label in examples]) for each in HEADS])
    head = first_heads(body, words, [cut(pieces, text) for text, _ in examples], targets)
    optimizer = Optimizer(body, head, PASSES * (len(examples) // BATCH + 1))

    @tf.function(reduce_retracing=True)
    def step(vectors: Any, mask: Any, gold: Any) -> Any:
        with tf.GradientTape() as tape:
            same = (tf.shape(vectors)[0], 1, WIDTH)  # left out of all pieces of a text alike
            seen = tf.nn.dropout(encode(body, vectors, mask, DROPOUT), DROPOUT, noise_shape=same)
            cost = loss(logits(seen, mask, head), gold)
        optimizer.descend(tape, cost)
        return cost

    for number in range(PASSES):
        ids = [cut(pieces, mistyped(text, chance)) for text, _ in examples]
        costs = (step(words[padded], mask, targets[group]) for group, padded, mask in batches(ids, chance))
        follow(f"pass {number + 1}/{PASSES}", costs, len(ids))
        save(folder, words, body | head)


if __name__ == "__main__":
    if sys.argv[1] == "--texts":  # for step 1, which cannot read Rasa's files
        lines = "\n".join(prepared(text) for text, _ in sentences())
        (Path(sys.argv[2]) / "texts.txt").write_text(lines, encoding="utf-8")
    else:
        main(Path(sys.argv[1]))
