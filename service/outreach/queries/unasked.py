"""Write to a customer unasked: one row for each occasion, one message at most, one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, LiteralString
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from service.messaging.channels import CHANNELS
from service.messaging.channels.base import ChannelName
from service.messaging.queries.outbox import WINDOW
from service.outreach.kinds import KINDS, OutreachKind
from service.outreach.message import Notice, Occasion, Question
from service.platform.database import Database, Row, Statement

# By what channels can do: a customer who never wrote can be written to, free text has its window, templates are taken at any time.
_CHANNELS: dict[str, list[ChannelName]] = {
    "first_channels": [name for name, c in CHANNELS.items() if c.abilities.address == "phone" and not c.abilities.is_simulated],
    "window_channels": [name for name, c in CHANNELS.items() if c.abilities.has_window],
    "template_channels": [name for name, c in CHANNELS.items() if c.abilities.sends_templates],
}


@dataclass(frozen=True, slots=True)
class Written:
    """What became of it.

    `queued`: the outbox has it. `skipped`: it never will be, `reason` says why (`opted_out`, `no_instance`, `unreachable`, `no_template`,
    `gone`). `already`: an earlier call saw to the occasion. `held`: nothing was written, try later (`quiet` hours, `busy` conversation, `doubted` number: it may be somebody else's now).
    """

    status: Literal["queued", "skipped", "already", "held"]
    reason: str | None = None
    conversation_id: UUID | None = None
    message_id: UUID | None = None
    proposal_id: UUID | None = None
    alert_id: UUID | None = None


# The locks that intake and the erasure of a person take: what they store about the customer is seen, or waits until this is written.
_LOCK_PERSON: LiteralString = """
with keys as materialized (
  select distinct hashtextextended(i.organization_id::text || ' ' || i.value, 0) as key
  from contact_identities i
  where i.contact_id = %(contact_id)s and i.superseded_at is null and i.kind <> 'username'
  order by 1
)
select pg_advisory_xact_lock(key) from keys
"""

# A turn that is about to propose something holds its conversation too.
_LOCK_CONVERSATIONS: LiteralString = """
select id
from conversations
where contact_id = %(contact_id)s and status <> 'closed'
order by id
for no key update
"""

# The statement's parts. Each is a row where there is something to do and none where there isn't, and what follows is made of it.

# To whom; nobody where they turned out to be somebody else, with whom it is due as well. What was typed by hand may lack the country code; what WhatsApp wrote is kept as it is, its ninth digit may be missing.
_CONTACT: LiteralString = """
contact as (
  select k.id, k.organization_id, k.name, k.opted_out_at, o.zone as timezone,
    coalesce(case when k.phone ~ '^\\d{12,}$' then k.phone else k.phone_key end, k.whatsapp_user_id) as address,
    case when s.templates -> %(kind)s::text ->> 'name' <> '' then
      '{"language": "pt_BR"}'::jsonb || (s.templates -> %(kind)s::text) end as template,
    coalesce(s.quiet_from, '20:00') as quiet_from, coalesce(s.quiet_until, '08:00') as quiet_until
  from contacts k
  join organizations o on o.id = k.organization_id
  left join organization_settings s on s.organization_id = o.id
  where k.id = %(contact_id)s and k.merged_into is null
)"""

# The conversation in which the shop last spoke with the customer, an open one first.
_LAST_SPOKEN: LiteralString = """
known as (
  select c.id, c.instance_id, i.channel, c.status, c.address, (
      select max(x.last_inbound_at)
      from conversations x
      where x.contact_id = c.contact_id and x.instance_id = c.instance_id) as last_inbound_at
  from conversations c
  join whatsapp_instances i on i.id = c.instance_id
  where c.contact_id = %(contact_id)s and i.is_active
  order by c.status = 'closed', coalesce(c.last_inbound_at, c.created_at) desc, c.id
  limit 1
)"""

# The shop's first number, for a customer with whom it never spoke.
_FIRST_INSTANCE: LiteralString = """
first_instance as (
  select id, channel
  from whatsapp_instances
  where is_active and channel = any(%(first_channels)s) and not exists (select from known)
  order by created_at, id
  limit 1
)"""

# Through which number and into which conversation, a new one where the last is closed.
_WAY: LiteralString = """
way as (
  select case when status <> 'closed' then id end as conversation_id, id as last_conversation_id, instance_id, channel,
    last_inbound_at, nullif(address, '') as address, case when status <> 'closed' then status else 'active' end as status
  from known
  union all
  select null, null, id, channel, null, null, 'active' from first_instance
)"""

# What decides whether it may be written: why never, whether it is late, whether the question can be asked, whether it was seen to.
_DECISION: LiteralString = f"""
decision as (
  select contact.*, way.conversation_id, way.last_conversation_id, way.instance_id, way.last_inbound_at,
    coalesce(way.address, contact.address) as to_address,
    case
      when contact.opted_out_at is not null and not %(service)s then 'opted_out'
      when way.instance_id is null then 'no_instance'
      when coalesce(way.address, contact.address) is null then 'unreachable'
      when way.channel = any(%(window_channels)s)
        and (contact.template is null or way.channel <> all(%(template_channels)s))
        and (way.last_inbound_at > %(now)s::timestamptz - {WINDOW}) is not true then 'no_template'
    end as reason,
    not %(service)s and exists (
      select from contact_merges m
      where m.absorbed_id = contact.id and m.status = 'asked' and m.reason = 'passed_on') as doubted,
    not %(service)s and case
      when quiet_from < quiet_until then local.clock >= quiet_from and local.clock < quiet_until
      else quiet_from > quiet_until and (local.clock >= quiet_from or local.clock < quiet_until)
    end as quiet,
    %(asks)s and way.status = 'active'
      and not exists (
        select from proposals p
        where p.conversation_id = way.conversation_id and p.status = 'open' and p.kind <> 'confirm' and p.expires_at > %(now)s)
      and not exists (
        select from messages m
        where m.conversation_id = way.conversation_id and m.direction = 'incoming' and m.processed_at is null) as asked,
    exists (
      select from outreach w
      join unnest(%(subjects)s::uuid[], %(names)s::text[]) x (subject_id, occasion) using (subject_id, occasion)
      where w.organization_id = contact.organization_id and w.kind = %(kind)s) as already
  from contact
  left join way on true
  cross join lateral (select (%(now)s::timestamptz at time zone contact.timezone)::time as clock) local
)"""

# What comes of it, the first that holds: `Written` says what each word means.
_OUTCOME: LiteralString = """
outcome as (
  select d.*, case
    when already then 'already'
    when quiet or doubted then 'held'
    when reason is not null then 'skipped'
    when %(asks)s and %(waits)s and not asked then 'held'
    else 'queued' end as status
  from decision d
)"""

# One row for each occasion, whoever else is at it in the same moment: who notes it writes.
_NOTED: LiteralString = """
noted as (
  insert into outreach (organization_id, contact_id, kind, subject_id, occasion, status, reason, message_id)
  select organization_id, id, %(kind)s, x.subject_id, x.occasion, status, reason,
    case when status = 'queued' then %(message_id)s::uuid end
  from outcome, unnest(%(subjects)s::uuid[], %(names)s::text[]) x (subject_id, occasion)
  where status in ('queued', 'skipped')
  on conflict (organization_id, kind, subject_id, occasion) do nothing
  returning id
)"""

_WRITTEN: LiteralString = """
written as (
  select * from outcome
  where status = 'queued' and exists (select from noted)
)"""

# The conversation, opened where none is: the customer may have written meanwhile, then it is theirs.
_CONVERSATION: LiteralString = """
opened as (
  insert into conversations (organization_id, instance_id, contact_id, address, last_inbound_at)
  select organization_id, instance_id, id, to_address, last_inbound_at
  from written
  where conversation_id is null
  on conflict (instance_id, contact_id) where status <> 'closed' do update set updated_at = now()
  returning id
), conversation as (
  select coalesce(written.conversation_id, opened.id) as id, written.organization_id, written.instance_id,
    written.id as contact_id, written.asked, written.template,
    coalesce((select max(m.seq) from messages m where m.conversation_id = written.conversation_id), 0) as newest_seq
  from written
  left join opened on true
)"""

# What was asked before gives way to the question, with what it held; a waiting list's offer was missed.
_GIVEN_WAY: LiteralString = """
given_way as (
  update proposals p
  set status = case when p.expires_at > %(now)s then 'replaced' else 'expired' end, settled_at = now()
  from conversation c
  where p.conversation_id = c.id and c.asked and p.status = 'open'
  returning p.id, p.waiting_list_id
), missed as (
  update waiting_list w set status = 'missed'
  from given_way g
  where w.id = g.waiting_list_id and w.status = 'offered'
), freed as (
  delete from allocations a
  using given_way g
  where a.proposal_id = g.id
)"""

# The question, open from now on. It counts what gave way, so that this was done first: one may be open.
_PROPOSAL: LiteralString = """
proposal as (
  insert into proposals (id, organization_id, conversation_id, contact_id, kind, items, result, call, asked_after, expires_at,
    waiting_list_id)
  select %(proposal_id)s, organization_id, id, contact_id, %(question_kind)s, %(items)s, %(result)s, %(call)s, newest_seq,
    %(expires_at)s, %(waiting_list_id)s
  from conversation
  where asked and (select count(*) from given_way) >= 0
  returning id
)"""

# The message, for the outbox to send: as free text, or as the kind's template with these parameters where the window has closed.
_MESSAGE: LiteralString = """
message as (
  insert into messages (id, organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, ai_message_id,
    author, status, template, proposal_id)
  select %(message_id)s, organization_id, id, instance_id, 'outgoing', true, true,
    case when asked then %(question)s else %(content)s end,
    'outreach:' || %(message_id)s::text, 'system', 'queued',
    template || jsonb_build_object('parameters', case when asked then %(question_parameters)s::jsonb else %(parameters)s::jsonb end),
    (select id from proposal)
  from conversation
  returning id
)"""

# The team hears once of a customer whom it can't reach. Without a conversation nothing would erase the name together with the customer.
_ALERT: LiteralString = """
alert as (
  insert into alerts (organization_id, conversation_id, kind, title, body)
  select organization_id, last_conversation_id, 'outreach_skipped', 'Cliente não avisado',
    case when last_conversation_id is null then 'Um cliente' else coalesce(name, 'Um cliente') end
      || ' não recebeu uma mensagem da loja (' || %(called)s || '): passaram 24 horas desde a última mensagem do cliente e não há modelo aprovado para "'
      || %(kind)s || '".'
  from outcome
  where status = 'skipped' and reason = 'no_template' and %(alerts)s and exists (select from noted) and not exists (
    select from outreach w
    where w.kind = %(kind)s and w.subject_id = any(%(subjects)s) and w.reason = 'no_template')
  returning id
)"""

_WRITE: LiteralString = f"""
with {_CONTACT}, {_LAST_SPOKEN}, {_FIRST_INSTANCE}, {_WAY}, {_DECISION}, {_OUTCOME},
{_NOTED}, {_WRITTEN}, {_CONVERSATION}, {_GIVEN_WAY}, {_PROPOSAL}, {_MESSAGE}, {_ALERT}
select case when status in ('queued', 'skipped') and not exists (select from noted) then 'already' else status end as status,
  case status when 'skipped' then reason when 'held' then case when quiet then 'quiet' when doubted then 'doubted' else 'busy' end end as reason,
  (select id from conversation) as conversation_id, (select id from message) as message_id,
  (select id from proposal) as proposal_id, (select id from alert) as alert_id
from outcome
"""


def statements(
    *,
    kind: OutreachKind,
    occasions: Sequence[Occasion],
    contact_id: UUID,
    notice: Notice,
    now: datetime,
    question: Question | None = None,
) -> list[Statement]:
    """Return what `write` runs, for a larger transaction: run them one after the other and give the last one's rows to `outcome`.

    Whatever depends on the message having been written can follow them, by the id of the question where there is one.
    """
    facts = KINDS[kind]
    params = {
        "kind": kind, "contact_id": contact_id, "subjects": [o.subject_id for o in occasions], "names": [o.name for o in occasions],
        "content": notice.content, "parameters": Jsonb(list(notice.parameters)), "now": now, "message_id": uuid4(),
        "service": facts.is_service, "alerts": facts.is_alerted, "called": facts.called, **_CHANNELS, **_asked(kind, question),
    }  # fmt: skip
    return [(_LOCK_PERSON, params), (_LOCK_CONVERSATIONS, params), (_WRITE, params)]


def _asked(kind: OutreachKind, question: Question | None) -> dict[str, object]:
    if question is None:
        names = (
            "question", "question_parameters", "proposal_id", "question_kind", "items", "result", "call", "expires_at", "waiting_list_id",
        )  # fmt: skip
        return {"asks": False, "waits": False, **dict.fromkeys(names)}
    if KINDS[kind].asks is None:
        raise ValueError(f"{kind} has a question, but its entry in service/outreach/kinds.py does not say what it asks.")
    return {
        "asks": True, "waits": question.otherwise == "wait", "question": question.notice.content,
        "question_parameters": Jsonb(list(question.notice.parameters)), "proposal_id": question.id, "question_kind": KINDS[kind].asks,
        "items": Jsonb(list(question.items)), "result": Jsonb(question.result), "call": Jsonb(question.call),
        "expires_at": question.expires_at, "waiting_list_id": question.waiting_list_id,
    }  # fmt: skip


def outcome(rows: Sequence[Row]) -> Written:
    """Read what the last of `statements` came to."""
    return Written(**rows[0]) if rows else Written("skipped", "gone")


async def write(
    db: Database,
    organization_id: UUID,
    *,
    kind: OutreachKind,
    occasions: Sequence[Occasion],
    contact_id: UUID,
    notice: Notice,
    now: datetime,
    question: Question | None = None,
) -> Written:
    """Queue a message that nobody asked for, once for its occasions, however often and by however many this is called. One round trip.

    It goes to the customer's newest open conversation, or to a new one through the number by which the shop last spoke with them. The
    notice's parameters fill the approved template of the kind, where the shop has one, should WhatsApp take no free text any more. Only
    what `KINDS` calls a service is written in the shop's quiet hours or to a customer who opted out.
    """
    steps = statements(kind=kind, occasions=occasions, contact_id=contact_id, notice=notice, now=now, question=question)
    return outcome((await db.run(organization_id, *steps))[-1])
