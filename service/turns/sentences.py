"""The sentences that stand for the same thing wherever it is known from: a look's result, or the briefing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from service.agenda.told import Appointment
from service.language.formatting import format_length, format_time, listed
from service.language.money import format_brl
from service.language.words import COATS, SIZES, SPECIES, BookingStatus
from service.platform import clock
from service.turns.briefing import Appointment as Coming
from service.turns.telling import Fact, FactKind, Voice, itemised

UNKNOWN = (
    "Essa informação eu não tenho aqui. Quer que eu pergunte à equipe?",
    "Isso eu não sei dizer por aqui. Quer que eu pergunte à equipe?",
)
NO_PETS = ("Ainda não tenho nenhum pet seu no cadastro.", "No cadastro ainda não há nenhum pet seu.")
# What a shop wrote may be of any length; a message is not.
LONGEST_TEXT = 1200
# Of what takes longer the customer counts nights and days.
LONGEST_VISIT_MINUTES = 8 * 60
# What stands for the pet of a customer of whom none is on record.
SOME_PET = "seu pet"


def of_pet(service: str, pet: str | None) -> str:
    """Write a service with whom it is for: "Banho de Rex"."""
    return f"{service} {'do' if pet == SOME_PET else 'de'} {pet}" if pet else service


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking as a sentence needs it; instants are the shop's wall clock, `until` is the end of a stay, money integer cents."""

    service: str
    pet: str | None
    begins: datetime
    until: datetime | None = None
    price: int | None = None
    professional: str | None = None
    status: BookingStatus = "scheduled"
    package: str | None = None
    pickup_zone: str | None = None
    pickup_fee: int | None = None
    was: datetime | None = None
    minutes: int | None = None

    @classmethod
    def told(cls, said: Appointment, status: BookingStatus = "scheduled") -> Self:
        """Return what a tool has told."""
        stay = datetime.combine(said.until_date, said.until_time) if said.until_date and said.until_time else None
        was = datetime.combine(said.moved_from.date, said.moved_from.time) if said.moved_from else None
        by_day = stay or (said.duration_minutes or 0) > LONGEST_VISIT_MINUTES
        return cls(
            said.service, said.pet, datetime.combine(said.date, said.time), stay, said.price, None if by_day else said.professional or None,
            status, said.package, said.pickup_zone, said.pickup_fee, was, None if by_day else said.duration_minutes,
        )  # fmt: skip

    @classmethod
    def coming(cls, booked: Coming, zone: str) -> Self:
        """Return what stands in the agenda."""
        begins, ends = (clock.local(instant, zone).replace(tzinfo=None) for instant in (booked.starts_at, booked.ends_at))
        stays = ends if ends.date() > begins.date() else None
        minutes = (ends - begins) // timedelta(minutes=1)
        by_day = stays or minutes > LONGEST_VISIT_MINUTES
        return cls(
            booked.service, booked.pet, begins, stays, booked.price_cents, None if by_day else booked.professional, booked.status,
            booked.package, minutes=None if by_day else minutes,
        )  # fmt: skip

    @property
    def what(self) -> str:
        """Write what it is: "Banho de Rex"."""
        return of_pet(self.service, self.pet)

    def when(self, voice: Voice) -> str:
        """Write when it is: "sexta-feira, 27/11, às 10h"."""
        said = f"{voice.day(self.begins.date())}, às {format_time(self.begins.time())}"
        if self.until is None:
            return said
        nights = (self.until.date() - self.begins.date()).days
        counted = f"{nights} {'noites' if nights > 1 else 'noite'}"
        return f"de {said}, até {voice.day(self.until.date())}, às {format_time(self.until.time())} ({counted})"

    def at(self, voice: Voice) -> str:
        """Write when it is, in the middle of a sentence: "na sexta-feira, 27/11, às 10h"."""
        return self.when(voice) if self.until else f"{voice.on(self.begins.date())}, às {format_time(self.begins.time())}"

    @property
    def costs(self) -> str:
        """Write what is to be paid: "R$ 70,00", "1 sessão do pacote Banhos"; "" where that is not known."""
        own = f"1 sessão do pacote {self.package}" if self.package else format_brl(self.price) if self.price is not None else ""
        fetched = f"leva e traz ({self.pickup_zone}) {fee(self.pickup_fee)}" if self.pickup_zone else ""
        return " + ".join(filter(None, [own, fetched]))

    @property
    def cost(self) -> str:
        """Write it as the end of a sentence about the visit: "fica R$ 70,00"; "" where it is not known."""
        if not self.costs or self.package:
            return f"usa {self.costs}{'' if self.pickup_fee else ', sem nada a pagar'}" if self.costs else ""
        return f"fica {self.costs}{f', total de {format_brl(self.total)}' if self.total is not None else ''}"

    @property
    def total(self) -> int | None:
        """Return what is paid in all, where that is more than one sum."""
        return self.price + self.pickup_fee if self.price and self.pickup_fee and not self.package else None

    @property
    def ends(self) -> time | None:
        """Return when a visit is over; of a stay or a whole day None."""
        return (self.begins + timedelta(minutes=self.minutes)).time() if self.minutes else None

    @property
    def days(self) -> list[date]:
        return [at.date() for at in (self.begins, self.until, self.was) if at]

    @property
    def times(self) -> list[time]:
        return [at.time() for at in (self.begins, self.until, self.was) if at]

    @property
    def names(self) -> list[str | None]:
        return [self.service, self.pet, self.package, self.pickup_zone]

    @property
    def cents(self) -> list[int | None]:
        return [None if self.package else self.price, self.pickup_fee, self.total]


def fee(cents: int | None) -> str:
    """Write what something beside the service costs."""
    return format_brl(cents) if cents else "grátis"


def appointment_facts(visits: Sequence[Booking], voice: Voice) -> list[Fact]:
    """Tell the customer's coming appointments: each with its price and who does it, and all of them; that there are none."""
    if not visits:
        none = ("Você não tem nenhum horário marcado no momento.", "No momento não há nenhum horário marcado para você.")
        return [Fact.of("appointments", voice.choose(none))]
    facts = [fact for visit in visits for fact in _appointment(visit, voice)]
    if len(visits) > 1:
        lines = itemised([f"{visit.what}: {visit.when(voice)}{_status(visit)}" for visit in visits])
        begin = voice.choose(("Você tem:", "Na agenda você tem:"))
        facts.insert(0, about_visits("appointments", f"{begin}\n{lines}", visits, with_cents=False))
    return facts


def _appointment(visit: Booking, voice: Voice) -> list[Fact]:
    status = _status(visit)
    wordings = (
        f"Você tem {visit.what} {visit.at(voice)}{status}.",
        f"{visit.what}: {visit.when(voice)}{status}.",
        f"Está na agenda: {visit.what}, {visit.when(voice)}{status}.",
    )
    facts = [about_visits("appointments", voice.choose(wordings), [visit], with_cents=False)]
    if visit.costs:
        value = f"O valor de {visit.what} é {visit.cost.removeprefix('fica ')}."
        cost = f"{visit.what} {visit.cost}." if visit.package else voice.choose((f"{visit.what} {visit.cost}.", value))
        facts.append(Fact.of("prices", cost, names=visit.names, cents=visit.cents))
    facts += length_facts(visit, voice)
    if visit.professional:
        who = f"Quem faz {visit.what} {visit.at(voice)} é {visit.professional}."
        facts.append(Fact.of("people", who, names=[*visit.names, visit.professional], days=visit.days, times=visit.times))
    return facts


def length_facts(visit: Booking, voice: Voice) -> list[Fact]:
    """Tell how long a visit takes, and when it is over."""
    if not visit.minutes or not visit.ends:
        return []
    begins, ends, lasts = format_time(visit.begins.time()), format_time(visit.ends), format_length(visit.minutes)
    text = voice.choose((f"{visit.what} leva {lasts}, das {begins} às {ends}.", f"{visit.what} dura {lasts}, das {begins} às {ends}."))
    return [Fact.of("appointments", text, names=[visit.service, visit.pet], times=[visit.begins.time(), visit.ends])]


def _status(visit: Booking) -> str:
    return {"confirmed": ", com presença confirmada", "in_progress": ", em atendimento agora"}.get(visit.status, "")


def about_visits(
    kind: FactKind, text: str, visits: Sequence[Booking], *, must: bool = False, with_cents: bool = True, with_people: bool = False
) -> Fact:
    """Return a fact that states these bookings."""
    people = [visit.professional for visit in visits if with_people]
    return Fact.of(
        kind,
        text,
        must=must,
        names=[*(name for visit in visits for name in visit.names), *people],
        days=[day for visit in visits for day in visit.days],
        times=[at for visit in visits for at in visit.times],
        cents=[cents for visit in visits for cents in visit.cents] if with_cents else (),
    )


def waiting_fact(service: str, pet: str | None, first: date, last: date, voice: Voice) -> Fact:
    """Tell what the customer waits for."""
    days = span(first, last, voice)
    said = (f"Você está na lista de espera de {of_pet(service, pet)}, {days}.", f"Na lista de espera: {of_pet(service, pet)}, {days}.")
    return Fact.of("waiting", voice.choose(said), names=[service, pet], days=[first, last])


def span(first: date, last: date, voice: Voice) -> str:
    """Write one day, or the days from one to another."""
    return voice.on(first) if first == last else f"de {voice.day(first)} até {voice.day(last)}"


def by_the_team(service: str) -> str:
    """Say that a service is nothing that can be booked here."""
    return f"{service} é combinado direto com a equipe."


def clipped(text: str) -> str:
    """Return the sentences of a shop's own text that a message has room for."""
    text = text.strip()
    if len(text) <= LONGEST_TEXT:
        return text
    head = text[:LONGEST_TEXT]
    end = max(head.rfind(mark) for mark in (". ", "! ", "? ", ".\n", "!\n", "?\n", "\n"))
    return head[: end + 1].rstrip() if end > 0 else f"{head.rpartition(' ')[0]}…"


def described(species: str, breed: str | None, size: str | None, coat: str | None, birth_date: date | None, today: date | None) -> str:
    """Write what is known of a pet, from codes or the words for them; its age where it is known which day it is."""
    kind = SPECIES.get(species, species)
    parts = (
        None if kind == SPECIES["other"] else kind,
        breed,
        f"porte {SIZES.get(size, size)}" if size else None,
        f"pelo {COATS.get(coat, coat)}" if coat else None,
        _age(birth_date, today) if birth_date else None,
    )
    return ", ".join(part for part in parts if part)


def _age(birth_date: date, today: date | None) -> str:
    """Write how old a pet is: "3 anos", "5 meses"; of one that is weeks old, or where today is not known, when it was born."""
    months = (today.year - birth_date.year) * 12 + today.month - birth_date.month - (today.day < birth_date.day) if today else 0
    if months < 1:
        return f"nascimento em {birth_date:%d/%m/%Y}"
    many, unit = (months, "mês|meses") if months < 12 else (months // 12, "ano|anos")
    return f"{many} {unit.split('|')[many > 1]}"


@dataclass(frozen=True, slots=True)
class Known:
    """A pet on record: what it is ("cachorro, Shih-tzu"), and what the team is to know of it."""

    name: str
    about: str
    notes: str | None = None

    @property
    def words(self) -> str:
        """Write it with what is known of it: "Rex (cachorro, Shih-tzu)"."""
        return f"{self.name} ({self.about})" if self.about else self.name

    @property
    def notes_facts(self) -> list[Fact]:
        """Tell what the team is to know of it, where there is something."""
        return [Fact.of("pets", f"Anotações sobre {self.name}: {ended(clipped(self.notes))}", names=[self.name])] if self.notes else []


def pet_facts(pets: Sequence[Known], voice: Voice) -> list[Fact]:
    """Tell each of the customer's pets on record, and all of them; that there are none."""
    if not pets:
        return [Fact.of("pets", voice.choose(NO_PETS))]
    facts = []
    for pet in pets:
        text = voice.choose((f"{pet.words} está no nosso cadastro.", f"No cadastro tenho {pet.words}."))
        facts += [Fact.of("pets", text, names=[pet.name]), *pet.notes_facts]
    if len(pets) > 1:
        names = [pet.name for pet in pets]
        facts.insert(0, Fact.of("pets", f"No cadastro tenho {listed([pet.words for pet in pets])}.", names=names))
    return facts


def ended(text: str) -> str:
    """Return what a shop wrote as a sentence that ends."""
    return f"{text}." if text[-1:].isalnum() or text[-1:] in (")", '"', "%") else text
