"""What the shop writes to customers unasked: reminders, vaccines, follow-ups. Run every minute, by however many."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar
from uuid import UUID

import structlog

from service.agenda import proposals
from service.outreach import notices
from service.outreach.notices import Appointment, Customer, Notice, Treatment
from service.outreach.queries import due, unasked
from service.outreach.queries.due import Addressed, Booked, Coming, DueTreatment
from service.outreach.queries.unasked import Occasion, OutreachKind, Question, Written
from service.outreach.quiet_hours import Quiet, due_reminder, reminders
from service.platform import clock, events, jobs
from service.platform.database import Database

log = structlog.get_logger()

Due = TypeVar("Due", bound=Addressed)
Key = TypeVar("Key")

# How long a reminder's question waits for a conversation to be free for it, and how long before the visit it waits no more.
PATIENCE = timedelta(hours=1)


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
        db,
        organization_id,
        kind=kind,
        occasions=occasions,
        contact_id=contact_id,
        content=notice.content,
        parameters=notice.parameters,
        now=now,
        question=question,
    )
    await follow(redis, organization_id, kind, written)
    return written


async def follow(redis: events.Publisher, organization_id: UUID, kind: OutreachKind, written: Written) -> None:
    """Set off what the commit of a written message entails; the sweeper would do it later."""
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


async def remind(db: Database, redis: events.Publisher, now: datetime) -> int:
    """Write everything that is due now. Returns how many messages were queued."""
    results = [await _remind(db, redis, visit, now) for visit in _grouped(await due.reminders(db, now), _visit)]
    results += [await _tell_of(db, redis, rows, now) for rows in _grouped(await due.treatments(db, now), _same_day)]
    for kind in ("follow_up", "no_show"):
        results += [await _ask_after(db, redis, kind, visit, now) for visit in _grouped(await due.afterwards(db, now, kind), _visit)]
    return sum(written is not None and written.status == "queued" for written in results)


async def _remind(db: Database, redis: events.Publisher, visit: Sequence[Coming], now: datetime) -> Written | None:
    first = visit[0]
    quiet, start, hours = _quiet(first), first.visit_starts_at, first.reminder_hours
    made_at = max(b.made_at for b in visit)
    before = due_reminder(now, start, hours, made_at, quiet)
    bookings = [b for b in visit if before not in b.noted]
    if before is None or not bookings:
        return None
    told, asked = (_reminder(bookings, now, asks=asks) for asks in (False, True))
    question = None
    if any(b.status == "scheduled" for b in bookings):
        moment = reminders(start, hours, made_at, quiet)[before]
        waits = not first.escalated and now < min(moment + PATIENCE, start - PATIENCE)
        items = [b.item for b in bookings]
        question = Question(
            content=asked.content,
            parameters=asked.parameters,
            kind="confirm",
            items=[item.model_dump(mode="json") for item in items],
            result=proposals.result(items, first.timezone),
            call={"name": "confirm_appointment", "args": {}},
            expires_at=start,
            otherwise="wait" if waits else "tell",
        )
    occasions = [Occasion(b.id, f"{before}h {int(b.starts_at.timestamp())}") for b in bookings]
    return await _write(db, redis, first, "reminder", occasions, told, now, question)


def _reminder(bookings: Sequence[Coming], now: datetime, *, asks: bool) -> Notice:
    zone = bookings[0].timezone
    starts = [clock.local(b.starts_at, zone) for b in bookings]
    appointments = [Appointment(b.service, b.pet, start.time()) for b, start in zip(bookings, starts, strict=True)]
    return notices.reminder(_customer(bookings[0]), starts[0].date(), clock.local(now, zone).date(), appointments, asks=asks)


async def _tell_of(db: Database, redis: events.Publisher, due_now: Sequence[DueTreatment], now: datetime) -> Written | None:
    first = due_now[0]
    treatments = [Treatment(t.kind, t.name, t.pet) for t in due_now]
    notice = notices.vaccine(_customer(first), first.due_on, clock.local(now, first.timezone).date(), treatments)
    occasions = [Occasion(t.id, f"{t.days}d {t.due_on}") for t in due_now]
    return await _write(db, redis, first, "vaccine", occasions, notice, now)


async def _ask_after(
    db: Database, redis: events.Publisher, kind: Literal["follow_up", "no_show"], visit: Sequence[Booked], now: datetime
) -> Written | None:
    first = visit[0]
    zone = first.timezone
    said = notices.follow_up if kind == "follow_up" else notices.no_show
    pets = list(dict.fromkeys(b.pet for b in visit if b.pet))
    notice = said(_customer(first), clock.local(first.starts_at, zone).date(), clock.local(now, zone).date(), pets)
    return await _write(db, redis, first, kind, [Occasion(b.id, "visit") for b in visit], notice, now)


async def _write(
    db: Database, redis: events.Publisher, to: Addressed, kind: OutreachKind, occasions: Sequence[Occasion], notice: Notice, now: datetime,
    question: Question | None = None,
) -> Written | None:  # fmt: skip
    if _quiet(to).covers(now):
        return None
    return await write(
        db,
        redis,
        to.organization_id,
        kind=kind,
        occasions=occasions,
        contact_id=to.contact_id,
        notice=notice,
        now=now,
        question=question,
    )


def _grouped(rows: Iterable[Due], key: Callable[[Due], Key]) -> list[list[Due]]:
    """Group what has the same key, in the order of each one's first."""
    groups: dict[Key, list[Due]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def _visit(booking: Booked) -> tuple[UUID, UUID, date]:
    """Name what was agreed to as one, on one of the shop's days."""
    return booking.contact_id, booking.plan_id or booking.id, clock.local(booking.starts_at, booking.timezone).date()


def _same_day(treatment: DueTreatment) -> tuple[UUID, date]:
    return treatment.contact_id, treatment.due_on


def _quiet(to: Addressed) -> Quiet:
    return Quiet(to.quiet_from, to.quiet_until, to.timezone)


def _customer(to: Addressed) -> Customer:
    return Customer(to.contact, to.shop)
