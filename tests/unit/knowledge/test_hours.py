from datetime import UTC, date, datetime

import pytest

from knowledge.hours import is_holiday, is_open, next_opening, parse_hours, shown_hours
from knowledge.types import OpeningHours

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def spans(text: str, chat_only: bool = False) -> list[tuple[list[int], float, float, bool]] | None:
    found = parse_hours(text, chat_only)
    return None if found is None else [(sorted(s.days), s.opens / 60, s.closes / 60, s.holidays) for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dygnet runt", [(list(range(7)), 0, 24, True)]),
        ("dygnet runt, alla dagar", [(list(range(7)), 0, 24, True)]),
        ("alla dagar 7–21", [(list(range(7)), 7, 21, True)]),
        ("varje kväll 21–24", [(list(range(7)), 21, 24, True)]),
        ("alla nätter 21–06", [(list(range(7)), 21, 30, True)]),
        ("helgfria vardagar 9–12", [(list(range(5)), 9, 12, False)]),
        ("mån, ons och fre 9–12", [([MON, WED, FRI], 9, 12, False)]),
        ("mån–tors 8.45–16.15, fre 8.45–16.00", [([0, 1, 2, 3], 8.75, 16.25, False), ([4], 8.75, 16, False)]),
        ("mån, tis, tors, fre 9–12; ons 13–16", [([0, 1, 3, 4], 9, 12, False), ([2], 13, 16, False)]),
        ("fre 14–02, sön 16–01", [([4], 14, 26, False), ([6], 16, 25, False)]),
        ("kontaktcenter mån–tors 8–17, fre 8–15", [([0, 1, 2, 3], 8, 17, False), ([4], 8, 15, False)]),
        ("mån–fre 9–11 och 13.30–14.30", [(list(range(5)), 9, 11, False), (list(range(5)), 13.5, 14.5, False)]),
        ("sön–tors 19–21", [([0, 1, 2, 3, 6], 19, 21, False)]),
    ],
)
def test_phrases_of_the_facts_are_read(text: str, expected: list[object]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    "text",
    [None, "", "efter kontorstid", "vardagar, kontorstid", "9–17", "alla dagar 9–19 (2020)",
     "mån 8–18; uppgift från tredje part",
     "chatt fyra kvällar i veckan", "vardagar 25–30", "anhörigjour onsdagar 12–14", "kvällar, nätter och helger",
     "vardagar 8–16, dag före röd dag 8–12"],
)  # fmt: skip
def test_what_cannot_be_read_exactly_is_not_known(text: str | None) -> None:
    assert parse_hours(text) is None


def test_hours_of_a_chat_count_only_where_the_chat_is_the_way_in() -> None:
    assert parse_hours("chatt varje kväll 20–22") is None
    assert spans("chatt varje kväll 20–22", chat_only=True) == [(list(range(7)), 20, 22, True)]


OFFICE = parse_hours("mån–fre 8–17")
NIGHTS = parse_hours("alla nätter 21–06")
DUTY = parse_hours("mån–tors 16–01, fre 14–02, lör 16–02, sön 16–01")


@pytest.mark.parametrize(
    ("opening", "now", "expected"),
    [
        (OFFICE, datetime(2026, 11, 23, 8, 0), True),
        (OFFICE, datetime(2026, 11, 23, 7, 59), False),
        (OFFICE, datetime(2026, 11, 23, 17, 0), False),
        (OFFICE, datetime(2026, 11, 22, 12, 0), False),  # Sunday
        (OFFICE, datetime(2026, 12, 25, 12, 0), False),  # Christmas Day, a Friday
        (OFFICE, datetime(2026, 12, 24, 12, 0), False),  # Christmas Eve, a Thursday
        (OFFICE, datetime(2026, 6, 19, 12, 0), False),  # Midsummer Eve
        (OFFICE, datetime(2026, 11, 23, 7, 30, tzinfo=UTC), True),  # 8.30 in Stockholm
        (NIGHTS, datetime(2026, 11, 23, 23, 30), True),
        (NIGHTS, datetime(2026, 11, 23, 5, 59), True),
        (NIGHTS, datetime(2026, 11, 23, 6, 0), False),
        (NIGHTS, datetime(2026, 12, 25, 22, 0), True),
        (DUTY, datetime(2026, 11, 24, 0, 30), True),  # Monday's span into Tuesday
        (DUTY, datetime(2026, 11, 24, 1, 30), False),
        (DUTY, datetime(2026, 12, 25, 12, 0), None),  # a duty line on a holiday: not said
        (None, datetime(2026, 11, 23, 12, 0), None),
    ],
)
def test_open_by_the_clock_that_is_passed_in(
    opening: tuple[OpeningHours, ...] | None, now: datetime, expected: bool | None
) -> None:
    assert is_open(opening, now) is expected


@pytest.mark.parametrize(
    ("opening", "now", "expected"),
    [
        (OFFICE, datetime(2026, 11, 23, 6, 0), (2026, 11, 23, 8, 0)),
        (OFFICE, datetime(2026, 11, 20, 18, 0), (2026, 11, 23, 8, 0)),  # Friday evening to Monday
        (OFFICE, datetime(2026, 12, 23, 18, 0), (2026, 12, 28, 8, 0)),  # over Christmas
        (NIGHTS, datetime(2026, 11, 23, 12, 0), (2026, 11, 23, 21, 0)),
    ],
)
def test_next_opening(opening: tuple[OpeningHours, ...], now: datetime, expected: tuple[int, ...]) -> None:
    moment = next_opening(opening, now)
    assert moment is not None
    assert (moment.year, moment.month, moment.day, moment.hour, moment.minute) == expected


def test_unknown_hours_open_at_no_known_time() -> None:
    assert next_opening(None, datetime(2026, 11, 23)) is None


@pytest.mark.parametrize(
    ("day", "holiday"), [(date(2026, 6, 6), True), (date(2026, 11, 22), False), (date(2027, 3, 26), True)]
)
def test_holidays_are_red_days_but_not_every_sunday(day: date, holiday: bool) -> None:
    assert is_holiday(day) is holiday


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("dygnet runt", "dygnet runt"),
        ("alla dagar 9–19 (2020)", "alla dagar 9–19 (uppgift från 2020)"),
        ("lör–sön 16–02 (uppgift från 2018, kontrollera)", "lör–sön 16–02 (uppgift från 2018)"),
        ("mån 8.30–18; uppgift från tredje part", "mån 8.30–18"),
        (None, None),
    ],
)
def test_remarks_of_the_research_are_not_shown(raw: str | None, shown: str | None) -> None:
    assert shown_hours(raw) == shown
