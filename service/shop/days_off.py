"""Absences, closures and days with hours of their own. They keep new bookings away; what is booked already stays, and is told to whoever
made the change, so that people can call these customers.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

import structlog

from service.agenda.engine import Stretch
from service.platform import clock
from service.platform.database import Database
from service.platform.errors import BadRequest, NotFound
from service.platform.queries import access
from service.shop.bookings import Absence, Booking, Resource
from service.shop.queries import days_off
from service.shop.queries.days_off import Closure, HoursOfDay, SpecialDay

log = structlog.get_logger()

LONGEST = timedelta(days=366)
FIRST_YEAR, LAST_YEAR = 2000, 2100


class MadeAbsence(Absence):
    """An absence as it was written, and the coming bookings that it hits; likewise the others."""

    hits: list[Booking]


class MadeClosure(Closure):
    hits: list[Booking]


class MadeSpecialDay(SpecialDay):
    hits: list[Booking]


async def resources(db: Database, organization_id: UUID) -> list[Resource]:
    """List whom and what bookings occupy."""
    return await days_off.resources(db, organization_id)


async def absences(db: Database, organization_id: UUID) -> list[Absence]:
    """List the absences that are not over, soonest first."""
    return await days_off.absences(db, organization_id)


async def closures(db: Database, organization_id: UUID) -> list[Closure]:
    """List the closures that are not over, soonest first."""
    return await days_off.closures(db, organization_id)


async def special_hours(db: Database, organization_id: UUID) -> list[SpecialDay]:
    """List the days from today on that have hours of their own."""
    return await days_off.special_hours(db, organization_id)


async def add_absence(
    db: Database, organization_id: UUID, resource_id: UUID, starts_at: datetime, ends_at: datetime, reason: str | None
) -> MadeAbsence:
    """Keep somebody or something free of new bookings; asked again for the same time, return the absence that is there.

    Naive instants are on the shop's clock. Raises BadRequest and NotFound.
    """
    zone = await access.zone_of(db, organization_id)
    if starts_at.year < FIRST_YEAR or ends_at.year > LAST_YEAR:
        raise BadRequest(f"As datas vão de {FIRST_YEAR} a {LAST_YEAR}.")
    since, until = _instant(starts_at, zone), _instant(ends_at, zone)
    if until <= since:
        raise BadRequest("A ausência precisa terminar depois de começar.")
    if until <= clock.now():
        raise BadRequest("Esta ausência já passou.")
    if until - since > LONGEST:
        raise BadRequest("Uma ausência vai até um ano; para mais que isso, desative o profissional.")
    absence, hits = await days_off.add_absence(db, organization_id, resource_id, starts_at=since, ends_at=until, reason=reason)
    if absence is None:
        raise NotFound("Este profissional ou espaço não existe nesta loja.")
    _log("absence", hits)
    return MadeAbsence(**vars(absence), hits=hits)


async def add_closure(db: Database, organization_id: UUID, first: date, last: date, reason: str | None) -> MadeClosure:
    """Close the shop from one day to another, both included. Hotel guests who neither come nor go on these days are no hits."""
    zone = await access.zone_of(db, organization_id)
    if last < first:
        raise BadRequest("O último dia fechado vem antes do primeiro.")
    if last < _today(zone):
        raise BadRequest("Estes dias já passaram.")
    if last - first > LONGEST:
        raise BadRequest("Um recesso vai até um ano.")
    since, until = clock.day_bounds(first, last, zone)
    closure, booked = await days_off.add_closure(db, organization_id, (first, last), reason=reason, since=since, until=until)
    hits = [b for b in booked if not _stays_over(b, since, until)]
    _log("closure", hits)
    return MadeClosure(**vars(closure), hits=hits)


async def set_special_hours(
    db: Database, organization_id: UUID, day: date, hours: Sequence[tuple[time, time]], reason: str | None
) -> MadeSpecialDay:
    """Give a day other hours than its weekday's; none closes it. They stand in place of what the day had before."""
    zone = await access.zone_of(db, organization_id)
    ordered = sorted(hours)
    if day < _today(zone):
        raise BadRequest("Este dia já passou.")
    minutes = [(clock.minute(opens), clock.minute(closes, is_end=True)) for opens, closes in ordered]
    if any(closes <= opens for opens, closes in minutes):
        raise BadRequest("Cada horário precisa fechar depois de abrir.")
    if any(later[0] < earlier[1] for earlier, later in pairwise(minutes)):
        raise BadRequest("Os horários do dia se sobrepõem.")
    since, until = clock.day_bounds(day, day, zone)
    booked = await days_off.set_special_hours(db, organization_id, day, ordered, reason=reason, since=since, until=until)
    opening = [(clock.at(day, opens, zone), clock.until(day, closes, zone)) for opens, closes in ordered]
    hits = [b for b in booked if not _stays_over(b, since, until) and not _fits(b, opening)]
    _log("special_hours", hits)
    own = tuple(HoursOfDay(opens_at=opens, closes_at=closes) for opens, closes in ordered)
    return MadeSpecialDay(day=day, hours=own, reason=reason, hits=hits)


async def remove_absence(db: Database, organization_id: UUID, absence_id: UUID) -> None:
    """Let the time be booked again. Raises NotFound; likewise the others."""
    if not await days_off.drop_absence(db, organization_id, absence_id):
        raise NotFound("Esta ausência não existe.")


async def remove_closure(db: Database, organization_id: UUID, closure_id: UUID) -> None:
    if not await days_off.drop_closure(db, organization_id, closure_id):
        raise NotFound("Este recesso não existe.")


async def remove_special_hours(db: Database, organization_id: UUID, day: date) -> None:
    if not await days_off.drop_special_hours(db, organization_id, day):
        raise NotFound("Este dia não tem horário especial.")


def _log(kind: str, hits: Sequence[Booking]) -> None:
    log.info("[BOARD] Day off added", kind=kind, hits=len(hits))


def _stays_over(booking: Booking, since: datetime, until: datetime) -> bool:
    """Tell whether a hotel guest is in the house all the while, so that nobody has to open the door."""
    return booking.service.unit == "night" and booking.starts_at < since and booking.ends_at >= until


def _fits(booking: Booking, opening: Sequence[Stretch]) -> bool:
    """Tell whether the shop is open for it: for a hotel guest it is enough that it opens at all that day."""
    if booking.service.unit == "night":
        return bool(opening)
    return any(opens <= booking.starts_at and booking.ends_at <= closes for opens, closes in opening)


def _instant(moment: datetime, zone: str) -> datetime:
    return moment if moment.tzinfo else clock.at(moment.date(), moment.time(), zone)


def _today(zone: str) -> date:
    return clock.local(clock.now(), zone).date()
