"""`python -m bench.nlu_features`: what each part of the learned layer adds, in a table (twelve minutes).

Every row is trained on the sentences that the encoder was tuned on and measured on the tenth that it has never seen:
share of messages whose set of violence types, perspective, intent and so on are right, by the learned layer alone.
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from bench.nlu_conversations import examples
from bot.nlu import encoder
from bot.nlu.features import BLOCKS, Features
from bot.nlu.heads import HEADS
from bot.nlu.learner import EQUAL, Learner

SETS: dict[str, tuple[str, ...]] = {
    "letters": ("letters",),
    "words": ("words",),
    "letters, words": ("letters", "words"),
    "+ concepts": ("letters", "words", "concepts"),
    "+ concepts, pairs": tuple(BLOCKS),
}


def shares(logits: NDArray[np.floating], labels: list[dict[str, object]]) -> dict[str, float]:
    """Return the share of messages read right per facet, with classes taken from an even chance on."""
    found, at = {}, 0
    for head in HEADS:
        part, gold = logits[:, at : at + len(head.classes)], head.targets(labels) > 0
        at += len(head.classes)
        right = ((expit(part) >= 0.5) == gold).all(axis=1) if head.several else part.argmax(1) == gold.argmax(1)
        found[head.name] = float(np.mean(right))
    return found


def main() -> None:
    """Print the table."""
    texts, labels = examples()
    unseen = np.array([encoder.is_unseen(text) for text in texts])
    kept, out = np.flatnonzero(~unseen), np.flatnonzero(unseen)
    asked, gold = [texts[at] for at in out], [labels[at] for at in out]
    print(f"{len(kept)} sentences to learn from, {len(out)} to be measured on")
    print(f"{'features':30}" + "".join(f"{head.name[:14]:>16}" for head in HEADS) + f"{'ms a message':>14}")

    def row(name: str, logits: NDArray[np.floating], seconds: float) -> None:
        measured = shares(logits, gold)
        milliseconds = seconds * 1000 / len(asked)
        print(f"{name:30}" + "".join(f"{measured[head.name]:16.3f}" for head in HEADS) + f"{milliseconds:14.2f}")

    first = np.zeros(0)
    for name, blocks in SETS.items():
        learner = Learner.fit([texts[at] for at in kept], [labels[at] for at in kept], Features(blocks), False)
        begun = time.process_time()
        first = np.vstack([learner.logits([text]) for text in asked])
        row(name, first, time.process_time() - begun)
    begun = time.process_time()
    second = encoder.encoder().logits(asked)
    seconds = time.process_time() - begun
    row("encoder alone", second, seconds)
    row("both, equal votes (chosen)", EQUAL[0] * first + EQUAL[1] * second, seconds)


if __name__ == "__main__":
    main()
