"""The API of days off: absences, closures, days with hours of their own. Bearer token on every call."""

from datetime import datetime, time
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from service.platform.documents import EndOfDay
from service.shop import days_off
from service.web.dependencies import Db, ShopScope
from service.web.shapes import Absence, Customer, Date, Named, Reason, Resource, Service

router = APIRouter(prefix="/api/organizations/{organization_id}", tags=["agenda"])


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
    closes_at: EndOfDay = Field(description="24:00 for midnight.")


class SpecialHours(BaseModel):
    """A day's hours instead of its weekday's; none closes it."""

    day: Date
    hours: list[HoursOfDay] = Field(max_length=6)
    reason: Reason | None = None


class MadeSpecialHours(SpecialHours):
    hits: list[Hit]


@router.get("/resources", response_model=list[Resource])
async def list_resources(shop: ShopScope, db: Db) -> object:
    """List whom and what bookings occupy."""
    return await days_off.resources(db, shop.organization_id)


@router.get("/absences", response_model=list[Absence])
async def list_absences(shop: ShopScope, db: Db) -> object:
    """List the absences that are not over."""
    return await days_off.absences(db, shop.organization_id)


@router.post("/absences", response_model=MadeAbsence, status_code=201)
async def add_absence(shop: ShopScope, db: Db, new: NewAbsence) -> object:
    """Keep somebody or something free of new bookings. `hits` are the bookings there already: they stay until a person moves them."""
    return await days_off.add_absence(db, shop.organization_id, new.resource_id, new.starts_at, new.ends_at, new.reason)


@router.delete("/absences/{absence_id}", status_code=204)
async def remove_absence(shop: ShopScope, db: Db, absence_id: UUID) -> None:
    """Let the time be booked again."""
    await days_off.remove_absence(db, shop.organization_id, absence_id)


@router.get("/closures", response_model=list[Closure])
async def list_closures(shop: ShopScope, db: Db) -> object:
    """List the closures that are not over."""
    return await days_off.closures(db, shop.organization_id)


@router.post("/closures", response_model=MadeClosure, status_code=201)
async def add_closure(shop: ShopScope, db: Db, new: NewClosure) -> object:
    """Close the shop for some days. `hits` are the bookings of these days: they stay until a person moves them."""
    return await days_off.add_closure(db, shop.organization_id, new.starts_on, new.ends_on, new.reason)


@router.delete("/closures/{closure_id}", status_code=204)
async def remove_closure(shop: ShopScope, db: Db, closure_id: UUID) -> None:
    """Open the shop after all."""
    await days_off.remove_closure(db, shop.organization_id, closure_id)


@router.get("/special-hours", response_model=list[SpecialHours])
async def list_special_hours(shop: ShopScope, db: Db) -> object:
    """List the days from today on that have hours of their own."""
    return await days_off.special_hours(db, shop.organization_id)


@router.post("/special-hours", response_model=MadeSpecialHours, status_code=201)
async def set_special_hours(shop: ShopScope, db: Db, new: SpecialHours) -> object:
    """Give a day hours of its own, in place of those that it had. `hits` are bookings that no longer fit into them."""
    hours = [(stretch.opens_at, stretch.closes_at) for stretch in new.hours]
    return await days_off.set_special_hours(db, shop.organization_id, new.day, hours, new.reason)


@router.delete("/special-hours/{day}", status_code=204)
async def remove_special_hours(shop: ShopScope, db: Db, day: Date) -> None:
    """Give a day its weekday's hours back."""
    await days_off.remove_special_hours(db, shop.organization_id, day)
