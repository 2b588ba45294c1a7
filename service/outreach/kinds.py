"""What the shop writes unasked, kind by kind: who is due, in which words, and what holds for it. `KINDS`, at the end, has them all.

A kind with a finder is due by the clock and looked for every minute (`reminders.remind`); the others are written where they happen.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeVar
from uuid import UUID

from service.agenda import proposals
from service.agenda.proposals import ProposalKind
from service.language.formatting import format_time
from service.language.text import fold
from service.language.words import TREATMENTS, TreatmentKind
from service.outreach.message import Customer, Due, Notice, Occasion, Question
from service.outreach.notices import joined, named, notice, of_pets, on, one_line
from service.outreach.queries import due
from service.outreach.queries.due import Addressed, Booked, Coming, Over, Unsaid
from service.outreach.quiet_hours import Quiet, due_reminder, reminders
from service.platform import clock
from service.platform.database import Database

OutreachKind = Literal["reminder", "vaccine", "follow_up", "no_show", "ready", "waiting_list"]

Finder = Callable[[Database, datetime], Awaitable[list[Due]]]
Found = TypeVar("Found", bound=Addressed)


@dataclass(frozen=True, slots=True)
class Unasked:
    """What holds for a kind of message that nobody asked for.

    `called` is its name for the shop's team. `parameters` says what fills the placeholders of its template, in order, as
    docs/agenda-and-safety.md lists them. `settings` are the columns of `organization_settings` that say when it is written. `find`
    returns what is due now; None where the kind is written as something happens. `asks` is the proposal that a yes settles.
    `is_service`: it is about a visit under way, so it is said in quiet hours too, and to those who opted out of what they did not ask
    for. `is_alerted`: a customer who does not get it misses something, so the team is told. `by_default`: it is written unless the
    shop switched it off in `organization_settings.outreach_kinds`; else only where the shop switched it on.
    """

    called: str
    parameters: tuple[str, ...]
    settings: tuple[str, ...] = ()
    find: Finder | None = None
    asks: ProposalKind | None = None
    is_service: bool = False
    is_alerted: bool = True
    by_default: bool = True


# Reminders

ASK = "Responda SIM para confirmar ou NÃO para cancelar."
TELL = "Esperamos vocês! 🐾"
# How long a reminder's question waits for a conversation to be free for it, and how long before the visit it waits no more.
PATIENCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Appointment:
    """A service for a pet at a time of the shop's clock; `pet` is None where it is not known."""

    service: str
    pet: str | None
    starts_at: time


def reminder(customer: Customer, day: date, today: date, appointments: Sequence[Appointment], *, asks: bool) -> Notice:
    """Name service, pet, day and time of every appointment of a visit, and ask for a yes or no where `asks`."""
    when, closing = on(day, today), ASK if asks else TELL
    timed = [f"{_what(a)} às {format_time(a.starts_at)}" for a in appointments]
    if len(appointments) == 1:
        said = f"Lembrete: {_what(appointments[0])} {when}, às {format_time(appointments[0].starts_at)}. {closing}"
    else:
        said = "\n".join([f"Lembrete para {named(day, today)}:", *(f"- {line}" for line in timed), closing])
    return notice(customer, said, joined(timed), when, closing)


def _what(appointment: Appointment) -> str:
    service = one_line(appointment.service)
    return f"{service} de {one_line(appointment.pet)}" if appointment.pet else service


async def _reminders(db: Database, now: datetime) -> list[Due]:
    visits = _grouped(await due.reminders(db, now), _visit)
    return [found for visit in visits if (found := _reminder_of(visit, now))]


def _reminder_of(visit: Sequence[Coming], now: datetime) -> Due | None:
    """Remind of a visit, once for each of its hours; None where no reminder's moment has come, or all has been said."""
    first = visit[0]
    quiet, start, hours = _quiet(first), first.visit_starts_at, first.reminder_hours
    made_at = max(b.made_at for b in visit)
    before = due_reminder(now, start, hours, made_at, quiet)
    bookings = [b for b in visit if before not in b.noted]
    if before is None or not bookings:
        return None
    told, asked = (_reminder_words(bookings, now, asks=asks) for asks in (False, True))
    question = None
    if any(b.status == "scheduled" for b in bookings):
        moment = reminders(start, hours, made_at, quiet)[before]
        waits = not first.escalated and now < min(moment + PATIENCE, start - PATIENCE)
        items = [b.item for b in bookings]
        question = Question(
            notice=asked,
            items=[item.model_dump(mode="json") for item in items],
            result=proposals.result(items, first.timezone),
            call={"name": "confirm_appointment", "args": {}},
            expires_at=start,
            otherwise="wait" if waits else "tell",
        )
    return _due(first, [Occasion(b.id, f"{before}h {int(b.starts_at.timestamp())}") for b in bookings], told, question)


def _reminder_words(bookings: Sequence[Coming], now: datetime, *, asks: bool) -> Notice:
    starts = [clock.local(b.starts_at, b.timezone) for b in bookings]
    appointments = [Appointment(b.service, b.pet, start.time()) for b, start in zip(bookings, starts, strict=True)]
    return reminder(_customer(bookings[0]), starts[0].date(), _today(bookings[0], now), appointments, asks=asks)


# Vaccines and dewormers


@dataclass(frozen=True, slots=True)
class Treatment:
    """A vaccine or a dewormer of a pet."""

    kind: TreatmentKind
    name: str
    pet: str


def vaccine(customer: Customer, due_on: date, today: date, treatments: Sequence[Treatment]) -> Notice:
    """Tell what is due, or has just been."""
    verb = ("vence", "vencem") if due_on >= today else ("venceu", "venceram")
    when = f"{verb[len(treatments) > 1]} {on(due_on, today)}"
    listed = joined([_treatment(t) for t in treatments])
    said = f"{when[0].upper()}{when[1:]}: {listed}. Quer marcar um horário? É só dizer o dia que prefere."
    return notice(customer, said, listed, when)


def _treatment(treatment: Treatment) -> str:
    kind, name = TREATMENTS[treatment.kind], one_line(treatment.name)
    return f"{name if fold(name).startswith(fold(kind)) else f'{kind} {name}'} de {one_line(treatment.pet)}"


async def _vaccines(db: Database, now: datetime) -> list[Due]:
    found = []
    for day in _grouped(await due.treatments(db, now), lambda t: (t.contact_id, t.due_on)):
        treatments = [Treatment(t.kind, t.name, t.pet) for t in day]
        said = vaccine(_customer(day[0]), day[0].due_on, _today(day[0], now), treatments)
        found.append(_told(day, said))
    return found


# After a visit


def follow_up(customer: Customer, day: date, today: date, pets: Sequence[str]) -> Notice:
    """Ask how a visit went."""
    (whose, of_whom), when = of_pets(pets), on(day, today)
    said = f"Como foi a visita {of_whom} {when}? Se algo não ficou como você esperava, é só contar aqui."
    return notice(customer, said, whose, when)


def no_show(customer: Customer, day: date, today: date, pets: Sequence[str]) -> Notice:
    """Offer a new time to whoever did not come."""
    (whose, of_whom), when = of_pets(pets), on(day, today)
    said = f"Sentimos falta {of_whom} {when}. Quer marcar outro horário? É só dizer o dia que prefere."
    return notice(customer, said, whose, when)


async def _follow_ups(db: Database, now: datetime) -> list[Due]:
    return _after_visits(await due.follow_ups(db, now), follow_up, now)


async def _no_shows(db: Database, now: datetime) -> list[Due]:
    return _after_visits(await due.no_shows(db, now), no_show, now)


def _after_visits(bookings: Sequence[Over], words: Callable[[Customer, date, date, Sequence[str]], Notice], now: datetime) -> list[Due]:
    found = []
    for visit in _grouped(bookings, _visit):
        first, pets = visit[0], list(dict.fromkeys(b.pet for b in visit if b.pet))
        said = words(_customer(first), clock.local(first.starts_at, first.timezone).date(), _today(first, now), pets)
        found.append(_told(visit, said))
    return found


# Written as it happens


def ready(customer: Customer, pets: Sequence[str | None], *, is_driven_home: bool) -> Notice:
    """Call the customer in, or say that the pets are on their way. It says nothing of a pet's sex, which is not known."""
    whose = joined(list(dict.fromkeys(pet or "seu pet" for pet in pets)))
    then = "já vamos levar até você" if is_driven_home else "já pode vir buscar"
    return notice(customer, f"Tudo pronto com {whose}: {then}. 🐾\n{one_line(customer.shop)}", whose, then)


def waiting_list(customer: Customer, bookings: Sequence[str], until: time) -> Notice:
    """Offer a freed time, stating all of what a yes books; `bookings` are `agenda.proposals.described`, `until` is the shop's clock."""
    closing = f"Responda SIM até as {format_time(until)} para ficar com ele, ou NÃO para liberar."
    listed = one_line(bookings[0] if len(bookings) == 1 else "; ".join(bookings))
    return notice(customer, f"Abriu um horário: {listed}. {closing}", listed, format_time(until))


# What rows become


def _due(to: Addressed, occasions: Sequence[Occasion], said: Notice, question: Question | None = None) -> Due:
    return Due(to.organization_id, to.contact_id, occasions, said, _quiet(to), to.outreach_kinds, question)


def _told(rows: Sequence[Unsaid], said: Notice) -> Due:
    """Say it of all rows, each under the occasion for which its query looked."""
    return _due(rows[0], [Occasion(row.id, row.occasion) for row in rows], said)


def _grouped(rows: Iterable[Found], key: Callable[[Found], Hashable]) -> list[list[Found]]:
    """Group what has the same key, in the order of each one's first."""
    groups: dict[Hashable, list[Found]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def _visit(booking: Booked) -> tuple[UUID, UUID, date]:
    """Tell visits apart: what was agreed to as one, on one of the shop's days."""
    return booking.contact_id, booking.plan_id or booking.id, clock.local(booking.starts_at, booking.timezone).date()


def _quiet(to: Addressed) -> Quiet:
    return Quiet(to.quiet_from, to.quiet_until, to.timezone)


def _customer(to: Addressed) -> Customer:
    return Customer(to.contact, to.shop)


def _today(to: Addressed, now: datetime) -> date:
    return clock.local(now, to.timezone).date()


# All of them

_NAME, _SHOP, _PETS, _DAY = "first name", "shop", '"Rex e Mel", or "seu pet"', '"ontem, sexta-feira, 27/11/2026"'

KINDS: dict[OutreachKind, Unasked] = {
    "reminder": Unasked(
        called="lembrete de visita",
        parameters=(
            f'{_NAME}, or "cliente"',
            _SHOP,
            '"Banho de Rex às 10h e Tosa de Mel às 11h"',
            '"amanhã, sexta-feira, 27/11/2026"',
            f'"{ASK}", or "{TELL}"',
        ),
        settings=("reminder_hours",),
        find=_reminders,
        asks="confirm",
    ),
    "vaccine": Unasked(
        called="aviso de vacina",
        parameters=(_NAME, _SHOP, '"vacina V10 de Rex"', '"vence na sexta-feira, 27/11/2026"'),
        settings=("vaccine_reminder_days",),
        find=_vaccines,
    ),
    "follow_up": Unasked(
        called="pergunta depois da visita",
        parameters=(_NAME, _SHOP, _PETS, _DAY),
        settings=("follow_up_hours",),
        find=_follow_ups,
        is_alerted=False,
    ),
    "no_show": Unasked(
        called="convite depois de uma falta",
        parameters=(_NAME, _SHOP, _PETS, _DAY),
        settings=("no_show_follow_up_hours",),
        find=_no_shows,
        is_alerted=False,
    ),
    "ready": Unasked(
        called="aviso de pronto",
        parameters=(_NAME, _SHOP, '"Rex e Mel"', '"já pode vir buscar", or "já vamos levar até você"'),
        is_service=True,
    ),
    "waiting_list": Unasked(
        called="oferta da lista de espera",
        parameters=(_NAME, _SHOP, '"Banho de Rex, sexta-feira, 27/11/2026, às 10h, R$ 70,00"', '"11h"'),
        settings=("waiting_offer_minutes",),
        asks="book",
    ),
}


def is_wanted(kind: OutreachKind, switches: Mapping[str, bool]) -> bool:
    """Tell whether a shop that switched these kinds on or off wants this one."""
    return switches.get(kind, KINDS[kind].by_default)
