"""The day's board: the bookings of a day, their moves along it, and the history of each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import LiteralString
from uuid import UUID

from psycopg import DatabaseError
from psycopg.errors import ExclusionViolation
from psycopg.types.json import Jsonb

from service.agenda.refusals import overlap_refusal, package_refusal
from service.platform.database import Database, Row, Statement, first, typed
from service.platform.errors import Conflict
from service.platform.journal import ACTOR
from service.platform.sqlstates import NOT_COVERED, VISIT_MOVED_ON
from service.shop.bookings import Absence, Booking, Event, Move, OfVisit, ShopDay, Step

# Where a booking (alias `b`) is: the contract's status, and what the instants add to it.
STEP: LiteralString = """
(case
  when b.status in ('scheduled', 'confirmed') then case when b.received_at is null then 'waiting' else 'received' end
  when b.status = 'in_progress' then case when b.ready_at is null then 'in_service' else 'ready' end
  when b.status = 'completed' then 'delivered'
  else b.status end)
"""

_DAY_HAS_COME: LiteralString = "((b.starts_at at time zone o.zone)::date <= (now() at time zone o.zone)::date)"

_SHOP: LiteralString = """
select o.id, o.name, o.zone as timezone, today.day as today, coalesce(%(day)s::date, today.day) as day
from organizations o, lateral (select (now() at time zone o.zone)::date as day) today
where o.id = patas.organization_id()
"""

_DAY: LiteralString = f"""
with shop as (
  select d.id, d.day::timestamp at time zone d.timezone as since, (d.day + 1)::timestamp at time zone d.timezone as until
  from ({_SHOP}) d
)
"""

BOOKING: LiteralString = f"""
select b.id, {STEP} as step, b.status, b.starts_at, b.ends_at, b.received_at, b.ready_at, b.delivered_at,
  b.price_cents, b.plan_id, b.notes, b.conversation_id,
  b.status = 'confirmed' or exists (
    select from booking_events e
    where e.booking_id = b.id and e.change -> 'status' ->> 1 = 'confirmed') as confirmed,
  jsonb_build_object('id', k.id, 'name', k.name, 'phone', k.phone) as customer,
  case when p.id is not null then
    jsonb_build_object('id', p.id, 'name', p.name, 'species', p.species, 'breed', p.breed, 'size', p.size) end as pet,
  jsonb_build_object('id', s.id, 'name', s.name, 'unit', s.unit) as service,
  (select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'kind', r.kind) order by r.id <> b.resource_id, r.name)
    from resources r
    where r.id = b.resource_id or r.id = any(b.also_resource_ids)) as resources,
  case when b.pickup_zone is not null then jsonb_build_object('zone', b.pickup_zone, 'fee_cents', b.pickup_fee_cents) end as pickup,
  (select jsonb_build_object('id', c.id, 'name', c.name, 'left', c.sessions - (
      select count(*) from bookings u where u.package_id = c.id and u.status <> 'cancelled'))
    from contact_packages c
    where c.id = b.package_id) as package,
  (select jsonb_build_object('status', coalesce(m.status, w.status), 'reason', w.reason)
    from outreach w
    left join messages m on m.id = w.message_id
    where w.organization_id = b.organization_id and w.kind = 'ready' and w.subject_id = b.id
    limit 1) as notice,
  {_DAY_HAS_COME} as day_has_come, b.starts_at <= now() as begun, o.zone as timezone, o.name as shop
from bookings b
join organizations o on o.id = b.organization_id
join contacts k on k.id = b.contact_id
join services s on s.id = b.service_id
left join pets p on p.id = b.pet_id
"""

# Whoever is still in the house from a day before is found by what is occupied, not by reading all the bookings of the past.
_BOOKINGS: LiteralString = f"""
{_DAY}
{BOOKING}
join shop on shop.id = b.organization_id
where b.id in (
  select n.id from bookings n
  where n.organization_id = shop.id and n.starts_at >= shop.since and n.starts_at < shop.until
  union
  select a.booking_id from allocations a
  where a.organization_id = shop.id and a.ends_at > shop.since and a.starts_at < shop.since
) and b.ends_at > shop.since
order by b.starts_at, k.name, p.name, b.id
"""

_ABSENCES: LiteralString = f"""
{_DAY}
select a.id, a.resource_id, r.name as resource, a.starts_at, a.ends_at, a.reason
from resource_absences a
join shop on shop.id = a.organization_id
join resources r on r.id = a.resource_id
where a.starts_at < shop.until and a.ends_at > shop.since
order by a.starts_at, r.name, a.id
"""

_ONE: LiteralString = f"""
{BOOKING}
where b.id = %(id)s
"""

# What was agreed to as one and takes place on one day: several pets, or several services for one.
_SAME_VISIT: LiteralString = """
from bookings me
join organizations o on o.id = me.organization_id
join bookings b on b.id = me.id or (
  b.plan_id = me.plan_id and b.contact_id = me.contact_id
  and (b.starts_at at time zone o.zone)::date = (me.starts_at at time zone o.zone)::date)
"""

_VISIT: LiteralString = f"""
select b.id, {STEP} as step, p.name as pet, b.pickup_zone is not null as is_driven_home,
  exists (
    select from outreach w
    where w.organization_id = b.organization_id and w.kind = 'ready' and w.subject_id = b.id) as is_told
{_SAME_VISIT}
left join pets p on p.id = b.pet_id
where me.id = %(id)s
order by b.starts_at, b.id
"""

_LOCK_VISIT: LiteralString = f"""
select b.id
{_SAME_VISIT}
where me.id = %(id)s
order by b.id
for no key update of b
"""

_REQUIRE_AS_SEEN: LiteralString = f"""
select patas.require(jsonb_object_agg(b.id, {STEP}) = %(seen)s, %(overtaken)s, 'the visit has changed')
{_SAME_VISIT}
where me.id = %(id)s
"""

# A step back to "agendado" is to what the booking was before: scheduled, or confirmed by its customer.
_BEFORE: LiteralString = """
coalesce((
  select e.change -> 'status' ->> 0
  from booking_events e
  where e.booking_id = b.id and e.change -> 'status' ->> 0 in ('scheduled', 'confirmed')
  order by e.id desc
  limit 1), 'scheduled')
"""

# What each move sets, and from which step alone it starts. The guard is looked at again by whoever had to wait for another's move.
_MOVES: Mapping[Move, tuple[LiteralString, LiteralString]] = {
    "received": ("received_at = now()", f"{STEP} = 'waiting' and {_DAY_HAS_COME}"),
    "start": ("status = 'in_progress'", f"{STEP} = 'received'"),
    "ready": ("ready_at = now()", f"{STEP} = 'in_service'"),
    "delivered": ("delivered_at = now(), status = 'completed'", f"{STEP} = 'ready'"),
    "no_show": ("status = 'no_show'", f"{STEP} = 'waiting' and b.starts_at <= now()"),
    "cancel": (
        "status = 'cancelled', notes = nullif(concat_ws(E'\\n', b.notes, 'Cancelado pela loja: ' || %(reason)s), '')",
        f"{STEP} in ('waiting', 'received')",
    ),
    "undo": (
        f"""
  received_at = case %(step)s when 'received' then null else b.received_at end,
  ready_at = case %(step)s when 'ready' then null else b.ready_at end,
  delivered_at = case %(step)s when 'delivered' then null else b.delivered_at end,
  status = case
    when %(step)s in ('received', 'ready') then b.status
    when %(step)s = 'delivered' then 'in_progress'
    else {_BEFORE} end
""",
        f"{STEP} = %(step)s and %(step)s <> 'waiting' and (%(step)s <> 'delivered' or b.delivered_at is not null)",
    ),
}

_EVENTS: LiteralString = """
select e.id, e.at, e.actor, e.change
from booking_events e
where e.booking_id = %(id)s
order by e.id
"""

# Names of whatever the history of a booking may name by its id.
_NAMES: LiteralString = """
select r.id, r.name from resources r
union all
select s.id, s.name from services s
union all
select p.id, p.name from pets p join bookings b on b.contact_id = p.contact_id where b.id = %(id)s
union all
select c.id, c.name from contact_packages c join bookings b on b.contact_id = c.contact_id where b.id = %(id)s
"""


def _move_statement(move: Move) -> LiteralString:
    """Return the statement that moves the booking `id`, or undoes the whole transaction where it may not be moved."""
    return _moved(*_MOVES[move])


def _moved(change: LiteralString, guard: LiteralString) -> LiteralString:
    return f"""
with moved as (
  update bookings b
  set {change}
  from organizations o
  where o.id = b.organization_id and b.id = %(id)s and {guard}
  returning b.id
)
select patas.require(exists (select from moved), %(overtaken)s, 'the booking was not where it was seen')
"""


async def day(db: Database, organization_id: UUID, on: date | None) -> tuple[ShopDay, list[Booking], list[Absence]]:
    """Load the shop with its day (today where none is given), the bookings of that day in order, and who is away. One round trip."""
    params = {"day": on}
    shop, bookings, absences = await db.run(organization_id, (_SHOP, params), (_BOOKINGS, params), (_ABSENCES, params))
    return ShopDay.model_validate(shop[0]), typed(Booking, bookings), typed(Absence, absences)


async def look(db: Database, organization_id: UUID, booking_id: UUID) -> tuple[Booking | None, list[OfVisit]]:
    """Load a booking as the board shows it, and the bookings of its visit, itself included."""
    params = {"id": booking_id}
    rows, visit = await db.run(organization_id, (_ONE, params), (_VISIT, params))
    return first(Booking, rows), typed(OfVisit, visit)


async def move(
    db: Database,
    organization_id: UUID,
    booking_id: UUID,
    move: Move,
    *,
    actor: str,
    seen: Mapping[UUID, Step],
    message: Sequence[Statement] = (),
    reason: str | None = None,
    step: Step | None = None,
) -> tuple[Booking, list[Row]] | None:
    """Move a booking in the name of a person, and write a message in the same transaction. One round trip.

    `seen` are the steps of its visit when the message was decided upon. Returns the booking as it is now and the rows of the message's last
    statement; None, with nothing done, where the visit has changed or the booking can't make the move. Raises Conflict where the time of a
    booking that is brought back, its pet's time, or the session of its package is another's by now.
    """
    params = {
        "id": booking_id, "reason": reason, "step": step, "overtaken": VISIT_MOVED_ON,
        "seen": Jsonb({str(id_): step for id_, step in seen.items()}),
    }  # fmt: skip
    # The message first: it locks the customer's conversations, which a turn of theirs holds before it touches a booking.
    statements: list[Statement] = [
        *message, (ACTOR, {"actor": actor}), (_LOCK_VISIT, params), (_REQUIRE_AS_SEEN, params), (_move_statement(move), params),
        (_ONE, params),
    ]  # fmt: skip
    try:
        results = await db.run(organization_id, *statements)
    except ExclusionViolation as error:
        raise Conflict(f"Não dá para voltar atrás, porque {overlap_refusal(error.diag.constraint_name)}.") from error
    except DatabaseError as error:
        if error.sqlstate == VISIT_MOVED_ON:
            return None
        if error.sqlstate == NOT_COVERED:
            raise Conflict(f"Não dá para voltar atrás, porque {package_refusal(error.diag.constraint_name)}.") from error
        raise
    return Booking.model_validate(results[-1][0]), results[len(message) - 1] if message else []


async def history(db: Database, organization_id: UUID, booking_id: UUID) -> tuple[Booking | None, list[Event], dict[str, str]]:
    """Load the booking, its events in order, and the names of what they speak of by id."""
    params = {"id": booking_id}
    rows, events, names = await db.run(organization_id, (_ONE, params), (_EVENTS, params), (_NAMES, params))
    return first(Booking, rows), typed(Event, events), {str(row["id"]): row["name"] for row in names}
