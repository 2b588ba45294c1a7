"""The time of day, or the set of times, that a wish is about: views of `wishes`.

An hour is of the 24, unless "da tarde" or "da noite" fits it, or the shop's opening shows that the afternoon is meant.
"""

from dataclasses import dataclass
from datetime import time
from typing import Self

from service.language.hours import Opening
from service.language.intervals import Stretches
from service.language.wishes import WHOLE_DAY, find, read
from service.platform.errors import Unclear

SEVERAL = "São vários horários. Qual deles?"
WHICH_TIME = ("Qual é a hora, por exemplo 15h ou 10h30?", "A que horas você prefere, por exemplo 15h ou 10h30?")


@dataclass(frozen=True, slots=True)
class Times:
    """A set of times of the day, never empty, as stretches of minutes."""

    stretches: Stretches

    @classmethod
    def of(cls, earliest: time, latest: time) -> Self:
        """Return the times from one to another."""
        return cls(((_minute(earliest), _minute(latest)),))

    @property
    def one(self) -> time | None:
        """Return the time where it is one only."""
        first, last = self.stretches[0][0], self.stretches[-1][1]
        return _time(first) if first == last else None

    @property
    def between(self) -> tuple[tuple[time, time], ...]:
        """Return the earliest and the latest of each stretch."""
        return tuple((_time(first), _time(last)) for first, last in self.stretches)

    def __contains__(self, moment: time) -> bool:
        """Return whether a time is one of them, its seconds left aside."""
        return any(first <= _minute(moment) <= last for first, last in self.stretches)


ALL_DAY = Times(WHOLE_DAY)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)


def find_times(text: str, opening: Opening | None = None, *, asked: bool = False) -> Times | None:
    """Return the times that a message names; None where it names none. A number alone is an hour where one was `asked` for.

    Raises Unclear as `wishes.find` does.
    """
    stretches = find(text, None, opening=opening, bare="hour" if asked else None).times
    return Times(stretches) if stretches else None


def find_time(text: str, opening: Opening | None = None, *, asked: bool = False) -> time | None:
    """Return the one time of day that a message names; None where it names none, or a part of the day. `asked` as for `find_times`.

    Raises Unclear when it names an impossible one, or several.
    """
    times = find_times(text, opening, asked=asked)
    if times and len(times.stretches) > 1 and any(first == last for first, last in times.stretches):
        raise Unclear(SEVERAL)
    return times.one if times else None


def find_part(text: str, opening: Opening | None = None) -> tuple[time, time] | None:
    """Return the part of a day that a message names, as the earliest and latest start: "de manhã", "depois das 14h", "até as 11h".

    Raises Unclear where it names several, or what can't be.
    """
    times = find_times(text, opening)
    if times is None or times.one:
        return None
    if len(times.stretches) > 1:
        raise Unclear(SEVERAL)
    return times.between[0]


def parse_times(text: str, opening: Opening | None = None) -> Times:
    """Return the times that a text means; a bare number is an hour. Raises Unclear with a Portuguese sentence."""
    stretches = read(text, None, opening=opening, bare="hour").times
    if stretches is None:
        raise Unclear(f'Não entendi a hora "{text}". Diga, por exemplo, 15h ou 10h30.', say=WHICH_TIME)
    return Times(stretches)


def parse_time(text: str, opening: Opening | None = None) -> time:
    """Return the one time that a text means; a bare number is an hour. Raises Unclear with a Portuguese sentence."""
    moment = parse_times(text, opening).one
    if moment is None:
        raise Unclear(f'"{text}" não é uma hora só. Qual é a hora, por exemplo 15h ou 10h30?', say=WHICH_TIME)
    return moment


def time_or_part(text: str, opening: Opening | None = None) -> tuple[time | None, tuple[time, time] | None]:
    """Return what a text about the time of day means: an exact time ("3 da tarde"), or a part of the day ("à tarde", "depois das 14h").

    Raises Unclear where it means neither, or several.
    """
    times = parse_times(text, opening)
    if len(times.stretches) > 1:
        raise Unclear(SEVERAL)
    return (times.one, None) if times.one else (None, times.between[0])


def times_beside(text: str, opening: Opening | None = None) -> Times | None:
    """Return the times that a text about days names beside them ("sexta de manhã"); None where it names none."""
    stretches = read(text, None, opening=opening, bare="day").times
    return Times(stretches) if stretches else None
