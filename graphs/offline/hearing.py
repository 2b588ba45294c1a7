"""What a customer's message means: its wish, and whatever it tells for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import islice

from graphs.offline.pets import PetWords, read_pet
from graphs.offline.reading import all_mentioned, says
from graphs.offline.talk import (
    ASK_ANOTHER,
    ASK_DAY_AND_TIME,
    ASK_NAME,
    ASK_NEW_TIME,
    ASK_PERSON,
    ASK_TIME,
    ASK_WAIT,
    ASK_WHICH_APPOINTMENT,
    CHANGES,
    Goal,
    Talk,
)
from service.language.days import find_day, find_days
from service.language.text import fold
from service.language.times import find_part, find_time, parse_time
from service.platform.errors import BadRequest

YES = ("sim", "isso", "pode", "ok\\b", "claro", "quero", "confirm", "beleza", "blz", "bora", "por favor", "perfeito")
BOOK = ("agendar", "agenda\\b", "agende", "marcar", "marque", "marca\\b", "reserv")
NO = r"(?:acho que )?(?:nao|n|melhor nao)\b"

ODD_TIME = "Não entendi o dia ou a hora. Pode me dizer de outro jeito?"

_CHANGE: dict[Goal, tuple[str, ...]] = {
    "cancel": ("cancel", "desmarc"),
    "reschedule": (
        "remarc",
        "adi(ar|a|amos)\\b",
        "(muda|troca|altera|transfer)\\w* (o|a|meu|minha|de|para|pra|pro)\\b",
        "mudar\\W*$",
        "passa\\w* (para|pra|pro|(o|meu) (banho|horario|agendamento))\\b",
    ),
}
_TO = re.compile(r"\b(?:para|pra|pro)\b")
# How many of them are tried, from the last: each takes a look at all that follows.
MOST_PLACES = 8
# "depois das 14h" and the like bound the time, and name none.
_BOUND = re.compile(r"\b(?:depois|a partir|apos|antes|ate|entre)\b\D{0,6}\d")
# "banho não", "em vez de banho", "sem tosa": what is named and not wanted.
_UNWANTED = re.compile(r"\b\w+ nao\b(?! quero)|\b(?:nao quero(?: mais)?|em vez d[eo]|no lugar d[eo]|sem)(?: o| a)? \w+")
_ALL_PETS = re.compile(r"\b(?:os|as|pros|pras|dos|das|nos|nas) (?:dois|duas|tres)\b|\bambos\b|\bambas\b|\btodos (?:eles|os pets)\b")
_NIGHTS = re.compile(r"\b(\d{1,2}|uma|duas|tres|quatro|cinco) (?:noite|diaria|pernoite)s?\b")
_COUNTED = {"uma": 1, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5}


@dataclass(frozen=True, slots=True)
class When:
    """What a message says of times; `old` is the day that it says a booking is on now."""

    days: tuple[date, date] | None = None
    hour: time | None = None
    part: tuple[time, time] | None = None
    old: date | None = None


def hear(talk: Talk, text: str) -> None:
    """Take in a customer's message."""
    folded = fold(text)
    takes_back = talk.booked is not None and re.match(NO, folded) is not None
    change = None if takes_back else _change(folded)
    if _starts_anew(talk, folded, change):
        talk.forget()
    try:
        when = _when(talk, text, change)
    except BadRequest:
        talk.said.append(ODD_TIME)
        return
    told_time = when.days or when.hour or when.part
    topic = _topic(talk, folded, changes=change is not None, told_time=bool(told_time))
    talk.question = text if "?" in text else talk.question
    if talk.topic is None or topic not in (None, "greeting", "thanks"):
        talk.topic = topic
    if topic == "never_mind":
        talk.forget()
        return
    if takes_back and told_time:
        _take_back(talk)
    elif change and talk.goal != change:
        talk.forget()
        talk.goal = change
    _fill(talk, text, folded, when)
    talk.goal = _goal(talk, folded, when, topic)
    talk.booked = None if talk.goal else talk.booked
    if talk.goal and talk.topic == "greeting":
        talk.topic = None


def _change(folded: str) -> Goal | None:
    return next((goal for goal, stems in _CHANGE.items() if says(folded, *stems)), None)


def _starts_anew(talk: Talk, folded: str, change: Goal | None) -> bool:
    """Whether a new booking is asked for in the middle of moving or cancelling another."""
    asks = says(folded, *BOOK) and all_mentioned(folded, talk.services)
    return talk.goal in CHANGES and not change and talk.asked != ASK_NEW_TIME and bool(asks)


def _when(talk: Talk, text: str, change: Goal | None) -> When:
    """The days and times of a message; of one that changes a booking, told apart by "para" in where it is and where it is to go."""
    today = talk.prompt.today
    if (change or talk.goal) == "cancel" or talk.asked == ASK_WHICH_APPOINTMENT:
        return When(old=find_day(text, today))
    if change == "reschedule":
        for to in islice(reversed([*_TO.finditer(text.casefold())]), MOST_PLACES):
            new = _times(text[to.end() :], talk)
            if new.days or new.hour:
                return When(new.days, new.hour, old=find_day(text[: to.start()], today))
        return When(old=find_day(text, today))
    return _times(text, talk)


def _times(text: str, talk: Talk) -> When:
    folded = fold(text)
    days, hour, part = find_days(text, talk.prompt.today), find_time(text), find_part(text)
    asked_for_hour = talk.asked in (ASK_TIME, ASK_DAY_AND_TIME, ASK_NEW_TIME, ASK_ANOTHER)
    if hour is None and asked_for_hour and (bare := re.fullmatch(r"\D{0,12}(\d{1,2})\W*", folded)):
        hour = parse_time(bare.group(1))
    bound = part is not None and (hour is None or _BOUND.search(folded) is not None)
    return When(days, None if bound else hour, part if bound else None)


def _fill(talk: Talk, text: str, folded: str, when: When) -> None:
    more = says(folded, "tambem", "inclu", "acrescent", "adicion")
    services = all_mentioned(_UNWANTED.sub(" ", folded), talk.services)
    pets = talk.pets if _ALL_PETS.search(folded) else _known_pets(folded, talk.pets)
    talk.wanted = [*dict.fromkeys([*(talk.wanted if more else []), *services])] or talk.wanted
    talk.new_pet = PetWords() if pets else read_pet(text, talk.new_pet, bare_name=talk.asked == ASK_NAME)
    kept = [] if talk.new_pet.name else talk.chosen
    talk.chosen = [*dict.fromkeys([*(talk.chosen if more else []), *pets])] or kept
    if when.days or when.hour or when.part:
        talk.hour = when.hour or (None if when.days or when.part else talk.hour)
        talk.part = when.part
    talk.days, talk.old_day = when.days or talk.days, when.old or talk.old_day
    if found := _NIGHTS.search(folded):
        talk.nights = _COUNTED.get(found[1]) or int(found[1])


def _known_pets(folded: str, pets: Sequence[str]) -> list[str]:
    words = set(re.findall(r"\w+", folded))
    return [pet for pet in pets if set(fold(pet).split()) <= words]


def _take_back(talk: Talk) -> None:
    """ "não, às 15h" just after a booking: it is to be moved."""
    if talk.booked:
        pet, service, day = talk.booked
        talk.forget()
        talk.goal, talk.chosen, talk.wanted, talk.old_day, talk.days = "reschedule", [pet], [service], day, (day, day)


def _goal(talk: Talk, folded: str, when: When, topic: str | None) -> Goal | None:
    if talk.goal in CHANGES:
        return talk.goal
    chose = when.hour and talk.asked in (ASK_TIME, ASK_DAY_AND_TIME, ASK_ANOTHER)
    if chose or says(folded, *BOOK):
        return "book"
    if says(folded, "lista de espera", "me avis", "espera\\w* (uma )?vaga", "fila de espera") or (
        talk.asked == ASK_WAIT and says(folded, *YES)
    ):
        return "wait"
    if says(folded, "cadastr", "registr"):
        return "register"
    if says(folded, "horario", "vaga", "disponi", "livre", "tem hora", "encaix") and talk.goal != "book":
        return "slots"
    if all_mentioned(folded, talk.services) and not topic and talk.goal in (None, "register"):
        return "book"
    return "register" if talk.new_pet.name and talk.goal is None else talk.goal


def _topic(talk: Talk, folded: str, *, changes: bool, told_time: bool) -> str | None:
    """What a message is about that is answered at once, whatever is being booked. A new subject of the shop's gets its line here."""
    if says(folded, "emergencia", "urgen", "socorro", "passando mal", "convuls", "sangr", "vomit", "envenen", "atropel", "engasg"):
        return "emergency"
    if says(folded, "atendente", "humano", "uma pessoa", "com alguem", "com pessoa", "gerente", "reclam", "pessimo", "absurdo"):
        return "person"
    if talk.asked == ASK_PERSON and says(folded, *YES):
        return "person"
    if says(folded, "deixa (pra|para) la", "nao quero mais", "esquece"):
        return "never_mind"
    if talk.asked in (ASK_ANOTHER, ASK_PERSON) and re.match(NO, folded) and not told_time:
        return "never_mind"
    if says(folded, "(sair|tira|tirar) .{0,80}(lista|espera)", "nao quero (mais )?esperar"):
        return "leave"
    if changes:
        return None
    if says(folded, "pix\\b", "cartao", "dinheiro", "pagamento", "pagar\\b"):
        return "payment"
    if says(folded, "meus? agendament", "meus? horario", "(tenho|esta|ficou) (algo |algum horario )?(marcad|agendad)", "o que (eu )?tenho"):
        return "appointments"
    if says(folded, "onde fica", "endereco", "que horas (abr|fech)", "(abre|fecha)m?\\b", "funcionamento"):
        return "place"
    if says(folded, "servico", "preco", "quanto (custa|e|fica|sai)", "valor", "o que voces fazem"):
        return "services"
    if re.fullmatch(r"(muito )?(obrigad[oa]|valeu|brigad[oa]|tchau|ate mais)\W*.{0,20}", folded):
        return "thanks"
    if re.fullmatch(r"(oi+e?|ola|opa|bom dia|boa tarde|boa noite|e ai|tudo bem|\W)+.{0,12}", folded):
        return "greeting"
    return None
