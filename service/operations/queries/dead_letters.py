"""What was given up on, for the operator: across organizations."""

from typing import Annotated, Literal, LiteralString
from uuid import UUID

from pydantic import AwareDatetime, Discriminator, TypeAdapter

from service.platform.database import Database
from service.platform.documents import Document
from service.turns.queries.alerts import JobCall

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


class TurnPayload(Document):
    """The turn that was given up on, and the customer's messages that it left unanswered."""

    turn_id: UUID
    message_ids: tuple[UUID, ...]


class SendPayload(Document):
    """The message that could not be sent."""

    message_id: UUID


class _DeadLetter(Document):
    id: UUID
    error_type: str
    error: str
    attempts: int
    created_at: AwareDatetime
    replayed_at: AwareDatetime | None
    organization_id: UUID | None
    organization: str | None
    conversation_id: UUID | None
    contact: str | None
    phone: str | None


class DeadTurn(_DeadLetter):
    """A turn, with whose it is: the shop's and the contact's name."""

    kind: Literal["turn"]
    payload: TurnPayload


class DeadSend(_DeadLetter):
    """A message, with whose it is."""

    kind: Literal["send"]
    payload: SendPayload


class DeadJob(_DeadLetter):
    """Work of nobody's in particular."""

    kind: Literal["job"]
    payload: JobCall


DeadLetter = DeadTurn | DeadSend | DeadJob
_DEAD_LETTERS = TypeAdapter(list[Annotated[DeadLetter, Discriminator("kind")]])


async def find(db: Database, *, limit: int = 50, dead_letter_id: UUID | None = None) -> list[DeadLetter]:
    """Return dead letters, newest first, or the one with this id."""
    return _DEAD_LETTERS.validate_python((await db.system((_LIST, {"id": dead_letter_id, "limit": limit})))[0])


async def reopen(db: Database, letter: DeadLetter) -> bool:
    """Undo what giving up did, so that the work can be enqueued again. False when somebody replayed it before."""
    params = {"id": letter.id}
    undo: dict[str, LiteralString] = {"turn": _REOPEN_TURN, "send": _REQUEUE_SEND}
    if letter.replayed_at:
        return False
    if letter.kind in undo:
        return bool((await db.system((_MARK, params), (undo[letter.kind], params)))[0])
    return bool((await db.system((_MARK, params)))[0])
