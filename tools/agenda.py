"""Looking into the agenda: what is free, what is booked."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from service.agenda.queries import desk as agenda
from service.agenda.refusals import closed
from service.agenda.told import Appointment
from service.agenda.visits import Desk, Visit
from service.language.days import days_between, parse_days
from service.language.formatting import format_day, format_length, format_time, on_day
from service.language.money import format_brl
from service.language.spoken import Brl, Clock, Told, left_out
from service.language.times import ALL_DAY
from service.outreach.queries import waiting_list
from service.platform import clock
from service.platform.database import Database
from service.turns.sentences import LONGEST_VISIT_MINUTES, SOME_PET, Booking, appointment_facts, of_pet, waiting_fact
from service.turns.telling import DeedKind, Fact, Voice, itemised, times_listed
from tools.appointments import NotFree, Status
from tools.definition import tool
from tools.desk import desk_for, refuse_lengths, refused, request_for, times_said, with_somebody
from tools.results import Result
from tools.runtime import Run, briefing_of, now_of, today_of
from tools.said import Said

LONGEST_LOOK_DAYS = 62
DAYS_LISTED = 5
WHICH_DAY = ("Para que dia você quer?", "Qual dia fica melhor para você?")


class Requested(Told):
    """The time that the customer asked for, and whether it is free."""

    time: Clock
    available: bool


class FreeDay(Told):
    """The free times of one of several days."""

    date: dt.date
    weekday: str
    slots: tuple[Clock, ...]


class Free(Result):
    """What is free for a visit: what it takes, and costs without packages and pick-up. `date` is the first day that was asked for."""

    success: Literal[True] = True
    pet: str | None = left_out()
    service: str | None = left_out()
    date: dt.date
    weekday: str | None = left_out()
    duration_minutes: int | None = left_out()
    price: Brl | None = left_out()

    @property
    def what(self) -> str:
        """Write what the times are free for: "Banho de Rex"."""
        return of_pet(self.service or "atendimento", self.pet)

    def costs(self, voice: Voice) -> list[Fact]:
        """Tell what the visit costs and takes; not of a pet that nobody knows, whose price may be another."""
        if self.price is None or self.pet in (None, SOME_PET):
            return []
        whole = self.duration_minutes or LONGEST_VISIT_MINUTES
        lasts = f" e leva {format_length(whole)}" if whole < LONGEST_VISIT_MINUTES else ""
        cost = format_brl(self.price)
        said = voice.choose((f"{self.what} fica {cost}{lasts}.", f"{self.what}: fica em {cost}{lasts}."))
        return [Fact.of("prices", said, names=[self.service, self.pet], cents=[self.price])]


class FreeTimes(Free):
    """The free times of one day."""

    slots: tuple[Clock, ...]
    requested: Requested | None = left_out()

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        day, free = voice.on(self.date), times_listed(self.slots)
        wordings = [
            f"{day}, tenho para {self.what}: {free}.",
            f"{self.what} {day}: tenho {free}.",
            f"Horários livres de {self.what} {day}: {free}.",
        ]
        facts = []
        if len(self.slots) == 1:
            wordings = [f"{day}, tenho só às {free} para {self.what}.", f"{self.what} {day}: tenho só às {free}."]
        if self.requested and not self.requested.available:
            wanted = format_time(self.requested.time)
            wordings = [f"{day}, às {wanted}, não tenho vaga para {self.what}. {tenho} {free}." for tenho in ("Tenho", "Posso oferecer")]
        elif self.requested:
            wanted = f"{day}, às {format_time(self.requested.time)}"
            said = voice.choose((f"{wanted}, está livre para {self.what}.", f"Tenho sim: {self.what} {wanted}."))
            facts = [Fact.of("slots", said, names=[self.service, self.pet], days=[self.date], times=[self.requested.time])]
        every = Fact.of("slots", voice.choose(wordings), names=[self.service, self.pet], days=[self.date], times=self.slots)
        return [*facts, *([] if facts and len(self.slots) == 1 else [every]), *self.costs(voice)]


class FreeDays(Free):
    """The free times of several days: the first days that have any, and how many more there are."""

    days: tuple[FreeDay, ...]
    more_days: int

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        lines = itemised([f"{voice.day(day.date)}: {times_listed(day.slots)}" for day in self.days])
        more = f"\nE há horário em mais {self.more_days} {'dias' if self.more_days > 1 else 'dia'}." if self.more_days else ""
        begin = voice.choose((f"Para {self.what} tenho:", f"Horários livres de {self.what}:"))
        names = [self.service, self.pet]
        times = [start for day in self.days for start in day.slots]
        whole = Fact.of("slots", f"{begin}\n{lines}{more}", names=names, days=[day.date for day in self.days], times=times)
        each = [
            Fact.of("slots", f"{voice.on(day.date)}, tenho para {self.what}: {times_listed(day.slots)}.", names=names, days=[day.date],
                    times=day.slots)
            for day in self.days
        ]  # fmt: skip
        return [whole, *each, *self.costs(voice)]


class Booked(Appointment):
    """An appointment, and how far it is."""

    status: Status = "scheduled"


class Waiting(Told):
    """What the customer waits for, and the days that would do."""

    service: str
    first_date: dt.date
    last_date: dt.date


class Listed(Result):
    """The customer's coming appointments, and what they wait for."""

    appointments: tuple[Booked, ...]
    waiting_list: tuple[Waiting, ...] = ()

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        facts = appointment_facts([Booking.told(booked, booked.status) for booked in self.appointments], voice)
        return [*facts, *(waiting_fact(entry.service, None, entry.first_date, entry.last_date, voice) for entry in self.waiting_list)]


@tool()
async def check_availability(
    db: Database,
    runtime: Run,
    service_type: Annotated[str, Said.SERVICE],
    preferred_date: Annotated[str, Said.LOOK],
    preferred_time: Annotated[str | None, Said.TIME] = None,
    pet_name: Annotated[str | None, Said.PET] = None,
    nights: Annotated[int, Said.NIGHTS] = 0,
) -> FreeTimes | FreeDays | NotFree:
    """Horários livres de um serviço. Use antes de oferecer horário.

    Args:
        service_type: serviço, ou vários.
        preferred_date: o dia ou período, como o cliente disse.
        preferred_time: a hora ou parte do dia, se ele disse.
        pet_name: pet, ou vários.
        nights: noites de hotel.
    """
    zone, now, today = runtime.context.timezone, now_of(runtime), today_of(runtime)
    refuse_lengths(nights)
    days = parse_days(preferred_date, today)
    first = max(days.first, today)
    last = min(max(days.last, first), first + dt.timedelta(days=LONGEST_LOOK_DAYS))
    desk = with_somebody(await desk_for(db, runtime, first, last + dt.timedelta(days=nights)))
    asked = request_for(runtime, desk, pet_name, service_type, nights=nights)
    looked_at = [day for since, until in days.within(first, last) for day in days_between(since, until)]
    times = times_said(desk, looked_at, preferred_date, preferred_time)
    wanted = times.one if times and first == last else None
    about: dict[str, Any] = {**asked.about, "date": days.first, "weekday": clock.WEEKDAYS[days.first.weekday()]}
    near = clock.at(first, times.between[0][0] if times and times.between[0][0] != dt.time() else dt.time(12), zone)
    if days.last < today:
        return await refused(db, runtime, asked.visit, now, "Esse dia já passou.", about)
    if first == last and not desk.agenda.opening(first):
        return await refused(db, runtime, asked.visit, near, closed(desk.agenda.rules, first), about)
    starts = list(desk.starts(asked.visit, first, last, now, ALL_DAY if wanted or times is None else times, days))
    if not starts:
        when = on_day(first) if first == last else f"de {format_day(first)} a {format_day(last)}"
        full = f"Não há mais horário livre de {asked.about['service']} {when}{' como pedido' if len(looked_at) > 1 or times else ''}."
        return await refused(db, runtime, asked.visit, near, full, about)
    about |= _costs(desk, asked.visit)
    if first != last:
        return _of_days([clock.local(start, zone) for start in starts], about)
    requested = Requested(time=wanted, available=near in starts) if wanted else None
    return FreeTimes(**about, slots=tuple(clock.local(start, zone).time() for start in starts), requested=requested)


@tool()
async def my_appointments(db: Database, runtime: Run) -> Listed:
    """Os próximos agendamentos do cliente e a lista de espera dele."""
    zone, organization_id, contact_id = runtime.context.timezone, runtime.context.organization_id, runtime.context.contact_id
    rows = await agenda.appointments(db, organization_id, contact_id)
    waiting = await waiting_list.entries(db, organization_id, contact_id)
    names = {service.id: service.name for service in briefing_of(runtime).services}
    return Listed(
        appointments=tuple(Booked.of(agenda.as_item(row), zone, status=row["status"]) for row in rows),
        waiting_list=tuple(
            Waiting(
                service=" e ".join(dict.fromkeys(names.get(want.service_id, "") for want in entry.visit.wants)),
                first_date=entry.first_day,
                last_date=entry.last_day,
            )
            for entry in waiting
        ),
    )


def _of_days(starts: Sequence[dt.datetime], about: dict[str, Any]) -> FreeDays:
    """Return the first days with free starts, and how many more there are; instants are in the shop's zone."""
    days = list(dict.fromkeys(start.date() for start in starts))
    listed = tuple(
        FreeDay(
            date=day, weekday=clock.WEEKDAYS[day.weekday()], slots=tuple(start.time() for start in starts if start.date() == day)
        )
        for day in days[:DAYS_LISTED]
    )  # fmt: skip
    return FreeDays(**about, days=listed, more_days=max(len(days) - DAYS_LISTED, 0))


def _costs(desk: Desk, visit: Visit) -> dict[str, int]:
    """Return what a visit takes and costs, packages and pick-up not considered."""
    return {
        "duration_minutes": sum(desk.terms(want).duration_minutes for want in visit.wants),
        "price": sum(desk.price_cents(want, visit.nights) for want in visit.wants),
    }


TOOLS = (check_availability,)
OWN = (my_appointments,)
