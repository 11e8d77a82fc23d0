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
