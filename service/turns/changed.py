"""What a customer's words change of the question that waits for their answer: another day or hour than it names."""

from collections.abc import Callable
from datetime import date, time

from service.language.exact import names_when
from service.language.formatting import format_time, on_day
from service.language.hours import Opening
from service.language.intervals import Stretches
from service.language.wishes import find
from service.platform.errors import Unclear
from service.turns.telling import Fact

ANEW = "Para qual dia e horário fica melhor, então?"


def asked_anew(said: str, question: Fact, today: date, opening: Opening | None, known: frozenset[str]) -> str | None:
    """Return what is asked in the place of a question whose day or hour the customer changes; None where they change nothing.

    `known` are the words of names on record, which may stand beside a day or an hour.
    """
    try:
        read = find(said, today, opening=opening, bare="hour", known=known)
    except Unclear:
        return ANEW if any(names_when(said, today)) else None
    days, times = {day.toordinal() for day in question.days}, {moment.hour * 60 + moment.minute for moment in question.times}
    if _holds(read.days, days) and _holds(read.times, times):
        return None
    when = _named(read.days, lambda one: on_day(date.fromordinal(one)))
    when += _named(read.times, lambda one: f"às {format_time(time(*divmod(one, 60)))}")
    return f"Então fica melhor {', '.join(when)}?" if when else ANEW


def _holds(read: Stretches | None, values: set[int]) -> bool:
    """Return whether nothing was said, or what the question names is within it."""
    return read is None or all(any(first <= value <= last for first, last in read) for value in values)


def _named(read: Stretches | None, write: Callable[[int], str]) -> list[str]:
    """Return a single day or time in words."""
    return [write(read[0][0])] if read and read[0][0] == read[-1][1] else []
