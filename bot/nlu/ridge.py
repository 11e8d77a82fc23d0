"""Ridge regression on very many sparse columns, for all classes at once, in memory that grows with the rows.

Conjugate gradients on the similarities of the rows, which are never written out. What a thousand of the rows say about
all of them makes the steps few: Frangella, Tropp & Udell 2023, "Randomized Nyström preconditioning", SIAM J. Matrix
Anal. Appl. 44(2); Rudi, Carratino & Rosasco 2017, "FALKON", arXiv 1705.10958.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, eigh, solve_triangular
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
ANCHORS = 1000
JITTER = np.float32(1e-3)  # so that rows that are alike do not stop the factorisation
EXACT = 1e-3  # of the targets' length; at a tenth of it the scores move by .002
STEPS = 300


def solve(rows: csr_matrix, targets: Floats, ridge: float) -> Floats:
    """Return X of `(rows @ rows.T + 1 + ridge * I) X = targets`, one column for each of theirs.

    Raises:
        ArithmeticError: when it is not exact after STEPS.
    """
    columns = rows.T.tocsr()
    shrunk = _preconditioner(rows, ridge)
    with ThreadPoolExecutor(os.cpu_count()) as threads:

        def product(vectors: Floats) -> Floats:
            parts = np.array_split(vectors, os.cpu_count() or 1, axis=1)
            similar = np.hstack(list(threads.map(lambda part: rows @ (columns @ part), parts)))
            return similar + vectors.sum(axis=0) + np.float32(ridge) * vectors

        found, left = np.zeros_like(targets), targets.copy()
        along = step = shrunk(left)
        length = (left * step).sum(axis=0)
        enough = EXACT * np.linalg.norm(targets)
        for _ in range(STEPS):
            turned = product(along)
            far = length / np.maximum((along * turned).sum(axis=0), np.finfo(np.float32).tiny)
            found += far * along
            left -= far * turned
            if np.linalg.norm(left) <= enough:
                return found
            step = shrunk(left)
            length, before = (left * step).sum(axis=0), length
            along = step + length / np.maximum(before, np.finfo(np.float32).tiny) * along
    raise ArithmeticError(f"the ridge is not exact after {STEPS} steps")


def _preconditioner(rows: csr_matrix, ridge: float) -> Callable[[Floats], Floats]:
    """Return what divides by the greatest parts of the similarities, as far as some of the rows tell them."""
    count = min(ANCHORS, rows.shape[0])
    anchors = np.sort(np.random.default_rng(0).choice(rows.shape[0], count, replace=False))
    similar = (rows @ rows[anchors].T).toarray() + np.float32(1)
    factor = cholesky(similar[anchors] + JITTER * np.eye(count, dtype=np.float32), lower=True)
    half: Floats = solve_triangular(factor, similar.T, lower=True).T
    sizes, turn = eigh(half.T @ half)
    sizes = np.maximum(sizes, JITTER)
    directions: Floats = half @ (turn / np.sqrt(sizes))
    less = ((sizes[0] + ridge) / (sizes + ridge) - 1).astype(np.float32)[:, None]
    return lambda vectors: vectors + directions @ (less * (directions.T @ vectors))
