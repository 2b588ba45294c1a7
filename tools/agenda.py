"""Looking into the agenda: what is free, what is booked."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from langchain_core.tools import BaseTool, tool

from service.agenda import proposals
from service.agenda.catalog import Service
from service.agenda.prices import Terms, durations
from service.agenda.proposals import spoken
from service.agenda.queries import desk as agenda
from service.agenda.refusals import closed
from service.agenda.visits import ANY_TIME, Desk, Visit
from service.language.days import as_day, find_days, parse_day
from service.language.formatting import format_day, on_day
from service.language.money import format_brl
from service.language.times import find_part, time_or_part
from service.language.words import BOOKING_STATUS
from service.outreach.queries import waiting_list
from service.platform import clock
from service.platform.database import Database
from service.platform.errors import BadRequest, Forbidden
from tools import wording
from tools.desk import desk_for, refuse_lengths, refused, request_for, with_somebody
from tools.names import one_of
from tools.runtime import Run, briefing_of, now_of, today_of

LONGEST_LOOK_DAYS = 62
DAYS_LISTED = 5


def agenda_tools(db: Database) -> list[BaseTool]:
    """Tools that look into the agenda for the customer who is writing."""

    @tool(parse_docstring=True)
    async def check_availability(
        service_type: str,
        preferred_date: str,
        runtime: Run,
        preferred_time: str | None = None,
        pet_name: str | None = None,
        nights: int = 0,
    ) -> dict[str, Any]:
        """Consulta os horários livres de um serviço, em um dia ou em vários. Use antes de oferecer horário; ofereça só os do resultado.

        Args:
            service_type: nome do serviço, como "Banho"; dois na mesma visita: "Banho e Tosa".
            preferred_date: com as palavras do cliente: "amanhã", "sexta", "dia 3", "semana que vem", "de 1 a 5/12", "sexta de manhã".
            preferred_time: a hora que o cliente quer, se disse ("15h"), ou a parte do dia ("de manhã", "depois das 14h").
            pet_name: nome do pet, ou de vários ("Rex e Mel"), se o cliente disse.
            nights: quantas noites, só para hotel.
        """
        zone, now, today = runtime.context.timezone, now_of(runtime), today_of(runtime)
        refuse_lengths(nights)
        stretch = find_days(as_day(preferred_date), today)
        if stretch is None:
            raise BadRequest(f'Não entendi o dia "{preferred_date}". Diga a data, por exemplo 03/10, ou "amanhã".')
        wanted, part = time_or_part(preferred_time) if preferred_time else (None, find_part(preferred_date))
        first = max(stretch[0], today)
        last = min(max(stretch[1], first), first + timedelta(days=LONGEST_LOOK_DAYS))
        desk = with_somebody(await desk_for(db, runtime, first, last + timedelta(days=nights)))
        asked = request_for(runtime, desk, pet_name, service_type, nights=nights)
        about = {**asked.about, "date": stretch[0].isoformat(), "weekday": clock.WEEKDAYS[stretch[0].weekday()]}
        near = clock.at(first, wanted or (part[0] if part else time(12)), zone)
        if stretch[1] < today:
            return await refused(db, runtime, asked.visit, now, "Esse dia já passou.", about)
        if first == last and not desk.agenda.opening(first):
            return await refused(db, runtime, asked.visit, near, closed(desk.agenda.rules, first), about)
        starts = list(desk.starts(asked.visit, first, last, now, part or ANY_TIME))
        if not starts:
            days = on_day(first) if first == last else f"de {format_day(first)} a {format_day(last)}"
            full = f"Não há mais horário livre de {asked.about['service']} {days}."
            return await refused(db, runtime, asked.visit, near, full, about)
        answer = {"success": True, **about, **_costs(desk, asked.visit), **_slots(starts, zone, several_days=first != last)}
        if wanted and first == last:
            answer["requested"] = {"time": f"{wanted:%H:%M}", "available": near in starts}
        return answer

    @tool(parse_docstring=True)
    async def list_appointments(runtime: Run) -> dict[str, Any]:
        """Lista os próximos agendamentos do cliente que está escrevendo, e o que ele espera na lista de espera."""
        zone, organization_id, contact_id = runtime.context.timezone, runtime.context.organization_id, runtime.context.contact_id
        rows = await agenda.appointments(db, organization_id, contact_id)
        waiting = await waiting_list.entries(db, organization_id, contact_id)
        names = {service.id: service.name for service in briefing_of(runtime).services}
        return {
            "appointments": [{**proposals.appointment(agenda.as_item(row), zone), "status": BOOKING_STATUS[row["status"]]} for row in rows],
            "waiting_list": [
                {
                    "service": " e ".join(dict.fromkeys(names.get(want.service_id, "") for want in entry.visit.wants)),
                    "first_date": entry.first_day.isoformat(),
                    "last_date": entry.last_day.isoformat(),
                }
                for entry in waiting
            ],
        }

    return [check_availability, list_appointments]


def _services(visit: Visit, names: Mapping[UUID, str]) -> str:
    return " e ".join(dict.fromkeys(names.get(want.service_id, "") for want in visit.wants))


def _slots(starts: Sequence[datetime], zone: str, *, several_days: bool) -> dict[str, Any]:
    """Free starts as the model reads them: of one day its times, of several the first days with theirs."""
    local = [clock.local(start, zone) for start in starts]
    if not several_days:
        return {"slots": [f"{start:%H:%M}" for start in local]}
    days = list(dict.fromkeys(start.date() for start in local))
    listed = [
        {
            "date": day.isoformat(),
            "weekday": clock.WEEKDAYS[day.weekday()],
            "slots": [f"{start:%H:%M}" for start in local if start.date() == day],
        }
        for day in days[:DAYS_LISTED]
    ]
    return {"days": listed, "more_days": max(len(days) - DAYS_LISTED, 0)}


def _costs(desk: Desk, visit: Visit) -> dict[str, Any]:
    """What a visit takes and costs, packages and pick-up not considered."""
    return {
        "duration_minutes": sum(desk.terms(want).duration_minutes for want in visit.wants),
        "price": format_brl(sum(desk.price_cents(want, visit.nights) for want in visit.wants)),
    }


def free_slot_tools(db: Database) -> list[BaseTool]:
    """The owner's look at the agenda."""

    @tool(parse_docstring=True)
    async def free_slots(runtime: Run, date: str = "hoje", service_type: str | None = None) -> dict[str, Any]:
        """Mostra os horários ainda livres de um dia, por serviço.

        Args:
            date: o dia com as palavras da pessoa ("hoje", "amanhã", "sexta"), ou AAAA-MM-DD.
            service_type: um serviço só, se a pessoa pediu.
        """
        if not runtime.context.is_owner:
            raise Forbidden("Só o dono da loja consulta a agenda inteira.")
        zone, now = runtime.context.timezone, now_of(runtime)
        day = parse_day(date, today_of(runtime))
        services: Sequence[Service] = briefing_of(runtime).services
        if service_type:
            services = [one_of(service_type, services, "serviço")]
        desk = await agenda.load(db, runtime.context.organization_id, zone, day, day + timedelta(days=1))
        slots = []
        for service in services:
            # One line for each duration that the service has for one pet or another: what is listed is bookable as it is listed.
            lengths = durations(service) if service.unit == "visit" else [service.duration_minutes]
            for minutes in lengths:
                task = desk.task(service.id, "", terms=Terms(minutes, 0), nights=1)
                times = [spoken(plan[0].start, zone)["time"] for plan in desk.agenda.starts([task], day, day, now)]
                slots.append({"service": service.name if len(lengths) == 1 else f"{service.name} ({minutes} min)", "times": times})
        is_open = bool(desk.agenda.opening(day))
        return {
            "text": wording.free_slots(day, slots, is_open=is_open),
            "date": day.isoformat(),
            "weekday": clock.WEEKDAYS[day.weekday()],
            "open": is_open,
            "slots": slots,
        }

    return [free_slots]
