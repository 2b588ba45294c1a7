"""A visit: services for pets at one time, as one plan, all of it or nothing. Pure.

What is offered, proposed and booked goes through `Desk`, whoever asks: one path, one duration, one price.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import combinations
from uuid import UUID, uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict

from service.agenda import prices
from service.agenda.catalog import BoughtPackage, Guest, PickupZone, Service
from service.agenda.engine import MAX_TASKS, Agenda, Plan, Task, Unit
from service.agenda.prices import Terms
from service.language.days import Days
from service.language.hours import Opening
from service.language.times import ALL_DAY, Times
from service.platform import clock
from service.platform.errors import BadRequest

MAX_WEEKS = 12
MAX_NIGHTS = 60


class Want(BaseModel):
    """One service for one pet."""

    model_config = ConfigDict(frozen=True)

    pet_id: UUID
    service_id: UUID


class Visit(BaseModel):
    """What a customer wants. `nights` for a hotel; `weeks` more than one for the same time in so many weeks running.

    `resource_id` is the professional who was asked for, `pickup_zone_id` where the pets are to be fetched.
    """

    model_config = ConfigDict(frozen=True)

    wants: tuple[Want, ...]
    nights: int = 0
    weeks: int = 1
    resource_id: UUID | None = None
    pickup_zone_id: UUID | None = None


class Stated(BaseModel):
    """What a customer is told of a booking before agreeing to it. Instants are aware, money integer cents.

    `was` is the start that a move leaves. A session of a `package` costs its share of it.
    """

    model_config = ConfigDict(frozen=True)

    pet: str
    service: str
    unit: Unit
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    price_cents: int
    package: str | None = None
    was: AwareDatetime | None = None


class Item(Stated):
    """One booking as it is to be committed, with the words for it. Instants are aware UTC.

    `busy_from` and `busy_until` include the buffers. The professional was `asked_for`, or just is free; it is no person where it is a
    room or a tub that the visit takes.
    """

    id: UUID
    pet_id: UUID | None
    service_id: UUID
    resource_id: UUID
    professional: str
    by_person: bool = True
    also: tuple[UUID, ...] = ()
    busy_from: AwareDatetime
    busy_until: AwareDatetime
    package_id: UUID | None = None
    pickup_zone: str | None = None
    pickup_fee_cents: int = 0
    asked_for: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """What decides about a customer's visits: the agenda of some days, services, the customer's pets, packages and coming bookings (but
    for those that are being moved), pick-up zones. Its services have their `resources`, and what they go `together` with.
    """

    agenda: Agenda
    services: Mapping[UUID, Service]
    pets: Mapping[UUID, Guest]
    packages: Sequence[BoughtPackage] = ()
    zones: Mapping[UUID, PickupZone] = field(default_factory=dict)
    booked: Sequence[Item] = ()

    def terms(self, want: Want) -> Terms:
        """Return what one service takes and costs for one pet. Raises what `service.agenda.prices.terms` does."""
        return prices.terms(self.services[want.service_id], self.pets[want.pet_id])

    def price_cents(self, want: Want, nights: int) -> int:
        """Return what one service costs for one pet; only a hotel charges for its nights."""
        return self.terms(want).price_cents * (nights if self.services[want.service_id].unit == "night" else 1)

    def tasks(self, visit: Visit) -> list[Task]:
        """Return the visit as the engine's tasks. Raises BadRequest, in a sentence, for what the shop can't do."""
        if not 1 <= len(visit.wants) <= MAX_TASKS:
            many = f"Uma visita leva de 1 a {MAX_TASKS} serviços; para mais, a equipe combina."
            raise BadRequest(many, say=(f"{many} Quer que eu chame alguém?", f"{many} Posso chamar alguém para você?"))
        if len(set(visit.wants)) != len(visit.wants):
            raise BadRequest("O mesmo serviço está duas vezes para o mesmo pet.")
        units = {self.services[want.service_id].unit for want in visit.wants}
        if len(units) > 1:
            apart = "Hospedagem, creche e outros serviços são agendados em separado, um de cada vez."
            raise BadRequest(apart, say=(f"{apart} Qual você quer marcar primeiro?", f"{apart} Qual vem primeiro?"))
        if units == {"night"} and not 1 <= visit.nights <= MAX_NIGHTS:
            raise BadRequest(
                f"Faltam as noites da hospedagem: de 1 a {MAX_NIGHTS}.", say=("Quantas noites de hospedagem?", "Por quantas noites?")
            )
        if units == {"day"} and visit.nights > 1:
            raise BadRequest(
                "Creche é um dia de cada vez: agende cada dia.",
                say=(
                    "A creche é marcada um dia de cada vez. Qual dia primeiro?",
                    "A creche é por dia, um de cada vez. Com qual começamos?",
                ),
            )
        if units != {"visit"}:
            self._refuse_two_places(visit)
        if not 1 <= visit.weeks <= (1 if units == {"night"} else MAX_WEEKS):
            weeks = f"Dá para repetir por até {MAX_WEEKS} semanas, e hospedagem não se repete."
            raise BadRequest(weeks, say=weeks)
        tasks = [self.task(want.service_id, want.pet_id, nights=visit.nights, terms=self.terms(want)) for want in visit.wants]
        return [self._done_by(task, visit.resource_id) for task in tasks] if visit.resource_id else tasks

    def task(self, service_id: UUID, pet: UUID | str, *, terms: Terms, nights: int = 0) -> Task:
        """One service as a task of the engine, with the duration of these terms."""
        service = self.services[service_id]
        needs: dict[int, set[UUID]] = {}
        for need, resource in service.resources:
            needs.setdefault(need, set()).add(resource)
        return Task(
            pet=pet,
            needs=tuple(frozenset(needs[need]) for need in sorted(needs)),
            duration=timedelta(minutes=terms.duration_minutes),
            before=timedelta(minutes=service.before),
            after=timedelta(minutes=service.after),
            unit=service.unit,
            nights=nights,
            check_in=service.check_in,
            check_out=service.check_out,
            elsewhere=tuple((i.starts_at, i.ends_at) for i in self.booked if i.pet_id == pet and i.service_id not in service.together),
        )

    def anywhere(self) -> "Desk":
        """Return the desk as it would be if pets could be in several places at once."""
        return replace(self, booked=())

    def _refuse_two_places(self, visit: Visit) -> None:
        """Raise BadRequest for stays of one pet that would be at the same time."""
        for one, other in combinations(visit.wants, 2):
            service, beside = self.services[one.service_id], self.services[other.service_id]
            if one.pet_id == other.pet_id and beside.id not in service.together:
                both = f"{service.name} e {beside.name} de {self.pets[one.pet_id].name} seriam ao mesmo tempo."
                raise BadRequest(both, say=(f"{both} Qual dos dois você quer?", f"{both} Com qual dos dois ficamos?"))

    def _done_by(self, task: Task, resource: UUID) -> Task:
        if not any(resource in need for need in task.needs):
            unable = f"{self.agenda.resources[resource].name} não faz este serviço."
            raise BadRequest(unable, say=(f"{unable} Pode ser com outra pessoa?", f"{unable} Posso ver com outra pessoa?"))
        return replace(task, needs=tuple(frozenset({resource}) if resource in need else need for need in task.needs))

    def plans_at(self, visit: Visit, start: datetime, now: datetime) -> list[Plan] | None:
        """Who does what when, one plan for each week; None where one of them can't begin then."""
        tasks, zone = self.tasks(visit), self.agenda.rules.zone
        first = clock.local(start, zone)
        plans = []
        for week in range(visit.weeks):
            plan = self.agenda.plan(tasks, clock.at(first.date() + timedelta(weeks=week), first.time(), zone), now)
            if plan is None:
                return None
            plans.append(plan)
        return plans

    def starts(
        self, visit: Visit, first: date, last: date, now: datetime, times: Times = ALL_DAY, days: Days | None = None
    ) -> Iterator[datetime]:
        """Every start that `plans_at` has plans for, from one day to another, soonest first; only at some times and on some days."""
        zone, tasks = self.agenda.rules.zone, self.tasks(visit)
        for since, until in days.within(first, last) if days else [(first, last)]:
            for plan in self.agenda.starts(tasks, since, until, now):
                start = min(placed.start for placed in plan)
                if clock.local(start, zone).time() in times and (visit.weeks == 1 or self.plans_at(visit, start, now)):
                    yield start

    def opening(self, days: Iterable[date]) -> Opening:
        """Return when the shop is open on some days, wall-clock, all of them together."""
        zone = self.agenda.rules.zone
        found = {(clock.local(a, zone).time(), clock.local(b, zone).time()) for day in days for a, b in self.agenda.opening(day)}
        return sorted(found)

    def items(self, visit: Visit, plans: Sequence[Plan]) -> list[Item]:
        """Return the bookings that these plans are, priced: packages are used while they last, the pick-up is paid once a visit."""
        left = {package.id: package.left for package in self.packages}
        items = []
        for plan in plans:
            for placed, want in zip(plan, visit.wants, strict=True):
                service, pet = self.services[want.service_id], self.pets[want.pet_id]
                package = self._package(want, clock.local(placed.start, self.agenda.rules.zone).date(), left)
                price = self.price_cents(want, visit.nights)
                zone = self.zones[visit.pickup_zone_id] if visit.pickup_zone_id and placed is plan[0] else None
                items.append(
                    Item(
                        id=uuid4(),
                        pet_id=want.pet_id,
                        pet=pet.name,
                        service_id=want.service_id,
                        service=service.name,
                        unit=service.unit,
                        resource_id=placed.resources[0],
                        professional=self.agenda.resources[placed.resources[0]].name,
                        by_person=self.agenda.resources[placed.resources[0]].is_person,
                        also=placed.resources[1:],
                        starts_at=placed.start,
                        ends_at=placed.end,
                        busy_from=placed.start - timedelta(minutes=service.before),
                        busy_until=placed.end + timedelta(minutes=service.after),
                        price_cents=round(package.price_cents / package.sessions) if package else price,
                        package_id=package.id if package else None,
                        package=package.name if package else None,
                        pickup_zone=zone.name if zone else None,
                        pickup_fee_cents=zone.fee_cents if zone else 0,
                        asked_for=visit.resource_id == placed.resources[0],
                    )
                )
        return items

    def _package(self, want: Want, day: date, left: dict[UUID, int]) -> BoughtPackage | None:
        """Return the package whose session this booking uses, which is one less in `left` then; the one that ends first."""
        for package in self.packages:
            fits = package.service_id == want.service_id and package.pet_id in (None, want.pet_id)
            if fits and package.starts_on <= day <= package.expires_on and left[package.id] > 0:
                left[package.id] -= 1
                return package
        return None

    def booked_already(self, visit: Visit, start: datetime) -> list[Item]:
        """Return the customer's own bookings, where exactly this is booked already; else nothing."""
        same = [
            i
            for i in self.booked
            if i.starts_at == start and any((i.pet_id, i.service_id) == (w.pet_id, w.service_id) for w in visit.wants)
        ]
        return same if len(same) == len(visit.wants) else []

    def missing_prerequisite(self, want: Want, now: datetime) -> str | None:
        """Return the service that this pet needs to have had before this one, where it has not; None where there is nothing in the way."""
        needed = self.services[want.service_id].prerequisite
        if needed is None:
            return None
        last = (self.pets[want.pet_id].completed or {}).get(needed.id)
        if last and (needed.days is None or now - last <= timedelta(days=needed.days)):
            return None
        return needed.name


def rescheduled(item: Item, plan_start: datetime, plan_end: datetime, resources: Sequence[UUID], professional: str) -> Item:
    """Return the same booking at another time, with the same price."""
    shift_before, shift_after = item.starts_at - item.busy_from, item.busy_until - item.ends_at
    return item.model_copy(
        update={
            "was": item.starts_at,
            "starts_at": plan_start,
            "ends_at": plan_end,
            "busy_from": plan_start - shift_before,
            "busy_until": plan_end + shift_after,
            "resource_id": resources[0],
            "also": tuple(resources[1:]),
            "professional": professional,
        }
    )


def in_each_others_way(before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Whether a visit moved as one would need a place that another of its own bookings has not left yet.

    Such a move is not offered: the database takes each booking's move by itself.
    """
    return any(
        a.id != b.id and {a.resource_id, *a.also} & {b.resource_id, *b.also} and a.busy_from < b.busy_until and b.busy_from < a.busy_until
        for a in after
        for b in before
    )
