"""Days and times as Brazilians write them, resolved on the server against the shop's own today.

Rules where words are ambiguous: a weekday is its next coming ("que vem" or not), today included only when it is said with "hoje", and
"da semana que vem" counts from next Monday; a day without month is the next such day, today included; a date without year is the next
such date. An hour is of the 24, unless "da tarde" or "da noite" fits it. Accents and case do not matter.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from service.language.text import fold
from service.platform.clock import WEEKDAYS
from service.platform.errors import BadRequest

MONTHS = (
    "janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip
_WEEKDAY = {"segunda": 0, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4, "sabado": 5, "domingo": 6}
# "ter" and "dom" are left out: a verb, and many a dog's name.
_WEEKDAY |= {"seg": 0, "qua": 2, "qui": 3, "sex": 4, "sab": 5} | {f"{n}a feira": n - 2 for n in range(2, 7)}
_WEEKDAY_RE = re.compile(rf"\b({'|'.join(_WEEKDAY)})\b")
_NEXT_WEEK = re.compile(r"\b(?:semana que vem|proxima semana)\b")

_NAMES = "|".join((*MONTHS, *(name[:3] for name in MONTHS)))
_DATES = (
    re.compile(r"\b(?P<year>\d{4})([/-])(?P<month>\d{1,2})\2(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})([.-])(?P<month>\d{1,2})\2(?P<year>\d{4})\b"),
    re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})o? de (?P<name>{_NAMES})\b(?: de (?P<year>\d{{4}}))?"),
    re.compile(r"\bdia (?P<day>\d{1,2})o? do (?P<month>\d{1,2})\b"),
    re.compile(r"\bdia (?P<day>\d{1,2})o?\b(?P<next>,? (?:d[eo] )?(?:mes que vem|proximo mes))?"),
)

_H = r"h(?:s|rs?|oras?)?"
_TIMES = (
    re.compile(rf"\b(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?:{_H})?\b"),
    re.compile(rf"\b(?P<hour>\d{{1,2}}) ?{_H}(?:(?: e)? ?(?P<minute>\d{{2}})(?:m|min)?(?! ?/)|(?: ?e)? (?P<half>meia))?\b"),
    re.compile(r"\bas (?P<hour>\d{1,2})(?: e (?P<half>meia)| e (?P<minute>\d{2}))?\b(?! ?/)"),
    re.compile(r"\b(?P<hour>\d{1,2}) e (?P<half>meia)\b"),
    re.compile(r"\b(?P<hour>\d{1,2}) (?=da (?:manha|tarde|noite))"),
)
# The hours that people say with a part of the day and mean twelve later: "10h ou à tarde" is no 22h.
_LATER = {"manha": range(0), "tarde": range(1, 8), "noite": range(5, 12)}
_PART = re.compile(r"\b(?:da|de|a) (manha|tarde|noite)\b")
_PART_JUST_BEFORE = re.compile(_PART.pattern + r",?(?: as)? ?$")

_ISO_T = re.compile(r"(?<=\d{4}-\d\d-\d\d)t(?=\d\d:)")


def plain(text: str) -> str:
    """A text's words as days and times are looked for in them: without case, accents and some spellings."""
    words = _ISO_T.sub(" ", fold(text).replace("primeiro", "1").replace("-feira", " feira"))
    return re.sub(r"\bmeio[- ]dia\b", "12h", words)


def find_day(text: str, today: date) -> date | None:
    """The day that a sentence names, or None. Raises BadRequest when it names an impossible or contradictory one."""
    words = plain(text)
    named = _WEEKDAY_RE.search(words)
    weekday = _WEEKDAY[named.group(1)] if named else None
    day = _dated(words, today)
    if day and weekday is not None and day.weekday() != weekday:
        raise BadRequest(_contradiction(day, weekday))
    if day or weekday is None:
        return day
    return _coming(weekday, today, next_week=bool(_NEXT_WEEK.search(words)))


def _coming(weekday: int, today: date, *, next_week: bool) -> date:
    days = 7 - today.weekday() + weekday if next_week else (weekday - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=days)


def _contradiction(day: date, weekday: int) -> str:
    return f"{day:%d/%m/%Y} é {WEEKDAYS[day.weekday()]}, não {WEEKDAYS[weekday]}. Qual dos dois?"


def _dated(words: str, today: date) -> date | None:
    for pattern in _DATES:
        if found := pattern.search(words):
            return _from_parts(found.groupdict(), today)
    if "depois de amanha" in words:
        return today + timedelta(days=2)
    # "amanhã de manhã": the part of the day is written like the end of "amanhã".
    if re.search(r"\bamanha\b", words):
        return today + timedelta(days=1)
    return today if re.search(r"\b(hoje|hj)\b", words) else None


def _from_parts(parts: dict[str, str | None], today: date) -> date:
    day = int(parts["day"] or 0)
    name, month, year = parts.get("name"), parts.get("month"), parts.get("year")
    number = 1 + [m[:3] for m in MONTHS].index(name[:3]) if name else int(month or 0)
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), number, day)
    if name or month:
        # Leap days come at most eight years apart.
        coming = (d for n in range(9) if (d := _possible(today.year + n, number, day)) and d >= today)
        return next(coming, None) or _date(today.year, number, day)
    if parts.get("next"):
        return _date(today.year + today.month // 12, today.month % 12 + 1, day)
    for n in range(12):
        year_, month_ = divmod(today.year * 12 + today.month - 1 + n, 12)
        if (found := _possible(year_, month_ + 1, day)) and found >= today:
            return found
    raise BadRequest(f"Não existe dia {day}. Qual é a data?")


def _possible(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _date(year: int, month: int, day: int) -> date:
    # The calendar's own ends are no days to count from.
    found = _possible(year, month, day) if 1900 <= year < 3000 else None
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
    weekday = _WEEKDAY_RE.search(words) is not None
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
        if _NEXT_WEEK.search(words):
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


_PARTS = {"manha": (time(0), time(11, 59)), "tarde": (time(12), time(17, 59)), "noite": (time(18), time(23, 59))}
_PART_OF_DAY = re.compile(r"\b(?:(?:da|de|a|pela|na|no|so|toda a?) (?P<part>manha|tarde|noite)|(?<!boa )(?P<alone>tardinha|tarde|noite))\b")
_AFTER = re.compile(r"\b(?:depois|a partir|apos)\b\D{0,6}(?=\d)")
_FROM_TO = re.compile(r"\bentre\D{0,5}(?P<first>\d{1,2}\S{0,4}) e\D{0,5}(?P<last>\d{1,2}\S{0,4})")
_UNTIL = re.compile(r"\b(?:antes|ate)\b\D{0,6}(?=\d)")


def find_part(text: str) -> tuple[time, time] | None:
    """The part of a day that a sentence names, as the earliest and latest start: "de manhã", "depois das 14h", "até as 11h"."""
    words = re.sub(r"\bmeio[- ]dia\b", "12h", fold(text))
    earliest, latest = None, None
    if found := _FROM_TO.search(words):
        earliest, latest = find_time(f"às {found['first']}"), find_time(f"às {found['last']}")
    if found := _AFTER.search(words):
        earliest = find_time(f"às {words[found.end() :]}")
    if found := _UNTIL.search(words):
        latest = find_time(f"às {words[found.end() :]}")
    if earliest or latest:
        return (earliest or time(0), latest or time(23, 59)) if (earliest or time(0)) < (latest or time(23, 59)) else None
    if words in _PARTS:
        return _PARTS[words]
    found = _PART_OF_DAY.search(words)
    return _PARTS["tarde" if found["alone"] == "tardinha" else found["part"] or found["alone"]] if found else None


def time_or_part(text: str) -> tuple[time | None, tuple[time, time] | None]:
    """What a text about the time of day means: an exact time ("3 da tarde"), or a part of the day ("à tarde", "depois das 14h").

    Raises BadRequest where it means neither.
    """
    part = find_part(text)
    if part and (part not in _PARTS.values() or find_time(text) is None):
        return None, part
    return parse_time(text), None


def find_time(text: str) -> time | None:
    """The time of day that a sentence names, or None. Raises BadRequest when it names an impossible one."""
    words = plain(text)
    for pattern in _TIMES:
        if found := pattern.search(words):
            parts = found.groupdict()
            hour, minute = int(parts["hour"]), 30 if parts.get("half") else int(parts.get("minute") or 0)
            part = _PART.search(words, found.start()) or _PART_JUST_BEFORE.search(words[: found.start()])
            if part and hour in _LATER[part.group(1)]:
                hour += 12
            if hour > 23 or minute > 59:
                raise BadRequest(f"Não existe o horário {hour}h{minute:02d}. Qual é a hora?")
            return time(hour, minute)
    return None


def parse_time(text: str) -> time:
    """The time that a text means; a bare number is an hour. Raises BadRequest with a Portuguese sentence."""
    found = find_time(text)
    if found is None and re.fullmatch(r"\d{1,2}", text.strip()):
        found = find_time(f"{text.strip()}h")
    if found is None:
        raise BadRequest(f'Não entendi a hora "{text}". Diga, por exemplo, 15h ou 10h30.')
    return found


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day as a text names it, somewhere between `start` and `end` of its `plain` words.

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
    rf"\b(?P<name>{'|'.join(sorted(_WEEKDAY, key=len, reverse=True))})s?\b(?: feiras?\b)?"
    r"(?P<next>,? (?:d?a )?(?:semana que vem|proxima semana))?(?P<past> passad[oa])?"
    r"(?! (?:doses?|opcao|vez|vias?|vacina|consulta|sessao|etapa|parte|aplicacao|visita)\b)"
)
_SAID_RELATIVE = re.compile(r"\b(?P<name>depois de amanha|amanha|hoje|hj)\b")
_RELATIVE = {"hoje": 0, "hj": 0, "amanha": 1, "depois de amanha": 2}
_APPOSITION = re.compile(r"[\s,()*-]*")
_LIST_GOES_ON = re.compile(rf",? ?(?:e|ou)? ?(?:n[ao] )?(?:{'|'.join(_WEEKDAY)})\b")
# Of a date without year: further back, a year would have been said.
_HAS_BEEN = timedelta(days=180)
_ALWAYS = re.compile(r"\b24/7\b|\b24 ?h(?:oras|rs|s)?\b")


_MAY_BE_A_DAY = re.compile(rf"\d|{_SAID_RELATIVE.pattern}|\b(?:{'|'.join(_WEEKDAY)})s?\b")


def days_in(words: str, today: date) -> list[SaidDay]:
    """Every day that `plain` words name, in order; "sexta-feira, 27/11" and "amanhã (terça)" are one each.

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
    """Whether there may be a day in plain words: a cheap look before the rules."""
    return bool(_MAY_BE_A_DAY.search(words))


def _single_days(words: str, today: date) -> Iterable[SaidDay]:
    for pattern in _DATES:
        for found in pattern.finditer(words):
            try:
                day = _from_parts(found.groupdict(), today)
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
            weekday = _WEEKDAY[found["name"]]
            coming = _coming(weekday, today, next_week=bool(found["next"]))
            days = (today, coming) if weekday == today.weekday() and not found["next"] else (coming,)
            yield SaidDay(found.start(), found.end(), days, weekday=weekday)


def _last_such(day: date, today: date) -> tuple[date, ...]:
    """The same day and month before today, for a date without year: people also speak of what has been."""
    last = _possible(day.year - 1, day.month, day.day)
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
        problem = _contradiction(fixed[0][0], weekday) if weekday is not None else f"{words[one.start : other.end]} não são o mesmo dia."
    return SaidDay(one.start, other.end, days, dated=dated, relative=relative, weekday=weekday, problem=problem)


_SAID_TIMES = (*_TIMES, re.compile(r"\b(?:das|pras|entre as) (?P<hour>\d{1,2})(?: e (?P<half>meia))?\b(?! ?/)"))
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
    """Every time of day that `plain` words name, in order. How long something lasts ("leva 2h", "24 horas antes") is none."""
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
    part = _PART_JUST_AFTER.match(words, match.end()) or _PART_JUST_BEFORE.search(words[: match.start()])
    if part:
        hours: tuple[int, ...] = (hour + 12 if hour in _LATER[part.group(1)] else hour,)
    else:
        hours = (hour, hour + 12) if hour in _LATER["tarde"] else (hour,)
    return tuple(time(h, minute) for h in hours if h < 24 and minute < 60)


def format_day(day: date) -> str:
    """For example "sexta-feira, 03/10/2025"."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def on_day(day: date) -> str:
    """For example "na sexta-feira, 03/10/2025", "no sábado, 04/10/2025"."""
    return f"{'no' if day.weekday() >= 5 else 'na'} {format_day(day)}"


def format_time(moment: time) -> str:
    """For example "10h" or "10h30"."""
    return f"{moment.hour}h{moment.minute:02d}" if moment.minute else f"{moment.hour}h"


def format_moment(moment: datetime) -> str:
    """A wall-clock moment, for example "03/10/2025 às 10h30"."""
    return f"{moment:%d/%m/%Y} às {format_time(moment.time())}"
