"""From a message to what it says: the learned layer and the rules together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu import ages, consistency, danger, language
from bot.nlu.concepts import concepts
from bot.nlu.heads import HEADS, INTENTS, NOT_SAID, Head
from bot.nlu.learner import Learner
from bot.nlu.text import plain, reading, without_placeholders
from knowledge.places import finder
from knowledge.situation import Perspective

RULE = 0.97  # confidence of what a rule read; measured in bench/nlu_eval.py
UNDERSTOOD = 0.3  # probability of the best intent below which the message is not understood
LIKELY = 0.25  # probability from which a type is worth asking about
SURE = 0.75  # probability of a type that no harmless word outweighs
ANSWERED = (
    "age",
    "age_group",
    "age_is_writers",
    "age_is_anothers",
    "own_age",
    "answer",
    "place_is_writers",
    "municipality",
    "district",
    "place_candidates",
    "gender",
)  # left of a bare answer
SENTENCE = 3  # words
PLAIN = 0.9  # probability from which fewer words are an answer
FOUNDED = 0.95  # probability from which prostitution needs no word for it
VIOLENT = 0.5  # probability that the writer is the violent one; who is exposed must not get those lines by mistake
FOREIGN = 0.97  # probability from which somebody close and violence are taken for a joke or a game
# In a brief message danger and suicide risk are only asked about when they are less likely than this: of sentences
# never seen it costs 6 of 108 cards and spares 54 of 81 false ones.
BRIEFLY_SURE = 0.2
# A professional says openly that somebody thinks of suicide; without a word of it, it takes this probability. Every
# disclosure by a pupil ("elev 14 säger att pappa slår") would show the card otherwise.
OPENLY = 0.08
ELSEWHERE = 0.9  # probability of something else altogether from which a place in it is nobody's home
CUE = 0.9  # confidence of a need that was voiced
_INTENSE = re.compile(r"^(?:jatte|skit|super|svin|mega)(?=\w{3})")  # "jätterädd" is understood as "rädd" is


@dataclass(frozen=True)
class Reading:
    """What one message says: intents with their probability, best first, and the facets of the output contract."""

    ranking: tuple[tuple[str, float], ...]
    facets: dict[str, Any]
    understood: bool = True


class Reader:
    """Reads messages with a trained learner."""

    def __init__(self, learner: Learner, today: Callable[[], date] = date.today) -> None:
        """Take the trained learner and the clock."""
        self.learner = learner
        self.places = finder(learner.features.is_word)
        self._today = today

    @classmethod
    def load(cls, folder: Path) -> Reader:
        """Read a trained reader from its folder."""
        return cls(Learner.load(folder))

    def read(self, text: str) -> Reading:
        """Read one message."""
        return self.read_all([text])[0]

    @reading()
    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        """Read messages that stand for themselves."""
        probabilities = self.learner.probabilities(texts)
        each = [{name: rows[at] for name, rows in probabilities.items()} for at in range(len(texts))]
        return [self._reading(text, chances) for text, chances in zip(texts, each, strict=True)]

    def _reading(self, text: str, probabilities: dict[str, Any]) -> Reading:
        intents = dict(zip(INTENTS, map(float, probabilities["intent"]), strict=True))
        types = dict(zip(HEADS[2].classes, map(float, probabilities["violence_types"]), strict=True))
        facets, confidence = self._learned(probabilities)
        at_work = facets.get("perspective") == Perspective.PROFESSIONAL
        unlikely = probabilities["suicide_risk"][0] < OPENLY and at_work and "suicide" not in concepts(text)
        if unlikely:
            facets.pop("suicide_risk", None)
        if consistency.is_brief(text):
            for kind in danger.KINDS:
                if probabilities[kind][0] < BRIEFLY_SURE:
                    facets.pop(kind, None)
        self._apply_rules(text, facets, confidence)
        bare, cry = consistency.is_bare(text) or consistency.plain_intent(text) == "privacy", danger.is_cry(text)
        over, denies = danger.is_over(text), danger.denies_suicide(text)
        if bare or cry or over or denies:  # too few words for the learned layer; a cry is asked about
            for kind in danger.KINDS:
                if confidence.get(kind) != RULE:
                    facets.pop(kind, None)
        told_to_die = danger.is_told_to_die(text) and confidence.get("suicide_risk") != RULE
        if told_to_die or danger.takes_others_along(text) or consistency.says(text, "wishes_him_dead"):
            facets.pop("suicide_risk", None)
        if over:
            facets.pop("emergency", None)
        taken_back = {kind: True for kind, said in zip(danger.KINDS, (over, denies), strict=True) if said}
        if taken_back:
            facets["negated"] = taken_back
        if cry:
            facets["cry"] = True
        if consistency.says(text, "goes_on"):
            facets.setdefault("negated", {})["needs"] = ["exit"]
            facets["needs"] = [need for need in facets.get("needs", ()) if need != "exit"]
        wanted = consistency.needs(text, facets.pop("needs", ()), facets.get("perspective"), _best(intents))
        if wanted:
            facets["needs"] = wanted
            confidence.setdefault("needs", CUE)
        negated = consistency.negated_types(text)
        ruled_out = negated + ["prostitution"] * consistency.says(text, "own_customer")
        kinds = [kind for kind in facets.pop("violence_types", ()) if kind not in ruled_out]
        if not kinds and not consistency.is_harmless(text):
            kinds = [kind for kind in consistency.named_types(text) if kind not in ruled_out]
        kinds = [kind for kind in kinds if types[kind] >= FOUNDED or not consistency.is_unfounded(text, kind)]
        if kinds:
            facets["violence_types"] = consistency.with_relation(text, kinds)
        if negated:
            facets.setdefault("negated", {})["violence_types"] = negated
        answer = consistency.answer(text, _best(intents))
        if answer:
            facets["answer"] = answer
        self._settle(text, intents, types, facets)
        if not facets.get("violence_types"):
            likely = [kind for kind, chance in types.items() if chance >= LIKELY and kind not in ruled_out]
            if likely and _best(intents) not in consistency.ABOUT_NOTHING:
                facets["likely"] = {"violence_types": likely}
        elsewhere = _best(intents) in consistency.ABOUT_NOTHING and max(intents.values()) >= ELSEWHERE
        for kind in danger.KINDS:
            settled = bare or over or facets.get(kind) or kind in facets.get("negated", ())
            settled = settled or (elsewhere and probabilities[kind][0] < BRIEFLY_SURE)
            settled = settled or (unlikely and kind == "suicide_risk")
            asked = kind == "emergency" and (cry or danger.is_doubtful(text))
            if not settled and (asked or probabilities[kind][0] >= self.learner.doubt(kind)):
                facets.setdefault("likely", {})[kind] = True
        if consistency.is_somebody_close(text):
            facets["close"] = True
        if consistency.says(text, "has_children") or consistency.is_about_two(text):
            facets["has_children"] = True
        for form in ("hurt", "tells_when", "is_hit", "whose_fault", "asks_cost", "deaf"):
            if consistency.says(text, form):
                facets[form] = True
        facets["confidence"] = {name: sure for name, sure in confidence.items() if name in facets}
        facets["language"] = language.detect(without_placeholders(text))
        best_first = sorted(intents.items(), key=lambda pair: -pair[1])
        ranking = tuple((name, min(chance, 1.0)) for name, chance in best_first)  # `_lift` may go above 1
        return Reading(ranking, facets, self._is_understood(text, *ranking[0], facets))

    def _is_understood(self, text: str, best: str, sure: float, facets: dict[str, Any]) -> bool:
        """Tell whether there was anything to go by: a known word, or something that a rule read."""
        if consistency.plain_intent(text):
            return True
        if facets.keys() & {*danger.KINDS, "cry", "has_children", "hurt", "tells_when"} or danger.is_doubtful(text):
            return True
        words = re.findall(r"[^\W_]+", plain(text))
        said = facets.keys() - {"confidence", "language", "likely"}
        if best == "inform" and not said and not consistency.says_something(text):
            # "han bor hos mig" and "varje dag" say nothing that is asked for, but are no riddles either.
            long = len(words) >= SENTENCE or (bool(words) and sure >= PLAIN)
            return long and all(self.learner.features.is_word(_INTENSE.sub("", word)) for word in words)
        ruled = any(facets["confidence"].get(name) == RULE for name in facets)
        return ruled or (sure >= UNDERSTOOD and any(self.learner.features.is_word(word) for word in words))

    def _learned(self, probabilities: dict[str, Any]) -> tuple[dict[str, Any], dict[str, float]]:
        facets: dict[str, Any] = {}
        confidence: dict[str, float] = {}
        for head in HEADS[1:]:
            value, sure = self._decide(head, probabilities[head.name])
            if value:
                facets[head.name] = value
                confidence[head.name] = round(sure, 3)
        return facets, confidence

    def _settle(self, text: str, intents: dict[str, float], types: dict[str, float], facets: dict[str, Any]) -> None:
        """Bring intent and facets in line with each other."""
        strongest = max(types.values())
        in_danger = facets.get("emergency") or facets.get("suicide_risk")
        doubtful = strongest < SURE and not in_danger and facets.get("perspective") != "yrkesverksam"
        if (
            doubtful
            and consistency.is_harmless(text)
            and _best(intents) in ("referral", "guidance", "hotline", "inform")
        ):
            _lift(intents, "out_of_scope")
        if consistency.is_told_by_the_way(text, _best(intents), facets):
            _lift(intents, "referral")
        if _best(intents) == "out_of_scope" and (
            strongest >= SURE
            or consistency.named_types(text)
            or (intents["out_of_scope"] < FOREIGN and consistency.is_violence_by_somebody_close(text))
        ):
            _lift(intents, "referral")
        if facets.get("cry") or (in_danger and _best(intents) in ("out_of_scope", "smalltalk")):
            _lift(intents, "referral")
        if _best(intents) == "locate_victim" and consistency.says(text, "looks_for_nobody"):
            _lift(intents, "referral")
        if facets.get("perspective") == Perspective.PERPETRATOR and consistency.says(text, "wants_her_back"):
            _lift(intents, "locate_victim")
        if _best(intents) in ("service_info", "hotline", "correct", "guidance") and consistency.says(text, "refuses"):
            _lift(intents, "decline")
        if _best(intents) == "decline" and consistency.says(text, "other_refuses"):
            _lift(intents, "inform")
        if _best(intents) == "restart" and consistency.says(text, "begins_something"):
            _lift(intents, "inform")
        at_work = consistency.is_at_work(text)
        told = {"age", "municipality", "district", "perspective_is_told"}
        if _best(intents) == "deny" and (at_work or facets.keys() & told):
            _lift(intents, "correct")  # "nej förlåt jag bor i farsta"
        if (at_work or consistency.must_write(text)) and _best(intents) in consistency.ABOUT_NOTHING:
            _lift(intents, "inform")
        if _best(intents) in ("affirm", "decline") and consistency.says(text, "asks_for_help"):
            _lift(intents, "referral")
        said = consistency.plain_intent(text)
        if said:
            _lift(intents, said, UNDERSTOOD)
        if consistency.is_bare_answer(text, facets) and not at_work:
            # The learned layer has nothing to go by in "17"; only what a rule read counts.
            for name in [name for name in facets if name not in ANSWERED]:
                del facets[name]
            if _best(intents) not in ("correct", "locate_victim"):
                _lift(intents, "inform")
        elif _best(intents) == "locate_victim" and not facets.get("place_is_writers"):
            for name in ("municipality", "district", "place_candidates"):  # where she is sought
                facets.pop(name, None)
        elif _best(intents) in consistency.ABOUT_NOTHING and strongest < SURE and not in_danger:
            surely = ("municipality", "district") if max(intents.values()) >= ELSEWHERE else ()
            for name in ("violence_types", "child_at_risk", "needs", "perspective", *surely):
                facets.pop(name, None)

    def _apply_rules(self, text: str, facets: dict[str, Any], confidence: dict[str, float]) -> None:
        violent_client = facets.get("perspective") == Perspective.PERPETRATOR and consistency.says(text, "own_client")
        if consistency.is_at_work(text) or consistency.says(text, "has_client") or violent_client:
            facets["perspective"], confidence["perspective"] = Perspective.PROFESSIONAL.value, RULE
        exposed_or_unknown = facets.get("perspective") in (None, Perspective.EXPOSED)
        if exposed_or_unknown and consistency.says(text, "wants_her_back"):
            facets["perspective"] = Perspective.PERPETRATOR.value
        if consistency.says(text, "about_oneself"):
            facets["perspective"], confidence["perspective"] = Perspective.EXPOSED.value, RULE
            facets["perspective_is_told"] = True
        if facets.get("perspective") == Perspective.PERPETRATOR and consistency.says(text, "no_perpetrator"):
            facets["perspective"] = Perspective.EXPOSED.value
        if consistency.says(text, "is_woman"):
            facets["gender"] = "women"
        perspective = facets.get("perspective")
        age = ages.find(text, None if consistency.is_about_somebody(text) else perspective, self._today())
        if age.group is None and consistency.has_bare_number(text):
            facets.pop("age_group", None)  # a number that was read as no age is no age group either
        if perspective is None and age.age is not None:
            own = ages.find(text, Perspective.EXPOSED.value, self._today())
            if own.is_writers and own.age != age.age:
                facets["own_age"] = own.age  # "han är 52 och jag 48", of one who has told of herself
        anothers = consistency.is_about_partner(text) or consistency.is_about_two(text)
        if anothers:
            facets.pop("age_group", None)
        elif age.age is not None:
            facets["age"] = age.age
            confidence["age"] = RULE
            if age.is_writers:
                facets["age_is_writers"] = True
            elif consistency.is_about_somebody(text) or consistency.is_about_kin(text):
                facets["age_is_anothers"] = True
        if age.group and not anothers:
            facets["age_group"] = age.group.value
            confidence["age_group"] = RULE
        place = self.places.find(without_placeholders(text), perspective)
        if place.municipality:
            facets["municipality"] = place.municipality
            confidence["municipality"] = RULE
            if consistency.says(text, "writers_place"):
                facets["place_is_writers"] = True
        if place.district:
            facets["district"] = place.district
            confidence["district"] = RULE
        if place.candidates:
            facets["place_candidates"] = list(place.candidates)
        found = danger.signs(text)
        for kind in danger.KINDS:
            if getattr(found, kind):
                facets[kind] = True
                confidence[kind] = RULE

    def _decide(self, head: Head, chances: Any) -> tuple[Any, float]:
        """Return the facet's value, empty when not said, with its confidence."""
        if head.several:
            taken = self.learner.taken(head, chances)
            if not taken:
                return None, 0.0
            sure = float(min(chances[at] for at in taken))
            flag = head.classes == (head.name,)
            return (True if flag else [head.classes[at] for at in taken]), sure
        best = int(chances.argmax())
        if head.classes[best] == Perspective.PERPETRATOR and chances[best] < VIOLENT:
            chances = np.where(np.arange(len(chances)) == best, 0.0, chances)
            best = int(chances.argmax())
        return (None if head.classes[best] == NOT_SAID else head.classes[best]), float(chances[best])


def _lift(intents: dict[str, float], name: str, least: float = 0.0) -> None:
    """Put an intent above all others, and above `least`."""
    intents[name] = max(least, *intents.values()) + 0.01


def _best(intents: dict[str, float]) -> str:
    return max(intents, key=intents.__getitem__)
