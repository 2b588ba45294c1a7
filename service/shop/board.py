"""The day's board: who comes today, how far each is, and the steps that people take with one press of a button.

waiting → received → in_service → ready → delivered; besides, no_show and cancelled. Every step is one statement that holds only from the
step before, so of two who press at once one wins and the other is told where the booking is.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import structlog

from service.agenda.engine import closed_for
from service.agenda.queries import desk
from service.language.formatting import format_moment
from service.outreach import notices
from service.outreach.queries import unasked
from service.outreach.queries.unasked import Occasion, Written
from service.platform import clock, jobs
from service.platform.access import UNKNOWN
from service.platform.database import Database, Row, Statement
from service.platform.errors import Conflict, NotFound
from service.shop import changes
from service.shop.queries import board
from service.shop.queries.board import Move, Step

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


async def day(db: Database, organization_id: UUID, on: date | None = None) -> dict[str, Any]:
    """Return the board of a day, the shop's today where none is given.

    It holds the opening hours or why the shop is closed, who is away, and every booking of the day in order, hotel guests of earlier days
    among them.
    """
    shop, bookings, absences = await board.day(db, organization_id, on)
    loaded = await desk.load(db, organization_id, shop["timezone"], shop["day"], shop["day"])
    opening = loaded.agenda.opening(shop["day"])
    closed = closed_for(loaded.agenda.rules, shop["day"])
    return {
        **shop,
        "opening": [{"opens_at": opens, "closes_at": closes} for opens, closes in opening],
        "closed_for": closed if not opening else None,
        "absences": absences,
        "bookings": [_shown(row) for row in bookings],
    }


async def move(
    db: Database, organization_id: UUID, booking_id: UUID, move: Move, *, by: str, reason: str | None = None, step: Step | None = None
) -> dict[str, Any]:
    """Take a booking a step along the board, or back from `step` with "undo". Returns the booking as it is then.

    With the last pet of a visit that gets ready its customer is told, in the same transaction. Raises NotFound, and Conflict with a
    sentence that says where the booking is.
    """
    for _ in range(ATTEMPTS):
        row, visit = await board.look(db, organization_id, booking_id)
        if row is None:
            raise NotFound(UNKNOWN["booking"])
        if refusal := _refusal(move, row, step):
            raise Conflict(refusal)
        message = _message(move, row, visit)
        seen = {other["id"]: other["step"] for other in visit}
        moved = await board.move(db, organization_id, booking_id, move, actor=by, seen=seen, message=message, reason=reason, step=step)
        if moved:
            log.info("[BOARD] Booking moved", bookingId=str(booking_id), move=move)
            if message:
                _send(organization_id, unasked.outcome(moved[1]))
            return _shown(moved[0])
    raise Conflict("Outras pessoas estão mexendo nesta visita agora; tente de novo.")


async def booking(db: Database, organization_id: UUID, booking_id: UUID) -> dict[str, Any]:
    """Return one booking as the board shows it. Raises NotFound."""
    row, _ = await board.look(db, organization_id, booking_id)
    if row is None:
        raise NotFound(UNKNOWN["booking"])
    return _shown(row)


async def history(db: Database, organization_id: UUID, booking_id: UUID) -> list[dict[str, Any]]:
    """List every change of a booking in order: `at`, `actor`, and `changes` as sentences. Raises NotFound."""
    row, events, names = await board.history(db, organization_id, booking_id)
    if row is None:
        raise NotFound(UNKNOWN["booking"])
    return [
        {
            "id": event["id"],
            "at": event["at"],
            "actor": ACTORS.get(event["actor"], event["actor"]),
            "changes": changes.sentences(event["change"], names, row["timezone"]),
        }
        for event in events
    ]


def _shown(row: Row) -> dict[str, Any]:
    """Return a booking with the moves that are possible now."""
    shown = {key: value for key, value in row.items() if key not in ("day_has_come", "begun", "timezone", "shop")}
    return {**shown, "moves": [move for move in NEXT[row["step"]] if _in_time(move, row)]}


def _in_time(move: Move, row: Row) -> bool:
    if move == "received":
        return bool(row["day_has_come"])
    if move == "no_show":
        return bool(row["begun"])
    # Bookings that were completed in some other way have no step to take back.
    return move != "undo" or row["step"] != "delivered" or row["delivered_at"] is not None


def _refusal(move: Move, row: Row, step: Step | None) -> str | None:
    """Say why a booking can't make a move."""
    if move not in NEXT[row["step"]] or (move == "undo" and row["step"] != step):
        return f"Não foi feito, porque {WHERE[row['step']]}."
    if _in_time(move, row):
        return None
    if move == "undo":
        return "Este atendimento foi encerrado fora do quadro do dia: não há passo a desfazer."
    return f"Ainda é cedo: este agendamento é de {format_moment(clock.local(row['starts_at'], row['timezone']))}."


def _message(move: Move, row: Row, visit: Sequence[Row]) -> list[Statement]:
    """Write the "pronto" message, where this move settles the last booking of the visit: the customer is not called in for half of it."""
    after = {other["id"]: other["step"] for other in visit} | {row["id"]: SETTLES.get(move)}
    if move not in SETTLES or any(step in UNSETTLED for step in after.values()):
        return []
    ready = [other for other in visit if after[other["id"]] == "ready" and not other["is_told"]]
    if not ready:
        return []
    notice = notices.ready(
        notices.Customer(row["customer"]["name"], row["shop"]),
        [other["pet"] for other in ready],
        is_driven_home=any(other["is_driven_home"] for other in ready),
    )
    return unasked.statements(
        kind="ready",
        occasions=[Occasion(other["id"], "ready") for other in ready],
        contact_id=row["customer"]["id"],
        content=notice.content,
        parameters=notice.parameters,
        now=clock.now(),
    )


def _send(organization_id: UUID, written: Written) -> None:
    """Wake whoever sends. Lost wake-ups are made up for by the sweeper."""
    log.info("[BOARD] Customer told that the pet is ready", status=written.status, reason=written.reason)
    if written.message_id:
        jobs.enqueue("outbox.deliver", organization_id, written.conversation_id)
    if written.alert_id:
        jobs.enqueue("escalation.notify", written.alert_id)
