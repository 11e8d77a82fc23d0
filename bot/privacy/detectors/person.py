"""Names of persons: lists and rules, joined by the sequence model and spaCy where they are there."""

import re
from collections.abc import Iterator

from bot.privacy.keep import Keep
from bot.privacy.names import model, ner, plain, rules, things, vocabulary
from bot.privacy.names.tokens import Token, tokenize
from bot.privacy.types import Found, Kind

_PHRASE_WORD = re.compile(r"[\w:]+(?:-\w+)*")
_LONGEST_PHRASE = 7
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’´`-]+\Z")
# A name with figures on its tail is what somebody is called on the net ("emma07").
_GLUED = re.compile(r"[\d_][\w.]{0,20}(?<![.])(?![^\W_])")
_FEWEST, _STRANGE = 4, 0.4
_ARTICLES = frozenset({"en", "ett", "viss", "ingen", "varje", "någons"})
_CALLED = frozenset({"heter", "hette", "kallas", "kallad"})
_MONTHS = frozenset({"maj", "mars", "april", "juni", "august"})


def detect(view: str, keep: Keep, taken: list[Found]) -> Iterator[Found]:
    """Yield names; words inside `taken` spans and inside phrases to keep are no names."""
    stays = kept_phrases(view, keep) + [(item.start, item.end) for item in taken]
    tokens = tokenize(view, keep.is_place, stays)
    scores = model.likelihoods(tokens)
    entities = ner.persons(view) if any(score > model.UNLIKELY for score in scores) else []
    shouting = view.isupper()
    foreign = _is_foreign(tokens)
    named = [
        by_rule
        or (
            not (foreign and _is_unlisted(token) and not (token.capital and not token.sentence_start))
            and not (token.ambiguous and not token.capital and _follows_article(tokens, index))
            and _may_be_name(token, score, shouting)
            and score >= (model.UNLIKELY if _inside(token, entities) else _threshold(token))
        )
        for index, (token, by_rule, score) in enumerate(zip(tokens, rules.names(tokens, view), scores, strict=True))
    ]
    runs = rules.grow(tokens, named)
    no_names = [run for run in runs if things.is_thing(tokens, *run) or plain.is_plain(tokens, *run, view)]
    # What is said once to be a thing is that thing wherever it stands ("Saga går på Saga förskola" is two).
    said = {tokens[first].lower for first, last in no_names if first == last and plain.is_said(tokens[last], view)}
    for first, last in runs:
        if (first, last) in no_names or (first == last and tokens[first].lower in said):
            continue
        alone = tokens[first]
        called = first > 0 and tokens[first - 1].lower in _CALLED
        if (
            first == last
            and not called
            and not alone.capital
            and _is_unlisted(alone)
            and keep.is_like_place(alone.lower)
        ):
            continue
        glued = _GLUED.match(view, tokens[last].end)
        if glued and first == last and glued[0].strip("_."):
            yield Found(Kind.USERNAME, tokens[first].start, glued.end())
        else:
            yield Found(Kind.PERSON, tokens[first].start, tokens[last].end)


def _threshold(token: Token) -> float:
    """A capital inside a sentence, on a word that nothing knows, asks for less."""
    strange = token.capital and not (token.sentence_start or token.seen or token.place or token.text.isupper())
    return model.FAIR if strange and token.gap == " " else model.LIKELY


def _is_unlisted(token: Token) -> bool:
    return not (token.first or token.surname or token.ambiguous)


def _is_foreign(tokens: list[Token]) -> bool:
    """Whether so many words are in no list that the text is in another language, where every word looks like a name."""
    strange = sum(not token.seen and _is_unlisted(token) and not token.capital for token in tokens)
    return len(tokens) >= _FEWEST and strange > _STRANGE * len(tokens)


def _follows_article(tokens: list[Token], index: int) -> bool:
    """ "ett jack i huvudet", "en viss knut"."""
    return bool(index) and tokens[index].gap == " " and tokens[index - 1].lower in _ARTICLES


def _may_be_name(token: Token, score: float, shouting: bool) -> bool:
    listed = not _is_unlisted(token)
    if token.lower in rules.NEVER and (token.sentence_start or not token.capital):
        return False
    if not listed and rules.NO_PERSON.match(token.lower):
        return False
    if token.ambiguous and token.seen and token.capital and token.sentence_start and score < model.CERTAIN:
        return False  # "Frid i hemmet": the capital says nothing there
    if token.gap == ":" and not token.capital:
        return False  # "sms:ade"
    if token.lower.endswith(("nr", "nummer", "numret")) or (token.function and token.gap.rstrip(" ")[-1:].isdigit()):
        return False  # "tjänstenr", "2 tim"
    if not listed and not _LATIN.match(token.text) and (token.sentence_start or not token.capital):
        return False  # in another script every word is unknown
    if not listed and len(token.text) <= 3 and score < model.CERTAIN + (0.15 if not token.capital else 0):
        return False
    if not listed and token.seen and (not token.capital or token.sentence_start):
        return False
    if not listed and not token.capital and score < model.CERTAIN and vocabulary.is_nearly_ordinary(token.lower):
        return False
    # "SFI-pengar", "nina-jouren": a compound that ends in an ordinary word.
    head, _, tail = token.lower.rpartition("-")
    if head and (
        (len(tail) > 2 and vocabulary.is_ordinary(tail))
        or tail in ("id", "nr", "kod")
        or (len(tail) == 1 and token.lower == token.text and len(head) > 2)
    ):
        return False
    if token.kept or (token.text.isupper() and len(token.text) <= 5 and not shouting):
        return False
    if token.common or token.function or token.lower in _MONTHS:
        # An everyday word needs a capital inside a sentence, or more than the usual likelihood.
        return (
            token.ambiguous
            and not token.common
            and (score >= model.CERTAIN or (token.capital and not token.sentence_start))
        )
    return not token.place or (token.ambiguous and score >= model.CERTAIN)


def _inside(token: Token, spans: list[tuple[int, int]]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)


def kept_phrases(view: str, keep: Keep) -> list[tuple[int, int]]:
    """Spans of service names and other phrases that hold a name without naming a person; longest first."""
    words = [(match[0].lower(), match.start(), match.end()) for match in _PHRASE_WORD.finditer(view)]
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - index), 0, -1):
            phrase = " ".join(word for word, _, _ in words[index : index + length])
            if phrase in keep.phrases or (phrase.endswith("s") and phrase[:-1] in keep.phrases):
                spans.append((words[index][1], words[index + length - 1][2]))
                index += length - 1
                break
        index += 1
    return spans
