"""What the learner sees of a text: words, letters, concepts and pairs of concepts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.concepts import concepts
from bot.nlu.danger import signs
from bot.nlu.text import once, plain

Floats = NDArray[np.float32]
_NUMBER = re.compile(r"\d+")
_PIECE = r"[^\W_]+|[?!]+"  # a question asked is a cue


@once
def readable(text: str) -> str:
    """The text as the vectorisers read it: plain, with numbers by what they can mean as an age."""
    return _NUMBER.sub(_number, plain(text))


def _number(found: re.Match[str]) -> str:
    if len(found[0]) > 2:
        return " mangsiffrigt "
    value = int(found[0])
    return " smabarnstal " if value < 7 else " barntal " if value < 18 else " ungtal " if value < 26 else " vuxental "


def _concepts(text: str) -> list[str]:
    return sorted(concepts(text)) + sorted(signs(text).clues)


def _pairs(text: str) -> list[str]:
    found = sorted(concepts(text))
    return found + [f"{one}+{two}" for at, one in enumerate(found) for two in found[at + 1 :]]


# Name -> weight in the kernel and settings. Chosen in bench/nlu_features.py on the training sentences alone.
BLOCKS: dict[str, tuple[float, dict[str, Any]]] = {
    "letters": (0.5, {"preprocessor": readable, "analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2}),
    "words": (0.5, {"preprocessor": readable, "token_pattern": _PIECE, "ngram_range": (1, 2), "min_df": 2}),
    "concepts": (0.3, {"analyzer": _concepts, "min_df": 2}),
    "pairs": (0.4, {"analyzer": _pairs, "min_df": 3}),
}


@dataclass(frozen=True)
class _Block:
    """A fitted vectoriser for single texts: scikit-learn checks and copies far more than it reckons for one row."""

    terms: Callable[[str], list[str]]
    columns: Mapping[str, int]
    rarity: Floats
    weight: float
    first: int  # the block's first column in the joined row

    def row(self, text: str) -> tuple[NDArray[np.intp], Floats]:
        """Return the columns that are not zero, and what stands in them."""
        counts = Counter(map(self.columns.get, self.terms(text)))
        counts.pop(None, None)  # terms that were never seen in training
        columns = np.fromiter(counts, np.intp, len(counts))
        values = (np.log(np.fromiter(counts.values(), np.float32, len(counts))) + np.float32(1)) * self.rarity[columns]
        length = np.sqrt(values @ values)
        return columns + self.first, values * np.float32(self.weight / length) if length else values


class Features:
    """Turns texts into sparse rows whose dot product is the similarity of two texts."""

    def __init__(self, blocks: Sequence[str] = tuple(BLOCKS)) -> None:
        """Take the names of the blocks to use."""
        self.vectorizers = {
            name: TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **BLOCKS[name][1]) for name in blocks
        }

        self._blocks: list[_Block] = []

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learn vocabularies and weights of rarity, and return the texts' rows."""
        blocks = [vectorizer.fit_transform(texts) for vectorizer in self.vectorizers.values()]
        self._ready()
        return hstack([rows * np.float32(of.weight) for rows, of in zip(blocks, self._blocks, strict=True)], "csr")

    def row(self, text: str) -> tuple[NDArray[np.intp], Floats]:
        """Return the columns of a text's row that are not zero, and what stands in them."""
        columns, values = zip(*(block.row(text) for block in self._blocks), strict=True)
        return np.concatenate(columns), np.concatenate(values)

    def scores(self, texts: Sequence[str], weights: Floats) -> Floats:
        """Return each text's row times the weights (one row a column); only those of its own columns are touched."""
        rows = map(self.row, texts)
        return np.array([values @ weights[columns] for columns, values in rows], np.float32)

    def _ready(self) -> None:
        self._blocks, first = [], 0
        for name, vectorizer in self.vectorizers.items():
            rarity, weight = vectorizer.idf_.astype(np.float32), np.sqrt(BLOCKS[name][0])
            analyze = vectorizer.build_analyzer()
            self._blocks.append(_Block(analyze, vectorizer.vocabulary_, rarity, weight, first))
            first += len(rarity)

    def is_word(self, word: str) -> bool:
        """Tell whether a folded word stood in at least two training sentences."""
        words = self.vectorizers.get("words")
        return words is not None and word in words.vocabulary_

    def save(self, folder: Path) -> None:
        """Write vocabularies as JSON and weights as arrays: nothing that is run when it is read."""
        terms = {
            name: sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
            for name, vectorizer in self.vectorizers.items()
        }
        (folder / "terms.json").write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
        rarity: dict[str, NDArray[Any]] = {name: each.idf_ for name, each in self.vectorizers.items()}
        np.savez_compressed(folder / "rarity.npz", **rarity)

    @classmethod
    def load(cls, folder: Path) -> Features:
        """Read what `save` wrote."""
        terms = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        features = cls(tuple(terms))
        with np.load(folder / "rarity.npz") as rarity:
            for name, vectorizer in features.vectorizers.items():
                vectorizer.vocabulary_ = {term: index for index, term in enumerate(terms[name])}
                vectorizer.idf_ = rarity[name]
        features._ready()
        return features
