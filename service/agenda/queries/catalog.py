"""The shop and what it offers, as JSON documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString
from uuid import UUID

from service.agenda.catalog import PackageOffer, PickupFee
from service.agenda.engine import Rules
from service.agenda.queries.calendar import CALENDAR, rules_of
from service.platform.database import Database, typed
from service.platform.errors import NotFound

# Expects the alias `v` for the service. Read as `service.agenda.catalog.Service`.
SERVICE: LiteralString = """
jsonb_build_object('id', v.id, 'name', v.name, 'description', v.description, 'duration_minutes', v.duration_minutes,
  'price_cents', v.price_cents, 'unit', v.unit,
  'check_in', least(v.check_in_at, time '23:59'), 'check_out', least(v.check_out_at, time '23:59'),
  'before', v.buffer_before_minutes, 'after', v.buffer_after_minutes, 'ai_may_book', v.ai_may_book, 'species', v.species,
  'rates', (select coalesce(jsonb_agg(jsonb_build_object(
      'species', t.species, 'size', t.size, 'coat', t.coat, 'accepted', t.accepted,
      'duration_minutes', t.duration_minutes, 'price_cents', t.price_cents)), '[]')
    from service_rates t
    where t.service_id = v.id),
  'prerequisite', (select jsonb_build_object('id', n.id, 'name', n.name, 'days', v.prerequisite_days)
    from services n where n.id = v.prerequisite_service_id))
"""

_SHOP: LiteralString = f"""
select {CALENDAR} || jsonb_build_object(
  'name', o.name, 'address', o.address, 'phone', o.phone, 'about', s.about, 'payment_methods', s.payment_methods,
  'pickup_zones', (
    select coalesce(jsonb_agg(jsonb_build_object('name', z.name, 'fee_cents', z.fee_cents) order by z.fee_cents, z.name), '[]')
    from pickup_zones z
    where z.organization_id = o.id and z.is_active),
  'packages', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'name', p.name, 'service', v.name, 'sessions', p.sessions, 'valid_days', p.valid_days,
      'price_cents', p.price_cents) order by p.price_cents, p.name), '[]')
    from packages p
    join services v on v.id = p.service_id
    where p.organization_id = o.id and p.is_active and v.is_active)
) as doc
from organizations o
left join organization_settings s on s.organization_id = o.id
where o.id = patas.organization_id()
"""


@dataclass(frozen=True, slots=True)
class Shop:
    """What customers may know of a shop. `rules` are complete for the days asked about; `reasons` says why a special day is one."""

    name: str
    address: str | None
    phone: str | None
    about: str | None
    payment_methods: str | None
    rules: Rules
    reasons: Mapping[date, str]
    pickup_zones: Sequence[PickupFee]
    packages: Sequence[PackageOffer]


async def shop(db: Database, organization_id: UUID, first: date, last: date) -> Shop:
    """Return the shop, with what is out of the ordinary from one of its days to another, both included. One round trip. Raises NotFound."""
    rows = (await db.run(organization_id, (_SHOP, {"first": first, "last": last})))[0]
    if not rows:
        raise NotFound("There is no such shop.")
    doc = rows[0]["doc"]
    return Shop(
        **{key: doc[key] for key in ("name", "address", "phone", "about", "payment_methods")},
        rules=rules_of(doc, first, last),
        reasons={date.fromisoformat(day): reason for day, _, _, reason in doc["special"] if reason},
        pickup_zones=typed(PickupFee, doc["pickup_zones"]),
        packages=typed(PackageOffer, doc["packages"]),
    )
