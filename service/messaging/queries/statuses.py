"""What providers tell of our messages. A row's status only moves forward; its instants are filled in whatever order the statuses come."""

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from service.platform.documents import Document

# The instance that the transaction is bound to.
INSTANCE: LiteralString = """
select id, organization_id, channel
from whatsapp_instances
where id = nullif(current_setting('patas.instance_id', true), '')::uuid
"""

# Expects `instance`, and `told`: one row of what is told of one message. A failure ends it, and people see it.
_SETTLING: LiteralString = """
target as (
  select m.id, m.status, m.instance_id, told.*,
    case
      when told.state = 'failed' then case when m.status in ('sending', 'sent') then 'failed' else m.status end
      when m.status = 'failed' then m.status
      else (array['queued', 'sending', 'sent', 'delivered', 'read'])[greatest(
        array_position(array['queued', 'sending', 'sent', 'delivered', 'read'], m.status),
        array_position(array['queued', 'sending', 'sent', 'delivered', 'read'], told.state))]
    end as next
  from told, instance i, messages m
  where m.instance_id = i.id and m.direction = 'outgoing' and m.id = coalesce(
    (select o.id from messages o where o.id = told.our_id and o.instance_id = i.id),
    (select o.id from messages o where o.instance_id = i.id and o.external_id = told.told_id))
  for no key update of m
), settled as (
  update messages m
  set status = t.next,
    sent_at = coalesce(m.sent_at, case when t.next in ('sent', 'delivered', 'read') then t.at end),
    delivered_at = coalesce(m.delivered_at, t.delivered_at),
    read_at = coalesce(m.read_at, t.read_at),
    error_code = case
      when t.next = 'failed' then coalesce(t.error_code, m.error_code)
      when t.status = t.next then m.error_code end,
    error_detail = case
      when t.next = 'failed' then coalesce(t.error_detail, m.error_detail)
      when t.status = t.next then m.error_detail end,
    external_id = case
      when m.external_id is null and not exists (
        select from messages o
        where o.instance_id = t.instance_id and o.external_id = t.told_id) then t.told_id
      else m.external_id end
  from target t
  where m.id = t.id
  returning m.id, m.organization_id, m.conversation_id, m.send_attempts, m.error_code, m.error_detail,
    t.status as before, t.next as after
), failed as (
  select * from settled where after = 'failed' and before <> 'failed'
), letter as (
  insert into dead_letters (organization_id, conversation_id, kind, payload, error_type, error, attempts)
  select organization_id, conversation_id, 'send', jsonb_build_object('message_id', id), coalesce(error_code, 'failed'),
    coalesce(error_detail, 'O WhatsApp não entregou a mensagem.'), send_attempts
  from failed
), alert as (
  insert into alerts (organization_id, conversation_id, kind, title, body)
  select organization_id, conversation_id, 'send_failed', 'Mensagem não entregue', coalesce(error_detail, '')
  from failed
  returning id
)
"""
_DONE: LiteralString = """
select conversation_id, after <> before as moved, before in ('queued', 'sending') and after <> before as freed,
  (select id from alert) as alert_id
from settled
"""

# What is told of a message whose id is not known here is kept: its send may not have been answered yet.
STATUS: LiteralString = f"""
with instance as (
  {INSTANCE}
), told as (
  select %(external_id)s::text as told_id, %(our_id)s::uuid as our_id, %(state)s::text as state, %(at)s::timestamptz as at,
    case when %(state)s = 'delivered' then %(at)s::timestamptz end as delivered_at,
    case when %(state)s = 'read' then %(at)s::timestamptz end as read_at,
    %(error_code)s::text as error_code, %(error_detail)s::text as error_detail
), {_SETTLING}, early as (
  insert into early_news (organization_id, instance_id, external_id, kind, at, error_code, error_detail)
  select i.organization_id, i.id, told.told_id, told.state, told.at, told.error_code, told.error_detail
  from instance i, told
  where %(may_be_early)s and told.state <> 'sent' and not exists (select from target)
  on conflict do nothing
)
{_DONE}
"""

# Once a send was answered, what had been told of it before counts.
CATCH_UP: LiteralString = f"""
with instance as (
  select m.instance_id as id, m.organization_id
  from messages m
  where m.id = %(id)s and m.external_id = %(external_id)s
), news as (
  delete from early_news n
  using instance i
  where n.instance_id = i.id and n.external_id = %(external_id)s and n.kind in ('delivered', 'read', 'failed')
  returning n.*
), told as (
  select %(external_id)s::text as told_id, %(id)s::uuid as our_id,
    (array_agg(kind order by array_position(array['failed', 'delivered', 'read'], kind) desc))[1] as state, min(at) as at,
    min(at) filter (where kind = 'delivered') as delivered_at, min(at) filter (where kind = 'read') as read_at,
    min(error_code) as error_code, min(error_detail) as error_detail
  from news
  having count(*) > 0
), {_SETTLING}
{_DONE}
"""


@dataclass(frozen=True)
class NewStatus:
    """What a provider tells of a message of ours; `at` is aware. It `may_be_early`: before the answer that tells us the message's id."""

    external_id: str
    our_id: UUID | None
    state: str
    at: datetime
    may_be_early: bool
    error_code: str | None
    error_detail: str | None


class Settled(Document):
    """What a status did: whether the message `moved`, whether that `freed` the outbox to go on, and the alert of a failure."""

    conversation_id: UUID
    moved: bool
    freed: bool
    alert_id: UUID | None
