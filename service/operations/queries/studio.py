"""The conversations that LangGraph Studio speaks in where a run names none: a customer of its own on the simulator, and the owner's."""

from typing import LiteralString, NamedTuple, TypedDict
from uuid import UUID

from service.platform.database import Database, Row
from service.platform.errors import NotFound
from service.turns.briefing import Briefing
from service.turns.queries import briefing as briefings

NAME = "LangGraph Studio"
# Instead of a phone number: nobody can be called by it, and no provider gives it.
IDENTITY = "langgraph-studio"


class Conversation(TypedDict):
    """What a run's context says about a conversation."""

    organization_id: UUID
    conversation_id: UUID
    contact_id: UUID
    is_owner: bool
    timezone: str


class Own(NamedTuple):
    """Whom a run without ids speaks as: Studio's customer, or the shop's owner where a number of theirs is registered."""

    customer: Conversation
    owner: Conversation | None


# The shop of the oldest simulator: nothing outside can be written to from there.
_SIMULATOR: LiteralString = """
simulator as (
  select id, organization_id from whatsapp_instances where channel = 'simulator' and is_active order by created_at, id limit 1
), owner as (
  select n.organization_id, n.phone_key, n.name, regexp_replace(n.phone, '\\D', '', 'g') as phone
  from aurora_owner_numbers n
  join simulator s on s.organization_id = n.organization_id
  where n.is_active
  order by n.created_at, n.id limit 1
)
"""

_OWN: LiteralString = f"""
with {_SIMULATOR}
select c.organization_id, c.id as conversation_id, c.contact_id, o.zone as timezone, k.whatsapp_user_id is distinct from %(identity)s as is_owner
from simulator s
join conversations c on c.instance_id = s.id and c.status <> 'closed'
join organizations o on o.id = c.organization_id
join contacts k on k.id = c.contact_id
where k.whatsapp_user_id = %(identity)s or k.phone_key = (select phone_key from owner)
"""

_BEGIN: LiteralString = f"""
with {_SIMULATOR}, people as (
  insert into contacts (organization_id, phone, phone_key, whatsapp_user_id, name)
  select organization_id, null, null, %(identity)s, %(name)s from simulator
  union all
  select organization_id, phone, phone_key, null, name from owner
  on conflict (organization_id, identity) do update set updated_at = now()
  returning id, coalesce(phone, whatsapp_user_id) as address
)
insert into conversations (organization_id, instance_id, contact_id, address)
select s.organization_id, s.id, p.id, p.address from simulator s, people p
on conflict (instance_id, contact_id) where status <> 'closed' do nothing
"""

# Whoever writes on in Studio, or resumes there, is the person who was called: the case is closed, and nobody else need take it up.
_HAND_BACK: LiteralString = """
with closed as (
  update escalations e set closed_at = coalesce(closed_at, now()), closed_by = coalesce(closed_by, %(name)s), resumed_at = now()
  from conversations c, contacts k
  where c.id = %(conversation_id)s and k.id = c.contact_id and k.whatsapp_user_id = %(identity)s
    and e.conversation_id = c.id and e.resumed_at is null
  returning e.conversation_id
)
update conversations c set status = 'active', updated_at = now() from closed where c.id = closed.conversation_id and c.status = 'escalated'
"""


async def conversations(db: Database) -> Own | None:
    """Return Studio's own conversations, made on first use. None where no shop has a simulator: then every run names its ids."""
    params = {"identity": IDENTITY, "name": NAME}
    (found,) = await db.system((_OWN, params))
    if len(found) < 2:
        _, found = await db.system((_BEGIN, params), (_OWN, params))
    own = [_conversation(row) for row in found]
    customer = next((one for one in own if not one["is_owner"]), None)
    return Own(customer, next((one for one in own if one["is_owner"]), None)) if customer else None


def _conversation(row: Row) -> Conversation:
    return Conversation(
        organization_id=row["organization_id"],
        conversation_id=row["conversation_id"],
        contact_id=row["contact_id"],
        is_owner=row["is_owner"],
        timezone=row["timezone"],
    )


async def load(db: Database, organization_id: UUID, conversation_id: UUID) -> Briefing:
    """Load what a run in Studio knows about its conversation; its own is taken back from the person who was called. Raises NotFound."""
    own = {"conversation_id": conversation_id, "identity": IDENTITY, "name": NAME}
    await db.run(organization_id, (_HAND_BACK, own))
    found = await briefings.load(db, organization_id, conversation_id)
    if found is None:
        raise NotFound("This organization has no such conversation.")
    return found
