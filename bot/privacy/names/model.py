"""The trained sequence model: how likely each word is part of a name. `python -m bot.privacy train` builds it."""

import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pycrfsuite

from bot.privacy.names.features import features
from bot.privacy.names.tokens import Token

PATH = Path(__file__).resolve().parents[3] / "var" / "privacy" / "names.crfsuite"
# At LIKELY the model is believed alone, at UNLIKELY together with spaCy.
LIKELY = 0.6
FAIR = 0.45
CERTAIN = 0.9
UNLIKELY = 0.1
_LONGEST = 400
_log = logging.getLogger(__name__)


def likelihoods(tokens: Sequence[Token]) -> list[float]:
    """Probability in 0..1 that each token is part of a name; zeros without a model."""
    tagger = _tagger(PATH)
    if tagger is None:
        return [0.0] * len(tokens)
    scores: list[float] = []
    for begin in range(0, len(tokens), _LONGEST):
        rows = features(tokens[begin : begin + _LONGEST])
        tagger.set(rows)
        scores += [tagger.marginal("N", index) for index in range(len(rows))]
    tagger.set([])  # it keeps the last words it saw
    return scores


def forget_loaded() -> None:
    """Drop the loaded model, so that a newly built one is read."""
    _tagger.cache_clear()


@lru_cache(maxsize=2)
def _tagger(path: Path) -> Any:
    if not path.exists():
        _log.warning("no name model: lists and rules only; run `python -m bot.privacy train`")
        return None
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger
