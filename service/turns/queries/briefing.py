"""The briefing's statement: one JSON document, in one round trip."""

from typing import LiteralString
from uuid import UUID

from service.agenda.queries.catalog import SERVICE
from service.agenda.queries.desk import IS_PERSON
from service.platform.database import Database
from service.platform.queries.bounds import PAUSE_HOURS
from service.turns.briefing import Briefing

# What was deleted is not read, nor what nobody wrote, nor what came from the shop's phone and is nobody's word to the customer; of what was
# edited before it was read the row with the new words stands for both.
_READ: LiteralString = """
h.revoked_at is null and h.message_type <> 'revoke' and not (h.message_type = 'system' and btrim(h.content) = '')
and h.author is distinct from 'shop_app'
and not (h.message_type = 'edit' and exists (
  select from messages e where e.instance_id = h.instance_id and e.external_id = h.quoted_external_id and e.edited_at is not null))
"""

# Expects the alias `c` for the conversation. The history is the newest twenty rows in order, and every unanswered one.
BRIEFING: LiteralString = f"""
select jsonb_build_object(
  'now', now(),
  'conversation_id', c.id,
  'organization', jsonb_build_object(
    'id', o.id, 'name', o.name, 'timezone', o.zone, 'state', o.state, 'address', o.address, 'phone', o.phone),
  'settings', jsonb_build_object(
    'ai_config', coalesce(s.ai_config, '{{}}'), 'ai_personality', coalesce(s.ai_personality, '{{}}'),
    'lead_time_minutes', coalesce(s.lead_time_minutes, 0), 'slot_step_minutes', coalesce(s.slot_step_minutes, 30),
    'pause_hours', {PAUSE_HOURS}, 'emergency_text', s.emergency_text, 'payment_methods', s.payment_methods,
    'named_is_agreed', coalesce(s.named_is_agreed, true), 'closes_on_holidays', coalesce(s.closes_on_holidays, true),
    'cancel_notice_minutes', coalesce(s.cancel_notice_minutes, 0),
    'hold_minutes', coalesce(s.hold_minutes, 30)),
  'instance', jsonb_build_object('id', i.id, 'channel', i.channel),
  'contact', jsonb_build_object('id', k.id, 'name', k.name, 'phone', coalesce(k.phone, k.whatsapp_user_id),
    'waits', exists (select from waiting_list w where w.contact_id = k.id and w.status in ('waiting', 'offered'))),
  'owner', own.doc,
  'pets', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', p.id, 'name', p.name, 'species', p.species, 'breed', p.breed,
      'birth_date', p.birth_date, 'size', p.size, 'coat', p.coat) order by p.created_at, p.name), '[]')
    from pets p
    where p.contact_id = k.id and p.died_on is null),
  'appointments', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', b.id, 'pet', p.name, 'service', v.name, 'starts_at', b.starts_at,
      'ends_at', b.ends_at, 'status', b.status, 'professional', case when {IS_PERSON} then r.name else '' end, 'price_cents', b.price_cents,
      'package', c2.name) order by b.starts_at), '[]')
    from bookings b
    join services v on v.id = b.service_id
    join resources r on r.id = b.resource_id
    left join pets p on p.id = b.pet_id
    left join contact_packages c2 on c2.id = b.package_id
    where b.contact_id = k.id and b.starts_at >= now() and b.status in ('scheduled', 'confirmed')),
  'services', (
    select coalesce(jsonb_agg({SERVICE} order by v.name), '[]')
    from services v
    where v.organization_id = o.id and v.is_active),
  'hours', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'weekday', h.weekday, 'opens_at', h.opens_at, 'closes_at', h.closes_at)
      order by h.weekday, h.opens_at), '[]')
    from business_hours h
    where h.organization_id = o.id),
  'closures', (
    select coalesce(jsonb_agg(jsonb_build_object('first', x.starts_on, 'last', x.ends_on, 'reason', x.reason)
      order by x.starts_on), '[]')
    from closures x
    where x.organization_id = o.id and x.ends_on >= current_date - 1),
  'special_hours', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'day', x.day, 'opens_at', x.opens_at, 'closes_at', x.closes_at, 'reason', x.reason) order by x.day), '[]')
    from special_hours x
    where x.organization_id = o.id and x.day >= current_date - 1),
  'history', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', m.id, 'seq', m.seq, 'direction', m.direction, 'sent_by_ai', m.sent_by_ai,
      'author', m.author, 'ai_message_id', m.ai_message_id, 'message_type', m.message_type, 'content', m.content,
      'at', coalesce(m.provider_at, m.created_at), 'external_id', m.external_id, 'quoted_external_id', m.quoted_external_id,
      'proposal_id', coalesce(m.proposal_id, case when m.message_type = 'reaction' and m.processed_at is null then (
        select q.proposal_id
        from messages q
        where q.instance_id = m.instance_id and q.external_id = m.quoted_external_id) end),
      'quoted', (
        select jsonb_build_object('from_us', q.direction = 'outgoing', 'content', left(q.content, 300))
        from messages q
        where q.instance_id = m.instance_id and q.external_id = m.quoted_external_id and m.direction = 'incoming'
          and q.conversation_id = c.id and q.revoked_at is null and m.message_type not in ('edit', 'revoke')),
      'voice', case when m.message_type = 'audio' then (
        select jsonb_build_object('status', v.status, 'is_heard', v.is_heard, 'confidence', v.confidence)
        from media v
        where v.message_id = m.id) end,
      'referral', m.referral, 'button_id', m.button_id, 'edited', m.edited_at is not null,
      'unanswered', m.direction = 'incoming' and m.processed_at is null, 'emergency', m.emergency, 'status', m.status,
      'turn_id', m.turn_id, 'correlation_id', m.correlation_id) order by m.seq), '[]')
    from (
      (select * from messages h where h.conversation_id = c.id and {_READ} order by h.seq desc limit 20)
      union
      (select * from messages where conversation_id = c.id and direction = 'incoming' and processed_at is null)
    ) m),
  'withdrawn', (
    select coalesce(jsonb_agg(w.id), '[]')
    from (
      select h.id
      from messages h
      where h.conversation_id = c.id and h.direction = 'incoming' and h.processed_at = h.revoked_at
      order by h.seq desc
      limit 20) w),
  'replied', (
    select m.turn_id
    from messages m
    where m.conversation_id = c.id and m.sent_by_ai and m.ai_message_id = m.turn_id::text
        and (m.status <> 'failed' or m.error_code is distinct from 'person_answered')
    order by m.seq desc
    limit 1),
  'effects', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'effect_key', f.effect_key, 'tool_call_id', f.tool_call_id, 'name', f.name,
      'args', f.args, 'result', f.result, 'turn_id', f.turn_id) order by f.id), '[]')
    from turn_effects f where f.turn_id in (
      select m.turn_id
      from messages m
      where m.conversation_id = c.id and m.direction = 'incoming' and m.processed_at is null
      union
      select e.id
      from escalations e
      where e.conversation_id = c.id and e.closed_at is not null and e.resumed_at is null)),
  'proposal', (
    select jsonb_build_object('id', p.id, 'kind', p.kind, 'items', p.items, 'result', p.result, 'call', p.call,
      'expired', p.status = 'expired' or p.expires_at <= now(), 'waiting_list_id', p.waiting_list_id)
    from (select * from proposals where conversation_id = c.id order by created_at desc limit 1) p
    where p.status in ('open', 'expired')),
  'handback', (
    select jsonb_build_object('id', e.id, 'reason', e.reason, 'note', e.note, 'opened_at', e.opened_at, 'closed_by', e.closed_by)
    from escalations e
    where e.conversation_id = c.id and e.closed_at is not null and e.resumed_at is null
    order by e.closed_at desc
    limit 1),
  'today', case when own.doc is not null then (
    select jsonb_build_object(
      'bookings_by_status', coalesce(jsonb_object_agg(t.status, t.n), '{{}}'),
      'revenue_cents', coalesce(sum(t.revenue), 0),
      'clients_served', (
        select count(distinct b.contact_id)
        from bookings b
        where b.organization_id = o.id and b.status = 'completed'
          and b.starts_at >= day.start and b.starts_at < day.finish))
    from (select b.status, count(*) as n, sum(b.price_cents) filter (where b.status = 'completed') as revenue
      from bookings b
      where b.organization_id = o.id and b.starts_at >= day.start and b.starts_at < day.finish
      group by b.status) t) end
)
from organizations o
join whatsapp_instances i on i.id = c.instance_id
join contacts k on k.id = c.contact_id
left join organization_settings s on s.organization_id = o.id
left join lateral (
  select jsonb_build_object('id', n.id, 'name', n.name, 'user_id', n.user_id) as doc
  from aurora_owner_numbers n
  where n.organization_id = o.id and n.phone_key = k.phone_key and n.is_active limit 1
) own on true
cross join lateral (
  select date_trunc('day', now() at time zone o.zone) at time zone o.zone as start,
    (date_trunc('day', now() at time zone o.zone) + interval '1 day') at time zone o.zone as finish
) day
where o.id = c.organization_id
"""


async def load(db: Database, organization_id: UUID, conversation_id: UUID) -> Briefing | None:
    """Load the briefing outside of a claimed turn (LangGraph Studio, a resumed thread). None where there is no such conversation."""
    sql: LiteralString = f"select ({BRIEFING}) as briefing from conversations c where c.id = %(conversation_id)s"
    rows = (await db.run(organization_id, (sql, {"conversation_id": conversation_id})))[0]
    return Briefing.model_validate(rows[0]["briefing"]) if rows else None
