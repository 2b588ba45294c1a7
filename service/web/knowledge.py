"""The API for people: what the assistant may tell customers of a shop. Bearer token on every call."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from service.shop import knowledge
from service.shop.knowledge import LONGEST_CONTENT, LONGEST_TITLE, KnowledgeEntry
from service.web.dependencies import Db, ShopScope

router = APIRouter(prefix="/api/organizations/{organization_id}/knowledge", tags=["knowledge"])


class Entry(BaseModel):
    """What customers ask about, and the shop's answer. Inactive, it is kept and not told."""

    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    content: str = Field(min_length=1, max_length=LONGEST_CONTENT)
    is_active: bool = True


@router.get("")
async def list_entries(shop: ShopScope, db: Db) -> list[KnowledgeEntry]:
    """List every entry of the shop, by title."""
    return await knowledge.listed(db, shop.organization_id)


@router.post("", status_code=201)
async def add_entry(shop: ShopScope, db: Db, entry: Entry) -> KnowledgeEntry:
    """Add an entry; a title comes once in a shop."""
    return await knowledge.add(db, shop.organization_id, **entry.model_dump(), by=shop.by)


@router.put("/{entry_id}")
async def change_entry(shop: ShopScope, db: Db, entry_id: UUID, entry: Entry) -> KnowledgeEntry:
    """Replace an entry."""
    return await knowledge.change(db, shop.organization_id, entry_id, **entry.model_dump(), by=shop.by)


@router.delete("/{entry_id}", status_code=204)
async def remove_entry(shop: ShopScope, db: Db, entry_id: UUID) -> None:
    """Delete an entry."""
    await knowledge.remove(db, shop.organization_id, entry_id, by=shop.by)
