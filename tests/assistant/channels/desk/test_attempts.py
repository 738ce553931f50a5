"""Who has to wait after wrong passwords, and who has not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.channels.desk import attempts as module
from assistant.channels.desk.attempts import FAILURES, FAILURES_OF_ALL, WAIT, SignInAttempts
from tests.fakes import FixedClock


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands."""
    return FixedClock()


@pytest.fixture
def attempts(clock: FixedClock) -> SignInAttempts:
    """Nothing failed yet."""
    return SignInAttempts(clock)


def test_a_pair_waits(attempts: SignInAttempts, clock: FixedClock) -> None:
    """After five failures the account waits at this address, fifteen minutes from the last of them."""
    for n in range(FAILURES):
        assert attempts.minutes_left("amy", "192.0.2.1") == 0, n
        attempts.failed("Amy ", "192.0.2.1")
    assert attempts.minutes_left("amy", "192.0.2.1") == 15
    assert attempts.minutes_left("amy", "192.0.2.2") == 0
    assert attempts.minutes_left("zoe", "192.0.2.1") == 0
    clock.moment += WAIT - timedelta(seconds=1)
    assert attempts.minutes_left("amy", "192.0.2.1") == 1
    clock.moment += timedelta(seconds=1)
    assert attempts.minutes_left("amy", "192.0.2.1") == 0


def test_success_begins_anew(attempts: SignInAttempts) -> None:
    """Who signs in has no failures left with this account; those with others still count."""
    for n in range(FAILURES_OF_ALL - 1):
        attempts.failed(f"name{n}" if n > 3 else "amy", "192.0.2.1")
    attempts.succeeded("amy", "192.0.2.1")
    attempts.failed("amy", "192.0.2.1")
    assert attempts.minutes_left("new", "192.0.2.1") == 15


def test_spraying_waits(attempts: SignInAttempts) -> None:
    """Thirty failures from one address, or one network of version 6, stop it for every account."""
    for n in range(FAILURES_OF_ALL):
        attempts.failed(f"name{n}", f"2001:db8:1:2::{n:x}")
    assert attempts.minutes_left("amy", "2001:db8:1:2:ffff::1") == 15
    assert attempts.minutes_left("amy", "2001:db8:1:3::1") == 0


def test_a_clock_set_back_frees(attempts: SignInAttempts, clock: FixedClock) -> None:
    """Failures of a moment to come do not count: nobody waits for hours because a clock was put right."""
    for _ in range(FAILURES):
        attempts.failed("amy", "192.0.2.1")
    clock.moment -= timedelta(hours=1)
    assert attempts.minutes_left("amy", "192.0.2.1") == 0


def test_memory_is_bounded(attempts: SignInAttempts, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many fail, only the latest are remembered."""
    monkeypatch.setattr(module, "_REMEMBERED", 10)
    for n in range(100):
        attempts.failed("amy", f"192.0.2.{n}")
    assert len(attempts._failures) == 10
