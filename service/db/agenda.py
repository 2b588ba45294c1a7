"""Bookings and the resources they occupy."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg.errors import DeadlockDetected, ExclusionViolation
from psycopg.types.json import Jsonb

from service.agenda import Busy
from service.db.effects import FENCE, JOURNAL, JOURNAL_COLUMNS, Effect, journal_params, result_of
from service.db.pool import Database, Row

_RESOURCES: LiteralString = """
select sr.service_id, r.id, r.name from service_resources sr join resources r on r.id = sr.resource_id
where sr.service_id = any(%(services)s) and r.is_active order by r.name
"""

_BUSY: LiteralString = """
select b.resource_id, b.starts_at, b.ends_at from bookings b
where b.organization_id = patas.organization_id() and b.starts_at < %(until)s and b.ends_at > %(since)s and b.status not in ('cancelled', 'no_show')
"""

# Of two who choose the same resource the second waits for the first: two inserts checking the constraint at once can deadlock.
# The exclusion constraint refuses an overlap; the same pet, service and start again is the same booking, not a second one.
_BOOK: LiteralString = (
    """
with """
    + FENCE
    + """, free as (
  select r.id, r.name from service_resources sr join resources r on r.id = sr.resource_id
  where sr.service_id = %(service_id)s and r.is_active and not exists (
    select from bookings b where b.resource_id = r.id and b.status not in ('cancelled', 'no_show')
      and tstzrange(b.starts_at, b.ends_at, '[)') && tstzrange(%(starts_at)s, %(ends_at)s, '[)'))
  order by (select count(*) from bookings b where b.resource_id = r.id and b.starts_at between %(starts_at)s - interval '12 hours' and %(starts_at)s + interval '12 hours'), r.name
  limit 1
  for no key update of r
), booking as (
  insert into bookings (organization_id, contact_id, pet_id, service_id, resource_id, conversation_id, starts_at, ends_at, price_cents)
  select patas.organization_id(), p.contact_id, p.id, s.id, free.id, %(conversation_id)s, %(starts_at)s, %(ends_at)s, s.price_cents
  from fence, free, pets p, services s
  where p.id = %(pet_id)s and p.contact_id = %(contact_id)s and s.id = %(service_id)s and s.is_active
    and not exists (select from bookings b where b.pet_id = p.id and b.service_id = s.id and b.starts_at = %(starts_at)s
      and b.status in ('scheduled', 'confirmed'))
  returning id, resource_id
), effect as (
  """
    + JOURNAL
    + " select "
    + JOURNAL_COLUMNS
    + """, jsonb_set(%(result)s, '{appointment,professional}', to_jsonb(free.name)) from booking join free on free.id = booking.resource_id
  returning result
)
select exists (select from fence) as open, (select result from effect) as result
"""
)

_SAME: LiteralString = """
select r.name as professional from bookings b join resources r on r.id = b.resource_id
where b.pet_id = %(pet_id)s and b.contact_id = %(contact_id)s and b.service_id = %(service_id)s and b.starts_at = %(starts_at)s
  and b.status in ('scheduled', 'confirmed')
"""

_APPOINTMENTS: LiteralString = """
select p.name as pet, s.name as service, b.starts_at, b.status, b.price_cents, r.name as professional
from bookings b join services s on s.id = b.service_id join resources r on r.id = b.resource_id left join pets p on p.id = b.pet_id
where b.contact_id = %(contact_id)s and b.status in ('scheduled', 'confirmed', 'in_progress') and b.ends_at > now()
order by b.starts_at
"""


async def availability(
    db: Database, organization_id: UUID, services: list[UUID], since: datetime, until: datetime
) -> tuple[dict[UUID, dict[UUID, str]], list[Busy]]:
    """Who can do each service (service id -> resource id -> name) and when they are taken between two instants. One round trip."""
    resources, busy = await db.run(organization_id, (_RESOURCES, {"services": services}), (_BUSY, {"since": since, "until": until}))
    able: dict[UUID, dict[UUID, str]] = {service: {} for service in services}
    for row in resources:
        able[row["service_id"]][row["id"]] = row["name"]
    return able, [Busy(row["resource_id"], row["starts_at"], row["ends_at"]) for row in busy]


async def book(
    db: Database, organization_id: UUID, effect: Effect, *, contact_id: UUID, pet_id: UUID, service_id: UUID, starts_at: datetime, ends_at: datetime,
    result: dict[str, Any],
) -> dict[str, Any] | None:  # fmt: skip
    """Book with whoever is free and least busy, and journal `result` with the professional's name. One round trip.

    Returns the journaled result, or None when nobody is free or the booking is there already. Raises Overtaken.
    """
    params = {
        **journal_params(effect), "conversation_id": effect.conversation_id, "contact_id": contact_id, "pet_id": pet_id,
        "service_id": service_id, "starts_at": starts_at, "ends_at": ends_at, "result": Jsonb(result),
    }  # fmt: skip
    # Somebody may take the chosen resource between our look and our insert; another may still be free, so look again.
    for _ in range(5):
        try:
            rows = (await db.run(organization_id, (_BOOK, params)))[0]
        except (ExclusionViolation, DeadlockDetected):
            continue
        return result_of(rows[0])
    return None


async def same_booking(
    db: Database, organization_id: UUID, *, contact_id: UUID, pet_id: UUID, service_id: UUID, starts_at: datetime
) -> Row | None:
    """The customer's own booking of exactly this, if it exists."""
    params = {"contact_id": contact_id, "pet_id": pet_id, "service_id": service_id, "starts_at": starts_at}
    rows = (await db.run(organization_id, (_SAME, params)))[0]
    return rows[0] if rows else None


async def appointments(db: Database, organization_id: UUID, contact_id: UUID) -> list[Row]:
    """A customer's coming appointments, soonest first."""
    return (await db.run(organization_id, (_APPOINTMENTS, {"contact_id": contact_id})))[0]
