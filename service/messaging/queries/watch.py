"""What is known of the shops' numbers: which can be asked, what of theirs has come in, since when they are down."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from service.messaging.channels.base import ChannelName, Instance
from service.platform.database import Database, readable, typed
from service.platform.documents import Document

_ACTIVE: LiteralString = "select id, organization_id, channel from whatsapp_instances where is_active order by created_at, id"

_INSTANCE: LiteralString = """
select id, organization_id, name, channel, instance_name, webhook_secret, api_url, access_token, created_at
from whatsapp_instances where id = %(id)s and is_active
"""

_KNOWN: LiteralString = """
select external_id, sent_by_ai from messages where instance_id = %(instance_id)s and external_id = any(%(ids)s::text[])
"""

# What came too late to be answered by itself is told, each conversation once a day.
_TOLD_LATE: LiteralString = """
insert into alerts (organization_id, conversation_id, kind, title, body, subject)
select distinct m.organization_id, m.conversation_id, 'found_late', 'Mensagem que chegou tarde: ' || coalesce(k.name, k.phone, 'um cliente'),
  'O servidor do WhatsApp não tinha entregado esta mensagem. Passou tempo demais para a IA responder sozinha: responda você.',
  'late:' || m.conversation_id || ':' || current_date
from messages m
join conversations c on c.id = m.conversation_id
join contacts k on k.id = c.contact_id
where m.instance_id = %(instance_id)s and m.external_id = any(%(ids)s::text[])
on conflict (subject) do nothing
returning id
"""

# Told once in each outage, from the second look on: a phone that changes networks is back at the next.
_DOWN: LiteralString = """
with down as (
  update whatsapp_instances set down_since = coalesce(down_since, now()) where id = %(id)s returning id, organization_id, name, down_since
)
insert into alerts (organization_id, kind, title, body, subject)
select organization_id, 'number_down', 'WhatsApp desconectado: ' || name, %(body)s,
  'down:' || id || ':' || extract(epoch from down_since)
from down
where down_since < now() - make_interval(secs => %(patience)s)
on conflict (subject) do nothing
returning id
"""

_UP: LiteralString = """
with was as (
  select id, organization_id, name, 'down:' || id || ':' || extract(epoch from down_since) as subject
  from whatsapp_instances where id = %(id)s and down_since is not null for update
), up as (
  update whatsapp_instances i set down_since = null from was where i.id = was.id
)
insert into alerts (organization_id, kind, title, body)
select was.organization_id, 'number_up', 'WhatsApp conectado de novo: ' || was.name,
  'As mensagens que chegaram nesse meio-tempo são buscadas agora.'
from was join alerts a on a.subject = was.subject
returning id
"""


class Active(Document):
    """A number that is in use."""

    id: UUID
    organization_id: UUID
    channel: ChannelName


class Watched(Document):
    """A number with what is needed to ask its provider about it."""

    id: UUID
    organization_id: UUID
    name: str
    channel: ChannelName
    instance_name: str | None
    webhook_secret: str | None
    api_url: str | None
    access_token: str | None
    created_at: datetime

    @property
    def instance(self) -> Instance:
        return Instance(self.id, self.channel, None, self.instance_name, self.api_url, self.access_token)


async def active(db: Database) -> list[Active]:
    """Return the numbers in use, of all shops."""
    return readable(Active, (await db.system((_ACTIVE, {})))[0])


async def watched(db: Database, organization_id: UUID, instance_id: UUID) -> Watched | None:
    """Return a number that is in use; None where it is not any longer."""
    found = typed(Watched, (await db.run(organization_id, (_INSTANCE, {"id": instance_id})))[0])
    return found[0] if found else None


async def known(db: Database, organization_id: UUID, instance_id: UUID, external_ids: Sequence[str]) -> dict[str, bool]:
    """Return which of some messages have come in, or were sent: each with whether the AI wrote it."""
    rows = (await db.run(organization_id, (_KNOWN, {"instance_id": instance_id, "ids": list(external_ids)})))[0]
    return {row["external_id"]: row["sent_by_ai"] for row in rows}


async def tell_late(db: Database, organization_id: UUID, instance_id: UUID, external_ids: Sequence[str]) -> list[UUID]:
    """Keep alerts of messages that came too late to be answered; return those that are new."""
    rows = (await db.run(organization_id, (_TOLD_LATE, {"instance_id": instance_id, "ids": list(external_ids)})))[0]
    return [row["id"] for row in rows]


async def down(db: Database, organization_id: UUID, instance_id: UUID, *, body: str, patience: float) -> UUID | None:
    """Note that a number is not connected; return the new alert once it has not been for `patience` seconds."""
    rows = (await db.run(organization_id, (_DOWN, {"id": instance_id, "body": body, "patience": patience})))[0]
    return rows[0]["id"] if rows else None


async def up(db: Database, organization_id: UUID, instance_id: UUID) -> UUID | None:
    """Note that a number is connected; return the new alert where people had heard that it was not."""
    rows = (await db.run(organization_id, (_UP, {"id": instance_id})))[0]
    return rows[0]["id"] if rows else None
