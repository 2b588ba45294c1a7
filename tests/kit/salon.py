"""Bookings to move along the board: of the demo shop or any other, by raw SQL."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from service.platform.database import Database, Row
from tests.conftest import DEMO_SHOP

ANA = UUID("00000000-0000-4000-8000-000000000101")
BIDU = UUID("00000000-0000-4000-8000-000000000201")
BANHO = UUID("00000000-0000-4000-8000-000000000031")
BIA = UUID("00000000-0000-4000-8000-000000000041")
CAIO = UUID("00000000-0000-4000-8000-000000000042")
HELENA = UUID("00000000-0000-4000-8000-000000000043")

_BOOK = """
insert into bookings (organization_id, contact_id, pet_id, service_id, resource_id, starts_at, ends_at, status, price_cents, plan_id,
  package_id, pickup_zone, pickup_fee_cents)
values (%(organization_id)s, %(contact_id)s, %(pet_id)s, %(service_id)s, %(resource_id)s,
  now() + %(begins)s, now() + %(begins)s + %(lasts)s, %(status)s, 7000, %(plan_id)s, %(package_id)s, %(pickup_zone)s, %(fee)s)
returning id
"""

_WRITE = """
insert into conversations (organization_id, instance_id, contact_id, address, last_inbound_at)
select %(organization_id)s, i.id, %(contact_id)s, '5511977770001', now() from whatsapp_instances i
where i.organization_id = %(organization_id)s and i.channel = %(channel)s
returning id
"""

MINUTE = timedelta(minutes=1)


async def rows(db: Database, sql: Any, **params: Any) -> list[Row]:
    return (await db.system((sql, params)))[0]


async def book(db: Database, **other: Any) -> UUID:
    """Book a bath of Ana's Bidu with Bia that began some minutes ago; `other` says what is different, `minutes` when it begins."""
    params = {
        "organization_id": DEMO_SHOP, "contact_id": ANA, "pet_id": BIDU, "service_id": BANHO, "resource_id": BIA, "status": "scheduled",
        "plan_id": None, "package_id": None, "pickup_zone": None, "fee": 0, "begins": other.pop("minutes", -5) * MINUTE,
        "lasts": other.pop("lasts", 60) * MINUTE, **other,
    }  # fmt: skip
    booking_id: UUID = (await rows(db, _BOOK, **params))[0]["id"]
    return booking_id


async def another_pet(db: Database, name: str = "Mel") -> UUID:
    """Register a second pet of Ana's."""
    sql = "insert into pets (organization_id, contact_id, name) values (%(o)s, %(c)s, %(name)s) returning id"
    pet_id: UUID = (await rows(db, sql, o=DEMO_SHOP, c=ANA, name=name))[0]["id"]
    return pet_id


async def wrote_lately(db: Database, channel: str = "cloud_api") -> UUID:
    """Ana wrote to the shop just now, so that it may write to her."""
    conversation_id: UUID = (await rows(db, _WRITE, organization_id=DEMO_SHOP, contact_id=ANA, channel=channel))[0]["id"]
    return conversation_id


async def messages(db: Database) -> list[str]:
    """Return what the shop wrote, in order."""
    return [row["content"] for row in await rows(db, "select content from messages where direction = 'outgoing' order by seq")]


async def foreign_booking(db: Database, shop: dict[str, UUID]) -> UUID:
    """Make a booking of another shop (`tests.kit.web.make_shop`)."""
    ids = {"o": shop["organization"], "s": uuid4(), "r": uuid4()}
    await db.system(
        ("insert into services (id, organization_id, name, duration_minutes, price_cents) values (%(s)s, %(o)s, 'Banho', 60, 1)", ids),
        ("insert into resources (id, organization_id, name, kind) values (%(r)s, %(o)s, 'Zé', 'groomer')", ids),
    )
    return await book(
        db, organization_id=shop["organization"], contact_id=shop["contact"], pet_id=None, service_id=ids["s"], resource_id=ids["r"]
    )
