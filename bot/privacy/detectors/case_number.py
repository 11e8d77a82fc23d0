"""Case numbers: police (K-), prosecutor (AM-), court (B, T, M ...), diary and case numbers after a cue.

References to law stay ("SFS 2001:453", "prop. 2023/24:31", "19 kap. 1 §").
"""

import re
from collections.abc import Iterator

from bot.privacy.detectors.number_words import NUMBER
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_POLICE = Pattern(
    r"(?<![^\W_])(?:\d{4} ?[- ] ?|\d{4})?K ?-? ?\d{3,7}(?: ?[-/] ?\d{2,6}|[ ]\d{2,4}){1,3}(?!\d)"
    r"|(?<![^\W_])\d{4} ?- ?K[ -]{0,2}\d\d(?: \d\d){1,3}[- /]\d\d(?!\d)"
    r"|(?<![^\W_])(?:\d{4}-)?\d{4}-BG ?\d{2,7}(?:-\d{1,4}){0,2}(?!\d)"
    r"|(?<![^\W_])\d{4}-K(?=[^\w\n])(?:[^\d\n]{1,12}\d{3,7}-\d\d)?",
    re.IGNORECASE,
)
# A plan of archives in front, as registries write it: "3.5.1-11832/2026-4".
_REGISTRY = Pattern(
    r"(?<![\w.-])20[12]\d-[A-ZÅÄÖ]{2,4}-\d{2,6}(?!\d)|"
    r"(?<![\w.])\d{1,2}(?:\.\d{1,3}){1,4}[- ]{1,2}\d{2,7}/(?:20)?\d\d(?:-\d{1,4})?(?!\d)"
)
# "2026:00417 BOU": a year, a running number and a department.
_YEAR_AND_UNIT = Pattern(r"(?<![\w:.-])20[12]\d[:/-]\d{3,7} [A-ZÅÄÖ]{2,4}(?![^\W_])")
_SPELT = Pattern(
    rf"(?<!\w)(?:(?:femtusen[ -]{{1,2}}|{NUMBER}[ -]{{1,2}}){{0,4}}|\d{{4}}[ -]?)(?:k|b|t|ö|ä|a ?m|"
    rf"um)[ -]{{1,2}}(?:{NUMBER}[ ,-]{{1,3}}){{2,9}}"
    rf"(?:(?:streck|bindestreck|snedstreck)[ ,]{{1,2}})?{NUMBER}",
    re.IGNORECASE,
)
_POLICE_SHORT = Pattern(r"(?<![^\W_])(?:\d{4}-?K|K-|K)\d{4,9}(?![\d])", re.IGNORECASE)
_PROSECUTOR = Pattern(
    r"(?<![^\W_])AMR?[- ]{0,3}\d{2,3}(?: \d{2,3}){1,3} ?[-/] ?\d{2,4}(?!\d)|"
    r"(?<![^\W_])(?:AM|AMR|C)[- ]{0,3}\d{3,7} ?[-/ ] ?\d{2,4}(?!\d)|(?<![^\W_])C-\d{1,3}(?:-\d{1,4}){2,3}(?!\d)",
    re.IGNORECASE,
)
_COURT = Pattern(
    r"(?<![^\W_])(?:B|T|Ö|Ä|M|P|FT|K|UM|PMT|PMÄ|F|Å|U)[ -]?(?:\d{1,3}-)?\d{2,6}[-/]\d{2}(?:\d\d)?(?:/\d{2,4})?(?!\d)"
    r"|(?<![^\W_])(?i:b|t|ö|ä|um|ft|pmt|öä)[ -]?\d{2,6}-(?:1[5-9]|2\d)(?![\d-])"
    r"|(?<![^\W_])ÖÄ[ -]?\d{2,6}[-/]\d{2}(?!\d)"
    r"|(?<![^\W_])(?:B|T|Ö|Ä|M|FT|UM|PMT)[ -]?\d{3,6} [-/] \d{2}(?!\d)"
)
_AUTHORITY = Pattern(
    r"(?<![^\W_])([A-ZÅÄÖ]{1,5}|[A-ZÅÄÖ][a-z]{1,2}[A-Z]{1,2})[ -]?\d{1,6}(?:-\d{2,6}|"
    r"/\d{4,6})(?!\d)(?![-/]\d)(?! ?(?:år|kr\b))"
)
_NOT_AUTHORITY = frozenset(
    ["EU", "EG", "SFS", "SOU", "DS", "SOSFS", "HSLF", "AFS", "SKOLFS", "PROP", "TEL", "TFN", "NR", "KL", "RING", "BRIS"]
)
_AGENCIES = frozenset(["FK", "AF", "CSN", "SKV", "MIV", "BUP", "SOC", "IVO"])
_CUE = (
    r"(?:(?:ärende|diarie|mål|akt|dossier|referens|anmälnings|anmälan|remiss|journal|besluts?|beteckning|"
    r"klient|kund|patient|utrednings|brukar|skade|remiss|kontroll|boknings|beslags|protokolls|barnavårds|kö|"
    r"inlägg|besöks|kollegie|avvikelse|ansökan|ansöknings|polis)"
    r"s?[- ]?(?:nummer|numret|nr|id|beteckning)\.?|\bdnr|\bdiarienr|\bärendenr|\bmålnr|\bmål(?: nr| nummer)\b|"
    r"\bärende|\bdossier(?:nr)?|\bref\b|"
    r"\b(?:case|file|report|reference|ticket)(?: (?:number|no\.?|nr|id))?(?=[ :]{1,3}[\w#]{0,6}\d)|\bd\.? ?nr|"
    r"\bpersonakt(?:en)?|"
    r"\bavvikelse(?:n)?|\bfu(?:p|-protokoll(?:et)?)|\b\w{0,14}utredning(?:en)?(?= \d{2}/)|\bdiariet|"
    r"\b(?:hyresnämnden|skolinspektionen|brottsoffermyndigheten)s?(?=[ :])|\b(?:DO|JO|IVO|"
    r"CSN)(?::s)?(?= (?-i:[A-Z]{0,4} ?)(?:\d{5,}|\d{1,5}[-/]))|"
    r"\bä-?nr|\bpolisanmälan(?: nr)?|\banmälan(?: nr)?|\bdiarief\w+|\bk-?nummer|\bk-?nr)"
)
_CUED = Pattern(
    rf"{_CUE}(?:et)?(?: (?:hos|på|för|i|vid|från|till|"
    rf"av) [a-zåäö]{{2,20}}(?=[ :]{{1,2}}(?-i:[A-ZÅÄÖ0-9])))?[ .:#(]{{0,3}}(?:är|ett|fått numret|"
    rf"har fått numret|med nr|med nummer|nr|har(?: nummer|"
    rf" nr)?|heter|=|:)?[ .:#]{{0,3}}"
    r"(?P<value>(?:(?:(?-i:[A-ZÅÄÖ])[A-ZÅÄÖa-zåäö]{0,7}|[a-zåäö]{1,4})[- /.]{0,2})?(?=[^\s]{0,12}\d)"
    r"[A-ZÅÄÖa-zåäö0-9][A-Za-zÅÄÖåäö0-9]{0,14}(?:[-/.:][A-ZÅÄÖa-zåäö0-9]{1,10}){0,4}"
    r"(?: (?=\d{2,4}[- /.]|\d{3,}\b)\d{2,7}(?:[-/]\d{2,5})?){0,2})",
    re.IGNORECASE,
)
# Words that also stand before a year or a count: only a long number after them names a case.
_WEAK_CUED = Pattern(
    r"\b(?:arende\w{0,3}|ärende\w{0,3}|förundersökning(?:en)?|utredning(?:en)?|akt(?:en)?|referens(?:en)?|"
    r"beteckning(?:en)?|"
    r"anmälan|beslut(?:et)?|fu)(?: är| har| med| fått| har fått)?(?: nummer| numret| nr\.?| id)?[ :#(]{1,3}"
    r"(?P<value>(?:[A-ZÅÄÖ]{1,4}[- ]?)?\d{1,9}(?:[-/:.]\d{1,10}){0,2}(?:-(?-i:[A-ZÅÄÖ]{1,4}))?)(?![\w-])"
    r"(?! ?(?:kr\b|kronor|dagar|gånger|år\b|st\b))",
    re.IGNORECASE,
)
_COURT_WORD = r"(?:tings|hov|förvaltnings|kammar|mark)\w{0,9}rätt\w{0,4}"
_COURT_CUED = Pattern(
    rf"(?:mål\w{{0,9}}|{_COURT_WORD})[^\d\n]{{0,12}}?(?<![^\W_])"
    r"(?P<value>(?:(?:b|t|ö|ä|m|p|ft|k|um|pmt|"
    r"pmä)[ -]?)?(?:\d{1,3}-)?\d{2,6}[-/ ]\d{2}(?:\d\d)?(?: (?-i:[A-Z])(?![^\W_]))?)(?![\d-])(?! ?(?:kr|"
    r"år))",
    re.IGNORECASE,
)
_BEFORE_COURT = Pattern(
    rf"(?<![\w-])(?P<value>(?:(?:b|t|ö|ä|m|p|ft|k|um|pmt|pmä) )?\d{{2,6}}[-/]\d{{2}})(?!\d)(?= (?:i|vid|"
    rf"hos) [\w ]{{0,20}}{_COURT_WORD})",
    re.IGNORECASE,
)
# A year and a running number: hardly anything but a diary number has that shape. A law has a colon ("2001:453").
_DIARY = Pattern(
    r"(?<![\w:.-])(?:(?i:sn|ifo|soc|bun|buf|fsk|ks|kn|vo|äo|sdn|ivo|fn|gn|un|uan|af|"
    r"fk)[ -/]{1,2})?20[12]\d[-/](?P<number>\d{3,7})(?:-\d{1,3})?(?![\d-])(?! ?(?:kr\b|års))"
)
_YEAR_OR_DAY = re.compile(r"(?:19|20)\d\d|(?:0\d|1[0-2])(?:[0-2]\d|3[01])")
_BILL = re.compile(
    r"(?:direktiv\w{0,3} \(?|förordning\w{0,3} \(?|\(?EU\)? ?|prop|bet|rskr|SOU|SFS|lag|"
    r"riksmötet|läsåret|årsskiftet)\.? ?\Z",
    re.IGNORECASE,
)
# The Migration Agency's numbers; short enough to need a word near them.
_MIGRATION = Pattern(r"(?<![\w.-])\d{2}-\d{3} ?\d{3}(?:-\d)?(?![\d-])")
_MIGRATION_NEAR = re.compile(r"migra|mig\b|beteckning|dossier|ärende|lma|asyl|dnr", re.IGNORECASE)
_EXHIBIT = Pattern(r"\b(?:aktbil(?:aga)?|ab)\.? (\d{1,4})(?= i (?:mål|ärende))", re.IGNORECASE)
_HANDLED = Pattern(
    r"\b\w{0,20}(?:ärende|anmälan|journal|utredning|avvikelse|lex (?:sarah|maria))(?:t|et|n|en)?[ :]{1,2}"
    r"(?:(?:med|nr|nummer|hos|på|från|vid|till)\.? [a-zåäö]{0,16} ?){0,2}(?P<value>\d{4,9}(?:[-/]\d{1,6}){1,2}|"
    r"\d{2}-\d{4,7}|\d{6,9})"
    r"(?![\d-])(?! ?(?:kr\b|kronor|år\b))",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"(?:SFS|SOU|Ds|prop\.?|bet\.?|dir\.?|skr\.?|SOSFS|NJA|HFD|RH)[ :]?(?:19|20)\d\d", re.IGNORECASE)
_LAW = re.compile(r"(?:SFS|prop\.?|bet\.?|SOU|Ds|NJA|HFD|lag(?:en)? \(?|förordning \(?)\s?\Z", re.IGNORECASE)
_TOO_SHORT = re.compile(
    r"\A(?:\d{1,2}[.:]\d\d|\D*\d\D*|\D*\d\d\D*|\d{1,2}/\d{1,2}|(?:19|20)\d\d(?:-?(?:0\d|"
    r"1[0-2])(?:-?[0-3]\d)?)?)\Z"
)

_COUNTED = re.compile(r" ?(?:gånger|ggr|kr\b|kronor|dagar|veckor|månader|år\b|st\b)", re.IGNORECASE)
# "ärendet från 2024-03-12", "anmälan kl 14.30".
_TIME_WORD = re.compile(r"\A(?:sen|sedan|från|kl|den|till|före|efter|om|ca)\.? ", re.IGNORECASE)


def detect(view: str) -> Iterator[Found]:
    """Yield case numbers."""
    for pattern in (_POLICE, _POLICE_SHORT, _REGISTRY, _YEAR_AND_UNIT, _SPELT, _PROSECUTOR, _COURT):
        for match in pattern.finditer(view):
            yield Found(Kind.CASE_NUMBER, match.start(), match.end())
    for match in _AUTHORITY.finditer(view):
        if match[1].upper() not in _NOT_AUTHORITY and sum(char.isdigit() for char in match[0]) >= 5:
            named = (
                match[1] in _AGENCIES and view[match.end(1)] == " "
            )  # "dnr hos FK 4471-2026": the agency itself may stay
            yield Found(Kind.CASE_NUMBER, match.end(1) if named else match.start(), match.end())
    for pattern in (_COURT_CUED, _BEFORE_COURT):
        for match in pattern.finditer(view):
            yield Found(Kind.CASE_NUMBER, match.start("value"), match.end("value"))
    for match in _DIARY.finditer(view):
        before = view[max(0, match.start() - 14) : match.start()]
        if not _YEAR_OR_DAY.fullmatch(match["number"]) and not _BILL.search(before):
            yield Found(Kind.CASE_NUMBER, match.start(), match.end())
    for match in _MIGRATION.finditer(view):
        if _MIGRATION_NEAR.search(view, max(0, match.start() - 50), match.end() + 30):
            yield Found(Kind.CASE_NUMBER, match.start(), match.end())
    for match in _EXHIBIT.finditer(view):
        yield Found(Kind.CASE_NUMBER, match.start(1), match.end(1))
    for match in _HANDLED.finditer(view):
        if not _TOO_SHORT.match(match["value"]):
            yield Found(Kind.CASE_NUMBER, match.start("value"), match.end("value"))
    for match in _WEAK_CUED.finditer(view):
        value = _TIME_WORD.sub("", match["value"])
        named = value[-1].isalpha() and len(value) > 5
        enough = named or sum(char.isdigit() for char in value) >= 5
        if enough and not _TOO_SHORT.match(value) and not _PRINTED.match(value):
            yield Found(Kind.CASE_NUMBER, match.start("value"), match.end("value"))
    for match in _CUED.finditer(view):
        value = _TIME_WORD.sub("", match["value"])
        if (
            not _COUNTED.match(view, match.end())
            and not _TOO_SHORT.match(value)
            and not _PRINTED.match(value)
            and not _LAW.search(view, max(0, match.start() - 12), match.start("value"))
        ):
            yield Found(Kind.CASE_NUMBER, match.start("value"), match.end("value"))
