"""The transformer itself, its learning rate and its batches: what the encoder and the tagger are tuned with.

TensorFlow is there because Rasa needs it; nothing of this runs in the product.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

WIDTH, ATTENTION_HEADS = 384, 12
BATCH, DROPOUT = 32, 0.1
BODY_RATE, HEAD_RATE = 2e-4, 1e-3
WARM_UP = 100  # steps
PADDING = 1
HALF = tf.bfloat16  # for the products alone; twice as fast


def load(folder: Path, layers: int) -> tuple[dict[str, Any], Any]:
    """Return the variables of the first layers of `base.npz`, and its word vectors, which stay as they are."""
    stored = dict(np.load(folder / "base.npz"))
    words = stored.pop("words")
    stored["emb.pos"], stored["emb.type"] = (stored[name].reshape(-1, WIDTH) for name in ("emb.pos", "emb.type"))
    body = {name: tf.Variable(values) for name, values in stored.items() if layer_of(name) < layers}
    return body, words


def layer_of(name: str) -> int:
    """Return the number of the layer that a weight is part of, -1 for the embeddings."""
    first = name.split(".")[0]
    return int(first[1:]) if first[1:].isdigit() else -1


def norm(x: Any, weight: Any, bias: Any) -> Any:
    """Layer normalisation."""
    mean, variance = tf.nn.moments(x, -1, keepdims=True)
    return (x - mean) * tf.math.rsqrt(variance + 1e-12) * weight + bias


def encode(weights: dict[str, Any], words: Any, mask: Any, dropout: float = 0.0) -> Any:
    """Return the last layer, [batch, length, WIDTH], of word vectors of that shape."""
    batch, length = tf.shape(words)[0], tf.shape(words)[1]

    def drop(x: Any) -> Any:
        return tf.nn.dropout(x, dropout) if dropout else x

    x = words + weights["emb.pos"][:length] + weights["emb.type"][0]
    x = drop(norm(x, weights["emb.ln.w"], weights["emb.ln.b"]))
    hidden = (1 - mask)[:, None, None, :] * -1e9
    for layer in range(1 + max(map(layer_of, weights))):
        part = {name.split(".", 1)[1]: each for name, each in weights.items() if layer_of(name) == layer}

        def linear(name: str, x: Any, part: dict[str, Any] = part) -> Any:
            weight = part[f"{name}.w"]
            flat = tf.cast(tf.reshape(x, [-1, weight.shape[0]]), HALF)
            product = tf.cast(flat @ tf.cast(weight, HALF), tf.float32)
            return tf.reshape(product + part[f"{name}.b"], [batch, length, weight.shape[1]])

        def split(x: Any) -> Any:
            return tf.transpose(tf.reshape(x, [batch, length, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS]), [0, 2, 1, 3])

        query, key, value = (split(linear(name, x)) for name in "qkv")
        near = tf.matmul(query, key, transpose_b=True) / np.sqrt(WIDTH / ATTENTION_HEADS)
        seen = tf.matmul(drop(tf.nn.softmax(near + hidden)), value)
        seen = tf.reshape(tf.transpose(seen, [0, 2, 1, 3]), [batch, length, WIDTH])
        x = norm(x + drop(linear("ao", seen)), part["aln.w"], part["aln.b"])
        x = norm(x + drop(linear("fo", tf.nn.gelu(linear("fi", x)))), part["oln.w"], part["oln.b"])
    return x


class Rising(tf.keras.optimizers.schedules.LearningRateSchedule):
    """A learning rate that rises for `WARM_UP` steps, then falls to nothing."""

    def __init__(self, rate: float, steps: int) -> None:
        """Take the highest rate and the number of steps."""
        self.rate, self.steps = rate, steps

    def __call__(self, step: Any) -> Any:
        """Return the rate of a step."""
        at = tf.cast(step, tf.float32)
        return self.rate * tf.minimum(at / WARM_UP, tf.maximum(0.0, (self.steps - at) / (self.steps - WARM_UP)))


class Optimizer:
    """Adam with a rate for the body and a higher one for the heads on top of it."""

    def __init__(self, body: dict[str, Any], head: dict[str, Any], steps: int) -> None:
        """Take the variables and how many steps there will be."""
        self._groups = []
        for rate, variables in ((BODY_RATE, list(body.values())), (HEAD_RATE, list(head.values()))):
            adam = tf.keras.optimizers.experimental.AdamW(Rising(rate, steps), weight_decay=0.01, clipnorm=1.0)
            adam.build(variables)
            self._groups.append((adam, variables))

    def descend(self, tape: Any, cost: Any) -> None:
        """Take one step down from what the tape saw."""
        gradients = iter(tape.gradient(cost, [each for _, variables in self._groups for each in variables]))
        for adam, variables in self._groups:
            adam.apply_gradients([(next(gradients), each) for each in variables])


def follow(title: str, costs: Iterable[Any], texts: int) -> None:
    """Take every step of a pass over so many texts, and show how far it is."""
    seen: list[float] = []
    for cost in costs:
        seen.append(float(cost))
        if len(seen) % 20 == 0:
            sys.stdout.write(f"\r{title}: {len(seen) * BATCH}/{texts}, loss {np.mean(seen[-100:]):.3f}")
            sys.stdout.flush()
    sys.stdout.write("\n")


def save(folder: Path, words: Any, variables: Mapping[str, Any]) -> None:
    """Write `tuned.npz`, which `export.py` reads."""
    np.savez(folder / "tuned.npz", words=words, **{name: each.numpy() for name, each in variables.items()})


def batches(ids: Sequence[Sequence[int]], chance: random.Random) -> Iterator[tuple[list[int], Any, Any]]:
    """Yield the indexes, padded ids and mask of texts of about one length, in random order."""
    order = list(range(len(ids)))
    chance.shuffle(order)
    groups = []
    for start in range(0, len(order), BATCH * 16):
        near = sorted(order[start : start + BATCH * 16], key=lambda at: len(ids[at]))
        groups += [near[begin : begin + BATCH] for begin in range(0, len(near), BATCH)]
    chance.shuffle(groups)
    for group in groups:
        longest = -(-max(len(ids[at]) for at in group) // 8) * 8
        padded = np.full((len(group), longest), PADDING)
        mask = np.zeros((len(group), longest), np.float32)
        for row, at in enumerate(group):
            padded[row, : len(ids[at])], mask[row, : len(ids[at])] = ids[at], 1
        yield group, padded, mask


def mistyped(text: str, chance: random.Random) -> str:
    """Return the text as a thumb might have typed it: without diacritics, letters missing, swapped or doubled."""
    if chance.random() < 0.12:
        text = text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))
    if chance.random() < 0.15:
        text = text.rstrip(".!?")
    if chance.random() < 0.25 and len(text) > 8:
        for _ in range(1 + len(text) // 60):
            at = chance.randrange(len(text) - 1)
            left, one, two, right = text[:at], text[at], text[at + 1], text[at + 2 :]
            text = left + chance.choice((two, two + one, one + one + two)) + right
    return text
