"""What the functions returned, in words for the customer, and what follows from it for the wish."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from graphs.offline.facts import told_of_services, told_of_shop
from graphs.offline.reading import refusal_in
from graphs.offline.talk import (
    ASK_ANOTHER,
    ASK_DAY_AND_TIME,
    ASK_PERSON,
    ASK_TIME,
    ASK_WAIT,
    ASK_WHICH_APPOINTMENT,
    CHANGES,
    DONT_KNOW,
    Talk,
)
from graphs.offline.topics import FUNCTIONS
from graphs.offline.words import unread
from service.language.common import is_ordinary
from service.language.formatting import format_day, format_time, on_day
from service.language.text import fold
from tools.wording import listed_times

DONE = {
    "book_appointment": "Prontinho! Agendado",
    "reschedule_appointment": "Prontinho! Remarcado",
    "cancel_appointment": "Pronto, cancelado",
    "confirm_appointment": "Presença confirmada",
}
ALREADY = "Já estava agendado"
DECLINED = {
    "reschedule_appointment": f"Tudo bem, o agendamento continua como estava. {ASK_ANOTHER}",
    "cancel_appointment": "Que bom, então o agendamento continua valendo! 🐾",
}
NOT_BOOKED = f"Tudo bem, não agendei nada. {ASK_ANOTHER}"
EXPIRED = "O tempo daquela reserva acabou, então conferi de novo."

# Refusals are written to a model: what it is told to do, and how it is told about the customer.
_ORDERS = re.compile(r"[;:,.]?\s*\b(?:consulte|ofereça|use|pergunte|liste|proponha)\b[^.;]*", re.IGNORECASE)
_ABOUT_CUSTOMER = ((r"\bO cliente\b", "Você"), (r"\bo cliente\b", "você"))


def learn(talk: Talk, name: str, result: Mapping[str, Any]) -> None:
    """Take in what a function said. A new function of the client agent gets its line here."""
    topics = [topic for topic in talk.topics if FUNCTIONS.get(topic) == name]
    talk.topics = [topic for topic in talk.topics if topic not in topics]
    if name == "register_pet":
        _registered(talk, result)
    elif name == "escalate_to_human":
        talk.forget()
    elif result.get("awaiting_confirmation"):
        talk.said.append(result["ask"])
    elif result.get("declined"):
        _declined(talk, name)
    elif result.get("expired"):
        talk.said.append(EXPIRED)
    elif "error" in result:
        _refused(talk, result)
    elif name == "check_availability":
        _offered(talk, result)
    elif name in DONE:
        _done(talk, name, result)
    elif name == "join_waiting_list":
        talk.said.append("Pronto, você está na lista de espera. Se abrir um horário, aviso por aqui! 🐾")
        talk.forget()
    elif name == "stop_messages":
        talk.said.append(result["ask"])
    elif name == "leave_waiting_list":
        talk.said.append("Pronto, você saiu da lista de espera.")
    elif name == "shop_info":
        talk.said += told_of_shop(talk, topics, result)
    elif name == "search_knowledge":
        talk.said.append(_found(talk.words["question"], result["entries"]))
    elif name == "list_services":
        talk.said += told_of_services(talk, topics, result["services"])
    elif name == "update_pet":
        talk.said.append(f"Anotei no cadastro de {talk.described.name}.")
    elif name == "my_packages":
        listed = [f"- {p['name']}: {_left(p)}, vale até {p['valid_until']}" for p in result["packages"]]
        talk.said.append("\n".join(["Seus pacotes:", *listed]) if listed else "Você não tem nenhum pacote por enquanto.")
    elif name == "my_treatments":
        listed = [f"- {t['name']} de {pet['pet']}: {_due(t)}" for pet in result["pets"] for t in pet["treatments"]]
        talk.said.append(
            "\n".join(["No cadastro consta:", *listed]) if listed else "Não tenho vacinas nem vermífugos anotados dos seus pets."
        )
    elif name == "my_appointments":
        listed = [f"- {_line(a)}" for a in result["appointments"]]
        talk.said.append("\n".join(["Seus agendamentos:", *listed]) if listed else "Você não tem nada agendado por enquanto.")
        if talk.goal in CHANGES and not listed:
            talk.forget()


def for_customer(error: str) -> str:
    """Return a refusal without what it tells the model to do."""
    for pattern, words in _ABOUT_CUSTOMER:
        error = re.sub(pattern, words, error)
    error = _ORDERS.sub("", error).strip()
    return error if error.endswith("?") else error.rstrip(".:;,") + "."


def _found(question: str, entries: Sequence[Mapping[str, str]]) -> str:
    """Return the entry that answers a question, where at least half of the question's own words are in it; else that nothing is known."""
    words = [folded[:5] for word in unread(question, ()) if not is_ordinary(folded := fold(word))]
    for entry in entries:
        told = fold(f"{entry['title']} {entry['content']}")
        if words and 2 * sum(re.search(rf"\b{re.escape(word)}", told) is not None for word in words) >= len(words):
            return f"Sobre “{entry['title']}”: {entry['content']}"
    return DONT_KNOW


def _left(package: Mapping[str, Any]) -> str:
    pet = f" para {package['pet']}" if package["pet"] else ""
    return f"{package['sessions_left']} de {package['sessions']} sessões de {package['service']}{pet}"


def _due(treatment: Mapping[str, Any]) -> str:
    if treatment["due_on"] is None:
        return f"em {treatment['given_on']}"
    return f"{'venceu' if treatment['overdue'] else 'vence'} em {treatment['due_on']}"


def _registered(talk: Talk, result: Mapping[str, Any]) -> None:
    told = next((pet for pet in talk.new_pets if pet.species), None)
    talk.new_pets = [pet for pet in talk.new_pets if pet is not told]
    talk.asked = None
    if "error" in result:
        talk.said.append(for_customer(refusal_in(result)))
        talk.goal = None
        return
    name = result["pet"]["name"]
    talk.chosen, talk.pets = list(dict.fromkeys([*talk.chosen, name])), list(dict.fromkeys([*talk.pets, name]))
    talk.said.append(f"{name} já estava no cadastro." if result.get("already_registered") else f"Pronto, {name} está no cadastro!")
    if talk.goal not in ("book", "slots", "wait") and not talk.new_pets:
        talk.goal, talk.doubted = None, False
        talk.said.append("Quer agendar alguma coisa?")


def _offered(talk: Talk, result: Mapping[str, Any]) -> None:
    talk.hour = None
    if "days" in result:
        listed = [f"- {format_day(date.fromisoformat(d['date']))}: {listed_times(d['slots'])}" for d in result["days"]]
        talk.said.append("\n".join([f"Para {result['service']} tenho:", *listed, ASK_DAY_AND_TIME]))
        return
    day = on_day(date.fromisoformat(result["date"]))
    talk.said.append(f"Para {result['service']} {day} tenho: {listed_times(result['slots'])}. {_of_all(talk)}{ASK_TIME}")


def _of_all(talk: Talk) -> str:
    return f"São horários de toda a equipe; com {talk.professional} eu confiro ao reservar. " if talk.professional else ""


def _declined(talk: Talk, name: str) -> None:
    talk.said.append(DECLINED.get(name, NOT_BOOKED))
    talk.hour = None
    if name == "cancel_appointment":
        talk.forget()


def _refused(talk: Talk, result: Mapping[str, Any]) -> None:
    error = refusal_in(result)
    if not error.startswith("Há mais de um"):
        talk.said.append(for_customer(error))
    talk.hour = None
    if talk.goal == "wait":
        talk.goal = "slots"
    if re.search(r"chamar uma pessoa|só a equipe", error):
        talk.said.append(ASK_PERSON)
    elif error.startswith(("Há mais de um", "Não há agendamento assim")):
        talk.wanted, talk.chosen, talk.old_day = [], [], None
        talk.said.append(ASK_WHICH_APPOINTMENT)
    elif result.get("alternatives"):
        days = {alternative["date"] for alternative in result["alternatives"]}
        # One day to choose from needs no naming again, if it is the one that was asked for.
        only = date.fromisoformat(days.pop()) if len(days) == 1 else None
        only = only if talk.day in (None, only) else None
        talk.days = (only, only) if only else None
        talk.said.append(ASK_TIME if only else ASK_DAY_AND_TIME)
    elif "lista de espera" in error:
        talk.said.append(ASK_WAIT)
    elif "outros horários" in error:
        talk.said.append(ASK_ANOTHER)
    elif talk.goal in CHANGES:
        talk.forget()


def _done(talk: Talk, name: str, result: Mapping[str, Any]) -> None:
    appointments = result.get("appointments") or [result["appointment"]]
    said = ALREADY if result.get("already_booked") else DONE[name]
    talk.forget()
    if name == "cancel_appointment":
        talk.said.append(f"{said}: {' e '.join(map(_line, appointments))}.")
    elif len(appointments) > 1:
        talk.said.append("\n".join([f"{said}:", *(f"- {_line(a)}" for a in appointments), f"Total: {result['total']}. Até lá! 🐾"]))
    else:
        (one,) = appointments
        talk.said.append(f"{said}: {_line(one)}, {one['price']}. Até lá! 🐾")
        talk.booked = (one["pet"], one["service"], date.fromisoformat(one["date"]))


def _line(appointment: Mapping[str, Any]) -> str:
    day, moment = date.fromisoformat(appointment["date"]), time.fromisoformat(appointment["time"])
    return f"{appointment['service']} de {appointment['pet']}, {format_day(day)} às {format_time(moment)}"
