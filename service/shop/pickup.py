"""Leva e traz as the shop's people manage it: zones with a fee, and which bookings use one."""

from uuid import UUID

from service.platform.database import Database
from service.platform.errors import Conflict, NotFound
from service.shop import board
from service.shop.board import Shown
from service.shop.queries import pickup
from service.shop.queries.pickup import Zone

NO_ZONE = "Esta região não existe nesta loja."


async def zones(db: Database, organization_id: UUID) -> list[Zone]:
    """List where the shop drives, and for how much."""
    return await pickup.zones(db, organization_id)


async def set_zone(db: Database, organization_id: UUID, *, name: str, fee_cents: int) -> Zone:
    """Drive to a zone from now on, or change the fee of the one with this name."""
    return await pickup.set_zone(db, organization_id, name=name, fee_cents=fee_cents)


async def remove_zone(db: Database, organization_id: UUID, zone_id: UUID) -> None:
    """Drive to a zone no longer; bookings keep what was agreed. Raises NotFound."""
    if not await pickup.drop_zone(db, organization_id, zone_id):
        raise NotFound(NO_ZONE)


async def arrange(db: Database, organization_id: UUID, booking_id: UUID, zone_id: UUID | None, *, by: str) -> Shown:
    """Fetch a pet and bring it home, for the zone's fee of today; None calls it off. Returns the booking. Raises NotFound and Conflict."""
    if not await pickup.arrange(db, organization_id, booking_id, zone_id, actor=by):
        if zone_id is not None and zone_id not in [zone.id for zone in await pickup.zones(db, organization_id)]:
            raise NotFound(NO_ZONE)
        found = await board.booking(db, organization_id, booking_id)
        raise Conflict(f"O leva e traz não muda mais, porque {board.WHERE[found.step]}.")
    return await board.booking(db, organization_id, booking_id)
