"""What a customer's message means: its wish, and whatever it tells for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import islice, pairwise

from graphs.offline.facts import example_in
from graphs.offline.pets import BREED_WORDS, PetWords, breed_in, names_in, read_pet, read_pets, species_in
from graphs.offline.reading import all_mentioned, bare_day, day_in, mentioned, says
from graphs.offline.talk import (
    ASK_ANOTHER,
    ASK_DAY_AND_TIME,
    ASK_KINDS,
    ASK_NAME,
    ASK_NEW_TIME,
    ASK_PERSON,
    ASK_SPECIES,
    ASK_TIME,
    ASK_WAIT,
    ASK_WHICH_APPOINTMENT,
    ASK_WHOLLY,
    CHANGES,
    Goal,
    Talk,
)
from graphs.offline.topics import ABOUT_SERVICES, FUNCTIONS, Topic, answers, asks, offers_or_accepts, small_talk, topics_of
from graphs.offline.wholly import is_whole
from graphs.offline.words import is_popular_name, unread
from service.language.common import is_ordinary
from service.language.days import find_day, find_days
from service.language.grammar import date_words
from service.language.said import names_day
from service.language.text import fold
from service.language.times import find_part, find_time
from service.platform.errors import BadRequest

YES = ("sim", "isso", "pode", "ok\\b", "claro", "quero", "confirm", "beleza", "blz", "bora", "por favor", "perfeito")
BOOK = ("agendar", "agenda\\b", "agende", "marcar", "marque", "marca\\b", "reserv")
SLOTS = ("horarios?\\b", "vagas?\\b", "disponi", "livres?\\b", "tem hora\\b", "encaix")
NO = r"(?:acho que )?(?:nao|n|melhor nao)\b"

ODD_TIME = "Para qual dia e horário?"

_CHANGE: dict[Goal, tuple[str, ...]] = {
    "cancel": ("cancel", "desmarc", "(?<!nao )esque(?:ce|ca|cam|cer) [oa]s?\\b", "deixa\\w* [oa] \\w+ (?:pra|para) la\\b"),
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
_CONDITION = re.compile(r"\b(?:s[óo] se|desde que|contanto que|a não ser|a nao ser|exceto|a menos)\b[^,.!?\n]*", re.IGNORECASE)
_WITH = re.compile(r"\bcom [oa] (?:Dr\.? |Dra\.? |doutora? )?(?P<who>[A-ZÀ-Ý][^\W\d_]+)")
_WISHED = re.compile(r"\b(?:marcar|agendar|fazer|reservar|agenda|marca|agende|marque) (?:um|uma|o|a|para) (?P<what>[a-z]+)")
_NIGHTS = re.compile(r"\b(\d{1,2}|uma|duas|tres|quatro|cinco) (?:noite|diaria|pernoite)s?\b")
_COUNTED = {"uma": 1, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5}


@dataclass(frozen=True, slots=True)
class When:
    """What a message says of times; `old` is the day that it says a booking is on now."""

    days: tuple[date, date] | None = None
    hour: time | None = None
    part: tuple[time, time] | None = None
    old: date | None = None

    @property
    def told(self) -> bool:
        """Return whether anything is said of when it is to be."""
        return bool(self.days or self.hour or self.part)


def hear(talk: Talk, text: str) -> None:
    """Take in a customer's message."""
    folded = fold(text)
    takes_back = talk.booked is not None and re.match(NO, folded) is not None
    change = None if takes_back else wants_change(text)
    if _starts_anew(talk, folded, change):
        talk.forget()
    try:
        when = _when(talk, text, change)
    except BadRequest:
        _odd_time(talk, folded, change)
        return
    topics = _topics(talk, text, when, change)
    if "never_mind" in topics:
        talk.topics = ["never_mind"]
        talk.forget()
        return
    if takes_back and when.told:
        _take_back(talk)
    elif change and talk.goal != change:
        talk.forget()
        talk.goal = change
    before, goes_on = _state(talk), talk.goal is not None or takes_back
    new: list[str] = []
    if _is_wish(text, topics):
        _fill(talk, text, folded, when)
        new = [pet.name for pet in talk.new_pets if pet.name]
        talk.goal = _goal(talk, text, when, topics)
        if talk.goal is None:
            # What is said of an animal in passing is nothing to be kept.
            talk.new_pets, talk.wanted = [], []
        elif found := _CONDITION.search(text):
            left = f"“{found.group().strip()}”: isso eu não consigo levar em conta por aqui; se for importante, peça uma pessoa da equipe."
            talk.said.append(left)
    if talk.goal == "book" and not talk.wanted and talk.about in ABOUT_SERVICES:
        talk.wanted = talk.priced
    talk.booked = None if talk.goal else talk.booked
    if not topics and (talk.goal is None or _state(talk) == before) and not change:
        topics = ["describe"] if _describes(talk, text) else _left_over(talk, text)
    whole = is_whole(
        text, talk.prompt.today, talk.services, [*talk.pets, *new],
        professional=talk.professional, change=talk.goal if talk.goal in CHANGES else None, goes_on=goes_on,
    )  # fmt: skip
    if not whole:
        told = when.told or bool(new) or bool(_known_pets(folded, talk.pets))
        topics = _doubt(talk, text, topics, goes_on=goes_on, told=told, changed=_state(talk) != before)
    talk.topics = list(dict.fromkeys([*talk.topics, *topics]))
    talk.words.update(dict.fromkeys(topics, text))


def _odd_time(talk: Talk, folded: str, change: Goal | None) -> None:
    """Ask for the whole of a wish whose day or hour is not understood; for the day alone where nothing else was said."""
    if change or (services := all_mentioned(folded, talk.services)) or says(folded, *BOOK):
        talk.goal, talk.wanted, talk.doubted, talk.unsure = change or "book", [] if change else services, True, True
    else:
        talk.said.append(ODD_TIME)


def _doubt(talk: Talk, text: str, topics: list[Topic], *, goes_on: bool, told: bool, changed: bool) -> list[Topic]:
    """Doubt the wish that a message tells something for of which not every word is known; returns what the message is answered as."""
    if "describe" in topics:
        return ["unclear"]
    if talk.goal is None:
        # A day or a pet that was spoken of by the way is none of the next wish's.
        talk.days = talk.hour = talk.part = talk.old_day = None
        talk.chosen = []
        return topics
    if topics and not changed and topics != ["unclear"]:
        return topics
    denied = re.match(NO, fold(text)) is not None
    if denied and not goes_on and topics:
        talk.forget()
        return topics
    if changed and told and not topics and asks(text) and not says(fold(text), *BOOK, *SLOTS) and talk.asked is None:
        talk.forget()
        return ["question"]
    talk.doubted = True
    if denied and told:
        # "Não na terça, na quarta": a day that was perhaps refused is not even looked up.
        talk.days = None
    talk.unsure = talk.unsure or ((told or (denied and not goes_on)) and not set(topics) - {"unclear"})
    return topics


def _state(talk: Talk) -> tuple[object, ...]:
    """Return what a message may add to a wish."""
    return (
        talk.goal, *talk.wanted, *talk.chosen, *talk.new_pets, talk.days, talk.hour, talk.part, talk.old_day, talk.nights,
        talk.professional,
    )  # fmt: skip


def _is_wish(text: str, topics: Sequence[Topic]) -> bool:
    """Return whether a message tells something for a booking; one that asks what things cost, or when the shop is open, tells nothing."""
    if topics == ["hours"] and asks(text):
        return False
    return not set(topics).intersection(ABOUT_SERVICES) or says(fold(text), *BOOK)


def _left_over(talk: Talk, text: str) -> list[Topic]:
    """Return what a message is that told nothing for the wish and asks for nothing that a rule knows."""
    folded = fold(text)
    if talk.asked == ASK_WHOLLY and not asks(text):
        return ["never_mind"] if re.search(r"\b(?:nao|n)\b", folded) else ["thanks"] if small_talk(text) == "thanks" else ["unclear"]
    if talk.asked and (says(folded, *YES) or re.match(NO, folded)) and not asks(text):
        return []
    if names_day(date_words(text)) and not asks(text):
        # A day or an hour of nothing that is being arranged: a nod would sound as if it were.
        return ["unclear"]
    if found := small_talk(text):
        return [found]
    if asks(text) and re.search(r"[^\W\d_]", text):
        return ["question"]
    return ["unclear"]


def wants_change(text: str) -> Goal | None:
    """Return whether a text wants a booking moved or cancelled."""
    folded = fold(text)
    return next((goal for goal, stems in _CHANGE.items() if says(folded, *stems)), None)


def _starts_anew(talk: Talk, folded: str, change: Goal | None) -> bool:
    """Return whether a new booking is asked for in the middle of moving or cancelling another, or of a wish that was in doubt before."""
    asks = says(folded, *BOOK) and all_mentioned(folded, talk.services)
    return bool(asks) and not change and ((talk.goal in CHANGES and talk.asked != ASK_NEW_TIME) or talk.put_off)


def _when(talk: Talk, text: str, change: Goal | None) -> When:
    """Return the days and times of a message; of one that changes a booking, told apart by "para" in where it is and where it is to go."""
    today = talk.prompt.today
    if (change or talk.goal) == "cancel" or talk.asked == ASK_WHICH_APPOINTMENT:
        return When(old=find_day(text, today))
    if change == "reschedule":
        for to in islice(reversed([*_TO.finditer(text.casefold())]), MOST_PLACES):
            new = _times(text[to.end() :], talk)
            if new.days or new.hour:
                return When(new.days, new.hour, old=day_in(text[: to.start()], today))
        return When(old=find_day(text, today))
    return _times(text, talk)


def _times(text: str, talk: Talk) -> When:
    folded = fold(text)
    asked_for_hour = talk.asked in (ASK_TIME, ASK_DAY_AND_TIME, ASK_NEW_TIME, ASK_ANOTHER)
    days, hour, part = find_days(text, talk.prompt.today), find_time(text, asked=asked_for_hour), find_part(text)
    bound = part is not None and (hour is None or _BOUND.search(folded) is not None)
    return When(days, None if bound else hour, part if bound else None)


def _fill(talk: Talk, text: str, folded: str, when: When) -> None:
    more = says(folded, "tambem", "inclu", "acrescent", "adicion")
    services = all_mentioned(_UNWANTED.sub(" ", folded), talk.services)
    pets = talk.pets if _ALL_PETS.search(folded) and not talk.new_pets else _known_pets(folded, talk.pets)
    talk.wanted = [*dict.fromkeys([*(talk.wanted if more else []), *services])] or talk.wanted
    _meet(talk, text, pets, services)
    kept = [] if talk.new_pets and not pets and talk.goal is None else talk.chosen
    talk.chosen = [*dict.fromkeys([*(talk.chosen if more else []), *pets])] or kept
    if when.told:
        talk.hour = when.hour or (None if when.days or when.part else talk.hour)
        talk.part = when.part
    talk.days, talk.old_day = when.days or talk.days, when.old or talk.old_day
    if when.days:
        talk.bare_day = bare_day(text, when.days[0]) if when.days[0] == when.days[1] else None
    if found := _WITH.search(text):
        talk.professional = found["who"] if fold(found["who"]) not in [fold(pet) for pet in talk.pets] else talk.professional
    if says(folded, *BOOK) and not services and (found := _WISHED.search(folded)):
        talk.not_offered = [word for word in _unknown(talk, text) if fold(word) == found["what"]]
    if found := _NIGHTS.search(folded):
        talk.nights = _COUNTED.get(found[1]) or int(found[1])


def _meet(talk: Talk, text: str, pets: Sequence[str], services: Sequence[str]) -> None:
    """Take in the pets that are not registered yet, by the names that the text brings or by what it says of them."""
    folded = fold(text)
    for_visit = bool(services or says(folded, *BOOK) or talk.goal in ("book", "slots", "wait"))
    found = names_in(text, talk.services, asked=talk.asked == ASK_NAME and not pets, for_visit=for_visit)
    if not found and for_visit and not talk.pets and not talk.new_pets:
        # A bare name that nobody asked for is one if it is known as one.
        found = [name for name in names_in(text, talk.services, asked=True, for_visit=True) if is_popular_name(fold(name))]
    names = [name for name in found if fold(name) not in [fold(pet) for pet in talk.pets]]
    told = names or talk.new_pets or (not talk.pets and (species_in(text) or breed_in(text)[0]))
    if talk.goal in CHANGES or not told or (pets and not names):
        return
    if names and talk.new_pets and not any(pet.name for pet in talk.new_pets):
        # What had been said without a name is said of the one who is named now.
        unnamed = PetWords() if read_pet(text, PetWords()).species else talk.new_pets[0]
        talk.new_pets = [_named(unnamed, name) for name in (names if unnamed.several else names[:1])]
    talk.new_pets = read_pets(text, talk.new_pets, names)


def _describes(talk: Talk, text: str) -> bool:
    """Return whether a text says nothing but what kind of animal the one pet is that is meant; it then is kept as told."""
    meant = talk.chosen or talk.pets
    said = read_pet(text, PetWords(meant[0])) if len(meant) == 1 else PetWords()
    if said in (PetWords(), PetWords(said.name)) or asks(text) or _unknown(talk, text):
        return False
    talk.described = said
    return True


def _named(pet: PetWords, name: str) -> PetWords:
    return PetWords(name, pet.species, pet.breed, pet.age, pet.size, pet.coat)


def _known_pets(folded: str, pets: Sequence[str]) -> list[str]:
    words = set(re.findall(r"\w+", folded))
    return [pet for pet in pets if set(fold(pet).split()) <= words]


def _take_back(talk: Talk) -> None:
    """Take "não, às 15h" just after a booking for a wish to move it."""
    if talk.booked:
        pet, service, day = talk.booked
        talk.forget()
        talk.goal, talk.chosen, talk.wanted, talk.old_day, talk.days = "reschedule", [pet], [service], day, (day, day)


def _goal(talk: Talk, text: str, when: When, topics: Sequence[Topic]) -> Goal | None:
    folded = fold(text)
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
    if says(folded, *SLOTS) and talk.goal != "book" and "hours" not in topics:
        return "slots"
    services = all_mentioned(folded, talk.services)
    if services and asks(text) and (when.days or when.part) and not (when.hour or topics or talk.new_pets) and talk.goal in (None, "slots"):
        return "slots"
    wished = when.told or talk.new_pets or _known_pets(folded, talk.pets) or not asks(text)
    if services and not topics and wished and talk.goal in (None, "register"):
        return "book"
    meets = any(pet.name for pet in talk.new_pets) or (
        talk.new_pets and says(folded, "tenho\\b", "temos\\b", "adotei", "comprei", "ganhei")
    )
    # Who tells more of it than what it is may want something else.
    return "register" if meets and talk.goal is None and not _unknown(talk, text) else talk.goal


def _topics(talk: Talk, text: str, when: When, change: Goal | None) -> list[Topic]:
    """Return what a message wants to know or settle beside the wish."""
    folded, asked = fold(text), talk.asked
    urgent: list[Topic] = [topic for topic in topics_of(text) if topic in ("emergency", "loss", "person")]
    if urgent:
        return urgent[:1]
    if asked == ASK_PERSON and says(folded, *YES):
        return ["person"]
    no = re.match(NO, folded) is not None
    given_up = says(folded, "deixa (pra|para) la", "nao quero mais") or (not change and says(folded, "(?<!nao )esquece\\b"))
    if given_up or (asked in (ASK_ANOTHER, ASK_PERSON) and no and not when.told):
        return ["never_mind"]
    topics = topics_of(text)
    if not topics and (answered := answers(asked, text)):
        return [answered]
    if change:
        return [topic for topic in topics if topic in ("leave", "unwanted")]
    services = all_mentioned(folded, talk.services)
    kind = species_in(text) or breed_in(text)[1]
    unknown = _unknown(talk, text)
    if topics == ["prices"] and talk.about == "packages" and not services and not unknown:
        topics = ["packages"]
    if not topics and talk.about and _goes_on(talk, text, services, when):
        topics = [talk.about]
    elif not topics and not when.told and not says(folded, *BOOK, *SLOTS) and not _known_pets(folded, talk.pets):
        found = offers_or_accepts(text, service=bool(services), species=bool(kind), unknown=bool(unknown))
        topics = [found] if found else []
    about = next((topic for topic in topics if topic in ABOUT_SERVICES), None)
    if about:
        goes_on = bool(talk.about in ABOUT_SERVICES and (_goes_on(talk, text, services, when) or (about == "duration" and not kind)))
        talk.priced = services or (talk.priced if goes_on else talk.wanted if not unknown else [])
        talk.example = example_in(text, talk.example if goes_on else PetWords())
        talk.not_offered = _beside_services(talk, text) if talk.priced else unknown
        talk.each = _ALL_PETS.search(folded) is not None or len(_known_pets(folded, talk.pets)) > 1
    if "hours" in topics:
        talk.asked_hours = text
    if any(FUNCTIONS.get(topic) == "shop_info" for topic in topics) and asks(text):
        talk.not_known = [word for word in unknown if len(word) > 3]
    if not {"person", "question"}.intersection(topics) and topics:
        talk.about = about or (topics[0] if topics in (["hours"], ["packages"]) else None)
    return topics


def _goes_on(talk: Talk, text: str, services: Sequence[str], when: When) -> bool:
    """Return whether a text is the question before, of something else: "e pra um shih tzu peludo?", "cachorro pequeno", "e domingo?"."""
    if says(fold(text), *BOOK) or _unknown(talk, text) or talk.asked in (ASK_NAME, ASK_SPECIES, ASK_KINDS):
        return False
    joined = re.match(r"(?:e|mas e|ah,? e|e ai|entao)\b", text.strip().casefold()) is not None
    if talk.about == "hours":
        return joined and (when.days is not None or "feriado" in fold(text))
    animal = read_pet(text, PetWords()) != PetWords()
    bare = animal and talk.goal is None and len(text.split()) <= 4 and not talk.pets
    return bool((joined and (services or animal)) or bare) and not when.told


def _beside_services(talk: Talk, text: str) -> list[str]:
    """Return the unknown words right after a service: "tosa higiênica" is perhaps not what the shop calls Tosa."""
    words, unknown = text.split(), set(_unknown(talk, text))
    pairs = pairwise(words)
    return [found for before, after in pairs if (found := re.sub(r"\W", "", after)) in unknown and all_mentioned(before, talk.services)]


def _unknown(talk: Talk, text: str) -> list[str]:
    """Return the words of a text that nobody here knows: no common ones, no kinds of pets, no names, no services."""
    new = [pet.name for pet in talk.new_pets if pet.name]
    known = {word for name in (*talk.services, *talk.pets, *new) for word in fold(name).split()}
    plain = " ".join(word for word in text.split() if not mentioned(word, talk.services))
    return [word for word in unread(plain, known) if not (species_in(word) or is_ordinary(fold(word)) or fold(word) in BREED_WORDS)]
