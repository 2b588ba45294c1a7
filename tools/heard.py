"""What was said in a conversation, as far as a tool may act on it: the customer's own words, and what we told or offered.

Read from the briefing, each kind of thing when it is first asked for, once a turn. What a message says is read as of its own day: "amanhã"
of yesterday is today. A visit is spoken of in words that are `FRESH`; what was told of a pet stays told for as long as the briefing has it.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice

from service.agenda.catalog import Pet, Service
from service.language import periods
from service.language.births import births_of
from service.language.counts import counted, numbers_in
from service.language.grammar import date_words
from service.language.hours import Opening
from service.language.pet_talk import Told, told_of
from service.language.pet_words import Bubble
from service.language.said import days_in
from service.language.text import fold
from service.platform import clock
from service.platform.errors import BadRequest
from service.turns.briefing import Briefing, Message
from tools.declined import is_asked_for, without_declined
from tools.moved import moved
from tools.names import spelled_like
from tools.said_when import Line, standing
from tools.wished import When, wished

FRESH = timedelta(days=3)

_NIGHTS = re.compile(r"(?:noites?|noitinhas?|diarias?|pernoites?|dias?)\b")
_NIGHTS_ALONE = re.compile(r"(?:noites?|noitinhas?|diarias?|pernoites?)\b")
_TIMES_OVER = re.compile(
    r"(?:semanas?|vezes\b(?! (?:por|ao|a cada|no) (?:dia|hora|noite)\b)|x\b(?! (?:por|ao) dia\b)"
    r"|(?:banh|sess|segund|terc|quart|quint|sext|sabad|domingo)\w*\b(?! (?:n[oa]|d[oe]|sobrando|restantes)\b(?: meu)?(?: pacote|$|[.,!]))"
    r")"
)
_EVERY_WEEK = re.compile(
    r"\b(?:tod[ao]s?(?: [ao]s?)? (?:semanas?|segundas?|tercas?|quartas?|quintas?|sextas?|sabados?|domingos?)|semanal\w*|cada semana)\b"
)
_MONTH_LONG = re.compile(r"\b(?:um mes|mes (?:todo|inteiro)|mensal)\b")
_PICK_UP = re.compile(r"\b(?:leva e traz|taxi|transporte|busc[ao]\w*|buscar|pegar|pega(?:m|r)? (?:el[ea]|em|aqui|na|no)|ret[ir]{2}ar)\b")
_PERIODS_APART = re.compile(r" (?:e|com|ou|contra|vs|versus|x|comparad[oa](?: com| a)?) |,")
_UNITS = ((re.compile(r"mes(?:es)?\b"), 30), (re.compile(r"semanas?\b"), 7), (re.compile(r"anos?\b"), 365))
_ONE_UNIT = ((re.compile(r"\bmes\b"), 30), (re.compile(r"\bsemana\b"), 7), (re.compile(r"\bano\b"), 365))
_BETWEEN = r"[^\w,.;:!?]+"  # the words of one name
_WORD = re.compile(r"[^\W_]+")
Stretch = tuple[date, date]
_MOST = 40  # days of which each pair is looked at, and times that a name is in one message


class Heard:
    """What was said so far, to be asked about."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.today = briefing.local_date

    @cached_property
    def latest(self) -> "Heard":
        """Return what the customer has just written, by itself: of two days it is the one that is meant now."""
        return Heard(self.briefing.model_copy(update={"history": self.briefing.unanswered}))

    @property
    def pets(self) -> Sequence[Pet]:
        """Return the customer's pets on record."""
        return self.briefing.pets

    @property
    def services(self) -> Sequence[Service]:
        """Return what the shop offers."""
        return self.briefing.services

    @cached_property
    def messages(self) -> list[Message]:
        """Return what both have written, in order; what did not arrive was not said."""
        return [message for message in self.briefing.history if message.content.strip() and message.status != "failed"]

    @cached_property
    def lines(self) -> list[Line]:
        """Return what both have written in folded words, in order."""
        return [self._line(message) for message in self.messages]

    def _line(self, message: Message) -> Line:
        fresh = message.unanswered or self.briefing.now - message.at <= FRESH
        # A line's end parts as a comma does.
        words, when = (", ".join(folded for part in message.content.splitlines() if (folded := read(part))) for read in (fold, date_words))
        return Line(
            message.direction == "outgoing", fresh, clock.local(message.at, self.briefing.zone).date(), words, when, message.content
        )

    @cached_property
    def fresh(self) -> list[Line]:
        """Return what was written lately, by either."""
        return [line for line in self.lines if line.fresh]

    @cached_property
    def theirs(self) -> list[Line]:
        """Return all that the customer has written."""
        return [line for line in self.lines if not line.ours]

    @cached_property
    def asked(self) -> str:
        """Return the customer's fresh words, as one text."""
        return " . ".join(line.when for line in self.fresh if not line.ours)

    @cached_property
    def wanted(self) -> list[str]:
        """Return the words that either wrote lately, each message without what the customer declines in it."""
        return [line.words if line.ours else without_declined(line.words) for line in self.fresh]

    @cached_property
    def wanted_words(self) -> set[str]:
        """Return the single words of what was spoken of lately and not declined."""
        return {word for words in self.wanted for word in _WORD.findall(words)}

    @cached_property
    def names(self) -> set[str]:
        """Return the words by which pets and services stand on record."""
        names = [*(pet.name for pet in self.pets), *(service.name for service in self.services)]
        return {word for name in names for word in _WORD.findall(fold(name))}

    # Days and times

    @cached_property
    def when(self) -> When:
        """Return when the customer wants it to be."""
        theirs = {word for line in self.fresh if not line.ours for word in _WORD.findall(line.words)}
        found = wished(self.fresh, self.opening, frozenset(self.names | spelled_like(theirs, self.names)))
        return moved(found, self.theirs[-1], self._booked) if self.theirs and self.theirs[-1].fresh else found

    @property
    def opening(self) -> Opening | None:
        """Return all stretches in which the shop opens on some weekday; None where nobody knows."""
        return sorted({(hours.opens_at, hours.closes_at) for hours in self.briefing.hours}) or None

    @cached_property
    def their_days(self) -> list[date]:
        """Return the days that the customer named, in order, each once: of those that a word may mean the first."""
        said = standing(self.fresh, lambda line: days_in(line.when, line.today))
        return list(dict.fromkeys(one.days[0] for line, one in said if one.days and not line.ours))

    @cached_property
    def nights(self) -> set[int]:
        """Return how many nights the customer speaks of, in so many words or by the days of coming and going."""
        said = self._counted(_NIGHTS) | {int(n) for line in self.fresh if line.ours for _, n in counted(line.words, _NIGHTS_ALONE)}
        days = self.their_days[:_MOST]
        said |= {(last - first).days for first in days for last in days if last > first}
        # Said on a Saturday, "de sexta até segunda" names the coming Monday after the Friday.
        pairs = ((first, last) for n, first in enumerate(days) for last in days[n + 1 :])
        said |= {(last - first).days + 7 for first, last in pairs if -7 < (last - first).days < 0}
        return said | {last - first for first, last in self.when.days.named or () if last > first}

    @cached_property
    def their_nights(self) -> int | None:
        """Return the one number of nights that the customer named; None of several."""
        said = self._counted(_NIGHTS_ALONE)
        return said.pop() if len(said) == 1 else None

    @cached_property
    def weeks(self) -> set[int]:
        """Return over how many weeks something is to be repeated."""
        said = self._counted(_TIMES_OVER)
        return said | ({4, 5} if _MONTH_LONG.search(self.asked) else set())

    @cached_property
    def every_week(self) -> bool:
        """Return whether the customer wants something every week."""
        return _EVERY_WEEK.search(self.asked) is not None

    @cached_property
    def wants_pick_up(self) -> bool:
        """Return whether the pets are to be fetched, as the customer asked or we did."""
        return any(_PICK_UP.search(words) for words in self.wanted)

    def _counted(self, what: re.Pattern[str]) -> set[int]:
        """Return the numbers of something that the customer asks for: not how long ago something was."""
        theirs = [line.words for line in self.fresh if not line.ours]
        return {int(n) for words in theirs for start, n in counted(words, what) if is_asked_for(words, start, self.names)}

    @property
    def _booked(self) -> list[datetime]:
        """Return when the customer's appointments begin. What is only proposed stands in our question, until it is corrected."""
        return [clock.local(appointment.starts_at, self.briefing.zone) for appointment in self.briefing.appointments]

    @property
    def booked_days(self) -> set[date]:
        """Return the days of the customer's appointments."""
        return {start.date() for start in self._booked}

    @property
    def booked_times(self) -> set[time]:
        """Return the hours at which the customer's appointments begin."""
        return {start.time() for start in self._booked}

    # Names

    def says_name(self, name: str) -> list[tuple[Line, re.Match[str]]]:
        """Return where the customer wrote a name: all its words, one after another, as they are; of one message the first `_MOST`."""
        words = _WORD.findall(fold(name))
        if not words:
            return []
        pattern = re.compile(rf"\b{_BETWEEN.join(map(re.escape, words))}\b")
        return [(line, found) for line in self.theirs for found in islice(pattern.finditer(line.words), _MOST)]

    @cached_property
    def words(self) -> set[str]:
        """Return the words that either wrote lately."""
        return {word for line in self.fresh for word in _WORD.findall(line.words)}

    # Pets

    @cached_property
    def bubbles(self) -> list[Bubble]:
        """Return what both have written, as it is read for what it says of pets."""
        written = [message for message in self.briefing.history if message.content.strip() and message.status != "failed"]
        return [Bubble.of(one.content, ours=one.direction == "outgoing", latest=one.unanswered) for one in written]

    def told_of(self, name: str, breed: str = "") -> Told:
        """Return what is told of one pet, on record or not; `breed` is one more that may be named."""
        if (key := (fold(name), fold(breed))) not in self._told:
            own = next((pet for pet in self.pets if fold(pet.name) == key[0]), None)
            others = [pet.name for pet in self.pets if pet is not own]
            only = own.species if own and sum(pet.species == own.species for pet in self.pets) == 1 else ""
            self._told[key] = told_of(self.bubbles, name, others, on_record=own is not None, only=only, breed=breed)
        return self._told[key]

    @cached_property
    def _told(self) -> dict[tuple[str, str], Told]:
        return {}

    def birth_days(self, name: str) -> set[date]:
        """Return the days on which a pet was said to be born."""
        own = [pet for pet in self.pets if fold(pet.name) == fold(name)]
        others = [pet.name for pet in self.pets if pet not in own]
        births = births_of(self.bubbles, name, others, alone=bool(own) and not others)
        return {day for words in births for said in days_in(date_words(words), self.today) for day in said.days}

    # An owner's questions

    @cached_property
    def periods(self) -> dict[Stretch, str]:
        """Return the periods that were spoken of, with what they are called."""
        found: dict[Stretch, str] = {}
        for line in self.fresh:
            for words in (line.words, *_PERIODS_APART.split(line.words)):
                with suppress(BadRequest):
                    if period := periods.find_period(words, line.today):
                        found[period.first, period.last] = period.label
        return found

    @cached_property
    def owner_days(self) -> set[date]:
        """Return every day that the owner named lately, past or coming."""
        return {day for line in self.fresh if not line.ours for said in days_in(line.when, line.today) for day in said.days}

    @cached_property
    def numbers(self) -> set[int]:
        """Return the numbers that the owner named, stretches of time also in days."""
        words = [line.words for line in self.fresh if not line.ours]
        said = {int(number) for text in words for number in numbers_in(text)}
        said |= {int(n) * days for text in words for unit, days in _UNITS for _, n in counted(text, unit)}
        return said | {days for text in words for unit, days in _ONE_UNIT if unit.search(text)}
