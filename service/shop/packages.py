"""Packages: so many sessions of a service, paid at once and used within some days."""

from uuid import UUID

import structlog

from service.platform.database import Database
from service.platform.errors import NotFound
from service.shop.queries import packages
from service.shop.queries.packages import Bought, Package

log = structlog.get_logger()

NOT_SOLD = "Este pacote não está à venda nesta loja."


async def offered(db: Database, organization_id: UUID) -> list[Package]:
    """List the packages that the shop sells."""
    return await packages.offered(db, organization_id)


async def bought(db: Database, organization_id: UUID, contact_id: UUID) -> list[Bought]:
    """List a customer's packages with their balance, the last to expire first."""
    return await packages.bought(db, organization_id, contact_id)


async def offer(
    db: Database, organization_id: UUID, *, service_id: UUID, name: str, sessions: int, valid_days: int, price_cents: int
) -> Package:
    """Sell a package from now on. Raises NotFound for a service that the shop does not have."""
    made = await packages.offer(
        db, organization_id, service_id=service_id, name=name, sessions=sessions, valid_days=valid_days, price_cents=price_cents
    )
    if made is None:
        raise NotFound("Este serviço não existe nesta loja.")
    return made


async def withdraw(db: Database, organization_id: UUID, package_id: UUID) -> None:
    """Sell a package no longer; what was bought stays valid. Raises NotFound."""
    if not await packages.withdraw(db, organization_id, package_id):
        raise NotFound(NOT_SOLD)


async def sell(
    db: Database, organization_id: UUID, contact_id: UUID, *, package_id: UUID, pet_id: UUID | None, price_cents: int | None, by: str
) -> Bought:
    """Sell a customer a package: it starts today and expires after its days. `price_cents` where another price was agreed.

    Raises NotFound where the package is not sold or the pet is not the customer's.
    """
    bought_id = await packages.sell(db, organization_id, contact_id, package_id=package_id, pet_id=pet_id, price_cents=price_cents)
    if bought_id is None:
        if package_id not in [package.id for package in await packages.offered(db, organization_id)]:
            raise NotFound(NOT_SOLD)
        raise NotFound("Este pet não é deste cliente.")
    log.info("[BOARD] Package sold", packageId=str(bought_id), by=by)
    return (await packages.bought(db, organization_id, contact_id, only=bought_id))[0]
