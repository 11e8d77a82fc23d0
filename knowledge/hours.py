"""Opening hours: Swedish phrases read into spans, and whether a service is open at a given time.

Days and times are Swedish local time (Europe/Stockholm); the clock is always passed in.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from knowledge.types import OpeningHours

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # as RFC 5545 writes them
_DAY = 1440
_WEEK = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_WEEKDAYS = frozenset(range(5))
_EVERY_DAY = frozenset(range(7))
_ALWAYS = (OpeningHours(_EVERY_DAY, 0, _DAY, True),)
# Words for days; the second value says whether public holidays are included.
_PHRASES = {
    "helgfria vardagar": (_WEEKDAYS, False),
    "vardagar": (_WEEKDAYS, False),
    "alla dagar": (_EVERY_DAY, True),
    "varje dag": (_EVERY_DAY, True),
    "varje kväll": (_EVERY_DAY, True),
    "alla nätter": (_EVERY_DAY, True),
    "dagligen": (_EVERY_DAY, True),
}
_TOKEN = re.compile(
    r"(?P<phrase>" + "|".join(_PHRASES) + r")"
    r"|(?P<day>(?:" + "|".join(_WEEK) + r"))(?:dag(?:ar)?)?\b"
    r"|(?P<time>\d{1,2}(?:[.:]\d{2})?)\s*[–-]\s*(?P<end>\d{1,2}(?:[.:]\d{2})?)"
    r"|(?P<dash>–)|(?P<filler>och|kl\.?|[,;]|\s+|chatt|telefontid|kontaktcenter)"
)
_AGED = re.compile(r"\b20\d\d\b")
# Said about one channel or one errand only, or with reservations that spans cannot hold: then we do not know.
_PARTIAL = re.compile(r"anhörigjour|anmälan|övrig|tredje part|dag före|lunchstängt|kontorstid")


def parse_hours(text: str | None, chat_only: bool = False) -> tuple[OpeningHours, ...] | None:
    """Read a Swedish phrase such as "mån–tors 8–17, fre 8–15" into spans.

    Returns `None` when the hours are not known exactly: said in words, undated years back ("2018"), or for a chat
    only while the service also has a phone (`chat_only` says that the chat is the way in).
    """
    if not text or _AGED.search(text) or _PARTIAL.search(text):
        return None
    phrase = text.lower().strip()
    if phrase.startswith("dygnet runt") or phrase == "bemannat dygnet runt":
        return _ALWAYS
    if phrase.startswith("chatt") and not chat_only:
        return None
    return _spans(phrase)


def _spans(phrase: str) -> tuple[OpeningHours, ...] | None:
    spans: list[OpeningHours] = []
    days: list[int] = []
    on_holidays = through = timed = False
    position = 0
    while position < len(phrase):
        token = _TOKEN.match(phrase, position)
        if token is None:
            return None
        position = token.end()
        if token["phrase"] or token["day"]:
            if timed:  # the days of the next span
                days, on_holidays, timed = [], False, False
            if token["phrase"]:
                new, on_holidays = _PHRASES[token["phrase"]]
                days += new
            else:
                index = _WEEK.index(token["day"])
                days += _through(days[-1], index) if through and days else [index]
            through = False
        elif token["dash"]:
            through = True
        elif token["time"]:
            opens, closes = _minutes(token["time"]), _minutes(token["end"])
            if not days or opens > _DAY or closes > _DAY:
                return None
            spans.append(OpeningHours(frozenset(days), opens, closes if closes > opens else closes + _DAY, on_holidays))
            timed = True
    return tuple(spans) if spans and timed else None


def _through(first: int, last: int) -> list[int]:
    """Days after `first` up to `last`; a span such as sön–tors goes round the week."""
    return [(first + ahead) % 7 for ahead in range(1, (last - first) % 7 + 1)]


def _minutes(clock: str) -> int:
    hour, _, minute = clock.replace(":", ".").partition(".")
    return int(hour) * 60 + int(minute or 0)


@lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[date]:
    # Midsummer, Christmas and New Year's Eve count as Sundays: 3 a § semesterlagen (1977:480).
    eves = {date(year, 12, 24), date(year, 12, 31)}
    public = {day for day, name in holidays.country_holidays("SE", years=year).items() if name != "Sunday"}
    midsummer = next(date(year, 6, day) for day in range(20, 27) if date(year, 6, day).weekday() == 5)
    return frozenset(public | eves | {midsummer - timedelta(days=1)})


def is_holiday(day: date) -> bool:
    """Tell whether a day is a Swedish public holiday or one of the three eves that offices keep as one."""
    return day in _holidays(day.year)


def local_time(now: datetime) -> datetime:
    """Return a time as Swedish local time; a naive time already is."""
    return now.replace(tzinfo=STOCKHOLM) if now.tzinfo is None else now.astimezone(STOCKHOLM)


def is_open(opening: tuple[OpeningHours, ...] | None, now: datetime) -> bool | None:
    """Tell whether a service is open; `None` when its hours, or its hours on a public holiday, are not known."""
    if opening is None:
        return None
    here = local_time(now)
    minute = here.hour * 60 + here.minute
    today, yesterday = here.date(), here.date() - timedelta(days=1)
    if any(_holds(span, today) and span.opens <= minute < span.closes for span in opening):
        return True
    if any(_holds(span, yesterday) and minute + _DAY < span.closes for span in opening):
        return True
    # Hours that name Saturdays and Sundays are a duty line's; what it does on a holiday is then not said.
    if is_holiday(today) and any(not span.holidays and span.days & {5, 6} for span in opening):
        return None
    return False


def next_opening(opening: tuple[OpeningHours, ...] | None, now: datetime) -> datetime | None:
    """Return when a closed service opens next, within eight days; `None` when that is not known."""
    if opening is None:
        return None
    here = local_time(now)
    for ahead in range(9):
        day = here.date() + timedelta(days=ahead)
        starts = sorted(span.opens for span in opening if _holds(span, day))
        for start in starts:
            moment = datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM) + timedelta(minutes=start)
            if moment > here:
                return moment
    return None


def _holds(span: OpeningHours, day: date) -> bool:
    return day.weekday() in span.days and (span.holidays or not is_holiday(day))


def byday(span: OpeningHours) -> str:
    """Return the days of a span as RFC 5545 writes them: "MO,TU"."""
    return ",".join(DAYS[day] for day in sorted(span.days))


def clock_time(minutes: int) -> str:
    """Return minutes after midnight as a time, "16:30"; what ends on the next day too."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def shown_hours(text: str | None) -> str | None:
    """Return the hours as users read them: without remarks of the research ("uppgift från 2018, kontrollera")."""
    if text is None:
        return None
    text = re.sub(r",? ?kontrollera|;? ?uppgift från tredje part", "", text)
    text = re.sub(r"\((ca )?(20\d\d)\)", r"(uppgift från \2)", text)
    return text.strip(" ;,") or None
