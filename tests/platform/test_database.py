"""The pool after a failure: what follows in the same process must not suffer from it."""

import pytest
from psycopg.errors import DivisionByZero

from service.platform.database import opened
from service.platform.settings import Settings

QUOTIENT, NUMBER = "select 1 / %(n)s as a", "select %(n)s::int as b"


async def test_a_failed_pipeline_leaves_no_statement_behind_that_the_server_never_prepared(settings: Settings) -> None:
    """psycopg prepares a statement when it sends it for the sixth time; after a failure before it the server never saw that."""
    async with opened(settings.database_url or "", size=1) as db:
        for _ in range(5):
            await db.system((NUMBER, {"n": 1}))
        with pytest.raises(DivisionByZero):
            await db.system((QUOTIENT, {"n": 0}), (NUMBER, {"n": 1}))
        for _ in range(8):
            assert await db.system((NUMBER, {"n": 1})) == [[{"b": 1}]]
