"""Which guidance topics apply to a situation: the two or three duties that come first.

The order is that of Operation Kvinnofrid's support for professionals: danger, the child, honour, then the type of
violence and what was asked for. Only confirmed facts are in the topics; see build.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from knowledge.eligibility import is_known_child
from knowledge.situation import OUTSIDE_COUNTY, AgeGroup, Gender, Need, Perspective, Situation, ViolenceType
from knowledge.types import Topic

MOST_TOPICS = 3


def has_duty_to_report(situation: Situation) -> bool:
    """A professional who learns that a child fares ill must report it at once: 19 kap. 1 § SoL (2025:400)."""
    return situation.perspective is Perspective.PROFESSIONAL and (situation.child_at_risk or is_known_child(situation))


def is_honour(situation: Situation) -> bool:
    """In an honour context nothing is told to the family, and no relative interprets (topic heder_agera)."""
    return ViolenceType.HONOUR in situation.violence_types


def is_recent_assault(situation: Situation) -> bool:
    """Evidence can be secured for about ten days, and care comes before questions of reporting (topic sparsakring)."""
    asked = {Need.FORENSIC_EVIDENCE, Need.HEALTH_CARE, Need.FORENSIC_CERTIFICATE} & situation.needs
    return ViolenceType.SEXUAL in situation.violence_types and bool(asked or situation.emergency)


def _of(kind: ViolenceType) -> Callable[[Situation], bool]:
    return lambda situation: kind in situation.violence_types


def _needs(need: Need) -> Callable[[Situation], bool]:
    return lambda situation: need in situation.needs


def _sold_child(situation: Situation) -> bool:
    sold = {ViolenceType.PROSTITUTION, ViolenceType.TRAFFICKING} & situation.violence_types
    return bool(sold) and is_known_child(situation)


def _crime_against_adult(situation: Situation) -> bool:
    """A child is not left to weigh a police report; that is for the adults around it."""
    crimes = {ViolenceType.CLOSE_RELATIONSHIP, ViolenceType.SEXUAL} & situation.violence_types
    return bool(crimes) and not is_known_child(situation)


def _child_lives_with_violence(situation: Situation) -> bool:
    """Not for the child itself, to whom more is done than to see and hear."""
    itself = situation.perspective is Perspective.EXPOSED and is_known_child(situation)
    return situation.child_at_risk and ViolenceType.CLOSE_RELATIONSHIP in situation.violence_types and not itself


def is_about_perpetrators(situation: Situation) -> bool:
    """The topic is about violence against one's own, in the name of honour too, and about treatment; not about buyers
    of sex (topic utovare, its violence_types).
    """
    if Need.PERPETRATOR_TREATMENT in situation.needs:
        return True
    own = {ViolenceType.CLOSE_RELATIONSHIP, ViolenceType.HONOUR} & situation.violence_types
    return situation.perspective is Perspective.PERPETRATOR and bool(own or not situation.violence_types)


def is_question_of_municipality(situation: Situation) -> bool:
    """A professional whose client lives outside the county first has to know who is responsible: 29 kap. SoL."""
    return situation.perspective is Perspective.PROFESSIONAL and situation.municipality == OUTSIDE_COUNTY


# First that applies is shown first; the audience of each topic is checked as well.
RULES: tuple[tuple[str, Callable[[Situation], bool]], ...] = (
    ("anmalningsplikt_barn", has_duty_to_report),
    ("akut_fara", lambda situation: situation.emergency),
    ("heder_agera", is_honour),
    ("sparsakring", is_recent_assault),
    ("anhorig", lambda situation: situation.perspective is Perspective.RELATIVE),
    ("utovare", is_about_perpetrators),
    ("ansvarig_kommun", is_question_of_municipality),
    ("barn_exploatering", _sold_child),
    ("barn_skyddat_boende", lambda s: Need.SHELTER in s.needs and s.child_at_risk and not is_known_child(s)),
    ("skyddat_boende", _needs(Need.SHELTER)),
    ("skyddade_uppgifter", _needs(Need.PROTECTED_DATA)),
    ("rattsintyg", _needs(Need.FORENSIC_CERTIFICATE)),
    ("polisanmalan", lambda s: bool({Need.POLICE_REPORT, Need.LEGAL_AID} & s.needs)),
    ("ekonomi", _needs(Need.FINANCIAL_AID)),
    ("tolk", _needs(Need.INTERPRETER)),
    ("manniskohandel", _of(ViolenceType.TRAFFICKING)),
    ("prostitution_kedja", lambda s: ViolenceType.PROSTITUTION in s.violence_types and not is_known_child(s)),
    ("barn_bevittnar", _child_lives_with_violence),
    ("sexuellt_kedja", _of(ViolenceType.SEXUAL)),
    ("heder_kedja", is_honour),
    ("vinr_kedja", _of(ViolenceType.CLOSE_RELATIONSHIP)),
    ("orosanmalan_hur", lambda situation: situation.child_at_risk),
    ("betanketid", _of(ViolenceType.TRAFFICKING)),
    ("aldre", lambda situation: situation.age_group is AgeGroup.ELDERLY),
    ("man", lambda situation: situation.gender is Gender.MEN),
    ("hbtqi", lambda situation: situation.gender is Gender.TRANS),
    ("bortford", lambda situation: is_honour(situation) and situation.emergency),
    ("socialtjanst_vuxna", lambda situation: not is_known_child(situation)),
    ("forsta_steg", lambda situation: True),
    ("polisanmalan", _crime_against_adult),
    ("jourtid", lambda situation: True),
)


def topics_for(situation: Situation, topics: Mapping[str, Topic]) -> tuple[Topic, ...]:
    """Return the topics that apply, at most three, the most pressing first."""
    reader = situation.perspective or Perspective.EXPOSED
    chosen: dict[str, Topic] = {}
    for topic_id, applies in RULES:
        topic = topics.get(topic_id)
        if topic is not None and reader in topic.audience and applies(situation):
            chosen.setdefault(topic_id, topic)
    return tuple(chosen.values())[:MOST_TOPICS]
