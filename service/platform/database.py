"""The connection pool, and the two ways of using it: bound to one organization, or as the system.

A bound run sets the backend role and the organization inside its own transaction, so row-level security applies to every
statement of it. Statements are sent as one pipeline: one network round trip and, by the protocol, one implicit transaction.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, LiteralString, TypeVar
from uuid import UUID

import psycopg
import structlog
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool
from pydantic import ValidationError

from service.platform.documents import Document

log = structlog.get_logger()

Row = dict[str, Any]
Statement = tuple[LiteralString, Mapping[str, Any]]
Typed = TypeVar("Typed", bound=Document)

_BIND: LiteralString = (
    "select set_config('role', 'patas_backend', true), set_config('patas.organization_id', coalesce(%(organization_id)s::text, ''), true)"
)


def binding(organization_id: UUID | None) -> Statement:
    """Return what binds the running transaction to one organization; to none, in which nothing is seen."""
    return _BIND, {"organization_id": organization_id}


class Database:
    """A pool of autocommit connections. `round_trips` counts the waits for the server since the start."""

    def __init__(self, url: str, *, size: int = 10) -> None:
        self.round_trips = 0
        self._pool: AsyncConnectionPool[AsyncConnection[DictRow]] = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=size,
            open=False,
            kwargs={"autocommit": True, "row_factory": dict_row, "application_name": "patas"},
        )

    async def open(self) -> None:
        """Open the pool; raises psycopg_pool.PoolTimeout when the server can't be reached within 15 s."""
        await self._pool.open(wait=True, timeout=15)

    async def close(self) -> None:
        await self._pool.close()

    async def run(self, organization_id: UUID, *statements: Statement) -> list[list[Row]]:
        """Run statements bound to one organization: all or nothing, one round trip. Returns the rows of each."""
        return (await self._pipeline([binding(organization_id), *statements]))[1:]

    async def system(self, *statements: Statement) -> list[list[Row]]:
        """Run statements across organizations, past row-level security: for the sweeper, intake's routing and operators."""
        return await self._pipeline(statements)

    async def _pipeline(self, statements: Sequence[Statement]) -> list[list[Row]]:
        async with self._pool.connection() as conn:
            self.round_trips += 1
            try:
                async with conn.pipeline():
                    cursors = [await conn.execute(sql, params) for sql, params in statements]
            except psycopg.Error:
                # The server skips what follows a failed statement, the preparing of it as well, and psycopg would go on calling it by name.
                await conn.close()
                raise
            return [await cursor.fetchall() if cursor.description else [] for cursor in cursors]


def typed(kind: type[Typed], rows: Sequence[Row]) -> list[Typed]:
    """Turn a statement's rows into what they are. Raises pydantic.ValidationError where a column is missing or of another type."""
    return [kind.model_validate(row) for row in rows]


def readable(kind: type[Typed], rows: Sequence[Row]) -> list[Typed]:
    """Turn the rows of several shops into what they are: one that can't be read is logged, and keeps no other shop's back."""
    found = []
    for row in rows:
        try:
            found.append(kind.model_validate(row))
        except ValidationError as error:
            fields = sorted({".".join(map(str, one["loc"])) for one in error.errors(include_input=False)})
            log.error("[DATABASE] Row can't be read", kind=kind.__name__, rowId=str(row.get("id")), fields=fields)
    return found


def first(kind: type[Typed], rows: Sequence[Row]) -> Typed | None:
    """Turn a statement's first row into what it is; None where there is none. Raises as `typed` does."""
    return kind.model_validate(rows[0]) if rows else None


@asynccontextmanager
async def opened(url: str, *, size: int = 10) -> AsyncIterator[Database]:
    """Open a database for the length of a block."""
    database = Database(url, size=size)
    await database.open()
    try:
        yield database
    finally:
        await database.close()
