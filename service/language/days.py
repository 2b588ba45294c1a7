"""Days as Brazilians write them, resolved on the server against the shop's own today.

Rules where words are ambiguous: a weekday is its next coming ("que vem" or not), today included only when it is said with "hoje", and
"da semana que vem" counts from next Monday; a day without month is the next such day, today included; a date without year is the next
such date. An hour is of the 24, unless "da tarde" or "da noite" fits it. Accents and case do not matter.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from service.language.grammar import DATES, MONTHS, NEXT_WEEK, WEEKDAY, WEEKDAY_RE, date_words
from service.language.text import fold
from service.platform.clock import WEEKDAYS
from service.platform.errors import BadRequest


def find_day(text: str, today: date) -> date | None:
    """The day that a sentence names, or None. Raises BadRequest when it names an impossible or contradictory one."""
    words = date_words(text)
    named = WEEKDAY_RE.search(words)
    weekday = WEEKDAY[named.group(1)] if named else None
    day = _dated(words, today)
    if day and weekday is not None and day.weekday() != weekday:
        raise BadRequest(contradiction(day, weekday))
    if day or weekday is None:
        return day
    return next_weekday(weekday, today, next_week=bool(NEXT_WEEK.search(words)))


def next_weekday(weekday: int, today: date, *, next_week: bool) -> date:
    days = 7 - today.weekday() + weekday if next_week else (weekday - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=days)


def contradiction(day: date, weekday: int) -> str:
    return f"{day:%d/%m/%Y} é {WEEKDAYS[day.weekday()]}, não {WEEKDAYS[weekday]}. Qual dos dois?"


def _dated(words: str, today: date) -> date | None:
    for pattern in DATES:
        if found := pattern.search(words):
            return from_parts(found.groupdict(), today)
    if "depois de amanha" in words:
        return today + timedelta(days=2)
    # "amanhã de manhã": the part of the day is written like the end of "amanhã".
    if re.search(r"\bamanha\b", words):
        return today + timedelta(days=1)
    return today if re.search(r"\b(hoje|hj)\b", words) else None


def from_parts(parts: dict[str, str | None], today: date) -> date:
    day = int(parts["day"] or 0)
    name, month, year = parts.get("name"), parts.get("month"), parts.get("year")
    number = 1 + [m[:3] for m in MONTHS].index(name[:3]) if name else int(month or 0)
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), number, day)
    if name or month:
        # Leap days come at most eight years apart.
        coming = (d for n in range(9) if (d := possible(today.year + n, number, day)) and d >= today)
        return next(coming, None) or _date(today.year, number, day)
    if parts.get("next"):
        return _date(today.year + today.month // 12, today.month % 12 + 1, day)
    for n in range(12):
        year_, month_ = divmod(today.year * 12 + today.month - 1 + n, 12)
        if (found := possible(year_, month_ + 1, day)) and found >= today:
            return found
    raise BadRequest(f"Não existe dia {day}. Qual é a data?")


def possible(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _date(year: int, month: int, day: int) -> date:
    # The calendar's own ends are no days to count from.
    found = possible(year, month, day) if 1900 <= year < 3000 else None
    if found is None:
        raise BadRequest(f"A data {day:02d}/{month:02d}/{year} não existe. Qual é a data?")
    return found


def parse_day(text: str, today: date) -> date:
    """The day that a text means; a bare number is a day of the month. Raises BadRequest with a Portuguese sentence."""
    day = find_day(as_day(text), today)
    if day is None:
        raise BadRequest(f'Não entendi o dia "{text}". Diga a data, por exemplo 03/10, ou "amanhã".')
    return day


def as_day(text: str) -> str:
    """A bare number as the day of the month that it is where a day is asked for."""
    return f"dia {text.strip()}" if re.fullmatch(r"\s*\d{1,2}\s*", text) else text


_WEEK = re.compile(r"\b(?:(?:est|ess|nest|ness|n|d)?a|toda(?: a)?) semana\b")

_MONTH = re.compile(r"\b(?:(?:est|ess|nest|ness)e|o|no|do) mes\b")

_NEXT_MONTH = re.compile(r"\b(?:mes que vem|proximo mes)\b")

_WEEKEND = re.compile(r"\b(?:fim|final|fds)(?: de semana)?\b")

_NEXT_DAYS = re.compile(r"\bproximos (\d{1,2}|dias)\b")

_ANY_DAY = re.compile(
    r"\b(?:qualquer dia|tanto faz|quando (?:tiver|puder|der)|o quanto antes|assim que (?:der|tiver|puder)"
    r"|primeir[oa] (?:vaga|horario|dia))\b"
)

_BETWEEN = re.compile(r"\b(?:de|do|entre)(?: o)?(?: dia)? (?P<first>.{1,24}?) (?:ao?|ate|e)(?: o)?(?: dia)? (?P<last>.{1,24})$")

LOOK_AHEAD_DAYS = 14


def find_days(text: str, today: date) -> tuple[date, date] | None:
    """The stretch of coming days that a sentence names, both ends included: one day, "semana que vem", "de 1 a 5/12", "qualquer dia".

    None when it names none. Raises BadRequest when it names an impossible or contradictory day.
    """
    words = fold(text).replace("-", " ")
    one = timedelta(days=1)
    monday = today - today.weekday() * one
    weekday = WEEKDAY_RE.search(words) is not None
    if found := _BETWEEN.search(words):
        last = find_day(found["last"], today) or find_day(f"dia {found['last']}", today)
        first = find_day(found["first"], today) or find_day(f"dia {found['first']}", today)
        if first and last:
            if first > last and not weekday:
                first = find_day(f"{found['first']}/{last.month}/{last.year}", today) or first
            if first > last:
                raise BadRequest(f"{first:%d/%m} vem depois de {last:%d/%m}. Quais são os dias?")
            return first, last
    if not weekday and _dated(words, today) is None:
        if NEXT_WEEK.search(words):
            return monday + 7 * one, monday + 13 * one
        if _WEEKEND.search(words):
            saturday = today if today.weekday() == 6 else monday + 5 * one
            return max(saturday, today), monday + 6 * one
        if _WEEK.search(words):
            return today, monday + 6 * one
        if _NEXT_MONTH.search(words) and not re.search(r"\d", words):
            first = (today.replace(day=1) + 32 * one).replace(day=1)
            return first, (first + 32 * one).replace(day=1) - one
        if _MONTH.search(words):
            return today, (today.replace(day=1) + 32 * one).replace(day=1) - one
        if found := _NEXT_DAYS.search(words):
            count = int(found[1]) if found[1].isdigit() else LOOK_AHEAD_DAYS
            return today, today + max(count - 1, 0) * one
        if _ANY_DAY.search(words):
            return today, today + LOOK_AHEAD_DAYS * one
    day = find_day(text, today)
    return (day, day) if day else None
