"""The day, or the set of days, that a wish is about, resolved on the server against the shop's own today: views of `wishes`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from service.language.intervals import Stretches, common
from service.language.stretches import FAR, LOOK_AHEAD_DAYS
from service.language.wishes import find, read
from service.platform.errors import Unclear

SEVERAL = "São vários dias. Qual deles?"
WHICH_DAY = ("Para que dia você quer, por exemplo 03/10 ou amanhã?", "Qual é o dia, por exemplo 03/10 ou amanhã?")


@dataclass(frozen=True, slots=True)
class Days:
    """A set of days, never empty, as stretches of ordinals."""

    stretches: Stretches

    @property
    def first(self) -> date:
        """Return the first day."""
        return date.fromordinal(self.stretches[0][0])

    @property
    def last(self) -> date:
        """Return the last day; of a set that has no end, one far ahead."""
        return date.fromordinal(self.stretches[-1][1])

    @property
    def one(self) -> date | None:
        """Return the day where it is one only."""
        return self.first if self.first == self.last else None

    def within(self, first: date, last: date) -> list[tuple[date, date]]:
        """Return the stretches from one day to another, both included."""
        left = common(self.stretches, ((first.toordinal(), last.toordinal()),))
        return [(date.fromordinal(since), date.fromordinal(until)) for since, until in left]

    def __contains__(self, day: date) -> bool:
        """Return whether a day is one of them."""
        return any(first <= day.toordinal() <= last for first, last in self.stretches)

    def __iter__(self) -> Iterator[date]:
        """Yield the days in order."""
        return (date.fromordinal(n) for first, last in self.stretches for n in range(first, last + 1))


def find_day(text: str, today: date) -> date | None:
    """Return the one day that a message names; None where it names none, or a stretch of several ("semana que vem").

    Raises Unclear when it names an impossible or contradictory one, or several to choose from.
    """
    stretches = find(text, today).days
    if stretches is None:
        return None
    if len(stretches) > 1:
        raise Unclear(SEVERAL)
    return Days(stretches).one


def find_days(text: str, today: date) -> tuple[date, date] | None:
    """Return the stretch of days that a message names, both ends included; None when it names none.

    For example one day, "semana que vem", "de 1 a 5/12", "qualquer dia", and a fortnight where it has no end. Raises Unclear when a day
    is impossible or contradicts itself, or the days are no stretch ("qualquer dia menos segunda").
    """
    stretches = find(text, today).days
    if stretches is None:
        return None
    if len(stretches) > 1:
        raise Unclear(SEVERAL)
    days = Days(stretches)
    endless = stretches[0][1] >= today.toordinal() + FAR
    return days.first, date.fromordinal(stretches[0][0] + LOOK_AHEAD_DAYS) if endless else days.last


def parse_days(text: str, today: date) -> Days:
    """Return the days that a text means; a bare number is a day of the month. Raises Unclear with a Portuguese sentence."""
    stretches = read(text, today, bare="day").days
    if stretches is None:
        raise Unclear(f'Não entendi o dia "{text}". Diga a data, por exemplo 03/10, ou "amanhã".', say=WHICH_DAY)
    return Days(stretches)


def parse_day(text: str, today: date) -> date:
    """Return the one day that a text means; a bare number is a day of the month. Raises Unclear with a Portuguese sentence."""
    day = parse_days(text, today).one
    if day is None:
        raise Unclear(f'"{text}" são vários dias. Qual deles?', say=SEVERAL)
    return day


def days_between(first: date, last: date) -> list[date]:
    """Return the days from one to another, both included."""
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def as_day(text: str) -> str:
    """Return a bare number as the day of the month that it is where a day is asked for; any other text as it is."""
    bare = text.strip()
    return f"dia {bare}" if re.fullmatch(r"\d{1,2}", bare) else text
