"""The circuit breaker, on a clock of its own."""

from dataclasses import dataclass

import pytest

from graphs.breaker import FAILURES, OPEN_SECONDS, Breaker


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def broken(clock: Clock) -> Breaker:
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        assert breaker.wait() == 0
        breaker.failed()
    return breaker


def test_it_opens_after_failures_in_a_row(clock: Clock) -> None:
    breaker = Breaker(clock)
    for _ in range(3 * FAILURES):
        for _ in range(FAILURES - 1):
            breaker.failed()
        breaker.succeeded()
    assert breaker.wait() == 0


def test_open_it_tells_how_long(broken: Breaker, clock: Clock) -> None:
    assert broken.wait() == OPEN_SECONDS
    clock.now += 4
    assert broken.wait() == OPEN_SECONDS - 4


def test_one_probe_decides(broken: Breaker, clock: Clock) -> None:
    clock.now += OPEN_SECONDS
    assert broken.wait() == 0
    assert broken.wait() > 0, "one at a time"
    broken.failed()
    assert broken.wait() == OPEN_SECONDS
    clock.now += OPEN_SECONDS
    assert broken.wait() == 0
    broken.succeeded()
    assert [broken.wait() for _ in range(3)] == [0, 0, 0]


def test_a_probe_given_up_does_not_block_the_next(broken: Breaker, clock: Clock) -> None:
    clock.now += OPEN_SECONDS
    assert broken.wait() == 0
    broken.abandoned()
    assert broken.wait() == 0


def test_a_limit_holds_as_long_as_it_says(clock: Clock) -> None:
    breaker = Breaker(clock)
    breaker.limited(30)
    breaker.limited(5)
    assert breaker.wait() == 30
    clock.now += 30
    assert [breaker.wait(), breaker.wait()] == [0, 0], "there was no failure, hence no probe"
