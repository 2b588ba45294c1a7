"""Alerts to a shop's team and to the operator."""

from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from service.platform.database import Database, Row

_GET: LiteralString = """
select a.id, a.kind, a.title, a.body, a.created_at, a.notified_at, a.conversation_id, a.organization_id, o.name as organization
from alerts a left join organizations o on o.id = a.organization_id where a.id = %(id)s
"""

_JOB_DIED: LiteralString = """
with letter as (
  insert into dead_letters (kind, payload, error_type, error, attempts)
  values ('job', %(payload)s, %(error_type)s, %(error)s, %(attempts)s)
)
insert into alerts (kind, title, body)
values ('job_failed', %(title)s, %(error)s)
returning id
"""


async def get(db: Database, alert_id: UUID) -> Row | None:
    rows = (await db.system((_GET, {"id": alert_id})))[0]
    return rows[0] if rows else None


async def mark_notified(db: Database, alert_id: UUID) -> None:
    await db.system(("update alerts set notified_at = now() where id = %(id)s", {"id": alert_id}))


async def bury_job(db: Database, payload: dict[str, Any], *, error_type: str, error: str, attempts: int) -> UUID:
    """Keep a job that failed for good, as a dead letter and an alert, whose id is returned."""
    params = {
        "payload": Jsonb(payload), "error_type": error_type, "error": error, "attempts": attempts,
        "title": f"Tarefa interna falhou: {payload.get('actor_name')}",
    }  # fmt: skip
    return (await db.system((_JOB_DIED, params)))[0][0]["id"]
