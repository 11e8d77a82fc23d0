"""Messages with their identifiers in brackets: `[[kind:text]]` must go, `{{text}}` looks alike and stays."""

from __future__ import annotations

import hashlib
import re

from bot.privacy import Kind

UNSEEN = 32  # of 256: the share of messages that the tagger is never tuned on
_MARK = re.compile(r"\[\[([a-z_]+):(.*?)\]\]|\{\{(.*?)\}\}")

Marked = tuple[str, list[tuple[int, int, Kind]]]


def read(line: str) -> Marked:
    """Return a message without its brackets and where its identifiers stand.

    Raises:
        ValueError: when a bracket names an unknown kind.
    """
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        if mark[1]:
            spans.append((len(text), len(text) + len(mark[2]), Kind(mark[1])))
        text += mark[2] if mark[1] else mark[3]
        at = mark.end()
    return text + line[at:], spans


def is_unseen(line: str) -> bool:
    """Tell whether a message is kept from the tagger, so that how far to trust it can be learned there."""
    return hashlib.sha256(line.encode()).digest()[0] < UNSEEN
