"""A shop with a hotel: what a pet may have beside a bath."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from service.platform import clock
from service.platform.database import Database
from tests.conftest import DEMO_SHOP

ZONE = "America/Sao_Paulo"
HOTEL = UUID("00000000-0000-4000-8000-000000000039")
ROOM = UUID("00000000-0000-4000-8000-000000000049")

_HOTEL: Any = """
with room as (
  insert into resources (id, organization_id, name, kind) values (%(room)s, %(o)s, 'Quarto 1', 'place') returning id
), hotel as (
  insert into services (id, organization_id, name, duration_minutes, price_cents, unit)
  values (%(hotel)s, %(o)s, 'Hospedagem', 60, 9000, 'night') returning id
)
insert into service_resources (organization_id, service_id, resource_id) select %(o)s, hotel.id, room.id from room, hotel
"""


def monday() -> date:
    """Return a Monday some weeks ahead, on the demo shop's calendar."""
    today = clock.local(clock.now(), ZONE).date()
    return today + timedelta(days=21 - today.weekday())


def on(days: int, hour: int, minute: int = 0) -> str:
    """Return an instant of that week, as the API takes it."""
    return clock.at(monday() + timedelta(days=days), time(hour, minute), ZONE).isoformat()


async def open_hotel(db: Database) -> None:
    """Give the demo shop a hotel with one room, open on holidays too."""
    await db.system(
        (_HOTEL, {"room": ROOM, "hotel": HOTEL, "o": DEMO_SHOP}), ("update organization_settings set closes_on_holidays = false", {})
    )
