"""What makes one fitting service come before another: one pure rule a function, and the group it is shown in."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from knowledge.eligibility import (
    concerns_children,
    has_errand,
    highest_age,
    is_about_children,
    is_alarm,
    is_for_other_gender,
    is_known_child,
    is_perpetrators_line,
)
from knowledge.hours import is_open
from knowledge.situation import Need, Perspective, Situation, ViolenceType
from knowledge.types import Service

# Need -> kinds of support in the facts that meet it.
SUPPORT_FOR = {
    Need.SHELTER: {"skyddat_boende"},
    Need.COUNSELLING: {"stodsamtal"},
    Need.FINANCIAL_AID: {"ekonomiskt_bistand"},
    Need.HEALTH_CARE: {"vard"},
    Need.FORENSIC_CERTIFICATE: {"rattsintyg"},
    Need.FORENSIC_EVIDENCE: {"sparsakring"},
    Need.POLICE_REPORT: {"malsagandebitrade", "brottsofferstod"},
    Need.LEGAL_AID: {"juridik", "malsagandebitrade"},
    Need.CHILD_SUPPORT: {"barnsamtal"},
    Need.PROTECTED_DATA: {"larmpaket"},
    Need.EXIT: {"exitstod"},
    Need.PERPETRATOR_TREATMENT: {"behandling_utovare"},
    Need.ADVICE: {"radgivning"},
}
_NEEDS = tuple(Need)  # an enum is slow to walk
OLD_AFTER_MONTHS = 36
# Longest list that is still read, by group.
LIMITS = {"akut": 5, "kommun": 6, "lan": 6, "vard": 4, "polis": 3, "stodlinjer": 6, "konsultation": 6}

_TRAIT_POINTS = {
    "jour": 25,
    "soksida": -4,
    "specialgrupp": -12,
    "volontarer": -2,
    "annat_amne": -36,
    "inte_vid_vald": -40,
    "utomlands": -6,
    "via_socialtjansten": -10,
}


def group_of(service: Service, situation: Situation) -> str:
    """Return the heading a service stands under; county and municipal support are told apart as in the form tool."""
    professional = situation.perspective is Perspective.PROFESSIONAL
    if is_alarm(service) or service.kind == "socialjour" or "sjalvmord" in service.traits:
        return "akut"
    if situation.emergency and "jour" in service.traits:
        return "akut"
    if is_acute_care(service, situation):
        return "akut"
    if service.kind == "polis" or "rattsvasende" in service.traits:
        return "polis"
    if service.kind in ("vard", "ungdomsmottagning"):
        return "vard"
    local = service.scope in ("municipality", "district") or service.kind == "socialtjanst"
    if professional and not local and "yrkesverksam" in service.audience and "utsatt" not in service.audience:
        return "konsultation"
    if local:
        return "kommun"
    return "lan" if service.scope == "county" else "stodlinjer"


def is_acute_care(service: Service, situation: Situation) -> bool:
    """Care that secures evidence comes first after a recent assault: at best within hours, up to about ten days.

    Source: guidance topic sparsakring (NCK).
    """
    recent = situation.emergency or Need.FORENSIC_EVIDENCE in situation.needs
    return "sparsakring" in service.support and recent and ViolenceType.SEXUAL in situation.violence_types


def met_needs(service: Service, situation: Situation) -> list[Need]:
    """Return the needs that the service is known to meet, in the order of the enum."""
    if not situation.needs:
        return []
    special = {
        Need.CHAT: bool(service.chat),
        Need.ANONYMOUS: bool(service.anonymous),
        Need.INTERPRETER: bool(service.interpreter or service.languages or "flera_sprak" in service.traits),
        Need.PROTECTED_DATA: "skyddade_uppgifter" in service.traits,
    }
    return [
        need
        for need in _NEEDS
        if need in situation.needs and (special.get(need) or service.support & SUPPORT_FOR.get(need, set()))
    ]


def points_for_responsibility(service: Service, situation: Situation) -> int:
    """The social services that are responsible come first; the district's before the city's (29 kap. SoL 2025:400)."""
    if service.kind != "socialtjanst":
        return 0
    return 220 if service.scope == "district" else 200


def points_for_violence_type(service: Service, situation: Situation) -> int:
    """Special knowledge of the type first; the fewer other types, the more special."""
    if not situation.violence_types:
        return 4 if not service.violence_types else -10 if len(service.violence_types) == 1 else 0
    if not service.violence_types & situation.violence_types:
        return 0
    return 30 - 3 * len(service.violence_types - situation.violence_types)


def points_for_age(service: Service, situation: Situation) -> int:
    """Children get children's lines; where the age is not known, services for one age come later."""
    limited = (service.min_age is not None and service.min_age > 18) or highest_age(service) is not None
    if is_known_child(situation):
        if "barn" not in service.audience:
            return -20
        if service.max_age is not None and "jour" in service.traits:
            # The staffed line for children before chats with a few evenings a week; one who asks for a child
            # may have lines to ring themselves.
            return 60 if situation.perspective in (None, Perspective.EXPOSED) else 52
        # A line that says "under 18" itself before one that is for the young in words only.
        return 35 if service.max_age is not None else 18 if limited else 0
    if situation.age is None and situation.age_group is None:
        return -14 if limited else 0
    if service.min_age is not None and service.min_age >= 65:
        return 35  # made for the old, as children have theirs
    return 8 if limited else 0


def points_for_children(service: Service, situation: Situation) -> int:
    """Where a child is at risk, the municipality's reception for children comes next after its social services."""
    if not is_about_children(service):
        return 0
    return 30 if concerns_children(situation) else -20


def points_for_gender(service: Service, situation: Situation) -> int:
    """A service for the person's own gender first; for men or trans persons later while the gender is not known."""
    if is_for_other_gender(service, situation.gender):
        return -26
    return 15 if service.gender is not None and service.gender is situation.gender else 0


def points_for_needs(service: Service, situation: Situation) -> int:
    """What was asked for weighs most after the type of violence."""
    met = met_needs(service, situation)
    spoken = 12 if Need.INTERPRETER in met and "specialgrupp" in service.traits else 0  # the group is the one asking
    return 14 * len(met) + spoken + (40 if situation.needs and has_errand(service) else 0)


def points_for_way_into_care(service: Service, situation: Situation) -> int:
    """The number for health advice first where care is asked for: it knows which clinic takes whom.

    The clinic for rape takes nobody under 13, and the facts name no other.
    """
    wanted = {Need.HEALTH_CARE, Need.FORENSIC_EVIDENCE} & situation.needs
    return 40 if wanted and "vag_till_vard" in service.traits else 0


def points_for_perpetrators(service: Service, situation: Situation) -> int:
    """One who wants to stop gets the lines made for that first. Source: Operation Kvinnofrid, goal 2."""
    wants = situation.perspective is Perspective.PERPETRATOR or Need.PERPETRATOR_TREATMENT in situation.needs
    return 25 if wants and is_perpetrators_line(service) else 0


def points_for_contact(service: Service) -> int:
    """A way to reach it at once; a service with none can only be reached through others and comes last."""
    if service.phones:
        return 12
    if service.chat:
        return 8
    return 2 if service.url or service.email else -24


def points_for_staffing(service: Service) -> int:
    """Staffed national lines before volunteers' lines and lists of lines; other subjects last."""
    return sum(_TRAIT_POINTS.get(trait, 0) for trait in service.traits)


def points_for_kind(service: Service, situation: Situation) -> int:
    """The municipality's team for relationship violence before other local support (chain of support, inledande)."""
    near = situation.violence_types & {ViolenceType.CLOSE_RELATIONSHIP, ViolenceType.HONOUR}
    adult = not is_known_child(situation)
    if service.kind == "webb":
        return -14  # information only
    return 10 if service.kind == "relationsvaldsteam" and adult and (near or not situation.violence_types) else 0


def points_for_exit(service: Service, situation: Situation) -> int:
    """A way out, with long-term support, first for prostitution and trafficking (topic prostitution_kedja)."""
    sold = situation.violence_types & {ViolenceType.PROSTITUTION, ViolenceType.TRAFFICKING}
    return 14 if sold and "exitstod" in service.support else 0


def points_for_help_abroad(service: Service, situation: Situation) -> int:
    """Help abroad belongs to the honour context, where people are taken out of the country (topic bortford)."""
    return -40 if "utomlands" in service.traits and ViolenceType.HONOUR not in situation.violence_types else 0


def points_for_audience(service: Service, situation: Situation) -> int:
    """What says that it takes professionals, or relatives, before what only can be passed on."""
    code = {Perspective.PROFESSIONAL: "yrkesverksam", Perspective.RELATIVE: "anhorig"}.get(
        situation.perspective or Perspective.EXPOSED
    )
    return 6 if code and code in service.audience else 0


def months_old(service: Service, now: datetime) -> int | None:
    """Return how many months ago the newest dated source is from; `None` when none is dated."""
    if service.checked is None:
        return None
    return _months_between(service.checked, now.year, now.month)


@lru_cache(maxsize=1024)
def _months_between(checked: str, year: int, month: int) -> int:
    then = checked.split("-")
    return (year - int(then[0])) * 12 + month - int(then[1])


def is_old(service: Service, now: datetime | None) -> bool:
    """The newest dated source is more than three years old."""
    if now is None or service.checked is None:
        return False
    return _months_between(service.checked, now.year, now.month) > OLD_AFTER_MONTHS


def points_for_freshness(service: Service, now: datetime | None) -> int:
    """Well supported and recently dated facts first; old ones are demoted and say so."""
    points = {"high": 4, "medium": 0, "low": -8}[service.confidence]
    if is_old(service, now):
        return points - 8
    return points + (2 if service.checked else 0)


def open_now(service: Service, now: datetime | None) -> bool | None:
    """Tell whether a service is open; hours from an old source are only trusted when they are round the clock."""
    if now is None:
        return None
    found = is_open(service.opening, now)
    round_the_clock = service.opening is not None and any(span.closes - span.opens >= 1440 for span in service.opening)
    return None if is_old(service, now) and not round_the_clock else found
