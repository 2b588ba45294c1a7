"""One connection, many pipelines: a failure in one leaves nothing behind."""

import pytest
from psycopg.errors import RaiseException

from service.db.pool import Database
from service.settings import Settings

FAILS = ("select patas.require(%(holds)s, 'P0001', 'it does not hold')", {"holds": False})


@pytest.mark.parametrize("before", range(8))
async def test_statements_after_one_that_failed_can_be_run_again(settings: Settings, before: int) -> None:
    """However often each was run before: after some times psycopg prepares a statement, and takes it for prepared."""
    db = Database(settings.database_url or "", size=1)
    await db.open()
    after = ("select %(n)s::int as n", {"n": 1})
    for _ in range(before):
        await db.system(after)
    with pytest.raises(RaiseException):
        await db.system(FAILS, after)
    assert await db.system(after) == [[{"n": 1}]]
    await db.close()
