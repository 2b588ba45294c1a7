"""Days relative to today inside a dialogue's texts and values, so that no dialogue ever grows old.

${today}  ${yesterday}  ${tomorrow}  ${friday}      a weekday is its next coming, today excluded
${friday+7d}  ${today-3y}                           days or whole years away from it
${friday 15:00}                                     an instant of the shop's wall clock, ISO 8601 with offset
${friday|br}  ${friday|short}  ${friday|words}      03/10/2025, 03/10, sexta-feira, 03/10/2025; otherwise 2025-10-03
${friday|day}                                       3
${holiday}  ${holiday|name}                         the next public holiday of the demo shop on a weekday, after the coming week; Natal
"""

import re
from datetime import date, time, timedelta
from typing import Any

from service.agenda import holidays
from service.language.formatting import format_day
from service.platform import clock

STATE = "SP"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_DAY = re.compile(
    rf"\$\{{(?P<day>today|yesterday|tomorrow|holiday|{'|'.join(WEEKDAYS)})"
    r"(?P<shift>[+-]\d+[dy])?(?: (?P<time>\d\d:\d\d))?(?:\|(?P<form>br|short|words|day|name))?\}"
)
_FORMS = {"br": "{:%d/%m/%Y}", "short": "{:%d/%m}", "day": "{0.day}"}


def fill(value: Any, today: date, zone: str) -> Any:
    """Fill every day into a text, list or mapping. `today` is the shop's date, `zone` its IANA time zone."""
    if isinstance(value, str):
        return _DAY.sub(lambda found: _written(found, today, zone), value)
    if isinstance(value, list):
        return [fill(item, today, zone) for item in value]
    if isinstance(value, dict):
        return {key: fill(item, today, zone) for key, item in value.items()}
    return value


def _written(found: re.Match[str], today: date, zone: str) -> str:
    day = _shifted(_named(found["day"], today), found["shift"])
    if found["time"]:
        return clock.local(clock.at(day, time.fromisoformat(found["time"]), zone), zone).isoformat()
    if found["form"] == "words":
        return format_day(day)
    if found["form"] == "name":
        return holidays.of_year(STATE, day.year).get(day, found[0])
    return _FORMS[found["form"]].format(day) if found["form"] else day.isoformat()


def _named(name: str, today: date) -> date:
    if name in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS.index(name) - today.weekday() - 1) % 7 + 1)
    if name == "holiday":
        ahead = holidays.between(STATE, today + timedelta(days=8), today + timedelta(days=365))
        return min(day for day in ahead if day.weekday() < 5)
    return today + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[name])


def _shifted(day: date, shift: str | None) -> date:
    if shift is None:
        return day
    count = int(shift[:-1])
    if shift.endswith("d"):
        return day + timedelta(days=count)
    return day.replace(year=day.year + count, day=min(day.day, 28) if day.month == 2 else day.day)
