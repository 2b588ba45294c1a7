"""Leva e traz as the shop's people manage it: zones with a fee, and which bookings use one."""

from typing import Any
from uuid import UUID

from service.platform.database import Database
from service.platform.errors import Conflict, NotFound
from service.shop import board
from service.shop.queries import pickup


async def remove_zone(db: Database, organization_id: UUID, zone_id: UUID) -> None:
    """Drive to a zone no longer; bookings keep what was agreed. Raises NotFound."""
    if not await pickup.drop_zone(db, organization_id, zone_id):
        raise NotFound("Esta região não existe nesta loja.")


async def arrange(db: Database, organization_id: UUID, booking_id: UUID, zone_id: UUID | None, *, by: str) -> dict[str, Any]:
    """Fetch a pet and bring it home, for the zone's fee of today; None calls it off. Returns the booking. Raises NotFound and Conflict."""
    if not await pickup.arrange(db, organization_id, booking_id, zone_id, actor=by):
        if zone_id is not None and zone_id not in [zone["id"] for zone in await pickup.zones(db, organization_id)]:
            raise NotFound("Esta região não existe nesta loja.")
        raise Conflict("Este agendamento já terminou: o leva e traz não muda mais.")
    return await board.booking(db, organization_id, booking_id)
