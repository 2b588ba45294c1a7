"""The API of the counter: free times, booking and moving for a customer, by the very rules that the assistant works with."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import AwareDatetime, BaseModel, Field

from service.agenda.visits import Item, Visit, Want
from service.platform.access import organization_for
from service.shop import reception
from service.web.who import Who

router = APIRouter(prefix="/api", tags=["agenda"])

Date = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Instant = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 12, 31, tzinfo=UTC))]


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
async def list_appointments(request: Request, who: Who, contact_id: UUID) -> object:
    """A customer's coming appointments, soonest first."""
    db = request.app.state.db
    return await reception.appointments(db, await organization_for(db, who, "contact", contact_id), contact_id)


@router.post("/contacts/{contact_id}/free-times", response_model=list[datetime])
async def free_times(request: Request, who: Who, contact_id: UUID, search: Search) -> object:
    """Every start at which the visit could be booked."""
    db = request.app.state.db
    organization_id = await organization_for(db, who, "contact", contact_id)
    return await reception.free_times(db, organization_id, contact_id, search.visit(), search.first, search.last)


@router.post("/contacts/{contact_id}/bookings", response_model=list[Item], status_code=201)
async def book(request: Request, who: Who, contact_id: UUID, wanted: NewBooking) -> object:
    """Book a visit, all of it or nothing; 409 where it is not free."""
    db = request.app.state.db
    organization_id = await organization_for(db, who, "contact", contact_id)
    return await reception.book(db, organization_id, contact_id, wanted.visit(), wanted.starts_at, by=who.name)


@router.post("/bookings/{booking_id}/reschedule", response_model=Item)
async def reschedule(request: Request, who: Who, booking_id: UUID, to: Move) -> object:
    """Move a booking; it keeps its time where the new one is not free (409)."""
    db = request.app.state.db
    organization_id = await organization_for(db, who, "booking", booking_id)
    return await reception.reschedule(db, organization_id, booking_id, to.starts_at, by=who.name)
