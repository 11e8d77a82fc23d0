"""Questions in free text matched to guidance topics by character n-grams: inflection and typing errors matter less."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.types import Topic

MOST_TOPICS = 3
# Words of every question; what they have in common with a topic says nothing.
_EMPTY_WORDS = (
    "vad hur när var vart vem vilken vilket vilka varför är får fick kan ska skall måste bör vill gör göra gäller"
    " jag du han hon hen den det de man vi ni mig dig sig min mitt mina en ett och eller men om att på i av för till"
    " med från inte så som har blir bli då nu finns någon något några"
)
# Words of questions about anything, also about buses and passports: the rest must say what it is about.
_COMMON_WORDS = (
    "länge snabbt mycket ofta dag kväll kvällen helg helgen kostar kosta köpa köper betala betalar pengar berätta"
    " berättar ansöka ansöker söka söker straff straffet straffas behöver behövs ligger vända"
    " vänder händer fungerar bäst först lång tid tar bestämmer beslutar sen sedan kommer få veta reda"
)
_EMPTY = frozenset(f"{_EMPTY_WORDS} {_COMMON_WORDS}".split())
# A question by its form: a word that asks, anywhere, or a verb or a helper first.
_ASKS = re.compile(
    r"\?|\bjag (vill|behöver)\b"
    r"|\b(vad|hur|när|var|vart|vem|vems|vilken|vilket|vilka|varför|eller|undrar|veta|regler|gäller)\b"
    r"|^\W*(är|får|kan|ska|skall|måste|bör|har|finns|behöver|räcker|räknas|krävs|går|kommer)\b"
)
_TELLS = re.compile(r"\b(jag|mig|min|mitt|mina|vi|oss|han|hon)\b")
# What no topic tells: where a house lies, when it opens, what a job pays, how one gets it, what somebody is called, how
# many there are. Little but the name of an authority is left of such a question, and that is near several topics.
_NOT_TOLD = re.compile(
    r"\b(?:var|vart) ligger\b|\b(?:när|dags|tid) (?:öppnar|stänger)\b|\böppettid\w*|\bvad heter\b(?!.*\blag)"
    r"|\b(?:vad|mycket) tjänar\b(?! man på)|\b(?:vilken|hög|är) lön\w*"
    r"|\b(?:sök|söka|söker|få|får|hitta|hittar) (?:man |jag )?jobb\b|\b(?:lång|vilken) (?:är )?utbildning\w*"
    r"|\bhur många\b|\bhur blir (?:man|jag)\b"
)
_LEAST = 0.33  # cosine; below it the question is about something else
_LEAST_TOLD = 0.7  # for what somebody tells of themselves: that is no question unless it is put as one of ours
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+")
_WORDS_OF_A_QUESTION = 4  # besides those of every question; a shorter sentence leans on what was told before it
_NEAR_BEST = 0.7  # share of the best topic's likeness that a further topic must have


class QuestionIndex:
    """Topics by their titles, occasions, examples of questions and facts."""

    def __init__(self, topics: Sequence[Topic], questions: Mapping[str, Sequence[str]]) -> None:
        texts, self._owners = [], []
        self._exact = {_plain(one): topic for topic in topics for one in questions.get(topic.id, ())}
        for topic in topics:
            for text in (topic.title, topic.when, *questions.get(topic.id, ()), *topic.text.split("\n")):
                texts.append(text)
                self._owners.append(topic)
        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, preprocessor=_content
        )
        self._matrix = self._vectorizer.fit_transform(texts)
        self._grams = self._vectorizer.build_analyzer()
        self._rarity = self._vectorizer.idf_  # reckoned anew each time it is asked for
        self._rarest = float(self._rarity.max())

    def search(self, text: str) -> tuple[Topic, ...]:
        """Return up to three topics near the question, best first; none when nothing is near."""
        asked = text.lower()
        own = self._exact.get(_plain(asked))
        if own is not None:
            return (own,)
        if _content(asked) in ("", "hjälp") or _NOT_TOLD.search(asked):
            return ()
        told = _TELLS.search(asked) and not _ASKS.search(asked)
        likeness = np.max([self._likeness(part) for part in _questions(text)], axis=0)
        best: dict[str, tuple[float, Topic]] = {}
        for value, topic in zip(likeness, self._owners, strict=True):
            if value > best.get(topic.id, (0.0, topic))[0]:
                best[topic.id] = (float(value), topic)
        ordered = sorted(best.values(), key=lambda one: -one[0])[:MOST_TOPICS]
        least = _LEAST_TOLD if told else _LEAST
        return tuple(topic for value, topic in ordered if value >= max(least, _NEAR_BEST * ordered[0][0]))

    def _likeness(self, text: str) -> NDArray[np.float64]:
        """Return how near each of our texts is, 0 to 1."""
        near: NDArray[np.float64] = (self._matrix @ self._vectorizer.transform([text]).T).toarray().ravel()
        return self._share_known(text) * near

    def _share_known(self, text: str) -> float:
        """How much of a question our topics know at all, 0 to 1: the length of its known part over the whole.

        A vectorizer leaves out what it has never seen, so that "hur länge kokar man ägg" would be all "hur länge".
        What is new counts as rare as the rarest that is known.
        """
        known = unknown = 0.0
        for gram, count in Counter(self._grams(text)).items():
            number = self._vectorizer.vocabulary_.get(gram)
            weight = 1 + log(count)
            if number is None:
                unknown += (weight * self._rarest) ** 2
            else:
                known += (weight * self._rarity[number]) ** 2
        return sqrt(known / (known + unknown)) if known else 0.0


def _questions(text: str) -> list[str]:
    """Return the message, and each of its sentences that asks by itself: a story hides the question at its end."""
    asks = (part for part in _SENTENCE.split(text) if part != text and _ASKS.search(part.lower()))
    return [text, *(part for part in asks if len(_content(part).split()) >= _WORDS_OF_A_QUESTION)]


def leans(text: str) -> bool:
    """Tell whether a question has no word of its own and is about what was asked before: "hur lång tid tar det"."""
    return bool(_plain(text)) and not _content(text)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[0-9a-zåäöéü]+", text.lower()))


def _content(text: str) -> str:
    return " ".join(word for word in _plain(text).split() if word not in _EMPTY)
