"""Writing what is due unasked: every kind that the clock finds, once for each occasion. Run every minute, by however many."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog

from service.outreach.kinds import KINDS, OutreachKind, is_wanted
from service.outreach.message import Due, Notice, Occasion, Question
from service.outreach.queries import unasked
from service.outreach.queries.unasked import Written
from service.platform import events, jobs
from service.platform.database import Database

log = structlog.get_logger()


async def remind(db: Database, redis: events.Publisher, now: datetime) -> int:
    """Write everything that is due now. Returns how many messages were queued.

    Each kind is looked for by itself: one that fails is logged and keeps none of the others from being written. Raises ExceptionGroup
    with every such failure when all kinds have had their turn, so that the job is retried and ends as a dead letter.
    """
    queued, failures = 0, dict[OutreachKind, Exception]()
    for kind in KINDS:
        try:
            queued += await _write_due(db, redis, kind, now)
        # A kind's boundary: whatever broke it is raised below, once the others are written.
        except Exception as error:
            log.error("[OUTREACH] Kind failed", kind=kind, exc_info=error)
            failures[kind] = error
    if failures:
        raise ExceptionGroup("; ".join(f"{kind}: {error!r}" for kind, error in failures.items()), list(failures.values()))
    return queued


async def _write_due(db: Database, redis: events.Publisher, kind: OutreachKind, now: datetime) -> int:
    """Write what is due of one kind. Returns how many messages were queued.

    One that can't be written keeps no other from being written. Raises ExceptionGroup with all such failures at the end.
    """
    facts, queued, failures = KINDS[kind], 0, list[Exception]()
    for message in await facts.find(db, now) if facts.find else ():
        # What quiet hours hold back is found again after them.
        if is_wanted(kind, message.switches) and (facts.is_service or not message.quiet.covers(now)):
            try:
                queued += await _write(db, redis, kind, message, now)
            # A message's boundary: whatever is wrong with one shop's is raised below, once the others are written.
            except Exception as error:
                log.error("[OUTREACH] Message failed", kind=kind, organizationId=str(message.organization_id), exc_info=error)
                failures.append(error)
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {kind}", failures)
    return queued


async def _write(db: Database, redis: events.Publisher, kind: OutreachKind, message: Due, now: datetime) -> bool:
    """Write one message. Returns whether it was queued."""
    written = await write(
        db,
        redis,
        message.organization_id,
        kind=kind,
        occasions=message.occasions,
        contact_id=message.contact_id,
        notice=message.notice,
        now=now,
        question=message.question,
    )
    return written.status == "queued"


async def write(
    db: Database,
    redis: events.Publisher,
    organization_id: UUID,
    *,
    kind: OutreachKind,
    occasions: Sequence[Occasion],
    contact_id: UUID,
    notice: Notice,
    now: datetime,
    question: Question | None = None,
) -> Written:
    """Queue a message that nobody asked for, once for its occasions, and wake the outbox and whoever is to know."""
    written = await unasked.write(
        db, organization_id, kind=kind, occasions=occasions, contact_id=contact_id, notice=notice, now=now, question=question
    )
    await follow(redis, organization_id, kind, written)
    return written


async def follow(redis: events.Publisher, organization_id: UUID, kind: OutreachKind, written: Written) -> None:
    """Set off what the commit of a written message calls for; the sweeper would do it later."""
    if written.conversation_id:
        jobs.enqueue("outbox.deliver", organization_id, written.conversation_id)
        await events.publish(redis, written.conversation_id, "message")
    if written.alert_id:
        jobs.enqueue("escalation.notify", written.alert_id)
    if written.status in ("queued", "skipped"):
        log.info(
            f"[OUTREACH] {'Message queued' if written.status == 'queued' else 'Message left out'}",
            kind=kind,
            reason=written.reason,
            organizationId=str(organization_id),
            conversationId=str(written.conversation_id),
        )
