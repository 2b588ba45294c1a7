"""What a service takes and costs for one pet: the rate that says most counts."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.agenda.prices import NotAccepted, Terms, Unknown, lowest, terms
from service.language.words import COATS, SIZES, SPECIES

REX = {"name": "Rex", "species": "dog", "size": "large", "coat": "long"}


def rate(price: int | None = None, *, accepted: bool = True, minutes: int | None = None, **keys: str) -> dict[str, Any]:
    return {"species": None, "size": None, "coat": None, "accepted": accepted, "duration_minutes": minutes, "price_cents": price} | keys


def bath(*rates: dict[str, Any], species: list[str] | None = None) -> dict[str, Any]:
    return {"name": "Banho", "duration_minutes": 60, "price_cents": 7000, "species": species, "rates": list(rates)}


def test_without_rates_the_services_own() -> None:
    assert terms(bath(), {**REX, "size": None, "coat": None}) == Terms(60, 7000)


def test_the_rate_that_says_most_and_what_it_leaves_open_is_the_services() -> None:
    rates = (rate(9000, size="large"), rate(12000, size="large", coat="long"), rate(minutes=90, species="cat"))
    assert terms(bath(*rates), REX) == Terms(60, 12000)
    assert terms(bath(*rates), {**REX, "coat": "short"}) == Terms(60, 9000)
    assert terms(bath(*rates), {**REX, "species": "cat", "size": "small"}) == Terms(90, 7000)


def test_what_decides_must_be_known() -> None:
    with pytest.raises(Unknown, match="porte de Rex") as asked:
        terms(bath(rate(9000, size="large")), {**REX, "size": None})
    assert asked.value.missing == "size"
    # A cat's price does not depend on what dogs' does.
    assert terms(bath(rate(9000, size="large", species="dog")), {**REX, "species": "cat", "size": None}) == Terms(60, 7000)


def test_what_the_shop_does_not_accept() -> None:
    with pytest.raises(NotAccepted, match="gigante"):
        terms(bath(rate(size="giant", accepted=False)), {**REX, "size": "giant"})
    with pytest.raises(NotAccepted, match="gato"):
        terms(bath(species=["dog"]), {**REX, "species": "cat"})


def test_the_lowest_price_of_all() -> None:
    assert lowest(bath()) == (7000, False)
    assert lowest(bath(rate(5000, size="small"))) == (5000, True)
    assert lowest(bath(*(rate(8000 + n, size=size) for n, size in enumerate(SIZES)))) == (8000, True)


@st.composite
def rates(draw: st.DrawFn) -> list[dict[str, Any]]:
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from([None, *list(SPECIES)[:2]]), st.sampled_from([None, *SIZES]), st.sampled_from([None, *COATS])),
            unique=True,
            max_size=8,
        )
    )
    return [
        rate(n, accepted=draw(st.booleans()), minutes=n, species=species, size=size, coat=coat)  # type: ignore[arg-type]
        for n, (species, size, coat) in enumerate(keys)
    ]


@given(rates())
def test_every_pet_gets_the_most_specific_rate_that_fits(given_rates: list[dict[str, Any]]) -> None:
    for species, size, coat in product(list(SPECIES)[:2], SIZES, COATS):
        pet = {"name": "Rex", "species": species, "size": size, "coat": coat}
        fitting = [r for r in given_rates if r["species"] in (None, species) and r["size"] in (None, size) and r["coat"] in (None, coat)]
        most = max((sum(r[k] is not None for k in ("species", "size", "coat")) for r in fitting), default=0)
        best = [r for r in fitting if sum(r[k] is not None for k in ("species", "size", "coat")) == most]
        try:
            found = terms(bath(*given_rates), pet)
        except NotAccepted:
            assert any(not r["accepted"] for r in best)
        else:
            assert not best or any(r["accepted"] and r["price_cents"] == found.price_cents for r in best)
