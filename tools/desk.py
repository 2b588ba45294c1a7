"""From a customer's words to a visit, and from a refusal to the nearest times: what the tools over the agenda share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from service.agenda.catalog import Guest
from service.agenda.engine import Unit
from service.agenda.queries import desk as agenda
from service.agenda.told import Spoken
from service.agenda.visits import MAX_NIGHTS, MAX_WEEKS, Desk, Item, Visit, Want, in_each_others_way, rescheduled
from service.language.formatting import format_day, format_time, listed
from service.language.intervals import common
from service.language.times import Times, parse_times, times_beside
from service.platform import clock
from service.platform.database import Database
from service.platform.errors import BadRequest
from service.turns.sentences import by_the_team
from tools.appointments import NotFree
from tools.names import all_of, one_of
from tools.runtime import Run, briefing_of, now_of, today_of

ALTERNATIVES = 4
LOOK_AHEAD_DAYS = 14
SOMEBODY = UUID(int=0)
NO_PET = "O cliente ainda não tem pet cadastrado. Pergunte nome, espécie, raça e idade e use register_pet antes de agendar."
FIRST_THE_PET = (
    "Para agendar, primeiro cadastro o seu pet. Qual é o nome, e é cachorro, gato ou outro bichinho?",
    "Ainda não tenho o seu pet no cadastro. Como se chama, e é cachorro, gato ou outro bichinho?",
)
WHICH_TIME = ("Que horário você prefere?", "Para que horas?", "Qual horário fica melhor para você?")


@dataclass(frozen=True, slots=True)
class Request:
    """A visit with the names that it was asked for by; `unit` is its services'. Not yet placed in time."""

    visit: Visit
    about: dict[str, str]
    unit: Unit


def refuse_lengths(nights: int, weeks: int = 1) -> None:
    """Raise BadRequest for a stay or a series that no shop takes, before any day is counted from it."""
    if not 0 <= nights <= MAX_NIGHTS:
        raise BadRequest(
            f"Uma hospedagem leva de 1 a {MAX_NIGHTS} noites.",
            say=(
                f"A hospedagem é de 1 a {MAX_NIGHTS} noites. Quantas noites seriam?",
                f"São de 1 a {MAX_NIGHTS} noites. Por quantas seria?",
            ),
        )
    if not 0 <= weeks <= MAX_WEEKS:
        raise BadRequest(
            f"Dá para repetir por até {MAX_WEEKS} semanas.",
            say=(
                f"Dá para repetir por até {MAX_WEEKS} semanas. Quantas você quer?",
                f"São no máximo {MAX_WEEKS} semanas. Por quantas seria?",
            ),
        )


async def desk_for(db: Database, runtime: Run, first: date, last: date, moving: Sequence[Item] = ()) -> Desk:
    """Load the desk of the customer who is writing, from one day to another. One round trip."""
    context = runtime.context
    return await agenda.load(
        db, context.organization_id, context.timezone, first, last, contact_id=context.contact_id,
        conversation_id=context.conversation_id, moving=[item.id for item in moving],
    )  # fmt: skip


def request_for(
    runtime: Run, desk: Desk, pet_name: str | None, service_type: str, *, nights: int = 0, weeks: int = 1,
    professional: str | None = None, pickup_zone: str | None = None,
) -> Request:  # fmt: skip
    """Resolve the names and look whether the shop does this at all. Raises BadRequest with what the model should ask the customer."""
    named = all_of(service_type, briefing_of(runtime).services, "serviço")
    services = [desk.services[service.id] for service in named]
    if not_by_ai := next((s for s in services if not s.ai_may_book), None):
        with_them = by_the_team(not_by_ai.name)
        raise BadRequest(
            f"{not_by_ai.name} só a equipe agenda. Use escalate_to_human para passar a conversa.",
            say=(f"{with_them} Quer que eu chame alguém?", f"{with_them} Posso chamar alguém para você?"),
        )
    pets = pets_named(desk, pet_name)
    wants = tuple(Want(pet_id=pet.id, service_id=service.id) for pet in pets for service in services)
    for want in wants:
        if missing := desk.missing_prerequisite(want, now_of(runtime)):
            pet, service = desk.pets[want.pet_id].name, desk.services[want.service_id].name
            needs = f"Antes de {service}, {pet} precisa ter feito {missing} nesta loja."
            raise BadRequest(
                f"{needs} Ofereça {missing} primeiro.",
                say=(f"{needs} Quer marcar {missing} primeiro?", f"{needs} Posso ver um horário de {missing}?"),
            )
    zone = one_of(pickup_zone, list(desk.zones.values()), "bairro atendido pelo leva e traz") if pickup_zone else None
    people = list(desk.agenda.resources.values())
    visit = Visit(
        wants=wants,
        # A model that fills in every argument asks for a night at the bath, too.
        nights=0 if services[0].unit == "visit" else nights,
        weeks=weeks,
        resource_id=one_of(professional, people, "profissional").id if professional else None,
        pickup_zone_id=zone.id if zone else None,
    )
    desk.tasks(visit)
    about = {"pet": " e ".join(p.name for p in pets), "service": " e ".join(s.name for s in services)}
    return Request(visit, about, services[0].unit)


def with_somebody(desk: Desk) -> Desk:
    """Return the desk for a customer who has no pet on record yet and only looks: some pet of the shop's commonest kind."""
    return desk if desk.pets else replace(desk, pets={SOMEBODY: Guest(id=SOMEBODY, name="seu pet", species="dog")})


def pets_named(desk: Desk, wanted: str | None) -> list[Guest]:
    """Return the customer's pets that are meant; the only one where none is named. Raises BadRequest with what to ask."""
    pets = list(desk.pets.values())
    if not pets:
        raise BadRequest(NO_PET, say=FIRST_THE_PET)
    if not wanted:
        if len(pets) > 1:
            which = listed([pet.name for pet in pets], "ou")
            raise BadRequest(
                f"Para qual pet? O cliente tem: {', '.join(p.name for p in pets)}.",
                say=(f"Para qual pet: {which}?", f"É para {which}?", f"Para quem é: {which}?"),
            )
        return pets
    return all_of(wanted, pets, "pet")


def times_said(desk: Desk, days: Iterable[date], day_words: str, time_words: str | None) -> Times | None:
    """Return the times that the words for a day and those for a time mean where the shop opens as it does on these days.

    Raises BadRequest where the two are at odds.
    """
    opening = desk.opening(days) or None
    beside, said = times_beside(day_words, opening), parse_times(time_words, opening) if time_words else None
    if beside is None or said is None:
        return said or beside
    if not (both := common(beside.stretches, said.stretches)):
        raise BadRequest(f'"{day_words}" e "{time_words}" são horários diferentes. Qual é a hora?', say=WHICH_TIME)
    return Times(both)


def start_of(desk: Desk, asked: Request, day: date, day_words: str, time_words: str | None) -> datetime:
    """Return the instant that a day and the words for its time mean for a visit; hotel and day care begin when they begin."""
    if asked.unit != "visit":
        starts = desk.agenda.grid(desk.tasks(asked.visit)[0], day)
        return starts[0] if starts else clock.at(day, time(12), desk.agenda.rules.zone)
    times = times_said(desk, [day], day_words, time_words)
    if times is None:
        raise BadRequest("Falta a hora. Use check_availability e pergunte ao cliente qual horário ele prefere.", say=WHICH_TIME)
    if times.one is None:
        raise BadRequest("Ainda não é uma hora só. Use check_availability e pergunte ao cliente qual horário ele prefere.", say=WHICH_TIME)
    return clock.at(day, times.one, desk.agenda.rules.zone)


def placed(desk: Desk, visit: Visit, start: datetime, now: datetime, old: Sequence[Item]) -> list[Item] | None:
    """Return the bookings of a visit as they would stand after a move; None where it can't begin then."""
    plans = desk.plans_at(visit, start, now)
    if plans is None:
        return None
    new = [
        rescheduled(item, p.start, p.end, p.resources, desk.agenda.resources[p.resources[0]].name)
        for item, p in zip(old, plans[0], strict=True)
    ]
    return None if in_each_others_way(old, new) or not packages_cover(desk, new) else new


def packages_cover(desk: Desk, items: Sequence[Item]) -> bool:
    """Tell whether the packages that bookings use are valid on their days."""
    valid = {package.id: (package.starts_on, package.expires_on) for package in desk.packages}
    days = [(item.package_id, clock.local(item.starts_at, desk.agenda.rules.zone).date()) for item in items if item.package_id]
    return all(package in valid and valid[package][0] <= day <= valid[package][1] for package, day in days)


async def refused(
    db: Database, runtime: Run, visit: Visit, near: datetime, why: str, about: Mapping[str, Any], moving: Sequence[Item] = ()
) -> NotFree:
    """Return a refusal that helps on: why, and the nearest times that are free, in words and as data. `about` are fields of it."""
    zone = runtime.context.timezone
    nearest = [clock.local(start, zone) for start in await nearest_free(db, runtime, visit, near, moving)]
    words = "; ".join(f"{format_day(s.date())} às {format_time(s.time())}" for s in nearest)
    found = f"Mais próximos livres: {words}." if words else "Não há horário livre nos próximos dias: ofereça a lista de espera."
    return NotFree(**about, error=f"{why} {found}", say=(why,), alternatives=tuple(Spoken.of(start, zone) for start in nearest))


async def nearest_free(db: Database, runtime: Run, visit: Visit, near: datetime, moving: Sequence[Item] = ()) -> list[datetime]:
    """Return the free starts nearest to an instant, before and after it, in order. One round trip."""
    zone, now, day = runtime.context.timezone, now_of(runtime), clock.local(near, runtime.context.timezone).date()
    first = max(day - timedelta(days=2), today_of(runtime))
    last = max(day, first) + timedelta(days=LOOK_AHEAD_DAYS - 1)
    desk = with_somebody(await desk_for(db, runtime, first, last + timedelta(weeks=visit.weeks - 1, days=visit.nights), moving))
    found: list[datetime] = []
    for start in desk.starts(visit, first, last, now):
        # Once enough were found from `near` on, later days are only farther away; the day itself is looked at to its end.
        if sum(s >= near for s in found) >= ALTERNATIVES and clock.local(start, zone).date() > clock.local(found[-1], zone).date():
            break
        if not moving or placed(desk, visit, start, now, moving):
            found.append(start)
    return sorted(sorted(found, key=lambda s: abs(s - near))[:ALTERNATIVES])
