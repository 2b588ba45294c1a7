"""Outgoing messages: claimed in order per conversation, sent, settled. A row's status only moves forward."""

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from pydantic import Field

from service.messaging.channels.base import ChannelName, Template
from service.messaging.queries.echoes import FORGET, OVERTAKEN, TAKEN_OVER
from service.messaging.queries.intake import LOCK
from service.messaging.queries.statuses import CATCH_UP
from service.platform.database import Database, Row
from service.platform.documents import Document

# How long after the customer's last message WhatsApp takes free text: 24 hours, some minutes of which are kept in hand.
WINDOW: LiteralString = "interval '23 hours 55 minutes'"

# Head of line first: while a row is being sent, or waits for its retry, nothing after it leaves. While the provider refuses the whole
# number's throughput, nothing of any conversation does.
_CLAIM: LiteralString = f"""
with head as (
  select h.id, h.status, c.address, k.phone, i.id as instance_id, i.channel, i.phone_number_id, i.instance_name,
    i.api_url, i.access_token,
    extract(epoch from greatest(h.next_attempt_at, i.sends_paused_until, now()) - now())::float as wait_seconds,
    c.last_inbound_at > now() - {WINDOW} as window_open
  from messages h
  join conversations c on c.id = h.conversation_id
  join whatsapp_instances i on i.id = c.instance_id
  join contacts k on k.id = c.contact_id
  where h.conversation_id = %(conversation_id)s and h.status in ('queued', 'sending')
  order by h.seq
  limit 1
), claimed as (
  update messages m
  set status = 'sending', sending_since = now(), send_attempts = send_attempts + 1, next_attempt_at = null
  from head
  where m.id = head.id and m.status = 'queued' and head.wait_seconds <= 0
  returning m.id as message_id, m.content, m.proposal_id, m.template, m.sent_by_ai, m.author, m.send_attempts, m.correlation_id,
    extract(epoch from now() - m.created_at)::float as age_seconds
)
select head.*, claimed.*, (select p.id from proposals p where p.id = claimed.proposal_id and p.status = 'open') as question
from head
left join claimed on true
where claimed.message_id is not null or (head.status = 'queued' and head.wait_seconds > 0)
"""

# An id that another message has already is none: what was accepted has been sent all the same.
_SENT: LiteralString = """
update messages m
set external_id = coalesce(m.external_id, case when not exists (
    select from messages o
    where o.instance_id = m.instance_id and o.external_id = %(external_id)s and o.id <> m.id) then %(external_id)s end),
  sent_at = coalesce(m.sent_at, now()), error_code = null, error_detail = null,
  status = case when m.status = 'sending' then 'sent' else m.status end
where m.id = %(id)s
"""

# A person who writes at this moment either is seen by what follows, or sees what this has put back in line.
_LOCK: LiteralString = """
select c.id
from messages m
join conversations c on c.id = m.conversation_id
where m.id = %(id)s
for share of c
"""

# What a person was faster than is not sent any more.
_LATER: LiteralString = f"""
with refused as (
  select m.id, {TAKEN_OVER} as taken_over
  from messages m
  where m.id = %(id)s and m.status = 'sending'
), dropped as (
  update messages m set status = 'failed', {OVERTAKEN}
  from refused
  where m.id = refused.id and m.status = 'sending' and refused.taken_over
)
update messages m
set status = 'queued', sending_since = null, next_attempt_at = now() + make_interval(secs => %(delay)s),
  error_code = %(code)s, error_detail = %(detail)s, send_attempts = send_attempts - (%(limit)s::text is not null)::int
from refused
where m.id = refused.id and m.status = 'sending' and not refused.taken_over
"""

_PAUSE: LiteralString = """
update whatsapp_instances i
set sends_paused_until = greatest(i.sends_paused_until, now() + make_interval(secs => %(delay)s))
from messages m
where m.id = %(id)s and i.id = m.instance_id and %(limit)s::text = 'number'
"""

_FAILED: LiteralString = """
with failed as (
  update messages set status = 'failed', error_code = %(code)s, error_detail = %(detail)s
  where id = %(id)s and status = 'sending'
  returning id, organization_id, conversation_id, send_attempts
), letter as (
  insert into dead_letters (organization_id, conversation_id, kind, payload, error_type, error, attempts)
  select organization_id, conversation_id, 'send', jsonb_build_object('message_id', id), %(code)s, %(detail)s, send_attempts
  from failed
)
insert into alerts (organization_id, conversation_id, kind, title, body)
select organization_id, conversation_id, 'send_failed', 'Mensagem não enviada', %(detail)s
from failed
returning id as alert_id
"""

_UNSURE: LiteralString = """
update messages set error_code = %(code)s, error_detail = %(detail)s
where id = %(id)s and status = 'sending'
"""


class Waiting(Document):
    """Nothing was taken: the next message may leave only in so many seconds."""

    wait_seconds: float


class Claimed(Document):
    """A message that was taken to be sent, with all that sending needs.

    `instance_id` to `access_token` are the number through which it leaves, `address` is where it goes. `template` is the approved one that
    says the same, where WhatsApp takes free text no more (`window_open` is False); `question` the proposal that it asks, while that is open.
    `send_attempts` counts this one; `age_seconds` is how
    long ago it was written.
    """

    id: UUID
    instance_id: UUID
    channel: ChannelName
    phone_number_id: str | None
    instance_name: str | None
    api_url: str | None
    access_token: str | None = Field(repr=False)
    address: str
    content: str
    template: Template | None
    window_open: bool | None
    question: UUID | None
    sent_by_ai: bool
    author: str | None
    send_attempts: int
    correlation_id: str | None
    age_seconds: float


Next = Claimed | Waiting | None
"""The next message of a conversation; None when there is none, or one is under way."""


async def claim_next(db: Database, organization_id: UUID, conversation_id: UUID) -> Next:
    """Take the next message to send."""
    return _next((await db.run(organization_id, (_CLAIM, {"conversation_id": conversation_id})))[0])


async def settle_sent(db: Database, organization_id: UUID, conversation_id: UUID, message_id: UUID, external_id: str) -> Next:
    """Record that the provider accepted a message, with what it had told of it before, and take the next one: one round trip."""
    params = {"id": message_id, "external_id": external_id}
    lock = {"phones": [], "user_ids": [external_id]}
    claim = {"conversation_id": conversation_id}
    statements = ((LOCK, lock), (FORGET, params), (_SENT, params), (CATCH_UP, params), (_CLAIM, claim))
    return _next((await db.run(organization_id, *statements))[-1])


def _next(rows: Sequence[Row]) -> Next:
    if not rows:
        return None
    return Waiting.model_validate(rows[0]) if rows[0]["message_id"] is None else Claimed.model_validate(rows[0])


async def settle_later(
    db: Database, organization_id: UUID, message_id: UUID, *, code: str, detail: str, delay: float, limit: str | None = None
) -> None:
    """Put a message that was certainly not accepted back in line for `delay` seconds; drop it where a person has written meanwhile.

    With a `limit` of the provider's that is not one of its attempts; "number" makes the whole number pause, in every worker.
    """
    params = {"id": message_id, "code": code, "detail": detail, "delay": delay, "limit": limit}
    await db.run(organization_id, (_LOCK, params), (_LATER, params), (_PAUSE, params))


async def settle_unsure(db: Database, organization_id: UUID, message_id: UUID, *, code: str, detail: str) -> None:
    """Leave a message whose answer was lost as it is: its status webhook, or the deadline, will settle it."""
    await db.run(organization_id, (_UNSURE, {"id": message_id, "code": code, "detail": detail}))


async def settle_failed(db: Database, organization_id: UUID, message_id: UUID, *, code: str, detail: str) -> UUID | None:
    """Give up on a message: visible on the row, as a dead letter and as an alert, whose id is returned."""
    rows = (await db.run(organization_id, (_FAILED, {"id": message_id, "code": code, "detail": detail})))[0]
    return rows[0]["alert_id"] if rows else None
