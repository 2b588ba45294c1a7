"""When the shop or one of its people is away: absences, closures, and days with hours of their own."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import LiteralString
from uuid import UUID

from service.platform import clock
from service.platform.database import Database, first, typed
from service.platform.documents import Document, EndOfDay
from service.shop.bookings import Absence, Booking, Resource
from service.shop.queries.board import BOOKING


class Closure(Document):
    """Days on which the shop is closed, both included."""

    id: UUID
    starts_on: date
    ends_on: date
    reason: str | None


class HoursOfDay(Document):
    """A stretch of hours on the shop's clock, until midnight at the latest."""

    opens_at: time
    closes_at: EndOfDay


class SpecialDay(Document):
    """A day with hours of its own; without any it is closed."""

    day: date
    hours: tuple[HoursOfDay, ...]
    reason: str | None


_TODAY: LiteralString = """
(select (now() at time zone o.zone)::date from organizations o where o.id = patas.organization_id())
"""

_RESOURCES: LiteralString = """
select id, name, kind
from resources
where organization_id = patas.organization_id() and is_active
order by name, id
"""

_ABSENCES: LiteralString = """
select a.id, a.resource_id, r.name as resource, a.starts_at, a.ends_at, a.reason
from resource_absences a join resources r on r.id = a.resource_id
where a.organization_id = patas.organization_id() and a.ends_at > now()
order by a.starts_at, r.name, a.id
"""

_CLOSURES: LiteralString = f"""
select id, starts_on, ends_on, reason
from closures
where organization_id = patas.organization_id() and ends_on >= {_TODAY}
order by starts_on, id
"""

_SPECIAL: LiteralString = f"""
select day, max(reason) as reason,
  coalesce(
    jsonb_agg(jsonb_build_object('opens_at', opens_at, 'closes_at', closes_at) order by opens_at) filter (where opens_at is not null),
    '[]') as hours
from special_hours
where organization_id = patas.organization_id() and day >= {_TODAY}
group by day
order by day
"""

# Locked in a statement of its own, so that of two that come at once the second sees the row of the first.
_LOCK_RESOURCE: LiteralString = "select id from resources where id = %(resource_id)s for no key update"

_ADD_ABSENCE: LiteralString = """
with known as (
  select id, resource_id, starts_at, ends_at, reason
  from resource_absences
  where resource_id = %(resource_id)s and starts_at = %(starts_at)s and ends_at = %(ends_at)s
  order by id
  limit 1
), made as (
  insert into resource_absences (organization_id, resource_id, starts_at, ends_at, reason)
  select r.organization_id, r.id, %(starts_at)s, %(ends_at)s, %(reason)s
  from resources r
  where r.id = %(resource_id)s and not exists (select from known)
  returning id, resource_id, starts_at, ends_at, reason
)
select m.id, m.resource_id, r.name as resource, m.starts_at, m.ends_at, m.reason
from (select * from known union all select * from made) m
join resources r on r.id = m.resource_id
"""

_ADD_CLOSURE: LiteralString = """
insert into closures (organization_id, starts_on, ends_on, reason)
values (patas.organization_id(), %(first)s, %(last)s, %(reason)s)
returning id, starts_on, ends_on, reason
"""

_CLEAR_SPECIAL: LiteralString = """
delete from special_hours
where organization_id = patas.organization_id() and day = %(day)s
returning day
"""

_ADD_SPECIAL: LiteralString = """
insert into special_hours (organization_id, day, opens_at, closes_at, reason)
values (patas.organization_id(), %(day)s, %(opens_at)s, %(closes_at)s::time, %(reason)s)
"""

# Appointments still to come, from an instant to another, soonest first.
_HIT: LiteralString = f"""
{BOOKING}
where b.organization_id = patas.organization_id() and b.status in ('scheduled', 'confirmed') and b.received_at is null
  and b.id in (
    select a.booking_id
    from allocations a
    where a.organization_id = patas.organization_id() and a.ends_at > %(since)s and a.starts_at < %(until)s)
  and b.ends_at > greatest(%(since)s, now()) and b.starts_at < %(until)s
  and (%(resource_id)s::uuid is null or b.resource_id = %(resource_id)s or %(resource_id)s = any(b.also_resource_ids))
order by b.starts_at, b.id
"""


async def resources(db: Database, organization_id: UUID) -> list[Resource]:
    """List whom and what bookings occupy, by name."""
    return typed(Resource, (await db.run(organization_id, (_RESOURCES, {})))[0])


async def absences(db: Database, organization_id: UUID) -> list[Absence]:
    """List absences that are not over, soonest first."""
    return typed(Absence, (await db.run(organization_id, (_ABSENCES, {})))[0])


async def closures(db: Database, organization_id: UUID) -> list[Closure]:
    """List closures that are not over, soonest first."""
    return typed(Closure, (await db.run(organization_id, (_CLOSURES, {})))[0])


async def special_hours(db: Database, organization_id: UUID) -> list[SpecialDay]:
    """List days from today on that have hours of their own."""
    return typed(SpecialDay, (await db.run(organization_id, (_SPECIAL, {})))[0])


async def add_absence(
    db: Database, organization_id: UUID, resource_id: UUID, *, starts_at: datetime, ends_at: datetime, reason: str | None
) -> tuple[Absence | None, list[Booking]]:
    """Keep a resource free of new bookings; the same time twice is one absence, as it was first written. Returns it (None where there is no such resource), and the bookings that it hits."""
    params = {
        "resource_id": resource_id, "starts_at": starts_at, "ends_at": ends_at, "reason": reason, "since": starts_at, "until": ends_at,
    }  # fmt: skip
    _, made, hit = await db.run(organization_id, (_LOCK_RESOURCE, params), (_ADD_ABSENCE, params), (_HIT, params))
    return first(Absence, made), typed(Booking, hit)


async def add_closure(
    db: Database, organization_id: UUID, days: tuple[date, date], *, reason: str | None, since: datetime, until: datetime
) -> tuple[Closure, list[Booking]]:
    """Close the shop from a day to another; `since` and `until` are their instants. Returns the closure, and the bookings of these days."""
    params = {"first": days[0], "last": days[1], "reason": reason, "since": since, "until": until, "resource_id": None}
    made, hit = await db.run(organization_id, (_ADD_CLOSURE, params), (_HIT, params))
    return Closure.model_validate(made[0]), typed(Booking, hit)


async def set_special_hours(
    db: Database,
    organization_id: UUID,
    day: date,
    hours: Sequence[tuple[time, time]],
    *,
    reason: str | None,
    since: datetime,
    until: datetime,
) -> list[Booking]:
    """Give a day hours of its own, none for a closed day, in place of what it had. Returns the bookings of that day."""
    stretches: Sequence[tuple[time | None, time | None]] = hours or [(None, None)]
    inserts = [
        (
            _ADD_SPECIAL,
            {"day": day, "reason": reason, "opens_at": opens, "closes_at": clock.write_end(closes) if closes is not None else None},
        )
        for opens, closes in stretches
    ]
    hit = (_HIT, {"since": since, "until": until, "resource_id": None})
    return typed(Booking, (await db.run(organization_id, (_CLEAR_SPECIAL, {"day": day}), *inserts, hit))[-1])


async def drop_absence(db: Database, organization_id: UUID, absence_id: UUID) -> bool:
    """Let a resource be booked again; False where there is no such absence, and likewise for the others."""
    sql: LiteralString = "delete from resource_absences where id = %(id)s returning id"
    return bool((await db.run(organization_id, (sql, {"id": absence_id})))[0])


async def drop_closure(db: Database, organization_id: UUID, closure_id: UUID) -> bool:
    sql: LiteralString = "delete from closures where id = %(id)s returning id"
    return bool((await db.run(organization_id, (sql, {"id": closure_id})))[0])


async def drop_special_hours(db: Database, organization_id: UUID, day: date) -> bool:
    return bool((await db.run(organization_id, (_CLEAR_SPECIAL, {"day": day})))[0])
