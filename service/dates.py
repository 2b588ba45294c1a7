"""Days and times as Brazilians write them, resolved on the server against the shop's own today.

Rules where words are ambiguous: a weekday is its next coming, today included only when it is said with "hoje"; a day without month is
the next such day, today included; a date without year is the next such date. Accents and case do not matter.
"""

import re
from calendar import monthrange
from datetime import date, time, timedelta

from service.clock import WEEKDAYS
from service.errors import BadRequest
from service.text import fold

MONTHS = (
    "janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip
_WEEKDAY = {"segunda": 0, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4, "sabado": 5, "domingo": 6}
_PARTS = {"manha": 0, "tarde": 12, "noite": 12}

_WEEKDAY_RE = re.compile(r"\b(segunda|terca|quarta|quinta|sexta|sabado|domingo)(?:[- ]?feira)?\b")
_DATES = (
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?\b"),
    re.compile(rf"\b(?:dia )?(?P<day>\d{{1,2}})[oº]? de (?P<name>{'|'.join(MONTHS)})(?: de (?P<year>\d{{4}}))?\b"),
    re.compile(r"\bdia (?P<day>\d{1,2})\b"),
)
_TIMES = (
    re.compile(r"\b(?P<hour>\d{1,2}):(?P<minute>\d{2})\b"),
    re.compile(r"\b(?P<hour>\d{1,2}) ?h(?:oras?)?(?: ?(?P<minute>\d{2})(?:min)?)?(?: ?(?P<half>e meia))?\b"),
    re.compile(r"\bas (?P<hour>\d{1,2})(?: e (?P<half>meia)| e (?P<minute>\d{2}))?\b(?! ?/)"),
    re.compile(r"\b(?P<hour>\d{1,2}) e (?P<half>meia)\b"),
    re.compile(r"\b(?P<hour>\d{1,2}) (?=da (?:manha|tarde|noite))"),
)


def find_day(text: str, today: date) -> date | None:
    """The day that a sentence names, or None. Raises BadRequest when it names an impossible or contradictory one."""
    words = fold(text)
    named = _WEEKDAY_RE.search(words)
    weekday = _WEEKDAY[named.group(1)] if named else None
    for pattern in _DATES:
        if found := pattern.search(words):
            day = _from_parts(found.groupdict(), today)
            if weekday is not None and day.weekday() != weekday:
                raise BadRequest(f"{day:%d/%m/%Y} é {WEEKDAYS[day.weekday()]}, não {WEEKDAYS[weekday]}. Qual dos dois?")
            return day
    if "depois de amanha" in words:
        return today + timedelta(days=2)
    # "amanhã de manhã": the part of the day is written like the end of "amanhã".
    if re.search(r"\bamanha\b", words):
        return today + timedelta(days=1)
    if re.search(r"\bhoje\b", words):
        return today
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return None


def _from_parts(parts: dict[str, str | None], today: date) -> date:
    day = int(parts["day"] or 0)
    name, month, year = parts.get("name"), parts.get("month"), parts.get("year")
    if year:
        number = MONTHS.index(name) + 1 if name else int(month or 0)
        return _date(int(year) + (2000 if len(year) == 2 else 0), number, day)
    if name or month:
        number = MONTHS.index(name) + 1 if name else int(month or 0)
        # Leap days come at most eight years apart.
        coming = (d for n in range(9) if (d := _possible(today.year + n, number, day)) and d >= today)
        return next(coming, None) or _date(today.year, number, day)
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
    words = fold(text)
    if re.search(r"\bmeio[- ]dia\b", words):
        return time(12, 30) if re.search(r"\bmeio[- ]dia e meia\b", words) else time(12)
    for pattern in _TIMES:
        if found := pattern.search(words):
            parts = found.groupdict()
            hour, minute = int(parts["hour"]), 30 if parts.get("half") else int(parts.get("minute") or 0)
            part = re.search(r"\b(?:da|de|a) (manha|tarde|noite)\b", words[found.start() :])
            if part and hour < 12:
                hour += _PARTS[part.group(1)]
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
