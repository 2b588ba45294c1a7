"""What the shop writes to customers unasked: reminders, vaccines, follow-ups. Run every minute, by however many."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import structlog

from service.agenda import proposals
from service.agenda.queries.desk import as_item
from service.outreach import notices
from service.outreach.notices import Appointment, Customer, Notice, Treatment
from service.outreach.queries import due, unasked
from service.outreach.queries.unasked import Occasion, OutreachKind, Question, Written
from service.outreach.quiet_hours import Quiet, due_reminder, reminders
from service.platform import clock, events, jobs
from service.platform.database import Database, Row

log = structlog.get_logger()

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
    """What the commit of a written message sets off; the sweeper would do it later."""
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


async def _remind(db: Database, redis: events.Publisher, visit: Sequence[Row], now: datetime) -> Written | None:
    first = visit[0]
    quiet, start, hours = _quiet(first), first["visit_starts_at"], first["reminder_hours"]
    made_at = max(b["made_at"] for b in visit)
    before = due_reminder(now, start, hours, made_at, quiet)
    bookings = [b for b in visit if before not in b["noted"]]
    if before is None or not bookings:
        return None
    told, asked = (_reminder(bookings, now, asks=asks) for asks in (False, True))
    question = None
    if any(b["status"] == "scheduled" for b in bookings):
        moment = reminders(start, hours, made_at, quiet)[before]
        waits = not first["escalated"] and now < min(moment + PATIENCE, start - PATIENCE)
        items = [as_item(b) for b in bookings]
        question = Question(
            content=asked.content,
            parameters=asked.parameters,
            kind="confirm",
            items=[item.model_dump(mode="json") for item in items],
            result=proposals.result(items, first["timezone"]),
            call={"name": "confirm_appointment", "args": {}},
            expires_at=start,
            otherwise="wait" if waits else "tell",
        )
    occasions = [Occasion(b["id"], f"{before}h {int(b['starts_at'].timestamp())}") for b in bookings]
    return await _write(db, redis, first, "reminder", occasions, told, now, question)


def _reminder(bookings: Sequence[Row], now: datetime, *, asks: bool) -> Notice:
    zone = bookings[0]["timezone"]
    starts = [clock.local(b["starts_at"], zone) for b in bookings]
    appointments = [Appointment(b["service"], b["pet"], start.time()) for b, start in zip(bookings, starts, strict=True)]
    return notices.reminder(_customer(bookings[0]), starts[0].date(), clock.local(now, zone).date(), appointments, asks=asks)


async def _tell_of(db: Database, redis: events.Publisher, rows: Sequence[Row], now: datetime) -> Written | None:
    first = rows[0]
    treatments = [Treatment(row["kind"], row["name"], row["pet"]) for row in rows]
    notice = notices.vaccine(_customer(first), first["due_on"], clock.local(now, first["timezone"]).date(), treatments)
    occasions = [Occasion(row["id"], f"{row['days']}d {row['due_on']}") for row in rows]
    return await _write(db, redis, first, "vaccine", occasions, notice, now)


async def _ask_after(
    db: Database, redis: events.Publisher, kind: Literal["follow_up", "no_show"], visit: Sequence[Row], now: datetime
) -> Written | None:
    first = visit[0]
    zone = first["timezone"]
    said = notices.follow_up if kind == "follow_up" else notices.no_show
    pets = list(dict.fromkeys(b["pet"] for b in visit if b["pet"]))
    notice = said(_customer(first), clock.local(first["starts_at"], zone).date(), clock.local(now, zone).date(), pets)
    return await _write(db, redis, first, kind, [Occasion(b["id"], "visit") for b in visit], notice, now)


async def _write(
    db: Database, redis: events.Publisher, row: Row, kind: OutreachKind, occasions: Sequence[Occasion], notice: Notice, now: datetime,
    question: Question | None = None,
) -> Written | None:  # fmt: skip
    if _quiet(row).covers(now):
        return None
    return await write(
        db,
        redis,
        row["organization_id"],
        kind=kind,
        occasions=occasions,
        contact_id=row["contact_id"],
        notice=notice,
        now=now,
        question=question,
    )


def _grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> list[list[Row]]:
    """Rows with the same key, in the order of each one's first."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def _visit(booking: Row) -> tuple[UUID, UUID, date]:
    """What was agreed to as one, on one of the shop's days."""
    return booking["contact_id"], booking["plan_id"] or booking["id"], clock.local(booking["starts_at"], booking["timezone"]).date()


def _same_day(treatment: Row) -> tuple[UUID, date]:
    return treatment["contact_id"], treatment["due_on"]


def _quiet(row: Row) -> Quiet:
    return Quiet(row["quiet_from"], row["quiet_until"], row["timezone"])


def _customer(row: Row) -> Customer:
    return Customer(row["contact"], row["shop"])
