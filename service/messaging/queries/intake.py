"""Store what a webhook brought: the route to a shop, then one statement per message and status, all in one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from psycopg.errors import DeadlockDetected
from psycopg.types.json import Jsonb

from service.messaging.channels.base import ChannelName, KeyColumn
from service.messaging.conversations import ConversationStatus
from service.messaging.queries import echoes, media
from service.messaging.queries.echoes import Echo, NewEcho
from service.messaging.queries.emergencies import PAGED_AGAIN, PET_CALLED_SO
from service.messaging.queries.identities import ADDRESS, CONTACT, NEW, RESOLVE, Resolved
from service.messaging.queries.media import NewFile, Noted
from service.messaging.queries.statuses import STATUS, NewStatus, Settled
from service.platform.database import Database, Row, Statement, first, typed
from service.platform.documents import Document
from service.platform.queries.bounds import QUIET_WINDOW

# How often what others held up in a circle is begun.
ATTEMPTS = 5


# Runs as the login role, since only this can tell whose number it is; from then on the transaction is bound like any other, and
# bound to nothing where no active instance was found: then all that follows stores nothing.
def _route(match: LiteralString) -> LiteralString:
    return f"""
with instance as (
  select i.id, i.organization_id, {QUIET_WINDOW}::float as quiet_window
  from whatsapp_instances i
  left join organization_settings s on s.organization_id = i.organization_id
  where i.is_active and i.channel = %(channel)s and {match}
)
select i.id as instance_id, i.organization_id, i.quiet_window,
  set_config('patas.organization_id', coalesce(i.organization_id::text, ''), true),
  set_config('patas.instance_id', coalesce(i.id::text, ''), true),
  set_config('role', 'patas_backend', true)
from (values (1)) one
left join instance i on true
"""


# Each one look-up in an index, but for our own id, which no webhook names.
_NAMED: dict[KeyColumn, LiteralString] = {
    "phone_number_id": "i.phone_number_id = %(value)s",
    "instance_name": "i.instance_name = %(value)s and i.webhook_secret = %(secret)s",
    "id": "i.id::text = %(value)s",
}
_ROUTES: dict[KeyColumn, LiteralString] = {key: _route(match) for key, match in _NAMED.items()}
_KNOWN: dict[KeyColumn, LiteralString] = {
    key: f"select i.id from whatsapp_instances i where i.is_active and i.channel = %(channel)s and {match}" for key, match in _NAMED.items()
}

# Everybody whom the delivery is about is locked first, by all names and in one order: no two deliveries wait for each other in a circle,
# and each statement after this one sees what an earlier delivery about the same person stored. Erasing a person takes the same lock. The ids of
# messages are locked likewise, so that what is told of one and the message itself come one after the other.
LOCK: LiteralString = """
with keys as materialized (
  select distinct hashtextextended(patas.organization_id()::text || ' ' || identity, 0) as key
  from (
    select patas.phone_key('+' || p) from unnest(%(phones)s::text[]) p
    union all
    select unnest(%(user_ids)s::text[])
  ) i (identity)
  where identity is not null
  order by 1
)
select pg_advisory_xact_lock(key) from keys
"""

# Whose message an edit or a deletion names is known by that message, whatever its key says of the chat: keys come as the sender sees it,
# under a number or a LID. Where nobody knows it yet and no sender is told, it is kept until the message comes.
_ABOUT: LiteralString = """
about as (
  select m.id, m.conversation_id, c.contact_id, c.address, m.direction = 'incoming' and m.processed_at is null as waits
  from instance i
  join messages m on m.instance_id = i.id and m.external_id = %(quoted_external_id)s
  join conversations c on c.id = m.conversation_id
  where %(revises)s and m.direction = case when %(from_me)s then 'outgoing' else 'incoming' end
), early as (
  insert into early_news (organization_id, instance_id, external_id, kind, at, content, emergency)
  select i.organization_id, i.id, %(quoted_external_id)s, %(message_type)s, %(sent_at)s, %(content)s, %(emergency)s
  from instance i
  where not %(sender_known)s
    and not exists (select from messages m where m.instance_id = i.id and m.external_id = %(quoted_external_id)s)
    and not exists (
      select from erased_messages e
      where e.instance_id = i.id and e.digest = sha256(convert_to(%(quoted_external_id)s::text, 'UTF8')))
  on conflict (instance_id, external_id, kind) do update
  set content = excluded.content, emergency = excluded.emergency, at = excluded.at
)"""

# What is about another message: an edit changes what was not answered yet, a deletion whatever it names, whichever of the two comes in
# first; a new reaction takes the place of the last, and 👍 on a question that is open is an answer.
_REVISING: LiteralString = """
asked as (
  select q.id
  from messages q
  join conversation c on c.id = q.conversation_id
  where %(agrees)s and q.instance_id = c.instance_id and q.external_id = %(quoted_external_id)s
    and exists (select from proposals p where p.id = q.proposal_id and p.status = 'open')
), revised as (
  update messages m
  set content = case when %(message_type)s = 'edit' and %(content)s <> '' then %(content)s else m.content end,
    emergency = coalesce((select kind from danger), m.emergency),
    edited_at = case when %(message_type)s = 'edit' then now() else m.edited_at end,
    revoked_at = case when %(message_type)s = 'revoke' then coalesce(m.revoked_at, now()) else m.revoked_at end,
    processed_at = case
      when %(message_type)s = 'revoke' and m.direction = 'incoming' then coalesce(m.processed_at, now()) else m.processed_at end
  from about
  where m.id = about.id
    and (%(message_type)s = 'revoke' or (%(message_type)s = 'edit' and m.direction = 'incoming' and m.processed_at is null))
  returning m.id, m.direction = 'incoming' and m.processed_at is null as waits
), replaced as (
  update messages m set processed_at = now()
  from conversation c
  where %(message_type)s = 'reaction' and not %(from_me)s and m.conversation_id = c.id and m.direction = 'incoming'
    and m.message_type = 'reaction' and m.quoted_external_id = %(quoted_external_id)s and m.processed_at is null
), told_before as (
  select e.message_type as kind, e.content, e.emergency, e.seq
  from messages e, instance i
  where e.instance_id = i.id and e.quoted_external_id = %(external_id)s and e.message_type in ('edit', 'revoke') and not e.from_me
  union all
  select n.kind, n.content, n.emergency, 0
  from early_news n, instance i
  where n.instance_id = i.id and n.external_id = %(external_id)s and n.kind in ('edit', 'revoke')
), overtaken as (
  select (array_agg(content order by seq desc) filter (where kind = 'edit'))[1] as content,
    (array_agg(emergency order by seq desc) filter (where kind = 'edit'))[1] as emergency,
    count(*) filter (where kind = 'revoke') > 0 as revoked
  from told_before
  where not %(from_me)s
)"""

# An emergency is told by an edit of what was answered already.
_TOO_LATE: LiteralString = """
(%(message_type)s = 'edit' and exists (select from danger where kind is not null) and not exists (select from revised))
"""

# An emergency while a person has the conversation pages the team: once, until somebody has answered; what comes then is news.
_MESSAGE: LiteralString = f"""
with {NEW}, {_ABOUT}, contact as (
  select c.id, c.phone_key, c.name
  from contacts c, instance i
  where c.id = {CONTACT} and c.organization_id = i.organization_id
), over as (
  select e.id, e.conversation_id
  from escalations e
  join conversations c on c.id = e.conversation_id and c.status = 'escalated'
  join instance i on i.id = c.instance_id
  join contact on contact.id = c.contact_id
  where %(takes_back)s and e.closed_at is null and e.case_key like '%%:emergency'
    and not exists (
      select from messages m
      where m.conversation_id = c.id and m.direction = 'outgoing' and not m.sent_by_ai and m.created_at >= e.opened_at
        and m.author is distinct from 'shop_app')
), consent as (
  select case
    when exists (
      select from waiting_list w
      where w.contact_id = (select id from contact) and w.status in ('waiting', 'offered')) then %(wish_waiting)s::text
    else %(wish)s::text end as wish
  where not exists (
    select from aurora_owner_numbers n, instance i
    where n.organization_id = i.organization_id and n.is_active and n.phone_key = (select phone_key from contact))
), wished as (
  update contacts c
  set opted_out_at = case consent.wish when 'out' then coalesce(c.opted_out_at, now()) end, updated_at = now()
  from contact, consent
  where c.id = contact.id and not exists (select from about)
    and ((consent.wish = 'out' and c.opted_out_at is null) or (consent.wish = 'in' and c.opted_out_at is not null))
), noted as (
  update conversations c set turn_revised = c.turn_revised or about.waits, updated_at = now()
  from about
  where c.id = about.conversation_id and c.status <> 'closed'
  returning c.id, c.organization_id, c.instance_id, c.status
), opened as (
  insert into conversations (organization_id, instance_id, contact_id, address, last_inbound_at)
  select i.organization_id, i.id, contact.id, coalesce((select address from about), {ADDRESS}, %(address)s),
    case when not %(from_me)s then least(%(sent_at)s, now()) end
  from instance i, contact
  where not exists (select from noted)
  on conflict (instance_id, contact_id) where status <> 'closed' do update
  set address = case when %(from_me)s and conversations.address <> '' then conversations.address else excluded.address end,
    last_inbound_at = greatest(conversations.last_inbound_at, excluded.last_inbound_at), updated_at = now(),
    status = case when exists (select from over) then 'active' else conversations.status end
  returning id, organization_id, instance_id, status
), conversation as (
  select * from noted
  union all
  select * from opened
), danger as (
  select %(emergency)s::text as kind
  from contact
  where not exists (
    select from aurora_owner_numbers n, instance i
    where n.organization_id = i.organization_id and n.phone_key = contact.phone_key and n.is_active)
    and not exists (
      {PET_CALLED_SO})
), {_REVISING}, message as (
  insert into messages (organization_id, conversation_id, instance_id, direction, from_me, message_type, content, external_id,
    quoted_external_id, button_id, referral, parts, author, status, processed_at, edited_at, revoked_at, sent_at, provider_at,
    correlation_id, raw, emergency)
  select organization_id, id, instance_id,
    case when %(from_me)s then 'outgoing' else 'incoming' end, %(from_me)s, %(message_type)s,
    coalesce(nullif(overtaken.content, ''), %(content)s), %(external_id)s,
    %(quoted_external_id)s, %(button_id)s, %(referral)s, %(parts)s, %(author)s,
    case when %(from_me)s then 'sent' else 'received' end,
    case when overtaken.revoked or not (%(answerable)s or exists (select from asked) or {_TOO_LATE}) then now() end,
    case when overtaken.content is not null then now() end, case when overtaken.revoked then now() end,
    case when %(from_me)s then %(sent_at)s::timestamptz end, %(sent_at)s, %(correlation_id)s, %(raw)s,
    coalesce((select kind from danger), overtaken.emergency)
  from conversation, overtaken
  on conflict on constraint messages_external do nothing
  returning id, conversation_id, emergency, processed_at
), alert as (
  insert into alerts as known (organization_id, conversation_id, kind, title, body, subject)
  select c.organization_id, c.id, 'emergency', 'Emergência: ' || coalesce(contact.name, 'um cliente'), %(emergency_reason)s,
    'case:' || e.id || ':emergency'
  from conversation c
  cross join contact
  cross join message
  left join escalations e on e.conversation_id = c.id and e.closed_at is null
  where c.status = 'escalated' and message.emergency is not null
  {PAGED_AGAIN}
  returning id
), closed as (
  update escalations e set closed_at = now(), closed_by = 'customer', note = %(over_note)s
  from over
  where e.id = over.id and exists (select from message)
), relief as (
  insert into alerts (organization_id, conversation_id, kind, title, body)
  select conversation.organization_id, conversation.id, 'emergency_over', 'Alarme falso: ' || coalesce(contact.name, 'um cliente'),
    %(over_reason)s
  from conversation, contact, message, over
  returning id
)
select message.id, message.conversation_id, message.emergency, conversation.status,
  message.processed_at is null or exists (select from revised r where r.waits) as waits,
  coalesce((select id from alert), (select id from relief)) as alert_id
from message, conversation
"""


@dataclass(frozen=True)
class Route:
    """The number that a delivery names: by which column, `value` and `secret` as in `channels.base.InstanceKey`."""

    channel: ChannelName
    key: KeyColumn
    value: str
    secret: str | None


@dataclass(frozen=True)
class NewMessage:
    """A message as it is to be stored; every text is one that Postgres can hold.

    `phone`, `user_id`, `parent_user_id` and `username` are the other party's, one of the first two at least, unless the sender is not
    known: then it `revises`, which is to edit or delete the message that it names. `named_at` is when they were; `words` are for the people
    who are asked where it is not sure whose they are. Where the message tells that somebody `changes`, what begins with `new` is theirs
    since then. `parts` is how many pictures follow. `wish` is "out" or "in" where the customer wants no messages
    unasked, or wants them again, and `wish_waiting` the same of somebody who is on the waiting list. `agrees` is whether it is a 👍, which
    answers if it is on a question. `emergency` is the kind of one, `emergency_reason` what the team reads of it; it is none where a pet of
    theirs is called by one of `pets_words`, folded. What `takes_back` the last alarm ends its case where no person has answered yet: with
    `over_note` for the model and `over_reason` for the team. `sent_at` is aware. `author` and `echo` are of what the shop
    wrote itself (`from_me`); `file` is what it sends.
    """

    external_id: str
    phone: str | None
    user_id: str | None
    parent_user_id: str | None
    username: str | None
    named_at: datetime
    words: Jsonb
    changes: bool
    new_phone: str | None
    new_user_id: str | None
    new_parent_user_id: str | None
    address: str
    name: str | None
    message_type: str
    content: str
    sent_at: datetime
    from_me: bool
    quoted_external_id: str | None
    button_id: str | None
    referral: str | None
    parts: int | None
    revises: bool
    sender_known: bool
    agrees: bool
    answerable: bool
    emergency: str | None
    emergency_reason: str | None
    pets_words: list[str]
    takes_back: bool
    over_note: str
    over_reason: str
    wish: str | None
    wish_waiting: str | None
    correlation_id: str | None
    raw: Jsonb
    author: str | None = None
    echo: NewEcho | None = None
    file: NewFile | None = None


class Instance(Document):
    """The number that a delivery came to. `quiet_window` is the shop's own, in seconds."""

    instance_id: UUID
    organization_id: UUID
    quiet_window: float | None


class Stored(Document):
    """A message's new row: its conversation with the status that this has, and the alert that a person who has it must hear of.

    `waits` is whether it, or the message that it changed, is to be answered.
    """

    id: UUID
    conversation_id: UUID
    status: ConversationStatus
    emergency: str | None
    waits: bool
    alert_id: UUID | None


async def is_known(db: Database, route: Route) -> bool:
    """Tell whether an active instance has this key."""
    return bool((await db.system((_KNOWN[route.key], vars(route))))[0])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What storing one number's delivery came to.

    `instance` is None where no active instance has it; then nothing was stored. For each message it is told what was stored (None for a
    duplicate), for each status what it did (None where no message of ours is meant); `echoes` are those of which something came,
    `resolved` what came of finding whose each message is, and `files` are to be fetched.
    """

    instance: Instance | None
    stored: Sequence[Stored | None]
    settled: Sequence[Settled | None]
    echoes: Sequence[Echo]
    resolved: Sequence[Resolved]
    files: Sequence[Noted] = ()


async def store(db: Database, route: Route, messages: Sequence[NewMessage], statuses: Sequence[NewStatus]) -> Outcome:
    """Store one number's messages and statuses: all or nothing, one round trip.

    Those that two customers turn out to be one in wait for whatever is under way with either. Where others wait for them in a circle it is
    begun again. Raises DeadlockDetected where that goes on.
    """
    for attempt in range(ATTEMPTS):
        try:
            return await _store(db, route, messages, statuses)
        except DeadlockDetected:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("the last attempt returns or raises")


async def _store(db: Database, route: Route, messages: Sequence[NewMessage], statuses: Sequence[NewStatus]) -> Outcome:
    statements: list[Statement] = [(_ROUTES[route.key], vars(route)), (LOCK, _keys(messages, statuses))]
    before = len(statements)
    around = [_around(message) for message in messages]
    statements += [statement for group in around for statement in group]
    statements += [(STATUS, vars(status)) for status in statuses]
    # Not `run`: the route itself finds the organization, binds the transaction to it and steps down to the backend's role.
    results = await db.system(*statements)
    rows = iter(results[before:])
    stored: list[Stored | None] = []
    heard: list[Echo] = []
    resolved: list[Resolved] = []
    files: list[Noted] = []
    for group in around:
        for sql, _ in group:
            if sql is _MESSAGE:
                stored.append(first(Stored, next(rows)))
            elif sql is RESOLVE:
                resolved += typed(Resolved, next(rows))
            elif sql is media.STORE:
                files += typed(Noted, next(rows))
            else:
                heard += typed(Echo, next(rows))
    return Outcome(_instance(results[0]), stored, [first(Settled, found) for found in rows], heard, resolved, files)


def _around(message: NewMessage) -> list[Statement]:
    """Return the statements that find whose a message is and store it, and around the latter those of an echo and of a file."""
    params = vars(message)
    file: list[Statement] = [(media.STORE, params | vars(message.file))] if message.file else []
    if message.echo is None:
        return [(RESOLVE, params), (_MESSAGE, params), *file]
    params = params | vars(message.echo)
    after = echoes.HAND_BACK if message.echo.hands_back else echoes.TAKE_OVER
    return [(RESOLVE, params), (echoes.ADOPT, params), (_MESSAGE, params), (after, params), *file]


def _keys(messages: Sequence[NewMessage], statuses: Sequence[NewStatus]) -> dict[str, list[str]]:
    """Return whom and what a delivery is about, as `LOCK` takes it: what is early and what it is early for come one after the other."""
    named = {m.quoted_external_id for m in messages if m.revises and m.quoted_external_id} | {
        s.external_id for s in statuses if s.may_be_early
    }
    people = {name for m in messages for name in (m.user_id, m.parent_user_id, m.new_user_id, m.new_parent_user_id) if name}
    return {
        "phones": [phone for m in messages for phone in (m.phone, m.new_phone) if phone],
        "user_ids": [*people, *(m.external_id for m in messages), *named],
    }


def _instance(rows: Sequence[Row]) -> Instance | None:
    return first(Instance, rows) if rows[0]["instance_id"] else None
