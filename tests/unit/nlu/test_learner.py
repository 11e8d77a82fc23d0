"""The ridge is the one of scikit-learn, reckoned in blocks, and what is left out of it is left out."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.kernel_ridge import KernelRidge

from bot.nlu import encoder, learner
from bot.nlu.features import Features
from bot.nlu.heads import HEADS
from tests.unit.nlu.test_reader import EXAMPLES


def test_the_weights_are_those_of_kernel_ridge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learner, "BATCH", 7)
    monkeypatch.setattr(learner, "COMMON", 0.3)  # of the few rows here
    pairs = sorted(EXAMPLES, key=lambda pair: encoder.is_unseen(pair[0]))
    texts, labels = [text for text, _ in pairs], [label for _, label in pairs]
    rows = Features().fit(texts)
    targets = np.hstack([head.targets(labels) for head in HEADS])
    ridge = KernelRidge(alpha=learner.RIDGE, kernel="precomputed").fit((rows @ rows.T).toarray() + 1, targets)
    made = learner.Learner.fit(texts, labels, use_encoder=False)
    np.testing.assert_allclose(made.weights, rows.T @ ridge.dual_coef_, atol=1e-4)
    np.testing.assert_allclose(made.bias, ridge.dual_coef_.sum(axis=0), atol=1e-4)


def test_the_inverse_diagonal_is_that_of_the_whole_matrix() -> None:
    half = np.random.default_rng(2).normal(size=(9, 9))
    matrix = (half @ half.T + np.eye(9)).astype(np.float32)
    found = learner._last_of_inverse_diagonal(np.linalg.cholesky(matrix), 4)
    np.testing.assert_allclose(found, np.diag(np.linalg.inv(matrix))[-4:], rtol=1e-3)
