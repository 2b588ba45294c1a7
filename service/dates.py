"""Days and times as Brazilians write them, resolved on the server against the shop's own today.

Rules where words are ambiguous: a weekday is its next coming ("que vem" or not), today included only when it is said with "hoje", and
"da semana que vem" counts from next Monday; a day without month is the next such day, today included; a date without year is the next
such date. An hour is of the 24, unless "da tarde" or "da noite" fits it. Accents and case do not matter.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from service.clock import WEEKDAYS
from service.errors import BadRequest
from service.text import fold

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
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b"),
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


def find_day(text: str, today: date) -> date | None:
    """The day that a sentence names, or None. Raises BadRequest when it names an impossible or contradictory one."""
    words = fold(text).replace("primeiro", "1").replace("-feira", " feira")
    named = _WEEKDAY_RE.search(words)
    weekday = _WEEKDAY[named.group(1)] if named else None
    day = _dated(words, today)
    if day and weekday is not None and day.weekday() != weekday:
        raise BadRequest(f"{day:%d/%m/%Y} é {WEEKDAYS[day.weekday()]}, não {WEEKDAYS[weekday]}. Qual dos dois?")
    if day or weekday is None:
        return day
    if _NEXT_WEEK.search(words):
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


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
    found = _possible(year, month, day) if 1 <= year <= 9999 else None
    if found is None:
        raise BadRequest(f"A data {day:02d}/{month:02d}/{year} não existe. Qual é a data?")
    return found


def parse_day(text: str, today: date) -> date:
    """The day that a text means; raises BadRequest with a Portuguese sentence when it means none or contradicts itself."""
    day = find_day(text, today)
    if day is None:
        raise BadRequest(f'Não entendi o dia "{text}". Diga a data, por exemplo 03/10, ou "amanhã".')
    return day


def find_time(text: str) -> time | None:
    """The time of day that a sentence names, or None. Raises BadRequest when it names an impossible one."""
    words = re.sub(r"\bmeio[- ]dia\b", "12h", fold(text))
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
