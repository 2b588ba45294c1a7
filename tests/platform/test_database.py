"""The pool after a failure: what follows in the same process must not suffer from it. And rows as types."""

from uuid import UUID

import pytest
from psycopg.errors import DivisionByZero
from pydantic import ValidationError

from service.platform.database import Database, first, opened, readable, typed
from service.platform.documents import Document
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


class Numbered(Document):
    """What the tests below read."""

    id: UUID
    number: int | None


async def test_rows_become_what_they_are_and_what_json_holds_as_text_does_too(db: Database) -> None:
    sql = "select jsonb_build_object('id', %(id)s::text) ->> 'id' as id, n as number, 'more' as more from unnest(array[1, null]) n"
    rows = (await db.system((sql, {"id": str(UUID(int=1))})))[0]
    assert typed(Numbered, rows) == [Numbered(id=UUID(int=1), number=1), Numbered(id=UUID(int=1), number=None)]
    assert first(Numbered, rows) == Numbered(id=UUID(int=1), number=1)
    assert first(Numbered, []) is None


@pytest.mark.parametrize("row", [{"id": UUID(int=1)}, {"id": "none", "number": 1}, {"id": None, "number": 1}])
def test_a_row_of_another_shape_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        typed(Numbered, [row])


def test_across_shops_a_row_that_can_not_be_read_keeps_no_other_back() -> None:
    rows = [{"id": UUID(int=1), "number": "many"}, {"id": UUID(int=2), "number": 2}]
    assert readable(Numbered, rows) == [Numbered(id=UUID(int=2), number=2)]
