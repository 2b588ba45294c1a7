"""The API of services that go together, so that a pet may have both at the same time. Bearer token on every call."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from service.shop import together
from service.web.dependencies import Db, ShopScope
from service.web.shapes import Named

router = APIRouter(prefix="/api/organizations/{organization_id}/services", tags=["agenda"])


class Pair(BaseModel):
    """Two services that go together, in either order."""

    service: Named
    together_with: Named


@router.get("/together", response_model=list[Pair])
async def list_pairs(shop: ShopScope, db: Db) -> object:
    """List the services that a pet may have at the same time; any other two exclude each other."""
    return await together.pairs(db, shop.organization_id)


@router.put("/{service_id}/together/{other_id}", status_code=204)
async def allow(shop: ShopScope, db: Db, service_id: UUID, other_id: UUID) -> None:
    """Let a pet have both at the same time, such as a bath during a stay."""
    await together.allow(db, shop.organization_id, service_id, other_id)


@router.delete("/{service_id}/together/{other_id}", status_code=204)
async def forbid(shop: ShopScope, db: Db, service_id: UUID, other_id: UUID) -> None:
    """Let a pet have only one of them at a time; what is booked already stays."""
    await together.forbid(db, shop.organization_id, service_id, other_id)
