"""Many at once for the same times: no overlap, no deadlock, and whoever loses gets times that are really free."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.errors import ExclusionViolation

from service.platform import clock
from service.platform.database import Database, opened
from service.platform.settings import Settings
from tests.conftest import DEMO_SHOP
from tests.kit.customers import ZONE, Customer, customer

AT_ONCE = 200

OVERLAPS = """
select count(*) as n from allocations a join allocations b on a.resource_id = b.resource_id and a.id < b.id
  and tstzrange(a.starts_at, a.ends_at, '[)') && tstzrange(b.starts_at, b.ends_at, '[)')
"""
# Every booking that stands occupies exactly its resources, and nothing else occupies anything.
UNBACKED = """
select count(*) as n from (
  select b.id, r from bookings b, unnest(array[b.resource_id] || b.also_resource_ids) r where b.status not in ('cancelled', 'no_show')
  except select a.booking_id, a.resource_id from allocations a where a.proposal_id is null
) missing
"""


def monday() -> date:
    """Return a Monday that is no holiday, two weeks or more away."""
    today = clock.local(clock.now(), ZONE).date()
    return today + timedelta(days=21 - today.weekday())


@pytest.fixture
async def wide(settings: Settings) -> AsyncIterator[Database]:
    async with opened(settings.database_url or "", size=20) as database:
        yield database


async def test_two_hundred_at_once_for_overlapping_times(wide: Database) -> None:
    day = monday()
    people = [await customer(wide, DEMO_SHOP, "Rex", *(["Mel"] if n % 5 == 0 else [])) for n in range(AT_ONCE)]

    async def books(number: int, who: Customer) -> dict[str, Any]:
        service, hour = ("Tosa", "Banho", "Banho", "Consulta")[number % 4], f"{9 + number % 3}:{'30' if number % 2 else '00'}"
        if number % 5 == 0:
            # A visit of two: the proposal holds both or none.
            await who.says(f"quero {service} pro Rex e pra Mel na segunda {day:%d/%m} às {hour}")
            return await who.call(
                "book_appointment", pet_name="Rex e Mel", service_type=service, preferred_date=day.isoformat(), preferred_time=hour
            )
        await who.says(f"marca {service} pro Rex segunda, {day:%d/%m}, às {hour}")
        return await who.call("book_appointment", pet_name="Rex", service_type=service, preferred_date=day.isoformat(), preferred_time=hour)

    answers = await asyncio.gather(*(books(n, who) for n, who in enumerate(people)))
    won = [a for a in answers if a["success"]]
    held = [a for a in answers if a.get("awaiting_confirmation")]
    lost = [a for a in answers if not a["success"] and not a.get("awaiting_confirmation")]
    assert len(won) + len(held) + len(lost) == AT_ONCE
    assert won
    assert held
    assert (await wide.system((OVERLAPS, {}), (UNBACKED, {}))) == [[{"n": 0}], [{"n": 0}]]
    made = (await wide.system(("select count(*) as n from bookings where conversation_id is not null", {})))[0][0]["n"]
    assert made == len(won)
    holds = (await wide.system(("select proposal_id, count(*) as n from allocations where proposal_id is not null group by 1", {})))[0]
    assert Counter(row["n"] for row in holds) == {2: len(held)}
    # What a loser was offered at the end of the rush can be had.
    await takes_an_alternative(wide, [a for a in lost if a["alternatives"]][-1])
    assert all(a["alternatives"] for a in lost)


async def takes_an_alternative(db: Database, refused: dict[str, Any]) -> None:
    offered: dict[str, str] = refused["alternatives"][0]
    late = await customer(db, DEMO_SHOP, "Bidu")
    service = str(refused["service"])
    free = await late.call("check_availability", service_type=service, preferred_date=offered["date"])
    moment = offered["time"] if offered["time"] in free.get("slots", []) else free["slots"][0]
    await late.says(f"marca {service} pro Bidu dia {date.fromisoformat(offered['date']):%d/%m} às {moment}")
    answer = await late.call(
        "book_appointment", pet_name="Bidu", service_type=service, preferred_date=offered["date"], preferred_time=moment
    )
    assert answer["success"], answer


@pytest.mark.parametrize("how", ["bookings", "allocations"])
def test_the_database_itself_refuses_an_overlap(settings: Settings, how: str) -> None:
    """By raw SQL, in either table; a cancelled booking is no overlap."""
    copy = {
        "bookings": "insert into bookings (organization_id, contact_id, service_id, resource_id, starts_at, ends_at, price_cents, status) "
        "select organization_id, contact_id, service_id, resource_id, starts_at + interval '1 minute', ends_at, price_cents, %s "
        "from (select * from bookings where status = 'completed' limit 1) b",
        "allocations": "insert into allocations (organization_id, resource_id, booking_id, starts_at, ends_at) "
        "select organization_id, resource_id, gen_random_uuid(), starts_at + interval '1 minute', ends_at "
        "from (select * from allocations limit 1) a where %s = 'scheduled'",
    }[how]
    with psycopg.connect(settings.database_url or "", autocommit=True) as conn:
        with pytest.raises(ExclusionViolation):
            conn.execute(copy.encode(), ("scheduled",))
        conn.execute(copy.encode(), ("cancelled",))


def test_a_second_resource_is_occupied_too(settings: Settings) -> None:
    """A tub that a bath needs beside its groomer can't be taken by another booking's groomer row either."""
    with psycopg.connect(settings.database_url or "", autocommit=True) as conn:
        tub = conn.execute(
            "insert into resources (organization_id, name, kind) values (%s, 'Banheira', 'tub') returning id", [DEMO_SHOP]
        ).fetchone()
        assert tub
        one, two = conn.execute(
            "select id from resources where organization_id = %s and kind = 'groomer' order by name", [DEMO_SHOP]
        ).fetchall()
        book = """
            insert into bookings (organization_id, contact_id, service_id, resource_id, also_resource_ids, starts_at, ends_at, price_cents)
            select %s, (select id from contacts limit 1), (select id from services where name = 'Banho'), %s, array[%s::uuid],
              %s, %s, 1"""
        start = datetime.fromisoformat("2031-05-05T14:00:00+00:00")
        conn.execute(book, [DEMO_SHOP, one[0], tub[0], start, start + timedelta(hours=1)])
        with pytest.raises(ExclusionViolation):
            conn.execute(book, [DEMO_SHOP, two[0], tub[0], start + timedelta(minutes=30), start + timedelta(minutes=90)])
