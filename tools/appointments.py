"""What may come of booking, moving and cancelling, and what is told of appointments: the results that several tools share."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AwareDatetime, BeforeValidator, PlainSerializer

from service.agenda.proposals import ProposalKind
from service.agenda.told import Appointment, Outcome, Spoken
from service.agenda.visits import Item, Stated
from service.language.claims import ClaimKind
from service.language.spoken import Brl, Clock, Told, left_out
from service.language.words import BOOKING_STATUS, BookingStatus
from service.platform import clock
from service.turns.evidence import Deed, Evidence
from tools.results import Receipt, Refused, Result

# What the model is told with a proposal.
ASK_FIRST = (
    "Nada foi feito ainda. Mande ao cliente a pergunta de `ask` tal como está e espere a resposta: o sistema a lê e confirma. "
    "Não diga que está agendado, remarcado ou cancelado."
)

_CODES = {word: code for code, word in BOOKING_STATUS.items()}
Status = Annotated[BookingStatus, BeforeValidator(lambda said: _CODES.get(said, said)), PlainSerializer(lambda code: BOOKING_STATUS[code])]
"""How far a booking is, written "agendado"."""


def one_of_several(service: str | None, pet: str | None = None) -> str | None:
    """Return the service, where it is one and for one pet: what several cost together is the price of none of them."""
    return None if service is None or " e " in service or " e " in (pet or "") else service


def deed_of(appointment: Appointment, kind: ClaimKind) -> Deed:
    """Return an appointment as something that was done, or stands."""
    said = appointment
    return Deed(kind, said.date, said.time, said.pet, said.service, said.until_date, said.until_time)


def take_spoken(evidence: Evidence, instant: Spoken, *, free: bool = False, minutes: int | None = None) -> None:
    """Let an instant be stated, and offered where it is `free`; of what takes so many `minutes` also its end."""
    evidence.days.add(instant.date)
    evidence.take_moment(instant.date, instant.time, free=free, minutes=minutes)


def take_appointment(evidence: Evidence, appointment: Appointment) -> None:
    """Let everything be stated that an appointment says: days, times, price, length, who does it and where the pet is fetched."""
    said = appointment
    evidence.days.update(day for day in (said.date, said.until_date) if day)
    evidence.take_moment(said.date, said.time, minutes=said.duration_minutes)
    if said.until_date and said.until_time:
        evidence.times.add((said.until_date, said.until_time))
    evidence.take_minutes(said.duration_minutes)
    evidence.take_price(said.price, said.service)
    # What is paid beside the service is not its price.
    evidence.take_price(said.pickup_fee)
    for name in (said.professional, said.package, said.pickup_zone):
        evidence.take_name(name)
    if said.moved_from:
        take_spoken(evidence, said.moved_from, minutes=said.duration_minutes)


class Done(Outcome, Result):
    """What was booked, moved, cancelled or confirmed. `already_booked` where it stood before."""

    already_booked: bool = left_out(False)

    def back(self, evidence: Evidence, receipt: Receipt) -> None:
        evidence.take_price(self.total)
        for appointment in self.all:
            take_appointment(evidence, appointment)
            receipt.take(
                evidence, day=appointment.date, at=appointment.time, pet=appointment.pet, service=appointment.service,
                until=appointment.until_date, until_at=appointment.until_time,
            )  # fmt: skip


class Asked(Stated):
    """One booking of a proposal, its instants in the shop's time zone."""

    was: AwareDatetime | None = left_out()

    @classmethod
    def of(cls, item: Item, zone: str) -> "Asked":
        """Tell a booking in the time zone of its shop."""
        return cls(
            pet=item.pet, service=item.service, starts_at=clock.local(item.starts_at, zone), ends_at=clock.local(item.ends_at, zone),
            price_cents=item.price_cents, package=item.package, unit=item.unit,
        )  # fmt: skip


class Proposal(Told):
    """What the customer is asked to agree to."""

    kind: ProposalKind
    items: tuple[Asked, ...]


class Proposed(Result):
    """What waits for the customer's yes: nothing was done, the time is held until `held_until`, and `ask` is the question."""

    success: Literal[False] = False
    awaiting_confirmation: Literal[True] = True
    proposal: Proposal
    held_until: Clock | None = left_out()
    message: str = ASK_FIRST
    ask: str = ""

    def back(self, evidence: Evidence, receipt: Receipt) -> None:
        take_held(evidence, self.proposal.items, receipt.zone, deeds=receipt.fresh)
        if self.held_until:
            evidence.take_moment(None, self.held_until)
        evidence.take_words(self.ask)


def take_held(evidence: Evidence, items: Iterable[Stated], zone: str, *, deeds: bool = True) -> None:
    """Let be offered, and with `deeds` told as held, what waits for a customer's yes."""
    for item in items:
        start, end = clock.local(item.starts_at, zone), clock.local(item.ends_at, zone)
        evidence.days.update((start.date(), end.date()))
        evidence.take_moment(start.date(), start.time(), free=True)
        evidence.take_moment(end.date(), end.time())
        evidence.take_minutes((end - start) // dt.timedelta(minutes=1))
        evidence.take_price(item.price_cents, item.service)
        evidence.take_name(item.package)
        if deeds:
            evidence.deeds.append(Deed("held", start.date(), start.time(), item.pet, item.service))


class NotFree(Result):
    """Why a visit can't be then, and the nearest times that are free."""

    success: Literal[False] = False
    pet: str | None = left_out()
    service: str | None = left_out()
    date: dt.date | None = left_out()
    weekday: str | None = left_out()
    error: str
    alternatives: tuple[Spoken, ...]

    def back(self, evidence: Evidence, receipt: Receipt) -> None:
        if self.date:
            evidence.days.add(self.date)
        evidence.take_words(self.error)
        for alternative in self.alternatives:
            take_spoken(evidence, alternative, free=True)


class Unchanged(Refused):
    """Why a move is none, and what stands."""

    appointment: Appointment | None = left_out()
    appointments: tuple[Appointment, ...] = left_out(())
    total: Brl | None = left_out()

    def back(self, evidence: Evidence, receipt: Receipt) -> None:
        super().back(evidence, receipt)
        evidence.take_price(self.total)
        for appointment in (*filter(None, [self.appointment]), *self.appointments):
            take_appointment(evidence, appointment)


class Expired(Result):
    """What was proposed ran out before the customer agreed to it."""

    success: Literal[False] = False
    expired: Literal[True] = True
    error: str

    def back(self, evidence: Evidence, receipt: Receipt) -> None:
        evidence.take_words(self.error)


class Declined(Result):
    """The customer did not want what was proposed; what it held is free again."""

    success: Literal[False] = False
    declined: Literal[True] = True
    message: str

    def back(self, evidence: Evidence, receipt: Receipt) -> None:
        evidence.deeds.append(Deed("released"))
        evidence.take_words(self.message)


Settled = Done | Proposed | NotFree | Unchanged | Expired | Declined
"""Whatever may come under the name of a tool that proposes."""
