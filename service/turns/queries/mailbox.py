"""The mailbox: which conversation has something unanswered, who may answer it, and the one commit that ends a turn.

A conversation is worked on under a fenced lease: `lease_token` names the holder, and everything a turn writes at its end is
written only while that token still stands.
"""

from typing import LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb
from pydantic import TypeAdapter, ValidationError

from service.messaging.channels.base import Instance
from service.platform.database import Database, Row
from service.platform.journal import MAX_REDRAFTS
from service.platform.queries.bounds import QUIET_CAP, QUIET_WINDOW
from service.turns.briefing import Briefing
from service.turns.limits import Usage
from service.turns.queries.briefing import BRIEFING
from service.turns.turn import Buried, Busy, Case, Claim, Commit, Committed, Failure, Lease, Unreadable

_INSTANCE = TypeAdapter(Instance)

# When the unanswered of the conversation `c` are due: once the customer has been quiet for the window, or was waited for long enough. The
# pictures that an album has announced are waited for as long, and voice notes that are being heard for their own bound. An emergency needs
# no more words.
_DUE: LiteralString = f"""
select case
  when w.urgent then w.oldest
  else greatest(least(
    greatest(
      w.newest + w.quiet,
      (select max(a.created_at) + w.cap
        from messages a
        where a.conversation_id = c.id and a.created_at > now() - w.cap and a.parts > (
          select count(*)
          from messages p
          where p.conversation_id = c.id and p.seq > a.seq and p.direction = 'incoming' and p.message_type in ('image', 'video')))),
    w.oldest + w.cap), case when w.speaking is not null then
      least(w.speaking, w.oldest + w.cap) + make_interval(secs => %(voice_wait)s) end) end
from (
  select max(m.created_at) as newest, min(m.created_at) as oldest, bool_or(m.emergency is not null) as urgent,
    max(case when m.message_type = 'audio' then (
      select m.created_at
      from media v
      where v.message_id = m.id and v.is_heard and v.status in ('fetch', 'hear')) end) as speaking,
    make_interval(secs => coalesce(max({QUIET_WINDOW}), %(quiet_window)s)::float) as quiet,
    make_interval(secs => coalesce(max({QUIET_CAP}), %(quiet_cap)s)::float) as cap
  from messages m
  left join organization_settings s on s.organization_id = m.organization_id
  where m.conversation_id = c.id and m.direction = 'incoming' and m.processed_at is null
) w
where w.newest is not null
"""

# An emergency needs no model: it does not wait for a retry's time.
_LEASE: LiteralString = f"""
update conversations c
set lease_token = %(token)s, lease_until = now() + make_interval(secs => %(lease_seconds)s), turn_claims = turn_claims + 1,
  turn_revised = false
where c.id = %(conversation_id)s and c.status = 'active'
  and (c.lease_until is null or c.lease_until < now())
  and (c.retry_at is null or c.retry_at <= now() or exists (select from messages m
    where m.conversation_id = c.id and m.direction = 'incoming' and m.processed_at is null and m.emergency is not null))
  and (
    exists (select from escalations e where e.conversation_id = c.id and e.closed_at is not null and e.resumed_at is null)
    or ({_DUE}) <= now()
  )
"""

# A retried turn keeps its id, so that its checkpoint and its journal are found again; a hand-back's turn is named after its case.
_CLAIM: LiteralString = """
update messages m
set turn_id = coalesce(
  (select t.turn_id from messages t where t.conversation_id = m.conversation_id and t.direction = 'incoming'
     and t.processed_at is null and t.turn_id is not null limit 1),
  (select e.id from escalations e where e.conversation_id = m.conversation_id and e.closed_at is not null and e.resumed_at is null
     order by e.closed_at desc limit 1),
  %(turn_id)s)
where m.conversation_id = %(conversation_id)s and m.direction = 'incoming' and m.processed_at is null and m.turn_id is null
  and exists (select from conversations c where c.id = m.conversation_id and c.lease_token = %(token)s)
"""

_STATE: LiteralString = f"""
select c.status, c.lease_token = %(token)s as leased, c.turn_claims, c.turn_failures,
  extract(epoch from greatest(
    c.lease_until - now(), c.retry_at - now(),
    ({_DUE}) - now()))::float as wait_seconds,
  exists (select from messages m where m.conversation_id = c.id and m.direction = 'incoming' and m.processed_at is null)
    or exists (select from escalations e
      where e.conversation_id = c.id and e.closed_at is not null and e.resumed_at is null) as unanswered,
  case when c.lease_token = %(token)s then ({BRIEFING}) end as briefing,
  case when c.lease_token = %(token)s then coalesce(
    (select m.turn_id
      from messages m
      where m.conversation_id = c.id and m.direction = 'incoming' and m.processed_at is null
      limit 1),
    (select e.id
      from escalations e
      where e.conversation_id = c.id and e.closed_at is not null and e.resumed_at is null
      order by e.closed_at desc
      limit 1)) end as turn_id,
  case when c.lease_token = %(token)s then (
    select jsonb_build_object('id', i.id, 'channel', i.channel,
      'phone_number_id', i.phone_number_id, 'instance_name', i.instance_name, 'api_url', i.api_url, 'access_token', i.access_token)
    from whatsapp_instances i
    where i.id = c.instance_id) end as instance,
  case when c.lease_token = %(token)s then (
    select count(*)
    from ai_interactions a
    where a.conversation_id = c.id and a.created_at > greatest(now() - interval '1 hour',
      coalesce((select max(e.closed_at) from escalations e where e.conversation_id = c.id), '-infinity')))::int end as contact_turns,
  case when c.lease_token = %(token)s and limits.shop_turns_per_day is not null then (
    select count(*)
    from ai_interactions a
    where a.organization_id = c.organization_id and a.created_at > now() - interval '1 day')::int end as shop_turns,
  limits.contact_turns_per_hour, limits.shop_turns_per_day,
  c.address
from conversations c
left join organization_settings limits on limits.organization_id = c.organization_id
where c.id = %(conversation_id)s
"""

_COMMIT: LiteralString = """
with lease as (
  update conversations
  set lease_token = null, lease_until = null, turn_claims = 0, turn_failures = 0, turn_redrafts = 0, retry_at = null,
    updated_at = now()
  where id = %(conversation_id)s and lease_token = %(token)s
    and (%(content)s::text is null or status <> 'active' or turn_redrafts >= %(max_redrafts)s
      or exists (select from turn_effects f where f.turn_id = %(turn_id)s)
      or (not turn_revised and not exists (select from messages m where m.conversation_id = conversations.id and m.direction = 'incoming'
        and m.processed_at is null and m.turn_id is null)))
  returning id, organization_id, instance_id, status
), answered as (
  update messages m set processed_at = now() from lease
  where m.conversation_id = lease.id and m.id = any(%(answered)s) and m.processed_at is null
  returning m.id
), left_over as (
  update messages m set turn_id = null from lease
  where m.conversation_id = lease.id and m.turn_id = %(turn_id)s and m.direction = 'incoming' and m.processed_at is null
    and not m.id = any(%(answered)s)
), reply as (
  insert into messages (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, ai_message_id,
    author, status, turn_id, correlation_id, proposal_id)
  select organization_id, id, instance_id, 'outgoing', true, true, %(content)s, %(turn_id)s::text, %(ai_type)s, 'queued',
    %(turn_id)s, %(correlation_id)s, (
      select p.id
      from proposals p
      where p.conversation_id = lease.id and p.status = 'open' and (p.turn_id = %(turn_id)s or p.id = %(question)s::uuid))
  from lease where %(content)s::text is not null and status = 'active'
  on conflict on constraint messages_ai do nothing
  returning id
), interaction as (
  insert into ai_interactions (organization_id, conversation_id, turn_id, ai_type, model, temperature, prompt_tokens,
    cached_tokens, cache_write_tokens, completion_tokens, total_tokens, function_calls, function_results, status, model_calls, latency_ms,
    cost_usd)
  select organization_id, id, %(turn_id)s, %(ai_type)s, %(model)s, %(temperature)s, %(prompt_tokens)s,
    %(cached_tokens)s, %(cache_write_tokens)s, %(completion_tokens)s,
    %(prompt_tokens)s::int + %(completion_tokens)s::int, %(function_calls)s, %(function_results)s, 'success',
    %(model_calls)s, %(latency_ms)s, %(cost_usd)s
  from lease where %(model_calls)s::int > 0
  on conflict (turn_id) do update
  set (prompt_tokens, cached_tokens, cache_write_tokens, completion_tokens, total_tokens, function_calls, function_results, status, error,
      model_calls, latency_ms, cost_usd, temperature, model)
    = (excluded.prompt_tokens, excluded.cached_tokens, excluded.cache_write_tokens, excluded.completion_tokens, excluded.total_tokens,
      excluded.function_calls, excluded.function_results, 'success', null, excluded.model_calls, excluded.latency_ms, excluded.cost_usd,
      excluded.temperature, excluded.model)
    where ai_interactions.status = 'error'
  returning id
), resumed as (
  update escalations e set resumed_at = now() from lease
  where e.conversation_id = lease.id and e.closed_at <= %(claimed_at)s and e.resumed_at is null
), aurora as (
  insert into aurora_proactive_messages (organization_id, owner_number_id, conversation_id, message_id, turn_id, content)
  select lease.organization_id, %(owner_number_id)s, lease.id, reply.id, %(turn_id)s, %(content)s
  from lease, reply where %(owner_number_id)s::uuid is not null
  on conflict (turn_id) do nothing
)
select
  exists (select from lease) as leased,
  (select status from lease) as status,
  (select count(*) from answered)::int as answered,
  (select id from reply) as reply_id,
  exists (select from interaction) as interaction_saved,
  exists (select from messages m
    where m.conversation_id = %(conversation_id)s and m.direction = 'incoming' and m.processed_at is null
    and not m.id = any(%(answered)s))
    or exists (select from escalations e
      where e.conversation_id = %(conversation_id)s and e.closed_at > %(claimed_at)s and e.resumed_at is null) as more
"""

_GIVE_BACK: LiteralString = """
update conversations
set lease_token = null, lease_until = null, turn_failures = turn_failures + %(counts)s::int,
  retry_at = now() + make_interval(secs => %(delay)s)
where id = %(conversation_id)s and lease_token = %(token)s
returning turn_failures
"""

_RELEASE: LiteralString = """
update conversations
set lease_token = null, lease_until = null, turn_claims = greatest(turn_claims - 1, 0), turn_redrafts = turn_redrafts + %(redrafts)s
where id = %(conversation_id)s and lease_token = %(token)s
returning turn_redrafts
"""

# The parts of giving a turn to a person: the AI goes quiet, a case opens, the customer is told, the team hears of it. A customer whom
# a person has taken over already is told nothing by a machine.
_TO_PERSON: LiteralString = """
before as (
  select id, status
  from conversations
  where id = %(conversation_id)s and lease_token = %(token)s
  for no key update
), lease as (
  update conversations c
  set lease_token = null, lease_until = null, turn_claims = 0, turn_failures = 0, turn_redrafts = 0, retry_at = null,
    status = 'escalated', updated_at = now()
  from before
  where c.id = before.id
  returning c.id, c.organization_id, c.instance_id, before.status as was
), resumed as (
  update escalations e set resumed_at = now() from lease
  where e.conversation_id = lease.id and e.closed_at is not null and e.resumed_at is null
), escalation as (
  insert into escalations (organization_id, conversation_id, case_key, reason, pause_until)
  select organization_id, id, %(case_key)s, %(reason)s, now() + %(pause)s
  from lease
  on conflict do nothing
), reply as (
  insert into messages (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, ai_message_id,
    author, status, turn_id)
  select organization_id, id, instance_id, 'outgoing', true, true, %(content)s, %(case_key)s, 'system', 'queued', %(turn_id)s
  from lease
  where was = 'active'
  on conflict on constraint messages_ai do nothing
), alert as (
  insert into alerts (organization_id, conversation_id, kind, title, body)
  select organization_id, id, %(alert_kind)s, %(title)s, %(detail)s from lease returning id
)
"""

_BURY: LiteralString = f"""
with {_TO_PERSON}, turn as (
  update messages m set processed_at = now() from lease
  where m.conversation_id = lease.id and m.turn_id = %(turn_id)s and m.direction = 'incoming' and m.processed_at is null
  returning m.id
), letter as (
  insert into dead_letters (organization_id, conversation_id, kind, payload, error_type, error, attempts)
  select organization_id, id, 'turn',
    jsonb_build_object(
      'turn_id', %(turn_id)s::uuid, 'message_ids', (select coalesce(jsonb_agg(turn.id), '[]') from turn)),
    %(error_type)s, %(detail)s, %(attempts)s
  from lease returning id
), interaction as (
  insert into ai_interactions (organization_id, conversation_id, turn_id, ai_type, model, status, error)
  select organization_id, id, %(turn_id)s, %(ai_type)s, %(model)s, 'error', %(detail)s
  from lease
  on conflict (turn_id) do nothing
)
select letter.id as dead_letter_id, alert.id as alert_id from letter, alert
"""

# What was said stays unanswered, for the person and for the AI after the hand-back.
_SET_ASIDE: LiteralString = f"""
with {_TO_PERSON}, turn as (
  update messages m set turn_id = null from lease
  where m.conversation_id = lease.id and m.turn_id = %(turn_id)s and m.direction = 'incoming' and m.processed_at is null
)
select alert.id as alert_id from alert
"""


async def claim(
    db: Database,
    organization_id: UUID,
    conversation_id: UUID,
    *,
    token: UUID,
    turn_id: UUID,
    lease_seconds: float,
    quiet_window: float,
    quiet_cap: float,
    voice_wait: float,
) -> Claim | Unreadable | Busy | None:
    """Take the lease and everything unanswered, and load what the turn needs: one round trip.

    `turn_id` names a turn that is new. Returns Busy where the lease is somebody else's, or it is not time yet; None where the organization
    has no such conversation.
    """
    params = {
        "conversation_id": conversation_id, "token": token, "turn_id": turn_id, "lease_seconds": lease_seconds,
        "quiet_window": quiet_window, "quiet_cap": quiet_cap, "voice_wait": voice_wait,
    }  # fmt: skip
    rows = (await db.run(organization_id, (_LEASE, params), (_CLAIM, params), (_STATE, params)))[2]
    if not rows:
        return None
    row = rows[0]
    if not row["leased"]:
        waits = row["status"] == "active" and row["unanswered"] and (row["wait_seconds"] or 0) > 0
        return Busy(row["wait_seconds"] if waits else None)
    lease = Lease(organization_id, conversation_id, row["turn_id"], token)
    try:
        briefing = Briefing.model_validate(row["briefing"])
    except ValidationError as error:
        return Unreadable(lease, "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()))
    return Claim(
        lease=lease,
        briefing=briefing,
        instance=_INSTANCE.validate_python(row["instance"]),
        address=row["address"],
        claims=row["turn_claims"],
        failures=row["turn_failures"],
        usage=Usage(row["contact_turns"], row["shop_turns"], row["contact_turns_per_hour"], row["shop_turns_per_day"]),
    )


async def extend_lease(db: Database, lease: Lease, seconds: float) -> bool:
    """Keep the lease alive; False when it is no longer ours."""
    sql: LiteralString = """
        update conversations set lease_until = now() + make_interval(secs => %(lease_seconds)s)
        where id = %(conversation_id)s and lease_token = %(token)s returning true as held"""
    return bool((await db.run(lease.organization_id, (sql, _held(lease) | {"lease_seconds": seconds})))[0])


async def commit(db: Database, lease: Lease, turn: Commit) -> Committed | None:
    """End a turn: reply, interaction, answered messages and lease in one statement. None where nothing was written: the lease is lost, or
    the customer wrote on while the turn had done nothing yet, and the draft is stale.

    A reply is not written when a person took the conversation over while it was being thought up.
    """
    done = turn.interaction
    params = _held(lease) | {
        "max_redrafts": MAX_REDRAFTS, "claimed_at": turn.claimed_at, "answered": list(turn.answered), "content": turn.content,
        "correlation_id": turn.correlation_id, "owner_number_id": turn.owner_number_id,
        "question": turn.question, "ai_type": done.ai_type, "model": done.model,
        "temperature": done.temperature, "prompt_tokens": done.prompt_tokens, "cached_tokens": done.cached_tokens,
        "cache_write_tokens": done.cache_write_tokens, "completion_tokens": done.completion_tokens,
        "model_calls": done.model_calls, "function_calls": Jsonb(list(done.function_calls)),
        "function_results": Jsonb(list(done.function_results)), "latency_ms": done.latency_ms, "cost_usd": done.cost_usd,
    }  # fmt: skip
    row = (await db.run(lease.organization_id, (_COMMIT, params)))[0][0]
    return Committed(row["answered"], row["reply_id"], row["interaction_saved"], row["more"]) if row["leased"] else None


async def release(db: Database, lease: Lease, *, redraft: bool) -> bool:
    """Put a turn back as if it had not begun; the next one answers the same messages and those that came since.

    `redraft` counts it, so that a customer who never stops writing is answered all the same. False where the lease was lost.
    """
    return bool((await db.run(lease.organization_id, (_RELEASE, _held(lease) | {"redrafts": int(redraft)})))[0])


async def give_back(db: Database, lease: Lease, *, delay: float, counts: bool) -> bool:
    """Release a failed turn for a retry in `delay` seconds; one that `counts` is one of its attempts. False where the lease was lost."""
    return bool((await db.run(lease.organization_id, (_GIVE_BACK, _held(lease) | {"delay": delay, "counts": counts})))[0])


async def bury(db: Database, lease: Lease, case: Case, failure: Failure) -> Buried | None:
    """Give up on a turn: dead letter, open case, holding sentence and alert in one statement. None where the lease was lost."""
    params = _to_person(lease, case, f"failed:{lease.turn_id}") | {
        "detail": failure.detail, "error_type": failure.error_type, "attempts": failure.attempts, "ai_type": failure.ai_type,
        "model": failure.model,
    }  # fmt: skip
    rows = (await db.run(lease.organization_id, (_BURY, params)))[0]
    return Buried(rows[0]["dead_letter_id"], rows[0]["alert_id"]) if rows else None


async def set_aside(db: Database, lease: Lease, case: Case) -> UUID | None:
    """Give a turn to a person without having tried it: open case, holding sentence and alert, whose id is returned.

    None where the lease was lost.
    """
    params = _to_person(lease, case, f"limit:{lease.turn_id}") | {"detail": case.reason}
    rows: list[Row] = (await db.run(lease.organization_id, (_SET_ASIDE, params)))[0]
    return rows[0]["alert_id"] if rows else None


def _held(lease: Lease) -> dict[str, object]:
    return {"conversation_id": lease.conversation_id, "turn_id": lease.turn_id, "token": lease.token}


def _to_person(lease: Lease, case: Case, key: str) -> dict[str, object]:
    """Return the parameters of `_TO_PERSON`, but for the alert's `detail`; `key` names the case within the conversation."""
    return _held(lease) | {
        "case_key": key, "reason": case.reason, "content": case.content, "title": case.title, "alert_kind": case.alert, "pause": case.pause,
    }  # fmt: skip
