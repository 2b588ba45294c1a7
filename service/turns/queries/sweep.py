"""Find what a crash, a Redis flush or a deploy left behind, from Postgres alone, across organizations."""

from typing import LiteralString

from service.messaging.queries import media
from service.messaging.queries.conversations import ANSWERED
from service.messaging.queries.echoes import JUDGE_AGAIN, LOCK_NEW_CASES, TAKEN_OVER
from service.platform.database import Database, Row
from service.platform.queries.bounds import QUIET_CAP, QUIET_WINDOW
from service.platform.settings import RETRY_DELAYS, Settings

# Seconds that work may be due before it counts as left behind, until a conversation is woken again, and until people are told again.
GRACE = 3.0
REWAKE = 15.0
RETELL = 60.0
RAW_BATCH = 5000

# Due for longer than the grace: a wake-up would have come. Who was woken lately may be waiting in a long queue. An emergency is due at
# once.
_UNANSWERED: LiteralString = f"""
with waiting as (
  select m.conversation_id, max(m.created_at) as newest, min(m.created_at) as oldest, bool_or(m.emergency is not null) as urgent
  from messages m
  where m.direction = 'incoming' and m.processed_at is null
  group by m.conversation_id
  union all
  select e.conversation_id, e.closed_at - interval '1 day', e.closed_at, false
  from escalations e
  where e.closed_at is not null and e.resumed_at is null
), due as (
  select c.id from conversations c
  join (
    select conversation_id, max(newest) as newest, min(oldest) as oldest, bool_or(urgent) as urgent
    from waiting
    group by conversation_id
  ) w on w.conversation_id = c.id
  left join organization_settings s on s.organization_id = c.organization_id
  where c.status = 'active'
    and coalesce(greatest(c.lease_until, case when not w.urgent then c.retry_at end), '-infinity')
      < now() - make_interval(secs => %(grace)s)
    and coalesce(c.woken_at, '-infinity') < now() - make_interval(secs => %(rewake)s)
    and least(
      case when w.urgent then w.oldest end,
      w.newest + make_interval(secs => coalesce({QUIET_WINDOW}, %(quiet_window)s)::float),
      w.oldest + make_interval(secs => coalesce({QUIET_CAP}, %(quiet_cap)s)::float)
    ) < now() - make_interval(secs => %(grace)s)
  limit 1000
  for update of c skip locked
)
update conversations c set woken_at = now() from due where c.id = due.id
returning c.organization_id, c.id as conversation_id
"""

_UNSENT: LiteralString = """
select distinct m.organization_id, m.conversation_id
from messages m
join whatsapp_instances i on i.id = m.instance_id
where m.status = 'queued' and m.created_at < now() - make_interval(secs => %(grace)s)
  and coalesce(greatest(m.next_attempt_at, i.sends_paused_until), '-infinity') < now() - make_interval(secs => %(grace)s)
limit 1000
"""

# Of workers that died over a conversation where nothing is left to answer.
_DEAD_LEASES: LiteralString = """
update conversations set lease_token = null, lease_until = null
where lease_until < now() - make_interval(secs => %(lease_seconds)s)
"""

# The provider may have accepted these: sending them again could repeat them, so they become visible failures instead.
_UNSETTLED: LiteralString = f"""
with unsettled as (
  select m.id, %(resend)s and m.send_attempts <= %(retries)s and not {TAKEN_OVER} as resent
  from messages m
  where m.status = 'sending' and m.sending_since < now() - make_interval(secs => %(deadline)s)
  for update of m skip locked
), resent as (
  update messages m set status = 'queued', sending_since = null, next_attempt_at = null
  from unsettled u
  where m.id = u.id and u.resent
  returning m.organization_id, m.conversation_id
), failed as (
  update messages m set status = 'failed', error_code = coalesce(error_code, 'unsettled'),
    error_detail = 'O WhatsApp não confirmou o envio; confira no aparelho antes de enviar de novo.'
  from unsettled u where m.id = u.id and not u.resent
  returning m.id, organization_id, conversation_id, send_attempts, error_code, error_detail
), letters as (
  insert into dead_letters (organization_id, conversation_id, kind, payload, error_type, error, attempts)
  select organization_id, conversation_id, 'send', jsonb_build_object('message_id', id), error_code, error_detail, send_attempts
  from failed
), alerts as (
  insert into alerts (organization_id, conversation_id, kind, title, body)
  select organization_id, conversation_id, 'send_failed', 'Mensagem sem confirmação de envio', error_detail
  from failed
)
select organization_id, conversation_id from failed
union
select organization_id, conversation_id from resent
"""

_EXPIRED_PAUSES: LiteralString = f"""
with closed as (
  update escalations set closed_at = now(), closed_by = 'timeout'
  where closed_at is null and pause_until < now()
  returning organization_id, conversation_id
), reopened as (
  update conversations c set status = 'active', updated_at = now() from closed
  where c.id = closed.conversation_id and c.status = 'escalated'
), handed as (
  select conversation_id as id from closed
), answered as (
  {ANSWERED}
)
select organization_id, conversation_id from closed
"""

# Proposals end by themselves, and what they held is free; an offer of the waiting list goes on to the next.
_EXPIRED_PROPOSALS: LiteralString = """
with expired as (
  update proposals set status = 'expired', settled_at = now()
  where status = 'open' and expires_at <= now()
  returning id, waiting_list_id
), missed as (
  update waiting_list w set status = 'missed'
  from expired
  where w.id = expired.waiting_list_id and w.status = 'offered'
)
delete from allocations a using expired where a.proposal_id = expired.id
"""

_EXPIRED_WAITING: LiteralString = """
update waiting_list w set status = 'expired' from organizations o
where o.id = w.organization_id and w.status = 'waiting' and w.last_day < (now() at time zone o.zone)::date
"""

# One whose webhook did not take it is tried again once a minute.
_UNNOTIFIED: LiteralString = """
with due as (
  select id
  from alerts
  where notified_at is null and created_at < now() - make_interval(secs => %(grace)s)
    and coalesce(tried_at, '-infinity') < now() - make_interval(secs => %(retell)s)
  limit 1000
  for update skip locked
)
update alerts a set tried_at = now() from due where a.id = due.id
returning a.id
"""

_OLD_RAW: LiteralString = """
update messages set raw = null where id in (
  select id
  from messages
  where raw is not null and created_at < now() - make_interval(secs => %(days)s * 86400.0)
  limit %(batch)s)
returning id
"""

_OLD_EFFECTS: LiteralString = "delete from turn_effects where created_at < now() - interval '30 days'"
# Of messages that never came, or that are not ours.
_OLD_NEWS: LiteralString = "delete from early_news where created_at < now() - interval '1 day'"


async def find_left_behind(db: Database, settings: Settings) -> dict[str, list[Row]]:
    """Close what ran out and list what must be woken: `unanswered` and `unsent` conversations, unnotified `alerts`.

    `files` are to be fetched or heard. Where a send was just settled by the deadline the conversation is in `unsettled` too.
    """
    params = {
        "grace": GRACE, "rewake": REWAKE, "retell": RETELL, "lease_seconds": settings.lease_seconds,
        "quiet_window": settings.quiet_window, "quiet_cap": settings.quiet_cap,
        "deadline": settings.send_deadline, "resend": settings.send_unconfirmed == "resend", "retries": len(RETRY_DELAYS),
    }  # fmt: skip
    statements = (
        _UNSETTLED, _EXPIRED_PAUSES, LOCK_NEW_CASES, JUDGE_AGAIN, _UNANSWERED, _UNSENT, _UNNOTIFIED, _DEAD_LEASES, _EXPIRED_PROPOSALS,
        _EXPIRED_WAITING, media.DUE,
    )  # fmt: skip
    unsettled, paused, _, automatic, unanswered, unsent, alerts, *_, files = await db.system(
        *((statement, params) for statement in statements)
    )
    return {
        "unanswered": [*paused, *automatic, *unanswered],
        "unsent": [*unsettled, *unsent],
        "unsettled": unsettled,
        "alerts": alerts,
        "files": files,
    }


async def prune_effects(db: Database) -> None:
    """Forget the journal of turns that ended long ago, and what was told of messages that never came."""
    await db.system((_OLD_EFFECTS, {}), (_OLD_NEWS, {}))


async def forget_raw(db: Database, *, days: float) -> int:
    """Forget what providers sent beyond what the columns hold, of messages older than `days`. Returns how many."""
    forgotten = 0
    while rows := (await db.system((_OLD_RAW, {"days": days, "batch": RAW_BATCH})))[0]:
        forgotten += len(rows)
    return forgotten


async def threads_with_history(db: Database) -> list[str]:
    """List threads that keep more than their newest checkpoint, at most a thousand."""
    sql: LiteralString = """
    select thread_id
    from checkpoints.checkpoints
    group by thread_id, checkpoint_ns
    having count(*) > 1
    limit 1000
    """
    return sorted({row["thread_id"] for row in (await db.system((sql, {})))[0]})
