"""The slot engine against an oracle that tries everything, minute by minute."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import permutations, product
from time import perf_counter
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from service.agenda.engine import Agenda, Closure, Hours, Plan, Resource, Rules, Task, closed_for, opening
from service.platform import clock
from tests.kit.agendas import IDS, MONDAY, QUARTER, SHOP, WEEK, shops


@st.composite
def visits(draw: st.DrawFn) -> list[Task]:
    lengths = st.sampled_from([QUARTER, 2 * QUARTER, 3 * QUARTER, 4 * QUARTER])
    buffers = st.sampled_from([timedelta(0), timedelta(0), QUARTER])
    needs = st.lists(st.frozensets(st.sampled_from(IDS), min_size=1), min_size=1, max_size=2).map(tuple)
    return [
        Task(draw(st.sampled_from(["Rex", "Rex", "Mel"])), draw(needs), draw(lengths), draw(buffers), draw(buffers))
        for _ in range(draw(st.sampled_from([1, 2, 2, 3, 3])))
    ]


def minutes(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += timedelta(minutes=5)


class Oracle:
    """Knows nothing of intervals: it asks of every five minutes whether they may be used."""

    def __init__(self, rules: Rules, resources: Sequence[Resource], busy: Sequence[tuple[UUID, datetime, datetime]], now: datetime) -> None:
        self.rules, self.resources, self.busy, self.now = rules, {r.id: r for r in resources}, busy, now

    def shop_stretch(self, moment: datetime) -> int | None:
        """Which of its own day's stretches the shop is in."""
        day = clock.local(moment, self.rules.zone).date()
        if any(c.first <= day <= c.last for c in self.rules.closures):
            return None
        hours = [(h.opens_at, h.closes_at) for h in self.rules.hours if h.weekday == day.isoweekday()]
        if day in self.rules.special:
            hours = list(self.rules.special[day])
        elif day in self.rules.holidays:
            return None
        return next((n for n, (a, b) in enumerate(hours) if self.at(day, a) <= moment < self.end(day, b)), None)

    def at(self, day: date, moment: time) -> datetime:
        return clock.at(day, moment, self.rules.zone)

    def end(self, day: date, moment: time) -> datetime:
        return self.at(day + timedelta(days=1), moment) if moment == time(0) else self.at(day, moment)

    def own_stretch(self, resource: UUID, moment: datetime) -> int | None:
        own = self.resources[resource].hours
        day = clock.local(moment, self.rules.zone).date()
        found = [
            n
            for n, h in enumerate(own)
            if h.weekday == day.isoweekday() and self.at(day, h.opens_at) <= moment < self.end(day, h.closes_at)
        ]
        return found[0] if found else (-1 if not own else None)

    def works(self, resource: UUID, start: datetime, end: datetime) -> bool:
        days = {clock.local(start, self.rules.zone).date()}
        seen = {(self.shop_stretch(m), self.own_stretch(resource, m)) for m in minutes(start, end)}
        days |= {clock.local(m, self.rules.zone).date() for m in minutes(start, end)}
        return len(seen) == 1 and None not in next(iter(seen)) and len(days) == 1

    def untaken(self, resource: UUID, start: datetime, end: datetime) -> bool:
        return not any(r == resource and a <= m < b for m in minutes(start, end) for r, a, b in self.busy)

    def offered(self, task: Task, start: datetime) -> bool:
        """Whether the shop begins anything at this instant: on the grid of its stretch, in time, not too far away."""
        day = clock.local(start, self.rules.zone).date()
        today = clock.local(self.now, self.rules.zone).date()
        if start < self.now + timedelta(minutes=self.rules.lead_minutes) or day > today + timedelta(days=self.rules.horizon_days):
            return False
        return any(
            start + task.duration <= closes
            and start >= opens
            and (start - opens) % timedelta(minutes=self.rules.step_minutes) == timedelta(0)
            for opens, closes in opening(self.rules, day)
        )

    def possible(self, tasks: Sequence[Task], start: datetime) -> bool:
        """Whether any order, any moment and any choice of resources makes the visit."""
        if not self.offered(tasks[0], start):
            return False
        sums = {start + sum((t.duration for t in some), timedelta(0)) for n in range(len(tasks)) for some in permutations(tasks, n)}
        choices = [[c for c in product(*task.needs) if len(set(c)) == len(c)] for task in tasks]
        alone = [
            [
                (moment, c)
                for moment in sums
                for c in choices[i]
                if all(
                    self.works(r, moment, moment + t.duration) and self.untaken(r, moment - t.before, moment + t.duration + t.after)
                    for r in c
                )
            ]
            for i, t in enumerate(tasks)
        ]
        return any(self.fits_together(tasks, start, combination) for combination in product(*alone))

    def fits_together(self, tasks: Sequence[Task], start: datetime, placed: Sequence[tuple[datetime, tuple[UUID, ...]]]) -> bool:
        spans = [(m, m + t.duration) for t, (m, _) in zip(tasks, placed, strict=True)]
        if not any(m == start for m, _ in spans) or any(m != start and all(m != e for _, e in spans) for m, _ in spans):
            return False
        for i in range(len(tasks)):
            for j in range(i + 1, len(tasks)):
                one, two = tasks[i], tasks[j]
                if one.pet == two.pet and spans[j][0] < spans[i][1]:
                    return False
                shared = set(placed[i][1]) & set(placed[j][1])
                apart = spans[i][1] + one.after <= spans[j][0] - two.before or spans[j][1] + two.after <= spans[i][0] - one.before
                if shared and not apart:
                    return False
        return True


def is_valid(oracle: Oracle, tasks: Sequence[Task], start: datetime, plan: Plan) -> bool:
    placed = [(p.start, p.resources) for p in plan]
    return (
        [p.task for p in plan] == list(range(len(tasks)))
        and all(p.end - p.start == t.duration for p, t in zip(plan, tasks, strict=True))
        and all(len(p.resources) == len(t.needs) for p, t in zip(plan, tasks, strict=True))
        and all(r in need for p, t in zip(plan, tasks, strict=True) for r, need in zip(p.resources, t.needs, strict=True))
        and all(oracle.works(r, p.start, p.end) for p in plan for r in p.resources)
        and all(oracle.untaken(r, p.start - t.before, p.end + t.after) for p, t in zip(plan, tasks, strict=True) for r in p.resources)
        and oracle.fits_together(tasks, start, placed)
    )


@settings(max_examples=300)
@given(shops(), visits(), st.data())
def test_a_visit_can_begin_exactly_where_the_oracle_finds_a_way(
    shop: tuple[Rules, list[Resource], list[tuple[UUID, datetime, datetime]], datetime], tasks: list[Task], data: st.DataObject
) -> None:
    rules, resources, busy, now = shop
    oracle, agenda = Oracle(rules, resources, busy, now), Agenda(rules, resources, busy)
    day = clock.local(now, rules.zone).date() + timedelta(days=data.draw(st.integers(0, 1)))
    offered = {plan_start(plan): plan for plan in agenda.starts(tasks, day, day, now)}
    for start, plan in offered.items():
        assert is_valid(oracle, tasks, start, plan)
        # What is offered is what is booked.
        assert Agenda(rules, resources, busy).plan(tasks, start, now) == plan
    moment = clock.at(day, time(0), rules.zone)
    while clock.local(moment, rules.zone).date() == day:
        if moment not in offered and oracle.offered(tasks[0], moment):
            assert not oracle.possible(tasks, moment)
        assert (agenda.plan(tasks, moment, now) is not None) == (moment in offered)
        moment += QUARTER


def plan_start(plan: Plan) -> datetime:
    return min(p.start for p in plan)


@settings(max_examples=60)
@given(shops(), st.integers(1, 4))
def test_a_kennel_is_free_from_check_in_to_check_out_whatever_lies_between(
    shop: tuple[Rules, list[Resource], list[tuple[UUID, datetime, datetime]], datetime], nights: int
) -> None:
    rules, resources, busy, now = shop
    oracle = Oracle(rules, resources, busy, now)
    task = Task("Rex", (frozenset(IDS),), unit="night", nights=nights)
    day = clock.local(now, rules.zone).date() + timedelta(days=1)
    comes, leaves = clock.at(day, task.check_in, rules.zone), clock.at(day + timedelta(days=nights), task.check_out, rules.zone)
    open_at_both_ends = bool(opening(rules, day)) and bool(opening(rules, day + timedelta(days=nights)))
    in_time = comes >= now + timedelta(minutes=rules.lead_minutes) and rules.horizon_days >= 1
    expected = in_time and open_at_both_ends and any(oracle.untaken(r, comes, leaves) for r in IDS)
    plans = list(Agenda(rules, resources, busy).starts([task], day, day, now))
    assert bool(plans) == expected
    assert all((p.start, p.end) == (comes, leaves) for plan in plans for p in plan)


def at(hour: float, day: date = MONDAY) -> datetime:
    return clock.at(day, time(int(hour), int(hour % 1 * 60)), SHOP)


def bath(pet: str = "Rex", *needs: frozenset[UUID], hours: float = 1) -> Task:
    return Task(pet, needs or (frozenset(IDS[:1]),), timedelta(hours=hours))


def begins(agenda: Agenda, *tasks: Task, day: date = MONDAY) -> list[datetime]:
    return [plan_start(plan) for plan in agenda.starts(tasks, day, day, at(0))]


def test_back_to_back_is_free() -> None:
    agenda = Agenda(Rules(SHOP, WEEK, step_minutes=60), [Resource(IDS[0], "Bia")], [(IDS[0], at(9), at(10)), (IDS[0], at(11), at(12))])
    assert begins(agenda, bath()) == [at(10)]


def test_a_groomer_and_a_tub_must_be_free_at_once() -> None:
    resources = [Resource(IDS[0], "Bia"), Resource(IDS[1], "Caio"), Resource(IDS[2], "Banheira")]
    agenda = Agenda(Rules(SHOP, WEEK, step_minutes=60), resources, [(IDS[0], at(9), at(10)), (IDS[2], at(10), at(11))])
    (nine, eleven) = agenda.starts([bath("Rex", frozenset(IDS[:2]), frozenset(IDS[2:]))], MONDAY, MONDAY, at(0))
    assert (nine[0].start, nine[0].resources) == (at(9), (IDS[1], IDS[2]))
    assert (eleven[0].start, eleven[0].resources) == (at(11), (IDS[1], IDS[2]))


def test_two_pets_side_by_side_or_one_after_the_other() -> None:
    both = Agenda(Rules(SHOP, WEEK, step_minutes=60), [Resource(i, str(i)) for i in IDS], [])
    side_by_side = next(both.starts([bath("Rex", frozenset(IDS)), bath("Mel", frozenset(IDS))], MONDAY, MONDAY, at(0)))
    assert [p.start for p in side_by_side] == [at(9), at(9)]
    assert len({p.resources for p in side_by_side}) == 2
    alone = Agenda(both.rules, [Resource(IDS[0], "Bia")], [])
    in_turn = next(alone.starts([bath("Rex"), bath("Mel")], MONDAY, MONDAY, at(0)))
    assert [p.start for p in in_turn] == [at(9), at(10)]


def test_a_break_and_an_absence_are_kept_free() -> None:
    bia = Resource(IDS[0], "Bia", (Hours(1, time(9), time(10)), Hours(1, time(11), time(12))))
    assert begins(Agenda(Rules(SHOP, WEEK), [bia], []), bath()) == [at(9), at(11)]
    assert begins(Agenda(Rules(SHOP, WEEK), [bia], [(IDS[0], at(8), at(9.5))]), bath()) == [at(11)]


def test_a_buffer_keeps_the_groomer_but_not_the_shop_open() -> None:
    cleaned = Task("Rex", (frozenset(IDS[:1]),), timedelta(hours=1), after=timedelta(minutes=30))
    agenda = Agenda(Rules(SHOP, WEEK), [Resource(IDS[0], "Bia")], [(IDS[0], at(10.5), at(11))])
    assert begins(agenda, cleaned) == [at(9), at(11)]


def test_holidays_special_hours_and_closures() -> None:
    days = [MONDAY + timedelta(days=n) for n in range(4)]
    rules = Rules(
        SHOP,
        WEEK,
        closures=(Closure(days[3], days[3], "Inventário"),),
        special={days[1]: ((time(9), time(10)),), days[2]: ()},
        holidays={days[0]: "Carnaval", days[1]: "Carnaval"},
    )
    agenda = Agenda(rules, [Resource(IDS[0], "Bia")], [])
    assert [begins(agenda, bath(), day=day) for day in days] == [[], [at(9, days[1])], [], []]
    assert [closed_for(rules, day) for day in days] == ["Carnaval", None, None, "Inventário"]


def test_day_care_lasts_until_the_shop_closes() -> None:
    agenda = Agenda(Rules(SHOP, (*WEEK, Hours(1, time(13), time(18)))), [Resource(IDS[0], "Vaga 1")], [])
    ((placed,),) = agenda.starts([Task("Rex", (frozenset(IDS[:1]),), unit="day")], MONDAY, MONDAY, at(0))
    assert (placed.start, placed.end) == (at(9), at(18))


def test_no_more_tasks_than_a_visit_takes() -> None:
    agenda = Agenda(Rules(SHOP, WEEK), [Resource(IDS[0], "Bia")], [])
    assert begins(agenda, *[bath(str(n), hours=0.25) for n in range(6)]) != []
    assert begins(agenda, *[bath(str(n), hours=0.25) for n in range(7)]) == []


def test_a_visit_that_does_not_fit_is_refused_soon() -> None:
    """Six pets for five groomers: as many ways as there are orders of them all, every one in vain."""
    groomers = [Resource(UUID(int=n), str(n)) for n in range(1, 6)]
    agenda = Agenda(Rules(SHOP, (Hours(1, time(9), time(10)),)), groomers, [])
    for hours in ([1.0] * 6, [1.0, 0.95, 0.9, 0.85, 0.8, 0.75]):
        visit = [Task(str(n), (frozenset(g.id for g in groomers),), timedelta(hours=h)) for n, h in enumerate(hours)]
        began = perf_counter()
        assert agenda.plan(visit, at(9), at(0)) is None
        assert perf_counter() - began < 2
        assert agenda.plan(visit[1:], at(9), at(0)) is not None
