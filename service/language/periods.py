"""Periods of the shop's days that figures are asked for, in an owner's words, and the period each is compared with.

Pure: `today` is given by the caller as the shop's date. Both ends of a period are included. Labels are Portuguese, for the model to repeat.
Who asks for figures looks back: "sexta" is the last one, a date without year the latest, unless the words point ahead.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from service.language.dating import possible
from service.language.days import find_day
from service.language.grammar import MONTHS
from service.language.text import fold
from service.platform.clock import WEEKDAYS
from service.platform.errors import BadRequest

FIRST_YEAR, LAST_YEAR = 2000, 2100
_LENGTHS = {"dia": 1, "semana": 7, "mes": 30}
_LAST = re.compile(r"\bultim[oa]s (\d{1,4}) (dia|semana|mes)")
_NAMES = "|".join(MONTHS)
_WRITTEN = re.compile(
    rf"\b(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}/\d{{1,2}}(?:/\d{{4}}|/\d{{2}})?|\d{{1,2}}[oº]? de (?:{_NAMES})(?: de \d{{4}})?)\b"
)
_YEAR = re.compile(r"-|/\d+/|\d{4}$")
_MONTH = re.compile(rf"\b({_NAMES})\b(?:(?: de |/)(\d{{4}}))?")
_AHEAD = re.compile(r"\b(amanha|proxim|que vem|tenho|temos|terei|teremos|vou|vamos)")


class Step(StrEnum):
    """Say how far back the period before lies: its own length, or the same days of the week or month before."""

    LENGTH = "length"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both included, and what a Portuguese sentence calls them."""

    label: str
    first: date
    last: date
    step: Step = Step.LENGTH

    @property
    def days(self) -> int:
        """Count the days that it covers, at least one."""
        return (self.last - self.first).days + 1


def resolve(words: str, today: date) -> Period:
    """Return the period that words mean: a name, dates, or a whole question. `today` is the shop's date.

    Raises:
        BadRequest: words that name no period, a date that does not exist or is out of range, or an end before the start.
    """
    period = find_period(words, today)
    if period is None:
        raise BadRequest(f'Não entendi o período "{words}": diga, por exemplo, hoje, esta semana, mês passado ou 01/11 a 15/11.')
    return period


def find_period(words: str, today: date) -> Period | None:
    """Return the period that a sentence names, or None. Raises BadRequest where it names one that can't be."""
    folded = fold(words)
    ahead = _AHEAD.search(folded) is not None
    if found := _LAST.search(folded):
        length = max(1, int(found.group(1)) * _LENGTHS[found.group(2)])
        return _checked(today - timedelta(days=min(length, 36500) - 1), today)
    if dates := _WRITTEN.findall(folded):
        return _written(dates, today, ahead=ahead)
    if named := _named(folded, today):
        return named
    if found := _MONTH.search(folded):
        return _month_called(found.group(1), found.group(2), today, ahead=ahead)
    day = find_day(words, today)
    if day is None:
        return None
    if day > today and not ahead:
        day = _month_before(day) if re.search(r"\d", folded) else day - timedelta(days=7)
    return _checked(day, day)


def _named(folded: str, today: date) -> Period | None:
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    next_month = first + timedelta(days=31)
    one = timedelta(days=1)
    saturday = today - (today.weekday() - 5) % 7 * one
    names = {
        r"anteontem": ("anteontem", today - 2 * one, today - 2 * one, Step.LENGTH),
        r"ontem|yesterday": ("ontem", today - one, today - one, Step.LENGTH),
        r"hoje|today": ("hoje", today, today, Step.LENGTH),
        r"(semana passada|ultima semana|semana anterior)": ("semana passada", monday - 7 * one, monday - one, Step.WEEK),
        r"(semana que vem|proxima semana)": ("semana que vem", monday + 7 * one, monday + 13 * one, Step.WEEK),
        r"(mes passado|ultimo mes|mes anterior)": ("mês passado", (first - one).replace(day=1), first - one, Step.MONTH),
        r"(mes que vem|proximo mes)": ("mês que vem", next_month.replace(day=1), _month_end(next_month), Step.MONTH),
        r"(fim|final) de semana": ("fim de semana", saturday, min(saturday + one, today), Step.LENGTH),
        r"(semana|week)\b": ("esta semana", monday, today, Step.WEEK),
        r"(mes|month)\b": ("este mês", first, today, Step.MONTH),
        r"ano passado": ("ano passado", date(today.year - 1, 1, 1), date(today.year - 1, 12, 31), Step.LENGTH),
        r"(este|neste|esse|nesse|do) ano\b": ("este ano", date(today.year, 1, 1), today, Step.LENGTH),
    }
    for pattern, (name, start, end, step) in names.items():
        if re.search(rf"\b(?:{pattern})", folded):
            return Period(f"{name} ({_span(start, end)})", start, end, step)
    return None


def _written(dates: list[str], today: date, *, ahead: bool) -> Period:
    first = find_day(dates[0], today)
    assert first is not None
    if first > today and not ahead and not _YEAR.search(dates[0]):
        first = _last_such(first, today)
    last = find_day(dates[1], first) if len(dates) > 1 else first
    assert last is not None
    if last < first:
        raise BadRequest(f"A data final ({last:%d/%m/%Y}) vem antes da inicial ({first:%d/%m/%Y}).")
    return _checked(first, last)


def _last_such(day: date, today: date) -> date:
    """Return the latest day of the same day and month that has been; leap days come at most eight years apart."""
    earlier = (possible(day.year - n, day.month, day.day) for n in range(1, 14))
    return next(found for found in earlier if found and found <= today)


def _month_called(name: str, year: str | None, today: date, *, ahead: bool) -> Period:
    number = MONTHS.index(name) + 1
    start = date(max(1, int(year)) if year else today.year, number, 1)
    if not year and start > today and not ahead:
        start = start.replace(year=start.year - 1)
    end = _month_end(start)
    return _checked(start, min(end, today) if start <= today else end)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _month_before(day: date) -> date:
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def _checked(first: date, last: date) -> Period:
    if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        raise BadRequest(f"Só posso consultar os anos de {FIRST_YEAR} a {LAST_YEAR}.")
    return Period(_span(first, last), first, last)


def before(period: Period) -> Period:
    """Return the period that `period` is compared with: of equal length, wholly before it. The label says which rule was used.

    - Single days and free dates: the days that end right before the period begins.
    - The week so far: the same weekdays of the week before, since a shop's Saturday is no match for its Tuesday.
    - The month so far: the same days of the month before. Where that month is shorter (on the 30th of March, say) it ends with its last
      day; this is the only case of unequal length.
    """
    match period.step:
        case Step.WEEK:
            week = timedelta(days=7)
            first, last = period.first - week, period.last - week
            return Period(f"mesmos dias da semana anterior ({_span(first, last)})", first, last, Step.WEEK)
        case Step.MONTH:
            end_of_month = period.first - timedelta(days=1)
            first, last = end_of_month.replace(day=1), end_of_month.replace(day=min(period.last.day, end_of_month.day))
            return Period(f"mesmos dias do mês anterior ({_span(first, last)})", first, last, Step.MONTH)
        case Step.LENGTH:
            last = period.first - timedelta(days=1)
            first = last - timedelta(days=period.days - 1)
            words = "dia anterior" if period.days == 1 else f"{period.days} dias anteriores"
            return Period(f"{words} ({_span(first, last)})", first, last)


def _span(first: date, last: date) -> str:
    if first == last:
        return f"{WEEKDAYS[first.weekday()]}, {first:%d/%m/%Y}"
    return f"{first:%d/%m/%Y} a {last:%d/%m/%Y}"
