"""The client agent by rules: it hears the whole window, fills in what a wish needs, and asks for the rest.

`hearing` reads the customer, `results` the functions, `talk` is what both have come to; here is what to do next.
"""

import re
from collections.abc import Sequence
from datetime import date

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from graphs.offline.hearing import NO, hear, wants_change
from graphs.offline.pets import PetWords
from graphs.offline.reading import Answer, Call, Prompt, apart, result_of
from graphs.offline.results import DECLINED, EXPIRED, NOT_BOOKED, learn
from graphs.offline.talk import (
    ASK_DAY,
    ASK_KINDS,
    ASK_MONTH,
    ASK_NAME,
    ASK_NEW_TIME,
    ASK_SERVICE,
    ASK_SPECIES,
    ASK_WHICH_PET,
    ASK_WHOLLY,
    CHANGES,
    QUESTIONS,
    Goal,
    Talk,
    asked_in,
)
from graphs.offline.topics import FUNCTIONS, SMALL_TALK, TAKES, Topic
from service.language.dating import day_of
from service.language.days import find_day, find_days
from service.language.grammar import Date
from service.language.text import fold
from service.language.times import find_time
from service.platform.errors import BadRequest

NOTHING_TO_ADD = "Certo! Posso ajudar em mais alguma coisa?"
BACK = "Voltei por aqui! Posso ajudar em mais alguma coisa? 🐾"
CAN = "Posso cadastrar seu pet, ver horários, agendar, remarcar, cancelar e te dizer os preços."
UNCLEAR = "Desculpe, não entendi."
# Without a day or an hour: an example's would read as one that is free.
EXAMPLES: dict[Goal, tuple[str, str, str]] = {
    "book": ("marcar", "serviço, pet, dia e hora", "{service} pro Thor, labrador, dia tal, a tal hora"),
    "register": ("cadastrar", "que o pet é seu, o nome e a raça", "tenho um labrador chamado Thor"),
    "wait": ("anotar", "serviço, pet e dia", "lista de espera: {service} pro Thor, dia tal"),
    "reschedule": ("mudar nada", "qual agendamento e o novo dia e hora", "remarca o banho do Thor para o dia tal, a tal hora"),
    "cancel": ("cancelar nada", "qual agendamento", "cancela o banho do Thor do dia tal"),
}
# What these write is grounded in every word that led to them.
WRITES = frozenset(("register_pet", "update_pet", "book_appointment", "reschedule_appointment", "cancel_appointment", "join_waiting_list"))
AT_ONCE: dict[Topic, str] = {
    "never_mind": "Certo! Se precisar, é só chamar. 🐾",
    "thanks": "Por nada! Qualquer coisa, é só chamar. 🐾",
    "noted": "Certo! Qualquer coisa, é só chamar. 🐾",
}


def answer(messages: Sequence[BaseMessage]) -> Answer:
    """Return the next step of a turn: a function to call, or words for the customer."""
    prompt, messages = apart(messages)
    talk, last = _listen(prompt, messages), messages[-1]
    if isinstance(last, ToolMessage) and result_of(last).get("expired"):
        return _after_expiry(talk, messages)
    if isinstance(last, AIMessage):
        # A person of the team spoke last, and gave the conversation back.
        return BACK
    if step := _topical(talk):
        return _gated(talk, step)
    if isinstance(last, ToolMessage) and not (last.name == "register_pet" and (talk.new_pets or talk.goal in ("book", "slots", "wait"))):
        told = last.name in FUNCTIONS.values() and last.name != "escalate_to_human"
        text = _in_a_row([*talk.said, *_standing_question(talk, told=told)]) or NOTHING_TO_ADD
        return _another_way(talk, text) if talk.goal and text == _last_words(messages) else text
    step = _gated(talk, _next(talk))
    if isinstance(step, Call):
        return step
    text = _in_a_row([*talk.said, step]) or NOTHING_TO_ADD
    return _another_way(talk, text) if talk.goal and talk.asked and text.endswith(talk.asked) else text


def _in_a_row(said: Sequence[str]) -> str:
    """Return what is said as one text; what follows a list stands by itself."""
    return "".join(f"{words}\n\n" if "\n" in words else f"{words} " for words in said if words).strip()


def _last_words(messages: Sequence[BaseMessage]) -> str:
    """Return what we said last."""
    return next((str(m.text) for m in reversed(messages) if isinstance(m, AIMessage) and not m.tool_calls), "")


def _another_way(talk: Talk, text: str) -> str:
    """Return a question that is asked once more, with what is understood so far and a way out of asking."""
    so_far = _told_so_far(talk)
    understood = f"Até aqui entendi: {so_far}. " if so_far else ""
    return f"{understood}Se preferir, chamo uma pessoa da equipe, é só pedir. {text}"


def _gated(talk: Talk, step: Answer) -> Answer:
    """Return the step, or the question for the whole wish where it would write from a message that is not understood to its last word."""
    writes = isinstance(step, Call) and step.name in WRITES
    if not talk.doubted or not (writes or (talk.unsure and isinstance(step, str))):
        return step
    so_far = _told_so_far(talk)
    understood = f"Entendi só uma parte: {so_far}." if so_far else "Não entendi tudo."
    return f"{understood} {_whole_wish(talk)}"


def _whole_wish(talk: Talk) -> str:
    """Return the question for everything in one sentence, with an example of one."""
    service = (talk.services or ["banho"])[0].lower()
    aim, what, example = EXAMPLES.get(talk.goal or "book", EXAMPLES["book"])
    wished = f"Para não {aim} errado, {ASK_WHOLLY}: {what}. Por exemplo: “{example.format(service=service)}”."
    return f"{wished} Se preferir, chamo uma pessoa da equipe."


def _told_so_far(talk: Talk) -> str:
    """Return what is known of a wish, in words; empty for nothing. A day or time is the server's to tell."""
    pets = [*talk.chosen, *(pet.name for pet in talk.new_pets if pet.name)]
    return ", ".join(filter(None, [" e ".join(talk.wanted), " e ".join(dict.fromkeys(pets))]))


def _listen(prompt: Prompt, messages: Sequence[BaseMessage]) -> Talk:
    talk = Talk(
        prompt,
        services=[item.rpartition(": ")[0] for item in prompt.items("Serviços")],
        pets=[item.rpartition(" (")[0] for item in prompt.items("Pets do cliente")],
    )
    asked = [*QUESTIONS, *(takes.ask for takes in TAKES.values() if takes.ask)]
    bubbles: list[str] = []
    for message in messages:
        if isinstance(message, HumanMessage):
            bubbles.append(str(message.text))
            continue
        _hear_all(talk, bubbles)
        bubbles = []
        if isinstance(message, ToolMessage):
            learn(talk, message.name or "", result_of(message))
        elif isinstance(message, AIMessage) and not message.tool_calls:
            talk.asked = asked_in(str(message.text), asked)
            talk.put_off = talk.doubted
            talk.topics, talk.words, talk.not_known, talk.said, talk.unsure = [], {}, [], [], False
            if ASK_WHOLLY in str(message.text):
                talk.forget()
    _hear_all(talk, bubbles)
    return talk


def _hear_all(talk: Talk, bubbles: Sequence[str]) -> None:
    """Hear what was written in a row: as one text where it is one wish in pieces, else one after the other."""
    pieces = len(bubbles) > 1 and all(len(text.split()) <= 6 and not (re.match(NO, fold(text)) or wants_change(text)) for text in bubbles)
    if pieces and not _contradict(bubbles, talk):
        hear(talk, ", ".join(text.strip().rstrip(",.") for text in bubbles))
        return
    for text in bubbles:
        hear(talk, text)


def _contradict(bubbles: Sequence[str], talk: Talk) -> bool:
    """Return whether more than one of the texts names a day, or an hour: the later one then corrects the one before."""
    try:
        days = sum(find_days(text, talk.prompt.today) is not None for text in bubbles)
        return days > 1 or sum(find_time(text) is not None for text in bubbles) > 1
    except BadRequest:
        return True


def _after_expiry(talk: Talk, messages: Sequence[BaseMessage]) -> Answer:
    """Propose again what the customer said yes to after it had run out, at today's state of the agenda."""
    said = next((fold(str(m.text)) for m in reversed(messages) if isinstance(m, HumanMessage)), "")
    call = next((m.tool_calls[0] for m in reversed(messages) if isinstance(m, AIMessage) and m.tool_calls), None)
    if call is None or re.match(NO, said):
        return DECLINED.get(call["name"], NOT_BOOKED) if call else EXPIRED
    return Call(call["name"], call["args"])


def _topical(talk: Talk) -> Answer | None:
    """Return the next step for what this turn's messages want answered; None where nothing is left but the wish."""
    topics = [topic for topic in talk.topics if topic not in SMALL_TALK] or ([] if talk.goal or talk.said else talk.topics)
    # What has to be asked for comes last: the rest of the message is answered with it.
    for topic in sorted(topics, key=lambda topic: _missing(talk, topic) is not None):
        if topic == "describe":
            pet = talk.described
            told = {"species": pet.species, "breed": pet.breed, "age": pet.age, "size": pet.size, "coat": pet.coat}
            return Call("update_pet", {"pet_name": pet.name, **{key: value for key, value in told.items() if value is not None}})
        if topic in FUNCTIONS:
            return _call(talk, topic)
        if topic == "identity":
            name, shop = talk.prompt.introduction or ("a assistente", "loja")
            return f"Sou {name}, assistente virtual da {shop}. {CAN} Se preferir, chamo uma pessoa da equipe."
        if topic in AT_ONCE:
            return AT_ONCE[topic]
        if topic == "unclear" and talk.asked == ASK_WHOLLY and talk.goal is None:
            return f"{UNCLEAR} {_whole_wish(talk)}"
        if topic == "unclear":
            return " ".join([UNCLEAR, *(_standing_question(talk, told=True) or [CAN])])
        return _welcome(talk)
    return None


def _missing(talk: Talk, topic: Topic) -> str | None:
    """Return the question for what a topic's function takes and the customer's words don't say; None where they say it."""
    takes = TAKES.get(topic)
    return (takes.ask or UNCLEAR) if takes and takes.read(talk.words[topic]) is None else None


def _call(talk: Talk, topic: Topic) -> Answer:
    """Return the call of a topic's function with what the customer's words say for it, or the question for what they don't say."""
    if missing := _missing(talk, topic):
        return " ".join([*talk.said, missing])
    takes = TAKES.get(topic)
    return Call(FUNCTIONS[topic], (takes.read(talk.words[topic]) if takes else None) or {})


def _standing_question(talk: Talk, *, told: bool) -> list[str]:
    """Return what the wish still needs to be asked, after something else was answered."""
    if not told or talk.goal is None or any(talk.said[-1:] == [q] or (talk.said and talk.said[-1].endswith(q)) for q in QUESTIONS):
        return []
    step = _gated(talk, _next(talk))
    return [step] if isinstance(step, str) else [talk.asked] if talk.asked else []


def _welcome(talk: Talk) -> str:
    found = talk.prompt.introduction
    who = f"Aqui é {found[0]}, da {found[1]}." if found else ""
    return f"Olá! {who} {CAN} Como posso ajudar?".replace("  ", " ")


def _next(talk: Talk) -> Answer:
    """Return what the standing wish still needs: a function, or the question for what is missing. A new kind of wish gets its line here."""
    if talk.goal is None:
        return "" if talk.said else _welcome(talk)
    if talk.goal in CHANGES:
        return _change(talk)
    if talk.goal == "register" or any(pet.name for pet in talk.new_pets) or talk.asked in (ASK_NAME, ASK_SPECIES, ASK_KINDS):
        return _register(talk)
    return _visit(talk)


def _visit(talk: Talk) -> Answer:
    """Propose the visit where everything is known; else look for free times, or ask."""
    if not talk.wanted:
        missing = f"Não achei “{' '.join(talk.not_offered)}” entre os nossos serviços. " if talk.not_offered else ""
        listed = ", ".join(talk.services)
        return f"{missing}{ASK_SERVICE} Temos: {listed}." if listed else "Ainda não temos serviços para agendar por aqui."
    if not talk.pets and talk.goal == "slots" and talk.days:
        part = {"preferred_time": talk.part_in_words} if talk.part else {}
        return Call("check_availability", {"service_type": " e ".join(talk.wanted), "preferred_date": talk.days_in_words, **part})
    if not talk.pets:
        return f"{ASK_NAME} Me conte também se é cachorro ou gato, a raça e a idade."
    pets = talk.chosen or (talk.pets if len(talk.pets) == 1 else [])
    if not pets:
        return f"{ASK_WHICH_PET} {', '.join(talk.pets)}?"
    if talk.days is None:
        return ASK_DAY
    known = {"pet_name": " e ".join(pets), "service_type": " e ".join(talk.wanted), "preferred_date": talk.days_in_words}
    nights = {"nights": talk.nights} if talk.nights else {}
    if talk.goal != "wait" and talk.day and (talk.hour or talk.nights):
        hour = {"preferred_time": f"{talk.hour:%H:%M}"} if talk.hour else {}
        who = {"professional": talk.professional} if talk.professional else {}
        return Call("book_appointment", {**known, **hour, **nights, **who})
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
        return ASK_NEW_TIME if talk.prompt.items("Agendamentos do cliente") else Call("my_appointments", {})
    if talk.bare_day and talk.day and _from_booking(talk) != talk.day:
        return f"De qual mês? Para eu não errar, {ASK_MONTH}."
    new = {"new_date": day.isoformat(), "new_time": f"{talk.hour:%H:%M}" if talk.hour else ""}
    return Call("reschedule_appointment", _said({**new, **which, "current_date": old}))


def _from_booking(talk: Talk) -> date | None:
    """Return the next day of that number from the booking's own day on; the day as it was read where it is not known which booking."""
    own = talk.old_day or _only_day(talk)
    return day_of(Date(0, 0, talk.bare_day), own) if own and talk.bare_day else talk.day


def _only_day(talk: Talk) -> date | None:
    """Return the day of the bookings that may be meant, where it is one: who says only another hour stays on it."""
    names = [fold(name) for name in (*talk.chosen, *talk.wanted)]
    lines = [line for line in talk.prompt.items("Agendamentos do cliente") if all(name in fold(line) for name in names)]
    days = {found for line in lines if (found := find_day(line, talk.prompt.today))}
    return days.pop() if len(days) == 1 else None


def _said(args: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in args.items() if value}


def _register(talk: Talk) -> Answer:
    pets = talk.new_pets or [PetWords()]
    unnamed = next((pet for pet in pets if not pet.name), None)
    if unnamed:
        return ASK_NAME
    if done := next((pet for pet in pets if pet.species), None):
        known = {"name": done.name, "species": done.species, "breed": done.breed, "age": done.age, "size": done.size, "coat": done.coat}
        return Call("register_pet", {key: value for key, value in known.items() if value is not None})
    names = [str(pet.name) for pet in pets]
    if len(names) > 1 and talk.asked != ASK_KINDS:
        return f"Que nomes bonitos, {' e '.join(names)}! {ASK_KINDS}"
    if len(names) > 1 or talk.asked == ASK_KINDS:
        return f"E {names[0]}? {ASK_SPECIES}"
    if talk.asked == ASK_SPECIES:
        return f"Para continuar, só me diga de {names[0]}: {ASK_SPECIES}"
    return f"Que nome bonito, {names[0]}! {ASK_SPECIES}"
