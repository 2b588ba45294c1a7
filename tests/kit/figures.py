"""A shop of its own for tests about figures: empty, in a given zone, with bookings on any day."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from service.platform.database import Database


@dataclass
class Shop:
    """One organization. Every booking gets a resource of its own, so that none can overlap."""

    db: Database
    zone: str
    id: UUID = field(default_factory=uuid4)

    async def open(self) -> "Shop":
        await self._insert("organizations", id=self.id, name="Loja de teste", timezone=self.zone)
        return self

    async def service(self, name: str) -> UUID:
        return await self._insert("services", organization_id=self.id, id=uuid4(), name=name, duration_minutes=30, price_cents=1)

    async def contact(self, name: str | None = None, phone: str | None = None) -> UUID:
        phone = phone or f"55119{uuid4().int % 10**8:08}"
        return await self._insert("contacts", organization_id=self.id, id=uuid4(), name=name, phone=phone)

    async def pet(self, contact: UUID, name: str) -> UUID:
        return await self._insert("pets", organization_id=self.id, id=uuid4(), contact_id=contact, name=name)

    async def booking(self, contact: UUID, service: UUID, starts: datetime, status: str = "completed", price_cents: int = 5000) -> UUID:
        """Insert a booking. `starts` is naive: the shop's wall clock."""
        start = starts.replace(tzinfo=ZoneInfo(self.zone))
        resource = await self._insert("resources", organization_id=self.id, id=uuid4(), name="Mesa", kind="place")
        return await self._insert(
            "bookings", organization_id=self.id, id=uuid4(), contact_id=contact, service_id=service, resource_id=resource,
            starts_at=start, ends_at=start + timedelta(minutes=30), status=status, price_cents=price_cents,
        )  # fmt: skip

    async def _insert(self, table: str, **values: object) -> UUID:
        names, places = ", ".join(values), ", ".join(f"%({name})s" for name in values)
        sql = f"insert into {table} ({names}) values ({places}) returning id"
        return (await self.db.system((sql, values)))[0][0]["id"]
