"""What happens while the model thinks."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg

from tests.kit.fakes.openai import Step
from tests.kit.shop import Shop


def write(shop: Shop, conversation: UUID, content: str) -> None:
    """Let the customer write while the model thinks: what intake does, from the fake's thread."""
    with psycopg.connect(shop.resources.settings.database_url or "", autocommit=True) as conn:
        conn.execute(
            "insert into messages (organization_id, conversation_id, instance_id, direction, content, external_id)"
            " select organization_id, id, instance_id, 'incoming', %s, gen_random_uuid()::text from conversations where id = %s",
            (content, conversation),
        )


def sql(shop: Shop, statement: Any, *params: object) -> None:
    with psycopg.connect(shop.resources.settings.database_url or "", autocommit=True) as conn:
        conn.execute(statement, params)


def thinking(*steps: tuple[Callable[[], None] | None, Step]) -> Callable[[Any], Step]:
    """Return the model's answers, each with what happens while it thinks."""
    left = list(steps)

    def answer(_: Any) -> Step:
        meanwhile, step = left.pop(0)
        if meanwhile:
            meanwhile()
        return step

    return answer
