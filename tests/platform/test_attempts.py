"""How often a token may be wrong."""

import pytest

from service.platform import attempts
from service.platform.attempts import MOST_FAILURES, WINDOW, Attempts


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_an_address_has_so_many_a_minute() -> None:
    clock = Clock()
    seen = Attempts(clock)
    for _ in range(MOST_FAILURES):
        assert seen.wait("203.0.113.7") == 0
        seen.failed("203.0.113.7")
    assert seen.wait("203.0.113.7") == WINDOW
    assert seen.wait("203.0.113.8") == 0, "a neighbour is another"
    clock.now += WINDOW - 1
    assert seen.wait("203.0.113.7") == 1
    clock.now += 1
    assert seen.wait("203.0.113.7") == 0
    seen.failed("203.0.113.7")
    assert seen.wait("203.0.113.7") == 0, "counted anew"


@pytest.mark.parametrize(("other", "same"), [("2001:db8:0:1::ffff", True), ("2001:db8:0:2::1", False), ("", False)])
def test_a_network_of_ipv6_is_one(other: str, same: bool) -> None:
    seen = Attempts(Clock())
    for _ in range(MOST_FAILURES):
        seen.failed("2001:db8:0:1::1")
    assert (seen.wait(other) > 0) == same


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "MOST_ADDRESSES", 2)
    seen = Attempts(Clock())
    for _ in range(MOST_FAILURES):
        seen.failed("first")
    seen.failed("second")
    assert seen.wait("first")
    seen.failed("third")
    assert not seen.wait("first"), "the oldest is forgotten"
