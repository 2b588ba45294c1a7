"""Read what the simulator page shows: its shops, a phone's messages and state, and whose conversation is whose."""

from typing import Literal, LiteralString
from uuid import UUID

from pydantic import AwareDatetime

from service.messaging.conversations import ConversationStatus
from service.platform.database import Database, first, typed
from service.platform.documents import Document


class Shop(Document):
    """A shop that can be talked to; `owner_phone` is its first active owner number."""

    instance_id: UUID
    organization_id: UUID
    name: str
    timezone: str
    owner_phone: str | None
    owner_name: str | None


class PhoneState(Document):
    """A phone's newest conversation: why a person has it, and whether an answer is on its way."""

    id: UUID
    status: ConversationStatus
    reason: str | None
    typing: bool


class PhoneMessage(Document):
    """A message as the phone shows it; `seq` is its place in the order of all, by `external_id` the page knows what it sent."""

    id: UUID
    seq: int
    external_id: str | None
    direction: Literal["incoming", "outgoing"]
    sent_by_ai: bool
    message_type: str
    content: str
    status: str
    error_detail: str | None
    created_at: AwareDatetime


class Tick(Document):
    """What became of an outgoing message."""

    id: UUID
    status: str
    error_detail: str | None


_SHOPS: LiteralString = """
select i.id as instance_id, i.organization_id, o.name, o.zone as timezone, n.phone as owner_phone, n.name as owner_name
from whatsapp_instances i
join organizations o on o.id = i.organization_id
left join lateral (
  select phone, name
  from aurora_owner_numbers
  where organization_id = i.organization_id and is_active
  order by created_at, id
  limit 1
) n on true
where i.channel = 'simulator' and i.is_active
order by o.name, i.id
"""

_CONVERSATION: LiteralString = """
select c.id, c.organization_id
from conversations c
join whatsapp_instances i on i.id = c.instance_id
where c.id = %(conversation_id)s and i.channel = 'simulator'
"""

_STATE: LiteralString = """
select c.id, c.status, e.reason,
  c.status = 'active' and (
    coalesce(c.lease_until > now(), false)
    or exists (select from messages m where m.conversation_id = c.id and m.direction = 'incoming' and m.processed_at is null)
  ) as typing
from conversations c
join contact_identities k on k.contact_id = c.contact_id and k.kind = 'phone' and k.superseded_at is null
left join escalations e on e.conversation_id = c.id and e.closed_at is null
where c.instance_id = %(instance_id)s and k.value = patas.phone_key('+' || %(phone)s)
order by c.created_at desc, c.id
limit 1
"""

_THEIR_MESSAGES: LiteralString = """
from messages m
join conversations c on c.id = m.conversation_id
join contact_identities k on k.contact_id = c.contact_id and k.kind = 'phone' and k.superseded_at is null
where c.instance_id = %(instance_id)s and k.value = patas.phone_key('+' || %(phone)s)
"""

_MESSAGES: LiteralString = f"""
select * from (
  select m.id, m.seq, m.external_id, m.direction, m.sent_by_ai, m.message_type, m.content, m.status, m.error_detail, m.created_at
  {_THEIR_MESSAGES}
    and m.seq > %(after)s
  order by m.seq desc
  limit %(limit)s
) newest
order by seq
"""

_TICKS: LiteralString = f"""
select m.id, m.status, m.error_detail
{_THEIR_MESSAGES}
  and m.direction = 'outgoing'
order by m.seq desc
limit %(limit)s
"""


async def shops(db: Database) -> list[Shop]:
    """List every active simulator instance with its shop."""
    return typed(Shop, (await db.system((_SHOPS, {})))[0])


async def organization_of(db: Database, conversation_id: UUID) -> UUID | None:
    """Find the organization of a conversation of the simulator; None for any other."""
    rows = (await db.system((_CONVERSATION, {"conversation_id": conversation_id})))[0]
    return rows[0]["organization_id"] if rows else None


async def phone(
    db: Database, organization_id: UUID, instance_id: UUID, number: str, *, after: int, limit: int
) -> tuple[PhoneState | None, list[PhoneMessage], list[Tick]]:
    """Read one phone's newest conversation, its messages beyond `after` (a `seq`), and the states of its newest outgoing messages."""
    params = {"instance_id": instance_id, "phone": number, "after": after, "limit": limit}
    state, messages, ticks = await db.run(organization_id, (_STATE, params), (_MESSAGES, params), (_TICKS, params))
    return first(PhoneState, state), typed(PhoneMessage, messages), typed(Tick, ticks)
