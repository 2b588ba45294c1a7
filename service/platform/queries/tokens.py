"""Tokens by which a shop's own programs and screens call the API: of each only its digest is kept."""

from typing import Literal, LiteralString
from uuid import UUID

from pydantic import AwareDatetime

from service.platform.database import Database, first, typed
from service.platform.documents import Document

# What a token may do in its shop: look at everything, or act as well.
Scope = Literal["read", "write"]


class Token(Document):
    """A token as it is shown: `name` says what has it, and is what it signs with."""

    id: UUID
    organization_id: UUID
    organization: str
    name: str
    scope: Scope
    created_at: AwareDatetime
    revoked_at: AwareDatetime | None


_COLUMNS: LiteralString = """
select t.id, t.organization_id, o.name as organization, t.name, t.scope, t.created_at, t.revoked_at
from api_tokens t
join organizations o on o.id = t.organization_id
"""

_FIND: LiteralString = f"""
{_COLUMNS}
where t.digest = %(digest)s and t.revoked_at is null
"""

_LIST: LiteralString = f"""
{_COLUMNS}
order by o.name, t.created_at, t.id
"""

_ADD: LiteralString = """
insert into api_tokens (organization_id, name, scope, digest)
values (patas.organization_id(), %(name)s, %(scope)s, %(digest)s)
"""

_REVOKE: LiteralString = """
update api_tokens set revoked_at = coalesce(revoked_at, now())
where id = %(id)s
returning id
"""


async def find(db: Database, digest: bytes) -> Token | None:
    """Return the token with a digest, one index look-up; None where there is none, or it was revoked."""
    return first(Token, (await db.system((_FIND, {"digest": digest})))[0])


async def listed(db: Database) -> list[Token]:
    """List every shop's tokens, revoked ones too."""
    return typed(Token, (await db.system((_LIST, {})))[0])


async def add(db: Database, organization_id: UUID, *, name: str, scope: Scope, digest: bytes) -> None:
    """Keep a new token of a shop."""
    await db.run(organization_id, (_ADD, {"name": name, "scope": scope, "digest": digest}))


async def revoke(db: Database, token_id: UUID) -> bool:
    """End a token for good; False where there is none with this id."""
    return bool((await db.system((_REVOKE, {"id": token_id})))[0])
