"""What was given up on, for the operator: across organizations."""

from typing import LiteralString
from uuid import UUID

from service.platform.database import Database, Row

_LIST: LiteralString = """
select d.id, d.kind, d.error_type, d.error, d.attempts, d.created_at, d.replayed_at, d.organization_id,
  d.conversation_id, d.payload, o.name as organization, k.name as contact, k.phone
from dead_letters d
left join organizations o on o.id = d.organization_id
left join conversations c on c.id = d.conversation_id
left join contacts k on k.id = c.contact_id
where %(id)s::uuid is null or d.id = %(id)s
order by d.created_at desc
limit %(limit)s
"""

_MARK: LiteralString = """
update dead_letters set replayed_at = now()
where id = %(id)s and replayed_at is null
returning id
"""

# The turn keeps its id: what it had already done is in its journal.
_REOPEN_TURN: LiteralString = """
with letter as (
  select d.conversation_id, (d.payload ->> 'turn_id')::uuid as turn_id,
    array(select jsonb_array_elements_text(d.payload -> 'message_ids'))::uuid[] as message_ids
  from dead_letters d where d.id = %(id)s
), reopened as (
  update messages m set processed_at = null, turn_id = letter.turn_id
  from letter
  where m.id = any(letter.message_ids)
), closed as (
  update escalations e set closed_at = coalesce(e.closed_at, now()), closed_by = coalesce(e.closed_by, 'replay'), resumed_at = now()
  from letter
  where e.conversation_id = letter.conversation_id and e.resumed_at is null
)
update conversations c set status = 'active'
from letter
where c.id = letter.conversation_id and c.status = 'escalated'
"""

_REQUEUE_SEND: LiteralString = """
update messages m
set status = 'queued', send_attempts = 0, next_attempt_at = null, sending_since = null
from dead_letters d
where d.id = %(id)s and m.id = (d.payload ->> 'message_id')::uuid and m.status = 'failed'
"""


async def find(db: Database, *, limit: int = 50, dead_letter_id: UUID | None = None) -> list[Row]:
    """Dead letters, newest first, or the one with this id."""
    return (await db.system((_LIST, {"id": dead_letter_id, "limit": limit})))[0]


async def reopen(db: Database, letter: Row) -> bool:
    """Undo what giving up did, so that the work can be enqueued again. False when somebody replayed it before."""
    params = {"id": letter["id"]}
    undo: dict[str, LiteralString] = {"turn": _REOPEN_TURN, "send": _REQUEUE_SEND}
    if letter["replayed_at"]:
        return False
    if letter["kind"] in undo:
        return bool((await db.system((_MARK, params), (undo[letter["kind"]], params)))[0])
    return bool((await db.system((_MARK, params)))[0])
