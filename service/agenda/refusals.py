"""Why a visit can't take place at a time, in one sentence for each reason. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from service.agenda.engine import Hindrance, Placed, Rules, Task, closed_for, overlaps
from service.agenda.visits import Desk, Item, Visit, Want
from service.language.formatting import format_day, format_time, listed, on_day, until_time
from service.platform import clock

PACKAGE = {
    "package_sessions": "o pacote não tem mais sessões",
    "package_days": "o pacote não vale nesse dia",
    "package_holder": "o pacote não é deste cliente, pet e serviço",
}
# The database's name for "a pet is in one place at a time" (`patas.one_place`).
ONE_PLACE = "bookings_one_place"
HINDERED: dict[Hindrance, tuple[str, str]] = {
    "off": ("não atende nesse horário", "não atendem nesse horário"),
    "taken": ("já tem outro agendamento", "já têm outro agendamento"),
}
TOO_MUCH = "A visita inteira não cabe a partir desse horário"


@dataclass(frozen=True, slots=True)
class Absence:
    """When somebody or something is away. Instants are aware."""

    resource_id: UUID
    starts_at: datetime
    ends_at: datetime
    reason: str | None = None


def package_refusal(rule: str | None) -> str:
    """Say why a package does not cover a booking, as the end of a sentence; `rule` is the constraint that the database names."""
    return PACKAGE.get(rule or "", "o pacote não cobre este agendamento")


def overlap_refusal(constraint: str | None) -> str:
    """Say what keeps a booking from its time, as the end of a sentence; `constraint` is the one that the database names."""
    return "o pet já tem outro agendamento nesse horário" if constraint == ONE_PLACE else "o horário já está com outro agendamento"


def refusal(desk: Desk, visit: Visit, start: datetime, now: datetime) -> str | None:
    """Say why the shop can't take this start at all; None when it may, and it is only a question of who is free."""
    rules, task = desk.agenda.rules, desk.tasks(visit)[0]
    day = clock.local(start, rules.zone).date()
    if start < now:
        return "Esse horário já passou."
    if start < now + timedelta(minutes=rules.lead_minutes):
        return f"A loja agenda com pelo menos {rules.lead_minutes} minutos de antecedência."
    if day > clock.local(now, rules.zone).date() + timedelta(days=rules.horizon_days):
        return f"A loja só agenda com até {rules.horizon_days} dias de antecedência."
    if not desk.agenda.opening(day):
        return closed(rules, day)
    leaves = day + timedelta(days=task.nights)
    if task.unit == "night" and not desk.agenda.opening(leaves):
        return f"{closed(rules, leaves)} Não dá para buscar o pet nesse dia."
    return None if start in desk.agenda.grid(task, day) else _off_the_grid(desk, task, start, day)


def elsewhere(desk: Desk, visit: Visit, start: datetime, now: datetime) -> str | None:
    """Say which pet is elsewhere then, and where, if nothing but that keeps a visit from beginning at `start`."""
    for placed, want in _as_planned(desk.anywhere(), visit, start, now):
        service, zone = desk.services[want.service_id], desk.agenda.rules.zone
        for item in desk.booked:
            here = item.pet_id == want.pet_id and item.service_id not in service.together
            if here and overlaps([(item.starts_at, item.ends_at)], placed.start, placed.end):
                return f"{item.pet} já tem {item.service} {_span(item, zone)}, e não pode estar em dois lugares ao mesmo tempo."
    return None


def _span(item: Item, zone: str) -> str:
    """Write from when to when a booking is: "na sexta-feira, 27/11/2026, das 10h às 11h"."""
    begins, ends = clock.local(item.starts_at, zone), clock.local(item.ends_at, zone)
    since, until = format_time(begins.time()), format_time(ends.time())
    if begins.date() == ends.date():
        return f"{on_day(begins.date())}, das {since} às {until}"
    return f"de {format_day(begins.date())}, às {since}, até {format_day(ends.date())}, às {until}"


def _as_planned(desk: Desk, visit: Visit, start: datetime, now: datetime) -> Iterator[tuple[Placed, Want]]:
    """Yield where each wish of a visit would be placed; nothing where the visit can't begin then."""
    for plan in desk.plans_at(visit, start, now) or ():
        yield from zip(plan, visit.wants, strict=True)


def closed(rules: Rules, day: date) -> str:
    """Say that the shop does not open on a day, and for what."""
    reason = closed_for(rules, day)
    return f"A loja não abre {on_day(day)}{f' ({reason})' if reason else ''}."


def why_not(desk: Desk, visit: Visit, start: datetime, now: datetime, absences: Sequence[Absence]) -> str:
    """Say why a visit for which there are no plans can't begin at `start`; of a series, the first week that can't be had."""
    tasks, zone = desk.tasks(visit), desk.agenda.rules.zone
    first = clock.local(start, zone)
    for week in range(visit.weeks):
        begins = clock.at(first.date() + timedelta(weeks=week), first.time(), zone)
        why = refusal(desk, visit, begins, now)
        if why is None and desk.agenda.plan(tasks, begins, now) is None:
            why = elsewhere(desk, visit.model_copy(update={"weeks": 1}), begins, now) or _nobody(desk, visit, tasks, begins, absences)
        if why:
            return f"Não dá {on_day(clock.local(begins, zone).date())}. {why}" if week else why
    return f"{TOO_MUCH}."


def _off_the_grid(desk: Desk, task: Task, start: datetime, day: date) -> str:
    """Say why a start at which the shop lets nothing of the kind begin is none, on a day on which it opens."""
    zone, stretches = desk.agenda.rules.zone, desk.agenda.opening(day)
    hours = ", ".join(f"das {_time(opens, zone)} {until_time(clock.local(closes, zone).time())}" for opens, closes in stretches)
    if task.unit != "visit":
        what = "A creche começa" if task.unit == "day" else "A entrada da hospedagem é"
        return f"{what} às {_time(desk.agenda.grid(task, day)[0], zone)}."
    if not any(opens <= start < closes for opens, closes in stretches):
        return f"A loja está fechada nesse horário: {on_day(day)} abre {hours}."
    if not any(opens <= start and start + task.duration <= closes for opens, closes in stretches):
        minutes = task.duration // timedelta(minutes=1)
        return f"O serviço leva {minutes} minutos e não termina antes de a loja fechar: {on_day(day)} ela abre {hours}."
    return (
        f"Esse horário não é oferecido: {on_day(day)} a loja abre {hours}, e os horários começam a cada "
        f"{desk.agenda.rules.step_minutes} minutos."
    )


def _nobody(desk: Desk, visit: Visit, tasks: Sequence[Task], start: datetime, absences: Sequence[Absence]) -> str:
    """Say who of those who could do it can't, and why."""
    needs = [need for task in tasks for need in task.needs]
    wanted = next((need for need in needs if all(_hindrance(desk, tasks, r, start, absences) for r in need)), None)
    hindered = _hindered(desk, tasks, {resource for need in ([wanted] if wanted else needs) for resource in need}, start, absences)
    if wanted and visit.resource_id in wanted:
        return f"{hindered}."
    said = TOO_MUCH if wanted is None else "Não há vaga nesse horário"
    return f"{said}: {hindered}." if hindered else f"{said}."


def _hindered(desk: Desk, tasks: Sequence[Task], resources: Iterable[UUID], start: datetime, absences: Sequence[Absence]) -> str:
    """List who of these can't at `start`, and why."""
    known = sorted((desk.agenda.resources[r].name, r) for r in resources if r in desk.agenda.resources)
    why = {name: _hindrance(desk, tasks, resource, start, absences) for name, resource in known}
    parts = []
    for kind, (one, several) in HINDERED.items():
        if names := [name for name, found in why.items() if found == kind]:
            parts.append(f"{listed(names)} {several if len(names) > 1 else one}")
    for name, found in why.items():
        if isinstance(found, Absence):
            parts.append(f"{name} está ausente{f' ({found.reason})' if found.reason else ''}")
    return listed(parts)


def _hindrance(
    desk: Desk, tasks: Sequence[Task], resource: UUID, start: datetime, absences: Sequence[Absence]
) -> Hindrance | Absence | None:
    """Find what keeps a resource from beginning one of the tasks that need it at `start`; None where nothing does."""
    if resource not in desk.agenda.resources:
        return "off"
    found: Hindrance | Absence | None = None
    for task in tasks:
        if any(resource in need for need in task.needs):
            until = desk.agenda.end(task, start) or start
            away = (
                a for a in absences if a.resource_id == resource and a.starts_at < until + task.after and start - task.before < a.ends_at
            )
            found = next(away, None) or desk.agenda.hindrance(resource, task, start)
            if found is None:
                return None
    return found


def _time(moment: datetime, zone: str) -> str:
    return format_time(clock.local(moment, zone).time())
