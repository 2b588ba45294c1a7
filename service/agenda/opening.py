"""When a shop opens, in words: on each day of an ordinary week, on a single day, and on the days that are none of these. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby
from operator import itemgetter

from service.agenda import engine
from service.language.formatting import format_time, until_time
from service.platform import clock

CLOSED = "fechado"


@dataclass(frozen=True, slots=True)
class Unusual:
    """The days from `first` to `last`, both included, on which the shop does not keep its week's hours, and those that it keeps."""

    first: date
    last: date
    hours: str


def weekly_hours(rules: engine.Rules) -> dict[str, str]:
    """Return in words when the shop opens on each day of an ordinary week."""
    return {
        name: stretches_in_words([(h.opens_at, h.closes_at) for h in rules.hours if h.weekday == weekday])
        for weekday, name in enumerate(clock.WEEKDAYS, start=1)
    }


def hours_of_day(rules: engine.Rules, day: date) -> str:
    """Return in words when the shop opens on a day: "das 9h às 18h", "fechado"."""
    zone = rules.zone
    return stretches_in_words([(clock.local(a, zone).time(), clock.local(b, zone).time()) for a, b in engine.opening(rules, day)])


def unusual_days(rules: engine.Rules, reasons: Mapping[date, str], first: date, last: date) -> list[Unusual]:
    """Return the days on which the shop does not keep its week's hours; those in a row of which the same is to be said are one entry."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    runs = groupby(((day, _unusual(rules, reasons, day)) for day in days), key=itemgetter(1))
    return [_run([day for day, _ in run], words) for words, run in runs if words]


def _run(days: Sequence[date], words: str) -> Unusual:
    return Unusual(days[0], days[-1], words)


def _unusual(rules: engine.Rules, reasons: Mapping[date, str], day: date) -> str | None:
    reason = engine.closed_for(rules, day)
    if reason is None and day not in rules.special:
        return None
    reason = reason or reasons.get(day)
    return f"{hours_of_day(rules, day)}{f' ({reason})' if reason else ''}"


def stretches_in_words(stretches: Sequence[tuple[time, time]]) -> str:
    """Write when something is open: "das 9h às 12h e das 14h às 18h"; "fechado" where it never is."""
    words = [f"das {format_time(opens)} {until_time(closes)}" for opens, closes in sorted(stretches)]
    return " e ".join(words) or CLOSED
