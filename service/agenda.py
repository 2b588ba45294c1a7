"""When a service can start: pure functions over the shop's rules. The database's exclusion constraint has the last word."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from service import clock

HORIZON_DAYS = 180


@dataclass(frozen=True, slots=True)
class Hours:
    """One stretch of opening on an ISO weekday (1 is Monday), wall-clock times of the shop."""

    weekday: int
    opens_at: time
    closes_at: time


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which the shop stays closed, both ends included."""

    first: date
    last: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides when the shop takes bookings. `zone` is an IANA name; lead and step are minutes."""

    zone: str
    hours: tuple[Hours, ...]
    closures: tuple[Closure, ...] = ()
    lead_minutes: int = 0
    step_minutes: int = 30


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch in which a resource is taken; half-open, aware instants."""

    resource_id: UUID
    start: datetime
    end: datetime


def rules_of(briefing: Mapping[str, Any]) -> Rules:
    """The rules out of a briefing (`service.db.briefing`)."""
    settings = briefing["settings"]
    return Rules(
        zone=briefing["organization"]["timezone"],
        hours=tuple(Hours(h["weekday"], time.fromisoformat(h["opens_at"]), time.fromisoformat(h["closes_at"])) for h in briefing["hours"]),
        closures=tuple(
            Closure(date.fromisoformat(c["starts_on"]), date.fromisoformat(c["ends_on"]), c["reason"]) for c in briefing["closures"]
        ),
        lead_minutes=settings["lead_time_minutes"],
        step_minutes=settings["slot_step_minutes"],
    )


def opening(rules: Rules, day: date) -> list[tuple[datetime, datetime]]:
    """The stretches in which the shop is open on a day; empty on a closed one."""
    if any(c.first <= day <= c.last for c in rules.closures):
        return []
    return [
        (clock.at(day, h.opens_at, rules.zone), clock.at(day, h.closes_at, rules.zone))
        for h in rules.hours
        if h.weekday == day.isoweekday()
    ]


def fits(rules: Rules, start: datetime, duration: timedelta, now: datetime) -> bool:
    """Whether the shop takes a booking of this length at this instant, leaving aside who is free."""
    if not now + timedelta(minutes=rules.lead_minutes) <= start <= now + timedelta(days=HORIZON_DAYS):
        return False
    day = clock.local(start, rules.zone).date()
    return any(opens <= start and start + duration <= closes for opens, closes in opening(rules, day))


def candidates(rules: Rules, day: date, duration: timedelta, now: datetime) -> list[datetime]:
    """The starts that the shop offers on a day, in order, leaving aside who is free."""
    step = timedelta(minutes=rules.step_minutes)
    starts = []
    for opens, closes in opening(rules, day):
        start = opens
        while start + duration <= closes:
            if fits(rules, start, duration, now):
                starts.append(start)
            start += step
    return starts


def free_resources(start: datetime, duration: timedelta, resources: Iterable[UUID], busy: Iterable[Busy]) -> list[UUID]:
    """The resources with nothing between `start` and its end; back to back is free."""
    end = start + duration
    taken = {b.resource_id for b in busy if b.start < end and start < b.end}
    return [r for r in resources if r not in taken]


def free_starts(
    rules: Rules, day: date, duration: timedelta, resources: Sequence[UUID], busy: Sequence[Busy], now: datetime
) -> list[datetime]:
    """The starts on a day at which at least one resource is free."""
    return [s for s in candidates(rules, day, duration, now) if free_resources(s, duration, resources, busy)]
