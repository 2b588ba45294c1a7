"""Packages: what the shop sells, what a customer has bought, and what is left of it."""

from datetime import date
from typing import LiteralString
from uuid import UUID

from pydantic import AwareDatetime

from service.language.words import BookingStatus
from service.platform.database import Database, first, typed
from service.platform.documents import Document


class Package(Document):
    """Sessions of a service that the shop sells at one price, used within so many days."""

    id: UUID
    name: str
    service_id: UUID
    service: str
    sessions: int
    valid_days: int
    price_cents: int


class Named(Document):
    id: UUID
    name: str


class Use(Document):
    """A booking of a package."""

    booking_id: UUID
    starts_at: AwareDatetime
    status: BookingStatus


class Bought(Document):
    """A package that a customer has; without a pet it is for any of theirs. Both days are included.

    Of its `sessions` some are `used`, of these some still `coming`; those `given_back` were cancelled. `left` are the rest.
    """

    id: UUID
    name: str
    service: Named
    pet: Named | None
    sessions: int
    price_cents: int
    starts_on: date
    expires_on: date
    used: int
    coming: int
    given_back: int
    left: int
    uses: tuple[Use, ...]
    usable: bool


_TODAY: LiteralString = """
(select (now() at time zone o.zone)::date from organizations o where o.id = patas.organization_id())
"""

_OFFERED: LiteralString = """
select p.id, p.name, p.service_id, s.name as service, p.sessions, p.valid_days, p.price_cents
from packages p
join services s on s.id = p.service_id
where p.organization_id = patas.organization_id() and p.is_active
order by s.name, p.sessions, p.name, p.id
"""

_OFFER: LiteralString = """
with made as (
  insert into packages (organization_id, service_id, name, sessions, valid_days, price_cents)
  select s.organization_id, s.id, %(name)s, %(sessions)s, %(valid_days)s, %(price_cents)s
  from services s
  where s.id = %(service_id)s and s.is_active
  returning *
)
select m.id, m.name, m.service_id, s.name as service, m.sessions, m.valid_days, m.price_cents
from made m
join services s on s.id = m.service_id
"""

_WITHDRAW: LiteralString = "update packages set is_active = false where id = %(id)s and is_active returning id"

_SELL: LiteralString = f"""
insert into contact_packages (organization_id, contact_id, pet_id, service_id, name, sessions, price_cents, starts_on, expires_on)
select k.organization_id, k.id, %(pet_id)s, p.service_id, p.name, p.sessions,
  coalesce(%(price_cents)s::int, p.price_cents), today, today + p.valid_days
from packages p, contacts k, {_TODAY} as t(today)
where p.id = %(package_id)s and p.is_active and k.id = %(contact_id)s
  and (%(pet_id)s::uuid is null or exists (select from pets where id = %(pet_id)s and contact_id = k.id))
returning id
"""

# A booking uses its session from the start; only a cancelled one gives it back.
_BOUGHT: LiteralString = f"""
select c.id, c.name, jsonb_build_object('id', s.id, 'name', s.name) as service,
  case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name) end as pet,
  c.sessions, c.price_cents, c.starts_on, c.expires_on, u.used, u.coming, u.given_back, c.sessions - u.used as left, u.uses,
  c.sessions > u.used and c.expires_on >= {_TODAY} as usable
from contact_packages c
join services s on s.id = c.service_id
left join pets p on p.id = c.pet_id
cross join lateral (
  select count(*) filter (where b.status <> 'cancelled')::int as used,
    count(*) filter (where b.status = 'cancelled')::int as given_back,
    count(*) filter (where b.status in ('scheduled', 'confirmed'))::int as coming,
    coalesce(jsonb_agg(
      jsonb_build_object('booking_id', b.id, 'starts_at', b.starts_at, 'status', b.status) order by b.starts_at, b.id), '[]') as uses
  from bookings b
  where b.package_id = c.id
) u
where c.contact_id = %(contact_id)s and (%(id)s::uuid is null or c.id = %(id)s)
order by c.expires_on desc, c.created_at desc, c.id
"""


async def offered(db: Database, organization_id: UUID) -> list[Package]:
    """List what the shop sells."""
    return typed(Package, (await db.run(organization_id, (_OFFERED, {})))[0])


async def offer(
    db: Database, organization_id: UUID, *, service_id: UUID, name: str, sessions: int, valid_days: int, price_cents: int
) -> Package | None:
    """Sell a package from now on; None where the shop has no such service."""
    params = {"service_id": service_id, "name": name, "sessions": sessions, "valid_days": valid_days, "price_cents": price_cents}
    return first(Package, (await db.run(organization_id, (_OFFER, params)))[0])


async def withdraw(db: Database, organization_id: UUID, package_id: UUID) -> bool:
    """Sell a package no longer; False where it was not sold."""
    return bool((await db.run(organization_id, (_WITHDRAW, {"id": package_id})))[0])


async def sell(
    db: Database, organization_id: UUID, contact_id: UUID, *, package_id: UUID, pet_id: UUID | None, price_cents: int | None
) -> UUID | None:
    """Write down that a customer bought a package; None where it is not sold, or the pet is not theirs."""
    params = {"contact_id": contact_id, "package_id": package_id, "pet_id": pet_id, "price_cents": price_cents}
    rows = (await db.run(organization_id, (_SELL, params)))[0]
    return rows[0]["id"] if rows else None


async def bought(db: Database, organization_id: UUID, contact_id: UUID, *, only: UUID | None = None) -> list[Bought]:
    """List a customer's packages with their balance, the last to expire first."""
    return typed(Bought, (await db.run(organization_id, (_BOUGHT, {"contact_id": contact_id, "id": only})))[0])
