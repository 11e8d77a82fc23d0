"""Last net: numbers and codes that no other detector could name are still somebody's.

Ordinary numbers of the field have shapes of their own (sums, dates, times, counts with a unit, laws, scores), so what
is long and has none of those shapes is taken for an identifier. Short ones only after a word for number.
"""

import re
from collections.abc import Iterator

from bot.privacy.detectors.number_words import NUMBER
from bot.privacy.detectors.phone import is_impersonal
from bot.privacy.names import vocabulary
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_RUN = Pattern(r"(?<![\d:§])\d{9,}(?! ?(?:kr\b|kronor|sek\b|miljon|euro|dollar))", re.IGNORECASE)
_GROUPED = Pattern(r"(?<!\d)\d(?:[ \-./]?\d){11,40}(?!\d)")
# Digits in groups, letters glued on or joined by a mark, capital letters in front.
_CODE = Pattern(
    r"(?<![^\W_])(?<![@.#&=][\w])(?P<lead>(?:[A-ZÅÄÖ]{1,5}|[A-ZÅÄÖ][a-zåäö])(?:[-/][A-Z]{1,3})?[ \-/:.]{1,2}|)"
    r"(?P<body>[A-Za-zÅÄÖåäö]{0,5}\d[A-Za-zÅÄÖåäö0-9]{0,14}"
    r"(?:(?:[-/:._]{1,2}| [-/] )(?![A-Za-zÅÄÖåäö]{6})[A-Za-zÅÄÖåäö0-9]{1,12}| (?:\d{2,8}|"
    r"\d(?![^\W_]))[A-Z]{0,2}(?![^\W_])){0,7})"
    r"(?P<tail> [A-ZÅÄÖ]{2,4}(?![^\W_]))?(?![^\W_])"
)
_LINK = Pattern(r"(?:https?://|www\.)[^\s<>\"']{3,300}", re.IGNORECASE)
_MOST = 400  # codes looked at in a message
_DATE = (
    r"(?:(?:19|20)\d\d[-./ ]?(?:0?[1-9]|1[0-2])[-./ ]?(?:0?[1-9]|[12]\d|3[01])"
    r"|\d\d[-./]?(?:0[1-9]|1[0-2])[-./]?(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./ ]{1,2}(?:0?[1-9]|1[0-2])[-./ ]{1,2}(?:(?:19|20)?\d\d)?|(?:19|"
    r"20)\d\d[-./](?:0?[1-9]|1[0-2])"
    r"|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/](?:19|20)\d\d)"
)
_TIME = r"(?:(?:[01]?\d|2[0-4])(?:[.:][0-5]\d){1,2})"
_CLOCK = r"(?:[01]\d|2[0-4])[0-5]\d"
_YEARS = r"(?:1[89]|20)\d\d"
_ORDINARY = re.compile(
    rf"(?:{_DATE}|{_TIME}|{_YEARS})(?: ?(?:[-/ ]|--) ?(?:{_DATE}|{_TIME}|{_YEARS}|{_CLOCK})){{0,3}}"
    rf"|{_CLOCK}(?: ?- ?{_CLOCK})?|\d{{1,2}}(?:[ /.-]{{1,3}}\d{{1,2}}){{0,7}}"
    r"|\d{1,3}(?:[ .]\d{3})*[ .]?000|\d{1,3}(?:[ .]\d{3})|\d+00(?: ?[-/] ?\d+00)?"  # sums and counts
    r"|\d{1,3} ?- ?\d{1,3}(?:[ .]\d{3})+|\d{1,3}[-/]\d{1,3}|"
    r"\d{1,2}(?:[.:-]\d{1,2}){1,4}"  # blood pressure, scores, versions
    rf"|{_YEARS}(?:/\d\d)?:\d{{1,4}}|{_YEARS}/\d\d(?:\d\d)?|{_YEARS}/\d{{1,4}}/(?:EU|EG|"
    rf"RIF)"  # laws, bills, school years
    r"|(?:16)?\d{2}[2-9]\d{3}-\d{4}"  # organisations
    r"|\d{1,3}(?:[.,]\d{1,2})?[A-Za-zåäö]{1,5}|[A-Za-z]{1,2}\d{1,2}(?:\.\d)?"
)
_UNIT = re.compile(
    r" ?(?:/ ?(?:mån|vecka|v\b|år|dag|h\b|tim|st\b|kvm|pers)|kr\b|kronor|sek\b|spänn|tkr\b|:-|:?an?\b|miljon|"
    r"euro|eur\b|€|\$|dollar|usd|pund|år\b|åring|timm|"
    r"tim\b|min\b|minut|"
    r"sek\b|sekund|dag|dygn|veck|månad|mån\b|kvinn|män\b|barn|personer|person\b|människ|pers\b|fall\b|anmäl|brott|ggr|"
    r"gånger|st\b|stycken|meter|km\b|mil\b|m\b|m2|kvm|cm\b|mm\b|kg\b|g\b|gram|mg\b|ml\b|liter|%|procent|"
    r"promille|grad|°|"
    r"följare|sms\b|meddeland|samtal|bilder|foton|steg\b|poäng|i månaden|i veckan|om dagen|per\b|poliser|"
    r"hushåll|elever|"
    r"invånare|platser|lägenhet|euros|bitcoin|lira|dinar|mb\b|gb\b|kbit|watt|kcal|ord\b|tecken|rader|sidor)",
    re.IGNORECASE,
)
_NOT_A_CODE = re.compile(
    r"(?:SFS|SOSFS|HSLF|FS|AFS|SKOLFS|FFS|RPSFS|PMFS|SOU|DS|NJA|RH|HFD|RÅ|MÖD|AD|MIG|PROP|BET|RSKR|SKR|DIR|KL|TEL|TFN|"
    r"SKV|ISO|ICD|KVÅ|DSM|EU|EG|GDPR|V|NR|S|SID|ART|KAP|CA|TIL|I|OM|ORG|CE|BT|VAS|IQ|HB|(?:Ju|So|Af|Fö|Fi|Sk|Ku|"
    r"Ub|Kr|Mj)U\d|CRP|KR|SEK|EUR|USD|"
    r"BLANKETT|LAG|RFV)"
    r"[ \-/:.]{0,2}",
    re.IGNORECASE,
)
_LAW_BEFORE = re.compile(
    r"(?:\b(?:SFS|SKV|prop|bet|rskr|skr|dir|SOU|lag(?:en)?|förordning(?:en)?|blankett(?:en)?|organisationsnummer|"
    r"org\.? ?nr|"
    r"orgnr|skuld\w{0,5}|lön\w{0,3}|hyra\w{0,2}|totalt|cirka|ca|över|nästan|minst|ungefär|typ|runt|buss|linje|flight|"
    r"version|kronor|kr|sek|euro|kostar|kostade|betalar?|tjänar|lånat?|för)\.?|[§(])[ (:]{0,2}\Z",
    re.IGNORECASE,
)
_CUED = Pattern(
    r"(?:\b\w{0,20}(?:nr|nummer|numret|numrt|nummret)\b\.?|\b(?:ankn|anknytning|id|kod|koden|pin-?kod\w{0,3}|"
    r"pin|cvc|cvv2?|cvc2|"
    r"cvv-kod|cvc-kod)\b\.?)(?: (?:till|på|för|i|hos|av|från) (?:[a-zåäö]{2,14} ?){1,2})?"
    r"(?: (?:är|var|blev|va|e|hade|har|fick|som|skulle vara|tror jag|typ|lyder|stod|står))?[ :=#(\n]{1,3}"
    r"(?P<value>[A-Za-z]{0,3}[ -]?\d{2,8}(?:[- ]\d{1,4}){0,3})(?![\w.:/-]|,\d)",
    re.IGNORECASE,
)
_CUED_SPELT = Pattern(
    rf"\b(?:\w{{0,20}}(?:nr|nummer|numret|id|koden?|brickan?)|ankn\w{{0,9}})\b\.?(?: (?:är|var|e|hade|stod|står|"
    rf"på))?[ :]{{1,2}}"
    rf"(?P<value>{NUMBER}(?:[ ,]{{1,2}}{NUMBER}){{2,12}})(?! (?:gånger|kr|kronor|år|dagar|veckor|månader|barn))",
    re.IGNORECASE,
)
_CALLED = re.compile(r"blankett|formulär|buss|linje|kapitel|tåg|spår|gate|kanal|kön|kö\b|avsnitt|org", re.IGNORECASE)
_SECRET = re.compile(r"pin|cv[cv]", re.IGNORECASE)


def detect(view: str) -> Iterator[Found]:
    """Yield digit runs, groups and codes that look like nothing ordinary."""
    for pattern in (_RUN, _GROUPED):
        for match in pattern.finditer(view):
            if not _ORDINARY.fullmatch(match[0]):
                yield Found(Kind.CASE_NUMBER, match.start(), match.end())
    links = [match.span() for match in _LINK.finditer(view)]  # url_profile judges those
    for number, match in enumerate(_CODE.finditer(view)):
        if number >= _MOST:
            break
        span = _code(view, match)
        if span and not any(start <= span[0] < end for start, end in links):
            yield Found(Kind.CASE_NUMBER, *span)
    for match in _CUED_SPELT.finditer(view):
        yield Found(Kind.CASE_NUMBER, match.start("value"), match.end("value"))
    for match in _CUED.finditer(view):
        value = match["value"]
        digits = sum(char.isdigit() for char in value)
        secret = _SECRET.search(match[0]) is not None
        if (
            (digits >= 4 or secret)
            and (secret or not (re.fullmatch(_YEARS, value) or is_impersonal(value)))
            and not _UNIT.match(view, match.end())
            and not _CALLED.search(view, max(0, match.start() - 12), match.start("value"))
            and not (value.endswith("000") or (value[0].isalpha() and value[1:2] == " " and digits < 4))
        ):
            yield Found(Kind.CASE_NUMBER, match.start("value"), match.end("value"))


def is_ordinary(view: str, start: int, end: int) -> bool:
    """Whether view[start:end] has the shape of a time, a date, a sum or a count, which seldom identifies anybody."""
    return _ORDINARY.fullmatch(view, start, end) is not None


def is_counted(view: str, start: int, end: int) -> bool:
    """Whether a unit after view[start:end] or a word before it says that it counts something or is a law."""
    law = _NOT_A_CODE.match(view, start, end)
    return bool(
        _UNIT.match(view, end)
        or (law and view[law.end() : law.end() + 1].isdigit())
        or _LAW_BEFORE.search(view, max(0, start - 22), start)
    )


def identifies(rest: str) -> bool:
    """Whether what is left of a code beside another find is more than a word, a count or a time."""
    if re.fullmatch(r"[-/][A-Z0-9]{1,4}|[A-ZÅÄÖ]{1,2} ?|\d{2,4}[-/]", rest):
        return True
    rest = rest.strip(" -/:._")
    return sum(char.isdigit() for char in rest) > 2 and not _ORDINARY.fullmatch(rest)


def _code(view: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The span of a code, or None when the match is something ordinary."""
    lead, body = match["lead"], match["body"]
    start, end = match.start("body"), match.end("body")
    if lead and not _is_lead(lead, view):
        lead = ""
    digits = sum(char.isdigit() for char in body)
    letters = sum(char.isalpha() for char in lead + body)
    groups = re.findall(r"\d+", body)
    if digits < 5 and not (digits == 4 and letters >= 2 and (lead + body).count("-") >= 2):
        return None
    if letters == 0 and is_impersonal(body):
        return None
    if _ORDINARY.fullmatch(body) or _UNIT.match(view, end) or re.search(r"[A-Za-zÅÄÖåäö]{6}", body):
        return None
    if _NOT_A_CODE.match(match["lead"] + body) or _LAW_BEFORE.search(view, max(0, start - 22), start):
        return None
    if max(map(len, groups)) < 3 and letters == 0:
        return None
    if letters == 0 and digits < 6 and not re.fullmatch(r"\d{4,6}[-/]\d{1,2}|\d{1,2}[-/]\d{4,6}|\d{3}-\d{3,5}", body):
        return None
    if letters == 0 and digits == 6 and len(groups) == 1 and body.endswith("00"):
        return None
    if letters and re.fullmatch(r"[a-zåäö]{2,5}\d{1,8}|\d+[a-zåäö]+", body) and digits < 6:
        return None
    first = match.start("lead") if lead else start
    return first, (match.end("tail") if (match["tail"] and "/" in body) or (match["tail"] and ":" in body) else end)


def _is_lead(lead: str, view: str) -> bool:
    """Whether letters before a code belong to it rather than being a word of the sentence."""
    word = lead.strip(" -/:.")
    return not (lead.endswith(" ") and (view.isupper() or (vocabulary.is_ordinary(word.lower()) and len(word) > 1)))
