"""Cases in which a person takes over."""

from typing import LiteralString
from uuid import UUID

from service.platform.database import Database
from service.platform.journal import FENCE, Effect, journal_params, result_of
from service.turns.turn import Case

_OPEN: LiteralString = f"""
with {FENCE}, opened as (
  insert into escalations (organization_id, conversation_id, case_key, reason, pause_until)
  select patas.organization_id(), fence.id, %(case_key)s, %(reason)s, now() + %(pause)s
  from fence
  on conflict do nothing
  returning id, conversation_id
), conversation as (
  update conversations c set status = 'escalated', updated_at = now()
  from opened
  where c.id = opened.conversation_id
  returning c.id, c.organization_id, c.instance_id
), answered as (
  update messages m set processed_at = now() from conversation c
  where m.conversation_id = c.id and m.turn_id = %(effect_turn)s and m.direction = 'incoming' and m.processed_at is null
), reply as (
  insert into messages (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, ai_message_id,
    author, status, turn_id, correlation_id)
  select organization_id, id, instance_id, 'outgoing', true, true, %(content)s, %(holding_id)s, 'client', 'queued',
    %(effect_turn)s, %(correlation_id)s
  from conversation
  on conflict on constraint messages_ai do nothing
), alert as (
  insert into alerts (organization_id, conversation_id, kind, title, body, subject)
  select c.organization_id, c.id, %(alert_kind)s, %(title)s, %(reason)s, 'case:' || opened.id || ':' || %(alert_kind)s
  from conversation c, opened
  returning id
)
select exists (select from fence) as open, (select id from alert) as result
"""


def holding_id(effect: Effect) -> str:
    """Name the holding reply of the case that a call opens, in the thread and in the conversation's rows alike."""
    return f"holding:{effect.call_key}"


async def open_case(db: Database, organization_id: UUID, effect: Effect, case: Case, correlation_id: str | None = None) -> UUID | None:
    """Open a case, silence the AI, answer what was asked with the holding reply and raise the alert, all in one statement.

    `effect` is the call that asked for a person, or what stands for one. Returns the alert's id, or None when a case is open already. Raises Overtaken.
    """
    params = {
        **journal_params(effect), "conversation_id": effect.conversation_id, "case_key": effect.call_key, "reason": case.reason,
        "pause": case.pause, "content": case.content, "holding_id": holding_id(effect), "correlation_id": correlation_id,
        "alert_kind": case.alert, "title": case.title,
    }  # fmt: skip
    alert_id: UUID | None = result_of((await db.run(organization_id, (_OPEN, params)))[0][0])
    return alert_id
