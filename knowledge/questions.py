"""Questions in free text matched to guidance topics by character n-grams: inflection and typing errors matter less."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.types import Topic

MOST_TOPICS = 3
# Words of every question; what they have in common with a topic says nothing.
_EMPTY_WORDS = (
    "vad hur när var vart vem vilken vilket vilka varför är får fick kan ska skall måste bör vill gör göra gäller"
    " jag du han hon hen den det de man vi ni mig dig sig min mitt mina en ett och eller men om att på i av för till"
    " med från inte så som har blir bli då nu finns någon något några"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
_LEAST = 0.3  # cosine; below it the question is about something else
_NEAR_BEST = 0.7  # share of the best topic's likeness that a further topic must have


class QuestionIndex:
    """Topics by their titles, occasions, examples of questions and facts."""

    def __init__(self, topics: Sequence[Topic], questions: Mapping[str, Sequence[str]]) -> None:
        texts, self._owners = [], []
        for topic in topics:
            for text in (topic.title, topic.when, *questions.get(topic.id, ()), *topic.text.split("\n")):
                texts.append(text)
                self._owners.append(topic)
        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, preprocessor=_content
        )
        self._matrix = self._vectorizer.fit_transform(texts)

    def search(self, text: str) -> tuple[Topic, ...]:
        """Return up to three topics near the question, best first; none when nothing is near."""
        likeness = (self._matrix @ self._vectorizer.transform([text]).T).toarray().ravel()
        best: dict[str, tuple[float, Topic]] = {}
        for value, topic in zip(likeness, self._owners, strict=True):
            if value > best.get(topic.id, (0.0, topic))[0]:
                best[topic.id] = (float(value), topic)
        ordered = sorted(best.values(), key=lambda one: -one[0])[:MOST_TOPICS]
        return tuple(topic for value, topic in ordered if value >= max(_LEAST, _NEAR_BEST * ordered[0][0]))


def _content(text: str) -> str:
    words = re.findall(r"[0-9a-zåäöéü]+", text.lower())
    return " ".join(word for word in words if word not in _EMPTY)
