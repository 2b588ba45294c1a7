"""The words of a proposal: what the customer is asked to agree to, and whether a message says all of it. Pure."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from service.agenda.told import Outcome, total_cents
from service.agenda.visits import Item, Stated
from service.language.formatting import format_day, format_time
from service.language.grammar import MONTHS, date_words
from service.language.money import format_brl
from service.language.said import days_in, times_in
from service.language.text import fold
from service.platform import clock

ProposalKind = Literal["book", "reschedule", "cancel", "confirm"]

_ASKS: dict[ProposalKind, str] = {
    "book": "Posso confirmar?",
    "reschedule": "Posso confirmar a mudança?",
    "cancel": "Posso cancelar?",
    "confirm": "Confirma a presença?",
}
_ABOUT: dict[ProposalKind, str] = {"book": "Fica assim:", "reschedule": "Mudo para:", "cancel": "Cancelar:", "confirm": "Você tem:"}


_AGAIN: dict[ProposalKind, tuple[str, str]] = {
    "book": ("Responda SIM para confirmar", "NÃO para deixar de lado"),
    "reschedule": ("Responda SIM para mudar para", "NÃO para deixar como está"),
    "cancel": ("Responda SIM para cancelar", "NÃO para manter"),
    "confirm": ("Responda SIM para confirmar a presença em", "NÃO para cancelar"),
}

_TO_CONFIRM = re.compile(
    r"\b(?:confir\w+|confere|marc\w+|agend\w+|reserv\w+|fech(?:o|ar|ado|amos)|cancel\w+|desmar\w+|remar\w+|mud\w+|troc\w+|transf\w+"
    r"|certo|correto|combinado|pode ser|tudo bem)\b"
)


def when(instant: datetime, zone: str) -> str:
    """Write an instant for people: "sexta-feira, 27/11/2026, às 10h"."""
    local = clock.local(instant, zone)
    return f"{format_day(local.date())}, às {format_time(local.time())}"


def price(item: Item) -> str:
    """Write what a booking costs, for people; a session of a package costs nothing more."""
    said = f"1 sessão do pacote {item.package}" if item.package else format_brl(item.price_cents)
    return f"{said} + leva e traz ({item.pickup_zone}) {format_brl(item.pickup_fee_cents)}" if item.pickup_zone else said


def described(item: Item, zone: str) -> str:
    """Describe a booking in one line: "Banho de Rex, sexta-feira, 27/11/2026, às 10h, R$ 70,00"."""
    span = f"{when(item.starts_at, zone)} até {when(item.ends_at, zone)}" if item.unit == "night" else when(item.starts_at, zone)
    who = f", com {item.professional}" if item.asked_for else ""
    return f"{item.service} de {item.pet}, {span}{who}, {price(item)}"


def result(items: Sequence[Item], zone: str) -> dict[str, Any]:
    """Return what the model is told when a proposal has become true, as JSON to be stored."""
    return Outcome.of(items, zone).as_json()


def late_notice(notice_minutes: int, items: Sequence[Item], now: datetime) -> str | None:
    """Say why customers can't cancel or move these themselves any more; None while they can. `items` stand where they are booked now."""
    if not notice_minutes or now + timedelta(minutes=notice_minutes) <= min(item.was or item.starts_at for item in items):
        return None
    hours, minutes = divmod(notice_minutes, 60)
    said = " e ".join(filter(None, (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")))
    return f"A loja pede {said} de antecedência para cancelar ou remarcar: agora só a equipe pode."


def ask(kind: ProposalKind, items: Sequence[Item], zone: str) -> str:
    """Ask the question that states exactly what is committed when the answer is yes."""
    if len(items) == 1:
        return f"{_ABOUT[kind]} {described(items[0], zone)}. {_ASKS[kind]}"
    lines = "\n".join(f"- {described(item, zone)}" for item in items)
    total = f"\nTotal: {format_brl(total_cents(items))}" if kind in ("book", "reschedule") else ""
    return f"{_ABOUT[kind]}\n{lines}{total}\n{_ASKS[kind]}"


def ask_again(kind: ProposalKind, items: Sequence[Item], zone: str) -> str:
    """Put the question again, shortly, to whom the answer to it was not plain. It states as much."""
    yes, no = _AGAIN[kind]
    if len(items) == 1:
        return f"{yes} {described(items[0], zone)}, ou {no}. 🐾"
    lines = "\n".join(f"- {described(item, zone)}" for item in items)
    total = f"\nTotal: {format_brl(total_cents(items))}" if kind in ("book", "reschedule") else ""
    return f"{yes}:\n{lines}{total}\nOu {no}. 🐾"


def is_question(text: str, kind: ProposalKind, items: Sequence[Item], today: date, zone: str) -> bool:
    """Tell whether a message of ours asks for a proposal: it states all of it, and nothing else is asked or offered."""
    if not states(text, kind, items, zone):
        return False
    fixed = (ask(kind, items, zone), ask_again(kind, items, zone))
    return text.endswith(fixed) or asks(text, items, today, zone)


def states(text: str, kind: ProposalKind, items: Sequence[Stated], zone: str) -> bool:
    """Tell whether a message of ours names the service, pet, day, time and (unless only presence is asked) price of every booking."""
    folded = fold(text)
    words = set(re.findall(r"\w+", folded))
    return all(_states(folded, words, item, zone, with_price=kind in ("book", "reschedule")) for item in items)


def asks(text: str, items: Sequence[Stated], today: date, zone: str) -> bool:
    """Tell whether the last question of a message of ours is whether these bookings are to be, and no other day or time is offered in it.

    "Sexta às 10h ou às 11h?" and "Ele tem alergia?" are other questions: a yes to them is none to the proposal.
    """
    words = date_words(text)
    if not _TO_CONFIRM.search(_last_question(words)):
        return False
    instants = [at for i in items for at in (i.starts_at, i.was, i.ends_at if i.unit == "night" else None) if at]
    own = [clock.local(instant, zone) for instant in instants]
    days, times = {o.date() for o in own}, {o.time() for o in own}
    return all(days.intersection(said.days) for said in days_in(words, today)) and all(
        times.intersection(said.times) for said in times_in(words)
    )


def _last_question(words: str) -> str:
    end = words.rfind("?")
    return words[max(words.rfind(mark, 0, end) for mark in ".!?") + 1 : end] if end >= 0 else ""


def _states(folded: str, words: set[str], item: Stated, zone: str, *, with_price: bool) -> bool:
    local = clock.local(item.starts_at, zone)
    named = all(set(re.findall(r"\w+", fold(name))) <= words for name in (item.pet, item.service))
    if not (named and _has_day(folded, local) and _has_time(folded, local.time())):
        return False
    if not with_price:
        return True
    return "pacote" in words if item.package else _has_price(folded, item.price_cents)


def _has_price(folded: str, cents: int) -> bool:
    whole = f"{cents // 100:,}".replace(",", r"\.?")
    rest = f",{cents % 100:02d}" if cents % 100 else r"(?:,00)?(?!,?\d)"
    return re.search(rf"(?<![\d.,]){whole}{rest}", folded) is not None


def _has_day(folded: str, local: datetime) -> bool:
    months = f"{local.month:02d}|{local.month}"
    month = MONTHS[local.month - 1]
    return re.search(rf"(?<!\d)0?{local.day}(?:/(?:{months})(?!\d)|o? de {month})|dia 0?{local.day}\b", folded) is not None


def _has_time(folded: str, moment: time) -> bool:
    minute = rf"(?:h|:|h e ){moment.minute:02d}" if moment.minute else r"(?:h(?!\d)|:00|h00| horas)"
    return re.search(rf"(?<![\d/:])0?{moment.hour}{minute}", folded) is not None
