"""What routes are given: the database, who is calling, and what a route is about, refused where it is another shop's."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from service.platform.access import Reader, Subject, organization_for, reader_for
from service.platform.auth import Authenticator, Caller
from service.platform.database import Database
from service.platform.errors import Forbidden

bearer = HTTPBearer(
    auto_error=False, description="PATAS_API_TOKEN, a shop's token (`patas token new`), or the access token of a Supabase user."
)

# The methods that change nothing.
LOOKING = frozenset({"GET", "HEAD"})


def database(request: Request) -> Database:
    """Return the process's pool."""
    db: Database = request.app.state.db
    return db


def correlation_id(request: Request) -> str:
    """Return the id that this request's log lines, rows and answer carry."""
    found: str = request.state.correlation_id
    return found


Db = Annotated[Database, Depends(database)]
CorrelationId = Annotated[str, Depends(correlation_id)]


async def identified(request: Request, db: Database, token: str | None) -> Caller:
    """Find out whose a token is. Raises as `Authenticator.identify` does."""
    authenticator: Authenticator = request.app.state.authenticator
    return await authenticator.identify(db, token, address=request.client.host if request.client else "")


async def reader(request: Request, db: Db, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> Reader:
    """Find out who is calling, by the bearer token. Raises Unauthorized, and Forbidden where a token that only looks would act."""
    who = await reader_for(db, await identified(request, db, credentials.credentials if credentials else None))
    if not who.may_act and request.method not in LOOKING:
        raise Forbidden("Este token só pode consultar.")
    return who


Who = Annotated[Reader, Depends(reader)]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a route is about: the shop, booking, contact, pet, merge or conversation `id` of an organization that the caller may see.

    `by` is the caller's name, for the record of what they do.
    """

    organization_id: UUID
    id: UUID
    by: str


async def organization_scope(organization_id: UUID, who: Who, db: Db) -> Scope:
    """Load the shop in the path. Raises NotFound where there is none that the caller may see; likewise the others."""
    return await _scope(db, who, "organization", organization_id)


async def booking_scope(booking_id: UUID, who: Who, db: Db) -> Scope:
    return await _scope(db, who, "booking", booking_id)


async def contact_scope(contact_id: UUID, who: Who, db: Db) -> Scope:
    return await _scope(db, who, "contact", contact_id)


async def pet_scope(pet_id: UUID, who: Who, db: Db) -> Scope:
    return await _scope(db, who, "pet", pet_id)


async def merge_scope(merge_id: UUID, who: Who, db: Db) -> Scope:
    return await _scope(db, who, "merge", merge_id)


async def conversation_scope(conversation_id: UUID, who: Who, db: Db) -> Scope:
    return await _scope(db, who, "conversation", conversation_id)


async def _scope(db: Database, who: Reader, subject: Subject, subject_id: UUID) -> Scope:
    return Scope(await organization_for(db, who, subject, subject_id), subject_id, who.name)


ShopScope = Annotated[Scope, Depends(organization_scope)]
BookingScope = Annotated[Scope, Depends(booking_scope)]
ContactScope = Annotated[Scope, Depends(contact_scope)]
PetScope = Annotated[Scope, Depends(pet_scope)]
MergeScope = Annotated[Scope, Depends(merge_scope)]
ConversationScope = Annotated[Scope, Depends(conversation_scope)]
