"""Questions in free text matched to guidance topics by character n-grams: inflection and typing errors matter less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.types import Topic

MOST_TOPICS = 3
_LEAST = 0.2  # cosine; below it the question is about something else
_NEAR_BEST = 0.7  # share of the best topic's likeness that a further topic must have


class QuestionIndex:
    """Topics by their titles, occasions, examples of questions and facts."""

    def __init__(self, topics: Sequence[Topic], questions: Mapping[str, Sequence[str]]) -> None:
        texts, self._owners = [], []
        for topic in topics:
            for text in (topic.title, topic.when, *questions.get(topic.id, ()), *topic.text.split("\n")):
                texts.append(text)
                self._owners.append(topic)
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
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
