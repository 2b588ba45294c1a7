"""Find what is due to be said unasked, across organizations: one query for each kind, nothing is changed."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal, LiteralString
from uuid import UUID

from pydantic import AwareDatetime

from service.agenda.queries.desk import as_item
from service.agenda.visits import Item
from service.language.words import TreatmentKind
from service.platform.database import Database, typed
from service.platform.documents import Document

# A message that could not be written for so long after its moment, for the installation was down, is not written any more.
CATCH_UP = timedelta(days=3)
# A customer who comes every day is not asked every day.
FOLLOW_UP_PAUSE = timedelta(days=7)
# The longest stay that is followed up: the index is by the start.
LONGEST_STAY = timedelta(days=30)


class Addressed(Document):
    """Whom it is about: a shop's customer, by their names, and what the shop decided.

    That is its quiet hours, in its zone, and which kinds it switched on (true) or off; one that it says nothing of is not there.
    """

    organization_id: UUID
    contact_id: UUID
    contact: str | None
    shop: str
    timezone: str
    quiet_from: time
    quiet_until: time
    outreach_kinds: Mapping[str, bool]


class Booked(Addressed):
    """A booking of a customer; those with the same `plan_id` were agreed to as one."""

    id: UUID
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


class DueTreatment(Addressed):
    """A vaccine or dewormer of which the customer is to be told, `days` before it is due."""

    id: UUID
    kind: TreatmentKind
    name: str
    due_on: date
    pet: str
    days: int


# A customer of the contact `k` who may be written to; erased ones have no identity.
_WILLING: LiteralString = "k.opted_out_at is null and k.identity is not null"
_SETTINGS: LiteralString = "o.id as organization_id, o.name as shop, o.timezone, s.quiet_from, s.quiet_until, s.outreach_kinds"
_ESCALATED: LiteralString = "exists (select from conversations c where c.contact_id = k.id and c.status = 'escalated')"

# Of each visit (what was agreed to as one, on one day) its bookings that still lack one of the reminders that may have come due: at its
# hours before the visit, or, where the visit begins in quiet hours or with their end, the evening before. The occasion names the start,
# so that an appointment that was moved is reminded anew.
_REMINDERS: LiteralString = f"""
with coming as (
  select {_SETTINGS}, s.reminder_hours, b.id, b.contact_id, k.name as contact, b.plan_id, b.status, b.starts_at, b.ends_at,
    b.price_cents, b.created_at, v.id as service_id, v.name as service, v.unit, p.id as pet_id, p.name as pet,
    r.id as resource_id, r.name as professional, b.also_resource_ids as also, b.package_id, b.pickup_zone, b.pickup_fee_cents,
    v.buffer_before_minutes as before, v.buffer_after_minutes as after,
    (select g.name from contact_packages g where g.id = b.package_id) as package, {_ESCALATED} as escalated,
    min(b.starts_at) over (
      partition by b.contact_id, coalesce(b.plan_id, b.id), (b.starts_at at time zone o.timezone)::date) as visit_starts_at
  from organizations o
  join organization_settings s on s.organization_id = o.id and cardinality(s.reminder_hours) > 0
  join bookings b on b.organization_id = o.id and b.status in ('scheduled', 'confirmed') and b.starts_at > %(now)s
    and b.starts_at <= %(now)s + make_interval(days => 1, hours => (select max(h) from unnest(s.reminder_hours) h))
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
_TREATMENTS: LiteralString = f"""
select {_SETTINGS}, t.id, k.id as contact_id, k.name as contact, t.kind, t.name, t.due_on, p.name as pet, due.days
from organizations o
join organization_settings s on s.organization_id = o.id and cardinality(s.vaccine_reminder_days) > 0
cross join lateral (
  select (%(now)s::timestamptz at time zone o.timezone)::date as today, (%(now)s::timestamptz at time zone o.timezone)::time as clock
) local
join pet_treatments t on t.organization_id = o.id
  and t.due_on between local.today - %(catch_up)s::int and local.today + (select max(d) from unnest(s.vaccine_reminder_days) d)
join pets p on p.id = t.pet_id and p.died_on is null
join contacts k on k.id = p.contact_id
cross join lateral (
  select min(d) as days
  from unnest(s.vaccine_reminder_days) d
  where t.due_on - d between local.today - %(catch_up)s::int and local.today
    and t.due_on - d >= (t.created_at at time zone o.timezone)::date
) due
where due.days is not null and local.clock >= '09:00' and {_WILLING}
  and not exists (
    select from outreach w
    where w.organization_id = o.id and w.kind = 'vaccine' and w.subject_id = t.id and w.occasion = due.days || 'd ' || t.due_on)
  and not exists (
    select from pet_treatments n
    where n.pet_id = t.pet_id and n.kind = t.kind and lower(btrim(n.name)) = lower(btrim(t.name))
    and (n.given_on, n.created_at, n.id) > (coalesce(t.given_on, (t.created_at at time zone o.timezone)::date), t.created_at, t.id))
order by o.id, k.id, t.due_on, p.name, t.name
"""

# Nobody is asked how it went while a part of the visit still goes on, after a pet of it died, or while a person of the team is talking
# with them; nobody is offered a new time who has one.
_AFTERWARDS: LiteralString = f"""
with over as (
  select {_SETTINGS}, b.id, k.id as contact_id, k.name as contact, b.plan_id, b.starts_at, p.name as pet, settings.hours,
    max(coalesce(b.delivered_at, b.ends_at)) over visit as ended_at, bool_or(p.died_on is not null) over visit as mourned
  from organizations o
  join organization_settings s on s.organization_id = o.id
  cross join lateral (
    select case %(kind)s::text when 'follow_up' then s.follow_up_hours else s.no_show_follow_up_hours end as hours
  ) settings
  join bookings b on b.organization_id = o.id
    and b.status = case %(kind)s::text when 'follow_up' then 'completed' else 'no_show' end
    and b.starts_at between %(now)s - %(longest)s::interval - %(catch_up)s::interval - make_interval(hours => settings.hours) and %(now)s
    and b.ends_at > %(now)s - %(catch_up)s::interval - make_interval(days => 1, hours => settings.hours)
  join contacts k on k.id = b.contact_id
  left join pets p on p.id = b.pet_id
  where settings.hours is not null and {_WILLING} and not {_ESCALATED}
  window visit as (partition by b.contact_id, coalesce(b.plan_id, b.id), (b.starts_at at time zone o.timezone)::date)
)
select * from over v
where not mourned and ended_at + make_interval(hours => hours) between %(now)s - %(catch_up)s::interval and %(now)s
  and not exists (select from outreach w where w.organization_id = v.organization_id and w.kind = %(kind)s and w.subject_id = v.id)
  and not exists (
    select from bookings x
    where x.plan_id = v.plan_id and x.contact_id = v.contact_id
      and (x.starts_at at time zone v.timezone)::date = (v.starts_at at time zone v.timezone)::date
      and x.status in ('scheduled', 'confirmed', 'in_progress'))
  and case %(kind)s::text
    when 'follow_up' then not exists (
      select from outreach w
      where w.contact_id = v.contact_id and w.kind = 'follow_up' and w.status = 'queued'
        and w.created_at > %(now)s - %(pause)s::interval)
    else not exists (
      select from bookings x
      where x.contact_id = v.contact_id and x.starts_at > %(now)s and x.status in ('scheduled', 'confirmed')) end
order by organization_id, contact_id, starts_at, id
"""


async def reminders(db: Database, now: datetime) -> list[Coming]:
    """List bookings whose customers may have to be reminded, in order of shop, customer and start."""
    rows = (await db.system((_REMINDERS, {"now": now})))[0]
    return typed(Coming, [{**row, "item": as_item(row)} for row in rows])


async def treatments(db: Database, now: datetime) -> list[DueTreatment]:
    """List vaccines and dewormers of which the customer is to be told now, from 9h on."""
    return typed(DueTreatment, (await db.system((_TREATMENTS, {"now": now, "catch_up": CATCH_UP.days})))[0])


async def afterwards(db: Database, now: datetime, kind: Literal["follow_up", "no_show"]) -> list[Booked]:
    """List bookings of visits that ended (`follow_up`) or that nobody came to (`no_show`) so long ago that the customer is asked."""
    params = {"now": now, "kind": kind, "catch_up": CATCH_UP, "longest": LONGEST_STAY, "pause": FOLLOW_UP_PAUSE}
    return typed(Booked, (await db.system((_AFTERWARDS, params)))[0])
