"""The day, or the stretch of days, that a wish is about, resolved on the server against the shop's own today.

Rules where words are ambiguous: a weekday is its next coming ("que vem" or not), today included only when it is said with "hoje", and
"da semana que vem" counts from next Monday; a day without month is the next such day, today included; a date without year is the next
such date. Accents and case do not matter.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from service.language.grammar import NEXT_WEEK_NAMES, Date, date_words, dates, relatives, weekdays
from service.language.text import fold
from service.platform.clock import WEEKDAYS
from service.platform.errors import BadRequest

LOOK_AHEAD_DAYS = 14

_ONE = timedelta(days=1)


def find_day(text: str, today: date) -> date | None:
    """Return the day that a sentence names, or None. Raises BadRequest when it names an impossible or contradictory one."""
    words = date_words(text)
    weekday = _weekday(words)
    day = _dated(words, today)
    if day and weekday is not None and day.weekday() != weekday:
        raise BadRequest(contradiction(day, weekday), say=contradiction(day, weekday))
    if day or weekday is None:
        return day
    return next_weekday(weekday, today, next_week=bool(_NEXT_WEEK.search(words)))


def _weekday(words: str) -> int | None:
    return next((named.weekday for named in weekdays(words) if not named.many), None)


def _dated(words: str, today: date) -> date | None:
    if named := next(dates(words), None):
        return day_of(named, today)
    # "amanhã de manhã": the part of the day is written like the end of "amanhã".
    ahead = max((named.days for named in relatives(words)), default=None)
    return None if ahead is None else today + timedelta(days=ahead)


def next_weekday(weekday: int, today: date, *, next_week: bool) -> date:
    """Return a weekday's next coming, never today; of next week, Monday to Sunday, where that was said. Monday is 0."""
    days = 7 - today.weekday() + weekday if next_week else (weekday - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=days)


def contradiction(day: date, weekday: int) -> str:
    """Ask which of a day and a weekday that it does not fall on is meant."""
    return f"{day:%d/%m/%Y} é {WEEKDAYS[day.weekday()]}, não {WEEKDAYS[weekday]}. Qual dos dois?"


def day_of(named: Date, today: date) -> date:
    """Return the day that a date stands for, the next such day where it lacks a month or a year.

    Raises BadRequest when there is no such day.
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
    raise BadRequest(f"Não existe dia {day}. Qual é a data?")


def possible(year: int, month: int, day: int) -> date | None:
    """Return the day of these numbers, or None where the calendar has none."""
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _date(year: int, month: int, day: int) -> date:
    # The calendar's own ends are no days to count from.
    found = possible(year, month, day) if 1900 <= year < 3000 else None
    if found is None:
        raise BadRequest(f"A data {day:02d}/{month:02d}/{year} não existe. Qual é a data?")
    return found


def parse_day(text: str, today: date) -> date:
    """Return the day that a text means; a bare number is a day of the month. Raises BadRequest with a Portuguese sentence."""
    day = find_day(as_day(text), today)
    if day is None:
        raise BadRequest(f'Não entendi o dia "{text}". Diga a data, por exemplo 03/10, ou "amanhã".')
    return day


def as_day(text: str) -> str:
    """Return a bare number as the day of the month that it is where a day is asked for; any other text as it is."""
    bare = text.strip()
    return f"dia {bare}" if re.fullmatch(r"\d{1,2}", bare) else text


_NEXT_WEEK = re.compile(rf"\b(?:{NEXT_WEEK_NAMES})\b")
_WEEKEND = re.compile(r"\b(?:fim|final|fds)(?: de semana)?\b")
_WEEK = re.compile(r"\b(?:(?:est|ess|nest|ness|n|d)?a|toda(?: a)?) semana\b")
_NEXT_MONTH = re.compile(r"\b(?:mes que vem|proximo mes)\b")
_MONTH = re.compile(r"\b(?:(?:est|ess|nest|ness)e|o|no|do) mes\b")
_NEXT_DAYS = re.compile(r"\bproximos (\d{1,2}|dias)\b")
_ANY_DAY = re.compile(
    r"\b(?:qualquer dia|tanto faz|quando (?:tiver|puder|der)|o quanto antes|assim que (?:der|tiver|puder)"
    r"|primeir[oa] (?:vaga|horario|dia))\b"
)
_FROM_TO = re.compile(r"\b(?:de|do|entre)(?: o)?(?: dia)? (?P<first>.{1,24}?) (?:ao?|ate|e)(?: o)?(?: dia)? (?P<last>.{1,24})$")
_LONGEST_FROM_TO = 80  # characters: what stands before it is no part of it


def find_days(text: str, today: date) -> tuple[date, date] | None:
    """Return the stretch of coming days that a sentence names, both ends included; None when it names none.

    For example one day, "semana que vem", "de 1 a 5/12", "qualquer dia". Raises BadRequest when a day is impossible or contradicts itself.
    """
    words = fold(text).replace("-", " ")
    no_weekday = _weekday(words) is None
    found = _FROM_TO.search(words, max(0, len(words) - _LONGEST_FROM_TO))
    if found and (stretch := _from_to(found["first"], found["last"], today, turn=no_weekday)):
        return stretch
    if no_weekday and _dated(words, today) is None and (stretch := _by_name(words, today)):
        return stretch
    day = find_day(text, today)
    return (day, day) if day else None


def _from_to(first_words: str, last_words: str, today: date, *, turn: bool) -> tuple[date, date] | None:
    """Return the two days; with `turn` a first day after the last is looked for in the last one's month ("de 1 a 5/12")."""
    last = find_day(last_words, today) or find_day(f"dia {last_words}", today)
    first = find_day(first_words, today) or find_day(f"dia {first_words}", today)
    if not (first and last):
        return None
    if first > last and turn:
        first = find_day(f"{first_words}/{last.month}/{last.year}", today) or first
    if first > last:
        raise BadRequest(f"{first:%d/%m} vem depois de {last:%d/%m}. Quais são os dias?")
    return first, last


def _by_name(words: str, today: date) -> tuple[date, date] | None:
    monday = today - today.weekday() * _ONE
    next_month = (today.replace(day=1) + 32 * _ONE).replace(day=1)
    if _NEXT_WEEK.search(words):
        return monday + 7 * _ONE, monday + 13 * _ONE
    if _WEEKEND.search(words):
        saturday = today if today.weekday() == 6 else monday + 5 * _ONE
        return max(saturday, today), monday + 6 * _ONE
    if _WEEK.search(words):
        return today, monday + 6 * _ONE
    if _NEXT_MONTH.search(words) and not re.search(r"\d", words):
        return next_month, (next_month + 32 * _ONE).replace(day=1) - _ONE
    if _MONTH.search(words):
        return today, next_month - _ONE
    if found := _NEXT_DAYS.search(words):
        count = int(found[1]) if found[1].isdigit() else LOOK_AHEAD_DAYS
        return today, today + max(count - 1, 0) * _ONE
    return (today, today + LOOK_AHEAD_DAYS * _ONE) if _ANY_DAY.search(words) else None
