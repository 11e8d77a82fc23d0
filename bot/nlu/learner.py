"""The learned layer: kernel ridge regression on shared features, calibrated on its own leave-one-out scores.

One inversion of the similarity matrix serves every facet at once, and gives the score that each training sentence would
have had without itself (Rifkin & Lippert 2007, "Notes on regularized least squares"). Calibration (Platt 1999) and
thresholds are taken from those scores, so that no held-out sentence is needed for them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from bot.nlu import embedding
from bot.nlu.features import Features
from bot.nlu.heads import COLUMNS, HEADS, Head

Floats = NDArray[np.float32]
RIDGE = 0.3
SHARPNESS = 2.0  # of the embedding's kernel: exp(SHARPNESS * (cosine - 1))


@dataclass
class Learner:
    """The trained model. `weights` belong to the sparse rows, `duals` to the embedded training sentences."""

    features: Features
    weights: Floats
    bias: Floats
    duals: Floats | None
    anchors: Floats | None
    centre: Floats | None
    spread: Floats | None
    platt: Floats
    thresholds: Floats

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[Mapping[str, Any]],
        features: Features | None = None,
        use_embedding: bool = True,
    ) -> Learner:
        """Train on texts with their labels (`intent` and the fields of the situation that each expresses)."""
        features = features or Features()
        rows = features.fit(texts)
        targets = np.hstack([head.targets(labels) for head in HEADS])
        kernel = (rows @ rows.T).toarray() + np.float32(1)
        embedded = embedding.embed(texts) if use_embedding else None
        centre = spread = anchors = None
        if embedded is not None:
            centre, spread = embedded.mean(axis=0), embedded.std(axis=0)
            anchors = _direction(embedded, centre, spread)
            kernel += np.exp(SHARPNESS * (anchors @ anchors.T - 1))
        kernel[np.diag_indices_from(kernel)] += np.float32(RIDGE)
        inverse = np.linalg.inv(kernel)
        duals = inverse @ targets
        left_out = targets - duals / np.diag(inverse)[:, None]
        platt = np.array([_platt(left_out[:, at], targets[:, at] > 0) for at in range(len(COLUMNS))], dtype=np.float32)
        probabilities = expit(left_out * platt[:, 0] + platt[:, 1])
        return cls(
            features,
            np.asarray(rows.T @ duals, dtype=np.float32),
            duals.sum(axis=0),
            duals if anchors is not None else None,
            anchors,
            centre,
            spread,
            platt,
            _thresholds(probabilities, targets > 0),
        )

    def probabilities(self, texts: Sequence[str]) -> dict[str, NDArray[np.float64]]:
        """Return, per facet, one row per text with the calibrated probability of each class."""
        scores = self.features.rows(texts) @ self.weights + self.bias
        if self.anchors is not None and self.duals is not None:
            embedded = embedding.embed(texts)
            if embedded is not None:
                near = _direction(embedded, self.centre, self.spread) @ self.anchors.T
                scores = scores + np.exp(SHARPNESS * (near - 1)) @ self.duals
        flat = expit(scores * self.platt[:, 0] + self.platt[:, 1])
        split, at = {}, 0
        for head in HEADS:
            part = flat[:, at : at + len(head.classes)]
            split[head.name] = part if head.several else part / part.sum(axis=1, keepdims=True)
            at += len(head.classes)
        return split

    def threshold(self, head: Head, name: str) -> float:
        """Return the probability from which a class of a head is taken as said."""
        return float(self.thresholds[COLUMNS.index((head.name, name))])

    def save(self, folder: Path) -> None:
        """Write the model: arrays and JSON, nothing that is run when it is read."""
        self.features.save(folder)
        arrays = {name: getattr(self, name) for name in _ARRAYS if getattr(self, name) is not None}
        small = {name: array.astype(np.float16) if array.ndim == 2 else array for name, array in arrays.items()}
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
            raise ValueError("the language model was trained for other facets; train it again")
        with np.load(folder / "learned.npz") as stored:
            arrays: dict[str, Any] = {
                name: stored[name].astype(np.float32) if name in stored else None for name in _ARRAYS
            }
        return cls(Features.load(folder), **arrays)


_ARRAYS = ("weights", "bias", "duals", "anchors", "centre", "spread", "platt", "thresholds")


def _direction(embedded: Floats, centre: Any, spread: Any) -> Floats:
    """Centre and scale, because every pair of e5 embeddings is close; then unit length."""
    scaled = (embedded - centre) / spread
    return scaled / np.linalg.norm(scaled, axis=1, keepdims=True)


def _platt(scores: Floats, positive: NDArray[np.bool_]) -> tuple[float, float]:
    """Fit probability = expit(a * score + b); a class without examples is never taken."""
    if positive.all() or not positive.any():
        return 0.0, 10.0 if positive.all() else -10.0
    fitted = LogisticRegression(C=100.0).fit(scores[:, None], positive)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _thresholds(probabilities: Floats, positive: NDArray[np.bool_]) -> Floats:
    """Return, per column, the probability of the best F-beta on the left-out scores that is precise enough."""
    heads = [head for head in HEADS for _ in head.classes]
    grid = np.linspace(0.1, 0.9, 41)
    chosen = []
    for at, head in enumerate(heads):
        beta = head.beta
        truth, scores = positive[:, at], probabilities[:, at]
        hits = np.array([(truth & (scores >= point)).sum() for point in grid])
        taken = np.array([(scores >= point).sum() for point in grid])
        quality = (1 + beta**2) * hits / np.maximum(beta**2 * truth.sum() + taken, 1)
        precise = hits >= head.precision * taken
        quality = np.where(precise & (taken > 0), quality, -1.0) if precise.any() else quality
        chosen.append(grid[int(quality.argmax())])
    return np.array(chosen, dtype=np.float32)
