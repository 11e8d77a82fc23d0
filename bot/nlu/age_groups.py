"""The age group that words alone give ground for: a school year, "pensionär", "tonårstjej"."""

from __future__ import annotations

import re

from knowledge.situation import AgeGroup

GRADES = re.compile(
    r"\b(?:gar|gick|elev|ar|e|borja\w*|klass|i|barn|pojke\w*|flicka\w*|tjej\w*|kille\w*|son\w*|"
    r"dotter\w*|dottra)?\s*i?\s*"
    r"(?:ak\.?|arskurs|klass)\s?[f1-9]\b|\b[4-9](?:an|:an|e)\b|\b[4-9]\s?[a-f]\b(?=[^%]|$)|"
    r"\bi?\s?(?:ettan|tvaan|trean|fyran|femman|sexan|"
    r"sjuan|attan|nian)\b|\bhogstadie\w*|\b(?:mellanstadie|lagstadie)(?:elev|barn|flicka|pojke)\w*|\bforskoleklass|"
    r"\bgymnasie(?:t|elev|ungdom)\w*|\bgymnasiet\b|\bgymnasiet?s?\b"
)
# Whose writer the words speak for: a grandmother is the exposed person's age only when a relative writes of her.
_ANY = frozenset({"utsatt", "utovare", "anhorig", "yrkesverksam", None})
_PROFESSIONAL = frozenset({"yrkesverksam"})
_ABOUT_ANOTHER = frozenset({"anhorig", "yrkesverksam"})
_KNOWN = _ANY - {None}
_WORDS: tuple[tuple[AgeGroup, frozenset[str | None], str], ...] = (
    (AgeGroup.CHILD, _ABOUT_ANOTHER | {None}, r"tonars?(?:tjej|flicka|kille|pojke|dotter|son|elev)\w*|tonaring|"
    r"omyndig\w*|underarig\w*"),
    (AgeGroup.CHILD, _PROFESSIONAL, r"minderarig|flickan|flicka|pojken|pojke|en elev|eleven|min elev|var elev|"
    r"barnahus"),
    (AgeGroup.CHILD, frozenset({"anhorig"}), r"min elev|en flicka|min lilla\w* \w+|lillasyrra\w*|lillebror i skolan"),
    (AgeGroup.YOUNG_ADULT, _ABOUT_ANOTHER,
        r"ung kvinna|ung man|unga kvinnan|unge mannen|ung vuxen|student|studenthalsan"),
    (AgeGroup.YOUNG_ADULT, frozenset({"utsatt", "utovare"}), r"ung tjej|ung vuxen"),
    (AgeGroup.ADULT, _KNOWN, r"vuxen kvinna|vuxen man|medelalders"),
    (AgeGroup.ELDERLY, _ANY,
        r"(?<!snart )pensionar|pensionerad(?:e)?(?: larar\w*)?|aldre dam\w*|aldre kvinna\w*|(?<!en )aldre man|"
        r"gammal dam|"
        r"gammal kvinna|gamla mamma|gamla mor|rollator\w*"),
    (AgeGroup.ELDERLY, frozenset({"anhorig"}), r"(?:min|var|mammas|pappas) (?:gamla )?(?:mormor|farmor|morfar|farfar)"),
    (AgeGroup.ELDERLY, _PROFESSIONAL, r"hemtjanst(?:en)?|aldreboende\w*|seniorboende\w*|demens\w*|dement\w*|"
    r"bistandsbedomare|"
        r"bistandshandlaggare|aldreomsorg\w*|sarskilt boende|sabo"),
)  # fmt: skip
_COMPILED = tuple((group, whose, re.compile(rf"\b(?:{pattern})\b")) for group, whose, pattern in _WORDS)
_OWN_GRADE = re.compile(r"\b(?:jag|ja)?\s*(?:gar|gick|e|ar|borjar|borjat)?\s*(?:i|forsta|andra)?\s*\Z")
_ANOTHERS_GRADE = re.compile(
    r"\b(?:hon|han|dotter\w*|son|sonen|barn|barnen|flicka\w*|pojke\w*|lillebror|lillasyster|\w+[ -]?aring\w*)\s+"
    r"(?:gar|ar|e|borjade?)?\s*(?:(?:nu|pa)\s*)?\Z"
)
_LEFT_SCHOOL = re.compile(r"\b(?:gick ut|slutat|for \w+ ar se[nd]\w*|larare|forelasning|uppsats|ppt|undervisar)\b")


def by_words(text: str, perspective: str | None) -> AgeGroup | None:
    """Return the group that words alone give ground for in a folded text; the writer's for who writes of herself."""
    own = perspective in ("utsatt", "utovare")
    grade = GRADES.search(text)
    if grade and not _LEFT_SCHOOL.search(text):
        ahead = text[: grade.start()]
        if not own or (_OWN_GRADE.search(ahead) and not _ANOTHERS_GRADE.search(ahead) and "barn i" not in grade[0]):
            return AgeGroup.CHILD
    for group, perspectives, pattern in _COMPILED:
        if perspective in perspectives and pattern.search(text):
            return group
    return None
