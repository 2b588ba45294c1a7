"""The day's board: who comes today, how far each is, and the steps that people take with one press of a button.

waiting → received → in_service → ready → delivered; besides, no_show and cancelled. Every step is one statement that holds only from the
step before, so of two who press at once one wins and the other is told where the booking is.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import structlog

from service.agenda.engine import closed_for
from service.agenda.queries import desk
from service.language.formatting import format_moment
from service.outreach import kinds
from service.outreach.message import Customer, Occasion
from service.outreach.queries import unasked
from service.outreach.queries.unasked import Written
from service.platform import clock, jobs
from service.platform.access import UNKNOWN
from service.platform.database import Database, Statement
from service.platform.documents import Document
from service.platform.errors import Conflict, NotFound
from service.shop import changes
from service.shop.bookings import Absence, Booking, Move, OfVisit, ShopDay, Step
from service.shop.queries import board

log = structlog.get_logger()

WHERE: dict[Step, str] = {
    "waiting": "o pet ainda não chegou",
    "received": "o pet já foi recebido e espera o atendimento",
    "in_service": "o pet está em atendimento",
    "ready": "o pet está pronto e espera quem o busque",
    "delivered": "o pet já foi entregue",
    "no_show": "ficou marcado que o cliente não veio",
    "cancelled": "o agendamento foi cancelado",
}
NEXT: dict[Step, tuple[Move, ...]] = {
    "waiting": ("received", "no_show", "cancel"),
    "received": ("start", "cancel", "undo"),
    "in_service": ("ready", "undo"),
    "ready": ("delivered", "undo"),
    "delivered": ("undo",),
    "no_show": ("undo",),
    "cancelled": ("undo",),
}
SETTLES: dict[Move, Step] = {"ready": "ready", "no_show": "no_show", "cancel": "cancelled"}
UNSETTLED: tuple[Step, ...] = ("waiting", "received", "in_service")
ATTEMPTS = 5
ACTORS = {"client_agent": "Assistente do WhatsApp", "aurora": "Aurora", "operator": "Operador"}


class Opening(Document):
    """A stretch of a day in which the shop is open."""

    opens_at: datetime
    closes_at: datetime


class Shown(Booking):
    """A booking with the moves that are possible now, the ordinary next step first."""

    moves: tuple[Move, ...]


class Day(ShopDay):
    """The board of a day. `opening` is empty on a closed day; `closed_for` is why, where it is closed out of turn."""

    opening: tuple[Opening, ...]
    closed_for: str | None
    absences: list[Absence]
    bookings: list[Shown]


class Change(Document):
    """A change of a booking: who made it, and what changed, in sentences."""

    id: int
    at: datetime
    actor: str
    changes: list[str]


async def day(db: Database, organization_id: UUID, on: date | None = None) -> Day:
    """Return the board of a day, the shop's today where none is given.

    It holds the opening hours or why the shop is closed, who is away, and every booking of the day in order, hotel guests of earlier days
    among them.
    """
    shop, bookings, absences = await board.day(db, organization_id, on)
    loaded = await desk.load(db, organization_id, shop.timezone, shop.day, shop.day)
    opening = loaded.agenda.opening(shop.day)
    closed = closed_for(loaded.agenda.rules, shop.day)
    return Day(
        **vars(shop),
        opening=tuple(Opening(opens_at=opens, closes_at=closes) for opens, closes in opening),
        closed_for=closed if not opening else None,
        absences=absences,
        bookings=[_shown(booking) for booking in bookings],
    )


async def move(
    db: Database, organization_id: UUID, booking_id: UUID, move: Move, *, by: str, reason: str | None = None, step: Step | None = None
) -> Shown:
    """Take a booking a step along the board, or back from `step` with "undo". Returns the booking as it is then.

    With the last pet of a visit that gets ready its customer is told, in the same transaction. Raises NotFound, and Conflict with a
    sentence that says where the booking is.
    """
    for _ in range(ATTEMPTS):
        found, visit = await board.look(db, organization_id, booking_id)
        if found is None:
            raise NotFound(UNKNOWN["booking"])
        if refusal := _refusal(move, found, step):
            raise Conflict(refusal)
        message = _message(move, found, visit)
        seen = {other.id: other.step for other in visit}
        moved = await board.move(db, organization_id, booking_id, move, actor=by, seen=seen, message=message, reason=reason, step=step)
        if moved:
            log.info("[BOARD] Booking moved", bookingId=str(booking_id), move=move)
            if message:
                _send(organization_id, unasked.outcome(moved[1]))
            return _shown(moved[0])
    raise Conflict("Outras pessoas estão mexendo nesta visita agora; tente de novo.")


async def booking(db: Database, organization_id: UUID, booking_id: UUID) -> Shown:
    """Return one booking as the board shows it. Raises NotFound."""
    found, _ = await board.look(db, organization_id, booking_id)
    if found is None:
        raise NotFound(UNKNOWN["booking"])
    return _shown(found)


async def history(db: Database, organization_id: UUID, booking_id: UUID) -> list[Change]:
    """List every change of a booking in order. Raises NotFound."""
    found, events, names = await board.history(db, organization_id, booking_id)
    if found is None:
        raise NotFound(UNKNOWN["booking"])
    return [
        Change(
            id=event.id,
            at=event.at,
            actor=ACTORS.get(event.actor, event.actor),
            changes=changes.sentences(event.change, names, found.timezone),
        )
        for event in events
    ]


def _shown(booking: Booking) -> Shown:
    """Return a booking with the moves that are possible now."""
    return Shown(**vars(booking), moves=tuple(move for move in NEXT[booking.step] if _in_time(move, booking)))


def _in_time(move: Move, booking: Booking) -> bool:
    if move == "received":
        return booking.day_has_come
    if move == "no_show":
        return booking.begun
    # Bookings that were completed in some other way have no step to take back.
    return move != "undo" or booking.step != "delivered" or booking.delivered_at is not None


def _refusal(move: Move, booking: Booking, step: Step | None) -> str | None:
    """Say why a booking can't make a move."""
    if move not in NEXT[booking.step] or (move == "undo" and booking.step != step):
        return f"Não foi feito, porque {WHERE[booking.step]}."
    if _in_time(move, booking):
        return None
    if move == "undo":
        return "Este atendimento foi encerrado fora do quadro do dia: não há passo a desfazer."
    return f"Ainda é cedo: este agendamento é de {format_moment(clock.local(booking.starts_at, booking.timezone))}."


def _message(move: Move, booking: Booking, visit: Sequence[OfVisit]) -> list[Statement]:
    """Write the "pronto" message, where this move settles the last booking of the visit: the customer is not called in for half of it."""
    after = {other.id: other.step for other in visit} | {booking.id: SETTLES.get(move)}
    if move not in SETTLES or any(step in UNSETTLED for step in after.values()):
        return []
    ready = [other for other in visit if after[other.id] == "ready" and not other.is_told]
    if not ready:
        return []
    notice = kinds.ready(
        Customer(booking.customer.name, booking.shop),
        [other.pet for other in ready],
        is_driven_home=any(other.is_driven_home for other in ready),
    )
    return unasked.statements(
        kind="ready",
        occasions=[Occasion(other.id, "ready") for other in ready],
        contact_id=booking.customer.id,
        notice=notice,
        now=clock.now(),
    )


def _send(organization_id: UUID, written: Written) -> None:
    """Wake whoever sends. Lost wake-ups are made up for by the sweeper."""
    log.info("[BOARD] Customer told that the pet is ready", status=written.status, reason=written.reason)
    if written.message_id:
        jobs.enqueue("outbox.deliver", organization_id, written.conversation_id)
    if written.alert_id:
        jobs.enqueue("escalation.notify", written.alert_id)
