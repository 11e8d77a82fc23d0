"""The ridge is the one of scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.kernel_ridge import KernelRidge

from bot.nlu import encoder, learner, ridge
from bot.nlu.features import Features
from bot.nlu.heads import HEADS
from tests.unit.nlu.test_reader import EXAMPLES


@pytest.mark.parametrize("anchors", [1000, 5])
def test_the_weights_are_those_of_kernel_ridge(monkeypatch: pytest.MonkeyPatch, anchors: int) -> None:
    monkeypatch.setattr(ridge, "ANCHORS", anchors)
    monkeypatch.setattr(ridge, "EXACT", 1e-4)  # where it goes, not how far training goes
    pairs = sorted(EXAMPLES, key=lambda pair: encoder.is_unseen(pair[0]))
    texts, labels = [text for text, _ in pairs], [label for _, label in pairs]
    rows = Features().fit(texts)
    targets = np.hstack([head.targets(labels) for head in HEADS])
    exact = KernelRidge(alpha=learner.RIDGE, kernel="precomputed").fit((rows @ rows.T).toarray() + 1, targets)
    made = learner.Learner.fit(texts, labels, use_encoder=False)
    np.testing.assert_allclose(made.weights, rows.T @ exact.dual_coef_, atol=1e-3)
    np.testing.assert_allclose(made.bias, exact.dual_coef_.sum(axis=0), atol=1e-3)


def test_a_ridge_that_is_not_exact_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ridge, "STEPS", 1)
    monkeypatch.setattr(ridge, "ANCHORS", 2)
    chance = np.random.default_rng(2)
    rows, targets = csr_matrix(chance.normal(size=(50, 20)).astype(np.float32)), np.ones((50, 1), np.float32)
    with pytest.raises(ArithmeticError, match="after 1 steps"):
        ridge.solve(rows, targets + chance.normal(size=(50, 1)).astype(np.float32), 0.3)
