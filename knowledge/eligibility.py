"""Whom a service takes: one pure rule a function. A service fits when every rule says yes (service_index.py).

The rules are hard: what they turn away is never shown. Preferences are in ranking.py.
"""

from __future__ import annotations

from knowledge.situation import OUTSIDE_COUNTY, AgeGroup, Gender, Need, Perspective, Situation
from knowledge.types import Service

YOUNG_KINDS = {"tjejjour", "ungdomsmottagning", "barnahus"}
# Where the facts name no upper age of a service for the young (youth clinics: 12-22; girls' lines: up to 25).
YOUNG_MAX_AGE = 25


def is_known_child(situation: Situation) -> bool:
    """The exposed person is under 18."""
    return situation.age_group is AgeGroup.CHILD or (situation.age is not None and situation.age < 18)


def may_be_child(situation: Situation) -> bool:
    """The exposed person is under 18, or nothing is said about the age."""
    return situation.ages[0] < 18


def concerns_children(situation: Situation) -> bool:
    """A child is exposed or lives with the violence, or support for a child is asked for."""
    return is_known_child(situation) or situation.child_at_risk or Need.CHILD_SUPPORT in situation.needs


def is_alarm(service: Service) -> bool:
    """112, for everyone always."""
    return "larm" in service.traits


def is_about_children(service: Service) -> bool:
    """A reception for worries about a child, not for an adult's own exposure. Source: audience in the facts."""
    return "om_barn" in service.traits or ("barn" in service.audience and "utsatt" not in service.audience)


def is_perpetrators_line(service: Service) -> bool:
    """A line or reception for those who use violence.

    A line with treatment for perpetrators is theirs even where victims may ring it; a local reception that takes both
    sides (relationship violence teams) is not. Source: Operation Kvinnofrid, goal 2, prevent relapse.
    """
    if "utovare" not in service.audience:
        return False
    return "utsatt" not in service.audience or (service.kind == "stodlinje" and "behandling_utovare" in service.support)


def keeps_sides_apart(service: Service, situation: Situation) -> bool:
    """Perpetrators' lines never go to the exposed, and only theirs go to perpetrators.

    A professional or relative gets them only when help to stop is what they ask for. Source: issue 5; safety comes
    before all else in Operation Kvinnofrid's guidance.
    """
    if situation.perspective is Perspective.PERPETRATOR:
        return "utovare" in service.audience
    if is_perpetrators_line(service):
        asks_for_other = situation.perspective in (Perspective.PROFESSIONAL, Perspective.RELATIVE)
        return asks_for_other and Need.PERPETRATOR_TREATMENT in situation.needs
    return True


def takes_audience(service: Service, situation: Situation) -> bool:
    """The one who asks is among those the service turns to. Source: audience in the facts.

    A child who asks gets what children may use; a professional or relative also what they can pass on to a child, and
    a relative the health care that the exposed person needs. What is for the one who uses violence is passed on by
    whoever asks for that; keeps_sides_apart sees to the rest.
    """
    audience, child = service.audience, is_known_child(situation)
    if situation.perspective is Perspective.PERPETRATOR:
        return "utovare" in audience
    if is_perpetrators_line(service) and Need.PERPETRATOR_TREATMENT in situation.needs:
        return True
    if situation.perspective is Perspective.PROFESSIONAL:
        codes = {"yrkesverksam", "barn"} if child else {"yrkesverksam", "utsatt"}
        return bool(audience & (codes | {"barn"} if may_be_child(situation) else codes))
    if situation.perspective is Perspective.RELATIVE:
        passed_on = child and service.kind == "stodlinje" and "barn" in audience
        care = service.kind == "vard" and "utsatt" in audience
        return "anhorig" in audience or passed_on or care
    if child:
        return "barn" in audience or service.kind == "tjejjour"
    if "utsatt" in audience or (may_be_child(situation) and "barn" in audience):
        return True
    # A parent who is exposed is a relative of the child at risk.
    return is_about_children(service) and "anhorig" in audience and concerns_children(situation)


def takes_violence_type(service: Service, situation: Situation) -> bool:
    """The service meets one of the types of violence; none named on either side means all five."""
    asked = situation.violence_types
    return not asked or not service.violence_types or bool(asked & service.violence_types)


def highest_age(service: Service) -> int | None:
    """Upper age of a service, whole years inclusive; for the young where the facts only say so in words."""
    if service.max_age is not None:
        return service.max_age
    young = service.kind in YOUNG_KINDS or "unga" in service.traits
    return YOUNG_MAX_AGE if young else None


def takes_age(service: Service, situation: Situation) -> bool:
    """Nobody too young or too old; someone whose age is not known is turned away by none."""
    lowest, highest = situation.ages
    upper = highest_age(service)
    return (service.min_age is None or highest >= service.min_age) and (upper is None or lowest <= upper)


def takes_gender(service: Service, situation: Situation) -> bool:
    """A service for one gender is not offered to another as theirs; not said turns nobody away.

    A women's shelter is for women by its name, also where the facts leave the gender open.
    """
    if situation.gender is Gender.MEN and service.kind == "kvinnojour":
        return False
    return service.gender is None or situation.gender is None or service.gender is situation.gender


def covers_place(service: Service, situation: Situation) -> bool:
    """The service takes people from where the person lives.

    Social services are the home municipality's duty (29 kap. SoL 2025:400); in Stockholm each district has its own.
    The general entry for social services stands in only where the municipality is not known to us.
    """
    place = situation.municipality
    if service.scope == "national":
        return service.kind != "socialtjanst" or place in (None, OUTSIDE_COUNTY)
    if place == OUTSIDE_COUNTY:
        return False
    if service.scope == "county":
        return True
    if place not in service.municipalities:
        return False
    return not service.districts or situation.district in service.districts


def is_safe_now(service: Service, situation: Situation) -> bool:
    """Family counselling is never offered where there is violence. Source: the municipalities' own pages."""
    if "inte_vid_vald" not in service.traits:
        return True
    return not (situation.violence_types or situation.emergency or situation.child_at_risk)


# What an authority decides or answers, and the needs it is shown for.
_ERRANDS = {
    "rattsvasende": {Need.POLICE_REPORT, Need.LEGAL_AID},
    "personskydd": {Need.POLICE_REPORT, Need.PROTECTED_DATA},
    "skyddade_uppgifter": {Need.PROTECTED_DATA},
    "ersattning": {Need.POLICE_REPORT, Need.LEGAL_AID, Need.FINANCIAL_AID},
    "uppehallstillstand": {Need.LEGAL_AID},
}


def has_errand(service: Service) -> bool:
    """An authority for one errand only, such as compensation or protected data."""
    return not service.traits.isdisjoint(_ERRANDS)


def answers_the_errand(service: Service, situation: Situation) -> bool:
    """An authority with one errand is shown when that errand is asked for."""
    if not has_errand(service):
        return True
    return any(_ERRANDS[trait] & situation.needs for trait in service.traits if trait in _ERRANDS)


def is_about_violence(service: Service, situation: Situation) -> bool:
    """A line about another subject (radicalisation, loneliness) has no place where somebody is in danger.

    Source: the facts say of Orostelefonen and its like that they are not about the five types of violence.
    """
    return "annat_amne" not in service.traits or not situation.emergency


def is_about_this(service: Service, situation: Situation) -> bool:
    """A reception for worries about a child is for those who worry about a child, or when nothing is said."""
    if not is_about_children(service):
        return True
    return concerns_children(situation) or (situation.age is None and situation.age_group is None)


def is_for_other_gender(service: Service, gender: Gender | None) -> bool:
    """A service for men or trans persons while the gender is not known: not turned away, but not first."""
    return gender is None and service.gender in (Gender.MEN, Gender.TRANS)
