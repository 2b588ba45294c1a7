"""The owner's look at the agenda."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from service.agenda.catalog import Service
from service.agenda.prices import Terms, durations
from service.agenda.queries import desk as agenda
from service.agenda.visits import Desk
from service.language.days import parse_day
from service.language.formatting import on_day
from service.language.spoken import Clock, Told
from service.language.times import ALL_DAY, Times, times_beside
from service.platform import clock
from service.platform.database import Database
from tools.definition import tool
from tools.names import one_of
from tools.runtime import Run, briefing_of, now_of, today_of
from tools.said import Said
from tools.wording import OwnersResult, listed_times


class FreeTimesOf(Told):
    """The free times of a service, or of one of its durations."""

    service: str
    times: tuple[Clock, ...]


class FreeSlots(OwnersResult):
    """A day's free times by service, and whether the shop opens at all."""

    date: dt.date
    weekday: str
    open: bool
    slots: tuple[FreeTimesOf, ...]

    @property
    def named(self) -> Sequence[str | None]:
        return [line.service for line in self.slots]

    @property
    def days(self) -> Sequence[dt.date]:
        return (self.date,)

    def words(self) -> str:
        if not self.open:
            return f"A loja não abre {on_day(self.date)}."
        lines = [f"- {s.service}: {listed_times([t.isoformat() for t in s.times]) or 'nada livre'}" for s in self.slots]
        return "\n".join([f"Horários livres {on_day(self.date)}:", "", *lines])


@tool(owners_only=True)
async def free_slots(
    db: Database, runtime: Run, date: Annotated[str, Said.DAY] = "hoje", service_type: Annotated[str | None, Said.SERVICE] = None
) -> FreeSlots:
    """Mostra os horários ainda livres de um dia, por serviço.

    Args:
        date: o dia com as palavras da pessoa ("hoje", "amanhã", "sexta"), ou AAAA-MM-DD.
        service_type: um serviço só, se a pessoa pediu.
    """
    zone, now = runtime.context.timezone, now_of(runtime)
    day = parse_day(date, today_of(runtime))
    services: Sequence[Service] = briefing_of(runtime).services
    if service_type:
        services = [one_of(service_type, services, "serviço")]
    desk = await agenda.load(db, runtime.context.organization_id, zone, day, day + dt.timedelta(days=1))
    times = times_beside(date, desk.opening([day]) or None) or ALL_DAY
    return FreeSlots(
        date=day,
        weekday=clock.WEEKDAYS[day.weekday()],
        open=bool(desk.agenda.opening(day)),
        slots=tuple(line for service in services for line in _lines(desk, service, day, now, times)),
    )


def _lines(desk: Desk, service: Service, day: dt.date, now: dt.datetime, among: Times) -> list[FreeTimesOf]:
    """Return one line for each duration that a service has for one pet or another: what is listed is bookable as it is listed."""
    lengths = durations(service) if service.unit == "visit" else [service.duration_minutes]
    zone = desk.agenda.rules.zone
    lines = []
    for minutes in lengths:
        task = desk.task(service.id, "", terms=Terms(minutes, 0), nights=1)
        starts = (clock.local(plan[0].start, zone).time() for plan in desk.agenda.starts([task], day, day, now))
        name = service.name if len(lengths) == 1 else f"{service.name} ({minutes} min)"
        lines.append(FreeTimesOf(service=name, times=tuple(start for start in starts if start in among)))
    return lines


TOOLS = (free_slots,)
