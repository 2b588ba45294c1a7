"""Periods of the shop's days that figures are asked for, and the period each is compared with.

Pure: `today` is given by the caller as the shop's date. Both ends of a period are included. Labels are Portuguese, for the model to repeat.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from service.clock import WEEKDAYS
from service.errors import BadRequest

FIRST_YEAR, LAST_YEAR = 2000, 2100
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")


class Step(StrEnum):
    """How far back the period before lies: its own length, or the same days of the week or month before."""

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
        """How many days it covers, at least one."""
        return (self.last - self.first).days + 1


def resolve(period: str | None, start_date: str | None, end_date: str | None, today: date) -> Period:
    """The period that a question means.

    Args:
        period: today, yesterday, week (Monday to today) or month (the 1st to today). None without dates means today.
        start_date: with `end_date` any other days, "AAAA-MM-DD" or "dd/mm/aaaa". Dates win over `period`.
        end_date: the last day, included. A single day is given as both.
        today: the shop's date.

    Raises:
        BadRequest: an unknown period, one date without the other, a date that does not exist, or an end before the start.
    """
    if start_date or end_date:
        return _between(start_date, end_date)
    match period or "today":
        case "today":
            return Period(f"hoje ({_span(today, today)})", today, today)
        case "yesterday":
            day = today - timedelta(days=1)
            return Period(f"ontem ({_span(day, day)})", day, day)
        case "week":
            monday = today - timedelta(days=today.weekday())
            return Period(f"esta semana ({_span(monday, today)})", monday, today, Step.WEEK)
        case "month":
            first = today.replace(day=1)
            return Period(f"este mês ({_span(first, today)})", first, today, Step.MONTH)
    raise BadRequest(f'Não conheço o período "{period}": use today, yesterday, week ou month, ou as datas inicial e final.')


def before(period: Period) -> Period:
    """The period that `period` is compared with: of equal length, wholly before it. The label says which rule was used.

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


def _between(start_date: str | None, end_date: str | None) -> Period:
    if not start_date or not end_date:
        raise BadRequest("Informe a data inicial e a data final; para um dia só, repita a mesma data.")
    first, last = _parse(start_date), _parse(end_date)
    if last < first:
        raise BadRequest(f"A data final ({last:%d/%m/%Y}) vem antes da inicial ({first:%d/%m/%Y}).")
    return Period(_span(first, last), first, last)


def _parse(text: str) -> date:
    for pattern in DATE_FORMATS:
        try:
            day = datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            continue
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise BadRequest(f'A data "{text}" está fora do que posso consultar: use anos de {FIRST_YEAR} a {LAST_YEAR}.')
        return day
    raise BadRequest(f'Não entendi a data "{text}": escreva como AAAA-MM-DD.')


def _span(first: date, last: date) -> str:
    if first == last:
        return f"{WEEKDAYS[first.weekday()]}, {first:%d/%m/%Y}"
    return f"{first:%d/%m/%Y} a {last:%d/%m/%Y}"
