"""The tagger: a small transformer that says of every piece of a text what identifier it is part of; see README.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path

import numpy as np
import sentencepiece
from numpy.typing import NDArray

from bot.privacy.names.tokens import Token
from bot.privacy.types import Kind
from bot.transformer import load

FOLDER = Path(__file__).parent
# What the tagger sees of a word besides its letters: what the lists know of it.
FLAGS = (
    "capital",
    "sentence_start",
    "first",
    "surname",
    "weak_surname",
    "ambiguous",
    "function",
    "place",
    "common",
    "kept",
    "seen",
)
KINDS = tuple(Kind)  # column 0 is for what stays, column n + 1 for KINDS[n]
_known = attrgetter(*FLAGS)
_NOTHING = (False,) * len(FLAGS)
WINDOW, OVERLAP = 110, 20  # pieces: a long text is read in windows, so that the time grows with its length alone
BEGIN, END = 0, 2
_BLANK = "▁"  # what the tokenizer writes for the blank before a word

Span = tuple[int, int]


@dataclass(frozen=True)
class Tags:
    """How likely each piece of a text is part of each kind of identifier.

    Attributes:
        spans: where each piece stands in the view, without the blank before it.
        chances: 0..1, [pieces, 1 + kinds].
    """

    spans: tuple[Span, ...]
    chances: NDArray[np.float32]

    def names(self, tokens: Sequence[Token]) -> list[float]:
        """Return for each word how likely it is part of a person's name: the mean of its pieces."""
        sums = [0.0, *np.cumsum(self.chances[:, 1 + KINDS.index(Kind.PERSON)], dtype=float).tolist()]
        likely, piece = [], 0
        for token in tokens:
            while piece < len(self.spans) and self.spans[piece][1] <= token.start:
                piece += 1
            last = piece
            while last < len(self.spans) and self.spans[last][0] < token.end:
                last += 1
            likely.append((sums[last] - sums[piece]) / (last - piece) if last > piece else 0.0)
        return likely


class Tagger:
    """Reads a view (see `bot.privacy.view`) together with what the lists know of its words."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load the tokenizer and the network.

        Raises:
            FileNotFoundError: when it is not there; both files are kept in git.
        """
        self.pieces, self._network = load(folder, "tagger")

    def tag(self, view: str, tokens: Sequence[Token]) -> Tags:
        """Return the chances of every piece; `tokens` are the words of the view."""
        ids, spans = cut(self.pieces, view)
        seen = flags(spans, tokens)
        chances = np.zeros((len(ids), 1 + len(KINDS)), np.float32)
        for begin in range(0, len(ids), WINDOW - OVERLAP):
            end = min(begin + WINDOW, len(ids))
            framed = np.array([BEGIN, *ids[begin:end], END])
            edge = np.zeros((1, len(FLAGS)), np.float32)
            here = self._network.run(None, {"ids": framed, "flags": np.vstack([edge, seen[begin:end], edge])})[0]
            chances[begin:end] = np.maximum(chances[begin:end], here[1:-1])
            if end == len(ids):
                break
        return Tags(tuple(spans), chances)


def cut(pieces: sentencepiece.SentencePieceProcessor, view: str) -> tuple[list[int], list[Span]]:
    """Return the pieces that a view is cut into and where each stands."""
    text = view.lower()
    if len(text) != len(view):  # a capital of two small letters
        text = "".join(small if len(small := char.lower()) == 1 else char for char in view)
    text = text.replace("\n", " ").replace("\0", " ").replace(_BLANK, "_")
    text = text.encode("utf-8", "replace").decode()  # half a pair is no character
    found: list[str] = pieces.encode(text, out_type=str)
    spans, at = [], 0
    for piece in found:
        if piece.startswith(_BLANK):
            while at < len(text) and text[at] == " ":
                at += 1
        end = at + len(piece.removeprefix(_BLANK))
        spans.append((at, end))
        at = end
    return pieces.piece_to_id(found), spans


def flags(spans: Sequence[Span], tokens: Sequence[Token]) -> NDArray[np.float32]:
    """Return what the lists know of the word that each piece is part of, [pieces, FLAGS] of 0 and 1."""
    known = [_known(token) for token in tokens]
    rows, word = [], 0
    for begin, end in spans:
        while word < len(tokens) and tokens[word].end <= begin:
            word += 1
        rows.append(known[word] if word < len(tokens) and tokens[word].start < end else _NOTHING)
    return np.array(rows, np.float32).reshape(-1, len(FLAGS))


@cache
def tagger() -> Tagger:
    """Return the tagger of this process."""
    return Tagger()
