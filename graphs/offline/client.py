"""The client agent by rules: it hears the whole window, fills in what a wish needs, and asks for the rest.

`hearing` reads the customer, `results` the functions, `talk` is what both have come to; here is what to do next.
"""

import re
from collections.abc import Sequence
from datetime import date

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from graphs.offline.hearing import NO, hear
from graphs.offline.reading import Answer, Call, Prompt, result_of
from graphs.offline.results import DECLINED, EXPIRED, NOT_BOOKED, learn
from graphs.offline.talk import ASK_DAY, ASK_NAME, ASK_NEW_TIME, ASK_SERVICE, ASK_SPECIES, ASK_WHICH_PET, CHANGES, QUESTIONS, Talk
from service.language.days import find_day
from service.language.text import fold

NOTHING_TO_ADD = "Certo! Posso ajudar em mais alguma coisa?"
REASONS = {"emergency": "Emergência ou problema de saúde do pet.", "person": "O cliente pediu para falar com uma pessoa."}


def answer(messages: Sequence[BaseMessage]) -> Answer:
    """The next step of a turn: a function to call, or words for the customer."""
    talk, last = _listen(messages), messages[-1]
    if isinstance(last, ToolMessage):
        if result_of(last).get("expired"):
            return _after_expiry(talk, messages)
        if not (last.name == "register_pet" and talk.goal in ("book", "slots")):
            return " ".join(talk.said) or NOTHING_TO_ADD
    step = _topical(talk, talk.topic) if talk.topic else _next(talk)
    return step if isinstance(step, Call) else " ".join([*talk.said, step]).strip()


def _listen(messages: Sequence[BaseMessage]) -> Talk:
    prompt = Prompt(str(messages[0].text))
    talk = Talk(
        prompt,
        services=[item.rpartition(": ")[0] for item in prompt.items("Serviços")],
        pets=[item.rpartition(" (")[0] for item in prompt.items("Pets do cliente")],
    )
    for message in messages[1:]:
        if isinstance(message, HumanMessage):
            hear(talk, str(message.text))
        elif isinstance(message, ToolMessage):
            talk.topic = None
            learn(talk, message.name or "", result_of(message))
        elif isinstance(message, AIMessage) and not message.tool_calls:
            talk.asked = next((q for q in QUESTIONS if q in str(message.text)), None)
            talk.topic, talk.question, talk.said = None, None, []
    return talk


def _after_expiry(talk: Talk, messages: Sequence[BaseMessage]) -> Answer:
    """The customer answered a proposal that had run out: what he said yes to is proposed again, at today's state of the agenda."""
    said = next((fold(str(m.text)) for m in reversed(messages) if isinstance(m, HumanMessage)), "")
    call = next((m.tool_calls[0] for m in reversed(messages) if isinstance(m, AIMessage) and m.tool_calls), None)
    if call is None or re.match(NO, said):
        return DECLINED.get(call["name"], NOT_BOOKED) if call else EXPIRED
    return Call(call["name"], call["args"])


def _topical(talk: Talk, topic: str) -> Answer:
    if topic in REASONS:
        return Call("escalate_to_human", {"reason": REASONS[topic]})
    if topic == "appointments":
        return Call("list_appointments", {})
    if topic == "services":
        return Call("list_services", {})
    if topic == "payment":
        return Call("shop_info", {})
    if topic == "leave":
        return Call("leave_waiting_list", {})
    if topic == "never_mind":
        return "Tudo bem! Se mudar de ideia, é só chamar. 🐾"
    if topic == "place":
        return f"Estamos aqui: {talk.prompt.line('Endereço')}. Horário: {talk.prompt.line('Horário de funcionamento')}."
    if topic == "thanks":
        return "Por nada! Qualquer coisa, é só chamar. 🐾"
    return _welcome(talk)


def _welcome(talk: Talk) -> str:
    found = re.search(r"^Você é (.+), do atendimento pelo WhatsApp da (.+?) \(", talk.prompt.text, re.MULTILINE)
    who = f"Aqui é {found.group(1)}, da {found.group(2)}." if found else ""
    can = "Posso cadastrar seu pet, ver horários, agendar, remarcar, cancelar e te dizer os preços."
    return f"Olá! {who} {can} Como posso ajudar?".replace("  ", " ")


def _next(talk: Talk) -> Answer:
    """What the standing wish still needs: a function, or the question for what is missing. A new kind of wish gets its line here."""
    if talk.goal is None:
        if talk.question and not talk.said:
            return Call("search_knowledge", {"question": talk.question})
        return "" if talk.said else _welcome(talk)
    if talk.goal in CHANGES:
        return _change(talk)
    if talk.goal == "register" or talk.new_pet.name or talk.asked in (ASK_NAME, ASK_SPECIES):
        return _register(talk)
    return _visit(talk)


def _visit(talk: Talk) -> Answer:
    """Propose the visit where everything is known; else look for free times, or ask."""
    if not talk.wanted:
        return f"{ASK_SERVICE} Temos: {', '.join(talk.services)}." if talk.services else "Ainda não temos serviços para agendar por aqui."
    if not talk.pets:
        return f"Ainda não conheço o seu pet. {ASK_NAME} Me conte também se é cachorro ou gato, a raça e a idade."
    pets = talk.chosen or (talk.pets if len(talk.pets) == 1 else [])
    if not pets:
        return f"{ASK_WHICH_PET} {', '.join(talk.pets)}?"
    if talk.days is None:
        return ASK_DAY
    known = {"pet_name": " e ".join(pets), "service_type": " e ".join(talk.wanted), "preferred_date": talk.days_in_words}
    nights = {"nights": talk.nights} if talk.nights else {}
    if talk.goal != "wait" and talk.day and (talk.hour or talk.nights):
        hour = {"preferred_time": f"{talk.hour:%H:%M}"} if talk.hour else {}
        return Call("book_appointment", {**known, **hour, **nights})
    part = {"preferred_time": talk.part_in_words} if talk.part else {}
    if talk.goal == "wait":
        return Call("join_waiting_list", {**known, **part, **nights})
    return Call("check_availability", {**known, **part, **nights})


def _change(talk: Talk) -> Answer:
    """Propose to move or to cancel what was named; which booking that is, the function knows or asks."""
    which = {"pet_name": " e ".join(talk.chosen), "service_type": " e ".join(talk.wanted)}
    old = talk.old_day.isoformat() if talk.old_day else ""
    if talk.goal == "cancel":
        return Call("cancel_appointment", _said({**which, "date": old}))
    day = talk.day or (talk.old_day or _only_day(talk) if talk.hour else None)
    if day is None:
        return ASK_NEW_TIME
    new = {"new_date": day.isoformat(), "new_time": f"{talk.hour:%H:%M}" if talk.hour else ""}
    return Call("reschedule_appointment", _said({**new, **which, "current_date": old}))


def _only_day(talk: Talk) -> date | None:
    """The day of the bookings that may be meant, where it is one: who says only another hour stays on it."""
    names = [fold(name) for name in (*talk.chosen, *talk.wanted)]
    lines = [line for line in talk.prompt.items("Agendamentos do cliente") if all(name in fold(line) for name in names)]
    days = {found for line in lines if (found := find_day(line, talk.prompt.today))}
    return days.pop() if len(days) == 1 else None


def _said(args: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in args.items() if value}


def _register(talk: Talk) -> Answer:
    pet = talk.new_pet
    if not pet.name:
        return ASK_NAME
    if not pet.species:
        return f"Que nome bonito, {pet.name}! {ASK_SPECIES}"
    known = {"name": pet.name, "species": pet.species, "breed": pet.breed, "age": pet.age}
    return Call("register_pet", {key: value for key, value in known.items() if value is not None})
