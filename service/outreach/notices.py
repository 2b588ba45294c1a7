"""What the shop says unasked, in words: the text, and the parameters of the approved template that says the same. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from service.language.formatting import format_day, format_time, on_day
from service.language.text import fold
from service.language.words import TREATMENTS, TreatmentKind

ASK = "Responda SIM para confirmar ou NÃO para cancelar."
TELL = "Esperamos vocês! 🐾"
NEARBY = {-1: "ontem", 0: "hoje", 1: "amanhã"}


@dataclass(frozen=True, slots=True)
class Notice:
    """A message ready to be written; `parameters` as docs/agenda-and-safety.md lists them for the kind."""

    content: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Customer:
    """Who is written to, and by which shop. Names are as they were typed; an unknown one is None."""

    name: str | None
    shop: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """A service for a pet at a time of the shop's clock; `pet` is None where it is not known."""

    service: str
    pet: str | None
    starts_at: time


@dataclass(frozen=True, slots=True)
class Treatment:
    """A vaccine or a dewormer of a pet."""

    kind: TreatmentKind
    name: str
    pet: str


def reminder(customer: Customer, day: date, today: date, appointments: Sequence[Appointment], *, asks: bool) -> Notice:
    """Names service, pet, day and time of every appointment of a visit, and asks for a yes or no where `asks`."""
    when, closing = _on(day, today), ASK if asks else TELL
    if len(appointments) == 1:
        said = f"Lembrete: {_what(appointments[0])} {when}, às {format_time(appointments[0].starts_at)}. {closing}"
    else:
        lines = [f"- {_what(a)} às {format_time(a.starts_at)}" for a in appointments]
        said = "\n".join([f"Lembrete para {_day(day, today)}:", *lines, closing])
    visits = _joined([f"{_what(a)} às {format_time(a.starts_at)}" for a in appointments])
    return _notice(customer, said, visits, when, closing)


def vaccine(customer: Customer, due_on: date, today: date, treatments: Sequence[Treatment]) -> Notice:
    """Tells what is due, or has just been."""
    verb = ("vence", "vencem") if due_on >= today else ("venceu", "venceram")
    when = f"{verb[len(treatments) > 1]} {_on(due_on, today)}"
    named = _joined([_treatment(t) for t in treatments])
    said = f"{when[0].upper()}{when[1:]}: {named}. Quer marcar um horário? É só dizer o dia que prefere."
    return _notice(customer, said, named, when)


def follow_up(customer: Customer, day: date, today: date, pets: Sequence[str]) -> Notice:
    """Asks how a visit went."""
    whose, when = _joined(pets) or "seu pet", _on(day, today)
    said = f"Como foi a visita de {whose} {when}? Se algo não ficou como você esperava, é só contar aqui."
    return _notice(customer, said, whose, when)


def no_show(customer: Customer, day: date, today: date, pets: Sequence[str]) -> Notice:
    """Offers a new time to whoever did not come."""
    whose, when = _joined(pets) or "seu pet", _on(day, today)
    said = f"Sentimos falta de {whose} {when}. Quer marcar outro horário? É só dizer o dia que prefere."
    return _notice(customer, said, whose, when)


def ready(customer: Customer, pets: Sequence[str | None], *, is_driven_home: bool) -> Notice:
    """Calls the customer in, or says that the pets are on their way. It says nothing of a pet's sex, which is not known."""
    whose = _joined(list(dict.fromkeys(pet or "seu pet" for pet in pets)))
    then = "já vamos levar até você" if is_driven_home else "já pode vir buscar"
    return _notice(customer, f"Tudo pronto com {whose}: {then}. 🐾\n{_one_line(customer.shop)}", whose, then)


def waiting_list(customer: Customer, bookings: Sequence[str], until: time) -> Notice:
    """Offers a freed time, stating all of what a yes books; `bookings` are `agenda.proposals.described`, `until` is the shop's clock."""
    closing = f"Responda SIM até as {format_time(until)} para ficar com ele, ou NÃO para liberar."
    listed = bookings[0] if len(bookings) == 1 else "; ".join(bookings)
    return _notice(customer, f"Abriu um horário: {_one_line(listed)}. {closing}", _one_line(listed), format_time(until))


def _notice(customer: Customer, said: str, *parameters: str) -> Notice:
    first = next(iter((customer.name or "").split()), "")
    # A template has its placeholder whether the name is known or not.
    return Notice(f"Oi, {first}! {said}" if first else f"Oi! {said}", (first or "cliente", _one_line(customer.shop), *parameters))


def _what(appointment: Appointment) -> str:
    service = _one_line(appointment.service)
    return f"{service} de {_one_line(appointment.pet)}" if appointment.pet else service


def _treatment(treatment: Treatment) -> str:
    kind, name = TREATMENTS[treatment.kind], _one_line(treatment.name)
    return f"{name if fold(name).startswith(fold(kind)) else f'{kind} {name}'} de {_one_line(treatment.pet)}"


def _on(day: date, today: date) -> str:
    """For example "amanhã, sexta-feira, 27/11/2026", "no sábado, 05/12/2026"."""
    return _day(day, today) if (day - today).days in NEARBY else on_day(day)


def _day(day: date, today: date) -> str:
    """For example "amanhã, sexta-feira, 27/11/2026", "sábado, 05/12/2026"."""
    near = NEARBY.get((day - today).days)
    return f"{near}, {format_day(day)}" if near else format_day(day)


def _joined(names: Sequence[str]) -> str:
    """ "Rex", "Rex e Mel", "Rex, Mel e Bob"."""
    plain = [_one_line(name) for name in names]
    return " e ".join(filter(None, (", ".join(plain[:-1]), *plain[-1:])))


def _one_line(text: str) -> str:
    """In one line."""
    return " ".join(text.split())
