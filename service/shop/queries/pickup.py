"""Leva e traz: the zones in which a shop fetches pets and brings them home, and which bookings use it."""

from typing import LiteralString
from uuid import UUID

from service.platform.database import Database, typed
from service.platform.documents import Document
from service.platform.journal import ACTOR


class Zone(Document):
    """A part of town, and what it costs to be fetched and brought home there."""

    id: UUID
    name: str
    fee_cents: int


_ZONES: LiteralString = """
select id, name, fee_cents
from pickup_zones
where organization_id = patas.organization_id() and is_active
order by name, id
"""

# A zone that was given up comes back under its name.
_SET_ZONE: LiteralString = """
insert into pickup_zones (organization_id, name, fee_cents)
values (patas.organization_id(), %(name)s, %(fee_cents)s)
on conflict (organization_id, lower(btrim(name))) do update set fee_cents = excluded.fee_cents, is_active = true
returning id, name, fee_cents
"""

_DROP_ZONE: LiteralString = "update pickup_zones set is_active = false where id = %(id)s and is_active returning id"

# The booking keeps the zone's name and fee of the day, whatever becomes of the zone.
_ARRANGE: LiteralString = """
update bookings b set pickup_zone = z.name, pickup_fee_cents = z.fee_cents
from pickup_zones z
where b.id = %(id)s and z.id = %(zone_id)s and z.is_active and b.status in ('scheduled', 'confirmed', 'in_progress')
returning b.id
"""

_CALL_OFF: LiteralString = """
update bookings b set pickup_zone = null, pickup_fee_cents = 0
where b.id = %(id)s and b.status in ('scheduled', 'confirmed', 'in_progress')
returning b.id
"""


async def zones(db: Database, organization_id: UUID) -> list[Zone]:
    """List where the shop drives, and for how much."""
    return typed(Zone, (await db.run(organization_id, (_ZONES, {})))[0])


async def set_zone(db: Database, organization_id: UUID, *, name: str, fee_cents: int) -> Zone:
    """Drive to a zone from now on, or change its fee."""
    return Zone.model_validate((await db.run(organization_id, (_SET_ZONE, {"name": name, "fee_cents": fee_cents})))[0][0])


async def drop_zone(db: Database, organization_id: UUID, zone_id: UUID) -> bool:
    """Drive to a zone no longer; False where the shop drives to no such zone."""
    return bool((await db.run(organization_id, (_DROP_ZONE, {"id": zone_id})))[0])


async def arrange(db: Database, organization_id: UUID, booking_id: UUID, zone_id: UUID | None, *, actor: str) -> bool:
    """Give a booking a zone with its fee of today, or none. False where there is no such zone, or the booking is over."""
    statement = _CALL_OFF if zone_id is None else _ARRANGE
    return bool((await db.run(organization_id, (ACTOR, {"actor": actor}), (statement, {"id": booking_id, "zone_id": zone_id})))[1])
