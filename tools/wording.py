"""Figures as an owner reads them on the phone: what Aurora's functions return beside the data, ready to be said."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from service.language.formatting import format_time, on_day
from service.language.words import BOOKING_STATUS

LISTED = 10


def summary(result: Mapping[str, Any]) -> str:
    """A period's clients, services and revenue, in the specification's shape, and the period before."""
    served, previous = result["clients_served"], result["previous"]
    said = f"você atendeu {counted('cliente', served)}!" if served else "você não atendeu nenhum cliente."
    parts = [f"{opening(result['period']['label'])} {said}"]
    if result["by_service"]:
        parts.append("\n".join(f"- {counted(s['service'].lower(), s['count'])}" for s in result["by_service"]))
    parts.append(f"Faturamento: {result['revenue']}")
    statuses = result["bookings_by_status"]
    if set(statuses) - {"completed"}:
        words = ", ".join(counted(word, statuses[code]) for code, word in BOOKING_STATUS.items() if statuses.get(code))
        parts.append(f"Agendamentos por situação: {words}")
    parts.append(f"Para comparar, {previous['label']}: {counted('cliente', previous['clients_served'])}, {previous['revenue']}")
    return "\n\n".join(parts)


def ranking(label: str, services: Sequence[Mapping[str, Any]]) -> str:
    """The services most often done in a period."""
    if not services:
        return f"{opening(label)} nenhum atendimento concluído."
    lines = [f"{n}. {s['service']}: {s['count']} ({s['revenue']})" for n, s in enumerate(services, start=1)]
    return "\n".join([f"Serviços mais realizados, {label}:", "", *lines])


def missing(days: int, clients: Sequence[Mapping[str, Any]], total: int) -> str:
    """Customers who stopped coming, and since when."""
    if not clients:
        return f"Ninguém está sem voltar há mais de {counted('dia', days)}. 🐾"
    lines = [f"- {c['name'] or c['phone'] or 'sem nome'}: última visita em {c['last_visit']}" for c in clients]
    more = [f"- e mais {total - len(lines)}"] if total > len(lines) else []
    return "\n".join([f"Sem voltar há mais de {counted('dia', days)}: {total}.", "", *lines, *more])


def free_slots(day: date, slots: Sequence[Mapping[str, Any]], *, is_open: bool) -> str:
    """A day's free times ("09:30") by service."""
    if not is_open:
        return f"A loja não abre {on_day(day)}."
    lines = [f"- {s['service']}: {listed_times(s['times']) or 'nada livre'}" for s in slots]
    return "\n".join([f"Horários livres {on_day(day)}:", "", *lines])


def listed_times(times: Sequence[str]) -> str:
    """Times of a day ("09:30") as people write them; of many the first ones and the last."""
    words = [format_time(time.fromisoformat(moment)) for moment in times]
    return ", ".join(words[:LISTED]) + (f" e outros, até as {words[-1]}" if len(words) > LISTED else "")


def opening(label: str) -> str:
    """How a sentence about a period begins: "Hoje", but "Ontem (domingo, 22/11/2026):"."""
    return "Hoje" if label.startswith("hoje ") else f"{label[0].upper()}{label[1:]}:"


def counted(noun: str, count: int) -> str:
    """A count with its noun, in the plural where that is one word with a vowel at its end; others stay as the shop wrote them."""
    return f"{count} {noun}s" if count != 1 and " " not in noun and noun[-1:] in set("aeiouáéíóúãõ") else f"{count} {noun}"
