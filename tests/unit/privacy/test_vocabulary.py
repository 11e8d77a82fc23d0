"""The store of ordinary words."""

from pathlib import Path

import pytest

from bot.privacy.names import vocabulary


@pytest.mark.parametrize("number", [1, 2, 3000])  # the last fills several blocks
def test_stored_words_are_found_and_no_others(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "PATH", tmp_path / "words.txt")
    words = [f"ö{index:b}".replace("0", "a").replace("1", "å") for index in range(number)]
    vocabulary.store(words, vocabulary.PATH)
    assert all(map(vocabulary.is_ordinary, words))
    assert not any(vocabulary.is_ordinary(f"{word}z") or vocabulary.is_ordinary(f"z{word}") for word in words)
    assert not any(map(vocabulary.is_ordinary, ("", "a", "ö", "ööö")))


def test_nothing_is_ordinary_before_the_set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "PATH", tmp_path / "absent.txt")
    assert not vocabulary.is_ordinary("och")
    assert not vocabulary.is_nearly_ordinary("ochh")


def test_a_compound_of_stored_words_is_ordinary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "PATH", tmp_path / "words.txt")
    vocabulary.store(["barn", "bidrag", "underhåll"], vocabulary.PATH)
    assert vocabulary.is_ordinary("barnbidrag")
    assert vocabulary.is_ordinary("underhållsbidrag")
    assert not vocabulary.is_ordinary("barnbidrax")
