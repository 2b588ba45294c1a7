"""Alerts to a shop's team and to the operator."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb
from pydantic import JsonValue

from service.platform.database import Database
from service.platform.documents import JsonObject

_GET: LiteralString = """
select a.id, a.kind, a.title, a.body, a.created_at, a.notified_at, a.conversation_id, a.organization_id, o.name as organization
from alerts a left join organizations o on o.id = a.organization_id where a.id = %(id)s
"""

# A job that fails with every round is told of once a day; the dead letters have every failure.
_JOB_DIED: LiteralString = """
with letter as (
  insert into dead_letters (kind, payload, error_type, error, attempts)
  values ('job', %(payload)s, %(error_type)s, %(error)s, %(attempts)s)
)
insert into alerts as known (kind, title, body, subject)
values ('job_failed', %(title)s, %(error)s, %(subject)s)
on conflict (subject) do update
set title = excluded.title, body = excluded.body, created_at = now(), notified_at = null, seen_at = null, tried_at = null
where known.created_at < now() - interval '1 day'
returning id
"""

# Once for each model, however many workers see it gone and however often.
_MODEL_GONE: LiteralString = """
insert into alerts (kind, title, body, subject)
values ('model_gone', %(title)s, %(body)s, %(subject)s)
on conflict (subject) do nothing
returning id
"""


@dataclass(frozen=True, slots=True)
class Alert:
    """What people must hear of, as the operator's webhook is told it; `organization` is the shop's name, None for what is no shop's."""

    id: UUID
    kind: str
    title: str
    body: str
    created_at: datetime
    notified_at: datetime | None
    conversation_id: UUID | None
    organization_id: UUID | None
    organization: str | None


@dataclass(frozen=True, slots=True)
class JobCall:
    """A job as it was enqueued."""

    actor_name: str
    args: Sequence[JsonValue]
    kwargs: JsonObject


async def get(db: Database, alert_id: UUID) -> Alert | None:
    """Return an alert; None where there is none with this id."""
    rows = (await db.system((_GET, {"id": alert_id})))[0]
    return Alert(**rows[0]) if rows else None


async def mark_notified(db: Database, alert: Alert) -> None:
    """Write down that the operator has heard of it, unless it was raised again meanwhile."""
    sql: LiteralString = "update alerts set notified_at = now() where id = %(id)s and created_at = %(created_at)s"
    await db.system((sql, {"id": alert.id, "created_at": alert.created_at}))


async def bury_job(db: Database, job: JobCall, *, error_type: str, error: str, attempts: int) -> UUID | None:
    """Keep a job that failed for good, as a dead letter and an alert; return the alert's id, None where there was one today already."""
    params = {
        "payload": Jsonb(asdict(job)), "error_type": error_type, "error": error, "attempts": attempts,
        "title": f"Tarefa interna falhou: {job.actor_name}", "subject": f"job:{job.actor_name}",
    }  # fmt: skip
    rows = (await db.system((_JOB_DIED, params)))[0]
    return rows[0]["id"] if rows else None


async def model_gone(db: Database, model: str, *, title: str, body: str) -> UUID | None:
    """Keep the alert that a model is gone; return its id, None where there is one already."""
    rows = (await db.system((_MODEL_GONE, {"title": title, "body": body, "subject": f"model:{model}"})))[0]
    return rows[0]["id"] if rows else None
