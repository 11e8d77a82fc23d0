"""Passports, LMA cards and other identity documents; licences, badges and service numbers.

All but passports need a cue.
"""

import re
from collections.abc import Iterator

from bot.privacy.types import Found, Kind

# A value: capital letters, digits, more groups that begin like a number. Small letters only glued to digits.
_VALUE = (
    r"(?P<value>(?<![^\W_])(?:(?:[A-ZÅÄÖ]{1,4}[ \-/]?){0,2}|"
    r"[a-z]{1,3}-?)\d[A-Za-z0-9]{0,14}(?:[ \-/.](?=[A-Za-z]{0,2}\d)[A-Za-z0-9]{1,10}){0,4})(?![^\W_])"
)
_BETWEEN = r"(?:[^\d\n.!?]|\.(?=\S| ?\d)){0,30}?"
_PASSPORT_WORDS = (
    r"(?:\bpass(?:et|ets|nummer|numret|nr|port|handling\w{0,3})?\b|\blma\b|\blma-?kort\w{0,8}|"
    r"\b(?:nationellt |nationella )?(?:id|legitimations|identitets)[- ]?(?:kort|handling)\w{0,8}|"
    r"\but[- ]?(?:kort|nummer|nr)\w{0,3}|\buppehålls?(?:tillstånd|kort|rätt)\w{0,8}|\bpermit\b|"
    r"\bresedokument\w{0,3}|\bfrämlingspass\w{0,3}|\bnational id\b|\btazkira\w{0,2}|\btaskira\w{0,2}|"
    r"\bmigrationsverket\w{0,2} kort\w{0,2}|\basylkort\w{0,3}|\bcedula\b|\bpesel\b|\bkimlik\b|\bdni\b|"
    r"\bid-?nummer\b|\bid-?nr\b|\bid\b(?=[ :]{1,3}(?:nr\b|nummer|[A-Z0-9]))|\bdoss(?:ier)?-?nr\b"
    r"|\bdokument(?:nummer|nr)?\b)"
)
_LICENCE_WORDS = (
    r"(?:\bkörkort\w{0,10}|\bkk-?nr\b|\btjänst(?:e|görings)?[- ]?(?:nummer|numret|nr|id|kort\w{0,6}|"
    r"legitimation\w{0,3}|bricka\w{0,2}|tecken)\b|"
    r"\b(?:yrkes|läkar|polis|sjuksköterske|psykolog|taxi\w{0,6}|vakt|väktar|förar)?leg(?:itimation)?(?:en|"
    r"s)?[-. ]?(?:nummer|numret|nr|kod|id)?\b|"
    r"\bbadge\w{0,3}|\bbrick(?:a|an|nummer|numret|nr)\b|\bpolisbricka\w{0,2}|\b(?:polis|personal|medarbetar|"
    r"användar|kort|signatur|kollegie|förskrivar|arbetsplats|vakt)[- ]?(?:id|nummer|numret|nr|kod\w{0,2})\b|"
    r"\b\w{0,10}licens(?:nummer|nr|en|numret)?\b|\banställn?ings?[- ]?(?:nummer|numret|nr|id)\b|"
    r"\banst\.? ?(?:nr|id)\b|\bhsa-?id\b|\bförordnande\w{0,8}|\bordningsvakt\w{0,8}|"
    r"\b(?:tolk|auktorisations|behörighets|intygs|yrkes|enhets|handläggar|utredar|chaufför|"
    r"förar)\w{0,4}[- ]?(?:id|nummer|numret|nr)\b|\b(?:uniform|namnskylt|axelklaff)\w{0,3}|\bkonstapel\w{0,2}|"
    r"\bvakt(?:en|bolag\w{0,3})?\b(?=[^\d\n]{0,15}(?:nr|nummer|id))|\bväktar\w{0,6}|\bskyddsvakt\w{0,6}|"
    r"\bpid\b|\bcertifikat\w{0,8}|\bpasserkort\w{0,8}|\bid06\b|\byrkeskort\w{0,3}|\bförarbevis\w{0,3}|"
    r"\bmedlems(?:nummer|nr|kort\w{0,2})\b|"
    r"\bpolis(?:en|man|mannen|kvinnan|assistent\w{0,2}|inspektör\w{0,2})? (?:med )?(?:nr|nummer|id|bricka)\b|"
    r"\btillstånds(?:nummer|bevis|nr)\b)"
)
_PASSPORT = re.compile(rf"(?i:{_PASSPORT_WORDS}){_BETWEEN}{_VALUE}")
_LICENCE = re.compile(rf"(?i:{_LICENCE_WORDS}){_BETWEEN}{_VALUE}")
_ROLE = (
    r"(?:sjuksköterska|undersköterska|psykolog|läkare|tandläkare|barnmorska|kurator|fysioterapeut|psykoterapeut|"
    r"apotekare|logoped|arbetsterapeut)"
)
# An officer's number right after the word, without a word for number.
_OFFICER = re.compile(
    r"(?<![^\W_])(?:(?:polis|konstapel|ordningsvakt|skyddsvakt|väktare|vakt|ov)(?:en|n)?,?"
    rf" (?:hade |med |har )?(?:nr\.? ?|nummer )?|leg(?:\.|itimerad)? {_ROLE},? (?:nr\.? ?)?)"
    r"(?P<value>\d{4,7})(?![\d.:-])(?! \d)",
    re.IGNORECASE,
)
_SHORT_ID = re.compile(
    r"(?<![^\W_])(?:hsa-? ?id|pers\.? ?id)[: ]{1,3}(?:är )?(?P<value>(?=[a-z]{0,6}\d)[a-z0-9]{3,12})(?![^\W_])",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?<![^\W_])(?!(?:nr|är|id|på|om|av|en|kl|ca|de|vi|ni|no)\b)[a-z]{2} ?\Z", re.IGNORECASE)
_SERVICE = frozenset({"11414", "11313", "112", "1177"})
_HSA = re.compile(r"(?<![^\W_])SE\d{10}-[A-Z0-9]{3,8}(?![^\W_])", re.IGNORECASE)
_BARE_PASSPORT = re.compile(r"(?<![^\W_])(?:(?:[A-Z]{2,3} )?[A-Z]{1,2}\d{7,8}|\d\d[A-Z]{2}\d{5})(?![^\W_])")
# Codes in the shape of a badge or licence; the looser shapes only near somebody who carries one.
_CODED = re.compile(r"(?<![^\W_])[A-ZÅÄÖ]{1,2}-\d{4,7}(?:/\d{1,3})?(?![\d-])")
_LOOSE_CODE = re.compile(r"(?<![^\W_])(?:[A-ZÅÄÖ]{1,3} \d{4,7}(?:[/ ]\d{2,4})?|\d{3}-\d{4})(?![\d-])")
_BEARER = re.compile(
    r"polis|vakt|väktar|konstapel|patrull|inspektör|sköterska|läkare|legitim|brick|badge|tjänst|tolk|advokat|"
    r"chaufför|förar|taxi|handläggare|licens|certifi|körkort|psykolog|uniform",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r" ?(?:år|månader|dagar|veckor|gånger|ggr|st\b|kr\b|kronor|barn|%|timmar|min\b|minuter|poliser|maj|juni|"
    r"juli|aug|sept|okt|nov|dec|jan|feb|mars|apr)|:\d\d"
)


def detect(view: str) -> Iterator[Found]:
    """Yield the number that follows the word for a document; a bare one only in the shape of a passport."""
    for pattern, kind, least in ((_PASSPORT, Kind.PASSPORT_ID, 5), (_LICENCE, Kind.LICENSE_OR_BADGE, 4)):
        for match in pattern.finditer(view):
            digits = sum(char.isdigit() for char in match["value"])
            if digits >= least and not _UNIT.match(view, match.end()) and not _is_year(match["value"]):
                prefix = _PREFIX.search(view, max(0, match.start("value") - 4), match.start("value"))
                yield Found(kind, prefix.start() if prefix else match.start("value"), match.end("value"))
    for pattern in (_OFFICER, _SHORT_ID):
        for match in pattern.finditer(view):
            value = match["value"]
            if value not in _SERVICE and not _UNIT.match(view, match.end()) and not _is_year(value):
                yield Found(Kind.LICENSE_OR_BADGE, match.start("value"), match.end("value"))
    for match in _HSA.finditer(view):
        yield Found(Kind.LICENSE_OR_BADGE, match.start(), match.end())
    for match in _CODED.finditer(view):
        yield Found(Kind.LICENSE_OR_BADGE, match.start(), match.end())
    for match in _LOOSE_CODE.finditer(view):
        if _BEARER.search(view, max(0, match.start() - 40), match.start()) and not _UNIT.match(view, match.end()):
            yield Found(Kind.LICENSE_OR_BADGE, match.start(), match.end())
    for match in _BARE_PASSPORT.finditer(view):
        yield Found(Kind.PASSPORT_ID, match.start(), match.end())


def _is_year(value: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?", value) is not None
