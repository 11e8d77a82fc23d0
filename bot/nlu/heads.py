"""What is learned: one head a facet, each with its classes and how it decides or abstains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.situation import AgeGroup, Gender, Need, Perspective, ViolenceType

INTENTS = (
    "referral", "hotline", "service_info", "guidance", "correct", "inform", "affirm", "deny", "decline", "privacy",
    "bot", "smalltalk", "restart", "exit", "out_of_scope", "locate_victim",
)  # fmt: skip
NOT_SAID = ""


@dataclass(frozen=True)
class Head:
    """A facet: one of its classes, or several.

    Attributes:
        beta: how much worse a miss is than a false alarm (F-beta).
        precision: the least share right among what is taken.
        together: whether the classes are chosen as a set, as likely as sets like it are; each by itself otherwise.
        asked: the share of what is meant that is to be taken or, when not sure enough, asked about.
    """

    name: str
    classes: tuple[str, ...]
    several: bool
    beta: float = 1.0
    precision: float = 0.0
    asked: float = 0.0
    together: bool = False

    def targets(self, labels: Sequence[Mapping[str, Any]]) -> NDArray[np.float32]:
        """Return +1 and -1, one row per example and one column per class."""
        rows = [[1.0 if name in self._said(label) else -1.0 for name in self.classes] for label in labels]
        return np.array(rows, dtype=np.float32)

    def _said(self, label: Mapping[str, Any]) -> tuple[str, ...]:
        value = label.get(self.name)
        if value is True:
            return self.classes
        if self.several:
            return tuple(value or ())
        return (value or NOT_SAID,)


HEADS = (
    Head("intent", INTENTS, several=False),
    Head("perspective", (NOT_SAID, *(code.value for code in Perspective)), several=False),
    Head("violence_types", tuple(code.value for code in ViolenceType), several=True, together=True),
    Head("age_group", (NOT_SAID, *(code.value for code in AgeGroup)), several=False),
    Head("gender", (NOT_SAID, *(code.value for code in Gender)), several=False),
    Head("needs", tuple(code.value for code in Need), several=True, precision=0.65),
    Head("emergency", ("emergency",), several=True, beta=8.0, precision=0.6, asked=0.98),
    Head("suicide_risk", ("suicide_risk",), several=True, beta=10.0, precision=0.4, asked=0.94),
    Head("child_at_risk", ("child_at_risk",), several=True),
)
COLUMNS = tuple((head.name, name) for head in HEADS for name in head.classes)
