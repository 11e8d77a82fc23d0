"""`make nlu-report`: one HTML page with pictures of what is understood well and badly."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np

from bench.nlu_conversations import conversations, examples
from bench.nlu_eval import MODEL, THRESHOLDS, confusion, figures, outcomes_of, reliability
from bot.nlu.heads import HEADS
from bot.nlu.learner import Learner

mpl.use("Agg")
import matplotlib.pyplot as plt

PAGE = Path("bench/results/nlu_report.html")
TYPES = next(head for head in HEADS if head.name == "violence_types")
SHARES = (0.1, 0.25, 0.5, 1.0)  # of the training sentences, for the learning curve


def learning_curve() -> list[tuple[int, float]]:
    """Return number of training sentences and share of types right on a fifth that is kept out of training."""
    texts, labels = examples()
    order = np.random.default_rng(0).permutation(len(texts))
    test, rest = order[: len(order) // 5], order[len(order) // 5 :]
    points = []
    for share in SHARES:
        some = rest[: int(len(rest) * share)]
        learner = Learner.fit([texts[at] for at in some], [labels[at] for at in some], use_encoder=False)
        chances = learner.probabilities([texts[at] for at in test])["violence_types"]
        taken = [{TYPES.classes[at] for at in learner.taken(TYPES, row)} for row in chances]
        gold = [set(labels[at].get("violence_types", ())) for at in test]
        points.append((len(some), float(np.mean([one == other for one, other in zip(taken, gold, strict=True)]))))
    return points


def _picture(draw: Any, title: str) -> str:
    figure, axes = plt.subplots(figsize=(7, 5))
    draw(axes)
    axes.set_title(title)
    figure.tight_layout()
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110)
    plt.close(figure)
    encoded = base64.b64encode(buffer.getvalue()).decode()
    return f'<img alt="{title}" src="data:image/png;base64,{encoded}">'


def main() -> None:
    """Measure, draw and write the page."""
    outcomes, _ = outcomes_of(MODEL, conversations())
    pairs = confusion(outcomes)
    names = sorted(
        {name for pair in pairs for name in pair}, key=lambda name: -sum(pairs[name, o] for o in {p[1] for p in pairs})
    )[:12]
    matrix = np.array([[pairs[gold, found] for found in names] for gold in names])
    curve, bins = learning_curve(), reliability(outcomes)

    def draw_confusion(axes: Any) -> None:
        axes.imshow(matrix, cmap="Blues")
        axes.set_xticks(range(len(names)), names, rotation=70, fontsize=6)
        axes.set_yticks(range(len(names)), names, fontsize=6)
        for row, column in np.ndindex(matrix.shape):
            if matrix[row, column]:
                axes.text(column, row, str(matrix[row, column]), ha="center", va="center", fontsize=6)

    def draw_curve(axes: Any) -> None:
        axes.plot(*zip(*curve, strict=True), marker="o")
        axes.set(xlabel="training sentences", ylabel="set of types right, sentences kept out")

    def draw_reliability(axes: Any) -> None:
        axes.plot([0, 1], [0, 1], linestyle=":")
        axes.plot([sure for sure, _, _ in bins], [right for _, right, _ in bins], marker="o")
        axes.set(xlabel="confidence", ylabel="share right")

    measured = figures(outcomes)
    rows = "".join(
        f"<tr><td>{name}<td>{measured[name]:.3f}<td>{wanted}" for name, wanted in THRESHOLDS.items() if name in measured
    )
    pictures = (
        _picture(draw_confusion, "Types: row is right, column is read")
        + _picture(draw_curve, "Learning curve")
        + _picture(draw_reliability, "Reliability of confidences")
    )
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Lotsen: language understanding</title>"
        "<h1>Language understanding on the held-out conversations</h1>"
        f"<table><tr><th>figure<th>measured<th>wanted{rows}</table>{pictures}</html>",
        encoding="utf-8",
    )
    print(PAGE)


if __name__ == "__main__":
    main()
