"""The waiting list: who waits for which visit, and the offer of a freed time under a hold."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Literal, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb
from pydantic import AwareDatetime

from service.agenda.queries.proposals import HOLD, LOCK, run
from service.agenda.visits import Item, Visit
from service.outreach.message import Notice, Occasion, Question
from service.outreach.queries import unasked
from service.outreach.queries.due import Addressed
from service.outreach.queries.unasked import Written
from service.platform.database import Database, Statement, readable, typed
from service.platform.documents import Document, JsonObject
from service.platform.journal import FENCE, JOURNAL, JOURNAL_COLUMNS, OUTCOME, Effect, journal_params, result_of
from service.platform.queries.bounds import OUTREACH
from service.platform.sqlstates import GONE


class Wish(Document):
    """A visit that is waited for, from one of the shop's days to another and between two times of its clock, the last day included."""

    id: UUID
    visit: Visit
    first_day: date
    last_day: date
    from_time: time
    until_time: time


class Entry(Wish):
    """What a customer waits for; `offered` while a time is held for them."""

    status: Literal["waiting", "offered"]


class Waiting(Wish, Addressed):
    """Somebody to whom a freed time may be offered; the offer stands `waiting_offer_minutes`."""

    conversation_id: UUID
    created_at: AwareDatetime
    waiting_offer_minutes: int


_JOIN: LiteralString = f"""
with {FENCE}, entry as (
  insert into waiting_list (organization_id, conversation_id, contact_id, visit, first_day, last_day, from_time, until_time)
  select patas.organization_id(), fence.id, %(contact_id)s, %(visit)s, %(first_day)s, %(last_day)s, %(from_time)s, %(until_time)s
  from fence
  where not exists (
    select from waiting_list w
    where w.contact_id = %(contact_id)s and w.status in ('waiting', 'offered')
    and w.visit -> 'wants' = %(visit)s::jsonb -> 'wants' and w.first_day = %(first_day)s and w.last_day = %(last_day)s)
  returning id
), effect as (
  {JOURNAL}
  select {JOURNAL_COLUMNS}, %(result)s
  from entry
  returning result
)
{OUTCOME}
"""

# An offer that stands is taken back with it.
_LEAVE: LiteralString = f"""
with {FENCE}, gone as (
  update waiting_list w set status = 'left'
  from fence
  where w.contact_id = %(contact_id)s and w.status in ('waiting', 'offered')
  returning w.id
), offers as (
  update proposals p set status = 'declined', settled_at = now(), settled_by = %(effect_turn)s
  from gone
  where p.waiting_list_id = gone.id and p.status = 'open'
  returning p.id
), freed as (
  delete from allocations a using offers where a.proposal_id = offers.id
), effect as (
  {JOURNAL}
  select {JOURNAL_COLUMNS}, %(result)s
  from fence
  where exists (select from gone)
  returning result
)
{OUTCOME}
"""

_ENTRIES: LiteralString = """
select id, visit, first_day, last_day, from_time, least(until_time, time '23:59') as until_time, status
from waiting_list
where contact_id = %(contact_id)s and status in ('waiting', 'offered')
order by created_at
"""

# The first of every shop, then the second of each, so that no shop's long list is another's wait. Who has booked the same meanwhile
# waits no longer for it; who is in the middle of something is asked when that is over.
_DUE: LiteralString = f"""
select w.id, w.organization_id, w.conversation_id, w.contact_id, w.visit, w.first_day, w.last_day, w.from_time,
  least(w.until_time, time '23:59') as until_time, w.created_at, o.zone as timezone, o.name as shop, k.name as contact,
  s.quiet_from, s.quiet_until, s.outreach_kinds, m.waiting_offer_minutes
from waiting_list w
join organizations o on o.id = w.organization_id
join {OUTREACH} s on s.organization_id = o.id
join organization_settings m on m.organization_id = o.id
join conversations c on c.id = w.conversation_id
join contacts k on k.id = w.contact_id
where w.status = 'waiting' and w.last_day >= (%(now)s::timestamptz at time zone o.zone)::date
  and c.status = 'active' and k.opted_out_at is null
  and not exists (select from proposals p
    where p.conversation_id = c.id and p.status = 'open' and p.kind <> 'confirm' and p.expires_at > %(now)s)
  and not exists (select from bookings b where b.contact_id = w.contact_id and b.status in ('scheduled', 'confirmed')
    and b.pet_id::text = w.visit #>> '{{wants,0,pet_id}}' and b.service_id::text = w.visit #>> '{{wants,0,service_id}}'
    and (b.starts_at at time zone o.zone)::date between w.first_day and w.last_day)
order by row_number() over (partition by w.organization_id order by w.created_at, w.id), w.created_at, w.id
limit 500
"""

_STILL_WAITS: LiteralString = f"""
with entry as (
  select id from waiting_list where id = %(entry_id)s and status = 'waiting' for update
)
select patas.require(exists (select from entry), '{GONE}', 'the entry waits no longer')
"""

# What was written opened the proposal; what could not be written at all is not tried again with the next freed time.
_MARK: LiteralString = """
update waiting_list w
set status = case when exists (select from proposals p where p.id = %(proposal_id)s) then 'offered' else 'missed' end
where w.id = %(entry_id)s and (exists (select from proposals p where p.id = %(proposal_id)s)
  or exists (select from outreach x
    where x.kind = 'waiting_list' and x.subject_id = w.id and x.occasion = %(occasion)s and x.status = 'skipped'))
"""

_FORGET: LiteralString = "update waiting_list set status = 'expired' where id = %(entry_id)s and status = 'waiting'"


async def join(
    db: Database, organization_id: UUID, effect: Effect, *, contact_id: UUID, visit: Visit, days: tuple[date, date], between: tuple[time, time],
    result: Mapping[str, object],
) -> JsonObject | None:  # fmt: skip
    """Put a customer on the list and journal `result`; None where the same waits already. One round trip. Raises Overtaken."""
    params = {
        **journal_params(effect), "contact_id": contact_id, "visit": Jsonb(visit.model_dump(mode="json")), "first_day": days[0],
        "last_day": days[1], "from_time": between[0], "until_time": between[1], "result": Jsonb(result),
    }  # fmt: skip
    joined: JsonObject | None = result_of((await db.run(organization_id, (_JOIN, params)))[0][0])
    return joined


async def leave(
    db: Database, organization_id: UUID, effect: Effect, *, contact_id: UUID, result: Mapping[str, object]
) -> JsonObject | None:
    """Take a customer off the list, open offers included, and journal `result`; None where nothing waits. Raises Overtaken."""
    params = {**journal_params(effect), "contact_id": contact_id, "result": Jsonb(result)}
    left: JsonObject | None = result_of((await db.run(organization_id, (_LEAVE, params)))[0][0])
    return left


async def entries(db: Database, organization_id: UUID, contact_id: UUID) -> list[Entry]:
    """List what a customer waits for, oldest first."""
    return typed(Entry, (await db.run(organization_id, (_ENTRIES, {"contact_id": contact_id})))[0])


async def due(db: Database, now: datetime) -> list[Waiting]:
    """List everybody to whom a time may be offered, of every shop, in the order of their waiting."""
    return readable(Waiting, (await db.system((_DUE, {"now": now})))[0])


async def offer(
    db: Database, organization_id: UUID, entry: Waiting, *, items: Sequence[Item], notice: Notice, question: Question, now: datetime
) -> Written:  # fmt: skip
    """Hold a time for whoever waits and write the offer, or neither. One round trip.

    Raises Taken where the time, or the entry, is gone.
    """
    # Whoever waits again, having been in the middle of something else, is offered the same time again.
    occasion = Occasion(entry.id, f"{items[0].starts_at.isoformat()} {question.id}")
    params = {
        "entry_id": entry.id, "proposal_id": question.id, "occasion": occasion.name,
        "resources": list({r for item in items for r in (item.resource_id, *item.also)}),
    }  # fmt: skip
    written = unasked.statements(
        kind="waiting_list",
        occasions=[occasion],
        contact_id=entry.contact_id,
        notice=notice,
        now=now,
        question=question,
    )
    statements: list[Statement] = [*written, (_STILL_WAITS, params), (LOCK, params), (HOLD, params), (_MARK, params)]
    results = await run(db, organization_id, statements)
    return unasked.outcome(results[len(written) - 1])


async def forget(db: Database, organization_id: UUID, entry_id: UUID) -> None:
    """Close an entry that nothing can be offered to any more: a pet or a service of it is gone."""
    await db.run(organization_id, (_FORGET, {"entry_id": entry_id}))
