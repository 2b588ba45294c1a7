"""What people at the counter do with the agenda for a customer: look for a time, book, move. The desk is the customers' own."""

from datetime import date, datetime, timedelta
from uuid import UUID

from service.agenda.queries import bookings
from service.agenda.queries import desk as agenda
from service.agenda.refusals import Absence, why_not
from service.agenda.visits import Desk, Item, Visit, Want, rescheduled
from service.language.words import BookingStatus
from service.platform import clock
from service.platform.access import UNKNOWN
from service.platform.database import Database, Row
from service.platform.errors import BadRequest, Conflict, NotFound
from service.platform.queries import access
from service.shop.queries import days_off

NOT_MOVED: dict[BookingStatus, str] = {
    "in_progress": "Não dá para remarcar, porque o pet está em atendimento.",
    "completed": "Não dá para remarcar, porque o atendimento já terminou.",
    "cancelled": "Não dá para remarcar, porque o agendamento foi cancelado.",
    "no_show": "Não dá para remarcar, porque ficou marcado que o cliente não veio.",
}


async def free_times(db: Database, organization_id: UUID, contact_id: UUID, visit: Visit, first: date, last: date) -> list[datetime]:
    """List every start that the shop offers for a visit, from one of its days to another. Raises BadRequest."""
    desk, now = await _desk(db, organization_id, contact_id, visit, first, last), clock.now()
    return list(desk.starts(visit, first, last, now))


async def book(db: Database, organization_id: UUID, contact_id: UUID, visit: Visit, start: datetime, *, by: str) -> list[Item]:
    """Book a visit for a customer, all of it or nothing. `start` is aware. Raises BadRequest, and Conflict with the reason."""
    zone = await access.zone_of(db, organization_id)
    day = clock.local(start, zone).date()
    desk = await _desk(db, organization_id, contact_id, visit, day, day)
    plans = desk.plans_at(visit, start, clock.now())
    if plans is None:
        raise Conflict(await _why_not(db, organization_id, desk, visit, start))
    items = desk.items(visit, plans)
    await bookings.insert(db, organization_id, contact_id, items, actor=by)
    return items


async def reschedule(db: Database, organization_id: UUID, booking_id: UUID, start: datetime, *, by: str) -> Item:
    """Move one booking; its old time is kept until the new one is its own. Raises NotFound, BadRequest, and Conflict with the reason."""
    kept = await bookings.get(db, organization_id, booking_id)
    if kept is None:
        raise NotFound(UNKNOWN["booking"])
    if kept.status in NOT_MOVED:
        raise Conflict(NOT_MOVED[kept.status])
    item, zone = kept.item, await access.zone_of(db, organization_id)
    if item.pet_id is None:
        raise Conflict("Não dá para remarcar, porque o pet deste agendamento não está mais no cadastro.")
    nights = (clock.local(item.ends_at, zone).date() - clock.local(item.starts_at, zone).date()).days if item.unit == "night" else 0
    visit = Visit(wants=(Want(pet_id=item.pet_id, service_id=item.service_id),), nights=nights)
    day = clock.local(start, zone).date()
    desk = await _desk(db, organization_id, kept.contact_id, visit, day, day, moving=item)
    plans = desk.plans_at(visit, start, clock.now())
    if plans is None:
        raise Conflict(await _why_not(db, organization_id, desk, visit, start))
    (placed,) = plans[0]
    new = rescheduled(item, placed.start, placed.end, placed.resources, desk.agenda.resources[placed.resources[0]].name)
    if not await bookings.reschedule(db, organization_id, new, actor=by):
        raise Conflict("O agendamento acabou de ser mudado por outra pessoa: veja como está e tente de novo.")
    return new


async def appointments(db: Database, organization_id: UUID, contact_id: UUID) -> list[Row]:
    """List a customer's coming appointments."""
    return await agenda.appointments(db, organization_id, contact_id)


async def _why_not(db: Database, organization_id: UUID, desk: Desk, visit: Visit, start: datetime) -> str:
    """Say why the visit can't begin then."""
    rows = await days_off.absences(db, organization_id)
    absences = [Absence(row.resource_id, row.starts_at, row.ends_at, row.reason) for row in rows]
    return why_not(desk, visit, start, clock.now(), absences)


async def _desk(
    db: Database, organization_id: UUID, contact_id: UUID, visit: Visit, first: date, last: date, *, moving: Item | None = None
) -> Desk:
    """Load the desk of a customer for these days. Raises BadRequest for pets, services and zones that customer or shop do not have."""
    if last < first or (last - first).days > agenda.LONGEST_LOAD_DAYS:
        raise BadRequest(f"Escolha de 1 a {agenda.LONGEST_LOAD_DAYS} dias.")
    zone = await access.zone_of(db, organization_id)
    until = last + timedelta(days=visit.nights, weeks=visit.weeks - 1)
    desk = await agenda.load(db, organization_id, zone, first, until, contact_id=contact_id, moving=[moving.id] if moving else [])
    for want in visit.wants:
        if want.pet_id not in desk.pets:
            raise BadRequest(UNKNOWN["pet"])
        if want.service_id not in desk.services:
            raise BadRequest("Este serviço não existe.")
    if visit.resource_id and visit.resource_id not in desk.agenda.resources:
        raise BadRequest("Este profissional não existe.")
    if visit.pickup_zone_id and visit.pickup_zone_id not in desk.zones:
        raise BadRequest("Este bairro não é atendido.")
    desk.tasks(visit)
    return desk
