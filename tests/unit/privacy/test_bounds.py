"""Anything may be pasted: the scrubber answers, its offsets hold, and its time grows with the length only."""

import json
import re
import statistics
import time
from datetime import date
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy import PLACEHOLDERS, scrub
from bot.privacy.__main__ import scrub_lines
from bot.privacy.detectors import siblings
from bot.privacy.view import make_view

TODAY = date(2026, 11, 21)
PIECES = st.sampled_from(
    [
        "070-123 45 67",
        "850312-1234",
        "Sara",
        " ",
        "\n",
        "0",
        "1-",
        "@",
        ".",
        "<b>",
        "&nbsp;",
        "\u200b",
        "å",
        "gatan 5",
        "kl ",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join), st.text("0123456789 -+./@", max_size=300)
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_offsets_are_ordered_apart_and_inside(text: str) -> None:
    result = scrub(text, today=TODAY)
    position = 0
    for item in result.found:
        assert position <= item.start < item.end <= len(text)
        position = item.end


JOURNAL = "Inkom 21:40 pga fall. Pat är en 34-årig kvinna, f 1992-03-12, gravid v 23, bor Myrgatan 12 lgh 1203. "
TRICKS = st.sampled_from(
    ["\u200b", "\u00ad", "\x00", "\x1b[31m", "\u202e", "а", "О", "１", "<b>", "</p>", "&#48;", "\ufeff"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TRICKS, min_size=1, max_size=6), st.integers(1, 9))
def test_a_number_full_of_tricks_is_removed(tricks: list[str], place: int) -> None:
    """Zero-width, control and look-alike characters and markup inside a number do not save it."""
    letters = ("а", "О", "１", "&#48;")  # letters and digits of their own, in the middle of a number
    hidden = [trick for trick in tricks if trick not in letters]
    number = "850312-9801"
    text = f"mitt nummer {number[:place]}{''.join(hidden)}{number[place:]} ok"
    left = make_view(scrub(text, today=TODAY).text).text
    assert "9801" not in left
    assert "8503" not in left


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(TRICKS, st.just(JOURNAL), st.just("9" * 50)), max_size=12))
def test_a_pasted_journal_is_scrubbed(pieces: list[str]) -> None:
    result = scrub("".join(pieces), today=TODAY)
    assert "Myrgatan 12" not in result.text
    assert "1992-03-12" not in result.text
    assert "9" * 9 not in result.text


def test_patterns_are_searched_a_bounded_number_of_times() -> None:
    """The siblings of what was found are looked for in a window each, and only for so many."""
    text = " ".join(f"dnr SN-2025/{number}" for number in range(10_000, 10_400))
    found = scrub(text, today=TODAY).found
    more = list(siblings.detect(text, found))
    assert len(more) <= siblings._MOST * siblings._NEAR


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_view_leads_back_to_the_text(text: str) -> None:
    view = make_view(text)
    assert len(view.text) == len(view.starts) == len(view.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(view.starts, view.ends, strict=True))


@pytest.mark.parametrize("placeholder", sorted(set(PLACEHOLDERS.values())))
def test_placeholder_is_letters_only_and_left_alone(placeholder: str) -> None:
    assert placeholder.isalpha()
    assert scrub(f"hej {placeholder} tack").text == f"hej {placeholder} tack"


HOSTILE = [
    "1",
    "1 ",
    "1-",
    "07",
    "a.",
    "a@",
    "A",
    "gatan ",
    "ett ",
    ":",
    "1.1.",
    "SE1",
    "x_",
    "/a",
    "K1-",
    "<a",
    "&a",
    "född ",
    "sista fyra ",
    "den tredje ",
    "mars ",
    "tjänstenummer ",
    "snap ",
    "clearing 1",
    "bor på ",
    "anna o ",
    "A B ",
    "kalle ",
    "lat 1.1 ",
    "norsk skylt ",
    "x.y",
    "oaoaoaoa",
    "slutar på ",
    "nr 1 ",
    "nr ett ",
    "K L M ",
    "klm fyra ",
    "A-1/",
    "12 3-4 ",
    "**** ",
    "59.1111 ",
    "k ett ",
    "iban 11 ",
    "https://a",
    "rum 1 hotell ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length_only(piece: str) -> None:
    """Sixteen times the text takes at most about sixteen times as long; a run-away pattern takes 256 times and more.

    The bound lies four times from either. Processor time, warm, and the best of several: a busy machine only adds.
    """

    def cpu(length: int) -> float:
        text = (piece * length)[:length]
        begin = time.process_time()
        scrub(text, today=TODAY)
        return time.process_time() - begin

    cpu(500)
    short = statistics.median(cpu(500) for _ in range(5))
    assert any(cpu(8000) < 64 * short + 0.01 for _ in range(4))


def test_a_thousand_digits_are_removed() -> None:
    assert not re.search(r"\d", scrub("1" * 1000, today=TODAY).text)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("mitt nummer är &0701740606; ring", "0701740606"),
        ("mitt nummer är &#0701740606; ring", "0701740606"),
        ('<input value="Fatima Haddad"> hjälp', "Fatima"),
        ("han heter <b Kim Lindqvist> tror jag", "Lindqvist"),
        ("dottern född 3 mars 2015031212345", "2015031212345"),
        ("Kim½ Storgatan 3½ 0701740606", "0701740606"),
    ],
)
def test_nothing_hides_in_markup_or_odd_figures(text: str, secret: str) -> None:
    scrubbed = scrub(text)
    assert secret not in scrubbed.text
    assert all(found.start < found.end for found in scrubbed.found)


def test_number_inside_markup_is_removed() -> None:
    assert scrub("<b>850312</b>-1234", today=TODAY).text == "<b>PERSONNUMMER"


def test_command_line_reports_bad_lines_and_goes_on() -> None:
    out, errors = StringIO(), StringIO()
    lines = [
        '{"id": 1, "text": "ring 070-123 45 67"}',
        "nonsense 850312-1234",
        '{"id": 2}',
        "",
        '{"id": "3", "text": "hej"}',
        "[" * 100000,
    ]
    assert scrub_lines(lines, out, errors, TODAY) == 1
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert rows == [
        {"id": 1, "text": "ring TELEFON", "found": [{"type": "phone", "start": 5, "end": 18}], "facts": {}},
        {"id": "3", "text": "hej", "found": [], "facts": {}},
    ]
    assert [line.split(":")[0] for line in errors.getvalue().splitlines()] == ["line 2", "line 3", "line 6"]
    assert "850312" not in errors.getvalue()
