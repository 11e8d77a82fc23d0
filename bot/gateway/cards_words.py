"""The words of the cards themselves, in Swedish and English; what the assistant says comes from domain.yml.

Services, laws and reasons are facts, and stay in Swedish.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.gateway.pages import LANGUAGES, MONTHS
from bot.gateway.teams_language import ENGLISH
from knowledge.labels import labels
from knowledge.reports import fields as wrong_facts
from knowledge.situation import OUTSIDE_COUNTY


@dataclass(frozen=True)
class Words:
    """One language. `terms` names codes of the situation, `groups` those headings that are not the payload's own."""

    lang: str
    preview: str
    danger: str
    change: str
    unfold: str
    page: str
    law: str
    open: str
    closed: str
    opens: str
    call: str
    chat: str
    mail: str
    web: str
    why: str
    anonymous: str
    interpreter: str
    checked: str
    unchecked: str
    source: str
    wrong: str
    years: str
    months: tuple[str, ...]
    chips: Mapping[str, str]
    people: Mapping[str, str]
    terms: Mapping[str, str]
    languages: Mapping[str, str]
    wrong_facts: Mapping[str, str]
    groups: Mapping[str, str] = field(default_factory=dict)


def _swedish() -> Words:
    terms = labels()["terms"]
    return Words(
        lang="sv",
        preview="Lotsen har svarat",  # all that a notification shows, on a screen that others may see
        danger="Är det fara? Ring 112",
        change="Stämmer det inte? Tryck på det du vill ändra:",
        unfold="Visa",
        page="Öppna som sida",
        law="Lag: ",
        open="Öppet nu",
        closed="Stängt nu",
        opens="öppnar",
        call="Ring",
        chat="Chatta",
        mail="Mejla",
        web="Webbplats",
        why="Passar för: ",
        anonymous="Du kan vara anonym",
        interpreter="Tolk finns",
        checked="Kontrollerad",
        unchecked="Ej daterad uppgift",
        source="Källa",
        wrong="Fel uppgift?",
        years="år",
        months=tuple(MONTHS),
        chips={
            "perspective": "Gäller",
            "violence_types": "Våld",
            "municipality": "Kommun",
            "district": "Stadsdel",
            "age_group": "Ålder",
        },
        people={
            "yrkesverksam": "någon i mitt arbete",
            "utsatt": "mig själv",
            "anhorig": "någon jag känner",
            "utovare": "jag som gör någon illa",
        },
        terms={**terms["violence_type"], **terms["age_group"], OUTSIDE_COUNTY: terms["place"][OUTSIDE_COUNTY]},
        languages=LANGUAGES,
        wrong_facts={code: name.capitalize() for code, name in wrong_facts().items()},
    )


def _english() -> Words:
    """The same words as the widget's (bot/widget/english.js)."""
    return Words(
        lang="en",
        preview="Lotsen has answered",
        danger="Danger? Call 112",
        change="Not right? Press what you want to change:",
        unfold="Show",
        page="Open as a page",
        law="Law: ",
        open="Open now",
        closed="Closed now",
        opens="opens",
        call="Call",
        chat="Chat",
        mail="E-mail",
        web="Website",
        why="Fits: ",
        anonymous="You can be anonymous",
        interpreter="Interpreter",
        checked="Checked",
        unchecked="Undated",
        source="Source",
        wrong="Something wrong?",
        years="years",
        months=(
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ),
        chips={
            "perspective": "About",
            "violence_types": "Violence",
            "municipality": "Municipality",
            "district": "District",
            "age_group": "Age",
        },
        people={
            "yrkesverksam": "someone in my work",
            "utsatt": "me",
            "anhorig": "someone I know",
            "utovare": "me who hurts someone",
        },
        terms={
            "nara_relation": "violence in a close relationship",
            "heder": "honour-based violence",
            "prostitution": "sex in exchange for something",
            "manniskohandel": "human trafficking",
            "sexuellt": "sexual violence",
            "barn": "below 18",
            "ung_vuxen": "18 to 25",
            "vuxen": "adult",
            "aldre": "65 or older",
            OUTSIDE_COUNTY: "outside the county",
        },
        languages={
            "sv": "Swedish", "en": "English", "fi": "Finnish", "ar": "Arabic", "fa": "Persian", "ku": "Kurdish",
        },
        wrong_facts={
            "phone": "The phone number", "hours": "The opening hours", "web": "The website",
            "address": "The address", "other": "Something else",
        },
        groups={
            "akut": "In an emergency",
            "kommun": "In your municipality",
            "lan": "In the county",
            "vard": "Health care",
            "polis": "Police and prosecutor",
            "stodlinjer": "Helplines",
            "konsultation": "Advice for professionals",
        },
    )  # fmt: skip


WORDS = {"sv": _swedish(), "en": _english()}


def words(channel: str) -> Words:
    """Return the words of a channel's language."""
    return WORDS["en" if channel == ENGLISH else "sv"]
