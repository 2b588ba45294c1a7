"""What left the shop's number without being answered for: our own sends are recognised, and a person on the phone silences the AI.

The statements about one echo run around the one that stores it, in the same transaction. Storing it locks its conversation: a turn that
commits at this moment either wrote its reply before, and what comes after sees it, or writes none.
"""

from dataclasses import dataclass
from typing import Literal, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from service.messaging.queries.conversations import REOPENED
from service.messaging.queries.identities import CONTACT
from service.platform.documents import Document
from service.platform.queries.bounds import PAUSE_HOURS

_INSTANCE: LiteralString = "nullif(current_setting('patas.instance_id', true), '')::uuid"

# How the outbox's rows say that a person was faster.
OVERTAKEN: LiteralString = """
error_code = 'person_answered', error_detail = 'Não foi enviada: uma pessoa da equipe respondeu antes, pelo celular da loja.'
"""

# A send of ours whose id is not known yet, since its answer is not there or was lost, or since nobody waits for it any longer. One
# conversation has one of them under way. Where a template was sent the words are WhatsApp's, and have the parameters in them.
_OURS: LiteralString = f"""
select m.id, m.conversation_id
from conversations c
cross join lateral (select * from messages x where x.conversation_id = c.id order by x.seq desc limit 50) m
where c.contact_id = {CONTACT} and c.instance_id = {_INSTANCE} and c.status <> 'closed'
  and m.direction = 'outgoing' and m.external_id is null and m.send_attempts > 0 and m.status in ('queued', 'sending', 'failed')
  and (case when m.sending_since is null then m.status = 'queued' else
    %(sent_at)s between m.sending_since - interval '1 minute' and m.sending_since + interval '10 minutes' end)
  and (
    (m.content = '' and %(content)s::text = '' and m.message_type = %(message_type)s)
    or (m.content <> '' and btrim(regexp_replace(m.content, '\\s+', ' ', 'g'))
      = btrim(regexp_replace(%(content)s::text, '\\s+', ' ', 'g')))
    or (m.template is not null and (
      %(raw)s::jsonb ->> 'type' = 'template'
      or (m.template -> 'parameters' <> '[]' and not exists (
        select from jsonb_array_elements_text(m.template -> 'parameters') p (words)
        where position(btrim(regexp_replace(p.words, '\\s+', ' ', 'g'))
          in regexp_replace(%(content)s::text, '\\s+', ' ', 'g')) = 0))))
  )
order by m.seq
limit 1
"""

# Before the echo is stored: where it is a send of ours this takes its id, and nothing more is stored of it.
ADOPT: LiteralString = f"""
with ours as (
  {_OURS}
)
update messages m
set external_id = %(external_id)s, status = 'sent', sent_at = coalesce(m.sent_at, %(sent_at)s), next_attempt_at = null,
  error_code = null, error_detail = null
from ours
where m.id = ours.id and m.external_id is null
  and not exists (select from messages o where o.instance_id = m.instance_id and o.external_id = %(external_id)s)
returning m.conversation_id, 'ours' as outcome, null::uuid as alert_id
"""

# Whether an `echo` is one of the app's automatic texts. It comes within 5 seconds of a customer's message, by WhatsApp's clock of whole
# seconds. Either nothing had been said for an hour, and it is more than anybody types who began 5 seconds before, at 12 characters a
# second. Or the same words came so before, in another conversation or long ago, and more often than otherwise; then it need only be more
# than people type between the two, 5 a second.
_JUDGED: LiteralString = """
recent as (
  select echo.id as echo_id, m.direction, m.sent_by_ai, m.turn_id, m.status, coalesce(m.provider_at, m.sent_at, m.created_at) as at
  from echo
  cross join lateral (
    select *
    from messages x
    where x.conversation_id = echo.conversation_id and x.id <> echo.id and x.author is distinct from 'shop_app'
    order by x.seq desc
    limit 50) m
), timed as (
  select echo.*, asked.at is not null as at_once, asked.at as asked_at, extract(epoch from echo.provider_at - asked.at) as seconds
  from echo
  cross join lateral (
    select min(r.at) as at
    from recent r
    where r.echo_id = echo.id and r.direction = 'incoming' and r.at between echo.provider_at - interval '5 seconds' and echo.provider_at
  ) asked
), judged as (
  select t.*, t.at_once and t.message_type = 'text' and (
    (char_length(t.content) > 12 * (t.seconds + 5) and not exists (
      select from recent r where r.echo_id = t.id and r.at >= t.asked_at - interval '1 hour' and r.at < t.asked_at))
    or (char_length(t.content) > 5 * (t.seconds + 1) and (
      select count(*) filter (where before.at_once) > count(*) filter (where not before.at_once)
      from (
        select b.at_once
        from messages b
        where b.instance_id = t.instance_id and md5(b.content) = md5(t.content) and b.content = t.content and b.at_once is not null
          and b.id <> t.id and (b.conversation_id <> t.conversation_id or b.provider_at < t.provider_at - interval '1 hour')
        order by b.seq desc
        limit 20) before))) as automatic
  from timed t
), noted as (
  update messages m set at_once = j.at_once, author = case when j.automatic then 'shop_app' else m.author end
  from judged j
  where m.id = j.id and (m.at_once is distinct from j.at_once or j.automatic)
)"""

# After the echo was stored: a person has the conversation, as after an answer in the inbox, from when it was written. What was written
# long ago says nothing of now where the AI has answered since, or somebody has given the conversation back. Owners talk with Aurora.
# An emergency that crosses what the person writes rings: they can't have read it.
TAKE_OVER: LiteralString = f"""
with echo as (
  select m.id, m.organization_id, m.conversation_id, m.instance_id, m.message_type, m.content, m.provider_at,
    c.status, c.contact_id, m.provider_at + coalesce({PAUSE_HOURS}::float, %(pause_hours)s) * interval '1 hour' as pause_until
  from messages m
  join conversations c on c.id = m.conversation_id
  left join organization_settings s on s.organization_id = m.organization_id
  where %(takes_over)s and m.instance_id = {_INSTANCE} and m.external_id = %(external_id)s and m.author = 'shop_phone'
    and m.created_at = now() and not exists (
      select from contacts k
      join aurora_owner_numbers n on n.organization_id = k.organization_id and n.phone_key = k.phone_key and n.is_active
      where k.id = c.contact_id)
), {_JUDGED}, person as (
  select j.*
  from judged j
  where not j.automatic and j.pause_until > now()
    and not (j.provider_at < now() - interval '5 minutes' and exists (
      select from recent r
      where r.echo_id = j.id and r.sent_by_ai and r.turn_id is not null and r.status <> 'failed' and r.at > j.provider_at))
    and not exists (
      select from escalations e
      where e.conversation_id = j.conversation_id and e.closed_by not in ('timeout', 'customer')
        and e.closed_at > j.provider_at + interval '1 second')
), held as (
  update escalations e set pause_until = greatest(e.pause_until, p.pause_until)
  from person p
  where e.conversation_id = p.conversation_id and e.closed_at is null and p.status = 'escalated'
), opened as (
  insert into escalations (organization_id, conversation_id, case_key, reason, pause_until)
  select organization_id, conversation_id, 'phone:' || id::text, %(reason)s, pause_until
  from person
  where status = 'active'
  on conflict do nothing
), silenced as (
  update conversations c set status = 'escalated', updated_at = now()
  from person p
  where c.id = p.conversation_id and p.status = 'active'
), dropped as (
  update messages m set status = 'failed', next_attempt_at = null, {OVERTAKEN}
  from person p
  where m.conversation_id = p.conversation_id and m.status = 'queued' and m.sent_by_ai and m.turn_id is not null
), danger as (
  select m.emergency
  from person p
  join messages m on m.conversation_id = p.conversation_id and m.direction = 'incoming' and m.processed_at is null
  where p.status = 'active' and m.emergency is not null and m.provider_at > p.provider_at - interval '5 seconds'
  order by m.seq
  limit 1
), alert as (
  insert into alerts (organization_id, conversation_id, kind, title, body)
  select p.organization_id, p.conversation_id, 'emergency', 'Emergência: ' || coalesce(k.name, 'um cliente'),
    coalesce(%(emergencies)s::jsonb ->> d.emergency, '')
  from danger d, person p
  join contacts k on k.id = p.contact_id
  returning id
)
select j.conversation_id, case when p.id is not null then 'person' when j.automatic then 'automatic' else 'kept' end as outcome,
  (select id from alert) as alert_id
from judged j
left join person p on p.id = j.id
"""

# After the command was stored, in the place of the other.
HAND_BACK: LiteralString = f"""
with handed as (
  select c.id
  from messages m
  join conversations c on c.id = m.conversation_id
  where m.instance_id = {_INSTANCE} and m.external_id = %(external_id)s and m.author = 'shop_app' and m.created_at = now()
    and c.status = 'escalated'
), closed as (
  update escalations e set closed_at = now(), closed_by = 'shop_phone'
  from handed
  where e.conversation_id = handed.id and e.closed_at is null
), {REOPENED}
select id as conversation_id, 'handed_back' as outcome, null::uuid as alert_id from handed
"""

# Of a message `m` that is on its way: a turn wrote it, and a person has written on the phone since and has the conversation.
TAKEN_OVER: LiteralString = """
(m.sent_by_ai and m.turn_id is not null and exists (
  select from messages p
  join conversations c on c.id = p.conversation_id
  where p.conversation_id = m.conversation_id and p.seq > m.seq and p.author = 'shop_phone' and p.at_once is not null
    and c.status = 'escalated'))
"""

# An echo of our own send with words that we did not know may have been stored before the send's answer came, and what became of it told of
# the echo: ours is the row that stays, and the case that it opened is none.
FORGET: LiteralString = """
with echo as (
  select e.id, e.conversation_id
  from messages m
  join messages e on e.instance_id = m.instance_id and e.external_id = %(external_id)s
  where m.id = %(id)s and e.id <> m.id and e.from_me and not e.sent_by_ai
), conversation as materialized (
  select c.id
  from conversations c
  join echo on echo.conversation_id = c.id
  for no key update of c
), closed as (
  update escalations e set closed_at = now(), closed_by = 'own_message', resumed_at = now()
  from echo, conversation
  where e.conversation_id = conversation.id and e.case_key = 'phone:' || echo.id::text and e.closed_at is null
  returning e.conversation_id
), reopened as (
  update conversations c set status = 'active', updated_at = now()
  from closed
  where c.id = closed.conversation_id and c.status = 'escalated'
), gone as (
  delete from messages e
  using echo
  where e.id = echo.id
  returning e.*
)
insert into early_news (organization_id, instance_id, external_id, kind, at, error_code, error_detail)
select organization_id, instance_id, external_id, kind, at, error_code, error_detail
from gone
cross join lateral (values
  ('delivered', delivered_at), ('read', read_at), ('failed', case when status = 'failed' then now() end)) news (kind, at)
where at is not null
on conflict do nothing
"""

# An automatic text may come in before the message that it answers. The cases of the last minute are looked at again: first their
# conversations are locked, then it is seen what has come since.
LOCK_NEW_CASES: LiteralString = """
with locked as materialized (
  select c.id
  from conversations c
  join escalations e on e.conversation_id = c.id and e.closed_at is null
  where e.case_key like 'phone:%%' and e.opened_at > now() - interval '1 minute'
  for no key update of c skip locked
)
select set_config('patas.new_cases', coalesce(string_agg(id::text, ','), ''), true) from locked
"""

JUDGE_AGAIN: LiteralString = f"""
with echo as (
  select m.id, m.conversation_id, m.instance_id, m.message_type, m.content, m.provider_at, e.id as case_id
  from escalations e
  join messages m on m.conversation_id = e.conversation_id and e.case_key = 'phone:' || m.id::text
  where e.closed_at is null and e.conversation_id::text = any(string_to_array(current_setting('patas.new_cases', true), ','))
    and not exists (
      select from messages p
      where p.conversation_id = m.conversation_id and p.seq > m.seq and p.direction = 'outgoing' and not p.sent_by_ai
        and p.author is distinct from 'shop_app')
), {_JUDGED}, closed as (
  update escalations e set closed_at = now(), closed_by = 'automatic', resumed_at = now()
  from judged j
  where e.id = j.case_id and j.automatic
  returning e.conversation_id
)
update conversations c set status = 'active', updated_at = now()
from closed
where c.id = closed.conversation_id and c.status = 'escalated'
returning c.organization_id, c.id as conversation_id
"""


@dataclass(frozen=True)
class NewEcho:
    """What of an echo is to be done. `takes_over`: it says something to the customer, just now; `hands_back`: it is the command.

    `reason` is a new case's, as the team reads it, `emergencies` what it reads of each kind of one; `pause_hours` holds where the shop has
    not said.
    """

    takes_over: bool
    hands_back: bool
    reason: str
    emergencies: Jsonb
    pause_hours: float


class Echo(Document):
    """What came of an echo: `ours` was sent by us; a `person` has the conversation now, or has `handed_back`; `automatic` is the app's.

    `kept`: a person's words that change nothing. `alert_id` is the alert of an emergency that the person may not have seen.
    """

    conversation_id: UUID
    outcome: Literal["ours", "person", "automatic", "handed_back", "kept"]
    alert_id: UUID | None
