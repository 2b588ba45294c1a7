"""Find what is due to be said unasked, across organizations: one query for each kind, nothing is changed."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal, LiteralString
from uuid import UUID

from pydantic import AwareDatetime

from service.agenda.queries.desk import IS_PERSON, as_item
from service.agenda.visits import Item
from service.language.words import TreatmentKind
from service.platform.database import Database, readable
from service.platform.documents import Document
from service.platform.queries.bounds import FOLLOW_UP_HOURS, NO_SHOW_HOURS, OUTREACH, REMINDERS, VACCINES

# A message that could not be written for so long after its moment, for the installation was down, is not written any more.
CATCH_UP = timedelta(days=3)
# A customer who comes every day is not asked every day.
FOLLOW_UP_PAUSE = timedelta(days=7)
# The longest stay that is followed up: the index is by the start.
LONGEST_STAY = timedelta(days=30)


class Addressed(Document):
    """What it is about (`id`), and whom: a shop's customer, by their names, and what the shop decided.

    That is its quiet hours, in its zone, and which kinds it switched on (true) or off; one that it says nothing of is not there.
    """

    organization_id: UUID
    contact_id: UUID
    id: UUID
    contact: str | None
    shop: str
    timezone: str
    quiet_from: time
    quiet_until: time
    outreach_kinds: Mapping[str, bool]


class Unsaid(Addressed):
    """What a query that `_unsaid` made has found: `occasion` is the name under which it is noted once it is written."""

    occasion: str


class Booked(Addressed):
    """A booking of a customer; those with the same `plan_id` were agreed to as one."""

    plan_id: UUID | None
    starts_at: AwareDatetime
    pet: str | None


class Coming(Booked):
    """A booking whose customer may have to be reminded.

    `reminder_hours` are the shop's, `noted` those of them that were seen to. `made_at` is when the booking was put at its time,
    `visit_starts_at` when the visit begins that it is a part of, `escalated` whether a person of the team has the conversation.
    """

    service: str
    status: Literal["scheduled", "confirmed"]
    reminder_hours: tuple[int, ...]
    noted: tuple[int, ...]
    made_at: AwareDatetime
    visit_starts_at: AwareDatetime
    escalated: bool
    item: Item


class Over(Booked, Unsaid):
    """A booking of a visit that is over, or that nobody came to."""


class DueTreatment(Unsaid):
    """A vaccine or dewormer of which the customer is to be told."""

    kind: TreatmentKind
    name: str
    due_on: date
    pet: str


# A customer of the contact `k` who may be written to; erased ones have no identity.
_WILLING: LiteralString = """
k.opted_out_at is null and exists (select from contact_identities n where n.contact_id = k.id and n.superseded_at is null)
"""
# What the shop `o` with the settings `s` decided.
_SHOP: LiteralString = "o.name as shop, o.zone as timezone, s.quiet_from, s.quiet_until, s.outreach_kinds"
_ESCALATED: LiteralString = "exists (select from conversations c where c.contact_id = k.id and c.status = 'escalated')"


# With whom no person of the team is talking; and everybody, for what is said beside a person.
_LEFT_TO_THE_AI: LiteralString = f"not {_ESCALATED}"
_ANYBODY: LiteralString = "true"


def _unsaid(found: LiteralString, *, order: LiteralString, whom: LiteralString = _LEFT_TO_THE_AI) -> LiteralString:
    """Make the query of a kind out of what its own select finds: `organization_id`, `contact_id`, `id`, `occasion`, and what its words need.

    It adds the names and what the shop decided, and leaves out what is noted as written for `%(kind)s`, shops without settings, customers who
    may not be written to, and those that `whom` does not name: with whom a person of the team is talking, unless it is everybody. Rows of one customer follow each
    other, in `order`.
    """
    return f"""
select {_SHOP}, k.name as contact, found.*
from ({found}) found
join organizations o on o.id = found.organization_id
join {OUTREACH} s on s.organization_id = o.id
join contacts k on k.id = found.contact_id and k.organization_id = o.id
where {_WILLING} and {whom}
  and not exists (
    select from outreach w
    where w.organization_id = o.id and w.kind = %(kind)s and w.subject_id = found.id and w.occasion = found.occasion)
order by o.id, k.id, {order}
"""


# Of each visit (what was agreed to as one, on one day) its bookings that still lack one of the reminders that may have come due: at its
# hours before the visit, or, where the visit begins in quiet hours or with their end, the evening before. The occasion names the start,
# so that an appointment that was moved is reminded anew.
_REMINDERS: LiteralString = f"""
with coming as (
  select o.id as organization_id, {_SHOP}, h.reminder_hours, b.id, b.contact_id, k.name as contact, b.plan_id, b.status, b.starts_at, b.ends_at,
    b.price_cents, b.created_at, v.id as service_id, v.name as service, v.unit, p.id as pet_id, p.name as pet,
    r.id as resource_id, r.name as professional, {IS_PERSON} as by_person, b.also_resource_ids as also, b.package_id, b.pickup_zone, b.pickup_fee_cents,
    v.buffer_before_minutes as before, v.buffer_after_minutes as after,
    (select g.name from contact_packages g where g.id = b.package_id) as package, {_ESCALATED} as escalated,
    min(b.starts_at) over (
      partition by b.contact_id, coalesce(b.plan_id, b.id), (b.starts_at at time zone o.zone)::date) as visit_starts_at
  from organizations o
  join {OUTREACH} s on s.organization_id = o.id
  join {REMINDERS} h on h.organization_id = o.id and cardinality(h.reminder_hours) > 0
  join bookings b on b.organization_id = o.id and b.status in ('scheduled', 'confirmed') and b.starts_at > %(now)s
    and b.starts_at <= %(now)s + make_interval(days => 1, hours => (select max(n) from unnest(h.reminder_hours) n))
  join contacts k on k.id = b.contact_id
  join services v on v.id = b.service_id
  join resources r on r.id = b.resource_id
  left join pets p on p.id = b.pet_id
  where p.died_on is null and {_WILLING}
), unsaid as (
  select coming.*,
    array(
      select h
      from unnest(reminder_hours) h
      join outreach w on w.organization_id = coming.organization_id and w.kind = 'reminder'
        and w.subject_id = coming.id and w.occasion = h || 'h ' || extract(epoch from coming.starts_at)::bigint) as noted
  from coming
  cross join lateral (select (visit_starts_at at time zone timezone)::time as clock) start
  where visit_starts_at <= %(now)s + make_interval(hours => (select max(h) from unnest(reminder_hours) h))
    or start.clock <= quiet_until or start.clock >= quiet_from
)
select unsaid.*,
  coalesce((select max(e.at) from booking_events e where e.booking_id = unsaid.id and e.change ? 'starts_at'), created_at) as made_at
from unsaid
where not reminder_hours <@ noted
order by organization_id, contact_id, starts_at, id
"""

# What was given since, or what was entered when the day had passed already, needs no telling.
_TREATMENTS: LiteralString = _unsaid(
    f"""
select o.id as organization_id, p.contact_id, t.id, due.days || 'd ' || t.due_on as occasion, t.kind, t.name, t.due_on, p.name as pet
from organizations o
join {VACCINES} s on s.organization_id = o.id and cardinality(s.vaccine_reminder_days) > 0
cross join lateral (
  select (%(now)s::timestamptz at time zone o.zone)::date as today, (%(now)s::timestamptz at time zone o.zone)::time as clock
) local
join pet_treatments t on t.organization_id = o.id
  and t.due_on between local.today - %(catch_up)s::int and local.today + (select max(d) from unnest(s.vaccine_reminder_days) d)
join pets p on p.id = t.pet_id and p.died_on is null
cross join lateral (
  select min(d) as days
  from unnest(s.vaccine_reminder_days) d
  where t.due_on - d between local.today - %(catch_up)s::int and local.today
    and t.due_on - d >= (t.created_at at time zone o.zone)::date
) due
where due.days is not null and local.clock >= '09:00'
  and not exists (
    select from pet_treatments n
    where n.pet_id = t.pet_id and n.kind = t.kind and lower(btrim(n.name)) = lower(btrim(t.name))
    and (n.given_on, n.created_at, n.id) > (coalesce(t.given_on, (t.created_at at time zone o.zone)::date), t.created_at, t.id))
""",
    order="due_on, pet, found.name",
    whom=_ANYBODY,
)


def _afterwards(status: LiteralString, hours: LiteralString, unless: LiteralString) -> LiteralString:
    """Find visits whose bookings have the status, so many hours after their end. Not while a part goes on, nor after a pet of it died."""
    return _unsaid(
        f"""
with over as (
  select o.id as organization_id, o.zone as timezone, b.contact_id, b.id, b.plan_id, b.starts_at, p.name as pet, {hours} as hours,
    max(coalesce(b.delivered_at, b.ends_at)) over visit as ended_at, bool_or(p.died_on is not null) over visit as mourned
  from organizations o
  join organization_settings s on s.organization_id = o.id and {hours} is not null
  join bookings b on b.organization_id = o.id and b.status = '{status}'
    and b.starts_at between %(now)s - %(longest)s::interval - %(catch_up)s::interval - make_interval(hours => {hours}) and %(now)s
    and b.ends_at > %(now)s - %(catch_up)s::interval - make_interval(days => 1, hours => {hours})
  left join pets p on p.id = b.pet_id
  window visit as (partition by b.contact_id, coalesce(b.plan_id, b.id), (b.starts_at at time zone o.zone)::date)
)
select organization_id, contact_id, id, 'visit' as occasion, plan_id, starts_at, pet
from over v
where not mourned and ended_at + make_interval(hours => hours) between %(now)s - %(catch_up)s::interval and %(now)s
  and not exists (
    select from bookings x
    where x.plan_id = v.plan_id and x.contact_id = v.contact_id
      and (x.starts_at at time zone v.timezone)::date = (v.starts_at at time zone v.timezone)::date
      and x.status in ('scheduled', 'confirmed', 'in_progress'))
  and not exists ({unless})
""",
        order="starts_at, id",
    )


_FOLLOW_UPS: LiteralString = _afterwards(
    "completed",
    FOLLOW_UP_HOURS,
    """
    select from outreach w
    where w.contact_id = v.contact_id and w.kind = 'follow_up' and w.status = 'queued' and w.created_at > %(now)s - %(pause)s::interval""",
)

# Nobody is offered a new time who has one.
_NO_SHOWS: LiteralString = _afterwards(
    "no_show",
    NO_SHOW_HOURS,
    """
    select from bookings x
    where x.contact_id = v.contact_id and x.starts_at > %(now)s and x.status in ('scheduled', 'confirmed')""",
)


async def reminders(db: Database, now: datetime) -> list[Coming]:
    """List bookings whose customers may have to be reminded, in order of shop, customer and start."""
    rows = (await db.system((_REMINDERS, {"now": now})))[0]
    return readable(Coming, [{**row, "item": as_item(row)} for row in rows])


async def treatments(db: Database, now: datetime) -> list[DueTreatment]:
    """List vaccines and dewormers of which the customer is to be told now, from 9h on."""
    return readable(DueTreatment, (await db.system((_TREATMENTS, {"kind": "vaccine", "now": now, "catch_up": CATCH_UP.days})))[0])


async def follow_ups(db: Database, now: datetime) -> list[Over]:
    """List bookings of visits that ended so long ago that the customer is asked how it went."""
    params = {"kind": "follow_up", "now": now, "catch_up": CATCH_UP, "longest": LONGEST_STAY, "pause": FOLLOW_UP_PAUSE}
    return readable(Over, (await db.system((_FOLLOW_UPS, params)))[0])


async def no_shows(db: Database, now: datetime) -> list[Over]:
    """List bookings of visits that nobody came to so long ago that the customer is offered a new time."""
    return readable(Over, (await db.system((_NO_SHOWS, {"kind": "no_show", "now": now, "catch_up": CATCH_UP, "longest": LONGEST_STAY})))[0])
