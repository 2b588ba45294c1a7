"""The agenda as rows: the shop's rules, who is taken, and the bookings themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, LiteralString
from uuid import UUID

from psycopg.errors import DeadlockDetected, ExclusionViolation
from psycopg.types.json import Jsonb

from service import clock, public_holidays
from service.agenda import Agenda, Closure, Hours, Plan, Resource, Rules, Task
from service.db.catalog import SERVICE
from service.db.effects import FENCE, JOURNAL, JOURNAL_COLUMNS, Effect, journal_params, result_of
from service.db.pool import Database, Row

_RULES: LiteralString = (
    """
select jsonb_build_object(
  'zone', o.timezone, 'state', o.state,
  'lead_minutes', coalesce(s.lead_time_minutes, 0), 'step_minutes', coalesce(s.slot_step_minutes, 30),
  'horizon_days', coalesce(s.horizon_days, 180), 'closes_on_holidays', coalesce(s.closes_on_holidays, true),
  'hours', (select coalesce(jsonb_agg(jsonb_build_array(h.weekday, h.opens_at, h.closes_at)), '[]') from business_hours h where h.organization_id = o.id),
  'closures', (select coalesce(jsonb_agg(jsonb_build_array(x.starts_on, x.ends_on, x.reason)), '[]') from closures x
    where x.organization_id = o.id and x.ends_on >= %(first)s and x.starts_on <= %(last)s),
  'special', (select coalesce(jsonb_agg(jsonb_build_array(x.day, x.opens_at, x.closes_at)), '[]') from special_hours x
    where x.organization_id = o.id and x.day between %(first)s and %(last)s),
  'resources', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'hours', (
      select coalesce(jsonb_agg(jsonb_build_array(h.weekday, h.starts_at, h.ends_at)), '[]') from resource_hours h where h.resource_id = r.id))), '[]')
    from resources r where r.organization_id = o.id and r.is_active),
  'services', (select coalesce(jsonb_object_agg(v.id, """
    + SERVICE
    + """ || jsonb_build_object(
      'resources', (select coalesce(jsonb_agg(jsonb_build_array(sr.need, sr.resource_id)), '[]') from service_resources sr where sr.service_id = v.id))), '{}')
    from services v where v.organization_id = o.id and v.is_active)
) as doc
from organizations o left join organization_settings s on s.organization_id = o.id where o.id = patas.organization_id()
"""
)

_BUSY: LiteralString = """
select a.resource_id, a.starts_at, a.ends_at from allocations a
where a.organization_id = patas.organization_id() and a.starts_at < %(until)s and a.ends_at > %(since)s
  and (a.expires_at is null or a.expires_at > now())
union all
select x.resource_id, x.starts_at, x.ends_at from resource_absences x
where x.organization_id = patas.organization_id() and x.starts_at < %(until)s and x.ends_at > %(since)s
"""

# The exclusion constraint refuses an overlap; the same pet, service and start again is the same booking, not a second one.
_BOOK: LiteralString = (
    """
with """
    + FENCE
    + """, booking as (
  insert into bookings (organization_id, contact_id, pet_id, service_id, resource_id, also_resource_ids, conversation_id, starts_at, ends_at, price_cents)
  select patas.organization_id(), p.contact_id, p.id, s.id, %(resource_id)s, %(also)s, %(conversation_id)s, %(starts_at)s, %(ends_at)s, %(price_cents)s
  from fence, pets p, services s
  where p.id = %(pet_id)s and p.contact_id = %(contact_id)s and s.id = %(service_id)s and s.is_active
    and not exists (select from bookings b where b.pet_id = p.id and b.service_id = s.id and b.starts_at = %(starts_at)s
      and b.status in ('scheduled', 'confirmed'))
  returning id
), effect as (
  """
    + JOURNAL
    + " select "
    + JOURNAL_COLUMNS
    + """, %(result)s from booking
  returning result
)
select exists (select from fence) as open, (select result from effect) as result
"""
)

_ACTOR: LiteralString = "select set_config('patas.actor', %(actor)s, true)"

_SAME: LiteralString = """
select r.name as professional from bookings b join resources r on r.id = b.resource_id
where b.pet_id = %(pet_id)s and b.contact_id = %(contact_id)s and b.service_id = %(service_id)s and b.starts_at = %(starts_at)s
  and b.status in ('scheduled', 'confirmed')
"""

_APPOINTMENTS: LiteralString = """
select p.name as pet, s.name as service, b.starts_at, b.status, b.price_cents, r.name as professional
from bookings b join services s on s.id = b.service_id join resources r on r.id = b.resource_id left join pets p on p.id = b.pet_id
where b.contact_id = %(contact_id)s and b.status in ('scheduled', 'confirmed', 'in_progress') and b.ends_at > now()
order by b.starts_at
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The shop's agenda over some days, and what each of its services takes."""

    agenda: Agenda
    services: Mapping[UUID, Mapping[str, Any]]

    def task(self, service_id: UUID, pet: UUID | str = "", *, nights: int = 0) -> Task:
        """The service as a task of the engine, for a pet where one is known."""
        terms = self.services[service_id]
        needs: dict[int, set[UUID]] = {}
        for need, resource in terms["resources"]:
            needs.setdefault(need, set()).add(UUID(resource))
        return Task(
            pet=pet,
            needs=tuple(frozenset(needs[need]) for need in sorted(needs)),
            duration=timedelta(minutes=terms["duration_minutes"]),
            before=timedelta(minutes=terms["before"]),
            after=timedelta(minutes=terms["after"]),
            unit=terms["unit"],
            nights=nights,
            check_in=time.fromisoformat(terms["check_in"]),
            check_out=time.fromisoformat(terms["check_out"]),
        )


async def load(db: Database, organization_id: UUID, zone: str, first: date, last: date) -> Loaded:
    """The agenda of a shop from one of its days to another, both included. One round trip."""
    since, until = clock.day_bounds(first, last, zone)
    rules, busy = await db.run(organization_id, (_RULES, {"first": first, "last": last}), (_BUSY, {"since": since, "until": until}))
    doc = rules[0]["doc"]
    resources = [Resource(UUID(r["id"]), r["name"], _hours(r["hours"])) for r in doc["resources"]]
    agenda = Agenda(_rules(doc, first, last), resources, [(row["resource_id"], row["starts_at"], row["ends_at"]) for row in busy])
    return Loaded(agenda, {UUID(key): terms for key, terms in doc["services"].items()})


def _rules(doc: Mapping[str, Any], first: date, last: date) -> Rules:
    special: dict[date, list[tuple[time, time]]] = {}
    for day, opens, closes in doc["special"]:
        stretches = special.setdefault(date.fromisoformat(day), [])
        if opens:
            stretches.append((time.fromisoformat(opens), time.fromisoformat(closes)))
    return Rules(
        zone=doc["zone"],
        hours=_hours(doc["hours"]),
        closures=tuple(Closure(date.fromisoformat(a), date.fromisoformat(b), reason) for a, b, reason in doc["closures"]),
        special={day: tuple(stretches) for day, stretches in special.items()},
        holidays=public_holidays.between(doc["state"], first, last) if doc["closes_on_holidays"] else {},
        lead_minutes=doc["lead_minutes"],
        step_minutes=doc["step_minutes"],
        horizon_days=doc["horizon_days"],
    )


def _hours(rows: Sequence[Sequence[Any]]) -> tuple[Hours, ...]:
    return tuple(Hours(weekday, time.fromisoformat(opens), time.fromisoformat(closes)) for weekday, opens, closes in rows)


async def book(
    db: Database, organization_id: UUID, effect: Effect, *, contact_id: UUID, pet_id: UUID, service_id: UUID, plan: Plan, price_cents: int,
    result: dict[str, Any],
) -> dict[str, Any] | None:  # fmt: skip
    """Book what a plan of the engine says, and journal `result`. One round trip.

    Returns the journaled result, or None when somebody was quicker or the booking is there already. Raises Overtaken.
    """
    (placed,) = plan
    params = {
        **journal_params(effect), "conversation_id": effect.conversation_id, "contact_id": contact_id, "pet_id": pet_id,
        "service_id": service_id, "resource_id": placed.resources[0], "also": list(placed.resources[1:]),
        "starts_at": placed.start, "ends_at": placed.end, "price_cents": price_cents, "result": Jsonb(result),
    }  # fmt: skip
    try:
        _, rows = await db.run(organization_id, (_ACTOR, {"actor": "client_agent"}), (_BOOK, params))
    except (ExclusionViolation, DeadlockDetected):
        return None
    return result_of(rows[0])


async def same_booking(
    db: Database, organization_id: UUID, *, contact_id: UUID, pet_id: UUID, service_id: UUID, starts_at: datetime
) -> Row | None:
    """The customer's own booking of exactly this, if it exists."""
    params = {"contact_id": contact_id, "pet_id": pet_id, "service_id": service_id, "starts_at": starts_at}
    rows = (await db.run(organization_id, (_SAME, params)))[0]
    return rows[0] if rows else None


async def appointments(db: Database, organization_id: UUID, contact_id: UUID) -> list[Row]:
    """A customer's coming appointments, soonest first."""
    return (await db.run(organization_id, (_APPOINTMENTS, {"contact_id": contact_id})))[0]
