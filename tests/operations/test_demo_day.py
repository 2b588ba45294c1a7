"""The living day of the demo shop: whole at whatever hour of whatever day it is made, once, and true to the shop's own rules."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg.rows import dict_row

from service.agenda import holidays
from service.operations import migrations
from service.outreach.queries import due
from service.platform import clock
from service.platform.database import Database
from service.shop import board

ZONE = "America/Sao_Paulo"
HOURS = (time(0, 5), time(6), time(8, 59), time(11, 45), time(13, 30), time(15, 29), time(18), time(21, 15), time(23, 59))
BEFORE = {"received", "confirmed", "scheduled", "cancelled"}
TODAY = """
select b.*, k.name as customer, case
  when status in ('scheduled', 'confirmed') and received_at is not null then 'received'
  when status = 'in_progress' and ready_at is not null then 'ready' else status end as step
from bookings b join contacts k on k.id = b.contact_id
where (starts_at at time zone 'America/Sao_Paulo')::date = %s
"""

COUNTED = """
select (select count(*) from escalations where closed_at is null) as waiting, (select count(*) from messages) as messages,
  (select count(*) from pet_treatments where due_on < current_date - 1) as overdue,
  (select count(*) from pet_treatments where due_on >= current_date - 1) as due,
  (select string_agg(c.id::text, ' ') from conversations c where not exists (
    select from messages m where m.conversation_id = c.id)) as silent
"""


@pytest.fixture
def conn(database_url: str) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    with psycopg.connect(database_url, row_factory=dict_row) as connection:
        yield connection


def days() -> list[date]:
    """Return a week from today on, and the next holidays of either kind: at a fixed date, and one that moves with Easter."""
    today = clock.local(clock.now(), ZONE).date()
    coming = holidays.between("SP", today + timedelta(days=7), today + timedelta(days=800))
    named = {name: day for day, name in reversed(coming.items())}
    return [*(today + timedelta(days=n) for n in range(7)), named["Natal"], named["Sexta-feira Santa"]]


def test_every_hour_of_every_day_has_all_steps(conn: psycopg.Connection[dict[str, Any]]) -> None:
    for day in days():
        for hour in HOURS:
            now = datetime.combine(day, hour, ZoneInfo(ZONE))
            with conn.transaction(force_rollback=True):
                migrations.write_demo_day(conn, now)  # type: ignore[arg-type]
                rows = conn.execute(TODAY, [day]).fetchall()
                steps = {row["step"] for row in rows}
                assert steps == {"completed", "in_progress", "ready", "received", "confirmed", "scheduled", "cancelled", "no_show"}, now
                if time(11, 30) <= hour < time(21):
                    begun = {row["step"] for row in rows if row["starts_at"] > now}
                    assert begun <= BEFORE, f"{now}: nothing begins before its time"
                noted = [row[key] for row in rows for key in ("received_at", "ready_at", "delivered_at") if row[key]]
                assert max(noted) <= now, "nobody notes what is to come"
                for row in rows:
                    stages = [row[key] for key in ("received_at", "ready_at", "delivered_at") if row[key]]
                    assert stages == sorted(stages)
                    assert clock.local(row["starts_at"], ZONE).time() >= time(9)
                    assert time(10) <= clock.local(row["ends_at"], ZONE).time() <= time(23, 30)
                (later,) = conn.execute("select min(starts_at) as at from bookings where starts_at > %s", [max(r["ends_at"] for r in rows)])
                assert later["at"].astimezone(ZoneInfo(ZONE)).date() not in holidays.of_year("SP", later["at"].year)
                assert later["at"].astimezone(ZoneInfo(ZONE)).weekday() < 6


async def test_the_first_look_finds_a_living_shop(database_url: str, db: Database, organization_id: UUID) -> None:
    for _ in range(2):
        migrations.apply_demo_day(database_url)
    shown = await board.day(db, organization_id)
    assert len(shown.bookings) == 14
    assert shown.closed_for is None
    opens, closes = shown.opening[0].opens_at, shown.opening[-1].closes_at
    assert all(opens <= b.starts_at and b.ends_at <= closes for b in shown.bookings)
    (package,) = [b.package for b in shown.bookings if b.package]
    assert package.left == 1
    assert any(b.pickup for b in shown.bookings)

    ((counted,),) = await db.system((COUNTED, {}))
    assert counted["waiting"] == 1
    assert counted["messages"] == 35
    assert counted["overdue"] >= 2
    assert counted["due"] >= 3
    assert counted["silent"] is None


async def test_nobody_who_was_asked_how_it_went_is_asked_again(database_url: str, db: Database) -> None:
    migrations.apply_demo_day(database_url)
    now = clock.now()
    assert await due.follow_ups(db, now) == []
    assert await due.no_shows(db, now) == []
    # What is due to be said in the first minutes reaches the simulator: no team is told of customers who could not be.
    for row in [*await due.reminders(db, now), *await due.treatments(db, now)]:
        query = "select i.channel from conversations c join whatsapp_instances i on i.id = c.instance_id where c.contact_id = %(id)s"
        assert (await db.system((query, {"id": row.contact_id})))[0] == [{"channel": "simulator"}]


async def test_a_shop_that_lives_already_is_left_alone(database_url: str, db: Database, organization_id: UUID) -> None:
    booked = """
        insert into bookings (organization_id, contact_id, service_id, resource_id, starts_at, ends_at, price_cents)
        select o.id, (select id from contacts limit 1), (select id from services limit 1), (select id from resources limit 1),
          now() + interval '1 hour', now() + interval '2 hours', 1 from organizations o returning id"""
    await db.system((booked, {}))
    migrations.apply_demo_day(database_url)
    assert (await db.system(("select count(*) as n from conversations", {})))[0] == [{"n": 0}]
