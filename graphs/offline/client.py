"""The client agent by rules: it hears the whole window, fills in what a booking needs, and asks for the rest."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Literal

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from graphs.offline.pets import PetWords, read_pet
from graphs.offline.reading import Answer, Call, Prompt, mentioned, result_of, says
from service.dates import find_day, find_time, format_day, format_time, on_day, parse_time
from service.errors import BadRequest
from service.text import fold
from tools.wording import listed_times

Goal = Literal["register", "slots", "book"]

ASK_NAME = "Como se chama o seu pet?"
ASK_SPECIES = "Ele é cachorro, gato ou outro bichinho?"
ASK_WHICH_PET = "É para qual dos seus pets?"
ASK_SERVICE = "Qual serviço você gostaria?"
ASK_DAY = "Para qual dia?"
ASK_TIME = "Qual horário você prefere?"
ASK_TO_BOOK = "Posso agendar?"
DONT_KNOW = "Essa informação eu não tenho por aqui. Se quiser, chamo uma pessoa da equipe."
QUESTIONS = (ASK_NAME, ASK_SPECIES, ASK_WHICH_PET, ASK_SERVICE, ASK_DAY, ASK_TIME, ASK_TO_BOOK)
YES = ("sim", "isso", "pode", "ok\\b", "claro", "quero", "confirm", "beleza", "blz", "bora", "por favor", "perfeito")


@dataclass
class Talk:
    """What the conversation has come to: a standing wish, what is known for it, what this turn's functions said.

    `asked` is our last question, `topic` what the turn's messages want answered before the wish, `question` theirs that no rule knows,
    `booked` whether the last wish came true.
    """

    prompt: Prompt
    services: list[str]
    pets: list[str]
    goal: Goal | None = None
    booked: bool = False
    service: str | None = None
    pet: str | None = None
    day: date | None = None
    hour: time | None = None
    new_pet: PetWords = field(default_factory=PetWords)
    asked: str | None = None
    topic: str | None = None
    question: str | None = None
    said: list[str] = field(default_factory=list)


def answer(messages: Sequence[BaseMessage]) -> Answer:
    """The next step of a turn: a function to call, or words for the customer."""
    talk = _listen(messages)
    last = messages[-1]
    if isinstance(last, ToolMessage) and not (last.name == "register_pet" and talk.goal == "book"):
        return " ".join(talk.said)
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
            _hear(talk, str(message.text))
        elif isinstance(message, ToolMessage):
            talk.topic = None
            _learn(talk, message.name or "", result_of(message))
        elif isinstance(message, AIMessage) and not message.tool_calls:
            talk.asked = next((q for q in QUESTIONS if q in str(message.text)), None)
            talk.topic, talk.question, talk.said = None, None, []
    return talk


def _hear(talk: Talk, text: str) -> None:
    """Take in a customer's message: what it wants, and whatever it tells for a booking."""
    folded = fold(text)
    try:
        day, moment = find_day(text, talk.prompt.today), find_time(text)
        if moment is None and talk.asked == ASK_TIME and (bare := re.fullmatch(r"\D{0,12}(\d{1,2})\W*", folded)):
            moment = parse_time(bare.group(1))
    except BadRequest as error:
        talk.said.append(str(error))
        return
    topic = _topic(folded)
    talk.question = text if "?" in text else talk.question
    if talk.booked and folded.startswith("nao") and (day or moment):
        topic = "change"
    if talk.topic is None or topic not in (None, "greeting", "thanks"):
        talk.topic = topic
    if topic == "never_mind":
        _forget(talk)
        return
    service, pet = mentioned(text, talk.services), _known_pet(folded, talk.pets)
    talk.new_pet = PetWords() if pet else read_pet(text, talk.new_pet, bare_name=talk.asked == ASK_NAME)
    talk.pet = pet or (None if talk.new_pet.name else talk.pet)
    talk.service, talk.day = service or talk.service, day or talk.day
    talk.hour = moment or (None if day else talk.hour)
    chose = (talk.asked == ASK_TIME and moment) or (talk.asked == ASK_TO_BOOK and says(folded, *YES))
    if chose or says(folded, "agendar", "agenda\\b", "agende", "marcar", "marque", "marca\\b", "reserv"):
        talk.goal = "book"
    elif says(folded, "cadastr", "registr"):
        talk.goal = "register"
    elif says(folded, "horario", "vaga", "disponi", "livre", "tem hora", "encaix"):
        talk.goal = "slots"
    elif service and not topic and talk.goal in (None, "register"):
        talk.goal = "book"
    elif talk.new_pet.name and talk.goal is None:
        talk.goal = "register"
    talk.booked = talk.booked and talk.goal is None
    if talk.goal and talk.topic == "greeting":
        talk.topic = None


def _known_pet(folded: str, pets: Sequence[str]) -> str | None:
    words = set(re.findall(r"\w+", folded))
    return next((pet for pet in pets if set(fold(pet).split()) <= words), None)


def _forget(talk: Talk) -> None:
    talk.goal = talk.service = talk.day = talk.hour = talk.pet = None
    talk.new_pet = PetWords()


def _topic(folded: str) -> str | None:
    """What a message is about that is answered at once, whatever is being booked."""
    if says(folded, "emergencia", "urgen", "socorro", "passando mal", "convuls", "sangr", "vomit", "envenen", "atropel", "engasg"):
        return "emergency"
    if says(folded, "atendente", "humano", "uma pessoa", "com alguem", "com pessoa", "gerente", "reclam", "pessimo", "absurdo"):
        return "person"
    if says(folded, "deixa (pra|para) la", "nao quero mais", "esquece"):
        return "never_mind"
    if says(folded, "cancel", "desmarc", "remarc", "adiar", "mudar (o|meu|de) ", "trocar (o|meu|de) "):
        return "change"
    if says(folded, "meus? agendament", "meus? horario", "(tenho|esta|ficou) (algo |algum horario )?(marcad|agendad)", "o que (eu )?tenho"):
        return "appointments"
    if says(folded, "onde fica", "endereco", "que horas (abr|fech)", "(abre|fecha)m?\\b", "funcionamento"):
        return "place"
    if says(folded, "pix\\b", "cartao", "dinheiro", "pagamento", "pagar\\b"):
        return "payment"
    if says(folded, "servico", "preco", "quanto (custa|e|fica|sai)", "valor", "o que voces fazem"):
        return "services"
    if re.fullmatch(r"(muito )?(obrigad[oa]|valeu|brigad[oa]|tchau|ate mais)\W*.{0,20}", folded):
        return "thanks"
    if re.fullmatch(r"(oi+e?|ola|opa|bom dia|boa tarde|boa noite|e ai|tudo bem|\W)+.{0,12}", folded):
        return "greeting"
    return None


def _topical(talk: Talk, topic: str) -> Answer:
    if topic == "emergency":
        return Call("escalate_to_human", {"reason": "Emergência ou problema de saúde do pet."})
    if topic == "person":
        return Call("escalate_to_human", {"reason": "O cliente pediu para falar com uma pessoa."})
    if topic == "change":
        return Call("escalate_to_human", {"reason": "O cliente quer cancelar ou remarcar."})
    if topic == "appointments":
        return Call("list_appointments", {})
    if topic == "payment":
        return Call("shop_info", {})
    if topic == "services":
        return Call("list_services", {})
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
    return f"Olá! {who} Posso cadastrar seu pet, ver horários, agendar e te dizer os preços. Como posso ajudar?".replace("  ", " ")


def _learn(talk: Talk, name: str, result: Mapping[str, Any]) -> None:
    """Take in what a function said; but for a pet just registered, these are the turn's last words."""
    if name == "register_pet":
        _registered(talk, result)
    elif name == "escalate_to_human":
        _forget(talk)
    elif "error" in result:
        _refused(talk, result)
    elif name == "check_availability":
        _offered(talk, result)
    elif name == "book_appointment":
        talk.said.append(_booked(result["appointment"], again=bool(result.get("already_booked"))))
        _forget(talk)
        talk.booked = True
    elif name == "list_services":
        listed = [f"- {s['name']}: {s['price']}, {s['duration_minutes']} minutos" for s in result["services"]]
        talk.said.append("\n".join(["Nossos serviços:", *listed]) if listed else "Ainda não temos serviços cadastrados.")
    elif name == "shop_info":
        talk.said.append(f"Formas de pagamento: {result['payment_methods'] or 'é melhor perguntar no balcão.'}")
    elif name == "search_knowledge":
        talk.said.append(result["entries"][0]["content"] if result["entries"] else DONT_KNOW)
    elif name == "list_appointments":
        listed = [f"- {_line(a)}" for a in result["appointments"]]
        talk.said.append("\n".join(["Seus agendamentos:", *listed]) if listed else "Você não tem nada agendado por enquanto.")


def _registered(talk: Talk, result: Mapping[str, Any]) -> None:
    talk.new_pet, talk.asked = PetWords(), None
    if "error" in result:
        talk.said.append(str(result["error"]))
        talk.goal = None
        return
    talk.pet = name = result["pet"]["name"]
    talk.pets = list(dict.fromkeys([*talk.pets, name]))
    talk.said.append(f"{name} já estava no cadastro." if result.get("already_registered") else f"Pronto, {name} está no cadastro!")
    if talk.goal != "book":
        talk.goal = None
        talk.said.append("Quer agendar alguma coisa?")


def _offered(talk: Talk, result: Mapping[str, Any]) -> None:
    day, wanted = on_day(date.fromisoformat(result["date"])), result.get("requested")
    if wanted and wanted["available"]:
        talk.said.append(f"{result['service']} {day} às {_hour(wanted['time'])} está livre, por {result['price']}. {ASK_TO_BOOK}")
        return
    talk.hour = None
    taken = f"Às {_hour(wanted['time'])} não dá. " if wanted else ""
    talk.said.append(f"{taken}Para {result['service']} {day} tenho: {listed_times(result['slots'])}. {ASK_TIME}")


def _refused(talk: Talk, result: Mapping[str, Any]) -> None:
    talk.hour = None
    talk.said.append(str(result["error"]))
    days = {alternative["date"] for alternative in result.get("alternatives", [])}
    # One day to choose from needs no naming again.
    talk.day = date.fromisoformat(days.pop()) if len(days) == 1 else None
    if result.get("alternatives"):
        talk.said.append(ASK_TIME)


def _booked(appointment: Mapping[str, Any], *, again: bool) -> str:
    return f"{'Já estava agendado' if again else 'Agendado'}: {_line(appointment)}, {appointment['price']}. Até lá! 🐾"


def _line(appointment: Mapping[str, Any]) -> str:
    when = f"{format_day(date.fromisoformat(appointment['date']))} às {_hour(appointment['time'])}"
    return f"{appointment['service']} de {appointment['pet']}, {when}"


def _hour(moment: str) -> str:
    return format_time(time.fromisoformat(moment))


def _next(talk: Talk) -> Answer:
    """What the standing wish still needs: a function, or the question for what is missing."""
    if talk.goal is None:
        if talk.question and not talk.said:
            return Call("search_knowledge", {"question": talk.question})
        return "" if talk.said else _welcome(talk)
    if talk.goal == "register" or (talk.goal == "book" and (talk.new_pet.name or talk.asked in (ASK_NAME, ASK_SPECIES))):
        return _register(talk)
    if talk.service is None:
        return f"{ASK_SERVICE} Temos: {', '.join(talk.services)}." if talk.services else "Ainda não temos serviços para agendar por aqui."
    if talk.goal == "book" and not talk.pets:
        return f"Ainda não conheço o seu pet. {ASK_NAME} Me conte também se é cachorro ou gato, a raça e a idade."
    if talk.day is None:
        return ASK_DAY
    if talk.hour is None or talk.goal == "slots":
        wanted = {"preferred_time": f"{talk.hour:%H:%M}"} if talk.hour else {}
        return Call("check_availability", {"service_type": talk.service, "preferred_date": talk.day.isoformat(), **wanted})
    pet = talk.pet or (talk.pets[0] if len(talk.pets) == 1 else None)
    if pet is None:
        return f"{ASK_WHICH_PET} {', '.join(talk.pets)}?"
    return Call(
        "book_appointment",
        {
            "pet_name": pet,
            "service_type": talk.service,
            "preferred_date": talk.day.isoformat(),
            "preferred_time": f"{talk.hour:%H:%M}",
        },
    )


def _register(talk: Talk) -> Answer:
    pet = talk.new_pet
    if not pet.name:
        return ASK_NAME
    if not pet.species:
        return f"Que nome bonito, {pet.name}! {ASK_SPECIES}"
    known = {"name": pet.name, "species": pet.species, "breed": pet.breed, "age": pet.age}
    return Call("register_pet", {key: value for key, value in known.items() if value is not None})
