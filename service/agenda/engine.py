"""When a visit can take place: pure functions over the shop's rules and who is taken.

One engine answers every question: what it offers is what it books, since both ask `Agenda.plan`. The database's exclusion
constraint has the last word between two who ask at once.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from service.platform import clock
from service.platform.documents import EndOfDay

Unit = Literal["visit", "day", "night"]
Stretch = tuple[datetime, datetime]
Hindrance = Literal["off", "taken"]

MAX_TASKS = 6
"""Pets times services of one visit; beyond it the search for an order would take long, and people plan such a day by hand."""

MAX_DEAD_ENDS = 500
"""What is tried for one start before it counts as not free, for offers and bookings alike; only many unlike services get there."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One stretch on an ISO weekday (1 is Monday), wall-clock times of the shop; what closes at midnight closes with the day."""

    weekday: int
    opens_at: time
    closes_at: EndOfDay


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which the shop stays closed, both ends included."""

    first: date
    last: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides when the shop takes bookings. `zone` is an IANA name; lead and step are minutes, the horizon days.

    `special` has the hours of single days instead of the week's (no stretch: closed), `holidays` the days closed for one, by name.
    Of a closure, special hours and a holiday the first counts.
    """

    zone: str
    hours: tuple[Hours, ...]
    closures: tuple[Closure, ...] = ()
    special: Mapping[date, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)
    lead_minutes: int = 0
    step_minutes: int = 30
    horizon_days: int = 180


@dataclass(frozen=True, slots=True)
class Resource:
    """Somebody or something that a booking occupies. Without hours of its own it works whenever the shop is open."""

    id: UUID
    name: str
    hours: tuple[Hours, ...] = ()
    is_person: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """One service for one pet. It takes one resource of each need; tasks of the same pet follow each other in their order.

    A `visit` lasts `duration`; a `day` from opening to closing; a `night` from check-in to check-out `nights` days later, whether or
    not the shop opens in between. The buffers keep the resources occupied before and after. `elsewhere` is when the pet is in other
    hands, with services that this one does not go together with.
    """

    pet: UUID | str
    needs: tuple[frozenset[UUID], ...]
    duration: timedelta = timedelta(0)
    before: timedelta = timedelta(0)
    after: timedelta = timedelta(0)
    unit: Unit = "visit"
    nights: int = 0
    check_in: time = time(14)
    check_out: time = time(12)
    elsewhere: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A task with its instants (buffers not included) and the resources that it takes, in the order of its needs."""

    task: int
    start: datetime
    end: datetime
    resources: tuple[UUID, ...]


Plan = tuple[Placed, ...]


def closed_for(rules: Rules, day: date) -> str | None:
    """Why a day is closed out of turn, as the shop or the calendar calls it; None for ordinary days, open or not."""
    closure = next((c for c in rules.closures if c.first <= day <= c.last), None)
    if closure:
        return closure.reason or "recesso"
    return rules.holidays.get(day) if day not in rules.special else None


def opening(rules: Rules, day: date) -> list[Stretch]:
    """Return the stretches in which the shop is open on a day, in order; empty on a closed one."""
    if any(c.first <= day <= c.last for c in rules.closures):
        return []
    if day in rules.special:
        stretches: Iterable[tuple[time, time]] = rules.special[day]
    elif day in rules.holidays:
        return []
    else:
        stretches = ((h.opens_at, h.closes_at) for h in rules.hours if h.weekday == day.isoweekday())
    return sorted((clock.at(day, opens, rules.zone), clock.until(day, closes, rules.zone)) for opens, closes in stretches)


def overlaps(stretches: Iterable[Stretch], start: datetime, end: datetime) -> bool:
    """Tell whether one of some stretches shares more than an end with the one from `start` to `end`."""
    return any(begins < end and start < ends for begins, ends in stretches)


class Agenda:
    """The shop's rules, its resources, and when each is taken (absences included). Instants are aware; stretches half-open."""

    def __init__(self, rules: Rules, resources: Iterable[Resource], busy: Iterable[tuple[UUID, datetime, datetime]]) -> None:
        self.rules = rules
        self.resources = {r.id: r for r in resources}
        self._busy = _joined(busy)
        self._opening: dict[date, list[Stretch]] = {}
        self._working: dict[tuple[UUID, date], list[Stretch]] = {}
        self._ranked: dict[tuple[frozenset[UUID], date], list[UUID]] = {}

    def opening(self, day: date) -> list[Stretch]:
        """Return the shop's open stretches of a day."""
        if day not in self._opening:
            self._opening[day] = opening(self.rules, day)
        return self._opening[day]

    def starts(self, tasks: Sequence[Task], first: date, last: date, now: datetime) -> Iterator[Plan]:
        """Every plan from one day to another, both included, soonest first: one for each start that the shop offers."""
        day = first
        while day <= last:
            for start in self.grid(tasks[0], day):
                if plan := self._plan(tasks, start, day, now):
                    yield plan
            day += timedelta(days=1)

    def grid(self, task: Task, day: date) -> list[datetime]:
        """Return the instants of a day at which the shop lets such a task begin, leaving aside who is free."""
        stretches = self.opening(day)
        if task.unit == "day":
            return [stretches[0][0]] if stretches else []
        if task.unit == "night":
            return [clock.at(day, task.check_in, self.rules.zone)] if stretches else []
        step, starts = timedelta(minutes=self.rules.step_minutes), []
        for opens, closes in stretches:
            start = opens
            while start + task.duration <= closes:
                starts.append(start)
                start += step
        return starts

    def plan(self, tasks: Sequence[Task], start: datetime, now: datetime) -> Plan | None:
        """Who does what when, if all tasks together can begin at `start`; None where they can't.

        The visit has no gaps: each task begins at `start` or where another of it ends. Pets may be served side by side.
        """
        day = clock.local(start, self.rules.zone).date()
        return self._plan(tasks, start, day, now) if tasks and start in self.grid(tasks[0], day) else None

    def end(self, task: Task, start: datetime) -> datetime | None:
        """Return when a task that begins at `start` ends; None for a stay that would end on a day on which the shop is closed."""
        return self._end(task, start, clock.local(start, self.rules.zone).date())

    def hindrance(self, resource: UUID, task: Task, start: datetime) -> Hindrance | None:
        """Say what keeps a resource from a task at `start`: it does not work then, or is taken. None where it is free."""
        day, end = clock.local(start, self.rules.zone).date(), self.end(task, start)
        if end is None or (task.unit == "visit" and not self._works(resource, start, end, day)):
            return "off"
        return None if self._is_free(resource, task, start, end, day) else "taken"

    def _plan(self, tasks: Sequence[Task], start: datetime, day: date, now: datetime) -> Plan | None:
        """Return the plan of a start that is on the grid."""
        if len(tasks) > MAX_TASKS or not self._in_time(start, day, now):
            return None
        return self._place(tasks, start, day, (), _kinds(tasks), set())

    def _in_time(self, start: datetime, day: date, now: datetime) -> bool:
        last = clock.local(now, self.rules.zone).date() + timedelta(days=self.rules.horizon_days)
        return now + timedelta(minutes=self.rules.lead_minutes) <= start and day <= last

    def _place(
        self, tasks: Sequence[Task], start: datetime, day: date, placed: Plan, kinds: Sequence[int], dead_ends: set[frozenset[object]]
    ) -> Plan | None:
        """Return the rest of a plan. Tasks of one kind can change places: what failed with one fails with the other (`dead_ends`)."""
        if len(placed) == len(tasks):
            return tuple(sorted(placed, key=lambda p: p.task)) if len(placed) > 1 else placed
        so_far: frozenset[object] = frozenset((kinds[p.task], p.start, p.resources) for p in placed)
        if so_far in dead_ends or len(dead_ends) > MAX_DEAD_ENDS:
            return None
        done = {p.task for p in placed}
        moments = sorted({start, *(p.end for p in placed)}) if placed else [start]
        for number, task in enumerate(tasks):
            earlier = [n for n in range(number) if tasks[n].pet == task.pet and task.unit == "visit"]
            if number in done or not done.issuperset(earlier):
                continue
            ready = max((p.end for p in placed if p.task in earlier), default=start)
            for moment in moments if task.unit == "visit" else [start]:
                if moment < ready or (end := self._end(task, moment, day)) is None or overlaps(task.elsewhere, moment, end):
                    continue
                taken = self._taken_by(tasks, placed, moment - task.before, end + task.after) if placed else set()
                for resources in self._choices(task, moment, end, day, taken):
                    if plan := self._place(tasks, start, day, (*placed, Placed(number, moment, end, resources)), kinds, dead_ends):
                        return plan
        dead_ends.add(so_far)
        return None

    def _end(self, task: Task, start: datetime, day: date) -> datetime | None:
        if task.unit == "visit":
            return start + task.duration
        if task.unit == "day":
            return self.opening(day)[-1][1]
        leaves = day + timedelta(days=task.nights)
        return clock.at(leaves, task.check_out, self.rules.zone) if task.nights > 0 and self.opening(leaves) else None

    def _taken_by(self, tasks: Sequence[Task], placed: Plan, since: datetime, until: datetime) -> set[UUID]:
        """Return what the plan so far keeps occupied in a stretch."""
        return {
            resource
            for p in placed
            if p.start - tasks[p.task].before < until and since < p.end + tasks[p.task].after
            for resource in p.resources
        }

    def _choices(self, task: Task, start: datetime, end: datetime, day: date, taken: set[UUID]) -> Iterator[tuple[UUID, ...]]:
        """Yield the ways to fill a task's needs, the least busy resources first, each only once and only when its turn comes."""
        looked_at: dict[UUID, bool] = {}

        def is_free(resource: UUID) -> bool:
            if resource not in looked_at:
                looked_at[resource] = resource not in taken and self._is_free(resource, task, start, end, day)
            return looked_at[resource]

        if task.needs:
            yield from _distinct([self._by_load(need, day) for need in task.needs], is_free)

    def _is_free(self, resource: UUID, task: Task, start: datetime, end: datetime, day: date) -> bool:
        if task.unit == "visit" and not self._works(resource, start, end, day):
            return False
        starts, ends = self._busy.get(resource, ((), ()))
        first = bisect_right(ends, start - task.before)
        return first == len(starts) or starts[first] >= end + task.after

    def _works(self, resource: UUID, start: datetime, end: datetime, day: date) -> bool:
        return any(a <= start and end <= b for a, b in self._work(resource, day))

    def _work(self, resource: UUID, day: date) -> list[Stretch]:
        """When a resource works on a day: the shop's hours and its own, where it has any."""
        key = (resource, day)
        if key not in self._working:
            stretches = self.opening(day)
            if own := self.resources[resource].hours:
                zone = self.rules.zone
                mine = [
                    (clock.at(day, h.opens_at, zone), clock.until(day, h.closes_at, zone)) for h in own if h.weekday == day.isoweekday()
                ]
                stretches = [(max(a, c), min(b, d)) for a, b in stretches for c, d in mine if max(a, c) < min(b, d)]
            self._working[key] = stretches
        return self._working[key]

    def _by_load(self, need: frozenset[UUID], day: date) -> list[UUID]:
        """Resources by how long they are taken on a day, then by name; those that don't exist any more are left out."""
        key = (need, day)
        if key not in self._ranked:
            since, until = clock.day_bounds(day, day, self.rules.zone)
            known = [self.resources[r] for r in need if r in self.resources]
            self._ranked[key] = [r.id for r in sorted(known, key=lambda r: (self._load(r.id, since, until), r.name, r.id))]
        return self._ranked[key]

    def _load(self, resource: UUID, since: datetime, until: datetime) -> timedelta:
        starts, ends = self._busy.get(resource, ((), ()))
        total, i = timedelta(0), bisect_right(ends, since)
        while i < len(starts) and starts[i] < until:
            total += min(ends[i], until) - max(starts[i], since)
            i += 1
        return total


def _kinds(tasks: Sequence[Task]) -> list[int]:
    """For each task the first that is the same but for its pet; one of a pet with several is of a kind of its own."""
    of_pet = [sum(other.pet == task.pet for other in tasks) for task in tasks]
    alike = [replace(task, pet="") if count == 1 else task for task, count in zip(tasks, of_pet, strict=True)]
    return [alike.index(task) if count == 1 else n for n, (task, count) in enumerate(zip(alike, of_pet, strict=True))]


def _distinct(options: Sequence[Sequence[UUID]], is_free: Callable[[UUID], bool]) -> Iterator[tuple[UUID, ...]]:
    if not options:
        yield ()
        return
    for first in filter(is_free, options[0]):
        for rest in _distinct(options[1:], is_free):
            if first not in rest:
                yield (first, *rest)


def _joined(busy: Iterable[tuple[UUID, datetime, datetime]]) -> dict[UUID, tuple[list[datetime], list[datetime]]]:
    """Each resource's busy stretches as sorted starts and ends, touching and overlapping ones made one."""
    joined: dict[UUID, tuple[list[datetime], list[datetime]]] = {}
    for resource, start, end in sorted(busy, key=lambda b: b[1]):
        starts, ends = joined.setdefault(resource, ([], []))
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return joined
