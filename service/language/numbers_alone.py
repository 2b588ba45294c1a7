"""Numbers alone: a day or an hour by what they are joined to: "9, 10 ou 11h" are hours, "3 ou 4 de dezembro" days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from service.language.grammar import Clock, Date
from service.language.lexemes import Day, Item, Mark, Moment, Number, Unknown

Bare = Literal["day", "hour"]
Operand = Day | Moment

_JOINS = ("comma", "or", "and", "nor", "to", "until")
# The ends of marks after which an hour, or a day of the month, is said.
_HOUR_NEXT = ("as", "das", "pelas", "pras", "umas", "la pras")
_MINUTES = (15, 20, 25, 30, 35, 40, 45, 50, 55)
_HOURS = 24
_FIRST_SURE_HOUR, _LAST_SURE_HOUR = 8, 20
_WEEKS_AHEAD = 6
_BOUNDS = ("from", "after", "before", "until")


def as_clock(number: Number) -> Moment:
    """Return a bare number as the hour that it says."""
    return Moment(number.start, number.end, Clock(number.start, number.start, number.end, "at", number.value, 0, False, False))


def as_date(number: Number, like: Date | None = None) -> Day:
    """Return a bare number as a day of the month, of the month that another date beside it is in."""
    numbers = replace(like, day=number.value) if like else Date(number.start, number.end, number.value)
    return Day(number.start, number.end, "dated", (), numbers=numbers)


def numbered(row: list[Item], bare: Bare | None) -> list[Item]:
    """Return the row with its numbers made days and hours, as far as they are."""
    row = _with_their_minutes(_between_hours(row), bare)
    numbers = [(n, item) for n, item in enumerate(row) if isinstance(item, Number) and not item.counted]
    for n, item in reversed(numbers):
        row[n] = _by_mark(item, row[n - 1] if n else None) or _dated_at(row, n) or _like(item, joined_to(row, n, 1)) or item
    for n, item in numbers:
        if isinstance(row[n], Number):
            like = None if _with_minutes(row, n) else _like(item, _hour_before(row, n))
            row[n] = like or _of_weekday(row, n, bare) or _of_relative(row, n) or _before_hour(row, n) or item
    if bare:
        for n, item in numbers:
            unsure = (bare == "hour" and _with_minutes(row, n)) or _is_beside_gap(row, n) or (bare == "day" and _may_be_until(row, n))
            if isinstance(row[n], Number) and not unsure:
                row[n] = as_date(item) if bare == "day" else as_clock(item)
    return row


def _between_hours(row: Sequence[Item]) -> list[Item]:
    """Return the row with the two numbers of "entre 9 e 11" as hours where a day is named that is no number: "amanhã entre 9 e 11"."""
    made = list(row)
    if not any(isinstance(item, Day) and item.sort in ("weekday", "relative", "counted") for item in row):
        return made
    for n, mark in enumerate(row[:-3]):
        first, join, last = row[n + 1 : n + 4]
        if (
            isinstance(mark, Mark) and mark.name == "between" and "dia" not in mark.words
            and isinstance(join, Mark) and join.name in ("and", "to")
            and isinstance(first, Number) and isinstance(last, Number) and not (first.counted or last.counted)
            and max(first.value, last.value) <= _HOURS
        ):  # fmt: skip
            made[n + 1], made[n + 3] = as_clock(first), as_clock(last)
    return made


def _with_their_minutes(row: Sequence[Item], bare: Bare | None) -> list[Item]:
    """Return the row with an hour and its minutes as one where hours are spoken of: "9 e 15", "às 9 ou 10 e 40"; not "14 e 15"."""
    made: list[Item] = []
    for n, item in enumerate(row):
        hour, join = (made[-2], made[-1]) if len(made) > 1 else (None, None)
        if (
            isinstance(item, Number) and isinstance(hour, Number) and isinstance(join, Mark) and join.name == "and"
            and not (item.counted or hour.counted) and item.value in _MINUTES and hour.value < _HOURS and item.value != hour.value + 1
            and (bare == "hour" or _is_hour(made, row, n)) and not _is_several(made, row, n)
        ):  # fmt: skip
            clock = Clock(hour.start, hour.start, item.end, "half", hour.value, item.value, False, False)
            made[-2:] = [Moment(hour.start, item.end, clock)]
        else:
            made.append(item)
    return made


def _is_hour(made: Sequence[Item], row: Sequence[Item], n: int) -> bool:
    """Return whether the hour before an "e", or the minutes after it, are joined to another hour."""
    beside = (joined_to(made, len(made) - 2, -1), joined_to(row, n, 1))
    return any(isinstance(other, Moment) and other.clock for other in beside)


def _is_several(made: Sequence[Item], row: Sequence[Item], n: int) -> bool:
    """Return whether the two numbers are of a longer list, or of a range: "9, 10 e 15", "entre 9 e 15"."""
    before = made[-3] if len(made) > 2 else None
    earlier = made[-4] if len(made) > 3 else None
    ranges = isinstance(before, Mark) and before.name in ("between", "from", "to")
    listed = isinstance(before, Mark) and before.name in ("comma", "and") and isinstance(earlier, Number | Moment)
    following = row[n + 1 : n + 3]
    goes_on = len(following) == 2 and isinstance(mark := following[0], Mark) and mark.name == "and" and isinstance(following[1], Number)
    return ranges or listed or goes_on


def _may_be_until(row: Sequence[Item], n: int) -> bool:
    """Return whether a number after a day and an "até" may be an hour: "amanhã até 11"."""
    day, mark, number = row[n - 2 : n + 1] if n > 1 else (None, None, row[n])
    is_until = isinstance(mark, Mark) and mark.name == "until" and isinstance(day, Day) and not day.numbers
    return is_until and isinstance(number, Number) and number.value < _HOURS


def _is_beside_gap(row: Sequence[Item], n: int) -> bool:
    """Return whether a word that is not of when stands right beside a number: it may be what is counted."""
    return any(isinstance(mark, Mark) and mark.name == "gap" for mark in row[max(0, n - 1) : n + 2])


def _by_mark(item: Number, before: Item | None) -> Operand | None:
    """Return the hour or day that a number is by the mark before it: "depois das 3", "do dia 3 até o 8"."""
    if not isinstance(before, Mark):
        return None
    last = before.words.split()[-1]
    if before.name == "at" or (last in _HOUR_NEXT and before.name in (*_BOUNDS, "between")):
        return as_clock(item)
    return as_date(item) if last in ("dia", "dias") else None


def joined_to(row: Sequence[Item], n: int, step: int) -> Item | None:
    """Return the item to which one is joined, or with which it is written together, in one direction."""
    at = n + step
    while 0 <= at < len(row) and isinstance(mark := row[at], Mark):
        if mark.name not in (*_JOINS, "at"):
            return None
        at += step
    return row[at] if 0 <= at < len(row) and abs(at - n) > 1 else None


def _hour_before(row: Sequence[Item], n: int) -> Item | None:
    """Return the item to which one is joined before it; of "3 da tarde" the hour."""
    other = joined_to(row, n, -1)
    if isinstance(other, Moment) and other.part and not other.clock:
        at = next(at for at in reversed(range(n)) if row[at] is other)
        hour = row[at - 1] if at else None
        return hour if isinstance(hour, Moment) and hour.clock else other
    return other


def _like(item: Number, other: Item | None) -> Operand | None:
    """Return a number as what it is joined to."""
    if isinstance(other, Moment) and other.clock:
        return as_clock(item) if item.value <= _HOURS else None
    return as_date(item, other.numbers) if isinstance(other, Day) and other.numbers else None


def _of_weekday(row: Sequence[Item], n: int, bare: Bare | None) -> Operand | Unknown | None:
    """Return the day of the month that a number right after a weekday is: "sexta 11"; not "sexta 10 da manhã".

    Where that weekday has no such number in the weeks to come it is the hour, "quinta 14", or not plain.
    """
    item, following = row[n], row[n + 1] if n + 1 < len(row) else None
    before = n - 1
    if before > 0 and isinstance(mark := row[before], Mark) and mark.name == "comma":
        before -= 1
    day = row[before] if before >= 0 else None
    by_weekday = isinstance(day, Day) and day.sort == "weekday"
    if isinstance(item, Number) and by_weekday and not (isinstance(following, Moment) and following.clock is None):
        assert isinstance(day, Day)
        alone = n + 1 == len(row) and before == n - 1 and day.days
        coming = {date.fromordinal(day.days[0][0] + 7 * week).day for week in range(-1, _WEEKS_AHEAD)} if alone else set()
        if not alone or item.value in coming or item.value > _HOURS:
            return as_date(item)
        # "Sexta-feira treze" is a saying.
        is_hour = bare != "day" and _FIRST_SURE_HOUR <= item.value <= _LAST_SURE_HOUR and (day.weekday, item.value) != (4, 13)
        return as_clock(item) if is_hour else Unknown(item.start, item.end)
    return None


def _of_relative(row: Sequence[Item], n: int) -> Moment | None:
    """Return the hour that a number right after "amanhã" is: "amanhã 17", if that is not its date."""
    item, day = row[n], row[n - 1] if n else None
    if not (isinstance(item, Number) and isinstance(day, Day) and day.sort == "relative" and len(row) == n + 1):
        return None
    return as_clock(item) if _FIRST_SURE_HOUR <= item.value < _HOURS and date.fromordinal(day.days[0][0]).day != item.value else None


def _before_hour(row: Sequence[Item], n: int) -> Day | None:
    """Return the day that a number is which is no hour, right before one: "27 às 10"."""
    item, hour = row[n], joined_to(row, n, 1)
    follows = isinstance(hour, Moment) and hour.clock is not None
    return as_date(item) if follows and isinstance(item, Number) and _HOURS < item.value <= 31 else None


def _dated_at(row: Sequence[Item], n: int) -> Operand | Unknown | None:
    """Return the day that a number between a weekday and an hour is: "sexta 4 às 10h"."""
    following = row[n + 1] if n + 1 < len(row) else None
    return _of_weekday(row, n, "day") if isinstance(following, Mark) and following.name == "at" else None


def _with_minutes(row: Sequence[Item], n: int) -> bool:
    """Return whether a number and the hour before it, or after, may be one time, or two: "10 e 15", "às 7 e 5"; not "10 e 11"."""
    ands = [at for at in (n - 1, n + 1) if 0 <= at < len(row) and isinstance(mark := row[at], Mark) and mark.name == "and"]
    return any(
        not (isinstance(number := row[at + 1] if at + 1 < len(row) else None, Number) and number.value % 5)
        and (at < 2 or not (isinstance(mark := row[at - 2], Mark) and mark.name == "between"))
        for at in ands
    )
