"""Periods of the shop's days that figures are asked for, in an owner's words, and the period each is compared with.

Pure: `today` is given by the caller as the shop's date. Both ends of a period are included. Labels are Portuguese, for the model to repeat.
Who asks for figures looks back: "sexta" is the last one, a date without year the latest, unless the words point ahead.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from service.language.dating import possible
from service.language.days import find_day
from service.language.grammar import MONTHS, date_words, relatives, weekdays
from service.platform.clock import WEEKDAYS
from service.platform.errors import Unclear

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
_NUMBERED = re.compile(r"\bdia \d{1,2}\b")
_PAST = re.compile(r" passad[oa]\b")
UNCLEAR = "Não entendi bem o período. Diga, por exemplo, ontem, semana passada, outubro ou 01/11 a 15/11."
WHICH_PERIOD = "De qual período? Por exemplo hoje, esta semana, mês passado ou 01/11 a 15/11."
# Two dates, or months, from one to another.
_TO = re.compile(r",? (?:a|ao|ate|ate o|e ate)(?: dia| o dia)? | ?[-\u2013] ?")
_AND = re.compile(r" e ")
_BETWEEN = re.compile(r"\bentre(?: os dias| o dia)? $")
_SINCE = re.compile(r"\b(?:desde|a partir|(?P<after>depois|apos))(?: d[aeo])?(?: [ao])?(?: dia)? $")
# What bounds a period, or takes something of it, on one side or the other.
_BEFORE = re.compile(
    r"\b(?:antes|ate|menos|exceto|fora|tirando|sem|nao|quinzena|semana|metade|fim|final|comeco|inicio|meados|meio|trimestre|semestre|bimestre"
    r"|ser|contar)(?: d[aeo]s?)?(?: [ao])?(?: mes d[eo])? ?$"
)
_AFTER = re.compile(r",? (?:menos|exceto|fora|tirando|sem|nao|em diante|ou|retrasad[oa]|ate)\b")
# Another name of days beside the one that was read.
_MORE = re.compile(
    rf"\b(?:hoje|ontem|anteontem|amanha|{_NAMES})\b|\b\d{{1,2}}/\d{{1,2}}\b"
    r"|\b(?:semana|mes|ano) passad[oa]\b|\bn?es[st][ea] (?:semana|mes|ano)\b"
)


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
        raise Unclear(f'Não entendi o período "{words}". {WHICH_PERIOD}', say=WHICH_PERIOD)
    return period


def find_period(words: str, today: date) -> Period | None:
    """Return the period that a sentence names, or None.

    Raises Unclear where it names one that can't be, or says more of it than is understood: another day, a bound, an exception.
    """
    folded = date_words(words)
    ahead = _AHEAD.search(folded) is not None
    found = _found(folded, today, ahead=ahead)
    if found is None:
        return None
    period, start, end = found
    before, after = folded[:start], folded[end:]
    if since := _SINCE.search(before):
        first = period.last + timedelta(days=1) if since["after"] else period.first
        if first > today or ahead:
            raise Unclear(UNCLEAR)
        period, before = _checked(first, today), before[: since.start()]
    named = [day.weekday for day in weekdays(f"{before}\n{after}") if not day.ordinal]
    if len(named) == 1 and _is_week(period):
        period = _weekday_in(period, named[0], today, ahead=ahead)
    elif named:
        raise Unclear(UNCLEAR)
    if _BEFORE.search(before) or _AFTER.match(after) or _MORE.search(f"{before}\n{after}"):
        raise Unclear(UNCLEAR)
    return period


def _found(folded: str, today: date, *, ahead: bool) -> tuple[Period, int, int] | None:
    """Return the period, and where in the words it stands."""
    if last := _LAST.search(folded):
        length = max(1, int(last.group(1)) * _LENGTHS[last.group(2)])
        return _checked(today - timedelta(days=min(length, 36500) - 1), today), last.start(), last.end()
    if dates := list(_WRITTEN.finditer(folded)):
        return _written(folded, dates, today, ahead=ahead), dates[0].start(), dates[-1].end()
    if named := _named(folded, today):
        return named
    if months := list(_MONTH.finditer(folded)):
        return _months_called(folded, months, today, ahead=ahead), months[0].start(), months[-1].end()
    spans = [(day.start, day.end) for scan in (relatives, weekdays) for day in scan(folded)]
    spans += [numbered.span() for numbered in _NUMBERED.finditer(folded)]
    if not spans:
        return None
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    day = find_day(_PAST.sub("", folded[start:end]), today)
    if day is None:
        return None
    if day > today and not ahead:
        day = _month_before(day) if re.search(r"\d", folded) else day - timedelta(days=7)
    return _checked(day, day), start, end


def _is_week(period: Period) -> bool:
    return period.step is Step.WEEK or (period.days == 7 and period.first.weekday() == 0)


def _weekday_in(week: Period, weekday: int, today: date, *, ahead: bool) -> Period:
    """Return the day of a week that is named with it: "sexta da semana passada"."""
    day = week.first - timedelta(days=week.first.weekday()) + timedelta(days=weekday)
    if day > today and not ahead:
        raise Unclear(UNCLEAR)
    return _checked(day, day)


def _named(folded: str, today: date) -> tuple[Period, int, int] | None:
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
        if found := re.search(rf"\b(?:{pattern})", folded):
            return Period(f"{name} ({_span(start, end)})", start, end, step), found.start(), found.end()
    return None


def _joined(folded: str, found: Sequence[re.Match[str]]) -> None:
    """Raise BadRequest unless two dates or months are joined as from one to another, and there are not more."""
    if len(found) > 2:
        raise Unclear(UNCLEAR)
    if len(found) == 2 and not (
        _TO.fullmatch(folded, found[0].end(), found[1].start())
        or (_BETWEEN.search(folded[: found[0].start()]) and _AND.fullmatch(folded, found[0].end(), found[1].start()))
    ):
        raise Unclear(UNCLEAR)


def _written(folded: str, dates: Sequence[re.Match[str]], today: date, *, ahead: bool) -> Period:
    _joined(folded, dates)
    first = find_day(dates[0].group(), today)
    assert first is not None
    if first > today and not ahead and not _YEAR.search(dates[0].group()):
        first = _last_such(first, today)
    last = find_day(dates[1].group(), first) if len(dates) > 1 else first
    assert last is not None
    if last < first:
        raise Unclear(f"A data final ({last:%d/%m/%Y}) vem antes da inicial ({first:%d/%m/%Y}).")
    return _checked(first, last)


def _months_called(folded: str, months: Sequence[re.Match[str]], today: date, *, ahead: bool) -> Period:
    _joined(folded, months)
    periods = [_month_called(month.group(1), month.group(2), today, ahead=ahead) for month in months]
    if periods[-1].last < periods[0].first:
        raise Unclear(UNCLEAR)
    return periods[0] if len(periods) == 1 else _checked(periods[0].first, periods[-1].last)


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
        raise Unclear(f"Só posso consultar os anos de {FIRST_YEAR} a {LAST_YEAR}.")
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
