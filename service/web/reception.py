"""The API of the counter: free times, booking and moving for a customer, by the very rules that the assistant works with."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from service.agenda.visits import Item, Visit, Want
from service.shop import reception
from service.web.dependencies import BookingScope, ContactScope, Db
from service.web.shapes import Date, Instant

router = APIRouter(prefix="/api", tags=["agenda"])


class Wanted(BaseModel):
    """A visit: services for the customer's pets at one time. `nights` for a hotel, `weeks` for the same time in so many weeks running."""

    wants: list[Want] = Field(min_length=1, max_length=6)
    nights: int = Field(0, ge=0, le=60)
    weeks: int = Field(1, ge=1, le=12)
    resource_id: UUID | None = None
    pickup_zone_id: UUID | None = None

    def visit(self) -> Visit:
        return Visit(
            wants=tuple(self.wants), nights=self.nights, weeks=self.weeks, resource_id=self.resource_id, pickup_zone_id=self.pickup_zone_id
        )


class Search(Wanted):
    """Where to look, in the shop's days."""

    first: Date
    last: Date


class NewBooking(Wanted):
    starts_at: Instant


class Move(BaseModel):
    starts_at: Instant


class Appointment(BaseModel):
    """A coming appointment. Instants with offset, money in integer cents."""

    id: UUID
    plan_id: UUID | None
    pet: str | None
    service: str
    professional: str
    starts_at: datetime
    ends_at: datetime
    status: str
    price_cents: int


@router.get("/contacts/{contact_id}/appointments", response_model=list[Appointment])
async def list_appointments(contact: ContactScope, db: Db) -> object:
    """List a customer's coming appointments, soonest first."""
    return await reception.appointments(db, contact.organization_id, contact.id)


@router.post("/contacts/{contact_id}/free-times", response_model=list[datetime])
async def free_times(contact: ContactScope, db: Db, search: Search) -> object:
    """List every start at which the visit could be booked."""
    return await reception.free_times(db, contact.organization_id, contact.id, search.visit(), search.first, search.last)


@router.post("/contacts/{contact_id}/bookings", response_model=list[Item], status_code=201)
async def book(contact: ContactScope, db: Db, wanted: NewBooking) -> object:
    """Book a visit, all of it or nothing; 409 says why it can't be."""
    return await reception.book(db, contact.organization_id, contact.id, wanted.visit(), wanted.starts_at, by=contact.by)


@router.post("/bookings/{booking_id}/reschedule", response_model=Item)
async def reschedule(booking: BookingScope, db: Db, to: Move) -> object:
    """Move a booking; it keeps its time where the new one can't be had (409 says why)."""
    return await reception.reschedule(db, booking.organization_id, booking.id, to.starts_at, by=booking.by)
