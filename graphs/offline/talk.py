"""What a customer's conversation has come to, and the questions by which the rules know what an answer is an answer to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

from graphs.offline.pets import PetWords
from graphs.offline.reading import Prompt
from graphs.offline.topics import Topic
from service.language.formatting import format_time
from service.language.times import find_part

Goal = Literal["register", "slots", "book", "reschedule", "cancel", "wait"]
# Wishes about something that is booked already.
CHANGES: tuple[Goal, ...] = ("reschedule", "cancel")

ASK_NAME = "Como se chama o seu pet?"
ASK_SPECIES = "Ele é cachorro, gato ou outro bichinho?"
ASK_KINDS = "São cachorros, gatos ou outros bichinhos?"
ASK_WHICH_PET = "É para qual dos seus pets?"
ASK_WHICH_APPOINTMENT = "Qual deles?"
ASK_SERVICE = "Qual serviço você gostaria?"
ASK_DAY = "Para qual dia?"
ASK_TIME = "Qual horário você prefere?"
ASK_DAY_AND_TIME = "Qual dia e horário você prefere?"
ASK_NEW_TIME = "Para qual dia e horário você quer mudar?"
ASK_ANOTHER = "Quer outro dia ou horário?"
ASK_PERSON = "Quer que eu chame uma pessoa da equipe?"
ASK_WAIT = "Quer entrar na lista de espera?"
ASK_WHOLLY = "me diga numa frase só"
ASK_MONTH = "me diga o dia com o mês"
DONT_KNOW = "Essa informação eu não tenho por aqui. Se quiser, chamo uma pessoa da equipe."
QUESTIONS = (
    ASK_NAME, ASK_SPECIES, ASK_KINDS, ASK_WHICH_PET, ASK_WHICH_APPOINTMENT, ASK_SERVICE, ASK_DAY, ASK_TIME, ASK_DAY_AND_TIME, ASK_NEW_TIME,
    ASK_ANOTHER, ASK_PERSON, ASK_WAIT, ASK_WHOLLY, ASK_MONTH,
)  # fmt: skip

# How the server asks the same (`tools`, `service.turns`), by what is always in it.
_ASKED_BY_THE_SERVER = (
    (r"lista de espera\?", ASK_WAIT),
    (r"\b(?:da|à|para a) equipe\?|chamar? (?:alguém|uma pessoa)[^.!?]*\?", ASK_PERSON),
    (r"(?:de novo|outros? (?:dia|dias|horário))[^.!?]*\?", ASK_ANOTHER),
    (r"quando você quer mudar\?", ASK_NEW_TIME),
    (r"(?:[Pp]ara qual pet|[Qq]ual pet)", ASK_WHICH_PET),
    (r"[Qq]ual deles|[Qq]ual dos agendamentos", ASK_WHICH_APPOINTMENT),
)


def asked_in(message: str, questions: Sequence[str]) -> str | None:
    """Return which of our questions a message of ours asks, in the rules' words or the server's; None for none of them."""
    own = next((question for question in questions if question in message), None)
    return own or next((question for words, question in _ASKED_BY_THE_SERVER if re.search(words, message)), None)


@dataclass
class Talk:
    """A standing wish, what is known for it, and what this turn's functions said.

    `services` and `pets` are what there is, `wanted` and `chosen` those that are meant, `new_pets` those that are told of and not
    registered. `days` is the stretch that was named, mostly one day; `part` the earliest and latest hour; `old_day` where a booking to be
    changed stands now; `professional` whom the pet is to be done by. `booked` (pet, service, day) is the booking that just came true.

    `asked` is our last question. `topics` is what this turn's messages want answered beside the wish, `words` the text that brought each of
    them; `asked_hours` the one about opening hours, `priced` the services, `example` the animal and `not_offered` the words that a question
    about services has; the first two of these stand until another such question, so that "e pra um gato?" goes on with them.

    `doubted` is a wish of which a word was not accounted for: nothing is written from it. It is `unsure` in this very turn where that
    message told a time or a pet, and `put_off` where that was in an earlier one. `bare_day` is the day of a month that was not named.
    """

    prompt: Prompt
    services: list[str]
    pets: list[str]
    goal: Goal | None = None
    wanted: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    days: tuple[date, date] | None = None
    hour: time | None = None
    part: tuple[time, time] | None = None
    old_day: date | None = None
    nights: int = 0
    professional: str | None = None
    new_pets: list[PetWords] = field(default_factory=list)
    booked: tuple[str, str, date] | None = None
    asked: str | None = None
    topics: list[Topic] = field(default_factory=list)
    words: dict[Topic, str] = field(default_factory=dict)
    asked_hours: str | None = None
    priced: list[str] = field(default_factory=list)
    example: PetWords = field(default_factory=PetWords)
    not_offered: list[str] = field(default_factory=list)
    not_known: list[str] = field(default_factory=list)
    each: bool = False
    described: PetWords = field(default_factory=PetWords)
    about: Topic | None = None
    said: list[str] = field(default_factory=list)
    doubted: bool = False
    unsure: bool = False
    put_off: bool = False
    bare_day: int | None = None

    @property
    def day(self) -> date | None:
        """Return the one day that is meant."""
        return self.days[0] if self.days and self.days[0] == self.days[1] else None

    @property
    def days_in_words(self) -> str:
        """Return the days as the functions take them."""
        if self.days is None or self.day:
            return self.day.isoformat() if self.day else ""
        return f"de {self.days[0]:%d/%m/%Y} a {self.days[1]:%d/%m/%Y}"

    @property
    def part_in_words(self) -> str:
        """Return the part of the day as the functions take it."""
        if self.part is None:
            return ""
        named = next((words for words in ("de manhã", "à tarde", "à noite") if find_part(words) == self.part), None)
        return named or f"entre {format_time(self.part[0])} e {format_time(self.part[1])}"

    def forget(self) -> None:
        """Forget the wish: it came true, or is given up."""
        self.goal = self.days = self.hour = self.part = self.old_day = None
        self.professional = None
        self.wanted, self.chosen, self.nights, self.new_pets = [], [], 0, []
        self.doubted, self.put_off, self.bare_day = False, False, None
