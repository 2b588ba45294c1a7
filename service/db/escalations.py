"""Cases in which a person takes over."""

from typing import Any, LiteralString
from uuid import UUID

from service.db.pool import Database

_OPEN: LiteralString = """
with opened as (
  insert into escalations (organization_id, conversation_id, case_key, reason, pause_until)
  values (patas.organization_id(), %(conversation_id)s, %(case_key)s, %(reason)s, now() + make_interval(secs => %(pause_seconds)s))
  on conflict do nothing
  returning conversation_id
), conversation as (
  update conversations c set status = 'escalated', updated_at = now() from opened where c.id = opened.conversation_id
  returning c.id, c.organization_id, c.instance_id
), reply as (
  insert into messages (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, ai_message_id, author, status, turn_id, correlation_id)
  select organization_id, id, instance_id, 'outgoing', true, true, %(content)s, %(turn_id)s::text, 'client', 'queued', %(turn_id)s, %(correlation_id)s
  from conversation
  on conflict on constraint messages_ai do nothing
), alert as (
  insert into alerts (organization_id, conversation_id, kind, title, body)
  select organization_id, id, 'escalation', %(title)s, %(reason)s from conversation
  returning id
)
select id as alert_id from alert
"""


async def open_case(db: Database, organization_id: UUID, case: dict[str, Any]) -> UUID | None:
    """Open a case, silence the AI, queue the holding reply and raise the alert, all in one statement.

    Returns the alert's id, or None when a case is open already (a retried turn).
    """
    rows = (await db.run(organization_id, (_OPEN, case)))[0]
    return rows[0]["alert_id"] if rows else None
