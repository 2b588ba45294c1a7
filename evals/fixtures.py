"""Writes a dialogue's shops into its database: additions to the demo shop, and other shops from nothing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import Connection, sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from evals.dialogue import DEMO, Booking, Contact, Says, Service, Shop
from service.messaging.channels.base import ChannelName
from service.platform import clock
from service.platform.errors import Misconfigured
from tests.kit.providers import Provider

DEMO_ID = UUID("00000000-0000-4000-8000-000000000001")
ZONE = "America/Sao_Paulo"


def write(database_url: str, shops: dict[str, Shop], providers: Mapping[ChannelName, Provider]) -> dict[str, UUID]:
    """Store the shops, the demo shop with a number on every channel. Returns the organization of each by its name in the dialogue.

    Raises Misconfigured for a row that can't be.
    """
    ids = {DEMO: DEMO_ID}
    with psycopg.connect(database_url, row_factory=dict_row) as conn:
        seeded = conn.execute("select channel from whatsapp_instances where organization_id = %s", [DEMO_ID]).fetchall()
        for channel, provider in providers.items():
            if {"channel": channel} in seeded:
                continue
            _insert(conn, "whatsapp_instances", organization_id=DEMO_ID, channel=channel, name=channel, **provider.number())
        conn.execute("update organization_settings set closes_on_holidays = false where organization_id = %s", [DEMO_ID])
        for name, shop in shops.items():
            try:
                ids[name] = DEMO_ID if name == DEMO else _open(conn, shop)
                _fill(conn, ids[name], shop)
            except psycopg.Error as error:
                raise Misconfigured(f"The shop {name} of this dialogue can't be stored: {error.diag.message_primary or error}.") from error
    return ids


def number_of(shops: Mapping[str, Shop], step: Says) -> str | None:
    """Return the number of another shop than the demo shop, to which the step's message goes."""
    shop = shops.get(step.shop)
    return shop.phone_number_id if shop else None


def _open(conn: Connection[Any], shop: Shop) -> UUID:
    organization_id = _insert(conn, "organizations", name=shop.name, timezone=ZONE)
    _insert(conn, "organization_settings", organization_id=organization_id, closes_on_holidays=False)
    _insert(
        conn,
        "whatsapp_instances",
        organization_id=organization_id,
        channel="cloud_api",
        name="WhatsApp",
        phone_number_id=shop.phone_number_id,
    )
    for weekday in range(1, 7):
        _insert(conn, "business_hours", organization_id=organization_id, weekday=weekday, opens_at="09:00", closes_at="18:00")
    return organization_id


def _fill(conn: Connection[Any], organization_id: UUID, shop: Shop) -> None:
    if shop.without_bookings:
        conn.execute("delete from bookings where organization_id = %s", [organization_id])
    for service in shop.services:
        _offer(conn, organization_id, service)
    for owner in shop.owners:
        _insert(conn, "aurora_owner_numbers", organization_id=organization_id, phone=owner.phone, name=owner.name, is_active=owner.active)
    for contact in shop.contacts:
        _know(conn, organization_id, contact)
    for closure in shop.closures:
        _insert(conn, "closures", organization_id=organization_id, starts_on=closure.first, ends_on=closure.last, reason=closure.reason)
    for hours in shop.special_hours:
        _insert(conn, "special_hours", organization_id=organization_id, day=hours.day, opens_at=hours.opens, closes_at=hours.closes)
    for absence in shop.absences:
        resource_id = _resource(conn, organization_id, absence.resource)
        _insert(
            conn, "resource_absences", organization_id=organization_id, resource_id=resource_id, starts_at=absence.starts,
            ends_at=absence.ends,
        )  # fmt: skip
    for name, fee_cents in shop.pickup_zones.items():
        _insert(conn, "pickup_zones", organization_id=organization_id, name=name, fee_cents=fee_cents)
    for title, content in shop.knowledge.items():
        _insert(conn, "knowledge_entries", organization_id=organization_id, title=title, content=content)
    for column, value in shop.settings.items():
        conn.execute(
            sql.SQL("update organization_settings set {} = %s where organization_id = %s").format(sql.Identifier(column)),
            [Jsonb(value) if isinstance(value, dict) else value, organization_id],
        )
    for booking in shop.bookings:
        _book(conn, organization_id, booking)


def _offer(conn: Connection[Any], organization_id: UUID, service: Service) -> None:
    known = _named(conn, "services", organization_id, service.name)
    service_id = known["id"] if known else _open_service(conn, organization_id, service)
    needs = service.needs or ([] if known else [[f"Mesa de {service.name}"]])
    if needs:
        conn.execute("delete from service_resources where service_id = %s", [service_id])
    for need, names in enumerate(needs, start=1):
        for name in names:
            conn.execute(
                "insert into service_resources (organization_id, service_id, resource_id, need) values (%s, %s, %s, %s)",
                [organization_id, service_id, _resource(conn, organization_id, name), need],
            )
    for rate in service.rates:
        _insert(
            conn, "service_rates", organization_id=organization_id, service_id=service_id, species=rate.species, size=rate.size,
            coat=rate.coat, accepted=rate.accepted, duration_minutes=rate.minutes, price_cents=rate.price_cents,
        )  # fmt: skip


def _open_service(conn: Connection[Any], organization_id: UUID, service: Service) -> UUID:
    before = service.prerequisite and _named(conn, "services", organization_id, service.prerequisite)
    return _insert(
        conn, "services", organization_id=organization_id, name=service.name, duration_minutes=service.minutes,
        price_cents=service.price_cents, ai_may_book=service.ai_may_book, unit=service.unit, species=service.species,
        prerequisite_service_id=before["id"] if before else None,
    )  # fmt: skip


def _resource(conn: Connection[Any], organization_id: UUID, name: str) -> UUID:
    """Whoever, or whatever, has this name in the shop; made where there is none."""
    known = _named(conn, "resources", organization_id, name)
    return known["id"] if known else _insert(conn, "resources", organization_id=organization_id, name=name, kind="place")


def _named(conn: Connection[Any], table: str, organization_id: UUID, name: str) -> dict[str, Any] | None:
    query = sql.SQL("select * from {} where organization_id = %s and name = %s").format(sql.Identifier(table))
    return conn.execute(query, [organization_id, name]).fetchone()


def _know(conn: Connection[Any], organization_id: UUID, contact: Contact) -> None:
    contact_id = _insert(conn, "contacts", organization_id=organization_id, phone=contact.phone, name=contact.name)
    pets = {}
    for pet in contact.pets:
        columns = pet.model_dump(exclude={"treatments"})
        pets[pet.name] = _insert(conn, "pets", organization_id=organization_id, contact_id=contact_id, **columns)
        for treatment in pet.treatments:
            _insert(
                conn, "pet_treatments", organization_id=organization_id, pet_id=pets[pet.name], kind=treatment.kind, name=treatment.name,
                due_on=treatment.due,
            )  # fmt: skip
    today = clock.local(clock.now(), ZONE).date()
    for package in contact.packages:
        service = _one(conn, "select id from services where organization_id = %s and name = %s", organization_id, package.service)
        _insert(
            conn, "contact_packages", organization_id=organization_id, contact_id=contact_id, service_id=service["id"], name=package.name,
            pet_id=pets.get(package.pet or ""), sessions=package.sessions, price_cents=package.price_cents,
            starts_on=today - timedelta(days=1), expires_on=package.expires or today + timedelta(days=30),
        )  # fmt: skip


def _book(conn: Connection[Any], organization_id: UUID, booking: Booking) -> None:
    service = _one(conn, "select * from services where organization_id = %s and name = %s", organization_id, booking.service)
    contact = _one(
        conn, "select * from contacts where organization_id = %s and phone_key = patas.phone_key(%s)", organization_id, booking.contact
    )
    pet = _one(
        conn,
        "select * from pets where contact_id = %s and (name = %s or %s::text is null) limit 1",
        contact["id"],
        booking.pet,
        booking.pet,
    )
    starts = datetime.fromisoformat(booking.starts)
    ends = starts + timedelta(minutes=service["duration_minutes"])
    resource = _one(
        conn,
        """select r.id from resources r join service_resources sr on sr.resource_id = r.id
        where sr.service_id = %s and (r.name = %s or (%s::text is null and not exists (
          select from bookings b where b.resource_id = r.id and b.starts_at < %s and b.ends_at > %s
            and b.status not in ('cancelled', 'no_show'))))
        order by r.name limit 1""",
        service["id"], booking.resource, booking.resource, ends, starts,
    )  # fmt: skip
    package = booking.package and _one(
        conn, "select * from contact_packages where contact_id = %s and name = %s", contact["id"], booking.package
    )
    made_at = datetime.fromisoformat(booking.made) if booking.made else min(starts, clock.now()) - timedelta(weeks=1)
    booking_id = _insert(
        conn, "bookings", organization_id=organization_id, contact_id=contact["id"], pet_id=pet["id"], service_id=service["id"],
        resource_id=resource["id"], starts_at=starts, ends_at=ends, status=booking.status, created_at=made_at,
        price_cents=package["price_cents"] // package["sessions"] if package else service["price_cents"],
        package_id=package["id"] if package else None,
    )  # fmt: skip
    # Reminders go by when a booking was put at its time.
    conn.execute("update booking_events set at = %s where booking_id = %s", [made_at, booking_id])


def _one(conn: Connection[Any], query: Any, *params: Any) -> dict[str, Any]:
    row = conn.execute(query, params).fetchone()
    if row is None:
        raise Misconfigured(f"A booking of this dialogue names what the shop does not have: {', '.join(map(str, params[1:]))}.")
    found: dict[str, Any] = row
    return found


def _insert(conn: Connection[Any], table: str, **values: Any) -> UUID:
    """Insert one row; returns its `id`, or the organization's where the table has none of its own."""
    if table != "organization_settings":
        values = {"id": uuid4(), **values}
    conn.execute(
        sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, values)), sql.SQL(", ").join(map(sql.Placeholder, values))
        ),
        values,
    )
    key: UUID = values["id"] if "id" in values else values["organization_id"]
    return key
