"""The API of who a customer is: by what they are known, making two customers one, and taking that back. Bearer token on every call."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from service.messaging import identities
from service.messaging.merges import Identity, Merge, MergeStatus, Pets
from service.web.dependencies import ContactScope, Db, MergeScope, ShopScope

router = APIRouter(prefix="/api", tags=["inbox"])


class Other(BaseModel):
    """The customer who turned out to be this one."""

    contact_id: UUID
    pets: Pets | None = Field(
        None, description="Where both have a pet of the same name: `one` pet, or `two` of which the other's gets a number behind its name."
    )


@router.get("/contacts/{contact_id}/identities")
async def list_identities(contact: ContactScope, db: Db) -> list[Identity]:
    """List the phone and the ids by which a customer is known, and was."""
    return await identities.of_contact(db, contact.organization_id, contact.id)


@router.get("/organizations/{organization_id}/contact-merges")
async def list_merges(
    shop: ShopScope,
    db: Db,
    status: MergeStatus | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> list[Merge]:
    """List customers who became one, newest first; with `asked` those of whom a person is to say whether they are."""
    return await identities.merges(db, shop.organization_id, status=status, limit=limit, offset=offset)


@router.post("/contacts/{contact_id}/merge", status_code=201)
async def merge(contact: ContactScope, db: Db, other: Other) -> Merge:
    """Make another customer this one: history, pets, appointments, packages and whatever else they have. It can be undone."""
    return await identities.merge(db, contact.organization_id, contact.id, other.contact_id, pets=other.pets, by=contact.by)


@router.post("/contact-merges/{merge_id}/undo")
async def undo(merge: MergeScope, db: Db) -> Merge:
    """Take a merge back: what was moved goes back, and what came since stays with the customer who was left."""
    return await identities.undo(db, merge.organization_id, merge.id, by=merge.by)


@router.post("/contact-merges/{merge_id}/refuse")
async def refuse(merge: MergeScope, db: Db) -> Merge:
    """Answer that the two are different people; it is not asked again, and nothing but a person makes them one."""
    return await identities.refuse(db, merge.organization_id, merge.id, by=merge.by)
