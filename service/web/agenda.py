"""The API of a shop's agenda: the day's board, days off, packages, treatments. Bearer token on every call."""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, BeforeValidator, Field

from service.language.text import storable
from service.platform import access
from service.platform.access import Reader, organization_for
from service.platform.queries.access import Subject
from service.shop import board, days_off, packages, pickup, treatments
from service.shop.queries import days_off as days_off_rows
from service.shop.queries import packages as package_rows
from service.shop.queries import pickup as pickup_rows
from service.shop.queries import treatments as treatment_rows
from service.shop.queries.board import Move, Step
from service.web.who import Who

router = APIRouter(prefix="/api", tags=["agenda"])


def _cleaned(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


Name = Annotated[str, BeforeValidator(_cleaned), Field(min_length=1, max_length=120)]
Reason = Annotated[str, BeforeValidator(_cleaned), Field(min_length=1, max_length=500)]
Date = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Cents = Annotated[int, Field(ge=0, le=100_000_000, description="Integer cents of a real.")]


class Named(BaseModel):
    id: UUID
    name: str | None


class Shop(Named):
    timezone: str


class Customer(Named):
    phone: str | None


class Pet(Named):
    species: str
    breed: str | None
    size: str | None


class Service(Named):
    unit: Literal["visit", "day", "night"]


class Resource(Named):
    kind: str


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


class Absence(BaseModel):
    id: UUID
    resource_id: UUID
    resource: str
    starts_at: datetime
    ends_at: datetime
    reason: str | None


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


class Hit(BaseModel):
    """A coming booking to talk about with its customer."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    customer: Customer
    pet: Named | None
    service: Service
    resources: list[Resource]
    conversation_id: UUID | None


class NewAbsence(BaseModel):
    resource_id: UUID
    starts_at: datetime = Field(description="Without an offset it is on the shop's clock.")
    ends_at: datetime
    reason: Reason | None = None


class MadeAbsence(Absence):
    hits: list[Hit]


class NewClosure(BaseModel):
    """Days on which the shop stays closed, both ends included."""

    starts_on: Date
    ends_on: Date
    reason: Reason | None = None


class Closure(NewClosure):
    id: UUID


class MadeClosure(Closure):
    hits: list[Hit]


class HoursOfDay(BaseModel):
    opens_at: time
    closes_at: time


class SpecialHours(BaseModel):
    """A day's hours instead of its weekday's; none closes it."""

    day: Date
    hours: list[HoursOfDay] = Field(max_length=6)
    reason: Reason | None = None


class MadeSpecialHours(SpecialHours):
    hits: list[Hit]


class Cancellation(BaseModel):
    reason: Reason | None = None


class Undo(BaseModel):
    step: Step = Field(description="The step to take back; nothing happens where the booking is no longer there.")


class NewPackage(BaseModel):
    service_id: UUID
    name: Name
    sessions: int = Field(ge=1, le=400)
    valid_days: int = Field(ge=1, le=3660)
    price_cents: Cents


class Package(NewPackage):
    id: UUID
    service: str


class Sale(BaseModel):
    package_id: UUID
    pet_id: UUID | None = Field(None, description="Null: for any pet of the customer.")
    price_cents: Cents | None = Field(None, description="Where another price than the package's was agreed.")


class Use(BaseModel):
    booking_id: UUID
    starts_at: datetime
    status: str


class Bought(BaseModel):
    """A package that a customer has. `left` is `sessions` minus the bookings that are not cancelled."""

    id: UUID
    name: str
    service: Named
    pet: Named | None
    sessions: int
    used: int
    coming: int = Field(description="Of the used ones, those still to come.")
    given_back: int = Field(description="Cancelled bookings; they use no session.")
    left: int
    price_cents: int
    starts_on: date
    expires_on: date
    usable: bool
    uses: list[Use]


class NewZone(BaseModel):
    """A zone of the leva e traz; its fee is for fetching and bringing home."""

    name: Name
    fee_cents: Cents


class Zone(NewZone):
    id: UUID


class Arrangement(BaseModel):
    zone_id: UUID | None = Field(description="Null: the customer comes and goes by themselves.")


class NewTreatment(BaseModel):
    kind: Literal["vaccine", "dewormer"]
    name: Name
    given_on: Date | None = None
    due_on: Date | None = None


class Treatment(NewTreatment):
    id: UUID
    created_at: datetime


# The board


@router.get("/organizations", response_model=list[Shop])
async def list_organizations(request: Request, who: Who) -> Any:
    """The shops that the caller may see."""
    return await access.organizations(request.app.state.db, who)


@router.get("/organizations/{organization_id}/agenda", response_model=Day)
async def read_day(
    request: Request,
    who: Who,
    organization_id: UUID,
    day: Annotated[Date | None, Query(description="The shop's today where left out.")] = None,
) -> Any:
    """A day's board: opening hours, who is away, and every booking in order, hotel guests in the house included."""
    return await board.day(request.app.state.db, await _of(request, who, "organization", organization_id), day)


@router.get("/bookings/{booking_id}/history", response_model=list[Event])
async def read_history(request: Request, who: Who, booking_id: UUID) -> Any:
    """Every change of a booking, who made it and when, in order."""
    return await board.history(request.app.state.db, await _of(request, who, "booking", booking_id), booking_id)


@router.post("/bookings/{booking_id}/received", response_model=Booking)
async def receive(request: Request, who: Who, booking_id: UUID) -> Any:
    """The pet has arrived."""
    return await _move(request, who, booking_id, "received")


@router.post("/bookings/{booking_id}/start", response_model=Booking)
async def start(request: Request, who: Who, booking_id: UUID) -> Any:
    """The service begins."""
    return await _move(request, who, booking_id, "start")


@router.post("/bookings/{booking_id}/ready", response_model=Booking)
async def make_ready(request: Request, who: Who, booking_id: UUID) -> Any:
    """The pet is ready. With the last one of a visit the customer is told, once."""
    return await _move(request, who, booking_id, "ready")


@router.post("/bookings/{booking_id}/delivered", response_model=Booking)
async def deliver(request: Request, who: Who, booking_id: UUID) -> Any:
    """The pet has left; the booking is completed."""
    return await _move(request, who, booking_id, "delivered")


@router.post("/bookings/{booking_id}/no-show", response_model=Booking)
async def no_show(request: Request, who: Who, booking_id: UUID) -> Any:
    """Nobody came. The time is free again; a package's session stays used."""
    return await _move(request, who, booking_id, "no_show")


@router.post("/bookings/{booking_id}/cancel", response_model=Booking)
async def cancel(request: Request, who: Who, booking_id: UUID, cancellation: Cancellation | None = None) -> Any:
    """The shop cancels, before the service begins. Nothing is written to the customer: a person says it in the conversation."""
    return await _move(request, who, booking_id, "cancel", reason=cancellation.reason if cancellation else None)


@router.post("/bookings/{booking_id}/undo", response_model=Booking)
async def undo(request: Request, who: Who, booking_id: UUID, undo: Undo) -> Any:
    """Take the last step back. A message that was sent stays sent, and is not sent again."""
    return await _move(request, who, booking_id, "undo", step=undo.step)


@router.post("/bookings/{booking_id}/pickup", response_model=Booking)
async def arrange_pickup(request: Request, who: Who, booking_id: UUID, arrangement: Arrangement) -> Any:
    """Fetch the pet and bring it home, for the zone's fee of today, or call that off."""
    owner = await _of(request, who, "booking", booking_id)
    return await pickup.arrange(request.app.state.db, owner, booking_id, arrangement.zone_id, by=who.name)


# Days off


@router.get("/organizations/{organization_id}/resources", response_model=list[Resource])
async def list_resources(request: Request, who: Who, organization_id: UUID) -> Any:
    """Whom and what bookings occupy."""
    return await days_off_rows.resources(request.app.state.db, await _of(request, who, "organization", organization_id))


@router.get("/organizations/{organization_id}/absences", response_model=list[Absence])
async def list_absences(request: Request, who: Who, organization_id: UUID) -> Any:
    """Absences that are not over."""
    return await days_off_rows.absences(request.app.state.db, await _of(request, who, "organization", organization_id))


@router.post("/organizations/{organization_id}/absences", response_model=MadeAbsence, status_code=201)
async def add_absence(request: Request, who: Who, organization_id: UUID, new: NewAbsence) -> Any:
    """Keep somebody or something free of new bookings. `hits` are the bookings there already: they stay until a person moves them."""
    owner = await _of(request, who, "organization", organization_id)
    made = await days_off.add_absence(request.app.state.db, owner, new.resource_id, new.starts_at, new.ends_at, new.reason)
    return {**made.row, "hits": made.hits}


@router.delete("/organizations/{organization_id}/absences/{absence_id}", status_code=204)
async def remove_absence(request: Request, who: Who, organization_id: UUID, absence_id: UUID) -> None:
    """The time can be booked again."""
    await days_off.remove_absence(request.app.state.db, await _of(request, who, "organization", organization_id), absence_id)


@router.get("/organizations/{organization_id}/closures", response_model=list[Closure])
async def list_closures(request: Request, who: Who, organization_id: UUID) -> Any:
    """Closures that are not over."""
    return await days_off_rows.closures(request.app.state.db, await _of(request, who, "organization", organization_id))


@router.post("/organizations/{organization_id}/closures", response_model=MadeClosure, status_code=201)
async def add_closure(request: Request, who: Who, organization_id: UUID, new: NewClosure) -> Any:
    """Close the shop for some days. `hits` are the bookings of these days: they stay until a person moves them."""
    owner = await _of(request, who, "organization", organization_id)
    made = await days_off.add_closure(request.app.state.db, owner, new.starts_on, new.ends_on, new.reason)
    return {**made.row, "hits": made.hits}


@router.delete("/organizations/{organization_id}/closures/{closure_id}", status_code=204)
async def remove_closure(request: Request, who: Who, organization_id: UUID, closure_id: UUID) -> None:
    """The shop opens after all."""
    await days_off.remove_closure(request.app.state.db, await _of(request, who, "organization", organization_id), closure_id)


@router.get("/organizations/{organization_id}/special-hours", response_model=list[SpecialHours])
async def list_special_hours(request: Request, who: Who, organization_id: UUID) -> Any:
    """Days from today on that have hours of their own."""
    return await days_off_rows.special_hours(request.app.state.db, await _of(request, who, "organization", organization_id))


@router.post("/organizations/{organization_id}/special-hours", response_model=MadeSpecialHours, status_code=201)
async def set_special_hours(request: Request, who: Who, organization_id: UUID, new: SpecialHours) -> Any:
    """Give a day hours of its own, in place of those that it had. `hits` are bookings that no longer fit into them."""
    owner = await _of(request, who, "organization", organization_id)
    hours = [(stretch.opens_at, stretch.closes_at) for stretch in new.hours]
    made = await days_off.set_special_hours(request.app.state.db, owner, new.day, hours, new.reason)
    return {**made.row, "hits": made.hits}


@router.delete("/organizations/{organization_id}/special-hours/{day}", status_code=204)
async def remove_special_hours(request: Request, who: Who, organization_id: UUID, day: Date) -> None:
    """Give a day its weekday's hours back."""
    await days_off.remove_special_hours(request.app.state.db, await _of(request, who, "organization", organization_id), day)


# Pick-up, packages and treatments


@router.get("/organizations/{organization_id}/pickup-zones", response_model=list[Zone])
async def list_zones(request: Request, who: Who, organization_id: UUID) -> Any:
    """Where the shop fetches pets and brings them home, and for how much."""
    return await pickup_rows.zones(request.app.state.db, await _of(request, who, "organization", organization_id))


@router.post("/organizations/{organization_id}/pickup-zones", response_model=Zone, status_code=201)
async def set_zone(request: Request, who: Who, organization_id: UUID, new: NewZone) -> Any:
    """Drive to a zone from now on, or change the fee of the one with this name."""
    return await pickup_rows.set_zone(request.app.state.db, await _of(request, who, "organization", organization_id), **new.model_dump())


@router.delete("/organizations/{organization_id}/pickup-zones/{zone_id}", status_code=204)
async def remove_zone(request: Request, who: Who, organization_id: UUID, zone_id: UUID) -> None:
    """Drive to a zone no longer; bookings keep what was agreed."""
    await pickup.remove_zone(request.app.state.db, await _of(request, who, "organization", organization_id), zone_id)


@router.get("/organizations/{organization_id}/packages", response_model=list[Package])
async def list_packages(request: Request, who: Who, organization_id: UUID) -> Any:
    """The packages that the shop sells."""
    return await package_rows.offered(request.app.state.db, await _of(request, who, "organization", organization_id))


@router.post("/organizations/{organization_id}/packages", response_model=Package, status_code=201)
async def offer_package(request: Request, who: Who, organization_id: UUID, new: NewPackage) -> Any:
    """Sell a package from now on."""
    owner = await _of(request, who, "organization", organization_id)
    return await packages.offer(request.app.state.db, owner, **new.model_dump())


@router.delete("/organizations/{organization_id}/packages/{package_id}", status_code=204)
async def withdraw_package(request: Request, who: Who, organization_id: UUID, package_id: UUID) -> None:
    """Sell a package no longer; what was bought stays valid."""
    await packages.withdraw(request.app.state.db, await _of(request, who, "organization", organization_id), package_id)


@router.get("/contacts/{contact_id}/packages", response_model=list[Bought])
async def list_bought_packages(request: Request, who: Who, contact_id: UUID) -> Any:
    """A customer's packages with their balance."""
    return await package_rows.bought(request.app.state.db, await _of(request, who, "contact", contact_id), contact_id)


@router.post("/contacts/{contact_id}/packages", response_model=Bought, status_code=201)
async def sell_package(request: Request, who: Who, contact_id: UUID, sale: Sale) -> Any:
    """Sell a customer a package: it starts today and expires after its days."""
    owner = await _of(request, who, "contact", contact_id)
    return await packages.sell(request.app.state.db, owner, contact_id, **sale.model_dump(), by=who.name)


@router.get("/pets/{pet_id}/treatments", response_model=list[Treatment])
async def list_treatments(request: Request, who: Who, pet_id: UUID) -> Any:
    """Vaccines and dewormers of a pet, the latest first."""
    return await treatment_rows.of_pet(request.app.state.db, await _of(request, who, "pet", pet_id), pet_id)


@router.post("/pets/{pet_id}/treatments", response_model=Treatment, status_code=201)
async def add_treatment(request: Request, who: Who, pet_id: UUID, new: NewTreatment) -> Any:
    """Write down what was given, when it is due again, or both."""
    return await treatments.add(request.app.state.db, await _of(request, who, "pet", pet_id), pet_id, **new.model_dump())


@router.delete("/pets/{pet_id}/treatments/{treatment_id}", status_code=204)
async def remove_treatment(request: Request, who: Who, pet_id: UUID, treatment_id: UUID) -> None:
    """Take a mistaken entry out."""
    await treatments.remove(request.app.state.db, await _of(request, who, "pet", pet_id), pet_id, treatment_id)


async def _of(request: Request, who: Reader, subject: Subject, subject_id: UUID) -> UUID:
    return await organization_for(request.app.state.db, who, subject, subject_id)


async def _move(
    request: Request, who: Reader, booking_id: UUID, move: Move, *, reason: str | None = None, step: Step | None = None
) -> dict[str, Any]:
    owner = await _of(request, who, "booking", booking_id)
    return await board.move(request.app.state.db, owner, booking_id, move, by=who.name, reason=reason, step=step)
