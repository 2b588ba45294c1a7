"""What a crash, a Redis flush or a deploy left behind, found from Postgres alone, across organizations."""

from typing import LiteralString

from service.db.pool import Database, Row

_UNANSWERED: LiteralString = """
select c.organization_id, c.id as conversation_id from conversations c
where c.status = 'active' and (c.lease_until is null or c.lease_until < now()) and (c.retry_at is null or c.retry_at <= now())
  and (
    exists (select from messages m where m.conversation_id = c.id and m.direction = 'incoming' and m.processed_at is null
      and m.created_at < now() - make_interval(secs => %(grace)s))
    or exists (select from escalations e where e.conversation_id = c.id and e.closed_at < now() - make_interval(secs => %(grace)s)
      and e.resumed_at is null))
limit 1000
"""

_UNSENT: LiteralString = """
select distinct m.organization_id, m.conversation_id from messages m
where m.status = 'queued' and m.created_at < now() - make_interval(secs => %(grace)s)
  and (m.next_attempt_at is null or m.next_attempt_at <= now())
limit 1000
"""

# The provider may have accepted these: sending them again could repeat them, so they become visible failures instead.
_UNSETTLED: LiteralString = """
with failed as (
  update messages set status = 'failed', error_code = coalesce(error_code, 'unsettled'),
    error_detail = 'O WhatsApp não confirmou o envio; confira no aparelho antes de enviar de novo.'
  where status = 'sending' and sending_since < now() - make_interval(secs => %(deadline)s)
  returning id, organization_id, conversation_id, send_attempts, error_code, error_detail
), letters as (
  insert into dead_letters (organization_id, conversation_id, kind, payload, error_type, error, attempts)
  select organization_id, conversation_id, 'send', jsonb_build_object('message_id', id), error_code, error_detail, send_attempts from failed
), alerts as (
  insert into alerts (organization_id, conversation_id, kind, title, body)
  select organization_id, conversation_id, 'send_failed', 'Mensagem sem confirmação de envio', error_detail from failed
)
select organization_id, conversation_id from failed
"""

_EXPIRED_PAUSES: LiteralString = """
with closed as (
  update escalations set closed_at = now(), closed_by = 'timeout'
  where closed_at is null and pause_until < now()
  returning organization_id, conversation_id
), reopened as (
  update conversations c set status = 'active', updated_at = now() from closed
  where c.id = closed.conversation_id and c.status = 'escalated'
)
select organization_id, conversation_id from closed
"""

_UNNOTIFIED: LiteralString = (
    "select id from alerts where notified_at is null and created_at < now() - make_interval(secs => %(grace)s) limit 1000"
)

_OLD_EFFECTS: LiteralString = "delete from turn_effects where created_at < now() - interval '30 days'"


async def find_left_behind(db: Database, *, grace: float, send_deadline: float) -> dict[str, list[Row]]:
    """Close what ran out and list what must be woken: `unanswered` and `unsent` conversations, unnotified `alerts`. Seconds."""
    unsettled, paused, unanswered, unsent, alerts = await db.system(
        (_UNSETTLED, {"deadline": send_deadline}),
        (_EXPIRED_PAUSES, {}),
        (_UNANSWERED, {"grace": grace}),
        (_UNSENT, {"grace": grace}),
        (_UNNOTIFIED, {"grace": grace}),
    )
    return {"unanswered": [*paused, *unanswered], "unsent": [*unsettled, *unsent], "alerts": alerts}


async def prune_effects(db: Database) -> None:
    """Forget the journal of turns that ended long ago."""
    await db.system((_OLD_EFFECTS, {}))


async def threads_with_history(db: Database) -> list[str]:
    """Threads that keep more than their newest checkpoint, at most a thousand."""
    sql: LiteralString = """
        select thread_id from checkpoints.checkpoints group by thread_id, checkpoint_ns having count(*) > 1 limit 1000"""
    return sorted({row["thread_id"] for row in (await db.system((sql, {})))[0]})
