"""The row of a single text is the one that scikit-learn's vectorisers make, also for odd texts and after a reload."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import hstack

from bot.nlu.features import BLOCKS, Features, Floats
from tests.unit.nlu.test_reader import EXAMPLES

TEXTS = [text for text, _ in EXAMPLES]
ODD = ["", " ", "?!", "7", "min min min sambo slår", "MIN   sambo\n\nslår!! varför?", "ord aldrig sagda", "مرحبا"]


@pytest.fixture(scope="module")
def features() -> Features:
    made = Features()
    made.fit(TEXTS)
    return made


def _row(features: Features, text: str) -> Floats:
    row = np.zeros(sum(len(each.vocabulary_) for each in features.vectorizers.values()), np.float32)
    columns, values = features.row(text)
    row[columns] = values
    return row


@pytest.mark.parametrize("text", TEXTS[:3] + ODD)
def test_a_row_is_that_of_the_vectorisers(features: Features, text: str) -> None:
    blocks = [each.transform([text]) * np.sqrt(BLOCKS[name][0]) for name, each in features.vectorizers.items()]
    np.testing.assert_allclose(_row(features, text), hstack(blocks).toarray()[0], rtol=1e-5)


def test_rows_are_those_that_were_learned_from(features: Features) -> None:
    np.testing.assert_allclose([_row(features, text) for text in TEXTS], features.fit(TEXTS).toarray(), rtol=1e-5)


def test_scores_are_the_rows_times_the_weights(features: Features) -> None:
    weights = np.random.default_rng(1).normal(size=(len(_row(features, "")), 3)).astype(np.float32)
    found = features.scores([*TEXTS, *ODD], weights)
    np.testing.assert_allclose(found, [_row(features, text) @ weights for text in [*TEXTS, *ODD]], rtol=1e-4, atol=1e-6)
    assert found.any()


def test_saved_features_are_the_same(features: Features, tmp_path: Path) -> None:
    features.save(tmp_path)
    loaded = Features.load(tmp_path)
    for text in TEXTS + ODD:
        np.testing.assert_array_equal(_row(loaded, text), _row(features, text))
