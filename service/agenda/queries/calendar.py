"""When a shop takes bookings, as one JSON document, and the rules that it stands for."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, LiteralString

from service.agenda import holidays
from service.agenda.engine import Closure, Hours, Rules
from service.platform import clock

# Expects the aliases `o` for the organization and `s` for its settings, and the days `first` and `last`.
CALENDAR: LiteralString = """
jsonb_build_object('zone', o.zone, 'state', o.state,
  'lead_minutes', coalesce(s.lead_time_minutes, 0), 'step_minutes', coalesce(s.slot_step_minutes, 30),
  'horizon_days', coalesce(s.horizon_days, 180), 'closes_on_holidays', coalesce(s.closes_on_holidays, true),
  'hours', (select coalesce(jsonb_agg(jsonb_build_array(h.weekday, h.opens_at, h.closes_at)), '[]')
    from business_hours h
    where h.organization_id = o.id),
  'closures', (select coalesce(jsonb_agg(jsonb_build_array(x.starts_on, x.ends_on, x.reason) order by x.starts_on), '[]')
    from closures x
    where x.organization_id = o.id and x.ends_on >= %(first)s and x.starts_on <= %(last)s),
  'special', (select coalesce(jsonb_agg(jsonb_build_array(x.day, x.opens_at, x.closes_at, x.reason)), '[]')
    from special_hours x
    where x.organization_id = o.id and x.day between %(first)s and %(last)s))
"""


def rules_of(doc: Mapping[str, Any], first: date, last: date) -> Rules:
    """Read the rules of a `CALENDAR`, complete for the days from `first` to `last`."""
    special: dict[date, list[tuple[time, time]]] = {}
    for day, opens, closes, _ in doc["special"]:
        stretches = special.setdefault(date.fromisoformat(day), [])
        if opens:
            stretches.append((time.fromisoformat(opens), clock.read_end(closes)))
    return Rules(
        zone=doc["zone"],
        hours=hours_of(doc["hours"]),
        closures=tuple(Closure(date.fromisoformat(a), date.fromisoformat(b), reason) for a, b, reason in doc["closures"]),
        special={day: tuple(stretches) for day, stretches in special.items()},
        holidays=holidays.between(doc["state"], first, last) if doc["closes_on_holidays"] else {},
        lead_minutes=doc["lead_minutes"],
        step_minutes=doc["step_minutes"],
        horizon_days=doc["horizon_days"],
    )


def hours_of(rows: Sequence[Sequence[Any]]) -> tuple[Hours, ...]:
    """Read weekday, beginning and end of each stretch."""
    return tuple(Hours(weekday, time.fromisoformat(opens), clock.read_end(closes)) for weekday, opens, closes in rows)
