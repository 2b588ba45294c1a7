"""The API of the leva e traz: zones with their fee, and which bookings use one. Bearer token on every call."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from service.shop import pickup
from service.web.board import Booking
from service.web.dependencies import BookingScope, Db, ShopScope
from service.web.shapes import Cents, Name

router = APIRouter(prefix="/api", tags=["agenda"])


class NewZone(BaseModel):
    """A zone of the leva e traz; its fee is for fetching and bringing home."""

    name: Name
    fee_cents: Cents


class Zone(NewZone):
    id: UUID


class Arrangement(BaseModel):
    zone_id: UUID | None = Field(description="Null: the customer comes and goes by themselves.")


@router.post("/bookings/{booking_id}/pickup", response_model=Booking)
async def arrange_pickup(booking: BookingScope, db: Db, arrangement: Arrangement) -> object:
    """Fetch the pet and bring it home, for the zone's fee of today, or call that off."""
    return await pickup.arrange(db, booking.organization_id, booking.id, arrangement.zone_id, by=booking.by)


@router.get("/organizations/{organization_id}/pickup-zones", response_model=list[Zone])
async def list_zones(shop: ShopScope, db: Db) -> object:
    """List where the shop fetches pets and brings them home, and for how much."""
    return await pickup.zones(db, shop.organization_id)


@router.post("/organizations/{organization_id}/pickup-zones", response_model=Zone, status_code=201)
async def set_zone(shop: ShopScope, db: Db, new: NewZone) -> object:
    """Drive to a zone from now on, or change the fee of the one with this name."""
    return await pickup.set_zone(db, shop.organization_id, name=new.name, fee_cents=new.fee_cents)


@router.delete("/organizations/{organization_id}/pickup-zones/{zone_id}", status_code=204)
async def remove_zone(shop: ShopScope, db: Db, zone_id: UUID) -> None:
    """Drive to a zone no longer; bookings keep what was agreed."""
    await pickup.remove_zone(db, shop.organization_id, zone_id)
