"""From a message to what it says: the learned layer and the rules together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.nlu.heads import HEADS, INTENTS, NOT_SAID, Head
from bot.nlu.learner import Learner

UNDERSTOOD = 0.3  # probability of the best intent below which the message is not understood
_LIKELY = 0.2  # probability from which a type is worth asking about


@dataclass(frozen=True)
class Reading:
    """What one message says: intents with their probability, best first, and the facets of the output contract."""

    ranking: tuple[tuple[str, float], ...]
    facets: dict[str, Any]


class Reader:
    """Reads messages with a trained learner."""

    def __init__(self, learner: Learner) -> None:
        """Take the trained learner."""
        self.learner = learner

    @classmethod
    def load(cls, folder: Path) -> Reader:
        """Read a trained reader from its folder."""
        return cls(Learner.load(folder))

    def read(self, text: str) -> Reading:
        """Read one message."""
        return self.read_all([text])[0]

    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        """Read messages that stand for themselves."""
        probabilities = self.learner.probabilities(texts)
        return [self._reading({name: rows[at] for name, rows in probabilities.items()}) for at in range(len(texts))]

    def _reading(self, probabilities: dict[str, Any]) -> Reading:
        facets: dict[str, Any] = {}
        confidence: dict[str, float] = {}
        for head in HEADS[1:]:
            value, sure = self._decide(head, probabilities[head.name])
            if value:
                facets[head.name] = value
                confidence[head.name] = round(sure, 3)
        types = dict(zip(HEADS[2].classes, probabilities["violence_types"], strict=True))
        if not facets.get("violence_types"):
            likely = [name for name, chance in types.items() if chance >= _LIKELY]
            if likely:
                facets["likely"] = {"violence_types": likely}
        facets["confidence"] = confidence
        ranking = sorted(zip(INTENTS, map(float, probabilities["intent"]), strict=True), key=lambda pair: -pair[1])
        return Reading(tuple(ranking), facets)

    def _decide(self, head: Head, chances: Any) -> tuple[Any, float]:
        """Return the facet's value, empty when not said, with its confidence."""
        if head.several:
            taken = [at for at, name in enumerate(head.classes) if chances[at] >= self.learner.threshold(head, name)]
            if not taken:
                return None, 0.0
            sure = float(min(chances[at] for at in taken))
            flag = head.classes == (head.name,)
            return (True if flag else [head.classes[at] for at in taken]), sure
        best = int(chances.argmax())
        return (None if head.classes[best] == NOT_SAID else head.classes[best]), float(chances[best])
