"""Names of persons: lists and rules, joined by the tagger, and by spaCy where its Swedish model is installed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.privacy.names import ner, plain, rules, things, vocabulary, wording
from bot.privacy.names.tokens import Token
from bot.privacy.types import Found, Kind

# How likely a word must be a name for the tagger to be believed: alone, at UNLIKELY together with spaCy.
LIKELY = 0.4
FAIR = 0.25
SURE = 0.7
CERTAIN = 0.9
UNLIKELY = 0.1
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’´`-]+\Z")
# A name with figures on its tail is what somebody is called on the net ("emma07").
_GLUED = re.compile(r"[\d_][\w.]{0,20}(?<![.])(?![^\W_])")
_FEWEST, _STRANGE = 4, 0.4
_SEX_AND_AGE = re.compile(r"(?<=\()[FMKP], \d\d?\)")  # "patienten (F, 61)"
_ARTICLES = frozenset({"en", "ett", "viss", "ingen", "varje", "någons"})
_CALLED = frozenset({"heter", "hette", "kallas", "kallad"})


def detect(
    view: str, words: list[Token], chances: list[float], taken: list[Found], is_like_place: Callable[[str], bool]
) -> Iterator[Found]:
    """Yield names; words inside `taken` spans and inside phrases to keep are no names.

    Args:
        view: the text.
        words: its words.
        chances: how likely the tagger thinks that each word is part of a name.
        taken: what other detectors have found.
        is_like_place: whether a word is a place with a typing error.
    """
    spans = [(item.start, item.end) for item in taken]
    tokens = [replace(word, kept=True) if _inside(word, spans) else word for word in words]
    entities = ner.persons(view) if any(chance > UNLIKELY for chance in chances) else []
    shouting = view.isupper()
    foreign = _is_foreign(tokens)
    named = [
        by_rule
        or (
            not (foreign and _is_unlisted(token) and not (token.capital and not token.sentence_start))
            and not (token.ambiguous and not token.capital and _follows_article(tokens, index))
            and _may_be_name(token, score, shouting)
            and score >= (UNLIKELY if _inside(token, entities) else _threshold(token))
        )
        for index, (token, by_rule, score) in enumerate(zip(tokens, rules.names(tokens, view), chances, strict=True))
    ]
    runs = rules.grow(tokens, named)
    no_names = [run for run in runs if things.is_thing(tokens, *run) or plain.is_plain(tokens, *run, view)]
    # What is said once to be a thing is that thing wherever it stands ("Saga går på Saga förskola" is two).
    said = {tokens[first].lower for first, last in no_names if first == last and plain.is_said(tokens[last], view)}
    for first, last in runs:
        alone = tokens[first]
        sure = alone.capital and not alone.sentence_start  # "hälsa Maj, hon kom i maj"
        if (first, last) in no_names or (first == last and alone.lower in said and not sure):
            continue
        if first == last and _SEX_AND_AGE.match(view, alone.start):
            continue
        called = first > 0 and tokens[first - 1].lower in _CALLED
        if first == last and not called and not alone.capital and _is_unlisted(alone) and is_like_place(alone.lower):
            continue
        glued = _GLUED.match(view, tokens[last].end)
        if glued and first == last and glued[0].strip("_."):
            yield Found(Kind.USERNAME, tokens[first].start, glued.end())
        else:
            yield Found(Kind.PERSON, tokens[first].start, tokens[last].end)


def _threshold(token: Token) -> float:
    """A capital inside a sentence, on a word that nothing knows, asks for less."""
    strange = token.capital and not (token.sentence_start or token.seen or token.place or token.text.isupper())
    return FAIR if strange and token.gap == " " else LIKELY


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
    doubtful = (token.lower in wording.MONTHS or token.text == "Hans") and score >= SURE
    if token.lower in rules.NEVER and (token.sentence_start or not token.capital) and not doubtful:
        return False
    if not listed and rules.NO_PERSON.match(token.lower):
        return False
    if token.ambiguous and token.seen and token.capital and token.sentence_start and score < CERTAIN:
        return False  # "Frid i hemmet": the capital says nothing there
    if token.gap == ":" and not token.capital:
        return False  # "sms:ade"
    if token.lower.endswith(("nr", "nummer", "numret")) or (token.function and token.gap.rstrip(" ")[-1:].isdigit()):
        return False  # "tjänstenr", "2 tim"
    if not listed and not _LATIN.match(token.text) and (token.sentence_start or not token.capital):
        return False  # in another script every word is unknown
    if not listed and len(token.text) <= 3 and score < CERTAIN + (0.15 if not token.capital else 0):
        return False
    if not listed and token.seen and (not token.capital or (token.sentence_start and score < SURE)):
        return False
    if not listed and not token.capital and score < CERTAIN and vocabulary.is_nearly_ordinary(token.lower):
        return False
    # "SFI-pengar", "nina-jouren": a compound that ends in an ordinary word.
    head, _, tail = token.lower.rpartition("-")
    if head and (
        (len(tail) > 2 and vocabulary.is_ordinary(tail))
        or tail in ("id", "nr", "kod")
        or (len(tail) == 1 and token.lower == token.text and len(head) > 2)
    ):
        return False
    if token.kept or (token.text.isupper() and len(token.text) <= 5 and not shouting and score < CERTAIN):
        return False
    if token.common or token.function or token.lower in wording.MONTHS:
        # An everyday word needs a capital inside a sentence, or more than the usual likelihood.
        inside = token.capital and not token.sentence_start and not token.common
        return token.ambiguous and (inside or score >= SURE)
    return not token.place or (token.ambiguous and score >= CERTAIN)


def _inside(token: Token, spans: list[tuple[int, int]]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)
