"""What may come of booking, moving and cancelling, and what is told of appointments: the results that several tools share."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Annotated, Literal

from pydantic import AwareDatetime, BeforeValidator, PlainSerializer

from service.agenda.proposals import ProposalKind
from service.agenda.told import Appointment, Outcome, Spoken
from service.agenda.visits import Item, Stated
from service.language.formatting import format_time, listed
from service.language.money import format_brl
from service.language.spoken import Brl, Clock, Told, left_out
from service.language.words import BOOKING_STATUS, BookingStatus
from service.platform import clock
from service.turns.sentences import Booking, about_visits, length_facts
from service.turns.telling import DeedKind, Fact, Voice, capital
from tools.results import Refused, Result, Wordings

NOT_THEN = ("Esse horário não está livre.", "Nesse horário não tenho vaga.")
NONE_NEAR = "Nos próximos dias não tenho horário livre."
# How a deed is told, in front of what it was done to; of what stood before, or nobody knows, only that it stands.
_BEGIN: dict[DeedKind | None, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "booked": (("Prontinho, está marcado", "Tudo certo, agendado", "Combinado, já está na agenda"), ("Está agendado", "Agendamento feito")),
    "moved": (("Prontinho, mudei", "Tudo certo, está remarcado", "Pronto, mudança feita"), ("Está remarcado", "Mudança feita")),
    "cancelled": (("Tudo certo, cancelei", "Pronto, está cancelado"), ("Está cancelado", "Cancelamento feito")),
    "confirmed": (("Presença confirmada", "Perfeito, presença confirmada"), ("Presença confirmada",)),
    None: (("Já está na agenda", "Isso já está marcado"), ("Já está na agenda", "Isso já está marcado")),
}  # fmt: skip
# What follows it where the shop is warm.
_END: dict[DeedKind | None, tuple[str, ...]] = {
    "booked": ("🐾", "Até lá! 🐾", "✅"),
    "moved": ("✅", "Até lá! 🐾"),
    "cancelled": ("Quando quiser marcar de novo, é só chamar.", "Se precisar de outro horário, é só chamar. 🐾"),
    "confirmed": ("Até lá! 🐾", "Esperamos vocês! 🐾"),
    None: ("🐾", "✅"),
}
_DECLINED: dict[ProposalKind | None, tuple[str, ...]] = {
    "book": ("Tudo bem, não marquei nada.", "Sem problema, nada foi marcado."),
    "reschedule": ("Tudo bem, deixei o horário como estava.", "Sem problema, o horário continua o mesmo."),
    "cancel": ("Tudo bem, não cancelei: o horário continua marcado.", "Combinado, nada foi cancelado: o horário continua marcado."),
    "confirm": ("Tudo bem, deixei como estava.", "Sem problema, nada mudou na agenda."),
    None: ("Tudo bem, não mudei nada na agenda.", "Sem problema, deixei tudo como estava."),
}

# What the model is told with a proposal.
ASK_FIRST = (
    "Nada foi feito ainda. Mande ao cliente a pergunta tal como está e espere a resposta: o sistema a lê e confirma. "
    "Não diga que está agendado, remarcado ou cancelado."
)

_CODES = {word: code for code, word in BOOKING_STATUS.items()}
Status = Annotated[BookingStatus, BeforeValidator(lambda said: _CODES.get(said, said)), PlainSerializer(lambda code: BOOKING_STATUS[code])]
"""How far a booking is, written "agendado"."""


def moments_listed(instants: Sequence[Spoken], voice: Voice) -> str:
    """Write instants by their days: "sexta-feira, 27/11, às 10h e 10h30; sábado, 28/11, às 9h"."""
    days = groupby(instants, key=lambda instant: instant.date)
    return "; ".join(f"{voice.day(day)}, às {listed([format_time(one.time) for one in of_day])}" for day, of_day in days)


def deed_fact(visits: Sequence[Booking], total: int | None, voice: Voice, deed: DeedKind | None) -> Fact:
    """Tell what was done to bookings: each with when it is, what it costs and, of a move, when it was."""
    kind = deed if deed in _BEGIN else None
    warm, earnest = _BEGIN[kind]
    begin, end = voice.say(warm=warm, earnest=earnest), voice.say(warm=_END[kind], earnest=("",))
    costs = kind not in ("cancelled", "confirmed")
    if len(visits) == 1:
        cost = f"{capital(visits[0].cost)}." if costs and visits[0].cost else ""
        text = " ".join(filter(None, [f"{begin}: {_line(visits[0], voice, deed)}.", cost, end]))
    else:
        lines = [f"- {_line(visit, voice, deed)}{f', {visit.costs}' if costs and visit.costs else ''}" for visit in visits]
        whole = [f"Total: {format_brl(total)}"] if costs and total is not None else []
        text = "\n".join([f"{begin}:", *lines, *whole, *([end] if any(map(str.isalpha, end)) else [])])
    fact = about_visits("deed", text, visits, must=True, with_cents=costs, with_people=deed != "cancelled")
    return replace(fact, cents=fact.cents | {total}) if costs and total is not None and len(visits) > 1 else fact


def _line(visit: Booking, voice: Voice, deed: DeedKind | None) -> str:
    who = f", com {visit.professional}" if visit.professional and deed != "cancelled" else ""
    was = f" (antes: {voice.day(visit.was.date())}, às {format_time(visit.was.time())})" if visit.was else ""
    return f"{visit.what}, {visit.when(voice)}{who}{was}"


class Done(Outcome, Result):
    """What was booked, moved, cancelled or confirmed. `already_booked` where it stood before."""

    already_booked: bool = left_out(False)

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        visits = [Booking.told(appointment) for appointment in self.all]
        if not visits:
            return []
        done = deed_fact(visits, self.total, voice, None if self.already_booked else deed)
        stands = deed != "cancelled"
        return [done, *(fact for visit in visits if stands for fact in length_facts(visit, voice))]


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

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        items = self.proposal.items
        asked = Fact.of(
            "question", self.ask, must=True,
            names=[name for item in items for name in (item.pet, item.service, item.package)],
            days=[item.starts_at.date() for item in items],
            times=[item.starts_at.time() for item in items],
            cents=[item.price_cents for item in items],
        )  # fmt: skip
        if self.held_until is None or self.proposal.kind not in ("book", "reschedule"):
            return [asked] if self.ask else []
        until = format_time(self.held_until)
        held = voice.choose((f"Esse horário fica reservado até as {until}.", f"Guardo esse horário até as {until}."))
        return [Fact.of("slots", held, times=[self.held_until]), *([asked] if self.ask else [])]


class NotFree(Result):
    """Why a visit can't be then, and the nearest times that are free."""

    success: Literal[False] = False
    pet: str | None = left_out()
    service: str | None = left_out()
    date: dt.date | None = left_out()
    weekday: str | None = left_out()
    error: str
    say: Wordings = left_out(())
    alternatives: tuple[Spoken, ...]

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        why = voice.shortly(voice.choose(self.say or NOT_THEN))
        if not self.alternatives:
            wait = voice.choose(("Quer entrar na lista de espera?", "Quer que eu coloque você na lista de espera?"))
            return [Fact.of("question", f"{why} {NONE_NEAR} {wait}", must=True, names=[self.service, self.pet])]
        free = moments_listed(self.alternatives, voice)
        nearest = "Os mais próximos que tenho" if len(self.alternatives) > 1 else "O mais próximo que tenho"
        offered = voice.choose((f"{nearest}: {free}.", f"Tenho livre: {free}.", f"Posso oferecer: {free}."))
        return [
            Fact.of(
                "refusal", f"{why} {offered}", must=True,
                names=[self.service, self.pet],
                days=[instant.date for instant in self.alternatives],
                times=[instant.time for instant in self.alternatives],
            )
        ]  # fmt: skip


class Unchanged(Refused):
    """Why a move is none, and what stands."""

    appointment: Appointment | None = left_out()
    appointments: tuple[Appointment, ...] = left_out(())
    total: Brl | None = left_out()

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        visits = [Booking.told(said) for said in (*filter(None, [self.appointment]), *self.appointments)]
        if not visits:
            return super().tell(voice, deed)
        stands = "; ".join(f"{visit.what}, {visit.when(voice)}" for visit in visits)
        begin = voice.choose(("Já está marcado assim:", "Esse já é o horário marcado:"))
        return [about_visits("question", f"{begin} {stands}. Para quando você quer mudar?", visits, must=True, with_cents=False)]


class Expired(Result):
    """What was proposed ran out before the customer agreed to it."""

    success: Literal[False] = False
    expired: Literal[True] = True
    error: str

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        late = (
            "O tempo para responder passou, e nada mudou na agenda. Quer que eu veja os horários de novo?",
            "Esse pedido venceu antes da sua resposta, e nada foi feito. Quer que eu consulte de novo?",
        )
        return [Fact.of("question", voice.choose(late), must=True)]


class Declined(Result):
    """The customer did not want what was proposed; what it held is free again."""

    success: Literal[False] = False
    declined: Literal[True] = True
    message: str
    kind: ProposalKind | None = left_out()

    def tell(self, voice: Voice, deed: DeedKind | None = None) -> Sequence[Fact]:
        return [Fact.of("deed", voice.choose(_DECLINED[self.kind]), must=True)]


Settled = Done | Proposed | NotFree | Unchanged | Expired | Declined
"""Whatever may come under the name of a tool that proposes."""
