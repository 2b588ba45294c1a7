"""Bookings as people at the counter write them: without a proposal, under the same constraints."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from service.agenda.queries.desk import BOOKED, as_item
from service.agenda.queries.proposals import LOCK, RECORD, Taken, run
from service.agenda.visits import Item
from service.language.words import BookingStatus
from service.platform.database import Database
from service.platform.journal import ACTOR
from service.platform.sqlstates import GONE

__all__ = ["Taken", "get", "insert", "reschedule"]

_GET: LiteralString = f"{BOOKED} where b.id = %(id)s"

_INSERT: LiteralString = f"""
with booked as (
  insert into bookings (id, organization_id, contact_id, pet_id, service_id, resource_id, also_resource_ids, starts_at, ends_at,
    price_cents, plan_id, package_id, pickup_zone, pickup_fee_cents)
  select i.id, patas.organization_id(), t.contact_id, t.id, v.id, i.resource_id, i.also, i.starts_at, i.ends_at, i.price_cents,
    %(plan_id)s, i.package_id, i.pickup_zone, coalesce(i.pickup_fee_cents, 0)
  from jsonb_to_recordset(%(items)s) as {RECORD}
  join pets t on t.id = i.pet_id
  join services v on v.id = i.service_id
  where t.contact_id = %(contact_id)s
  returning id
)
select patas.require((select count(*) from booked) = jsonb_array_length(%(items)s), '{GONE}', 'a pet or service is gone')
"""

_MOVE: LiteralString = """
update bookings
set starts_at = %(starts_at)s, ends_at = %(ends_at)s, resource_id = %(resource_id)s, also_resource_ids = %(also)s
where id = %(id)s and starts_at = %(was)s and status in ('scheduled', 'confirmed')
returning id
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A booking as it stands: whose it is, how far it is, and what a proposal would say about it."""

    contact_id: UUID
    status: BookingStatus
    item: Item


async def get(db: Database, organization_id: UUID, booking_id: UUID) -> Kept | None:
    """Read one booking; None where the shop has no such."""
    rows = (await db.run(organization_id, (_GET, {"id": booking_id})))[0]
    return Kept(rows[0]["contact_id"], rows[0]["status"], as_item(rows[0])) if rows else None


async def insert(db: Database, organization_id: UUID, contact_id: UUID, items: Sequence[Item], *, actor: str) -> None:
    """Write the bookings of one visit, all or nothing. One round trip. Raises Taken."""
    params = {
        "items": Jsonb([item.model_dump(mode="json") for item in items]), "contact_id": contact_id, "actor": actor, "plan_id": uuid4(),
        "resources": list({r for item in items for r in (item.resource_id, *item.also)}),
    }  # fmt: skip
    statements = [(ACTOR, params), (LOCK, params), (_INSERT, params)]
    await run(db, organization_id, statements, gone="Um pet ou serviço desta visita não existe mais.")


async def reschedule(db: Database, organization_id: UUID, item: Item, *, actor: str) -> bool:
    """Put a booking at its new time; False where it is no longer what it was. One round trip. Raises Taken."""
    params = {
        "id": item.id, "starts_at": item.starts_at, "ends_at": item.ends_at, "resource_id": item.resource_id, "also": list(item.also),
        "was": item.was, "actor": actor, "resources": [item.resource_id, *item.also],
    }  # fmt: skip
    return bool((await run(db, organization_id, [(ACTOR, params), (LOCK, params), (_MOVE, params)]))[-1])
