"""The API for people: what the assistant may tell customers of a shop. Bearer token on every call."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from service.shop import knowledge
from service.shop.knowledge import LONGEST_CONTENT, LONGEST_TITLE
from service.web.conversations import Who

router = APIRouter(prefix="/api/organizations/{organization_id}/knowledge", tags=["knowledge"])


class Entry(BaseModel):
    """What customers ask about, and the shop's answer. Inactive, it is kept and not told."""

    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    content: str = Field(min_length=1, max_length=LONGEST_CONTENT)
    is_active: bool = True


@router.get("")
async def list_entries(request: Request, who: Who, organization_id: UUID) -> list[dict[str, Any]]:
    """Every entry of the shop, by title."""
    return await knowledge.listed(request.app.state.db, who, organization_id)


@router.post("", status_code=201)
async def add_entry(request: Request, who: Who, organization_id: UUID, entry: Entry) -> dict[str, Any]:
    """Add an entry; a title comes once in a shop."""
    return await knowledge.add(request.app.state.db, who, organization_id, **entry.model_dump())


@router.put("/{entry_id}")
async def change_entry(request: Request, who: Who, organization_id: UUID, entry_id: UUID, entry: Entry) -> dict[str, Any]:
    """Replace an entry."""
    return await knowledge.change(request.app.state.db, who, organization_id, entry_id, **entry.model_dump())


@router.delete("/{entry_id}", status_code=204)
async def remove_entry(request: Request, who: Who, organization_id: UUID, entry_id: UUID) -> None:
    """Delete an entry."""
    await knowledge.remove(request.app.state.db, who, organization_id, entry_id)
