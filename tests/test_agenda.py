"""The slot engine against a brute-force oracle that walks minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from service import clock
from service.agenda import Busy, Closure, Hours, Rules, candidates, fits, free_resources, free_starts

RESOURCES = [UUID(int=1), UUID(int=2)]
ZONES = st.sampled_from(["America/Sao_Paulo", "America/Noronha", "Europe/Lisbon", "America/New_York"])
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@st.composite
def hours(draw: st.DrawFn) -> tuple[Hours, ...]:
    stretches = []
    for weekday in range(1, 8):
        cuts = sorted(draw(st.lists(st.integers(5 * 4, 23 * 4), max_size=4, unique=True)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        stretches += [Hours(weekday, time(a // 4, a % 4 * 15), time(b // 4, b % 4 * 15)) for a, b in pairs]
    return tuple(stretches)


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    closed = draw(st.lists(DAYS, max_size=2))
    return Rules(
        zone=draw(ZONES),
        hours=draw(hours()),
        closures=tuple(Closure(d, d) for d in closed),
        lead_minutes=draw(st.sampled_from([0, 60, 24 * 60])),
        step_minutes=draw(st.sampled_from([15, 30, 60])),
    )


def is_open_throughout(rules: Rules, start: datetime, minutes: int) -> bool:
    """The oracle: every minute of the stretch lies in opening hours of its own day, and the stretch in one of them."""
    for h in rules.hours:
        day = clock.local(start, rules.zone).date()
        if h.weekday != day.isoweekday() or any(c.first <= day <= c.last for c in rules.closures):
            continue
        opens, closes = clock.at(day, h.opens_at, rules.zone), clock.at(day, h.closes_at, rules.zone)
        if all(opens <= start + timedelta(minutes=m) < closes for m in range(minutes)):
            return True
    return False


@settings(max_examples=150, deadline=None)
@given(rules(), DAYS, st.sampled_from([15, 30, 45, 60, 90, 120]), st.integers(-3000, 3000))
def test_what_is_offered_is_what_fits(rules: Rules, day: date, minutes: int, offset: int) -> None:
    now = datetime.combine(day, time(12), UTC) + timedelta(minutes=offset)
    duration = timedelta(minutes=minutes)
    offered = candidates(rules, day, duration, now)
    assert offered == sorted(set(offered))
    for start in offered:
        assert fits(rules, start, duration, now)
        assert is_open_throughout(rules, start, minutes)
        assert start >= now + timedelta(minutes=rules.lead_minutes)
    first = clock.at(day, time(0), rules.zone)
    for quarter in range(96):
        start = first + timedelta(minutes=15 * quarter)
        in_time = now + timedelta(minutes=rules.lead_minutes) <= start
        if clock.local(start, rules.zone).date() == day:
            assert fits(rules, start, duration, now) == (in_time and is_open_throughout(rules, start, minutes))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(RESOURCES), st.integers(0, 40), st.integers(1, 8)), max_size=8),
    st.integers(0, 40),
    st.integers(1, 8),
)
def test_free_resources_share_no_minute(bookings: list[tuple[UUID, int, int]], begin: int, length: int) -> None:
    base = datetime(2026, 3, 2, 9, tzinfo=UTC)
    quarter = timedelta(minutes=15)
    busy = [Busy(r, base + quarter * a, base + quarter * (a + n)) for r, a, n in bookings]
    taken = {(b.resource_id, q) for b, (_, a, n) in zip(busy, bookings, strict=True) for q in range(a, a + n)}
    expected = [r for r in RESOURCES if not any((r, q) in taken for q in range(begin, begin + length))]
    assert free_resources(base + quarter * begin, quarter * length, RESOURCES, busy) == expected


def test_back_to_back_is_free() -> None:
    rules = Rules("America/Sao_Paulo", (Hours(1, time(9), time(11)),), step_minutes=60)
    monday, hour = date(2026, 3, 2), timedelta(hours=1)
    nine = clock.at(monday, time(9), rules.zone)
    busy = [Busy(RESOURCES[0], nine, nine + hour)]
    assert free_starts(rules, monday, hour, RESOURCES[:1], busy, nine - hour) == [nine + hour]
