"""Shops with hours, resources and taken times, for the tests of the agenda."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from hypothesis import strategies as st

from service.agenda.engine import Closure, Hours, Resource, Rules
from service.platform import clock

SHOP = "America/Sao_Paulo"


# All but the first still change their clocks.
ZONES = st.sampled_from([SHOP, "America/Asuncion", "America/Santiago", "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe"])


# Around changes of the clocks of one zone or another, and a leap day.
FIRST_DAYS = st.sampled_from(
    [date(2026, 3, 7), date(2026, 3, 28), date(2026, 4, 4), date(2026, 9, 5), date(2026, 10, 3), date(2028, 2, 28)]
)


IDS = [UUID(int=n) for n in range(1, 4)]


QUARTER = timedelta(minutes=15)


DAYS = 3


@st.composite
def week(draw: st.DrawFn) -> tuple[Hours, ...]:
    stretches = []
    for weekday in range(1, 8):
        cuts = draw(
            st.one_of(st.just([24, 56]), st.just([28, 40, 42, 52]), st.lists(st.integers(0, 96), max_size=4, unique=True).map(sorted))
        )
        stretches += [
            # Of the last quarter the end is midnight, with which the day ends.
            Hours(weekday, time(a // 4, a % 4 * 15), time(b // 4 % 24, b % 4 * 15))
            for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
    return tuple(stretches)


@st.composite
def shops(draw: st.DrawFn) -> tuple[Rules, list[Resource], list[tuple[UUID, datetime, datetime]], datetime]:
    zone, first = draw(ZONES), draw(FIRST_DAYS)
    days = st.sampled_from([first + timedelta(days=n) for n in range(DAYS * 3)])
    rules = Rules(
        zone,
        draw(week()),
        closures=tuple(Closure(d, d) for d in draw(st.lists(days, max_size=1))),
        special={d: ((time(8), draw(st.sampled_from([time(11), time(0)]))),) for d in draw(st.lists(days, max_size=1))},
        holidays={d: "Natal" for d in draw(st.lists(days, max_size=1))},
        lead_minutes=draw(st.sampled_from([0, 0, 0, 60, 24 * 60])),
        step_minutes=draw(st.sampled_from([15, 30, 60])),
        horizon_days=draw(st.sampled_from([0, 1, 180, 180, 180])),
    )
    resources = [Resource(i, str(i), draw(st.one_of(st.just(()), week()))) for i in IDS]
    midnight = clock.at(first, time(0), zone)
    taken = draw(st.lists(st.tuples(st.sampled_from(IDS), st.integers(0, DAYS * 96), st.integers(1, 12)), max_size=30))
    busy = [(r, midnight + QUARTER * at, midnight + QUARTER * (at + long)) for r, at, long in taken]
    return rules, resources, busy, midnight + timedelta(minutes=draw(st.integers(-1500, 1500)))


MONDAY = date(2026, 3, 2)


WEEK = tuple(Hours(weekday, time(9), time(12)) for weekday in range(1, 7))
