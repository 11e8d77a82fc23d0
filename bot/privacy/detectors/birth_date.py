"""Full birth dates of a person.

A date alone may be an event ("polisanmäldes 2024-03-12"), so a date is taken when something near it speaks of birth or
it stands right after a person, and left where something near it speaks of an event.
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_MONTHS = [
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
]  # fmt: skip
_MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zå]{0,6}\.?"
_YEAR = r"(?:19|20)\d\d"
_DATE = (
    rf"(?:{_YEAR}[-./ ]?(?:0[1-9]|1[0-2])[-./ ]?(?:0[1-9]|[12]\d|3[01])"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?::?(?:te|de|[eai]))?[ ]?{_MONTH}[ ,]{{0,2}}(?:år )?(?:{_YEAR}|-?\d\d(?!\d))"
    rf"|(?:0?[1-9]|[12]\d|3[01]) ?[-./] ?(?:0?[1-9]|1[0-2]) ?(?:[-./ ]|, ?| år ?) ?(?:{_YEAR}|\d\d))"
)
_SHORT = r"\d\d[-. ]?(?:0[1-9]|1[0-2])[-. ]?(?:0[1-9]|[12]\d|3[01])"
_BIRTH = (
    r"(?:född(?:a|es)?|\bföd\b|\bfod+\b|\bf ?(?=-\d)|fyll(?:er|de|t)(?: år)?|till världen|fødd|fött|föddes"
    r"|fødselsdato|geboren|geburtsdatum|\bbirthday\b|\bnaissance\b|\bbirth date\b"
    r"|f[öo]d?d?e?l?s?e?[- ]?(?:datum|dat\b|dag|data\b|tid\b|nummer|nr\b|uppgift)|\d\d-?årsdag|"
    r"\bf-?dat(?:um)?\b|nedkom|\bbebis\w{0,2} kom|\bbday\b|\bb-day\b"
    r"|\bförlöst\b|\bfd\.?(?=[ :]{1,2}\d{6})"
    r"|\bf(?:öd)?[-. ]?dag\b|\bf[.:](?!d\.)|\bf(?=[ =:>–-]{0,4}\d)|\bd\.?o\.?b\b|date of birth|\bborn\b)"
)
# Orders that only a word about birth makes a date of.
_TURNED = (
    rf"(?:-?{_YEAR}|-?\d\d),? (?:den )?\d{{1,2}}(?::?(?:te|[ea]))? {_MONTH}"
    rf"|{_MONTH} {_YEAR},? (?:den )?\d{{1,2}}(?::?(?:te|[ea]))?|\d{{1,2}}(?::?(?:te|"
    rf"[ea]))? i \d{{1,2}}(?::?(?:te|[ea]))?,? (?:{_YEAR}|"
    rf"-?\d\d)"
    rf"|\d{{1,2}}[-./]\d{{1,2}}[-./](?:{_YEAR}|\d\d)|{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}|"
    rf"\d{{1,2}} \d{{1,2}} (?:{_YEAR}|\d\d)"
    rf"|{_MONTH} (?:den )?\d{{1,2}}(?::?(?:te|[ea]))?[ ,]{{1,2}}(?:{_YEAR}|-?\d\d)|\d\d \d\d {_YEAR}"
)
_CUED = Pattern(
    rf"{_BIRTH}(?:[ :.]{{0,3}}\n[ ]?|(?:[^\d\n.]|\.(?! [A-ZÅÄÖ])){{0,25}}?)(?<!\d)((?:\bden )?(?:{_DATE}|{_TURNED}|"
    rf"{_SHORT}))(?![\d-]*\d)(?![^\W_])",
    re.IGNORECASE,
)
# The date first, what it means after it.
_BEFORE = Pattern(
    rf"(?<![\d/-])((?:(?:mån|tis|ons|tors|fre|lör|sön)dag )?(?:den )?(?:{_DATE}|{_SHORT}|\d{{1,2}}(?::?(?:te|"
    rf"[ea]))? {_MONTH}|"
    rf"\d{{1,2}}/\d{{1,2}}))"
    rf"(?=,? (?:är|var|e|va)? ?(?:(?:jag|hon|han|hen|min|hennes|hans|vi|de|dom|när|då) ){{0,2}}"
    rf"(?:född|fyller|fyllde|föddes|födelsedag|födelsedatum|fyllt|blir \d|blev \d|blir myndig|blev myndig))",
    re.IGNORECASE,
)
# "pnr 850312 och sen": the date alone, the rest not told.
_OF_NUMBER = Pattern(
    rf"\b(?:person(?:al)?[- ]?(?:num+er|nr|numret)|pers?\.? ?nr|pnr)[ :]{{1,3}}(?:är |e |börjar (?:på |med )?){{0,2}}"
    rf"((?:19|20)?{_SHORT})(?![\d+-])(?! ?[-+]? ?\d)",
    re.IGNORECASE,
)
_YEAR_APART = Pattern(
    r"\b(?:född|föddes|födda)(?: år)? ((?:19|20)?\d\d)(?![\d/-])(?! ?(?:år|mars|maj|jan|feb|apr|ju|aug|sep|okt|nov|"
    r"dec))"
)
_MASKED = Pattern(rf"(?<!\d)((?:19|20)?{_SHORT})[- ]?(?:[xX*#_?]{{3,4}}(?![^\W_])|(?:,|och)? ?sista fyra)")
_BARE = Pattern(rf"(?<![\d-])({_DATE})(?![-\d])(?! ?kl)", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:\b(?i:barn(?:et)?(?: \d)?|mak[ea]n?|fru(?:n)?|hustru(?:n)?|sambon?|kv|exet|ex-?man(?:nen)?|son(?:en)?|"
    r"dotter(?:n)?|flicka(?:n)?|pojke(?:n)?|tjej(?:en)?|kille(?:n)?|"
    r"kvinna(?:n)?|man(?:nen)?|klient(?:en)?|brukare(?:n)?|"
    r"patient(?:en)?|elev(?:en)?|bebis(?:en)?|mamma(?:n)?|pappa(?:n)?|syster|bror|tvilling\w{0,5}|yngsta|"
    r"äldsta|mellersta|ålder|år|(?:jag|hon|han|hen|som) (?:är|e|va|var)|född)|"
    r"\bbarn(?:en|a)?:? (?:heter )?[a-zåäö]{2,12}|"
    r"[A-ZÅÄÖ][a-zåäöé]+)(?: är)?[\s,:;([]{1,5}(?:typ |nr )?-?\Z|\d{6,8}[\s,;&]{1,3}(?:\w{1,8}[ ,]{1,2})?\Z"
)
_SIX = Pattern(rf"(?<![\d.+])(?<!\d-)({_SHORT})(?![\d\-.]\d|\d)(?! ?kl)")
_AGES = re.compile(r"1?\d/1?\d/1?\d")
_ARTICLE = re.compile(r"(?<=[ (:])den \Z", re.IGNORECASE)
_APPOINTMENT = re.compile(
    r"rätt|möte|förhör|\btid|dom\b|läkar|soc|lov\b|slut|flytt|hände|slog|slagit|åker|"
    r"resa",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"[ ,()]{1,3}(?:\d{1,2} år|(?:en |är )?(?:tjej|kille|flicka|pojke|kvinna|man|son|dotter|barn)\b)", re.IGNORECASE
)
_CHILD = re.compile(
    r"\b(?:tvilling\w{0,5}|bebis(?:en)?|son(?:en)?|dotter(?:n)?|flicka(?:n)?|pojke(?:n)?)[ (:]{1,3}\Z", re.I
)
_EVENT = re.compile(
    r"\b(?:sedan|sen|gift\w{0,3}|skild\w{0,3}|kom|flydd\w|flytt\w{1,6}|anmäl\w{0,8}|polisanmäl\w{0,8}|dom|"
    r"domen|beslut\w{0,3}|träff\w{1,6}|hände\w{0,3}|från|den|möte\w{0,2}|lag(?:en)?|"
    r"tid|bokad?|inflytt\w{0,5}|inskriven|förhör|rättegång\w{0,3}|senast|till|datum|brott\w{0,5}|slog|slagit|"
    r"natten|kvällen|dog|avled|inkom|upprättad|journal\w{0,12})\b[^.!?\n]{0,25}\Z",
    re.IGNORECASE,
)
_SPELT_MONTHS = "|".join(_MONTHS)
_ORDINAL = (
    r"(?:första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|elfte|tolfte|trettonde"
    r"|fjortonde|femtonde|"
    r"sextonde|sjuttonde|artonde|nittonde|tjugo ?(?:första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde)|"
    r"tjugonde|trettio ?första|trettionde)"
)
# A birthday without its year, right after the word for it.
_BIRTHDAY = Pattern(
    rf"\b(?:föd(?:d|elsedag\w{{0,2}})|bday|f-?dag|fyll(?:er|de|t)(?: år| \d{{1,2}}(?: år)?)?|bl(?:ir|"
    rf"ev) \d{{1,2}}(?: år)?)"
    rf"(?:(?: är| den| på| infaller|:| =){{0,2}} |[^\d\n.!?:;]{{1,30}} )"
    rf"((?:den )?(?:(?:\d{{1,2}}(?::?(?:te|[ea]))?|{_ORDINAL}) (?:{_SPELT_MONTHS}|{_MONTH})|"
    rf"\d{{1,2}}[/.]\d{{1,2}}(?: \d\d)?"
    rf"|{_ORDINAL} (?:i )?{_ORDINAL}))(?![\w/])",
    re.IGNORECASE,
)
_UNIT = r"(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)"
_CARDINAL = (
    rf"(?:(?:nitton ?hundra|tjugo ?hundra|två ?tusen) ?(?:noll ?)?\w{{0,14}}|noll ?{_UNIT}|noll|{_UNIT}|\w{{2,6}}ton|"
    rf"(?:tjugo|trettio?|fyrtio?|förtio?|femtio?|sextio?|sjuttio?|åttio?|nittio?) ?{_UNIT}?)"
)
# A date in words, with or without digits among them: ordinals, months and years in any order.
_SPELT_PART = (
    rf"(?:{_ORDINAL}|{_SPELT_MONTHS}|{_CARDINAL}|(?:19|20)\d\d|-?\d{{1,2}}(?::?(?:te|de|[ea]))?)"
    r"(?!\w)(?! (?:sista|siffr|år|barn|dagar|månader|veckor))"
)
_SPELT_CUED = Pattern(
    rf"\b(?:född|födda|föddes|födelsedatum\w{{0,2}}|födelsedag\w{{0,2}}|fyller år|f\.)(?: är| på| i| år|:|,){{0,3}} "
    rf"((?:den )?{_SPELT_PART}(?:(?:,| -|,? den|,? i)? {_SPELT_PART}){{1,5}})",
    re.IGNORECASE,
)
_SPELT = Pattern(
    rf"(?:den )?(?:{_ORDINAL}|\d{{1,2}}(?::?e)?) (?:{_SPELT_MONTHS}|(?:i )?{_ORDINAL}),? "
    r"(?:nitton ?hundra|tjugo ?hundra|två ?tusen ?|nitton|tjugo|sjuttio|åttio|nittio|femtio|sextio|fyrtio)\w{0,14}"
    rf"(?: ?{_UNIT})?\b",
    re.IGNORECASE,
)
_DATE_WORD = re.compile(rf"\b(?:{_ORDINAL}|{_SPELT_MONTHS})\b", re.IGNORECASE)
_MOST_CHILDREN = 8
_SENTENCE = re.compile(r"[.!?\n]")
_ONLY = re.compile(r"\W*\Z")


def detect(view: str) -> Iterator[Found]:
    """Yield dates of birth; also a birth date whose last four digits are masked by the writer."""
    for item in _dates(view):
        article = view[max(0, item.start - 4) : item.start].lower() == "den "
        yield Found(item.type, item.start - 4, item.end) if article else item


def _dates(view: str) -> Iterator[Found]:
    told = False
    for pattern in (_CUED, _BIRTHDAY, _BEFORE, _OF_NUMBER, _MASKED):
        for match in pattern.finditer(view):
            if pattern is _BIRTHDAY and _APPOINTMENT.search(view, match.start(), match.start(1)):
                continue
            told = True
            yield Found(Kind.BIRTH_DATE, match.start(1), match.end(1))
    for match in _SPELT_CUED.finditer(view):
        month_only = re.fullmatch(rf"(?:{_SPELT_MONTHS}),? (?:19|20)?\d\d", match[1], re.IGNORECASE)
        if not month_only and (_DATE_WORD.search(match[1]) or len(match[1].split()) > 2):
            told = True
            yield Found(Kind.BIRTH_DATE, match.start(1), match.end(1))
    if told:
        # The year alone tells an age and stays; beside the day it completes the date.
        for match in _YEAR_APART.finditer(view):
            yield Found(Kind.BIRTH_DATE, match.start(1), match.end(1))
    for match in _SPELT.finditer(view):
        yield Found(Kind.BIRTH_DATE, match.start(), match.end())
    dates = [match.span(1) for match in _CUED.finditer(view)] + list(_beside_somebody(view, told))
    for start, end in dates:
        yield Found(Kind.BIRTH_DATE, start, end)
        yield from _next_ones(view, end)


def _beside_somebody(view: str, told: bool) -> Iterator[tuple[int, int]]:
    """Dates without a word for birth that stand alone, beside a person, or lie too far back for an event.

    Where a birth was `told` of, six digits are one too.
    """
    for pattern in (_BARE, _SIX):
        for match in pattern.finditer(view):
            before = _ARTICLE.sub("", view[max(0, match.start() - 40) : match.start()])
            alone = _ONLY.match(before) and _ONLY.match(view, match.end())
            if _AGES.fullmatch(match[1]):
                continue  # "tre barn 5/8/14"
            born = parse(match[1])
            # Old enough to be a birth rather than an event; children are caught by the person before the date.
            old = born is not None and 1915 <= born.year <= 2012
            beside = _PERSON.search(before) is not None and (born is None or born.year <= 2022)
            child = _CHILD.search(before) is not None and view[match.end() : match.end() + 1] in ("", ")", ",", ".")
            if (
                alone
                or child
                or (pattern is _SIX and _SOMEBODY.match(view, match.end()))
                or ((old or beside or (told and pattern is _SIX)) and not _EVENT.search(before))
            ):
                yield match.span(1)


def _next_ones(view: str, end: int) -> Iterator[Found]:
    """A second child's date: "född 9 maj 2012, o lillebror 30 juni 2015"."""
    for _ in range(_MOST_CHILDREN):
        further = _BARE.regex.search(view, end, end + 45)
        if (
            further is None
            or _EVENT.search(view[end : further.start()])
            or _SENTENCE.search(view, end, further.start())
        ):
            break
        yield Found(Kind.BIRTH_DATE, further.start(1), further.end(1))
        end = further.end(1)


def parse(text: str) -> date | None:
    """Read a date as `detect` accepts it; None when the year has two digits only or the date does not exist."""
    text = text.lower()
    numbers = [int(number) for number in re.findall(r"(?<!\d)\d{1,8}(?!\d)", text)]
    month = next((i for i, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name[:3]}", text)), None)
    if len(numbers) == 1 and len(text.strip()) == 8:
        numbers = [numbers[0] // 10000, numbers[0] // 100 % 100, numbers[0] % 100]
    if month and len(numbers) == 2:
        numbers = [max(numbers), month, min(numbers)]
    if len(numbers) == 3 and numbers[0] < 32:
        numbers.reverse()
    try:
        return date(*numbers) if len(numbers) == 3 and numbers[0] > 1900 else None
    except ValueError:
        return None
