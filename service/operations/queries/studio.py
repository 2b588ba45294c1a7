"""The conversation that LangGraph Studio opens on."""

from typing import LiteralString, TypedDict
from uuid import UUID

from service.platform.database import Database
from service.platform.errors import NotFound


class Conversation(TypedDict):
    """What a run's context says about a conversation."""

    organization_id: UUID
    conversation_id: UUID
    contact_id: UUID
    is_owner: bool
    timezone: str


# Where the simulator was never used, its first conversation is made, with a customer who exists: nothing outside can be written to from there.
_BEGIN: LiteralString = """
insert into conversations (organization_id, instance_id, contact_id)
select i.organization_id, i.id, k.id
from whatsapp_instances i
cross join lateral (select id from contacts where organization_id = i.organization_id and phone is not null order by created_at, id limit 1) k
where i.channel = 'simulator' and not exists (select from conversations)
order by i.created_at, i.id limit 1
on conflict do nothing
"""

_NEWEST: LiteralString = """
select c.organization_id, c.id as conversation_id, c.contact_id, o.timezone,
  exists (select from aurora_owner_numbers n where n.organization_id = o.id and n.is_active and n.phone_key = k.phone_key) as is_owner
from conversations c
join organizations o on o.id = c.organization_id
join whatsapp_instances i on i.id = c.instance_id
join contacts k on k.id = c.contact_id
where c.status <> 'closed'
order by i.channel = 'simulator' desc, c.updated_at desc, c.id limit 1
"""


async def conversation(db: Database) -> Conversation:
    """Find the newest conversation, the simulator's first; in a database without any, begin one. Raises NotFound."""
    _, found = await db.system((_BEGIN, {}), (_NEWEST, {}))
    if not found:
        raise NotFound("There is no conversation to open: run `patas seed`, and write a message in the simulator.")
    row = found[0]
    return Conversation(
        organization_id=row["organization_id"],
        conversation_id=row["conversation_id"],
        contact_id=row["contact_id"],
        is_owner=row["is_owner"],
        timezone=row["timezone"],
    )
