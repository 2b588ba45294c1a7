"""Read conversations for people, and write what they do in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from service.messaging.conversations import Alert, Case, ConversationStatus, GivenUp, Message, Summary
from service.platform.database import Database, first, typed
from service.platform.queries.bounds import PAUSE_HOURS


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a person's message: what the conversation was before, and the message, None where it is closed."""

    before: ConversationStatus
    message: Message | None


_SUMMARY: LiteralString = """
select c.id, c.organization_id, c.status, i.channel, k.id as contact_id, k.name as contact_name, k.phone as contact_phone,
  c.last_inbound_at, c.created_at, last.content as last_message, last.created_at as last_message_at, e.reason as escalation_reason
from conversations c
join contacts k on k.id = c.contact_id
join whatsapp_instances i on i.id = c.instance_id
left join escalations e on e.conversation_id = c.id and e.closed_at is null
left join lateral (
  select m.content, m.created_at from messages m where m.conversation_id = c.id order by m.seq desc limit 1
) last on true
"""

_LIST: LiteralString = f"""
{_SUMMARY}
where (%(organizations)s::uuid[] is null or c.organization_id = any(%(organizations)s))
  and (%(status)s::text is null or c.status = %(status)s)
order by coalesce(c.last_inbound_at, c.created_at) desc, c.id
limit %(limit)s offset %(offset)s
"""

_ONE: LiteralString = f"""
{_SUMMARY}
where c.id = %(conversation_id)s
"""

_MESSAGES: LiteralString = """
select * from (
  select id, seq, direction, from_me, sent_by_ai, message_type, content, author, status, error_code, error_detail,
    created_at, provider_at, sent_at, delivered_at, read_at, (
      select jsonb_build_object('id', v.id, 'kind', v.kind, 'mime', v.mime, 'seconds', v.seconds, 'bytes', v.bytes, 'status', v.status,
        'failure', v.failure, 'transcript', v.transcript, 'confidence', v.confidence, 'is_here', v.fetched_at is not null)
      from media v
      where v.message_id = messages.id) as media
  from messages
  where conversation_id = %(conversation_id)s and (%(before)s::bigint is null or seq < %(before)s)
  order by seq desc limit %(limit)s
) newest order by seq
"""

_CASE: LiteralString = """
select id, reason, opened_at, pause_until
from escalations
where conversation_id = %(conversation_id)s and closed_at is null
"""

# A statement of its own, so that the next one sees what others did while this one waited. The row stays locked to the end of the
# transaction: a turn that commits at this moment either wrote its reply before or writes none.
_LOCK: LiteralString = "select id from conversations where id = %(conversation_id)s for no key update"

_WRITE: LiteralString = f"""
with conversation as (
  select c.id, c.organization_id, c.instance_id, c.status,
    coalesce({PAUSE_HOURS}::float, %(pause_hours)s) * interval '1 hour' as pause
  from conversations c
  left join organization_settings s on s.organization_id = c.organization_id
  where c.id = %(conversation_id)s
), message as (
  insert into messages (id, organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, author, status,
    correlation_id)
  select %(message_id)s, organization_id, id, instance_id, 'outgoing', true, false, %(content)s, %(author)s, 'queued',
    %(correlation_id)s
  from conversation
  where status <> 'closed'
  returning id, seq, direction, from_me, sent_by_ai, message_type, content, author, status, error_code, error_detail,
    created_at, provider_at, sent_at, delivered_at, read_at
), held as (
  update escalations e set pause_until = greatest(e.pause_until, now() + c.pause)
  from conversation c
  where e.conversation_id = c.id and e.closed_at is null and c.status = 'escalated'
), opened as (
  insert into escalations (organization_id, conversation_id, case_key, reason, pause_until)
  select organization_id, id, 'person:' || %(message_id)s::text, %(reason)s, now() + pause
  from conversation
  where status = 'active'
  on conflict do nothing
), silenced as (
  update conversations c set status = 'escalated', updated_at = now()
  from conversation
  where c.id = conversation.id and conversation.status = 'active'
)
select conversation.status as conversation_status, message.*
from conversation
left join message on true
"""

# A part of a statement that gives conversations back, their ids in `handed`: what was said before the last word of a person is answered.
ANSWERED: LiteralString = """
update messages m set processed_at = now()
from handed
where m.conversation_id = handed.id and m.direction = 'incoming' and m.processed_at is null and m.seq < (
  select p.seq
  from messages p
  where p.conversation_id = handed.id and p.direction = 'outgoing' and not p.sent_by_ai and p.author is distinct from 'shop_app'
  order by p.seq desc
  limit 1)
"""

# The conversations `handed` are the AI's again, and what a person has answered is that person's.
REOPENED: LiteralString = f"""
reopened as (
  update conversations c set status = 'active', updated_at = now()
  from handed
  where c.id = handed.id
), answered as (
  {ANSWERED}
)
"""

# An escalated conversation without an open case would otherwise stay silent for ever: the status alone decides.
_HAND_BACK: LiteralString = f"""
with handed as (
  select id
  from conversations
  where id = %(conversation_id)s and status = 'escalated'
  for no key update
), closed as (
  update escalations e set closed_at = now(), closed_by = %(by)s, note = %(note)s
  from handed
  where e.conversation_id = handed.id and e.closed_at is null
), {REOPENED}
select id from handed
"""

_DEAD_LETTERS: LiteralString = """
select id, organization_id, conversation_id, kind, payload, error_type, error, attempts, created_at, replayed_at
from dead_letters
where %(organizations)s::uuid[] is null or organization_id = any(%(organizations)s)
order by created_at desc, id
limit %(limit)s offset %(offset)s
"""

_ALERTS: LiteralString = """
select id, organization_id, conversation_id, kind, title, body, created_at, notified_at, seen_at
from alerts
where %(organizations)s::uuid[] is null or organization_id = any(%(organizations)s)
order by created_at desc, id
limit %(limit)s offset %(offset)s
"""


# `organizations` None means all of them: the operator's view.
async def listed(db: Database, organizations: Sequence[UUID] | None, *, status: str | None, limit: int, offset: int) -> list[Summary]:
    """List conversations, the one with the newest customer message first."""
    params = {"organizations": organizations, "status": status, "limit": limit, "offset": offset}
    return typed(Summary, (await db.system((_LIST, params)))[0])


async def detail(
    db: Database, organization_id: UUID, conversation_id: UUID, *, before: int | None, limit: int
) -> tuple[Summary | None, list[Message], Case | None]:
    """Read a conversation, its newest messages before `seq` in order, and its open case."""
    params = {"conversation_id": conversation_id, "before": before, "limit": limit}
    summary, messages, case = await db.run(organization_id, (_ONE, params), (_MESSAGES, params), (_CASE, params))
    return first(Summary, summary), typed(Message, messages), first(Case, case)


async def write(
    db: Database,
    organization_id: UUID,
    conversation_id: UUID,
    *,
    message_id: UUID,
    content: str,
    author: str,
    reason: str,
    pause_hours: float,
    correlation_id: str | None,
) -> Answered | None:
    """Queue a person's message and silence the AI; nothing is written where the conversation is closed.

    None where the organization has no such conversation.
    """
    params = {
        "conversation_id": conversation_id, "message_id": message_id, "content": content, "author": author, "reason": reason,
        "pause_hours": pause_hours, "correlation_id": correlation_id,
    }  # fmt: skip
    rows = (await db.run(organization_id, (_LOCK, params), (_WRITE, params)))[1]
    if not rows:
        return None
    return Answered(rows[0]["conversation_status"], first(Message, rows) if rows[0]["id"] else None)


async def hand_back(db: Database, organization_id: UUID, conversation_id: UUID, *, by: str, note: str | None) -> bool:
    """Close the open case and give the conversation back to the AI; False when it is not escalated."""
    params = {"conversation_id": conversation_id, "by": by, "note": note}
    return bool((await db.run(organization_id, (_LOCK, params), (_HAND_BACK, params)))[1])


async def dead_letters(db: Database, organizations: Sequence[UUID] | None, *, limit: int, offset: int) -> list[GivenUp]:
    """List what was given up on, newest first."""
    return typed(GivenUp, (await db.system((_DEAD_LETTERS, {"organizations": organizations, "limit": limit, "offset": offset})))[0])


async def alerts(db: Database, organizations: Sequence[UUID] | None, *, limit: int, offset: int) -> list[Alert]:
    """List what people were told, newest first."""
    return typed(Alert, (await db.system((_ALERTS, {"organizations": organizations, "limit": limit, "offset": offset})))[0])
