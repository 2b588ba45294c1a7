"""Look up whose a thing is, and which shops there are."""

from collections.abc import Mapping, Sequence
from typing import Literal, LiteralString
from uuid import UUID

from service.platform.database import Database, typed
from service.platform.documents import Document

Subject = Literal["organization", "conversation", "booking", "contact", "pet", "merge"]


class Shop(Document):
    """A shop; `timezone` is an IANA name."""

    id: UUID
    name: str
    timezone: str


_OWNERS: Mapping[Subject, LiteralString] = {
    "organization": "select id as organization_id from organizations where id = %(id)s",
    "conversation": "select organization_id from conversations where id = %(id)s",
    "booking": "select organization_id from bookings where id = %(id)s",
    "contact": "select organization_id from contacts where id = %(id)s",
    "pet": "select organization_id from pets where id = %(id)s",
    "merge": "select organization_id from contact_merges where id = %(id)s",
}


async def organizations_of(db: Database, user_id: UUID) -> list[UUID]:
    """List the organizations that a signed-in user belongs to."""
    sql: LiteralString = "select organization_id from organization_members where user_id = %(user_id)s order by 1"
    return [row["organization_id"] for row in (await db.system((sql, {"user_id": user_id})))[0]]


async def organization_of(db: Database, subject: Subject, subject_id: UUID) -> UUID | None:
    """Find the organization that a thing belongs to; None where there is no such thing."""
    rows = (await db.system((_OWNERS[subject], {"id": subject_id})))[0]
    return rows[0]["organization_id"] if rows else None


async def organizations(db: Database, visible: Sequence[UUID] | None) -> list[Shop]:
    """List these shops, or all of them where `visible` is None, by name."""
    sql: LiteralString = """
    select id, name, zone as timezone
    from organizations
    where %(visible)s::uuid[] is null or id = any(%(visible)s)
    order by name, id
    """
    return typed(Shop, (await db.system((sql, {"visible": visible})))[0])


async def zone_of(db: Database, organization_id: UUID) -> str:
    """Look up a shop's zone, an IANA name."""
    sql: LiteralString = "select zone from organizations where id = patas.organization_id()"
    zone: str = (await db.run(organization_id, (sql, {})))[0][0]["zone"]
    return zone
