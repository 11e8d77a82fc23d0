"""The situation: what the assistant has understood, the shared language of NLU, dialogue, knowledge base and API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar


class Perspective(StrEnum):
    """Who is writing, by the text and not by job title."""

    PROFESSIONAL = "yrkesverksam"
    EXPOSED = "utsatt"
    RELATIVE = "anhorig"
    PERPETRATOR = "utovare"


class ViolenceType(StrEnum):
    """The five types of violence of Operation Kvinnofrid's referral tool."""

    CLOSE_RELATIONSHIP = "nara_relation"
    HONOUR = "heder"
    PROSTITUTION = "prostitution"
    TRAFFICKING = "manniskohandel"
    SEXUAL = "sexuellt"


class AgeGroup(StrEnum):
    """Age of the exposed person in four groups: under 18, 18-25, 26-64, 65 and over."""

    CHILD = "barn"
    YOUNG_ADULT = "ung_vuxen"
    ADULT = "vuxen"
    ELDERLY = "aldre"

    @classmethod
    def of(cls, age: int) -> AgeGroup:
        """Return the group that an age in whole years belongs to."""
        if age < 18:
            return cls.CHILD
        if age <= 25:
            return cls.YOUNG_ADULT
        return cls.ADULT if age <= 64 else cls.ELDERLY

    @property
    def span(self) -> tuple[int, int]:
        """Lowest and highest age of the group, in whole years, both inclusive."""
        return {"barn": (0, 17), "ung_vuxen": (18, 25), "vuxen": (26, 64), "aldre": (65, 120)}[self.value]


class Gender(StrEnum):
    """Gender of the exposed person, used only to leave out services for others."""

    WOMEN = "women"
    MEN = "men"
    TRANS = "trans"


class Need(StrEnum):
    """What is asked for, or follows directly from what has happened."""

    SHELTER = "skyddat_boende"
    COUNSELLING = "stodsamtal"
    FINANCIAL_AID = "ekonomiskt_bistand"
    HEALTH_CARE = "vard"
    FORENSIC_CERTIFICATE = "rattsintyg"
    FORENSIC_EVIDENCE = "sparsakring"
    POLICE_REPORT = "polisanmalan"
    LEGAL_AID = "juridik"
    INTERPRETER = "tolk"
    CHILD_SUPPORT = "barnstod"
    CHAT = "chatt"
    ANONYMOUS = "anonymt"
    PROTECTED_DATA = "skyddade_uppgifter"
    EXIT = "exit"
    PERPETRATOR_TREATMENT = "behandling_utovare"
    ADVICE = "radgivning"


MUNICIPALITIES = (
    "Botkyrka", "Danderyd", "Ekerö", "Haninge", "Huddinge", "Järfälla", "Lidingö", "Nacka", "Norrtälje", "Nykvarn",
    "Nynäshamn", "Salem", "Sigtuna", "Sollentuna", "Solna", "Stockholm", "Sundbyberg", "Södertälje", "Tyresö", "Täby",
    "Upplands Väsby", "Upplands-Bro", "Vallentuna", "Vaxholm", "Värmdö", "Österåker",
)  # fmt: skip
OUTSIDE_COUNTY = "utanfor_lanet"
DISTRICTS = (
    "Bromma", "Enskede-Årsta-Vantör", "Farsta", "Hägersten-Älvsjö", "Hässelby-Vällingby", "Järva", "Kungsholmen",
    "Norra innerstaden", "Skarpnäck", "Skärholmen", "Södermalm",
)  # fmt: skip


@dataclass(frozen=True)
class Situation:
    """What has been said so far; `None`, empty or `False` means not said.

    `age` is in whole years and belongs to the exposed person (to the writer, for a perpetrator). `gender` is not part
    of the web contract's situation; it only keeps services for others away. Source: Operation Kvinnofrid's referral
    form (type of violence, age, municipality), widened.
    """

    perspective: Perspective | None = None
    violence_types: frozenset[ViolenceType] = frozenset()
    age: int | None = None
    age_group: AgeGroup | None = None
    municipality: str | None = None
    district: str | None = None
    needs: frozenset[Need] = frozenset()
    emergency: bool = False
    suicide_risk: bool = False
    child_at_risk: bool = False
    gender: Gender | None = None

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Situation:
        """Build a situation from plain values, as slots, JSON or query parameters hold them.

        Unknown keys and codes are errors, so that a typo is never a silently wider search.

        Raises:
            ValueError: with a Swedish sentence that names the field and what it takes, never what was sent: a value put
                in the wrong place may be a name or a number.
        """
        unknown = set(values) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"Okänt fält. De som finns: {', '.join(field.name for field in fields(cls))}.")
        situation = cls(
            perspective=_one(Perspective, "perspective", values),
            violence_types=_some(ViolenceType, "violence_types", values),
            age=_age(values.get("age")),
            age_group=_one(AgeGroup, "age_group", values),
            municipality=_name((*MUNICIPALITIES, OUTSIDE_COUNTY), "municipality", values),
            district=_name(DISTRICTS, "district", values),
            needs=_some(Need, "needs", values),
            emergency=bool(values.get("emergency")),
            suicide_risk=bool(values.get("suicide_risk")),
            child_at_risk=bool(values.get("child_at_risk")),
            gender=_one(Gender, "gender", values),
        )
        return situation.completed()

    def completed(self) -> Situation:
        """Return the same situation with what follows from it.

        An age gives its group, a district gives Stockholm, and someone under 18 who is exposed to violence is a child
        at risk by definition (the age is the writer's own when the perspective is the perpetrator's).
        """
        group = AgeGroup.of(self.age) if self.age is not None else self.age_group
        municipality = self.municipality or ("Stockholm" if self.district else None)
        district = self.district if municipality == "Stockholm" else None
        exposed_child = (
            group is AgeGroup.CHILD and bool(self.violence_types) and self.perspective is not Perspective.PERPETRATOR
        )
        return replace(
            self,
            age_group=group,
            municipality=municipality,
            district=district,
            child_at_risk=self.child_at_risk or exposed_child,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the situation as the web contract shows it; sets become lists in the order of their enum."""
        return {
            "perspective": self.perspective and self.perspective.value,
            "violence_types": [kind.value for kind in ViolenceType if kind in self.violence_types],
            "age": self.age,
            "age_group": self.age_group and self.age_group.value,
            "municipality": self.municipality,
            "district": self.district,
            "needs": [need.value for need in Need if need in self.needs],
            "emergency": self.emergency,
            "suicide_risk": self.suicide_risk,
            "child_at_risk": self.child_at_risk,
        }

    @property
    def ages(self) -> tuple[int, int]:
        """Lowest and highest possible age of the exposed person, in whole years."""
        if self.age is not None:
            return self.age, self.age
        return self.age_group.span if self.age_group else (0, 120)


_E = TypeVar("_E", bound=StrEnum)


def _age(value: Any) -> int | None:
    if value in (None, ""):
        return None
    try:
        # bool is an int in Python, and "true" is no age.
        age = None if isinstance(value, bool) or int(value) != float(value) else int(value)
    except (TypeError, ValueError, OverflowError):
        age = None
    if age is None or not 0 <= age <= 120:
        raise ValueError("age: ange en ålder mellan 0 och 120 år.")
    return age


def _one(kind: type[_E], field: str, values: Mapping[str, Any]) -> _E | None:
    value = values.get(field)
    return None if value in (None, "") else _code(kind, field, value)


def _some(kind: type[_E], field: str, values: Mapping[str, Any]) -> frozenset[_E]:
    found: Iterable[Any] = values.get(field) or ()
    if isinstance(found, str):
        found = (found,)  # one code, not its letters
    return frozenset(_code(kind, field, value) for value in found)


def _code(kind: type[_E], field: str, value: Any) -> _E:
    try:
        return kind(value)
    except ValueError:
        raise ValueError(f"{field}: ange ett av {', '.join(kind)}.") from None


def _name(allowed: tuple[str, ...], field: str, values: Mapping[str, Any]) -> str | None:
    value = values.get(field)
    if value in (None, ""):
        return None
    if value not in allowed:
        raise ValueError(f"{field}: ange ett av {', '.join(allowed)}.")
    return str(value)
