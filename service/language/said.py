"""Every day and time that a text names, and where, with all that each may mean."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Protocol, TypeVar

from service.language.dating import contradiction, day_of, next_weekday, possible
from service.language.grammar import WEEKDAY_NAMES, Clock, Part, PartOfDay, clocks, dates, lasts, parts, relatives, weekdays
from service.language.hours import LATER
from service.language.text import ending_at
from service.platform.errors import BadRequest


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day as a text names it, somewhere between `start` and `end` of its folded words.

    `days` are those it may mean: a date without year the next such or the last, a weekday its next coming, or today where it is today's.
    None of them, and a sentence in `problem`, where there is no such day. `dated` where a number is in it, `relative` where "hoje" or
    "amanhã" is.
    """

    start: int
    end: int
    days: tuple[date, ...]
    dated: bool = False
    relative: bool = False
    weekday: int | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A time of day as a text names it. `times` are those it may mean: of "às 3" also the afternoon's."""

    start: int
    end: int
    times: tuple[time, ...]


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Placed = TypeVar("Placed", bound=_Placed)

# Of a date without year: further back, a year would have been said.
_HAS_BEEN = timedelta(days=180)

_ALWAYS = re.compile(r"\b24/7\b|\b24 ?h(?:oras|rs|s)?\b")
_APPOSITION = re.compile(r"[\s,()*-]*")
_LIST_GOES_ON = re.compile(rf",? ?(?:e|ou)? ?(?:n[ao] )?(?:{WEEKDAY_NAMES})\b")


def names_day(words: str) -> bool:
    """Return whether there may be a day in folded words: a cheap look before the rules."""
    return any(character.isdecimal() for character in words) or any(True for scan in (relatives, weekdays) for _ in scan(words))


def days_in(words: str, today: date) -> list[SaidDay]:
    """Return every day that folded words name, in order; "sexta-feira, 27/11" and "amanhã (terça)" are one each.

    A weekday gone by ("sexta passada") is left out.
    """
    found: list[SaidDay] = []
    words = _ALWAYS.sub(lambda always: " " * len(always.group()), words)
    for said in _without_overlaps(_single_days(words, today), words):
        if found and _APPOSITION.fullmatch(words, found[-1].end, said.start) and (one := _together(found[-1], said, words)):
            found[-1] = one
        else:
            found.append(said)
    return found


def _single_days(words: str, today: date) -> Iterator[SaidDay]:
    for named in dates(words):
        try:
            day = day_of(named, today)
        except BadRequest as error:
            yield SaidDay(named.start, named.end, (), dated=True, problem=str(error))
            continue
        has_been = () if named.year is not None else _last_such(day, today)
        yield SaidDay(named.start, named.end, (day, *has_been), dated=True)
    for counted in relatives(words):
        yield SaidDay(counted.start, counted.end, (today + timedelta(days=counted.days),), relative=True)
    for of_week in weekdays(words):
        if not (of_week.past or of_week.ordinal):
            coming = next_weekday(of_week.weekday, today, next_week=of_week.next_week)
            days = (today, coming) if of_week.weekday == today.weekday() and not of_week.next_week else (coming,)
            yield SaidDay(of_week.start, of_week.end, days, weekday=of_week.weekday)


def _last_such(day: date, today: date) -> tuple[date, ...]:
    """Return the same day and month before today, for a date without year: people also speak of what has been."""
    last = possible(day.year - 1, day.month, day.day)
    return (last,) if last and today - last <= _HAS_BEEN else ()


def _without_overlaps(said: Iterable[Placed], words: str) -> list[Placed]:
    """Return what was said, in the order of the words; where two overlap, the one that came first."""
    taken, left = bytearray(len(words)), []
    for one in said:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            left.append(one)
    return sorted(left, key=lambda one: one.start)


def _together(one: SaidDay, other: SaidDay, words: str) -> SaidDay | None:
    """Return two neighbouring names as one day; None where they are two: of the same sort, or a list like "hoje, terça e quarta"."""
    if (one.dated and other.dated) or (one.relative and other.relative) or (one.weekday is not None and other.weekday is not None):
        return None
    weekday = one.weekday if one.weekday is not None else other.weekday
    problem = one.problem or other.problem
    # A weekday beside a date says nothing of its own: any such weekday will do.
    fixed = [said.days for said in (one, other) if said.dated or said.relative]
    days = tuple(d for d in fixed[0] if all(d in more for more in fixed[1:]) and weekday in (None, d.weekday()))
    dated, relative = one.dated or other.dated, one.relative or other.relative
    if not days and not problem:
        if weekday is not None and not dated and _LIST_GOES_ON.match(words, other.end):
            return None
        problem = contradiction(fixed[0][0], weekday) if weekday is not None else f"{words[one.start : other.end]} não são o mesmo dia."
    return SaidDay(one.start, other.end, days, dated=dated, relative=relative, weekday=weekday, problem=problem)


# Between a part of the day and an hour that it is said of: "à tarde, às 3".
_THEN = re.compile(r",?(?: as)? ?")
_LONGEST_THEN = 5
# In a statement, "2 horas" alone is how long.
_ABOUT = re.compile(r"\bumas? $")
_CLOCK_BEFORE = re.compile(r"\b(?:d?as|pras|ate|ate as|desde|a partir d[ea]s?) $")


def times_in(words: str) -> list[SaidTime]:
    """Return every time of day that folded words name, in order. How long something lasts ("leva 2h", "24 horas antes") is none."""
    said = list(parts(words))
    begins = {part.start: part.part for part in said if part.of}
    ends = _by_end(said)
    times = (
        SaidTime(clock.start, clock.end, meant)
        for clock in clocks(words)
        if not _no_clock(clock, words) and (meant := _meant(clock, _said_after(clock, begins, words) or _said_before(clock, ends, words)))
    )
    return _without_overlaps(times, words)


def _no_clock(clock: Clock, words: str) -> bool:
    spelled = clock.spelled and clock.form == "hours"
    return (
        lasts(clock, words)
        or ending_at(_ABOUT, words, clock.start) is not None
        or (spelled and not ending_at(_CLOCK_BEFORE, words, clock.start))
    )


def _said_after(clock: Clock, begins: dict[int, PartOfDay], words: str) -> PartOfDay | None:
    gap = 2 if words.startswith(",", clock.end) else 1
    return begins.get(clock.end + gap) if words[clock.end : clock.end + gap] in (" ", ", ") else None


def _meant(clock: Clock, part: PartOfDay | None) -> tuple[time, ...]:
    hour, later = clock.hour, clock.hour + 12
    if part:
        hours: tuple[int, ...] = (later if hour in LATER[part] else hour,)
    else:
        hours = (hour, later) if hour in LATER["tarde"] else (hour,)
    return tuple(time(h, clock.minute) for h in hours if h < 24 and clock.minute < 60)


def _by_end(said: Iterable[Part]) -> dict[int, PartOfDay]:
    """Return the parts of the day that an hour can be of, by where they end."""
    return {part.end: part.part for part in said if part.of}


def _said_before(clock: Clock, ends: Mapping[int, PartOfDay], words: str) -> PartOfDay | None:
    """Return the part of the day that is said right before a time. `ends` are parts by where they end."""
    positions = range(clock.start, clock.start - _LONGEST_THEN - 1, -1)
    return next((ends[at] for at in positions if at in ends and _THEN.fullmatch(words, at, clock.start)), None)
