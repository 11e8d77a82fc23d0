"""Passports, LMA cards and other identity documents; licences, badges and service numbers. All need a cue word."""

import re
from collections.abc import Iterator

from bot.privacy.types import Found, Kind

_BETWEEN = r"[^\S\n]{0,2}(?:[:#=.]|nr\.?|nummer|numret|har|är|e|med|på|id)?(?:[^\S\n]{0,2}(?:[:#=.]|nr\.?|nummer|är)){0,2}[^\S\n]{0,2}"
_TOKEN = r"(?P<value>(?<![^\W_])(?=[A-Za-z\- ]{0,6}\d)[A-Za-z]{0,4}[ -]?\d[A-Za-z0-9]{0,14}(?:[ -](?=[A-Za-z]{0,2}\d)[A-Za-z0-9]{2,10}){0,4})(?![^\W_])"
_PASSPORT_WORDS = (
    r"(?:\bpass(?:et|nummer|numret|nr|port)?\b\.?|\bpassportno\b|\bpassport (?:no|number)\b|\blma(?:[- ]?kort\w{0,4})?\b|\b(?:nationellt )?(?:id|legitimations)[- ]?kort\w{0,8}|"
    r"\but-?kort\w{0,3}|\buppehållstillstånd\w{0,8}|\buppehållskort\w{0,3}|\bresedokument\w{0,3}|\bfrämlingspass\w{0,3}|\bnational id|\btazkira\w{0,2}|"
    r"\bid-?handling\w{0,3}|\bmigrationsverkets? kort\w{0,2})"
)
_LICENCE_WORDS = (
    r"(?:\bkörkort(?:et|s)?(?:nummer|numret|nr)?\b|\btjänste?(?:nummer|numret|nr|-?id|kort\w{0,6}|legitimation\w{0,3})\b|\bleg(?:itimation)?s?[-. ]?(?:nummer|numret|nr|kod)\b\.?|"
    r"\bbadge\w{0,3}(?: nr| nummer| number)?|\bbrick(?:a|an|nummer|nr)\b|\bpolisbricka\w{0,2}|\blicens(?:nummer|nr|en)?\b|\bförskrivarkod\w{0,2}|"
    r"\banställnings?(?:nummer|numret|nr|-?id)\b|\banst\.? ?nr\b|\bhsa-?id\b|\bordningsvakt\w{0,6}(?: nr)?|\bväktar\w{0,6}|\btaxi(?:legitimation|leg)\w{0,3}|\bpid\b)"
)
_PASSPORT = re.compile(_PASSPORT_WORDS + _BETWEEN + _TOKEN, re.IGNORECASE)
_LICENCE = re.compile(_LICENCE_WORDS + _BETWEEN + _TOKEN, re.IGNORECASE)
_HSA = re.compile(r"(?<![^\W_])SE\d{10}-[A-Z0-9]{3,8}(?![^\W_])", re.IGNORECASE)
_BARE_PASSPORT = re.compile(r"(?<![^\W_])[A-Z]{2}\d{7}(?![^\W_])")
_UNIT = re.compile(r" ?(?:år|månader|dagar|veckor|gånger|st\b|kr\b|kronor|barn|%|timmar)")


def detect(view: str) -> Iterator[Found]:
    """Yield the number that follows the word for a document; a bare one only in the shape of a passport."""
    for pattern, kind in ((_PASSPORT, Kind.PASSPORT_ID), (_LICENCE, Kind.LICENSE_OR_BADGE)):
        for match in pattern.finditer(view):
            digits = sum(char.isdigit() for char in match["value"])
            if digits >= (5 if kind is Kind.PASSPORT_ID else 3) and not _UNIT.match(view, match.end()):
                yield Found(kind, match.start("value"), match.end("value"))
    for match in _HSA.finditer(view):
        yield Found(Kind.LICENSE_OR_BADGE, match.start(), match.end())
    for match in _BARE_PASSPORT.finditer(view):
        yield Found(Kind.PASSPORT_ID, match.start(), match.end())
