"""What a service takes and costs for one pet: the shop's rates by species, size and coat. Pure.

Everybody asks here, the customer's agent, the owner's and the shop's screens, so that no offer has another duration than its booking.
"""

from dataclasses import dataclass
from typing import Literal

from service.agenda.catalog import Pet, Rate, Service
from service.language.words import COATS, SIZES, SPECIES
from service.platform.errors import BadRequest


@dataclass(frozen=True, slots=True)
class Terms:
    """Minutes and integer cents of one unit of a service: a visit, a day or a night."""

    duration_minutes: int
    price_cents: int


class NotAccepted(BadRequest):
    """The shop does not do this service for such a pet, in a sentence that its customer may read."""

    def __init__(self, message: str) -> None:
        super().__init__(message, say=message)


class Unknown(BadRequest):
    """What the price depends on is not known of the pet, as the question to its owner; `missing` is the pet's column."""

    def __init__(self, message: str, *, missing: str) -> None:
        super().__init__(message, say=message)
        self.missing = missing


def terms(service: Service, pet: Pet) -> Terms:
    """Return what a service takes and costs for a pet. Of several rates that fit, the one that says most counts.

    Raises:
        NotAccepted: the shop does not do it for such a pet.
        Unknown: a size or coat decides that is not known.
    """
    if service.species and pet.species not in service.species:
        raise NotAccepted(f"Nesta loja não fazemos {service.name} para {SPECIES[pet.species]}.")
    possible = [rate for rate in service.rates if rate.species in (None, pet.species)]
    if pet.size is None and any(rate.size for rate in possible):
        raise _unknown(service, pet, "size")
    possible = [rate for rate in possible if rate.size in (None, pet.size)]
    if pet.coat is None and any(rate.coat for rate in possible):
        raise _unknown(service, pet, "coat")
    possible = [rate for rate in possible if rate.coat in (None, pet.coat)]
    rate = max(possible, key=_says, default=None)
    if rate is None:
        return Terms(service.duration_minutes, service.price_cents)
    if not rate.accepted:
        raise NotAccepted(f"Nesta loja não fazemos {service.name} para {pet.name} ({', '.join(_about(rate))}).")
    return _rated(service, rate)


def _unknown(service: Service, pet: Pet, missing: Literal["size", "coat"]) -> Unknown:
    called, words = {"size": ("porte", SIZES), "coat": ("tipo de pelo", COATS)}[missing]
    *options, last = dict.fromkeys(words.values())
    which = f"{', '.join(options)} ou {last}"
    return Unknown(f"O preço e a duração de {service.name} dependem do {called} de {pet.name}. É {which}?", missing=missing)


def _says(rate: Rate) -> int:
    """How much a rate says of the pets that it is for."""
    return sum(said is not None for said in (rate.species, rate.size, rate.coat))


def _rated(service: Service, rate: Rate) -> Terms:
    return Terms(
        service.duration_minutes if rate.duration_minutes is None else rate.duration_minutes,
        service.price_cents if rate.price_cents is None else rate.price_cents,
    )


def rates(service: Service, species: str | None = None) -> list[tuple[str, Terms | None]]:
    """Return a service's rates in words ("cachorro, grande"), cheapest first, of one species where it is given; None: not done."""
    fitting = [rate for rate in service.rates if species is None or rate.species in (None, species)]
    listed = [(", ".join(_about(rate)), _rated(service, rate) if rate.accepted else None) for rate in fitting]
    return sorted(listed, key=lambda one: (one[1] is None, one[1].price_cents if one[1] else 0, one[0]))


def _about(rate: Rate) -> list[str]:
    return [words[code] for code, words in ((rate.species, SPECIES), (rate.size, SIZES), (rate.coat, COATS)) if code]


def durations(service: Service) -> list[int]:
    """Return every duration in minutes that a service has for one pet or another, shortest first."""
    rated = {rate.duration_minutes for rate in service.rates if rate.accepted and rate.duration_minutes is not None}
    return sorted(rated | {service.duration_minutes})


def lowest(service: Service) -> tuple[int, bool]:
    """Return the lowest price of a service in cents over all its rates, and whether there are higher ones."""
    prices = {rate.price_cents for rate in service.rates if rate.accepted and rate.price_cents is not None}
    prices = prices | {service.price_cents} if not _all_rated(service) else prices or {service.price_cents}
    return min(prices), len(prices) > 1


def _all_rated(service: Service) -> bool:
    """Tell whether every size has a rate of its own, so that the service's own price is nobody's."""
    sized = {rate.size for rate in service.rates if rate.price_cents is not None or not rate.accepted}
    return sized >= set(SIZES)
