"""Waiting for a time that is not free."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

from service.agenda.told import Spoken
from service.language.days import days_between, parse_days
from service.language.spoken import Told, left_out
from service.language.times import ALL_DAY, Times
from service.outreach.queries import waiting_list
from service.platform import clock
from service.platform.database import Database
from service.platform.errors import BadRequest
from service.turns.sentences import of_pet, span
from service.turns.telling import DeedKind, Fact, Voice
from tools.appointments import NotFree
from tools.definition import tool
from tools.desk import desk_for, refuse_lengths, request_for, times_said
from tools.results import Refused, Result
from tools.runtime import Run, effect_of, now_of, today_of
from tools.said import Said, Wished

LONGEST_WAIT_DAYS = 31


WHICH_DAYS = ("Para qual dia ou período você quer esperar?", "Em que dia, ou entre que dias, serviria para você?")
PAST = "Esse dia já passou."
FREE_ALREADY = ("Nem precisa esperar: há horário livre nesse período.", "Não é preciso esperar, há horário livre nesse período.")
OTHER_DAYS = ("Nesse período a loja não abre. Que outros dias serviriam?", "A loja não abre nesse período. Quer esperar por outros dias?")
NOT_WAITING = ("Você não está na lista de espera.", "No momento você não está na lista de espera.")
ONE_STRETCH = "A lista de espera leva um período de cada vez, sem dias ou horas de fora. Pergunte ao cliente qual período ele prefere."
NOT_NEEDED = "Não é preciso esperar: há horário livre nesse período. Consulte check_availability e ofereça."


class Entry(Told):
    """A visit that is waited for, and the days that would do."""

    pet: str
    service: str
    first_date: dt.date
    first_weekday: str
    last_date: dt.date
    last_weekday: str


class Joined(Result):
    """The customer is on the waiting list."""

    success: Literal[True] = True
    already_waiting: bool = left_out(False)
    waiting: Entry

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        entry = self.waiting
        what, days = of_pet(entry.service, entry.pet), span(entry.first_date, entry.last_date, voice)
        wordings = (
            f"Coloquei você na lista de espera de {what}, {days}. Se abrir um horário, aviso por aqui.",
            f"Você está na lista de espera de {what}, {days}. Assim que abrir um horário, aviso por aqui.",
        )
        already = (f"Você já está na lista de espera de {what}, {days}. Se abrir um horário, aviso por aqui.",)
        text = voice.choose(already if self.already_waiting else wordings)
        return [Fact.of("deed", text, must=True, names=[entry.service, entry.pet], days=[entry.first_date, entry.last_date])]


class Left(Result):
    """The customer waits no longer."""

    success: Literal[True] = True

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        said = ("Tudo certo, tirei você da lista de espera.", "Pronto, você não está mais na lista de espera.")
        return [Fact.of("deed", voice.choose(said), must=True)]


@tool(writes=True, rests_on=Wished.WAIT, deed="waiting")
async def join_waiting_list(
    db: Database,
    runtime: Run,
    service_type: Annotated[str, Said.SERVICE],
    preferred_date: Annotated[str, Said.DAY],
    preferred_time: Annotated[str | None, Said.TIME] = None,
    pet_name: Annotated[str | None, Said.PET] = None,
    nights: Annotated[int, Said.NIGHTS] = 0,
) -> Joined | NotFree:
    """Põe o cliente na lista de espera, quando não há horário livre.

    Args:
        service_type: serviço.
        preferred_date: o dia ou período, como o cliente disse.
        preferred_time: a parte do dia, se ele disse.
        pet_name: pet, ou vários.
        nights: noites de hotel.
    """
    zone, now, today = runtime.context.timezone, now_of(runtime), today_of(runtime)
    refuse_lengths(nights)
    days = parse_days(preferred_date, today)
    if days.last < today:
        raise BadRequest(PAST, say=PAST)
    first, last = max(days.first, today), min(days.last, today + dt.timedelta(days=LONGEST_WAIT_DAYS))
    if last < first:
        far = f"A lista de espera vai até {LONGEST_WAIT_DAYS} dias à frente."
        raise BadRequest(far, say=far)
    if days.within(first, last) != [(first, last)]:
        raise BadRequest(ONE_STRETCH, say=WHICH_DAYS)
    desk = await desk_for(db, runtime, first, last + dt.timedelta(days=nights))
    asked = request_for(runtime, desk, pet_name, service_type, nights=nights)
    times = times_said(desk, days_between(first, last), preferred_date, preferred_time) or ALL_DAY
    if len(times.between) > 1:
        raise BadRequest(ONE_STRETCH, say=WHICH_DAYS)
    if free := next(desk.starts(asked.visit, first, last, now, times), None):
        return NotFree(**asked.about, error=NOT_NEEDED, say=FREE_ALREADY, alternatives=(Spoken.of(free, zone),))
    if not any(desk.agenda.opening(day) for day in days_between(first, last)):
        raise BadRequest("A loja não abre nesse período: não há o que esperar. Ofereça outros dias.", say=OTHER_DAYS)
    joined = Joined(
        waiting=Entry(
            **asked.about,
            first_date=first,
            first_weekday=clock.WEEKDAYS[first.weekday()],
            last_date=last,
            last_weekday=clock.WEEKDAYS[last.weekday()],
        )
    )
    is_new = await waiting_list.join(
        db, runtime.context.organization_id, effect_of(runtime), contact_id=runtime.context.contact_id, visit=asked.visit,
        days=(first, last), between=_stored(times), result=joined.as_json(),
    )  # fmt: skip
    return joined if is_new else joined.model_copy(update={"already_waiting": True})


def _stored(times: Times) -> tuple[dt.time, dt.time]:
    """Return the times as they are stored: of one time, the minute from it on."""
    first, last = times.between[0]
    later = (dt.datetime.combine(dt.date.min, first) + dt.timedelta(minutes=1)).time()
    return first, last if last > first else later


@tool(writes=True, rests_on=Wished.LEAVE)
async def leave_waiting_list(db: Database, runtime: Run) -> Left | Refused:
    """Tira o cliente da lista de espera."""
    left = Left()
    was_there = await waiting_list.leave(
        db, runtime.context.organization_id, effect_of(runtime), contact_id=runtime.context.contact_id, result=left.as_json()
    )
    return left if was_there else Refused(error="O cliente não está na lista de espera.", say=NOT_WAITING)


TOOLS = (join_waiting_list, leave_waiting_list)
