"""A freed time is offered to the first who waits for it and whom it fits, under a hold; unanswered, it goes to the next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from service.agenda import proposals
from service.agenda.queries import desk as agenda
from service.agenda.queries.proposals import Taken
from service.agenda.visits import Desk, Item, Visit
from service.language.times import Times
from service.outreach import kinds, reminders
from service.outreach.message import Customer, Question
from service.outreach.queries import waiting_list
from service.outreach.queries.waiting_list import Waiting
from service.outreach.quiet_hours import Quiet
from service.platform import clock, events
from service.platform import log as logs
from service.platform.database import Database
from service.platform.errors import BadRequest

log = structlog.get_logger()

# An offer that could not be answered any more before the visit begins is none.
SHORTEST_OFFER = timedelta(minutes=15)


async def offer_freed_times(db: Database, redis: events.Publisher, now: datetime) -> int:
    """Offer what has become free. Returns how many offers were written. Run by however many; a time is held for one.

    Who can't be offered anything keeps nobody else waiting. Raises ExceptionGroup with all such failures at the end.
    """
    offered, failures = 0, list[Exception]()
    for entry in await waiting_list.due(db, now):
        quiet = Quiet(entry.quiet_from, entry.quiet_until, entry.timezone)
        if kinds.is_wanted("waiting_list", entry.outreach_kinds) and not quiet.covers(now):
            try:
                offered += await _offer(db, redis, entry, now)
            # An entry's boundary: whatever is wrong with one shop's is raised below, once the others had their turn.
            except Exception as error:
                log.error("[WAITING-LIST] Entry failed", entryId=str(entry.id), organizationId=str(entry.organization_id), exc_info=error)
                failures.append(error)
    if failures:
        raise ExceptionGroup(f"{len(failures)} of the waiting list", failures)
    return offered


async def _offer(db: Database, redis: events.Publisher, entry: Waiting, now: datetime) -> bool:
    zone, organization_id, visit = entry.timezone, entry.organization_id, entry.visit
    first = max(entry.first_day, clock.local(now, zone).date())
    last = entry.last_day + timedelta(days=visit.nights, weeks=visit.weeks - 1)
    desk = await agenda.load(db, organization_id, zone, first, last, contact_id=entry.contact_id)
    try:
        items = _first_free(desk, visit, entry, now)
    except (BadRequest, KeyError) as error:
        log.warning("[WAITING-LIST] Entry can't be served any more", entryId=str(entry.id), err=logs.said(error))
        await waiting_list.forget(db, organization_id, entry.id)
        return False
    if not items:
        return False
    until = min(now + timedelta(minutes=entry.waiting_offer_minutes), items[0].starts_at - SHORTEST_OFFER)
    notice = kinds.waiting_list(
        Customer(entry.contact, entry.shop), [proposals.described(item, zone) for item in items], clock.local(until, zone).time()
    )
    question = Question(
        notice=notice,
        items=[item.model_dump(mode="json") for item in items],
        call={"name": "book_appointment", "args": {}},
        result=proposals.result(items, zone),
        expires_at=until,
        waiting_list_id=entry.id,
    )
    try:
        written = await waiting_list.offer(db, organization_id, entry, items=items, notice=notice, question=question, now=now)
    except Taken:
        # Somebody was quicker; the next look finds the next time.
        return False
    await reminders.follow(redis, organization_id, "waiting_list", written)
    return written.status == "queued"


def _first_free(desk: Desk, visit: Visit, entry: Waiting, now: datetime) -> Sequence[Item]:
    """Plan the bookings of the first start that fits, with time left to answer; nothing where there is none."""
    soonest = now + 2 * SHORTEST_OFFER
    starts = desk.starts(visit, entry.first_day, entry.last_day, now, Times.of(entry.from_time, entry.until_time))
    start = next((s for s in starts if s >= soonest), None)
    plans = desk.plans_at(visit, start, now) if start else None
    return desk.items(visit, plans) if plans else []
