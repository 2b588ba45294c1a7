"""Bookings as the shop's people see them on the day's board, and what belongs to them. Money is integer cents."""

from collections.abc import Mapping
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, JsonValue

from service.agenda.engine import Unit
from service.language.words import BookingStatus
from service.platform.documents import Document

Step = Literal["waiting", "received", "in_service", "ready", "delivered", "no_show", "cancelled"]
Move = Literal["received", "start", "ready", "delivered", "no_show", "cancel", "undo"]


class ShopDay(Document):
    """A shop and one of its days, beside its today."""

    id: UUID
    name: str
    timezone: str
    today: date
    day: date


class Customer(Document):
    id: UUID
    name: str | None
    phone: str | None


class Pet(Document):
    id: UUID
    name: str
    species: str
    breed: str | None
    size: str | None


class Service(Document):
    id: UUID
    name: str
    unit: Unit


class Resource(Document):
    """A person or a place that bookings occupy."""

    id: UUID
    name: str
    kind: str


class Pickup(Document):
    zone: str
    fee_cents: int


class PackageLeft(Document):
    """The package that a booking takes a session of, with the sessions that are left."""

    id: UUID
    name: str
    left: int


class Told(Document):
    """What became of telling the customer that the pet is ready."""

    status: str
    reason: str | None


class Booking(Document):
    """A booking as the board shows it. `resources` has who does it first. Money is integer cents.

    `confirmed` tells whether its customer did so. `day_has_come` and `begun` are of now, on the shop's clock; `shop` is its name.
    """

    id: UUID
    step: Step
    status: BookingStatus
    confirmed: bool
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    received_at: AwareDatetime | None
    ready_at: AwareDatetime | None
    delivered_at: AwareDatetime | None
    customer: Customer
    pet: Pet | None
    service: Service
    resources: tuple[Resource, ...]
    price_cents: int
    pickup: Pickup | None
    package: PackageLeft | None
    plan_id: UUID | None
    notes: str | None
    conversation_id: UUID | None
    notice: Told | None
    day_has_come: bool
    begun: bool
    timezone: str
    shop: str


class OfVisit(Document):
    """A booking of a visit: where it is, and whether the customer was told that its pet is ready."""

    id: UUID
    step: Step
    pet: str | None
    is_driven_home: bool
    is_told: bool


class Absence(Document):
    """When a resource is away."""

    id: UUID
    resource_id: UUID
    resource: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    reason: str | None


class Event(Document):
    """A change of a booking: by column, what was before and what came after. Ids and instants are text."""

    id: int
    at: AwareDatetime
    actor: str
    change: Mapping[str, tuple[JsonValue, JsonValue]]
