"""Rates and sizes, with a clock of our own."""

from __future__ import annotations

import pytest

from bot.gateway.limits import RateLimit
from bot.gateway.sessions import Sessions, UnknownSession


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_bucket_empties_and_fills_again() -> None:
    clock = Clock()
    limit = RateLimit(6, clock)
    assert [limit.wait("a") for _ in range(7)] == [0] * 6 + [10 + 1]
    assert limit.wait("b") == 0
    clock.now += 10
    assert limit.wait("a") == 0
    assert limit.wait("a") > 0


def test_asking_costs_nothing() -> None:
    limit = RateLimit(1, Clock())
    assert [limit.wait("a", cost=0) for _ in range(3)] == [0] * 3
    assert [limit.wait("a"), limit.wait("a", cost=0)] == [0, 61]


def test_no_key_is_kept_in_clear_and_the_salt_changes() -> None:
    clock = Clock()
    limit = RateLimit(1, clock)
    limit.wait("192.0.2.7")
    before = set(limit._buckets)
    assert not any(b"192.0.2.7" in key for key in before)
    clock.now += 3601
    limit.wait("192.0.2.7")
    assert before.isdisjoint(limit._buckets)


def test_session_ends_when_its_time_is_up() -> None:
    clock = Clock()
    sessions = Sessions("x" * 32, 60, clock)
    token = sessions.issue()
    assert sessions.conversation(token) == sessions.conversation(token)
    clock.now += 61
    with pytest.raises(UnknownSession):
        sessions.conversation(token)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        Sessions("kort", 60)
