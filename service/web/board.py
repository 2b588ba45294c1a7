"""The API of the day's board: who comes, how far each is, and the steps that people take. Bearer token on every call."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from service.platform import access
from service.shop import board
from service.shop.board import Move, Step
from service.web.dependencies import BookingScope, Db, ShopScope, Who
from service.web.shapes import Absence, Customer, Date, Named, Reason, Resource, Service

router = APIRouter(prefix="/api", tags=["agenda"])


class Shop(Named):
    timezone: str


class Pet(Named):
    species: str
    breed: str | None
    size: str | None


class PackageLeft(Named):
    left: int = Field(description="Sessions that no booking uses, this one counted as a use.")


class Pickup(BaseModel):
    zone: str
    fee_cents: int


class Notice(BaseModel):
    """What became of telling the customer that the pet is ready."""

    status: str = Field(description="Of the message, as in /api/conversations; `skipped` where none was written.")
    reason: str | None = Field(description="Why none was written.")


class Booking(BaseModel):
    """A booking as the board shows it."""

    id: UUID
    step: Step
    status: Literal["scheduled", "confirmed", "in_progress", "completed", "cancelled", "no_show"]
    confirmed: bool = Field(description="Whether the customer confirmed it.")
    starts_at: datetime
    ends_at: datetime
    received_at: datetime | None
    ready_at: datetime | None
    delivered_at: datetime | None
    customer: Customer
    pet: Pet | None
    service: Service
    resources: list[Resource] = Field(description="Who does it first, then the tub or room that it occupies.")
    price_cents: int = Field(description="Of the service, pick-up not included.")
    pickup: Pickup | None
    package: PackageLeft | None
    plan_id: UUID | None = Field(description="Shared by the bookings of one visit or series.")
    notes: str | None
    conversation_id: UUID | None
    notice: Notice | None
    moves: list[Move] = Field(description="What can be done now, the ordinary next step first.")


class Stretch(BaseModel):
    opens_at: datetime
    closes_at: datetime


class Day(BaseModel):
    """The board of a day. `opening` is empty on a closed day; `closed_for` is why, where it is closed out of turn."""

    id: UUID
    name: str
    timezone: str
    today: date
    day: date
    opening: list[Stretch]
    closed_for: str | None
    absences: list[Absence]
    bookings: list[Booking]


class Event(BaseModel):
    id: int
    at: datetime
    actor: str
    changes: list[str]


class Cancellation(BaseModel):
    reason: Reason | None = None


class Undo(BaseModel):
    step: Step = Field(description="The step to take back; nothing happens where the booking is no longer there.")


@router.get("/organizations", response_model=list[Shop])
async def list_organizations(who: Who, db: Db) -> object:
    """List the shops that the caller may see."""
    return await access.organizations(db, who)


@router.get("/organizations/{organization_id}/agenda", response_model=Day)
async def read_day(
    shop: ShopScope,
    db: Db,
    day: Annotated[Date | None, Query(description="The shop's today where left out.")] = None,
) -> object:
    """Show a day's board: opening hours, who is away, and every booking in order, hotel guests in the house included."""
    return await board.day(db, shop.organization_id, day)


@router.get("/bookings/{booking_id}/history", response_model=list[Event])
async def read_history(booking: BookingScope, db: Db) -> object:
    """List every change of a booking, who made it and when, in order."""
    return await board.history(db, booking.organization_id, booking.id)


@router.post("/bookings/{booking_id}/received", response_model=Booking)
async def receive(booking: BookingScope, db: Db) -> object:
    """Note that the pet has arrived."""
    return await board.move(db, booking.organization_id, booking.id, "received", by=booking.by)


@router.post("/bookings/{booking_id}/start", response_model=Booking)
async def start(booking: BookingScope, db: Db) -> object:
    """Begin the service."""
    return await board.move(db, booking.organization_id, booking.id, "start", by=booking.by)


@router.post("/bookings/{booking_id}/ready", response_model=Booking)
async def make_ready(booking: BookingScope, db: Db) -> object:
    """Note that the pet is ready. With the last one of a visit the customer is told, once."""
    return await board.move(db, booking.organization_id, booking.id, "ready", by=booking.by)


@router.post("/bookings/{booking_id}/delivered", response_model=Booking)
async def deliver(booking: BookingScope, db: Db) -> object:
    """Note that the pet has left; the booking is completed."""
    return await board.move(db, booking.organization_id, booking.id, "delivered", by=booking.by)


@router.post("/bookings/{booking_id}/no-show", response_model=Booking)
async def no_show(booking: BookingScope, db: Db) -> object:
    """Note that nobody came. The time is free again; a package's session stays used."""
    return await board.move(db, booking.organization_id, booking.id, "no_show", by=booking.by)


@router.post("/bookings/{booking_id}/cancel", response_model=Booking)
async def cancel(booking: BookingScope, db: Db, cancellation: Cancellation | None = None) -> object:
    """Cancel for the shop, before the service begins. Nothing is written to the customer: a person says it in the conversation."""
    reason = cancellation.reason if cancellation else None
    return await board.move(db, booking.organization_id, booking.id, "cancel", by=booking.by, reason=reason)


@router.post("/bookings/{booking_id}/undo", response_model=Booking)
async def undo(booking: BookingScope, db: Db, undo: Undo) -> object:
    """Take the last step back. A message that was sent stays sent, and is not sent again."""
    return await board.move(db, booking.organization_id, booking.id, "undo", by=booking.by, step=undo.step)
