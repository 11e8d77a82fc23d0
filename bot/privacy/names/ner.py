"""Person entities of spaCy's Swedish model, where sv_core_news_sm is installed; nothing without it."""

from functools import cache
from typing import Any

import spacy

PACKAGE = "sv_core_news_sm"
_PERSON_LABELS = frozenset({"PRS", "PER", "PERSON"})


def persons(view: str) -> list[tuple[int, int]]:
    """Spans that spaCy takes for persons. On chat it takes too much, so callers ask for a second opinion."""
    pipeline = _pipeline()
    if pipeline is None:
        return []
    return [(entity.start_char, entity.end_char) for entity in pipeline(view).ents if entity.label_ in _PERSON_LABELS]


@cache
def _pipeline() -> Any:
    if not spacy.util.is_package(PACKAGE):
        return None
    return spacy.load(PACKAGE, disable=["parser", "lemmatizer", "attribute_ruler", "tagger", "morphologizer"])
