"""Every day and time that a text names, and where, with all that each may mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from service.language.days import contradiction, from_parts, next_weekday, possible
from service.language.grammar import DATES, LATER, PART_JUST_BEFORE, TIMES, WEEKDAY
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


_SAID_WEEKDAY = re.compile(
    rf"\b(?P<name>{'|'.join(sorted(WEEKDAY, key=len, reverse=True))})s?\b(?: feiras?\b)?"
    r"(?P<next>,? (?:d?a )?(?:semana que vem|proxima semana))?(?P<past> passad[oa])?"
    r"(?! (?:doses?|opcao|vez|vias?|vacina|consulta|sessao|etapa|parte|aplicacao|visita)\b)"
)

_SAID_RELATIVE = re.compile(r"\b(?P<name>depois de amanha|amanha|hoje|hj)\b")

_RELATIVE = {"hoje": 0, "hj": 0, "amanha": 1, "depois de amanha": 2}

_APPOSITION = re.compile(r"[\s,()*-]*")

_LIST_GOES_ON = re.compile(rf",? ?(?:e|ou)? ?(?:n[ao] )?(?:{'|'.join(WEEKDAY)})\b")

# Of a date without year: further back, a year would have been said.
_HAS_BEEN = timedelta(days=180)

_ALWAYS = re.compile(r"\b24/7\b|\b24 ?h(?:oras|rs|s)?\b")

_MAY_BE_A_DAY = re.compile(rf"\d|{_SAID_RELATIVE.pattern}|\b(?:{'|'.join(WEEKDAY)})s?\b")


def days_in(words: str, today: date) -> list[SaidDay]:
    """Every day that folded words name, in order; "sexta-feira, 27/11" and "amanhã (terça)" are one each.

    A weekday gone by ("sexta passada") is left out.
    """
    found: list[SaidDay] = []
    if not names_day(words):
        return found
    words = _ALWAYS.sub(lambda always: " " * len(always.group()), words)
    for said in _without_overlaps(_single_days(words, today)):
        if found and _APPOSITION.fullmatch(words, found[-1].end, said.start) and (one := _together(found[-1], said, words)):
            found[-1] = one
        else:
            found.append(said)
    return found


def names_day(words: str) -> bool:
    """Whether there may be a day in folded words: a cheap look before the rules."""
    return bool(_MAY_BE_A_DAY.search(words))


def _single_days(words: str, today: date) -> Iterable[SaidDay]:
    for pattern in DATES:
        for found in pattern.finditer(words):
            try:
                day = from_parts(found.groupdict(), today)
            except BadRequest as error:
                yield SaidDay(found.start(), found.end(), (), dated=True, problem=str(error))
                continue
            has_been = () if found.groupdict().get("year") else _last_such(day, today)
            yield SaidDay(found.start(), found.end(), (day, *has_been), dated=True)
    for found in _SAID_RELATIVE.finditer(words):
        day = today + timedelta(days=_RELATIVE[found["name"]])
        yield SaidDay(found.start(), found.end(), (day,), relative=True)
    for found in _SAID_WEEKDAY.finditer(words):
        if not found["past"]:
            weekday = WEEKDAY[found["name"]]
            coming = next_weekday(weekday, today, next_week=bool(found["next"]))
            days = (today, coming) if weekday == today.weekday() and not found["next"] else (coming,)
            yield SaidDay(found.start(), found.end(), days, weekday=weekday)


def _last_such(day: date, today: date) -> tuple[date, ...]:
    """The same day and month before today, for a date without year: people also speak of what has been."""
    last = possible(day.year - 1, day.month, day.day)
    return (last,) if last and today - last <= _HAS_BEEN else ()


def _without_overlaps(said: Iterable[SaidDay]) -> list[SaidDay]:
    taken: list[SaidDay] = []
    for one in said:
        if all(one.end <= other.start or one.start >= other.end for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)


def _together(one: SaidDay, other: SaidDay, words: str) -> SaidDay | None:
    """Two neighbouring names as one day; None where they are two: names of the same sort, or a list like "hoje, terça e quarta"."""
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


_SAID_TIMES = (*TIMES, re.compile(r"\b(?:das|pras|entre as) (?P<hour>\d{1,2})(?: e (?P<half>meia))?\b(?! ?/)"))

_PART_JUST_AFTER = re.compile(r",? (?:da|de|a) (manha|tarde|noite)\b")

_LASTS = re.compile(
    r"\b(?:dura\w*|lev[ae]\w*|demor\w*|cerca de|em torno de|aproximadamente|mais ou menos|umas?|daqui a|dentro de|por|em|menos de|mais de"
    r"|a cada|pelo menos|minimo de|ate umas?) (?:\d+ ?h?(?:oras)? ?(?:a|ou|e|-) )?$"
)

_LASTING = re.compile(r",? (?:de (?:duracao|antecedencia|atendimento|servico|espera)|antes|depois|apos|seguidas|por dia)\b")

_HOURS = re.compile(r"\d ?horas?\b")

_CLOCK_BEFORE = re.compile(r"\b(?:d?as|pras|ate|ate as|desde|a partir d[ea]s?) $")

_COUNTED = re.compile(r" (?!horas|[nd][ao]s\b|mas\b|temos|podemos|estamos|estaremos)\w+[aeo]s\b")


def times_in(words: str) -> list[SaidTime]:
    """Every time of day that folded words name, in order. How long something lasts ("leva 2h", "24 horas antes") is none."""
    found: list[SaidTime] = []
    if not any(character.isdigit() for character in words):
        return found
    for pattern in _SAID_TIMES:
        for match in pattern.finditer(words):
            times = () if _no_clock(words, match) else _said_times(words, match)
            if times and all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(SaidTime(match.start(), match.end(), times))
    return sorted(found, key=lambda said: said.start)


def _no_clock(words: str, match: re.Match[str]) -> bool:
    before, said = words[: match.start()], match.group()
    if said.startswith(("as ", "das ", "pras ", "entre ")):
        return bool(_COUNTED.match(words, match.end()))
    if _LASTS.search(before) or _LASTING.match(words, match.end()):
        return True
    return bool(_HOURS.match(said[-len(said.lstrip("0123456789")) - 1 :])) and not _CLOCK_BEFORE.search(before)


def _said_times(words: str, match: re.Match[str]) -> tuple[time, ...]:
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), 30 if parts.get("half") else int(parts.get("minute") or 0)
    part = _PART_JUST_AFTER.match(words, match.end()) or PART_JUST_BEFORE.search(words[: match.start()])
    if part:
        hours: tuple[int, ...] = (hour + 12 if hour in LATER[part.group(1)] else hour,)
    else:
        hours = (hour, hour + 12) if hour in LATER["tarde"] else (hour,)
    return tuple(time(h, minute) for h in hours if h < 24 and minute < 60)
