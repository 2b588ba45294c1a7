"""The conversation that LangGraph Studio speaks in where a run names none: a customer of its own, who writes on the simulator."""

from typing import LiteralString, TypedDict
from uuid import UUID

from service.platform.database import Database
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


# One customer a simulator's shop, the oldest simulator's: nothing outside can be written to from there.
_OWN: LiteralString = """
select c.organization_id, c.id as conversation_id, c.contact_id, o.timezone
from conversations c
join organizations o on o.id = c.organization_id
join whatsapp_instances i on i.id = c.instance_id and i.channel = 'simulator' and i.is_active
join contacts k on k.id = c.contact_id and k.whatsapp_user_id = %(identity)s
where c.status <> 'closed'
order by i.created_at, i.id limit 1
"""

_BEGIN: LiteralString = """
with simulator as (
  select id, organization_id from whatsapp_instances where channel = 'simulator' and is_active order by created_at, id limit 1
), customer as (
  insert into contacts (organization_id, whatsapp_user_id, name)
  select organization_id, %(identity)s, %(name)s from simulator
  on conflict (organization_id, identity) do update set updated_at = now()
  returning id, organization_id
)
insert into conversations (organization_id, instance_id, contact_id, address)
select s.organization_id, s.id, c.id, %(identity)s from simulator s join customer c on c.organization_id = s.organization_id
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


async def conversation(db: Database) -> Conversation | None:
    """Return Studio's own conversation, made on first use. None where no shop has a simulator: then every run names its ids."""
    params = {"identity": IDENTITY, "name": NAME}
    (found,) = await db.system((_OWN, params))
    if not found:
        _, found = await db.system((_BEGIN, params), (_OWN, params))
    if not found:
        return None
    row = found[0]
    return Conversation(
        organization_id=row["organization_id"],
        conversation_id=row["conversation_id"],
        contact_id=row["contact_id"],
        is_owner=False,
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
