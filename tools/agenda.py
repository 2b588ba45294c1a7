"""The customer's appointments: what is free, booking, what is booked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from langchain_core.tools import BaseTool, tool

from service import clock, dates
from service.agenda import Rules, Task, closed_for
from service.db import agenda, customers
from service.db.agenda import Loaded
from service.db.pool import Database
from service.errors import BadRequest, Forbidden
from service.money import format_brl
from tools import wording
from tools.names import find_by_name, one_of
from tools.runtime import Run, briefing_of, effect_of, now_of, today_of

ALTERNATIVES = 4
LOOK_AHEAD_DAYS = 14
ATTEMPTS = 5


def when(start: datetime, zone: str) -> dict[str, str]:
    """An instant as the model reads it: date, weekday and time of the shop."""
    local = clock.local(start, zone)
    return {"date": local.date().isoformat(), "weekday": clock.WEEKDAYS[local.weekday()], "time": f"{local:%H:%M}"}


def refusal(loaded: Loaded, task: Task, start: datetime, now: datetime) -> str | None:
    """Why the shop can't take this start at all, in a sentence; None when it may, and it is only a question of who is free."""
    agenda = loaded.agenda
    zone = agenda.rules.zone
    day = clock.local(start, zone).date()
    if start < now:
        return "Esse horário já passou."
    if not agenda.opening(day):
        return closed(agenda.rules, day)
    if start in agenda.grid(task, day):
        return None
    hours = ", ".join(
        f"das {dates.format_time(clock.local(a, zone).time())} às {dates.format_time(clock.local(b, zone).time())}"
        for a, b in agenda.opening(day)
    )
    minutes = task.duration // timedelta(minutes=1)
    return (
        f"Esse horário não é oferecido: {dates.on_day(day)} a loja abre {hours}, "
        f"os horários começam a cada {agenda.rules.step_minutes} minutos e o serviço leva {minutes} minutos."
    )


def closed(rules: Rules, day: date) -> str:
    """The sentence about a day on which the shop does not open."""
    reason = closed_for(rules, day)
    return f"A loja não abre {dates.on_day(day)}{f' ({reason})' if reason else ''}."


def agenda_tools(db: Database) -> list[BaseTool]:
    """Tools over the agenda for the customer who is writing."""

    async def loaded_for(runtime: Run, first: date, last: date) -> Loaded:
        return await agenda.load(db, runtime.context.organization_id, runtime.context.timezone, first, last)

    async def refused(runtime: Run, service: Mapping[str, Any], near: datetime, why: str, /, **about: str) -> dict[str, Any]:
        """A refusal that helps on: why, and the nearest times that are free, in words and as data."""
        zone, now = runtime.context.timezone, now_of(runtime)
        first = max(clock.local(near, zone).date(), today_of(runtime))
        last = first + timedelta(days=LOOK_AHEAD_DAYS - 1)
        loaded = await loaded_for(runtime, first, last)
        found: list[datetime] = []
        for plan in loaded.agenda.starts([loaded.task(UUID(service["id"]))], first, last, now):
            # The day on which there are enough is looked at to its end: a later time of it may be nearer.
            if len(found) >= ALTERNATIVES and clock.local(plan[0].start, zone).date() > clock.local(found[-1], zone).date():
                break
            found.append(plan[0].start)
        nearest = [clock.local(s, zone) for s in sorted(sorted(found, key=lambda s: abs(s - near))[:ALTERNATIVES])]
        words = "; ".join(f"{dates.format_day(s.date())} às {dates.format_time(s.time())}" for s in nearest)
        return {
            "success": False,
            **about,
            "error": f"{why} Mais próximos livres: {words}." if words else f"{why} Não há horário livre nos próximos dias.",
            "alternatives": [when(s, zone) for s in nearest],
        }

    @tool
    async def check_availability(service_type: str, preferred_date: str, runtime: Run, preferred_time: str | None = None) -> dict[str, Any]:
        """Consulta os horários livres de um serviço em um dia. Use antes de oferecer qualquer horário.

        Args:
            service_type: nome do serviço, como "Banho".
            preferred_date: o dia com as palavras do cliente ("amanhã", "sexta", "dia 3"), ou AAAA-MM-DD.
            preferred_time: a hora que o cliente quer, se disse ("15:00", "15h").
        """
        briefing = briefing_of(runtime)
        zone, now = runtime.context.timezone, now_of(runtime)
        service = one_of(service_type, briefing["services"], "serviço")
        day = dates.parse_day(preferred_date, today_of(runtime))
        wanted = dates.parse_time(preferred_time) if preferred_time else None
        about = {"service": service["name"], "date": day.isoformat(), "weekday": clock.WEEKDAYS[day.weekday()]}
        if day < today_of(runtime):
            return await refused(runtime, service, now, "Esse dia já passou.", **about)
        near = clock.at(day, wanted or time(12), zone)
        loaded = await loaded_for(runtime, day, day)
        if not loaded.agenda.opening(day):
            return await refused(runtime, service, near, closed(loaded.agenda.rules, day), **about)
        starts = [plan[0].start for plan in loaded.agenda.starts([loaded.task(UUID(service["id"]))], day, day, now)]
        if not starts:
            full = f"Não há mais horário livre de {service['name']} {dates.on_day(day)}."
            return await refused(runtime, service, near, full, **about)
        answer: dict[str, Any] = {
            "success": True,
            **about,
            "duration_minutes": service["duration_minutes"],
            "price": format_brl(service["price_cents"]),
            "slots": [when(s, zone)["time"] for s in starts],
        }
        if wanted:
            answer["requested"] = {"time": f"{wanted:%H:%M}", "available": near in starts}
        return answer

    async def pet_named(runtime: Run, wanted: str) -> Mapping[str, Any]:
        known: Sequence[Mapping[str, Any]] = briefing_of(runtime)["pets"]
        if len(find_by_name(wanted, known)) != 1:
            known = await customers.pets(db, runtime.context.organization_id, runtime.context.contact_id)
        if not known:
            raise BadRequest(
                "O cliente ainda não tem pet cadastrado. Pergunte nome, espécie, raça e idade e use register_pet antes de agendar."
            )
        return one_of(wanted, known, "pet")

    @tool
    async def book_appointment(pet_name: str, service_type: str, preferred_date: str, preferred_time: str, runtime: Run) -> dict[str, Any]:
        """Agenda um serviço para um pet já cadastrado do cliente. Use só quando o cliente já escolheu serviço, dia e hora.

        Só diga que está agendado se o resultado tiver success true; se não, ofereça as alternativas do resultado.

        Args:
            pet_name: nome do pet.
            service_type: nome do serviço, como "Banho".
            preferred_date: o dia com as palavras do cliente ("amanhã", "sexta", "dia 3"), ou AAAA-MM-DD.
            preferred_time: a hora, "15:00" ou "15h".
        """
        zone, now = runtime.context.timezone, now_of(runtime)
        service = one_of(service_type, briefing_of(runtime)["services"], "serviço")
        pet = await pet_named(runtime, pet_name)
        day, moment = dates.parse_day(preferred_date, today_of(runtime)), dates.parse_time(preferred_time)
        start = clock.at(day, moment, zone)
        organization_id = runtime.context.organization_id
        appointment = {
            "pet": pet["name"],
            "service": service["name"],
            **when(start, zone),
            "duration_minutes": service["duration_minutes"],
            "price": format_brl(service["price_cents"]),
        }
        ids = {"contact_id": runtime.context.contact_id, "pet_id": UUID(str(pet["id"])), "service_id": UUID(service["id"])}
        # Somebody may take the chosen resource between our look and our insert; another may still be free, so look again.
        for _ in range(ATTEMPTS):
            loaded = await loaded_for(runtime, day, day)
            task = loaded.task(UUID(service["id"]))
            if why := refusal(loaded, task, start, now):
                return await refused(runtime, service, start, why)
            plan = loaded.agenda.plan([task], start, now)
            if plan is None:
                break
            professional = loaded.agenda.resources[plan[0].resources[0]].name
            result = {"success": True, "appointment": {**appointment, "professional": professional}}
            booked = await agenda.book(
                db, organization_id, effect_of(runtime), **ids, plan=plan, price_cents=service["price_cents"], result=result
            )
            if booked:
                return booked
        if same := await agenda.same_booking(db, organization_id, **ids, starts_at=start):
            return {"success": True, "already_booked": True, "appointment": {**appointment, "professional": same["professional"]}}
        taken = f"O horário das {dates.format_time(moment)} {dates.on_day(day)} não está mais livre para {service['name']}."
        return await refused(runtime, service, start, taken)

    @tool
    async def list_appointments(runtime: Run) -> dict[str, Any]:
        """Lista os próximos agendamentos do cliente que está escrevendo."""
        zone = runtime.context.timezone
        rows = await agenda.appointments(db, runtime.context.organization_id, runtime.context.contact_id)
        return {
            "appointments": [
                {
                    "pet": row["pet"],
                    "service": row["service"],
                    **when(row["starts_at"], zone),
                    "status": wording.STATUS_WORDS[row["status"]],
                    "professional": row["professional"],
                    "price": format_brl(row["price_cents"]),
                }
                for row in rows
            ]
        }

    return [check_availability, book_appointment, list_appointments]


def free_slot_tools(db: Database) -> list[BaseTool]:
    """The owner's look at the agenda."""

    @tool
    async def free_slots(runtime: Run, date: str = "hoje", service_type: str | None = None) -> dict[str, Any]:
        """Mostra os horários ainda livres de um dia, por serviço.

        Args:
            date: o dia com as palavras da pessoa ("hoje", "amanhã", "sexta"), ou AAAA-MM-DD.
            service_type: um serviço só, se a pessoa pediu.
        """
        if not runtime.context.is_owner:
            raise Forbidden("Só o dono da loja consulta a agenda inteira.")
        zone, now = runtime.context.timezone, now_of(runtime)
        day = dates.parse_day(date, today_of(runtime))
        services: Sequence[Mapping[str, Any]] = briefing_of(runtime)["services"]
        if service_type:
            services = [one_of(service_type, services, "serviço")]
        loaded = await agenda.load(db, runtime.context.organization_id, zone, day, day)
        slots = [
            {
                "service": s["name"],
                "times": [when(plan[0].start, zone)["time"] for plan in loaded.agenda.starts([loaded.task(UUID(s["id"]))], day, day, now)],
            }
            for s in services
        ]
        is_open = bool(loaded.agenda.opening(day))
        return {
            "text": wording.free_slots(day, slots, is_open=is_open),
            "date": day.isoformat(),
            "weekday": clock.WEEKDAYS[day.weekday()],
            "open": is_open,
            "slots": slots,
        }

    return [free_slots]
