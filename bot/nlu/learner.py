"""The learned layer: two readers that vote, kernel ridge regression on shared features and a tuned encoder.

How far to trust each reader, how much it counts for a facet, and from which probability a class is taken, is learned on
the tenth of the training sentences that the encoder has never seen, with a ridge that has not seen them either; no
held-out sentence is needed for it. Then the ridge learns from all of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, logit, softmax
from sklearn.linear_model import LogisticRegression

from bot.nlu import encoder, ridge
from bot.nlu.features import Features
from bot.nlu.heads import COLUMNS, HEADS, Head
from bot.nlu.text import reading

Floats = NDArray[np.float32]
RIDGE = 0.3
PULL = 0.01  # towards equal votes, where there is little to learn the votes from
EQUAL = np.array([0.5, 0.5, 0.0])
TYPES = [head.together for head in HEADS].index(True)
CERTAIN = 1e-6
SELDOM = 5  # a set told less often is not learned


@dataclass
class Learner:
    """The trained model.

    Attributes:
        features: turns texts into sparse rows.
        weights, bias: the ridge, one column per class.
        platt: slope and intercept per column: from the ridge's score to a logit.
        votes: weight of the ridge's logit, weight of the encoder's, and intercept, per column.
        thresholds: the probability from which a class is taken, per column.
        doubts: the probability from which a class that is not taken is asked about, per column; 1 if never.
        sets: the sets of violence types that were told, [set, type] of 0 and 1.
        lifts: what is added to the score of each set: how much more often it is told than by chance.
    """

    features: Features
    weights: Floats
    bias: Floats
    platt: Floats
    votes: Floats
    thresholds: Floats
    doubts: Floats
    sets: Floats
    lifts: Floats

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[Mapping[str, Any]],
        features: Features | None = None,
        use_encoder: bool = True,
    ) -> Learner:
        """Train on texts with their labels (`intent` and the fields of the situation that each expresses)."""
        features = features or Features()
        pairs = sorted(zip(texts, labels, strict=True), key=lambda pair: encoder.is_unseen(pair[0]))
        texts, labels = [text for text, _ in pairs], [label for _, label in pairs]
        seen = len(texts) - (sum(map(encoder.is_unseen, texts)) or len(texts) // 3)  # a third of a handful, in tests
        with ThreadPoolExecutor(1) as beside, reading():  # the encoder's work leaves Python to the features
            second = beside.submit(encoder.encoder().logits, texts[seen:]) if use_encoder else None
            rows = features.fit(texts)
        targets = np.hstack([head.targets(labels) for head in HEADS])
        types = _parts()[TYPES][1]
        sets, lifts = _sets(targets[:, types] > 0)
        duals = ridge.solve(rows, targets, RIDGE)
        first = ridge.solve(rows[:seen], targets[:seen], RIDGE)
        left_out = rows[seen:] @ (rows[:seen].T @ first) + first.sum(axis=0)
        targets = targets[seen:]
        platt = np.array([_platt(left_out[:, at], targets[:, at] > 0) for at in range(len(COLUMNS))], dtype=np.float32)
        logits = left_out * platt[:, 0] + platt[:, 1]
        votes = np.tile(np.array([1.0, 0.0, 0.0]), (len(COLUMNS), 1))
        if second:
            votes = np.vstack([_votes(head, part, logits, second.result(), targets) for head, part in _parts()])
            logits = votes[:, 0] * logits + votes[:, 1] * second.result() + votes[:, 2]
        chances = [(head, expit(logits[:, part]), targets[:, part] > 0) for head, part in _parts()]
        return cls(
            features,
            np.asarray(rows.T @ duals, dtype=np.float32),
            duals.sum(axis=0),
            platt,
            votes.astype(np.float32),
            np.hstack([_thresholds(*each) for each in chances]).astype(np.float32),
            np.hstack([_doubts(*each) for each in chances]).astype(np.float32),
            sets,
            lifts * _weight(sets, lifts, logits[:, types], targets[:, types] > 0),
        )

    def probabilities(self, texts: Sequence[str]) -> dict[str, NDArray[np.float64]]:
        """Return, per facet, one row per text with the calibrated probability of each class."""
        logits = self.logits(texts)
        return {
            head.name: expit(logits[:, part]) if head.several else softmax(logits[:, part], axis=1)
            for head, part in _parts()
        }

    def logits(self, texts: Sequence[str]) -> Floats:
        """Return one row per text and one column per class of `COLUMNS`."""
        scores = self.features.scores(texts, self.weights) + self.bias
        logits = self.votes[:, 0] * (scores * self.platt[:, 0] + self.platt[:, 1]) + self.votes[:, 2]
        if self.votes[:, 1].any():
            logits = logits + self.votes[:, 1] * encoder.encoder().logits(texts)
        return np.asarray(logits, dtype=np.float32)

    def taken(self, head: Head, chances: Floats) -> list[int]:
        """Return which classes of a facet that may have several are taken as said, from the probability of each."""
        if head.together:
            scores = self.sets @ logit(np.clip(chances, CERTAIN, 1 - CERTAIN)) + self.lifts
            return [int(at) for at in np.flatnonzero(self.sets[int(scores.argmax())])]
        first = COLUMNS.index((head.name, head.classes[0]))
        return [at for at, chance in enumerate(chances) if chance >= self.thresholds[first + at]]

    def doubt(self, name: str) -> float:
        """Return the probability from which a facet that is said or not is asked about when it is not taken."""
        return float(self.doubts[COLUMNS.index((name, name))])

    def save(self, folder: Path) -> None:
        """Write the model: arrays and JSON, nothing that is run when it is read."""
        self.features.save(folder)
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        small = {name: array.astype(np.float16) if name == "weights" else array for name, array in arrays.items()}
        np.savez_compressed(folder / "learned.npz", **small)
        (folder / "columns.json").write_text(json.dumps(COLUMNS), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Learner:
        """Read what `save` wrote.

        Raises:
            ValueError: when the model was trained for other facets than this code knows.
        """
        columns = tuple(tuple(pair) for pair in json.loads((folder / "columns.json").read_text(encoding="utf-8")))
        if columns != COLUMNS:
            raise ValueError("the reader was trained for other facets; train it again")
        with np.load(folder / "learned.npz") as stored:
            arrays: dict[str, Any] = {name: stored[name].astype(np.float32, order="C") for name in _ARRAYS}
        return cls(Features.load(folder), **arrays)


_ARRAYS = ("weights", "bias", "platt", "votes", "thresholds", "doubts", "sets", "lifts")


def _parts() -> list[tuple[Head, slice]]:
    """Return every head with its columns."""
    ends = np.cumsum([len(head.classes) for head in HEADS])
    return [(head, slice(end - len(head.classes), end)) for head, end in zip(HEADS, ends, strict=True)]


def _platt(scores: Floats, positive: NDArray[np.bool_]) -> tuple[float, float]:
    """Fit logit = a * score + b (Platt 1999); a class without examples is never taken."""
    if positive.all() or not positive.any():
        return 0.0, 10.0 if positive.all() else -10.0
    fitted = LogisticRegression(C=100.0).fit(scores[:, None], positive)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _votes(head: Head, part: slice, first: Floats, second: Floats, targets: Floats) -> NDArray[np.float64]:
    """Return what both readers' logits and an intercept weigh for a facet, the same for each of its classes."""
    one, two = first[:, part].astype(float), second[:, part].astype(float)
    gold = targets[:, part] > 0

    def cost(votes: NDArray[np.float64]) -> float:
        joined = votes[0] * one + votes[1] * two + votes[2]
        if head.several:
            right = -np.logaddexp(0, np.where(gold, -joined, joined)).sum(axis=1)
        else:
            right = (log_softmax(joined, axis=1) * gold).sum(axis=1)
        return float(-right.mean() + PULL * ((votes - EQUAL) ** 2).sum())

    found = minimize(cost, EQUAL, bounds=[(0, None), (0, None), (None, None)]).x
    return np.tile(found, (len(head.classes), 1))


def _thresholds(head: Head, probabilities: Floats, positive: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the probability with the best mean F-beta of a facet's classes that is precise enough, once for each."""
    grid = np.linspace(0.05, 0.9, 86)
    hits = np.array([(positive & (probabilities >= point)).sum(axis=0) for point in grid])
    taken = np.array([(probabilities >= point).sum(axis=0) for point in grid])
    quality = ((1 + head.beta**2) * hits / np.maximum(head.beta**2 * positive.sum(axis=0) + taken, 1)).mean(axis=1)
    precise = (hits.sum(axis=1) >= head.precision * taken.sum(axis=1)) & (taken.sum(axis=1) > 0)
    quality = np.where(precise, quality, -1.0) if precise.any() else quality
    return np.full(len(head.classes), grid[int(quality.argmax())])


def _sets(told: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return the sets that are told often enough, and the log of how much more often each is told than by chance."""
    sets, counts = np.unique(told, axis=0, return_counts=True)
    often = counts >= min(SELDOM, counts.max())
    sets, counts = sets[often].astype(np.float32), counts[often]
    share = np.clip(told.mean(axis=0), 1e-3, 1 - 1e-3)
    by_chance = sets @ np.log(share) + (1 - sets) @ np.log(1 - share)
    return sets, (np.log(counts / len(told)) - by_chance).astype(np.float32)


def _weight(sets: Floats, lifts: Floats, logits: Floats, told: NDArray[np.bool_]) -> np.float32:
    """Return how much the lifts weigh so that most sets are right."""
    grid = np.linspace(0, 1, 11, dtype=np.float32)
    right = [((sets[(logits @ sets.T + one * lifts).argmax(axis=1)] > 0) == told).all(axis=1).sum() for one in grid]
    return grid[int(np.argmax(right))]


def _doubts(head: Head, probabilities: Floats, positive: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the probability that the share `head.asked` of what is meant reaches, per class."""
    if not head.asked or not positive.any():
        return np.ones(len(head.classes))
    return np.array(
        [np.quantile(probabilities[meant, at], 1 - head.asked, method="lower") for at, meant in enumerate(positive.T)]
    )
