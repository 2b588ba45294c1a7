"""The API of packages: what the shop sells, and what a customer has bought. Bearer token on every call."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from service.shop import packages
from service.web.dependencies import ContactScope, Db, ShopScope
from service.web.shapes import Cents, Name, Named

router = APIRouter(prefix="/api", tags=["agenda"])


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


@router.get("/organizations/{organization_id}/packages", response_model=list[Package])
async def list_packages(shop: ShopScope, db: Db) -> object:
    """List the packages that the shop sells."""
    return await packages.offered(db, shop.organization_id)


@router.post("/organizations/{organization_id}/packages", response_model=Package, status_code=201)
async def offer_package(shop: ShopScope, db: Db, new: NewPackage) -> object:
    """Sell a package from now on."""
    return await packages.offer(db, shop.organization_id, **new.model_dump())


@router.delete("/organizations/{organization_id}/packages/{package_id}", status_code=204)
async def withdraw_package(shop: ShopScope, db: Db, package_id: UUID) -> None:
    """Sell a package no longer; what was bought stays valid."""
    await packages.withdraw(db, shop.organization_id, package_id)


@router.get("/contacts/{contact_id}/packages", response_model=list[Bought])
async def list_bought_packages(contact: ContactScope, db: Db) -> object:
    """List a customer's packages with their balance."""
    return await packages.bought(db, contact.organization_id, contact.id)


@router.post("/contacts/{contact_id}/packages", response_model=Bought, status_code=201)
async def sell_package(contact: ContactScope, db: Db, sale: Sale) -> object:
    """Sell a customer a package: it starts today and expires after its days."""
    return await packages.sell(db, contact.organization_id, contact.id, **sale.model_dump(), by=contact.by)
