"""Count the shop's figures. Each function is one statement, so that all of its numbers are of the same moment.

A booking belongs to the day of the shop's calendar on which it starts (`starts_at` in the shop's zone). Money is integer cents.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import LiteralString
from uuid import UUID

from service.language.periods import Period
from service.platform.clock import day_bounds, local
from service.platform.database import Database


@dataclass(frozen=True)
class ServiceFigures:
    """One service in a period: its completed bookings, and the sum of their prices in cents."""

    service: str
    count: int
    revenue_cents: int


@dataclass(frozen=True)
class Summary:
    """A period's figures beside those of the period before.

    bookings_by_status: bookings that start in the period, counted by status; a status without bookings is absent.
    by_service: services with completed bookings, the most frequent first.
    clients_served: distinct contacts with at least one completed booking in the period; two visits or two pets count once.
    revenue_cents: sum of `price_cents` of the completed bookings that start in the period (revenue by date of service, not of payment).
    previous_clients_served, previous_revenue_cents: the same two metrics in the period before.
    """

    bookings_by_status: dict[str, int]
    by_service: list[ServiceFigures]
    clients_served: int
    revenue_cents: int
    previous_clients_served: int
    previous_revenue_cents: int


@dataclass(frozen=True)
class InactiveClient:
    """A customer who stopped coming. `last_visit` is the shop's date of the last completed booking, `days` the days since."""

    name: str | None
    phone: str | None
    pets: list[str]
    last_visit: date
    days: int


_SUMMARY: LiteralString = """
with chosen as (
  select b.contact_id, b.service_id, b.status, b.price_cents, b.status = 'completed' as completed,
    b.starts_at >= %(start)s as asked, b.starts_at < %(previous_finish)s as previous
  from bookings b
  where b.organization_id = %(organization_id)s and b.starts_at >= %(previous_start)s and b.starts_at < %(finish)s
), statuses as (
  select status, count(*) as n from chosen where asked group by status
), done as (
  select v.name, count(*) as n, sum(t.price_cents) as revenue
  from chosen t
  join services v on v.id = t.service_id
  where t.asked and t.completed
  group by v.id, v.name
)
select
  (select coalesce(jsonb_object_agg(status, n), '{}') from statuses) as bookings_by_status,
  (select coalesce(jsonb_agg(
      jsonb_build_object('service', name, 'count', n, 'revenue_cents', revenue) order by n desc, revenue desc, name), '[]')
    from done) as by_service,
  count(distinct contact_id) filter (where asked and completed) as clients_served,
  coalesce(sum(price_cents) filter (where asked and completed), 0) as revenue_cents,
  count(distinct contact_id) filter (where previous and completed) as previous_clients_served,
  coalesce(sum(price_cents) filter (where previous and completed), 0) as previous_revenue_cents
from chosen
"""

_TOP_SERVICES: LiteralString = """
select v.name as service, count(*) as count, sum(b.price_cents) as revenue_cents
from bookings b join services v on v.id = b.service_id
where b.organization_id = %(organization_id)s and b.status = 'completed' and b.starts_at >= %(start)s and b.starts_at < %(finish)s
group by v.id, v.name
order by count desc, revenue_cents desc, v.name
limit %(limit)s
"""

_INACTIVE: LiteralString = """
with visits as (
  select b.contact_id, max(b.starts_at) as last_visit from bookings b
  where b.organization_id = %(organization_id)s and b.status = 'completed'
  group by b.contact_id
  having max(b.starts_at) < %(cutoff)s
)
select k.name, k.phone, v.last_visit, count(*) over () as total,
  array(select p.name from pets p where p.contact_id = k.id order by p.created_at, p.name) as pets
from visits v join contacts k on k.id = v.contact_id
where exists (select from contact_identities n where n.contact_id = k.id and n.superseded_at is null) and not exists (
  select from bookings f
  where f.contact_id = k.id and f.starts_at >= %(today)s and f.status in ('scheduled', 'confirmed', 'in_progress'))
order by v.last_visit, k.name, k.id
limit %(limit)s
"""


async def summary(db: Database, organization_id: UUID, period: Period, previous: Period, zone: str) -> Summary:
    """Count the figures of a period and of an earlier one; `Summary` defines each metric.

    `previous` must end before `period` begins, as `periods.before` has it; days between the two count in neither. `zone` is the shop's.
    """
    start, finish = day_bounds(period.first, period.last, zone)
    previous_start, previous_finish = day_bounds(previous.first, previous.last, zone)
    bounds = {"start": start, "finish": finish, "previous_start": previous_start, "previous_finish": previous_finish}
    row = (await db.run(organization_id, (_SUMMARY, {"organization_id": organization_id, **bounds})))[0][0]
    return Summary(**{**row, "by_service": [ServiceFigures(**service) for service in row["by_service"]]})


async def top_services(db: Database, organization_id: UUID, period: Period, zone: str, *, limit: int) -> list[ServiceFigures]:
    """List the services most often completed in a period: by count, then revenue, then name; services never completed are left out."""
    start, finish = day_bounds(period.first, period.last, zone)
    params = {"organization_id": organization_id, "start": start, "finish": finish, "limit": limit}
    return [ServiceFigures(**row) for row in (await db.run(organization_id, (_TOP_SERVICES, params)))[0]]


async def inactive_clients(
    db: Database, organization_id: UUID, *, days: int, now: datetime, zone: str, limit: int
) -> tuple[list[InactiveClient], int]:
    """List customers who stopped coming, the longest away first, and how many there are beyond `limit`'s cut.

    A customer is inactive who has at least one completed booking, the last of them on a shop's day more than `days` days before that of
    `now`, and no open booking (scheduled, confirmed or in progress) from that day's beginning on.
    """
    today = local(now, zone).date()
    bounds = {"cutoff": day_bounds(today - timedelta(days=days), today, zone)[0], "today": day_bounds(today, today, zone)[0]}
    rows = (await db.run(organization_id, (_INACTIVE, {"organization_id": organization_id, "limit": limit, **bounds})))[0]
    clients = [
        InactiveClient(row["name"], row["phone"], row["pets"], visit := local(row["last_visit"], zone).date(), (today - visit).days)
        for row in rows
    ]
    return clients, rows[0]["total"] if rows else 0
