"""What a careful expert sees at once: strong cues, and facets that follow from or rule out each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from bot.nlu import danger, numbers
from bot.nlu.concepts import concepts
from bot.nlu.text import plain, read_yaml

# Intents that say nothing about a situation, however violent their words are.
ABOUT_NOTHING = ("out_of_scope", "smalltalk", "bot")
_OWN_PARTNER = re.compile(r"\b(?:min (?:man|sambo|kille|pojkvan|make)|mitt ex|exet)\b")
_ABUSE = frozenset(("rape", "touching", "partner_sex"))
_CLOSE = frozenset(("partner", "ex_partner", "parent", "sibling", "extended_kin", "own_grown_child"))
_NEAREST = _CLOSE - {"extended_kin"}  # "släkten" may as well be about honour
_LOVERBOY = re.compile(r"[\"”“]\w+[\"”“]")  # a "pojkvän" in quotes is none
_SOMEBODY_IS = re.compile(r"\W*(?:(?:nej|ja|nae|jo)\W+)?(?:hon|han|hen) (?:ar|e|fyllde|har fyllt) (?:\w+\W*){1,3}")
_KIN_IS = re.compile(
    r"\W*(?:min |mitt )?(?:mamma|pappa|morsan|farsan|bror|brodern|storebror|syster|systern|son|sonen|dotter|dottern)"
    r" (?:ar|e|fyllde|har fyllt) (?:\w+\W*){1,3}"
)
_PARTNER_IS = re.compile(
    r"\W*(?:(?:min|hennes) )?(?:kille|killen|man|mannen|sambo|sambon|make|maken|pojkvan|pojkvannen|ex|exet)"
    r" (?:ar|e|fyllde|har fyllt) (?:\w+\W*){1,3}"
)
_TWO_AGES = re.compile(r"\W*(?:de ar |dom ar |barnen ar )?\d\d?\W*(?:och|o|resp|,)\W*\d\d?(?: ar)?(?: gamla)?\W*")
_SHORT = 8  # words
_BRIEF = 10  # words
_SELLS = frozenset(("selling_sex", "payment_in_kind", "trafficking", "rape", "touching", "images"))
_SOLD = {
    "prostitution": _SELLS,
    "manniskohandel": _SELLS | {"other_decides", "homeland_trip", "trafficking_country", "country"},
}
_FEW = 4  # words
_NEGATED = {
    "heder": r"(?:inte|ej|inget|ingen|inga|icke)(?: \w+){0,2} (?:heder\w*|hrv\w*)",
    "sexuellt": r"(?:inte|ej|inget|icke)(?: \w+){0,1} (?:sexuell\w*|valdtakt\w*)",
    "manniskohandel": r"(?:inte|ej|ingen|inget|icke)(?: \w+){0,1} (?:manniskohandel|trafficking)",
    "prostitution": r"(?:inte|ej|ingen|icke)(?: \w+){0,1} (?:prostitution|salj\w* sex)",
    "nara_relation": r"(?:inte|ej|inget|icke)(?: \w+){0,1} (?:i nara relation\w*|vald i nara|partnervald|samlevnad)",
}
# Concepts that make even a short message more than an answer.
_GRAVE = frozenset(("hitting", "threats", "rape", "touching", "suicide", "stalking", "trafficking", "selling_sex"))
# Concepts of which two beside somebody close are more than a quarrel.
_ROUGH = _GRAVE | frozenset(
    ("control", "psych_abuse", "econ_abuse", "injury", "breaking_things", "honour", "partner_sex")
)
_TYPE_OF = {"forced_sex": "sexuellt", "taken_abroad": "heder", "meets_from_net": "sexuellt"}
_FORMS = (
    "about_oneself", "abuse_by_kin", "forced_sex", "has_children", "has_client", "own_client", "says_no_to_else",
    "wants_her_back", "whose_fault", "harmless", "afraid_at_home", "for_children", "help_for_the_violent", "at_work",
    "says_no", "no_perpetrator", "looks_for_nobody", "writers_place", "asks_for_help", "own_customer", "is_woman",
    "begins_something", "hurt", "tells_when", "taken_abroad", "meets_from_net", "refuses", "is_hit", "asks_cost",
    "goes_on", "ja_is_i", "sells", "deaf", "wishes_him_dead", "reports_worry", "other_refuses", "client_wants_to_stop",
)  # fmt: skip
_NO = re.compile(r"\b(?:inte|ej|aldrig|inga|ingen|inget)\b")
_WORD_LISTS = ("says_something", "bare", "around_answers", "around_somebody")


@lru_cache(maxsize=1)
def _cues() -> dict[str, Any]:
    entries = read_yaml("cues.yaml")
    return {
        **{name: re.compile(danger.filled("|".join(entries[name]))) for name in _FORMS},
        **{
            group: {name: re.compile("|".join(forms)) for name, forms in entries[group].items()}
            for group in ("voiced", "implied", "whole")
        },
        **{name: frozenset(entries[name].split()) for name in _WORD_LISTS},
        "says_yes": re.compile(rf"\W*(?:{'|'.join(entries['says_yes'])})"),
    }


def is_harmless(text: str) -> bool:
    """Tell whether the words point to news, fiction, study or an idiom rather than to somebody's life."""
    return bool(_cues()["harmless"].search(plain(text)))


def plain_intent(text: str) -> str | None:
    """Return the intent of a short message that says one thing: "hjälp", "vill prata med nån"."""
    whole = " ".join(re.findall(r"[^\W_]+", plain(text)))
    return next((name for name, pattern in _cues()["whole"].items() if pattern.fullmatch(whole)), None)


def is_told_by_the_way(text: str, intent: str, facets: Mapping[str, Any]) -> bool:
    """Tell whether a yes or no only opens what somebody tells: "aa bror jag har nån ...", "ja han slår"."""
    if intent == "affirm" and facets.get("violence_types"):
        return True
    if intent == "deny" and concepts(text) & _GRAVE and not _NO.search(plain(text)):  # "nej det är hon som slår mig"
        return True
    told = facets.get("violence_types") or facets.get("perspective")
    return intent in ("affirm", "deny") and bool(told) and len(re.findall(r"[^\W_]+", plain(text))) > _SHORT


def is_violence_by_somebody_close(text: str) -> bool:
    """Tell whether the words name somebody close and something grave, or two things that are rough."""
    found = concepts(text)
    rough = found & _GRAVE or len(found & _ROUGH) > 1 or _cues()["afraid_at_home"].search(plain(text))
    return bool(rough and found & _CLOSE) and not is_harmless(text)


def answer(text: str, intent: str) -> str | None:
    """Return how a message answers when asked about danger: "no", also in "ja men inte nu"; "yes", whatever follows,
    a maybe, or who is in danger; nothing for a no to something else, "nej inte polisen".
    """
    readable = plain(text)
    if _cues()["says_no_to_else"].search(readable):
        return None
    if intent == "deny" or _cues()["says_no"].search(readable):
        return "no"
    if _cues()["ja_is_i"].search(readable):
        return None
    return "yes" if intent == "affirm" or _cues()["says_yes"].match(readable) else None


def is_at_work(text: str) -> bool:
    """Tell whether a short message says what the writer works as, and nothing of the writer's own life."""
    readable = plain(text)
    short = len(re.findall(r"[^\W_]+", readable)) <= _SHORT
    return short and bool(_cues()["at_work"].search(readable)) and not concepts(text) & _CLOSE


def says(text: str, form: str) -> bool:
    """Tell whether a message has one of the expressions that cues.yaml lists under `form`."""
    return bool(_cues()[form].search(plain(text)))


def must_write(text: str) -> bool:
    """Tell whether the writer cannot speak on the phone: is deaf, or would be heard."""
    return bool(_cues()["implied"]["chatt"].search(plain(text)))


def needs(text: str, learned: Sequence[str], perspective: str | None, intent: str) -> list[str]:
    """Return the needs: learned or implied ones, advice and talks when voiced, and treatment for the violent."""
    readable = plain(text)
    voiced = [name for name, pattern in _cues()["voiced"].items() if pattern.search(readable)]
    kept = [need for need in learned if need not in _cues()["voiced"]]
    implied = [name for name, pattern in _cues()["implied"].items() if pattern.search(readable) and name not in kept]
    if "tolk" in (*kept, *implied):
        implied = [name for name in implied if name != "chatt"]  # with an interpreter one can talk
    if perspective != "utovare":
        kept += implied
    if _cues()["for_children"].search(readable):
        voiced = [name for name in voiced if name != "stodsamtal"] + ["barnstod"] * ("barnstod" not in kept)
    if perspective == "utovare":
        if "selling_sex" not in concepts(text):
            kept = [need for need in kept if need != "exit"]  # "jag vill sluta vara sån"
        # Who tells of his own violence and wants help wants help to stop.
        return sorted({*kept, "behandling_utovare"}) if intent in ("referral", "hotline") else kept
    if perspective == "yrkesverksam" and _cues()["client_wants_to_stop"].search(readable):
        kept = sorted({*kept, "behandling_utovare"} - {"exit"})
    elif "behandling_utovare" in kept and not _cues()["help_for_the_violent"].search(readable):
        kept.remove("behandling_utovare")
    if "polisanmalan" in kept and perspective != "utsatt" and _cues()["reports_worry"].search(readable):
        kept.remove("polisanmalan")
    return kept + voiced


def named_types(text: str) -> list[str]:
    """Return the types that the words name beyond doubt, for a message in which the learned layer saw none."""
    return [kind for form, kind in _TYPE_OF.items() if says(text, form)]


def negated_types(text: str) -> list[str]:
    """Return the types of violence that the text rules out in so many words."""
    readable = plain(text)
    return [kind for kind, pattern in _NEGATED.items() if re.search(rf"\b{pattern}\b", readable)]


def with_relation(text: str, kinds: Sequence[str]) -> list[str]:
    """Add or take away close relationship by who is named as doing it (docs/writing.md)."""
    found = concepts(text)
    missing = "sexuellt" in kinds and "nara_relation" not in kinds
    readable = plain(text)
    by_own = _OWN_PARTNER.search(readable) or _cues()["abuse_by_kin"].search(readable)
    if missing and found & _ABUSE and "stranger" not in found and by_own:
        return ["nara_relation", *kinds]
    # Who sells or exploits a person is a close relation only when a partner or the family is named.
    at_home = found & {"parent", "sibling", "extended_kin"} and found & {"homeland_trip", "country"}
    if (
        list(kinds) == ["manniskohandel"]
        and at_home
        and is_brief(text)
        and not found & {"selling_sex", "payment_in_kind"}
    ):
        return ["heder"]  # "mamma och pappa har tagit mitt pass"
    near = concepts(_LOVERBOY.sub(" ", text)) & _CLOSE
    if {"prostitution", "manniskohandel"} & set(kinds) and not near:
        return [kind for kind in kinds if kind != "nara_relation"]
    return list(kinds)


def is_unfounded(text: str, kind: str) -> bool:
    """Tell whether a short message has nothing that speaks of being sold or exploited but money or a wish to stop: "de
    säger att jag ska få betala", "jag vill sluta".
    """
    return kind in _SOLD and is_brief(text) and not concepts(text) & _SOLD[kind] and not says(text, "sells")


def is_brief(text: str) -> bool:
    """Tell whether a message has few words."""
    return len(re.findall(r"[^\W_]+", plain(text))) <= _BRIEF


def is_bare_answer(text: str, facets: Mapping[str, Any]) -> bool:
    """Tell whether the message is nothing but an age or a place: "17", "vi bor i tumba", "kvinna, 33"."""
    told = any(facets.get(name) for name in ("age", "municipality", "place_candidates"))
    words = re.findall(r"[^\W_]+", plain(text))
    rest = [
        word for word in words if not (word.isdigit() or word in numbers.WORDS or word in _cues()["around_answers"])
    ]
    named = bool(facets.get("municipality") or facets.get("place_candidates"))
    return told and "?" not in text and len(rest) <= (2 if named else 0) and not concepts(text) & _GRAVE


def is_about_somebody(text: str) -> bool:
    """Tell whether the message is a bare answer about the exposed person: "han är 15"."""
    return bool(_SOMEBODY_IS.fullmatch(plain(text).strip()))


def is_about_kin(text: str) -> bool:
    """Tell whether the message is nothing but what somebody in the family is: "mamma är 44"."""
    return bool(_KIN_IS.fullmatch(plain(text).strip()))


def is_about_partner(text: str) -> bool:
    """Tell whether the message is nothing but what a partner is: "killen är 21"."""
    return bool(_PARTNER_IS.fullmatch(plain(text).strip()))


def is_about_two(text: str) -> bool:
    """Tell whether the message is nothing but two ages, of children: "5 och 8 år"."""
    return bool(_TWO_AGES.fullmatch(plain(text).strip()))


def is_somebody_close(text: str) -> bool:
    """Tell whether a short answer names somebody close and nothing else: "för min pappa"."""
    words = [word for word in re.findall(r"[^\W_]+", plain(text)) if word not in _cues()["around_somebody"]]
    return 0 < len(words) <= _FEW and all(concepts(f"min {word}") & _NEAREST for word in words)


def says_something(text: str) -> bool:
    """Tell whether there is a yes, a no or a "don't know" among the words."""
    return not _cues()["says_something"].isdisjoint(re.findall(r"[^\W\d_]+", plain(text)))


def is_bare(text: str) -> bool:
    """Tell whether the message is a no or a time without anything that is told: "nej inte nu", "ikväll"."""
    words = re.findall(r"[^\W_]+", plain(text))
    return bool(words) and _cues()["bare"].issuperset(words)


def has_bare_number(text: str) -> bool:
    """Tell whether a short message has a number that could have been an age."""
    words = re.findall(r"\w+", plain(text))
    return len(words) <= _SHORT and any(word.isdigit() for word in words)
