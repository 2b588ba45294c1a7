"""Voice notes: taken to be heard, with the shop's own words; and what was heard becomes the message's words."""

from dataclasses import dataclass
from typing import Literal, LiteralString
from uuid import UUID

from service.messaging.conversations import ConversationStatus
from service.messaging.queries.emergencies import PAGED_AGAIN, PET_CALLED_SO
from service.messaging.queries.media import LEASE, Noted
from service.platform.database import Database, first
from service.platform.documents import Document

# Names that nobody's dictionary has: the customer's pets', the services', the staff's, the shop's.
_CLAIM: LiteralString = f"""
with claimed as (
  update media v set attempts = v.attempts + 1, due_at = now() + {LEASE}
  where v.id = %(media_id)s and v.status = 'hear' and v.due_at <= now() and v.message_id is not null
  returning v.*
)
select v.id, v.mime, v.seconds, v.attempts, m.direction, array(
    select left(named.name, 40)
    from (
      select 1 as place, p.name from pets p where p.contact_id = c.contact_id and p.died_on is null
      union all
      select 2, s.name from services s where s.organization_id = c.organization_id and s.is_active
      union all
      select 3, r.name
      from resources r
      where r.organization_id = c.organization_id and r.kind in ('groomer', 'vet') and r.is_active
      union all
      select 4, o.name from organizations o where o.id = c.organization_id
    ) named
    order by named.place, named.name
    limit %(most)s) as names
from claimed v
join messages m on m.id = v.message_id
join conversations c on c.id = m.conversation_id
"""

# The conversation is locked first: a turn that commits at this moment either has answered without the words, or is thought again with them.
# An emergency that is heard after its note was answered is answered all the same. What a person has pages the team, as words do that come
# in (`intake`).
_HEARD: LiteralString = f"""
with heard as (
  update media v
  set status = 'kept', transcript = %(transcript)s, confidence = %(confidence)s, heard_at = now(), failure = %(failure)s
  where v.id = %(media_id)s and v.status = 'hear' and v.message_id is not null
  returning v.message_id
), note as (
  select m.id, m.conversation_id, m.direction, m.processed_at, m.revoked_at, m.edited_at
  from messages m
  join heard on heard.message_id = m.id
), conversation as (
  update conversations c set turn_revised = c.turn_revised or (note.direction = 'incoming' and note.processed_at is null), updated_at = now()
  from note
  where c.id = note.conversation_id
  returning c.id, c.organization_id, c.contact_id, c.status
), contact as (
  select k.id, k.name, exists (
      select from aurora_owner_numbers n
      where n.organization_id = k.organization_id and n.phone_key = k.phone_key and n.is_active) as is_owner
  from contacts k
  join conversation c on k.id = c.contact_id
), danger as (
  select case when not contact.is_owner and not exists (
      {PET_CALLED_SO})
    then %(emergency)s::text end as kind
  from contact
), wished as (
  update contacts k set updated_at = now(),
    opted_out_at = case consent.wish when 'out' then coalesce(k.opted_out_at, now()) else null end
  from (
    select contact.id, case
      when exists (select from waiting_list w where w.contact_id = contact.id and w.status in ('waiting', 'offered'))
        then %(wish_waiting)s::text
      else %(wish)s::text end as wish
    from contact
    where not contact.is_owner) consent
  where k.id = consent.id and consent.wish in ('out', 'in')
), message as (
  update messages m
  set content = case when %(is_understood)s or danger.kind is not null then %(transcript)s else m.content end,
    emergency = coalesce(danger.kind, m.emergency),
    processed_at = case when danger.kind is not null and note.direction = 'incoming' and note.revoked_at is null
      then null else m.processed_at end
  from note, danger
  where m.id = note.id and note.edited_at is null
  returning m.id, m.emergency, m.direction, m.processed_at
), alert as (
  insert into alerts as known (organization_id, conversation_id, kind, title, body, subject)
  select c.organization_id, c.id, 'emergency', 'Emergência: ' || coalesce(contact.name, 'um cliente'), %(emergency_reason)s,
    'case:' || e.id || ':emergency'
  from conversation c
  cross join contact
  cross join danger
  left join escalations e on e.conversation_id = c.id and e.closed_at is null
  where c.status <> 'active' and danger.kind is not null
  {PAGED_AGAIN}
  returning id
)
select c.id as conversation_id, c.status, message.direction = 'incoming' and message.processed_at is null as waits,
  (select id from alert) as alert_id
from conversation c, message
"""


_NEXT: LiteralString = """
select id, organization_id
from media
where status = 'hear' and due_at <= now() and message_id is not null
order by created_at
limit 1
"""


class Note(Document):
    """A voice note that was taken to be heard; `names` are words that nobody's dictionary has."""

    id: UUID
    mime: str
    seconds: int | None
    attempts: int
    direction: Literal["incoming", "outgoing"]
    names: list[str]


@dataclass(frozen=True)
class Transcript:
    """What was heard, and what it means; it becomes the message's words where it `is_understood`, or tells of an emergency.

    The rest is as of a message that comes in (`service.messaging.queries.intake.NewMessage`). `failure` says why nothing was made out.
    """

    transcript: str
    confidence: float | None
    is_understood: bool
    emergency: str | None
    emergency_reason: str | None
    pets_words: list[str]
    wish: str | None
    wish_waiting: str | None
    failure: str | None = None


class Settled(Document):
    """What a transcript did: the conversation that it belongs to, whether its message `waits` for an answer, and who is to be told."""

    conversation_id: UUID
    status: ConversationStatus
    waits: bool
    alert_id: UUID | None


async def claim(db: Database, organization_id: UUID, media_id: UUID, *, most_names: int) -> Note | None:
    """Take a note to be heard; None where it was heard already, another worker is at it, or it is not time yet."""
    return first(Note, (await db.run(organization_id, (_CLAIM, {"media_id": media_id, "most": most_names})))[0])


async def next_waiting(db: Database) -> Noted | None:
    """Find the note of any shop that has waited longest to be heard."""
    return first(Noted, (await db.system((_NEXT, {})))[0])


async def settle(db: Database, organization_id: UUID, media_id: UUID, transcript: Transcript) -> Settled | None:
    """Record what was heard, with what comes of it; None where the message is gone by now, or had been heard already."""
    return first(Settled, (await db.run(organization_id, (_HEARD, vars(transcript) | {"media_id": media_id})))[0])
