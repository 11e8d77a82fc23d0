"""Folding keeps every offset, and what is derived within a reading is derived once and forgotten with it."""

from __future__ import annotations

import gc
import sys

import pytest

from bot.nlu import text


@pytest.mark.parametrize(
    ("said", "folded"),
    [("Är på Väg", "ar pa vag"), ("ÉÜÆØ øæ", "euao oa"), ("İstanbul ß ﬁ", "İstanbul ß ﬁ"), ("КИЇВ ΟΔΟΣ", "київ οδοσ")],
)
def test_folded_text_has_the_same_length(said: str, folded: str) -> None:
    assert text.fold(said) == folded
    assert len(folded) == len(said)


def test_every_character_is_folded_as_it_is_lowered() -> None:
    def expected(char: str) -> str:
        return (char.lower() if len(char.lower()) == 1 else char).translate(text._FOLD)

    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert text.fold(every) == "".join(map(expected, every))


class Derived:
    """What was derived; strings cannot be found again."""


def test_things_are_derived_once_in_a_reading_and_forgotten_with_it() -> None:
    asked: list[str] = []

    @text.once
    def derive(said: str) -> Derived:
        asked.append(said)
        return Derived()

    @text.once
    def other(said: str) -> str:
        return said.upper()

    with text.reading():
        assert derive("a") is derive("a")
        assert derive("b") is not derive("a")
        assert other("a") == "A"
    assert asked == ["a", "b"]
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, Derived)]
    assert derive("a") is not derive("a")


def test_a_reading_that_fails_is_forgotten_too() -> None:
    @text.reading()
    def fail(said: str) -> None:
        text.plain(said)
        raise KeyError

    with pytest.raises(KeyError):
        fail("hemligt")
    assert text._derived.get() is None
