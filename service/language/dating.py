"""From the numbers of a date to the day: the next such day where a month or a year is lacking."""

from calendar import monthrange
from datetime import date, timedelta

from service.language.grammar import Date
from service.platform.clock import WEEKDAYS
from service.platform.errors import Unclear


def next_weekday(weekday: int, today: date, *, next_week: bool) -> date:
    """Return a weekday's next coming, never today; of next week, Monday to Sunday, where that was said. Monday is 0."""
    days = 7 - today.weekday() + weekday if next_week else (weekday - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=days)


def contradiction(day: date, weekday: int) -> str:
    """Ask which of a day and a weekday that it does not fall on is meant."""
    return f"{day:%d/%m/%Y} é {WEEKDAYS[day.weekday()]}, não {WEEKDAYS[weekday]}. Qual dos dois?"


def day_of(named: Date, today: date) -> date:
    """Return the day that a date stands for, the next such day where it lacks a month or a year.

    Raises Unclear when there is no such day.
    """
    day, month, year = named.day, named.month, named.year
    if year is not None:
        return _date(year, month or 0, day)
    if month is not None:
        # Leap days come at most eight years apart.
        coming = (d for n in range(9) if (d := possible(today.year + n, month, day)) and d >= today)
        return next(coming, None) or _date(today.year, month, day)
    if named.next_month:
        return _date(today.year + today.month // 12, today.month % 12 + 1, day)
    for n in range(12):
        year_, month_ = divmod(today.year * 12 + today.month - 1 + n, 12)
        if (found := possible(year_, month_ + 1, day)) and found >= today:
            return found
    raise Unclear(f"Não existe dia {day}. Qual é a data?")


def on_weekday(named: Date, weekday: int, today: date) -> date:
    """Return the day that a date stands for, where it falls on a weekday (Monday 0).

    "Sexta 11" may be the 11th after the next. Raises Unclear when it falls on another, or there is no such day.
    """
    day = day_of(named, today)
    later = day_of(named, day + timedelta(days=1)) if named.month is None and not named.next_month else day
    found = next((d for d in (day, later) if d.weekday() == weekday), None)
    if found is None:
        raise Unclear(contradiction(day, weekday))
    return found


def possible(year: int, month: int, day: int) -> date | None:
    """Return the day of these numbers, or None where the calendar has none."""
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _date(year: int, month: int, day: int) -> date:
    # The calendar's own ends are no days to count from.
    found = possible(year, month, day) if 1900 <= year < 3000 else None
    if found is None:
        raise Unclear(f"A data {day:02d}/{month:02d}/{year} não existe. Qual é a data?")
    return found
