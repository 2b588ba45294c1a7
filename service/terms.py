"""What a service takes and costs for one pet: the shop's rates by species, size and coat. Pure.

Everybody asks here, the customer's agent, the owner's and the shop's screens, so that no offer has another duration than its booking.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.errors import BadRequest
from service.pets import COATS, SIZES, SPECIES

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
    """The terms of a service (`service.db.catalog.SERVICE`) for a pet (`name`, `species`, `size`, `coat`).

    Of several rates that fit, the one that says most counts. Raises NotAccepted, and Unknown where a size or coat decides that is not
    known.
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
        about = [words[rate[column]] for column, words in (("species", SPECIES), ("size", SIZES), ("coat", COATS)) if rate[column]]
        raise NotAccepted(f"{service['name']} não é feito para {pet['name']} nesta loja ({', '.join(about)}).")
    return Terms(
        service["duration_minutes"] if rate["duration_minutes"] is None else rate["duration_minutes"],
        service["price_cents"] if rate["price_cents"] is None else rate["price_cents"],
    )


def lowest(service: Mapping[str, Any]) -> tuple[int, bool]:
    """The lowest price of a service in cents over all its rates, and whether there are higher ones."""
    prices = {rate["price_cents"] for rate in service["rates"] if rate["accepted"] and rate["price_cents"] is not None}
    prices = prices | {service["price_cents"]} if not _all_rated(service) else prices or {service["price_cents"]}
    return min(prices), len(prices) > 1


def _all_rated(service: Mapping[str, Any]) -> bool:
    """Whether every size has a rate of its own, so that the service's own price is nobody's."""
    sized = {rate["size"] for rate in service["rates"] if rate["price_cents"] is not None or not rate["accepted"]}
    return sized >= set(SIZES)
