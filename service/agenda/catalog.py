"""What a shop offers, and to whom: services with their rates, pets, packages, pick-up zones. Money is integer cents."""

from collections.abc import Mapping
from datetime import date, time
from uuid import UUID

from pydantic import AwareDatetime

from service.agenda.engine import Unit
from service.language.words import Coat, Size, Species
from service.platform.documents import Document


class Rate(Document):
    """What a service takes and costs for some pets; None fits every one, and leaves duration or price as the service's own."""

    species: str | None
    size: Size | None
    coat: Coat | None
    accepted: bool
    duration_minutes: int | None
    price_cents: int | None


class Prerequisite(Document):
    """The service that a pet must have had before, in so many `days` where they are given."""

    id: UUID
    name: str
    days: int | None


class Service(Document):
    """A service of `service.agenda.queries.catalog.SERVICE`. Buffers are minutes, the price is one unit's; None as `species` accepts all.

    `resources` pairs each need with one that fills it, `together` are the services that a pet may have at the same time; only a desk's
    services have them.
    """

    id: UUID
    name: str
    description: str | None
    duration_minutes: int
    price_cents: int
    unit: Unit
    check_in: time
    check_out: time
    before: int
    after: int
    ai_may_book: bool
    species: tuple[str, ...] | None
    rates: tuple[Rate, ...]
    prerequisite: Prerequisite | None
    resources: tuple[tuple[int, UUID], ...] = ()
    together: frozenset[UUID] = frozenset()


class Pet(Document):
    """A customer's pet, with all that duration and price may depend on."""

    id: UUID
    name: str
    species: Species
    size: Size | None = None
    coat: Coat | None = None
    breed: str | None = None
    birth_date: date | None = None


class Guest(Pet):
    """A pet at the desk; `completed` tells when it last had which service, None where it never had any."""

    completed: Mapping[UUID, AwareDatetime] | None = None


class BoughtPackage(Document):
    """Sessions of a service that a customer has paid for, `left` of them unused; both days included. Without a pet they are for any."""

    id: UUID
    service_id: UUID
    pet_id: UUID | None
    name: str
    sessions: int
    left: int
    price_cents: int
    starts_on: date
    expires_on: date


class PickupFee(Document):
    """What it costs to have pets fetched in a part of town."""

    name: str
    fee_cents: int


class PickupZone(PickupFee):
    """A part of town that a visit may name."""

    id: UUID


class PackageOffer(Document):
    """Sessions of a service that the shop sells at one price; they are valid for so many days."""

    name: str
    service: str
    sessions: int
    valid_days: int
    price_cents: int
