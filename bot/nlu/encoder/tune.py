"""Step 2 of `make encoder`: tune the transformer and a head per facet on the training sentences (data/nlu).

Every sentence is seen with other typing errors in each pass; a tenth of the sentences is never seen (`is_unseen`).
TensorFlow is there because Rasa needs it; nothing of this runs in the product.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
import tensorflow as tf
from sklearn.linear_model import Ridge

from bot.nlu.encoder import BEGIN, END, PIECES, is_unseen, prepared
from bot.nlu.heads import HEADS

WIDTH, ATTENTION_HEADS, LAYERS = 384, 12, 12
PASSES, BATCH, DROPOUT = 4, 32, 0.1
BODY_RATE, HEAD_RATE = 2e-4, 1e-3
WARM_UP = 100  # steps
PADDING = 1
RIDGE = 300.0
FIRST_SCALE = 2.5  # of the targets +1 and -1, in logits
HALF = tf.bfloat16  # for the products alone; twice as fast


def norm(x: Any, weight: Any, bias: Any) -> Any:
    """Layer normalisation."""
    mean, variance = tf.nn.moments(x, -1, keepdims=True)
    return (x - mean) * tf.math.rsqrt(variance + 1e-12) * weight + bias


def encode(weights: dict[str, Any], words: Any, mask: Any, dropout: float = 0.0) -> Any:
    """Return the mean of the last layer, [batch, WIDTH], of word vectors [batch, length, WIDTH]."""
    batch, length = tf.shape(words)[0], tf.shape(words)[1]

    def drop(x: Any) -> Any:
        return tf.nn.dropout(x, dropout) if dropout else x

    x = words + weights["emb.pos"][:length] + weights["emb.type"][0]
    x = drop(norm(x, weights["emb.ln.w"], weights["emb.ln.b"]))
    hidden = (1 - mask)[:, None, None, :] * -1e9
    for layer in range(LAYERS):
        part = {name.split(".", 1)[1]: each for name, each in weights.items() if name.startswith(f"l{layer}.")}

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
    return tf.reduce_sum(x * mask[:, :, None], 1) / tf.reduce_sum(mask, 1)[:, None]


class Rising(tf.keras.optimizers.schedules.LearningRateSchedule):
    """A learning rate that rises for `WARM_UP` steps, then falls to nothing."""

    def __init__(self, rate: float, steps: int) -> None:
        """Take the highest rate and the number of steps."""
        self.rate, self.steps = rate, steps

    def __call__(self, step: Any) -> Any:
        """Return the rate of a step."""
        at = tf.cast(step, tf.float32)
        return self.rate * tf.minimum(at / WARM_UP, tf.maximum(0.0, (self.steps - at) / (self.steps - WARM_UP)))


def loss(logits: Any, targets: Any) -> Any:
    """Cross entropy summed over the facets; targets are +1 and -1 (`Head.targets`)."""
    total, at = 0.0, 0
    for head in HEADS:
        some, gold = (each[:, at : at + len(head.classes)] for each in (logits, (targets + 1) / 2))
        at += len(head.classes)
        if head.several:
            total += tf.reduce_mean(tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(gold, some), 1))
        else:
            total += tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(gold, some))
    return total


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


def batches(ids: Sequence[Sequence[int]], chance: random.Random) -> Iterator[tuple[list[int], Any, Any]]:
    """Yield the indexes, padded ids and mask of sentences of about one length, in random order."""
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


def sentences() -> list[tuple[str, dict[str, Any]]]:
    """Return the training sentences that the encoder may see, with their labels."""
    from rasa.shared.nlu.training_data.loading import load_data

    examples = load_data("data/nlu").intent_examples
    pairs = [
        (str(each.get("text")), {"intent": each.get("intent")} | ((each.get("metadata") or {}).get("example") or {}))
        for each in examples
    ]
    return [(text, label) for text, label in pairs if not is_unseen(text)]


def cut(pieces: sentencepiece.SentencePieceProcessor, text: str) -> list[int]:
    """Return the pieces of a text."""
    return [BEGIN, *pieces.encode(prepared(text))[:PIECES], END]


def first_heads(body: dict[str, Any], words: Any, ids: Sequence[Sequence[int]], targets: Any) -> dict[str, Any]:
    """Return heads fitted to the untuned transformer: tuning from there keeps more of what it knows.

    Source: Kumar et al. 2022, "Fine-tuning can distort pretrained features", arXiv 2202.10054.
    """
    run = tf.function(lambda vectors, mask: encode(body, vectors, mask), reduce_retracing=True)
    means = np.zeros((len(ids), WIDTH), np.float32)
    for group, padded, mask in batches(ids, random.Random(0)):  # noqa: S311
        means[group] = run(words[padded], mask)
    centre, spread = means.mean(axis=0), means.std(axis=0)
    fitted = Ridge(alpha=RIDGE).fit((means - centre) / spread, targets * FIRST_SCALE)
    weight = (fitted.coef_ / spread).T.astype(np.float32)
    return {
        "head.w": tf.Variable(weight),
        "head.b": tf.Variable((fitted.intercept_ - centre @ weight).astype(np.float32)),
    }


def main(folder: Path) -> None:
    """Read `base.npz` and `pieces.model` of the folder and write `tuned.npz` into it after every pass."""
    chance = random.Random(0)  # noqa: S311
    tf.random.set_seed(0)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "pieces.model"))
    stored = dict(np.load(folder / "base.npz"))
    words = stored.pop("words")
    stored["emb.pos"], stored["emb.type"] = (stored[name].reshape(-1, WIDTH) for name in ("emb.pos", "emb.type"))
    body = {name: tf.Variable(values) for name, values in stored.items()}
    examples = sentences()
    targets = np.hstack([each.targets([label for _, label in examples]) for each in HEADS])
    head = first_heads(body, words, [cut(pieces, text) for text, _ in examples], targets)
    steps = PASSES * (len(examples) // BATCH + 1)
    optimizers = []
    for rate, variables in ((BODY_RATE, body), (HEAD_RATE, head)):
        adam = tf.keras.optimizers.experimental.AdamW(Rising(rate, steps), weight_decay=0.01, clipnorm=1.0)
        adam.build(list(variables.values()))
        optimizers.append((adam, list(variables.values())))

    @tf.function(reduce_retracing=True)
    def step(vectors: Any, mask: Any, gold: Any) -> Any:
        with tf.GradientTape(persistent=True) as tape:
            seen = tf.nn.dropout(encode(body, vectors, mask, DROPOUT), DROPOUT)
            cost = loss(seen @ head["head.w"] + head["head.b"], gold)
        variables = [each for _, group in optimizers for each in group]
        gradients = iter(tape.gradient(cost, variables))
        for adam, group in optimizers:
            adam.apply_gradients([(next(gradients), each) for each in group])
        return cost

    for number in range(PASSES):
        ids = [cut(pieces, mistyped(text, chance)) for text, _ in examples]
        costs = []
        for group, padded, mask in batches(ids, chance):
            costs.append(float(step(words[padded], mask, targets[group])))
            if len(costs) % 20 == 0:
                sys.stdout.write(
                    f"\rpass {number + 1}/{PASSES}: {len(costs) * BATCH}/{len(examples)}, loss {np.mean(costs):.2f}"
                )
                sys.stdout.flush()
        sys.stdout.write("\n")
        np.savez(folder / "tuned.npz", words=words, **{name: each.numpy() for name, each in (body | head).items()})


if __name__ == "__main__":
    if sys.argv[1] == "--texts":  # for step 1, which cannot read Rasa's files
        lines = "\n".join(prepared(text) for text, _ in sentences())
        (Path(sys.argv[2]) / "texts.txt").write_text(lines, encoding="utf-8")
    else:
        main(Path(sys.argv[1]))
