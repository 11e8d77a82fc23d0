"""The sentence encoder: a small multilingual transformer, tuned on the training sentences; README.md says how."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.transformer import load

FOLDER = Path(__file__).parent
LONGEST = 400  # characters
PIECES = 100  # the time grows with the length
BEGIN, END = 0, 2
UNSEEN = 26  # of 256: the share of training sentences that the encoder is never tuned on


class Encoder:
    """Scores every class of every facet for a text."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load the tokenizer and the network.

        Raises:
            FileNotFoundError: when it is not there; both files are kept in git.
        """
        self.pieces, self._network = load(folder, "encoder")

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row per text and one column per class of `heads.COLUMNS`."""
        return np.vstack([self._network.run(None, {"ids": self.ids(text)})[0] for text in texts])

    def ids(self, text: str) -> NDArray[np.int64]:
        """Return the pieces that a text is cut into."""
        return np.array([BEGIN, *self.pieces.encode(prepared(text))[:PIECES], END], dtype=np.int64)


def prepared(text: str) -> str:
    """The text as the tokenizer knows it."""
    return " ".join(unicodedata.normalize("NFKC", text[:LONGEST]).lower().replace("\0", " ").split())


def is_unseen(text: str) -> bool:
    """Tell whether a training sentence is kept from the encoder, so that how far to trust it can be learned there."""
    return hashlib.sha256(text.encode()).digest()[0] < UNSEEN


@cache
def encoder() -> Encoder:
    """Return the encoder of this process."""
    return Encoder()
