"""The agenda as rows: the shop's rules, who is taken, a customer's pets, packages and appointments."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import LiteralString
from uuid import UUID

from service.agenda.catalog import BoughtPackage, Guest, PickupZone, Service
from service.agenda.engine import Agenda, Resource
from service.agenda.queries.calendar import CALENDAR, hours_of, rules_of
from service.agenda.queries.catalog import SERVICE
from service.agenda.visits import Desk, Item
from service.platform import clock
from service.platform.database import Database, Row, typed

LONGEST_LOAD_DAYS = 92

# Of a resource `r`: whether it is somebody, and not a room or a tub.
IS_PERSON: LiteralString = "r.kind in ('groomer', 'vet')"

_RULES: LiteralString = f"""
select {CALENDAR} || jsonb_build_object(
  'resources', (
    select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'is_person', {IS_PERSON}, 'hours', (
      select coalesce(jsonb_agg(jsonb_build_array(h.weekday, h.starts_at, h.ends_at)), '[]')
      from resource_hours h
      where h.resource_id = r.id))), '[]')
    from resources r
    where r.organization_id = o.id and r.is_active),
  'services', (
    select coalesce(jsonb_object_agg(v.id, {SERVICE} || jsonb_build_object('resources', (
      select coalesce(jsonb_agg(jsonb_build_array(sr.need, sr.resource_id)), '[]')
      from service_resources sr
      where sr.service_id = v.id), 'together', (
      select coalesce(jsonb_agg(case when t.service_id = v.id then t.with_service_id else t.service_id end), '[]')
      from services_together t
      where v.id in (t.service_id, t.with_service_id)))), '{{}}')
    from services v
    where v.organization_id = o.id and v.is_active)
) as doc
from organizations o
left join organization_settings s on s.organization_id = o.id
where o.id = patas.organization_id()
"""

# What this conversation itself holds is free for it, and so are the places that a move leaves.
_BUSY: LiteralString = """
select a.resource_id, a.starts_at, a.ends_at
from allocations a
where a.organization_id = patas.organization_id() and a.starts_at < %(until)s and a.ends_at > %(since)s
  and (a.expires_at is null or a.expires_at > now()) and not a.booking_id = any(%(moving)s)
  and not exists (select from proposals p where p.id = a.proposal_id and p.conversation_id = %(conversation_id)s)
union all
select x.resource_id, x.starts_at, x.ends_at
from resource_absences x
where x.organization_id = patas.organization_id() and x.starts_at < %(until)s and x.ends_at > %(since)s
"""

_PETS: LiteralString = """
select p.id, p.name, p.species, p.size, p.coat,
  (select jsonb_object_agg(d.service_id, d.last)
    from (
      select b.service_id, max(b.starts_at) as last
      from bookings b
      where b.pet_id = p.id and b.status = 'completed'
      group by 1
    ) d) as completed
from pets p
where p.contact_id = %(contact_id)s and p.died_on is null
order by p.created_at, p.name
"""

# A package's sessions are used by its bookings; a cancelled one has given its own back.
PACKAGES: LiteralString = """
select k.id, k.pet_id, k.service_id, k.name, k.sessions, k.price_cents, k.starts_on, k.expires_on,
  k.sessions - (select count(*) from bookings b where b.package_id = k.id and b.status <> 'cancelled')::int as left
from contact_packages k
where k.contact_id = %(contact_id)s and k.expires_on >= %(first)s
order by k.expires_on, k.created_at
"""

_ZONES: LiteralString = "select id, name, fee_cents from pickup_zones where is_active order by name"

BOOKED: LiteralString = f"""
select b.id, b.contact_id, b.plan_id, b.pet_id, p.name as pet, b.service_id, s.name as service, s.unit,
  b.starts_at, b.ends_at, b.status, b.price_cents, b.resource_id, r.name as professional, {IS_PERSON} as by_person, b.also_resource_ids as also,
  b.package_id, k.name as package, b.pickup_zone, b.pickup_fee_cents,
  s.buffer_before_minutes as before, s.buffer_after_minutes as after
from bookings b
join services s on s.id = b.service_id
join resources r on r.id = b.resource_id
left join pets p on p.id = b.pet_id
left join contact_packages k on k.id = b.package_id
"""

_APPOINTMENTS: LiteralString = f"""
{BOOKED}
where b.contact_id = %(contact_id)s and b.status in ('scheduled', 'confirmed', 'in_progress') and b.ends_at > now()
order by b.starts_at, b.id
"""


async def load(
    db: Database, organization_id: UUID, zone: str, first: date, last: date, *, contact_id: UUID | None = None,
    conversation_id: UUID | None = None, moving: Sequence[UUID] = (),
) -> Desk:  # fmt: skip
    """Return what decides about visits from one of the shop's days to another, both included, for a contact where one is given. One round trip.

    What the conversation holds itself counts as free, and so do the bookings that are `moving`.
    """
    since, until = clock.day_bounds(first, last, zone)
    busy_params = {"since": since, "until": until, "conversation_id": conversation_id, "moving": list(moving)}
    mine = {"contact_id": contact_id, "first": first}
    rules, busy, pets, packages, zones, booked = await db.run(
        organization_id, (_RULES, {"first": first, "last": last}), (_BUSY, busy_params), (_PETS, mine), (PACKAGES, mine), (_ZONES, {}),
        (_APPOINTMENTS, mine),
    )  # fmt: skip
    doc = rules[0]["doc"]
    resources = [Resource(UUID(r["id"]), r["name"], hours_of(r["hours"]), r["is_person"]) for r in doc["resources"]]
    return Desk(
        agenda=Agenda(rules_of(doc, first, last), resources, [(row["resource_id"], row["starts_at"], row["ends_at"]) for row in busy]),
        services={UUID(key): Service.model_validate(service) for key, service in doc["services"].items()},
        pets={pet.id: pet for pet in typed(Guest, pets)},
        packages=typed(BoughtPackage, packages),
        zones={zone.id: zone for zone in typed(PickupZone, zones)},
        booked=[as_item(row) for row in booked if row["id"] not in moving],
    )


async def appointments(db: Database, organization_id: UUID, contact_id: UUID) -> list[Row]:
    """Return a customer's coming appointments, soonest first."""
    return (await db.run(organization_id, (_APPOINTMENTS, {"contact_id": contact_id})))[0]


def as_item(row: Row) -> Item:
    """Return a booking of `BOOKED` as what a proposal says about it."""
    return Item(
        id=row["id"],
        pet_id=row["pet_id"],
        pet=row["pet"] or "seu pet",
        service_id=row["service_id"],
        service=row["service"],
        unit=row["unit"],
        resource_id=row["resource_id"],
        professional=row["professional"],
        by_person=row["by_person"],
        also=tuple(row["also"]),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        busy_from=row["starts_at"] - timedelta(minutes=row["before"]),
        busy_until=row["ends_at"] + timedelta(minutes=row["after"]),
        price_cents=row["price_cents"],
        package_id=row["package_id"],
        package=row["package"],
        pickup_zone=row["pickup_zone"],
        pickup_fee_cents=row["pickup_fee_cents"],
    )
