"""Compares features on the training sentences alone: each is scored by a model that has not seen it.

    python -m bench.nlu_features            every set of features, a table on standard output (about 10 minutes)

Five folds; share of messages whose set of violence types, perspective and intent are read right by the learned layer.
"""

from __future__ import annotations

import time

import numpy as np

from bench.nlu_report import examples
from bot.nlu.features import BLOCKS, Features
from bot.nlu.heads import HEADS
from bot.nlu.learner import Learner

FOLDS = 5
SETS: dict[str, tuple[tuple[str, ...], bool]] = {
    "letters": (("letters",), False),
    "words": (("words",), False),
    "letters, words": (("letters", "words"), False),
    "+ opening, closing": (("letters", "words", "opening", "closing"), False),
    "+ concepts, pairs (chosen)": (tuple(BLOCKS), False),
    "+ sentence embedding": (tuple(BLOCKS), True),
}


def measure(blocks: tuple[str, ...], embedding: bool) -> tuple[dict[str, float], float]:
    """Return the share right per facet, and the seconds of processor time that the folds took."""
    texts, labels = examples()
    fold_of = np.random.default_rng(0).integers(FOLDS, size=len(texts))
    right: dict[str, list[bool]] = {}
    begun = time.process_time()
    for fold in range(FOLDS):
        kept, out = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        learner = Learner.fit([texts[at] for at in kept], [labels[at] for at in kept], Features(blocks), embedding)
        chances = learner.probabilities([texts[at] for at in out])
        for head in HEADS:
            gold = head.targets([labels[at] for at in out]) > 0
            if head.several:
                limits = np.array([learner.threshold(head, name) for name in head.classes])
                hits = ((chances[head.name] >= limits) == gold).all(axis=1)
            else:
                hits = chances[head.name].argmax(axis=1) == gold.argmax(axis=1)
            right.setdefault(head.name, []).extend(hits.tolist())
    return {name: float(np.mean(hits)) for name, hits in right.items()}, time.process_time() - begun


def main() -> None:
    """Print the table."""
    print(f"{'features':30}" + "".join(f"{head.name[:14]:>16}" for head in HEADS) + f"{'seconds':>10}")
    for name, (blocks, embedding) in SETS.items():
        shares, seconds = measure(blocks, embedding)
        print(f"{name:30}" + "".join(f"{shares[head.name]:16.3f}" for head in HEADS) + f"{seconds:10.0f}", flush=True)


if __name__ == "__main__":
    main()
