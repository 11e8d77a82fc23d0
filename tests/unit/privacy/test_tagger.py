"""The tagger reads every piece of a text, however long, and says where it stands."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy import Kind, scrub
from bot.privacy.keep import load_keep
from bot.privacy.names.tokens import tokenize
from bot.privacy.tagger import FLAGS, FOLDER, KINDS, WINDOW, Tagger, cut, flags, tagger


def words(view: str) -> list:
    keep = load_keep()
    return tokenize(view, keep.is_place, keep.phrase_spans(view))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_pieces_lie_in_order_inside_the_text(text: str) -> None:
    position = 0
    for start, end in cut(tagger().pieces, text)[1]:
        assert position <= start <= end <= len(text)
        position = start


@pytest.mark.parametrize("text", ["åäö  Ärlig\nrad", "İstanbul ẞ", "a\ud800b", "\0\0", "🙂🙂 hej", "東京 hej"])
def test_no_letter_is_skipped(text: str) -> None:
    covered = {at for start, end in cut(tagger().pieces, text)[1] for at in range(start, end)}
    assert covered >= {at for at, char in enumerate(text) if char.isalpha()}


def test_pieces_see_what_the_lists_know_of_their_word() -> None:
    view = "hej Fatima i Tumba"
    tokens = words(view)
    _, spans = cut(tagger().pieces, view)
    rows = flags(spans, tokens)
    first, place = FLAGS.index("first"), FLAGS.index("place")
    assert [view[start:end] for (start, end), row in zip(spans, rows, strict=True) if row[first]] != []
    assert all(view[start:end] in "Fatima" for (start, end), row in zip(spans, rows, strict=True) if row[first])
    assert all(view[start:end] in "Tumba" for (start, end), row in zip(spans, rows, strict=True) if row[place])


def test_chances_of_a_piece_sum_to_one() -> None:
    view = "min man jonas slår mig"
    tags = tagger().tag(view, words(view))
    assert tags.chances.shape == (len(tags.spans), 1 + len(KINDS))
    assert np.allclose(tags.chances.sum(axis=1), 1, atol=1e-3)


def test_names_gives_one_chance_a_word() -> None:
    view = "min man jonas slår mig"
    tokens = words(view)
    likely = tagger().tag(view, tokens).names(tokens)
    assert len(likely) == len(tokens)
    assert max(range(len(likely)), key=likely.__getitem__) == 2


@pytest.mark.parametrize("before", [0, 60, 100, 200, 400])
def test_what_stands_far_down_a_long_text_is_read_too(before: int) -> None:
    text = "det regnade hela kvällen " * before + "sen kom min man jonas hem och skrek"
    assert len(cut(tagger().pieces, text)[0]) > WINDOW or before < 60
    assert "jonas" not in scrub(text).text


def test_no_text_gives_no_pieces() -> None:
    assert tagger().tag("", []).spans == ()


@pytest.mark.parametrize("missing", ["tagger.onnx", "pieces.model"])
def test_a_missing_file_is_named(missing: str, tmp_path: Path) -> None:
    for name in {"tagger.onnx", "pieces.model"} - {missing}:
        shutil.copy(FOLDER / name, tmp_path)
    with pytest.raises(FileNotFoundError, match=missing):
        Tagger(tmp_path)


def test_columns_are_the_kinds() -> None:
    assert tuple(Kind) == KINDS
