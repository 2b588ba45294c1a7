"""Absences, closures and days with hours of their own. They keep new bookings away; what is booked already stays, and is told to whoever
made the change, so that people can call these customers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import structlog

from service.agenda.engine import Stretch
from service.platform import clock
from service.platform.database import Database, Row
from service.platform.errors import BadRequest, NotFound
from service.platform.queries import access
from service.shop.queries import days_off

log = structlog.get_logger()

LONGEST = timedelta(days=366)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, and the coming bookings that it hits."""

    row: Row
    hits: list[Row]


async def resources(db: Database, organization_id: UUID) -> list[Row]:
    """List whom and what bookings occupy."""
    return await days_off.resources(db, organization_id)


async def absences(db: Database, organization_id: UUID) -> list[Row]:
    """List the absences that are not over, soonest first."""
    return await days_off.absences(db, organization_id)


async def closures(db: Database, organization_id: UUID) -> list[Row]:
    """List the closures that are not over, soonest first."""
    return await days_off.closures(db, organization_id)


async def special_hours(db: Database, organization_id: UUID) -> list[Row]:
    """List the days from today on that have hours of their own."""
    return await days_off.special_hours(db, organization_id)


async def add_absence(
    db: Database, organization_id: UUID, resource_id: UUID, starts_at: datetime, ends_at: datetime, reason: str | None
) -> Made:
    """Keep somebody or something free of new bookings. Naive instants are on the shop's clock. Raises BadRequest and NotFound."""
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
    return _made("absence", absence, hits)


async def add_closure(db: Database, organization_id: UUID, first: date, last: date, reason: str | None) -> Made:
    """Close the shop from one day to another, both included. Hotel guests who neither come nor go on these days are no hits."""
    zone = await access.zone_of(db, organization_id)
    if last < first:
        raise BadRequest("O último dia fechado vem antes do primeiro.")
    if last < _today(zone):
        raise BadRequest("Estes dias já passaram.")
    if last - first > LONGEST:
        raise BadRequest("Um recesso vai até um ano.")
    since, until = clock.day_bounds(first, last, zone)
    closure, hits = await days_off.add_closure(db, organization_id, first=first, last=last, reason=reason, since=since, until=until)
    return _made("closure", closure, [row for row in hits if not _stays_over(row, since, until)])


async def set_special_hours(db: Database, organization_id: UUID, day: date, hours: Sequence[tuple[time, time]], reason: str | None) -> Made:
    """Give a day other hours than its weekday's; none closes it. They stand in place of what the day had before."""
    zone = await access.zone_of(db, organization_id)
    ordered = sorted(hours)
    if day < _today(zone):
        raise BadRequest("Este dia já passou.")
    if any(closes <= opens for opens, closes in ordered):
        raise BadRequest("Cada horário precisa fechar depois de abrir.")
    if any(later[0] < earlier[1] for earlier, later in pairwise(ordered)):
        raise BadRequest("Os horários do dia se sobrepõem.")
    since, until = clock.day_bounds(day, day, zone)
    booked = await days_off.set_special_hours(db, organization_id, day, ordered, reason=reason, since=since, until=until)
    opening = [(clock.at(day, opens, zone), clock.at(day, closes, zone)) for opens, closes in ordered]
    row = {"day": day, "hours": [{"opens_at": opens, "closes_at": closes} for opens, closes in ordered], "reason": reason}
    return _made("special_hours", row, [b for b in booked if not _stays_over(b, since, until) and not _fits(b, opening)])


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


def _made(kind: str, row: Row, hits: list[Row]) -> Made:
    log.info("[BOARD] Day off added", kind=kind, hits=len(hits))
    return Made(row, hits)


def _stays_over(booking: dict[str, Any], since: datetime, until: datetime) -> bool:
    """Whether a hotel guest is in the house all the while, so that nobody has to open the door."""
    return booking["service"]["unit"] == "night" and booking["starts_at"] < since and booking["ends_at"] >= until


def _fits(booking: dict[str, Any], opening: Sequence[Stretch]) -> bool:
    """Whether the shop is open for it: for a hotel guest it is enough that it opens at all that day."""
    if booking["service"]["unit"] == "night":
        return bool(opening)
    return any(opens <= booking["starts_at"] and booking["ends_at"] <= closes for opens, closes in opening)


def _instant(moment: datetime, zone: str) -> datetime:
    return moment if moment.tzinfo else clock.at(moment.date(), moment.time(), zone)


def _today(zone: str) -> date:
    return clock.local(clock.now(), zone).date()
