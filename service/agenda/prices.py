"""What a service takes and costs for one pet: the shop's rates by species, size and coat. Pure.

Everybody asks here, the customer's agent, the owner's and the shop's screens, so that no offer has another duration than its booking.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.language.words import COATS, SIZES, SPECIES
from service.platform.errors import BadRequest

KEYS = ("species", "size", "coat")


@dataclass(frozen=True, slots=True)
class Terms:
    """Minutes and integer cents of one unit of a service: a visit, a day or a night."""

    duration_minutes: int
    price_cents: int


class NotAccepted(BadRequest):
    """The shop does not do this service for such a pet."""


class Unknown(BadRequest):
    """What the price depends on is not known of the pet; `missing` is the pet's column."""

    def __init__(self, message: str, *, missing: str) -> None:
        super().__init__(message)
        self.missing = missing


def terms(service: Mapping[str, Any], pet: Mapping[str, Any]) -> Terms:
    """What a service (`service.agenda.queries.catalog.SERVICE`) takes and costs for a pet (`name`, `species`, `size`, `coat`).

    Of several rates that fit, the one that says most counts.

    Raises:
        NotAccepted: the shop does not do it for such a pet.
        Unknown: a size or coat decides that is not known.
    """
    if service["species"] and pet["species"] not in service["species"]:
        raise NotAccepted(f"{service['name']} não é feito para {SPECIES[pet['species']]} nesta loja.")
    possible = [rate for rate in service["rates"] if rate["species"] in (None, pet["species"])]
    for column, words, called in (("size", SIZES, "porte"), ("coat", COATS, "tipo de pelo")):
        if pet.get(column) is None and any(rate[column] for rate in possible):
            options = ", ".join(dict.fromkeys(words.values()))
            raise Unknown(
                f"Preço e duração de {service['name']} dependem do {called} de {pet['name']}, que ainda não sabemos ({options}).",
                missing=column,
            )
        possible = [rate for rate in possible if rate[column] in (None, pet.get(column))]
    rate = max(possible, key=lambda rate: sum(rate[key] is not None for key in KEYS), default=None)
    if rate is None:
        return Terms(service["duration_minutes"], service["price_cents"])
    if not rate["accepted"]:
        raise NotAccepted(f"{service['name']} não é feito para {pet['name']} nesta loja ({', '.join(_about(rate))}).")
    return _rated(service, rate)


def _rated(service: Mapping[str, Any], rate: Mapping[str, Any]) -> Terms:
    return Terms(
        service["duration_minutes"] if rate["duration_minutes"] is None else rate["duration_minutes"],
        service["price_cents"] if rate["price_cents"] is None else rate["price_cents"],
    )


def rates(service: Mapping[str, Any], species: str | None = None) -> list[tuple[str, Terms | None]]:
    """A service's rates in words ("cachorro, grande"), cheapest first, of one species where it is given; None where it is not done."""
    fitting = [rate for rate in service["rates"] if species is None or rate["species"] in (None, species)]
    listed = [(", ".join(_about(rate)), _rated(service, rate) if rate["accepted"] else None) for rate in fitting]
    return sorted(listed, key=lambda one: (one[1] is None, one[1].price_cents if one[1] else 0, one[0]))


def _about(rate: Mapping[str, Any]) -> list[str]:
    return [words[rate[column]] for column, words in (("species", SPECIES), ("size", SIZES), ("coat", COATS)) if rate[column]]


def durations(service: Mapping[str, Any]) -> list[int]:
    """Every duration in minutes that a service has for one pet or another, shortest first."""
    rated = {rate["duration_minutes"] for rate in service["rates"] if rate["accepted"] and rate["duration_minutes"] is not None}
    return sorted(rated | {service["duration_minutes"]})


def lowest(service: Mapping[str, Any]) -> tuple[int, bool]:
    """The lowest price of a service in cents over all its rates, and whether there are higher ones."""
    prices = {rate["price_cents"] for rate in service["rates"] if rate["accepted"] and rate["price_cents"] is not None}
    prices = prices | {service["price_cents"]} if not _all_rated(service) else prices or {service["price_cents"]}
    return min(prices), len(prices) > 1


def _all_rated(service: Mapping[str, Any]) -> bool:
    """Whether every size has a rate of its own, so that the service's own price is nobody's."""
    sized = {rate["size"] for rate in service["rates"] if rate["price_cents"] is not None or not rate["accepted"]}
    return sized >= set(SIZES)
