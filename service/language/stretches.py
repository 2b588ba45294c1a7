"""Stretches of days that have a name: "semana que vem", "fim do mês", "último dia útil", "daqui a 15 dias". Both ends are included.

What a customer says lies ahead: of "fim do mês" the days that are still to come, of "começo do mês" next month's where this one's is over.
Single days that are counted out ("primeiro sábado de dezembro") are stretches of one.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import holidays

from service.language.grammar import MONTHS, NEXT_WEEK_NAMES, WEEKDAY, WEEKDAY_NAMES
from service.language.intervals import Stretches, common, joined

LOOK_AHEAD_DAYS = 14
FAR = 366
"""How many days ahead what has no end is thought of."""

# "week" and "month" say in which a weekday is, "counted" is one day, "any" leaves the day open, "every" is some weekdays of every week.
Sort = Literal["week", "month", "weekend", "counted", "within", "any", "every"]


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch as a text names it, as days by their ordinals: none where it is over."""

    start: int
    end: int
    sort: Sort
    days: Stretches


_Days = Callable[[re.Match[str], date], Stretches]

_ONE = timedelta(days=1)
_COUNT = r"(?P<count>\d{1,3}|uma?)"
_NAMES = "|".join(MONTHS)
_OF_MONTH = (
    r"(?:,? (?:d[eo]|deste|desse) (?:(?P<next>mes que vem|proximo mes)|(?P<this>mes)"
    rf"|(?:mes de )?(?P<month>{_NAMES})(?: de (?P<year>\d{{4}}))?))"
)
_ORDINALS = {"primeir": 1, "segund": 2, "terceir": 3, "quart": 4, "quint": 5, "penultim": -2, "ultim": -1}
_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINALS)})[oa]"
# A fixed third of the month, the last from the 26th on.
_THIRDS = {"comeco": (1, 10), "inicio": (1, 10), "comecinho": (1, 10), "meio": (11, 20), "meados": (11, 20)}
_LAST_THIRD = (26, 31)


def weekdays_of(days: frozenset[int] | set[int], first: int, last: int) -> Stretches:
    """Return the days of some weekdays (Monday 0) from one ordinal to another."""
    return joined((n, n) for n in range(first, last + 1) if (n - 1) % 7 in days)


def month_of(year: int, month: int) -> Stretches:
    """Return a month's days; months may be counted on beyond December."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = date(year, month, 1).toordinal()
    return ((first, first + monthrange(year, month)[1] - 1),)


def months_on(day: date, months: int) -> date:
    """Return the same day so many months on, or that month's last."""
    first, last = month_of(day.year, day.month + months)[0]
    return date.fromordinal(min(first + day.day - 1, last))


def _months(found: re.Match[str], today: date) -> Iterator[Stretches]:
    """Yield the month that is meant, and for "do mês" the next one, for where what is looked for in it has been."""
    if found["month"]:
        number = MONTHS.index(found["month"]) + 1
        year = int(found["year"]) if found["year"] else today.year + (number < today.month)
        yield month_of(min(max(year, 1900), 2999), number)
        return
    if not found["next"]:
        yield month_of(today.year, today.month)
    if not re.search(r"(?:deste|desse) mes$", found.group()):
        yield month_of(today.year, today.month + 1)


def _ahead(days: Stretches, today: date) -> Stretches:
    return common(days, ((today.toordinal(), date.max.toordinal()),))


def _of_month(within: Callable[[re.Match[str], int, int], Stretches]) -> _Days:
    """Return the reader of what lies within a month, given its first and last day."""

    def days(found: re.Match[str], today: date) -> Stretches:
        return next((left for ((first, last),) in _months(found, today) if (left := _ahead(within(found, first, last), today))), ())

    return days


def _whole_month(found: re.Match[str], today: date) -> Stretches:
    return _ahead(next(_months(found, today)), today)


def _third(found: re.Match[str], first: int, last: int) -> Stretches:
    begins, ends = _THIRDS.get(found["third"], _LAST_THIRD)
    return ((first + begins - 1, min(first + ends - 1, last)),)


def _half(found: re.Match[str], first: int, last: int) -> Stretches:
    return ((first, first + 14),) if found["ordinal"] == "primeir" else ((first + 15, last),)


def _week_of_month(found: re.Match[str], first: int, last: int) -> Stretches:
    number = _ORDINALS[found["ordinal"]]
    return ((last - 6, last),) if number < 0 else ((first + 7 * (number - 1), min(first + 7 * number - 1, last)),)


def _nth(days: Stretches, number: int) -> Stretches:
    every = [n for first, last in days for n in range(first, last + 1)]
    index = number - 1 if number > 0 else number
    return ((every[index], every[index]),) if -len(every) <= index < len(every) else ()


def _nth_weekday(found: re.Match[str], first: int, last: int) -> Stretches:
    return _nth(weekdays_of({WEEKDAY[found["weekday"]]}, first, last), _ORDINALS[found["ordinal"]])


def _nth_day(found: re.Match[str], first: int, last: int) -> Stretches:
    days = joined((n, n) for n in range(first, last + 1) if _is_working_day(n)) if found["working"] else ((first, last),)
    return _nth(days, _ORDINALS[found["ordinal"]])


def _is_working_day(ordinal: int) -> bool:
    day = date.fromordinal(ordinal)
    return day.weekday() < 5 and day not in _holidays(day.year)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("BR", years=year))


def _next_week(found: re.Match[str], today: date) -> Stretches:
    monday = today.toordinal() - today.weekday()
    return ((monday + 7, monday + 13),)


def _this_week(found: re.Match[str], today: date) -> Stretches:
    return ((today.toordinal(), today.toordinal() - today.weekday() + 6),)


def _weekend(found: re.Match[str], today: date) -> Stretches:
    sunday = today.toordinal() - today.weekday() + 6
    if found["every"]:
        return _every({5, 6}, today)
    # On a weekend, the one that comes is the next.
    later = 7 if (found["next"] or found["coming"]) and today.weekday() >= 5 else 0
    return _ahead(((sunday - 1 + later, sunday + later),), today)


def _counted_on(found: re.Match[str], today: date) -> Stretches:
    day = _after(found, today).toordinal()
    return ((day, day),)


def _within(found: re.Match[str], today: date) -> Stretches:
    if found["next"] is not None:
        count = found["count"]
        return ((today.toordinal(), (_after(found, today).toordinal() - 1) if count else today.toordinal() + LOOK_AHEAD_DAYS),)
    return ((today.toordinal(), _after(found, today).toordinal()),)


def _after(found: re.Match[str], today: date) -> date:
    count = int(found["count"]) if found["count"] and found["count"].isdigit() else 1
    if found["unit"].startswith("mes"):
        return months_on(today, min(count, 60))
    return today + timedelta(days=count * (7 if found["unit"].startswith("semana") else 1))


def _any(found: re.Match[str], today: date) -> Stretches:
    return ((today.toordinal(), today.toordinal() + LOOK_AHEAD_DAYS),)


def _every(weekdays: set[int], today: date) -> Stretches:
    return weekdays_of(weekdays, today.toordinal(), today.toordinal() + FAR)


_FEASTS = {
    "natal": (12, 25), "ano novo": (1, 1), "reveillon": (12, 31), "dia d[ae]s criancas": (10, 12), "dia d[eo]s namorados": (6, 12),
    "finados": (11, 2), "tiradentes": (4, 21), "dia do trabalho": (5, 1), "dia do trabalhador": (5, 1), "consciencia negra": (11, 20),
    "proclamacao da republica": (11, 15), "sao joao": (6, 24), "dia de reis": (1, 6),
}  # fmt: skip
# Days from Easter.
_BY_EASTER = {
    "pascoa": 0, "domingo de pascoa": 0, "sexta(?: feira)? (?:santa|da paixao)": -2, "(?:terca(?: feira)? (?:de carnaval|gorda))": -47,
    "segunda(?: feira)? de carnaval": -48, "quarta(?: feira)? de cinzas": -46, "corpus christi": 60,
}  # fmt: skip
# The how manieth of which weekday of which month, and the days after it.
_COUNTED_FEASTS = {"black ?fr[iy]day": (4, 3, 11, 1), "dia das maes": (2, 6, 5, 0), "dia dos pais": (2, 6, 8, 0)}
_FEAST_NAMES = "|".join((*_BY_EASTER, *_COUNTED_FEASTS, *_FEASTS))
_UNIT = r"(?P<unit>dias?|semanas?|mes(?:es)?)\b"
# The longer name first.
_NAMED: tuple[tuple[Sort, re.Pattern[str], _Days], ...] = (
    ("counted", re.compile(rf"\b{_ORDINAL} (?P<weekday>{WEEKDAY_NAMES})(?: feira)?{_OF_MONTH}"), _of_month(_nth_weekday)),
    ("counted", re.compile(rf"\b{_ORDINAL} dia(?P<working> util)?{_OF_MONTH}"), _of_month(_nth_day)),
    (
        "counted",
        re.compile(r"\b(?P<ordinal>ultim|primeir)o dia(?P<working> util)\b(?P<next>(?!))?(?P<month>(?!))?(?P<year>(?!))?"),
        _of_month(_nth_day),
    ),
    ("within", re.compile(rf"\b{_ORDINAL} semana{_OF_MONTH}"), _of_month(_week_of_month)),
    ("within", re.compile(rf"\b(?P<ordinal>primeir|segund)a quinzena{_OF_MONTH}"), _of_month(_half)),
    ("within", re.compile(rf"\b(?:n?o )?(?P<third>fim|final|finalzinho|comec(?:o|inho)|inicio|meio|meados){_OF_MONTH}"), _of_month(_third)),
    ("within", re.compile(r"\bamanha ou depois\b(?! d[eaoi])"), lambda found, today: ((today.toordinal() + 1, today.toordinal() + 2),)),
    (
        "weekend",
        re.compile(
            r"\b(?:(?P<every>todos? (?:os )?|aos? )|(?P<coming>proximo ))?(?:n?est[ea] |n?ess[ea] )?(?:fi[mn]s?|final|finais) de semana\b"
            r"(?P<next> que vem)?|\b(?P<every_>(?!))?fds\b"
        ),
        lambda found, today: _weekend(found, today),
    ),
    (
        "within",
        re.compile(rf"\b(?:n?o )?(?:fim|final) da (?:(?P<next>{NEXT_WEEK_NAMES})|semana)\b"),
        lambda found, today: _end_of_week(found, today),
    ),
    ("week", re.compile(rf"\b(?:{NEXT_WEEK_NAMES})\b"), _next_week),
    ("week", re.compile(r"\b(?:[nd]?est|[nd]?ess)a semana\b|\btoda a semana\b|\ba semana (?:toda|inteira)\b"), _this_week),
    ("counted", re.compile(rf"\b(?:daqui(?: a)?|em|(?:de )?hoje a)(?: umas| uns)? {_COUNT} {_UNIT}"), _counted_on),
    ("within", re.compile(rf"\b(?:(?P<next>(?:n?os )?proxim[oa]s)|dentro de)(?: {_COUNT})? {_UNIT}"), _within),
    (
        "month",
        re.compile(
            rf"\b(?:(?P<next>mes que vem|proximo mes)|(?P<this>[nd]?este mes|[nd]?esse mes|o mes todo)"
            rf"|(?:mes de )?(?P<month>{_NAMES})(?: de (?P<year>\d{{4}}))?)\b"
        ),
        _whole_month,
    ),
    (
        "counted",
        re.compile(
            rf"\b(?<!semana do )(?<!semana de )(?<!semana da )(?:(?:dia|feriado) d[aeo]s? )?"
            rf"(?P<eve>vesperas? d[aeo]s? )?(?:feriado d[aeo]s? )?(?P<feast>{_FEAST_NAMES})\b"
        ),
        lambda found, today: _feast(found, today),
    ),
    ("every", re.compile(r"\bdias? (?:de semana|ute?i[ls])\b"), lambda found, today: _every({0, 1, 2, 3, 4}, today)),
    (
        "any",
        re.compile(
            r"\bqualquer (?:um dos )?(?:dias?|data)\b|\btodos os dias\b|\btanto faz o dia\b"
            r"|\btodo (?:santo )?dia\b"
            r"|\bquando (?:(?:vcs?|voces?|a senhora|o senhor) )?(?:tiver|puder|der|quiser|quiserem|puderem|tiverem|preferir(?:em)?)\b"
            r"|\bo quanto antes\b"
            r"|\bo mais (?:rapido|cedo) possivel\b|\bassim que (?:der|tiver|puder)\b"
            r"|\bprimeir[oa] (?:vaga|horario|dia)(?: (?:livre|disponivel))?\b"
        ),
        _any,
    ),
)


def _feast(found: re.Match[str], today: date) -> Stretches:
    """Return the next day of a feast. Whether the shop opens then is not for words to say."""
    eve = _ONE if found["eve"] and found["feast"] != "reveillon" else timedelta(0)
    coming = next(one for year in range(3) if (one := _feast_in(today.year + year, found["feast"]) - eve) >= today)
    return ((coming.toordinal(), coming.toordinal()),)


def _feast_in(year: int, name: str) -> date:
    for pattern, days in _BY_EASTER.items():
        if re.fullmatch(pattern, name):
            return _easter(year) + timedelta(days=days)
    for pattern, (count, weekday, month, later) in _COUNTED_FEASTS.items():
        if re.fullmatch(pattern, name):
            first = date(year, month, 1)
            return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1) + later)
    month, day = next(numbers for pattern, numbers in _FEASTS.items() if re.fullmatch(pattern, name))
    return date(year, month, day)


@lru_cache(maxsize=16)
def _easter(year: int) -> date:
    return holidays.country_holidays("BR", years=year, language="pt_BR").get_named("Sexta-feira Santa")[0] + 2 * _ONE


def _end_of_week(found: re.Match[str], today: date) -> Stretches:
    last = today.toordinal() - today.weekday() + (13 if found["next"] else 6)
    return ((max(today.toordinal(), last - 2), last),)


def named(words: str, today: date) -> Iterator[Named]:
    """Yield every stretch that folded words name, the longer names first. They may overlap."""
    for sort, pattern, days in _NAMED:
        for found in pattern.finditer(words):
            yield Named(found.start(), found.end(), sort, days(found, today))
