"""When a reminder is said: never in quiet hours, never after the start, at most once for each of its hours."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.outreach.quiet_hours import Quiet, due_reminder, reminders
from service.platform import clock

SAO_PAULO = "America/Sao_Paulo"
NIGHT = Quiet(time(20), time(8), SAO_PAULO)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of December 2026 at the shop."""
    return clock.at(datetime(2026, 12, day).date(), time(hour, minute), SAO_PAULO)


@pytest.mark.parametrize(
    ("quiet", "wall", "covered"),
    [
        (NIGHT, time(19, 59), False), (NIGHT, time(20), True), (NIGHT, time(0), True), (NIGHT, time(7, 59), True), (NIGHT, time(8), False),
        (Quiet(time(12), time(14), SAO_PAULO), time(13), True), (Quiet(time(12), time(14), SAO_PAULO), time(14), False),
        (Quiet(time(8), time(8), SAO_PAULO), time(8), False), (Quiet(time(0), time(0), SAO_PAULO), time(0), False),
    ],
)  # fmt: skip
def test_what_is_quiet(quiet: Quiet, wall: time, covered: bool) -> None:
    assert quiet.covers(at(5, wall.hour, wall.minute)) is covered


def test_quiet_hours_are_the_shops() -> None:
    assert Quiet(time(20), time(8), "America/Rio_Branco").covers(at(5, 9)), "7h in Acre"
    assert not Quiet(time(20), time(8), "America/Noronha").covers(at(5, 7)), "8h in Noronha"


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        (at(5, 15), [24, 2], {24: at(4, 15), 2: at(5, 13)}),
        # Visit at 9h: its two hours before are quiet until 8h.
        (at(5, 9), [24, 2], {24: at(4, 9), 2: at(5, 8)}),
        # Visit at 7h30, before quiet hours end: the day before has said it, or else the evening before does.
        (at(5, 7, 30), [24, 2], {24: at(4, 8)}),
        (at(5, 7, 30), [2], {2: at(4, 19, 30)}),
        (at(5, 8), [2], {2: at(4, 19, 30)}),
        (at(5, 21), [24, 2], {24: at(5, 8), 2: at(5, 19)}),
        (at(5, 15), [], {}),
    ],
)
def test_moments(start: datetime, hours: list[int], expected: dict[int, datetime]) -> None:
    assert reminders(start, hours, LONG_AGO, NIGHT) == expected


def test_hours_past_at_its_making_get_no_reminder() -> None:
    assert reminders(at(5, 15), [24, 2], at(4, 16), NIGHT) == {2: at(5, 13)}
    assert reminders(at(5, 15), [24, 2], at(5, 14), NIGHT) == {}
    assert reminders(at(5, 7), [2], at(4, 20), NIGHT) == {}, "made after the evening"


def test_of_several_due_at_once_the_nearest_counts() -> None:
    assert due_reminder(at(5, 13, 1), at(5, 15), [24, 2], LONG_AGO, NIGHT) == 2
    assert due_reminder(at(5, 12, 59), at(5, 15), [24, 2], LONG_AGO, NIGHT) == 24
    assert due_reminder(at(4, 14, 59), at(5, 15), [24, 2], LONG_AGO, NIGHT) is None


ZONES = st.sampled_from([SAO_PAULO, "America/Noronha", "America/Rio_Branco", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
WALLS = st.times(time(0), time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0))
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(
    start=INSTANTS,
    hours=st.lists(st.integers(1, 72), max_size=4),
    made_before=st.timedeltas(timedelta(0), timedelta(days=5)),
    quiet=st.builds(Quiet, WALLS, WALLS, ZONES),
)
def test_never_in_quiet_hours_never_after_the_start_never_before_it_was_made(
    start: datetime, hours: list[int], made_before: timedelta, quiet: Quiet
) -> None:
    made_at = start - made_before
    for before, moment in reminders(start, hours, made_at, quiet).items():
        assert before in hours
        assert made_at < moment < start
        assert not quiet.covers(moment)


@given(
    start=INSTANTS,
    hours=st.lists(st.integers(1, 48), max_size=3),
    quiet=st.builds(Quiet, WALLS, WALLS, ZONES),
    gaps=st.lists(st.timedeltas(timedelta(minutes=1), timedelta(hours=7)), max_size=30),
)
def test_each_run_says_a_nearer_one_or_none(start: datetime, hours: list[int], quiet: Quiet, gaps: list[timedelta]) -> None:
    """However irregular the runs: what counts only comes nearer, so that with a note of each none is said twice."""
    now, last = start - timedelta(days=4), 1_000
    for gap in gaps:
        now += gap
        due = due_reminder(now, start, hours, LONG_AGO, quiet)
        if due is not None:
            assert now < start
            assert not quiet.covers(now)
            assert due <= last
            last = due
