"""Booking, moving and cancelling for the customer who is writing.

Nothing here is done because the model says so. A tool proposes, holding the time; the customer's own words make it true
(`graphs/client/settle.py`), or have done so already by naming everything (`service.agenda.agreement`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any
from uuid import uuid4

from service.agenda import agreement, proposals
from service.agenda.proposals import ProposalKind
from service.agenda.queries import desk as agenda
from service.agenda.queries import proposals as stored
from service.agenda.refusals import elsewhere, refusal
from service.agenda.told import Outcome
from service.agenda.visits import Item, Visit, Want
from service.language.days import parse_day
from service.language.formatting import format_time, listed, on_day
from service.language.phrases import whole_words
from service.language.text import fold
from service.language.times import times_beside
from service.platform import clock
from service.platform.database import Database, Row
from service.platform.errors import BadRequest, NotYet
from service.turns.briefing import Briefing
from tools.acts import is_asked_for
from tools.appointments import Asked, Done, Proposal, Proposed, Settled, Unchanged
from tools.definition import tool
from tools.desk import Request, desk_for, packages_cover, placed, refuse_lengths, refused, request_for, start_of
from tools.heard import Heard
from tools.names import all_of
from tools.runtime import Run, briefing_of, effect_of, now_of, today_of
from tools.said import Said, Wished

ATTEMPTS = 5
JUST_CHANGED = ("Esse agendamento acabou de mudar, então não mexi nele.", "Não mexi nesse agendamento: ele acabou de mudar.")
NOT_THAT_ONE = "Não encontrei esse agendamento."
NOTHING_BOOKED = ("Você não tem nenhum horário marcado no momento.", "No momento não há nenhum horário marcado para você.")
BY_THE_TEAM = (
    "Esse agendamento eu não consigo mudar por aqui. Quer que eu chame alguém da equipe?",
    "Para mudar esse agendamento é preciso falar com a equipe. Posso chamar alguém?",
)
# What is said of an appointment that is to be at another time.
_MOVES = whole_words(r"remar[cq]\w+|reagend\w+|(?:mud|pass|troc|adi|antecip|transfer|empurr|jog)(?:ar?|e|aria|ir)?|troque")
OTHER_DAY = (
    "O pacote deste agendamento não vale nesse dia. Quer escolher um dia dentro da validade dele?",
    "Nesse dia o pacote deste agendamento não vale mais. Que outro dia seria bom?",
)
ONE_AT_A_TIME = (
    "Você já perguntou ao cliente sobre outra coisa nesta mensagem. Espere a resposta dele; depois proponha esta. Se é para o mesmo dia e "
    "hora, chame uma vez só, com todos os pets."
)
SAME = (
    "Já está marcado exatamente nesse dia e hora. Se o cliente quer mudar, pergunte para quando; se quer desmarcar, use cancel_appointment."
)


@tool(writes=True, rests_on=Wished.BOOK, deed="booked", proposes=True)
async def book_appointment(
    db: Database,
    runtime: Run,
    pet_name: Annotated[str, Said.PET],
    service_type: Annotated[str, Said.SERVICE],
    preferred_date: Annotated[str, Said.DAY],
    preferred_time: Annotated[str | None, Said.TIME] = None,
    nights: Annotated[int, Said.NIGHTS] = 0,
    professional: Annotated[str | None, Said.PERSON] = None,
    pickup_zone: Annotated[str | None, Said.ZONE] = None,
    repeat_weeks: Annotated[int, Said.WEEKS] = 1,
) -> Settled:
    """Agenda um horário novo para pet já cadastrado, quando há serviço, dia e hora. Para trocar algo antes do sim, chame de novo.

    Args:
        pet_name: pet, ou vários.
        service_type: serviço, ou vários.
        preferred_date: o dia, como o cliente disse.
        preferred_time: a hora.
        nights: noites de hotel.
        professional: se o cliente pediu alguém pelo nome.
        pickup_zone: bairro, se ele pediu leva e traz.
        repeat_weeks: semanas seguidas, se ele quer toda semana.
    """
    zone, now = runtime.context.timezone, now_of(runtime)
    refuse_lengths(nights, repeat_weeks)
    _refuse_move(briefing_of(runtime), pet_name, service_type)
    repeat_weeks = repeat_weeks or 1
    day = parse_day(preferred_date, today_of(runtime))
    last = day + timedelta(days=nights, weeks=repeat_weeks - 1)
    for _ in range(ATTEMPTS):
        desk = await desk_for(db, runtime, day, last)
        asked = request_for(
            runtime, desk, pet_name, service_type, nights=nights, weeks=repeat_weeks, professional=professional, pickup_zone=pickup_zone
        )
        start = start_of(desk, asked, day, preferred_date, preferred_time)
        if why := refusal(desk, asked.visit, start, now):
            return await refused(db, runtime, asked.visit, start, why, asked.about)
        if same := desk.booked_already(asked.visit, start):
            return Done.of(same, zone, already_booked=True)
        plans = desk.plans_at(asked.visit, start, now)
        if plans is None:
            break
        # Somebody may take the place between our look and our hold; another may still be free, so look again.
        if answer := await _propose(db, runtime, "book", desk.items(asked.visit, plans)):
            return answer
    moment, weeks = clock.local(start, zone).time(), " em todas as semanas" if repeat_weeks > 1 else ""
    taken = f"O horário das {format_time(moment)} {on_day(day)} não está mais livre{weeks} para {asked.about['service']}."
    why = elsewhere(desk, asked.visit, start, now) or taken
    return await refused(db, runtime, asked.visit, start, why, asked.about)


@tool(writes=True, rests_on=Wished.MOVE, deed="moved", proposes=True)
async def reschedule_appointment(
    db: Database,
    runtime: Run,
    new_date: Annotated[str, Said.DAY],
    new_time: Annotated[str | None, Said.TIME] = None,
    pet_name: Annotated[str | None, Said.PET] = None,
    service_type: Annotated[str | None, Said.SERVICE] = None,
    current_date: Annotated[str | None, Said.BOOKED_DAY] = None,
) -> Settled:
    """Remarca: passa, muda ou adia para outro dia ou hora um agendamento que o cliente já tem.

    Args:
        new_date: o novo dia, como o cliente disse.
        new_time: a nova hora; sem ela fica a mesma.
        pet_name: de qual pet.
        service_type: qual serviço.
        current_date: o dia em que está marcado.
    """
    zone, now = runtime.context.timezone, now_of(runtime)
    old = await _theirs(db, runtime, pet_name, service_type, current_date)
    _refuse_late(runtime, old)
    day, was = parse_day(new_date, today_of(runtime)), clock.local(min(i.starts_at for i in old), zone)
    asked = _as_request(old, zone)
    for _ in range(ATTEMPTS):
        desk = await desk_for(db, runtime, day, day + timedelta(days=asked.visit.nights), old)
        keeps = new_time is None and times_beside(new_date) is None
        start = clock.at(day, was.time(), zone) if keeps and asked.unit == "visit" else start_of(desk, asked, day, new_date, new_time)
        if start == min(i.starts_at for i in old):
            stands = Outcome.of(old, zone)
            return Unchanged(error=SAME, appointment=stands.appointment, appointments=stands.appointments, total=stands.total)
        if why := refusal(desk, asked.visit, start, now):
            return await refused(db, runtime, asked.visit, start, why, asked.about, old)
        if not packages_cover(desk, [item.model_copy(update={"starts_at": start}) for item in old]):
            raise BadRequest(
                "O pacote deste agendamento não vale nesse dia. Ofereça um dia dentro da validade, ou chamar uma pessoa.",
                say=OTHER_DAY,
            )
        new = placed(desk, asked.visit, start, now, old)
        if new is None:
            break
        if answer := await _propose(db, runtime, "reschedule", new):
            return answer
    moment = clock.local(start, zone).time()
    taken = f"O horário das {format_time(moment)} {on_day(day)} não está livre. O agendamento atual continua valendo."
    return await refused(db, runtime, asked.visit, start, elsewhere(desk, asked.visit, start, now) or taken, asked.about, old)


@tool(writes=True, rests_on=Wished.CANCEL, deed="cancelled", proposes=True)
async def cancel_appointment(
    db: Database,
    runtime: Run,
    pet_name: Annotated[str | None, Said.PET] = None,
    service_type: Annotated[str | None, Said.SERVICE] = None,
    date: Annotated[str | None, Said.BOOKED_DAY] = None,
) -> Settled:
    """Cancela (desmarca) um agendamento.

    Args:
        pet_name: de qual pet.
        service_type: qual serviço.
        date: de que dia.
    """
    items = await _theirs(db, runtime, pet_name, service_type, date)
    _refuse_late(runtime, items)
    answer = await _propose(db, runtime, "cancel", items)
    return answer or Unchanged(error="Esse agendamento acabou de mudar. Liste os agendamentos e tente de novo.", say=JUST_CHANGED)


async def _propose(db: Database, runtime: Run, kind: ProposalKind, items: Sequence[Item]) -> Done | Proposed | None:
    """Commit what the customer's message has agreed to by naming it, or propose it. None where somebody was quicker."""
    context, briefing = runtime.context, briefing_of(runtime)
    zone, settings = context.timezone, briefing.settings
    expires_at = now_of(runtime) + timedelta(minutes=settings.hold_minutes)
    made = {
        "proposal_id": uuid4(), "kind": kind, "contact_id": context.contact_id, "items": items, "result": proposals.result(items, zone),
        "expires_at": expires_at,
    }  # fmt: skip
    plain = len(items) == 1 and items[0].unit == "visit" and not items[0].pickup_zone
    named = plain and settings.named_is_agreed and not any(message.is_doubtful for message in briefing.unanswered)
    named = named and agreement.names_everything(
        briefing.said, kind, items[0], today_of(runtime), zone, briefing.names, briefing.contact.name
    )
    try:
        await (stored.book_at_once if named else stored.propose)(db, context.organization_id, effect_of(runtime), **made)
    except stored.Taken:
        return None
    except stored.QuestionOpen as error:
        raise NotYet(ONE_AT_A_TIME, say=_after_that(items)) from error
    if named:
        return Done.of(items, zone)
    return Proposed(
        proposal=Proposal(kind=kind, items=tuple(Asked.of(item, zone) for item in items)),
        held_until=clock.local(expires_at, zone).time(),
        ask=proposals.ask(kind, items, zone),
    )


def _after_that(items: Sequence[Item]) -> tuple[str, ...]:
    """Return what the customer is told of a wish that waits until another is agreed to."""
    what = listed(list(dict.fromkeys(f"{item.service} de {item.pet}" for item in items)))
    return (f"{what} eu vejo assim que você responder.", f"Assim que você responder, eu vejo {what}.")


def _refuse_move(briefing: Briefing, pet_name: str, service_type: str) -> None:
    """Raise BadRequest where the customer speaks of moving what stands in the agenda: a second booking is not meant."""
    own = {fold(name) for name in (pet_name, service_type)}
    booked = any({fold(one.pet or ""), fold(one.service)} == own for one in briefing.appointments)
    if booked and (_MOVES.search(fold(briefing.said)) or is_asked_for("move", Heard(briefing))):
        raise BadRequest(
            f"O cliente já tem {service_type} de {pet_name} na agenda e quer mudar: use reschedule_appointment.",
            say=("Você quer mudar o horário que já está marcado?", "É o horário que já está marcado que você quer mudar?"),
        )


async def _theirs(db: Database, runtime: Run, pet_name: str | None, service_type: str | None, day: str | None) -> list[Item]:
    """Return the one appointment that is meant, or all bookings of the one visit. Raises BadRequest with what to ask."""
    zone = runtime.context.timezone
    rows = await agenda.appointments(db, runtime.context.organization_id, runtime.context.contact_id)
    rows = [row for row in rows if row["status"] in ("scheduled", "confirmed") and row["starts_at"] > now_of(runtime)]
    if not rows:
        raise BadRequest("O cliente não tem nenhum agendamento futuro.", say=NOTHING_BOOKED)
    on = parse_day(day, today_of(runtime)) if day else None
    pets = _named(pet_name, [row["pet"] for row in rows], "pet com agendamento")
    services = _named(service_type, [row["service"] for row in rows], "serviço agendado")
    found = [
        row
        for row in rows
        if (on is None or clock.local(row["starts_at"], zone).date() == on) and row["pet"] in pets and row["service"] in services
    ]
    listed = "; ".join(proposals.described(agenda.as_item(row), zone) for row in (found or rows))
    if not found:
        which = "É desse que você fala?" if len(rows) == 1 else "Qual deles?"
        raise BadRequest(
            f"Não há agendamento assim. O cliente tem: {listed}.",
            say=(f"{NOT_THAT_ONE} Você tem: {listed}. {which}", f"{NOT_THAT_ONE} O que está marcado: {listed}. {which}"),
        )
    if len({_visit_of(row, zone) for row in found}) > 1:
        raise BadRequest(
            f"Há mais de um: {listed}. Pergunte ao cliente qual deles.",
            say=(f"Você tem mais de um agendamento: {listed}. Qual deles?", f"Qual dos agendamentos: {listed}?"),
        )
    return [agenda.as_item(row) for row in found]


@dataclass(frozen=True, slots=True)
class _Name:
    name: str


def _named(wanted: str | None, names: Sequence[str | None], what: str) -> set[str | None]:
    """Return which of the names are meant; all where none is named. Raises BadRequest where one fits nothing."""
    things = [_Name(name) for name in dict.fromkeys(names) if name]
    return {thing.name for thing in all_of(wanted, things, what)} if wanted else set(names)


def _visit_of(row: Row, zone: str) -> tuple[Any, date]:
    """Return what belongs together: the bookings of one plan on one day."""
    return row["plan_id"] or row["id"], clock.local(row["starts_at"], zone).date()


def _as_request(old: Sequence[Item], zone: str) -> Request:
    """Return a visit that is booked as it would be asked for. Raises BadRequest where a pet of it is gone."""
    if any(item.pet_id is None for item in old):
        raise BadRequest("O pet deste agendamento não está mais no cadastro. Ofereça chamar uma pessoa.", say=BY_THE_TEAM)
    first, last = clock.local(old[0].starts_at, zone).date(), clock.local(old[0].ends_at, zone).date()
    visit = Visit(
        wants=tuple(Want(pet_id=item.pet_id, service_id=item.service_id) for item in old if item.pet_id),
        nights=(last - first).days if old[0].unit == "night" else 0,
    )
    about = {"pet": " e ".join(dict.fromkeys(i.pet for i in old)), "service": " e ".join(dict.fromkeys(i.service for i in old))}
    return Request(visit, about, old[0].unit)


def _refuse_late(runtime: Run, items: Sequence[Item]) -> None:
    if late := proposals.late_notice(briefing_of(runtime).settings.cancel_notice_minutes, items, now_of(runtime)):
        raise late_refusal(late)


def late_refusal(late: str) -> BadRequest:
    """Return why customers can't cancel or move by themselves any more, with what is offered instead."""
    return BadRequest(
        f"{late} Ofereça chamar uma pessoa.", say=(f"{late} Quer que eu chame alguém da equipe?", f"{late} Posso chamar alguém para você?")
    )


TOOLS = (book_appointment, reschedule_appointment, cancel_appointment)
