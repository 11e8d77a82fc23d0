"""What the directory answers with: services, places, guidance topics and referrals."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.situation import Gender, Perspective, Situation, ViolenceType


@dataclass(frozen=True)
class Phone:
    """A verified phone number, as it is written (`number`) and dialled (`tel`, E.164 or a short number)."""

    number: str
    tel: str
    note: str | None = None


@dataclass(frozen=True)
class OpeningHours:
    """One span on some days of the week (0 is Monday); minutes after midnight, `closes` > 1440 is the next day.

    `holidays` is `True` when the span also counts on public holidays.
    """

    days: frozenset[int]
    opens: int
    closes: int
    holidays: bool


@dataclass(frozen=True)
class Service:
    """One place to turn to. Empty `violence_types` means all five; ages are whole years, both ends inclusive.

    `audience` holds utsatt, anhorig, yrkesverksam, utovare and barn; `scope` is national, county, municipality or
    district; `checked` is the month (YYYY-MM) of the newest dated source, `None` when none is dated. `traits` says
    what the name of a service says but its fields do not (see facts/traits.yaml). `opening` is `None` when the
    opening hours are unknown or only known in words.
    """

    id: str
    name: str
    organization: str
    kind: str
    provider: str
    scope: str
    municipalities: tuple[str, ...]
    districts: tuple[str, ...]
    violence_types: frozenset[ViolenceType]
    audience: frozenset[str]
    min_age: int | None
    max_age: int | None
    gender: Gender | None
    phones: tuple[Phone, ...]
    hours: str | None
    chat: str | None
    email: str | None
    url: str | None
    languages: tuple[str, ...]
    interpreter: bool | None
    anonymous: bool | None
    cost: str | None
    support: frozenset[str]
    summary: str
    checked: str | None
    source: str | None
    confidence: str
    traits: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    opening: tuple[OpeningHours, ...] | None = None


@dataclass(frozen=True)
class Match:
    """A service that fits, with the reasons in plain words and whether it is open now (`None`: hours not known).

    `opens` is when a closed service opens next, in Swedish words ("i dag kl. 9", "måndag kl. 8.30").
    """

    service: Service
    why: tuple[str, ...]
    open_now: bool | None = None
    opens: str | None = None


@dataclass(frozen=True)
class Group:
    """Matches under one heading; `id` is one of akut, kommun, lan, vard, polis, stodlinjer, konsultation."""

    id: str
    title: str
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Topic:
    """A guidance topic; `text` holds confirmed facts only, one to a line, `law` the paragraphs that have been read."""

    id: str
    title: str
    audience: frozenset[Perspective]
    violence_types: frozenset[ViolenceType]
    when: str
    text: str
    law: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Referral:
    """The answer to a situation, in the order it is to be shown."""

    situation: Situation
    groups: tuple[Group, ...]
    guidance: tuple[Topic, ...] = ()
