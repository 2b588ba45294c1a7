"""`patas token`: what a shop's own programs and screens call the API with."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from service.platform import clock
from service.platform.auth import digest_of, new_token
from service.platform.database import Database, opened
from service.platform.errors import BadRequest, NotFound
from service.platform.queries import tokens
from service.platform.queries.tokens import Scope
from service.platform.settings import Settings
from service.shop.knowledge import chosen_shop

Result = TypeVar("Result")

LONGEST_NAME = 80


def make(settings: Settings, *, name: str, scope: Scope, organization: str | None) -> str:
    """Make a token of a shop and return it, for the only time. Raises BadRequest, and NotFound where there is no such shop."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise BadRequest(f"A token's name has 1 to {LONGEST_NAME} characters.")
    token = new_token()

    async def add(db: Database) -> str:
        shop = await chosen_shop(db, organization)
        await tokens.add(db, shop.id, name=name, scope=scope, digest=digest_of(token))
        return shop.name

    shop = _with_database(settings, add)
    return f"{token}\nOf {shop}, for {name}, {scope}. It is shown this once and kept nowhere."


def listed(settings: Settings) -> str:
    """Return a table of every shop's tokens."""
    found = _with_database(settings, tokens.listed)
    if not found:
        return "No tokens."
    return "\n".join(
        f"{token.id}  {token.organization}  {token.name}  {token.scope}  made {clock.local(token.created_at, 'America/Sao_Paulo'):%d/%m/%Y}"
        f"{'  revoked' if token.revoked_at else ''}"
        for token in found
    )


def revoke(settings: Settings, token_id: UUID) -> str:
    """End a token for good. Raises NotFound."""
    if not _with_database(settings, lambda db: tokens.revoke(db, token_id)):
        raise NotFound("There is no token with this id; `patas token list` shows them.")
    return "Revoked: it opens nothing any more."


def _with_database(settings: Settings, work: Callable[[Database], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        async with opened(settings.database_url or "", size=1) as db:
            return await work(db)

    return asyncio.run(run())
