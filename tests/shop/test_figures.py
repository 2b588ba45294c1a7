"""The shop's figures against a plain count over the same bookings."""

import random
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from service.language.periods import Period, before, resolve
from service.platform.database import Database
from service.shop.queries import figures as analytics
from service.shop.queries.figures import InactiveClient, ServiceFigures, Summary
from tests.kit.figures import Shop

STATUSES = ["scheduled", "confirmed", "in_progress", "completed", "completed", "completed", "cancelled", "no_show"]
TODAY = date(2025, 10, 15)
ZONES = ["America/Sao_Paulo", "America/Noronha", "Asia/Tokyo"]


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def now_in(zone: str, day: date = TODAY, hour: int = 12) -> datetime:
    return at(day, hour).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize("zone", ZONES)
async def test_a_summary_equals_a_count_by_hand(db: Database, zone: str) -> None:
    rng = random.Random(zone)
    shop = await Shop(db, zone).open()
    services = {await shop.service(name): name for name in ("Banho", "Tosa", "Consulta")}
    contacts = [await shop.contact() for _ in range(6)]
    bookings = []
    for _ in range(90):
        day, hour = TODAY - timedelta(days=rng.randrange(45)), rng.choice([0, 9, 23])
        row = (
            rng.choice(contacts),
            rng.choice(list(services)),
            at(day, hour, rng.choice([0, 59])),
            rng.choice(STATUSES),
            rng.randrange(20000),
        )
        await shop.booking(*row)
        bookings.append(row)

    for period in [
        *(resolve(name, TODAY) for name in ("today", "yesterday", "week", "month")),
        resolve("de 2025-09-05 a 2025-10-09", TODAY),
    ]:
        found = await analytics.summary(db, shop.id, period, before(period), zone)
        assert found == counted(bookings, services, period)
        top = await analytics.top_services(db, shop.id, period, zone, limit=2)
        assert top == found.by_service[:2]


def counted(bookings: list[tuple[UUID, UUID, datetime, str, int]], services: dict[UUID, str], period: Period) -> Summary:
    """Compute the definition in Python, on the shop's wall clock."""

    def within(of: Period) -> list[tuple[UUID, UUID, datetime, str, int]]:
        return [b for b in bookings if of.first <= b[2].date() <= of.last]

    asked, previous = within(period), within(before(period))
    done, done_before = ([b for b in rows if b[3] == "completed"] for rows in (asked, previous))
    by_service: dict[str, list[int]] = defaultdict(list)
    for booking in done:
        by_service[services[booking[1]]].append(booking[4])
    figures = [ServiceFigures(name, len(prices), sum(prices)) for name, prices in by_service.items()]
    return Summary(
        bookings_by_status=dict(Counter(b[3] for b in asked)),
        by_service=sorted(figures, key=lambda f: (-f.count, -f.revenue_cents, f.service)),
        clients_served=len({b[0] for b in done}),
        revenue_cents=sum(b[4] for b in done),
        previous_clients_served=len({b[0] for b in done_before}),
        previous_revenue_cents=sum(b[4] for b in done_before),
    )


async def test_a_day_begins_and_ends_at_the_shops_midnight(db: Database) -> None:
    shop = await Shop(db, "America/Sao_Paulo").open()
    bath = await shop.service("Banho")
    for start, price in [
        (at(TODAY - timedelta(days=1), 23, 59), 1),
        (at(TODAY, 0, 0), 10),
        (at(TODAY, 23, 59), 100),
        (at(TODAY + timedelta(days=1), 0, 0), 1000),
    ]:
        await shop.booking(await shop.contact(), bath, start, price_cents=price)

    today = resolve("today", TODAY)
    found = await analytics.summary(db, shop.id, today, before(today), shop.zone)

    assert (found.clients_served, found.revenue_cents) == (2, 110)
    assert await analytics.top_services(db, shop.id, today, shop.zone, limit=5) == [ServiceFigures("Banho", 2, 110)]
    assert (found.previous_clients_served, found.previous_revenue_cents) == (1, 1)


async def test_a_client_with_two_pets_is_served_once(db: Database) -> None:
    shop = await Shop(db, "America/Sao_Paulo").open()
    bath, contact = await shop.service("Banho"), await shop.contact()
    await shop.booking(contact, bath, at(TODAY, 9))
    await shop.booking(contact, bath, at(TODAY, 10))

    today = resolve("today", TODAY)
    found = await analytics.summary(db, shop.id, today, before(today), shop.zone)

    assert found.clients_served == 1
    assert found.by_service == [ServiceFigures("Banho", 2, 10000)]


async def test_an_empty_shop_has_zeros(db: Database) -> None:
    shop = await Shop(db, "America/Sao_Paulo").open()
    today = resolve("today", TODAY)
    assert await analytics.summary(db, shop.id, today, before(today), shop.zone) == Summary({}, [], 0, 0, 0, 0)
    assert await analytics.top_services(db, shop.id, today, shop.zone, limit=5) == []
    assert await analytics.inactive_clients(db, shop.id, days=60, now=now_in(shop.zone), zone=shop.zone, limit=5) == ([], 0)


async def test_revenue_beyond_32_bits_is_an_exact_integer(db: Database) -> None:
    shop = await Shop(db, "America/Sao_Paulo").open()
    service, price = await shop.service("Internação"), 2**31 - 1
    for _ in range(3):
        await shop.booking(await shop.contact(), service, at(TODAY), price_cents=price)
    today = resolve("today", TODAY)
    found = await analytics.summary(db, shop.id, today, before(today), shop.zone)
    assert found.revenue_cents == found.by_service[0].revenue_cents == 3 * price
    assert isinstance(found.revenue_cents, int)


async def test_figures_take_one_round_trip_each(db: Database) -> None:
    shop = await Shop(db, "America/Sao_Paulo").open()
    period = resolve("month", TODAY)
    start = db.round_trips
    await analytics.summary(db, shop.id, period, before(period), shop.zone)
    await analytics.top_services(db, shop.id, period, shop.zone, limit=5)
    await analytics.inactive_clients(db, shop.id, days=60, now=now_in(shop.zone), zone=shop.zone, limit=5)
    assert db.round_trips - start == 3


async def test_two_shops_do_not_see_each_other(db: Database) -> None:
    ours, theirs = await Shop(db, "America/Sao_Paulo").open(), await Shop(db, "America/Sao_Paulo").open()
    await theirs.booking(await theirs.contact(), await theirs.service("Banho"), at(TODAY))
    await theirs.booking(await theirs.contact(), await theirs.service("Tosa"), at(TODAY - timedelta(days=200)))
    today = resolve("today", TODAY)

    assert await analytics.summary(db, ours.id, today, before(today), ours.zone) == Summary({}, [], 0, 0, 0, 0)
    assert await analytics.top_services(db, ours.id, today, ours.zone, limit=5) == []
    assert await analytics.inactive_clients(db, ours.id, days=60, now=now_in(ours.zone), zone=ours.zone, limit=5) == ([], 0)
    assert (await analytics.summary(db, theirs.id, today, before(today), theirs.zone)).clients_served == 1


async def test_inactive_clients_are_those_who_stopped_coming(db: Database) -> None:
    shop = await Shop(db, "America/Sao_Paulo").open()
    bath = await shop.service("Banho")

    async def client(name: str, *visits: tuple[int, str]) -> UUID:
        contact = await shop.contact(name, phone="5511988000004" if name == "Gone" else None)
        for days_ago, status in visits:
            await shop.booking(contact, bath, at(TODAY - timedelta(days=days_ago), 23 if days_ago > 0 else 18), status)
        return contact

    gone = await client("Gone", (300, "completed"), (90, "completed"), (80, "no_show"))
    await shop.pet(gone, "Rex")
    await shop.pet(gone, "Mia")
    await client("JustGone", (61, "completed"))
    await client("OnTheLine", (60, "completed"))
    await client("Came Back", (90, "completed"), (5, "completed"))
    await client("Will come again", (90, "completed"), (-3, "scheduled"))
    await client("Is here today now", (90, "completed"), (0, "in_progress"))
    await client("Called off the next one", (91, "completed"), (-3, "cancelled"))
    await client("Never was served a single time", (90, "cancelled"))

    now = now_in(shop.zone)
    found, total = await analytics.inactive_clients(db, shop.id, days=60, now=now, zone=shop.zone, limit=10)

    assert [c.name for c in found] == ["Called off the next one", "Gone", "JustGone"]
    assert total == 3
    assert found[1] == InactiveClient("Gone", "5511988000004", ["Rex", "Mia"], TODAY - timedelta(days=90), 90)
    first, total = await analytics.inactive_clients(db, shop.id, days=60, now=now, zone=shop.zone, limit=1)
    assert (first, total) == (found[:1], 3)
