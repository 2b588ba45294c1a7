"""The phrases that notices share: greeting, names, days. Pure; the words of each kind stand in `kinds`."""

from collections.abc import Sequence
from datetime import date

from service.language.formatting import format_day, on_day
from service.outreach.message import Customer, Notice

NEARBY = {-1: "ontem", 0: "hoje", 1: "amanhã"}


def notice(customer: Customer, said: str, *parameters: str) -> Notice:
    """Greet the customer and say it; the template's first two parameters are always the customer's first name and the shop's."""
    first = next(iter((customer.name or "").split()), "")
    # A template has its placeholder whether the name is known or not.
    return Notice(f"Oi, {first}! {said}" if first else f"Oi! {said}", (first or "cliente", one_line(customer.shop), *parameters))


def on(day: date, today: date) -> str:
    """Write for example "amanhã, sexta-feira, 27/11/2026", "no sábado, 05/12/2026"."""
    return named(day, today) if (day - today).days in NEARBY else on_day(day)


def named(day: date, today: date) -> str:
    """Write for example "amanhã, sexta-feira, 27/11/2026", "sábado, 05/12/2026"."""
    near = NEARBY.get((day - today).days)
    return f"{near}, {format_day(day)}" if near else format_day(day)


def joined(names: Sequence[str]) -> str:
    """Write "Rex", "Rex e Mel", "Rex, Mel e Bob"; nothing for nobody."""
    plain = [one_line(name) for name in names]
    return " e ".join(filter(None, (", ".join(plain[:-1]), *plain[-1:])))


def of_pets(pets: Sequence[str]) -> tuple[str, str]:
    """Name the pets, and name them after "de": ("Rex e Mel", "de Rex e Mel"), or ("seu pet", "do seu pet") where none is known."""
    return (joined(pets), f"de {joined(pets)}") if pets else ("seu pet", "do seu pet")


def one_line(text: str) -> str:
    """Put a text in one line."""
    return " ".join(text.split())
