"""Waiting for a time that is not free."""

from datetime import timedelta
from typing import Any

from langchain_core.tools import BaseTool, tool

from service.agenda.proposals import spoken
from service.agenda.visits import ANY_TIME
from service.language.days import as_day, find_days
from service.language.times import find_part
from service.outreach.queries import waiting_list
from service.platform import clock
from service.platform.database import Database
from service.platform.errors import BadRequest
from tools.desk import desk_for, refuse_lengths, request_for
from tools.runtime import Run, effect_of, now_of, today_of

LONGEST_WAIT_DAYS = 31


def waiting_list_tools(db: Database) -> list[BaseTool]:
    """Tools by which the customer who is writing waits, and stops waiting."""

    @tool(parse_docstring=True)
    async def join_waiting_list(
        service_type: str,
        preferred_date: str,
        runtime: Run,
        preferred_time: str | None = None,
        pet_name: str | None = None,
        nights: int = 0,
    ) -> dict[str, Any]:
        """Põe o cliente na lista de espera quando não há horário livre no período que ele quer. Avisamos por aqui se um abrir.

        Args:
            service_type: nome do serviço, como "Banho".
            preferred_date: o dia ou período com as palavras do cliente: "sexta", "semana que vem", "de 1 a 5/12".
            preferred_time: a parte do dia que serve, se o cliente disse ("de manhã", "depois das 14h").
            pet_name: nome do pet, ou de vários ("Rex e Mel").
            nights: quantas noites, só para hotel.
        """
        zone, now, today = runtime.context.timezone, now_of(runtime), today_of(runtime)
        refuse_lengths(nights)
        days = find_days(as_day(preferred_date), today)
        if days is None:
            raise BadRequest(f'Não entendi o dia "{preferred_date}". Para qual dia ou período o cliente quer esperar?')
        if days[1] < today:
            raise BadRequest("Esse dia já passou.")
        first, last = max(days[0], today), min(days[1], today + timedelta(days=LONGEST_WAIT_DAYS))
        if last < first:
            raise BadRequest(f"A lista de espera vai até {LONGEST_WAIT_DAYS} dias à frente.")
        between = find_part(preferred_time or "") or find_part(preferred_date) or ANY_TIME
        desk = await desk_for(db, runtime, first, last + timedelta(days=nights))
        asked = request_for(runtime, desk, pet_name, service_type, nights=nights)
        if free := next(desk.starts(asked.visit, first, last, now, between), None):
            return {
                "success": False,
                **asked.about,
                "error": "Não é preciso esperar: há horário livre nesse período. Consulte check_availability e ofereça.",
                "alternatives": [spoken(free, zone)],
            }
        if not any(desk.agenda.opening(first + timedelta(days=n)) for n in range((last - first).days + 1)):
            raise BadRequest("A loja não abre nesse período: não há o que esperar. Ofereça outros dias.")
        entry = {
            **asked.about, "first_date": first.isoformat(), "first_weekday": clock.WEEKDAYS[first.weekday()], "last_date": last.isoformat(),
            "last_weekday": clock.WEEKDAYS[last.weekday()],
        }  # fmt: skip
        joined = await waiting_list.join(
            db, runtime.context.organization_id, effect_of(runtime), contact_id=runtime.context.contact_id, visit=asked.visit,
            days=(first, last), between=between, result={"success": True, "waiting": entry},
        )  # fmt: skip
        return joined or {"success": True, "already_waiting": True, "waiting": entry}

    @tool(parse_docstring=True)
    async def leave_waiting_list(runtime: Run) -> dict[str, Any]:
        """Tira o cliente da lista de espera, quando ele diz que não quer mais esperar."""
        left = await waiting_list.leave(
            db, runtime.context.organization_id, effect_of(runtime), contact_id=runtime.context.contact_id, result={"success": True}
        )
        return left or {"success": False, "error": "O cliente não está na lista de espera."}

    return [join_waiting_list, leave_waiting_list]
