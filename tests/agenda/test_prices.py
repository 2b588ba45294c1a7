"""What a service takes and costs for one pet: the rate that says most counts."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.agenda.catalog import Pet, Rate, Service
from service.agenda.prices import NotAccepted, Terms, Unknown, lowest, terms
from service.language.words import COATS, SIZES, SPECIES
from tests.kit.documents import pet, rate, service


def rex(**more: Any) -> Pet:
    return pet("Rex", **{"size": "large", "coat": "long", **more})


def bath(*rates: Rate, species: list[str] | None = None) -> Service:
    return service("Banho", 60, 7000, *rates, species=species)


def test_without_rates_the_services_own() -> None:
    assert terms(bath(), rex(size=None, coat=None)) == Terms(60, 7000)


def test_the_rate_that_says_most_and_what_it_leaves_open_is_the_services() -> None:
    rates = (rate(9000, size="large"), rate(12000, size="large", coat="long"), rate(duration_minutes=90, species="cat"))
    assert terms(bath(*rates), rex()) == Terms(60, 12000)
    assert terms(bath(*rates), rex(coat="short")) == Terms(60, 9000)
    assert terms(bath(*rates), rex(species="cat", size="small")) == Terms(90, 7000)


def test_what_decides_must_be_known() -> None:
    with pytest.raises(Unknown, match="porte de Rex") as asked:
        terms(bath(rate(9000, size="large")), rex(size=None))
    assert asked.value.missing == "size"
    # A cat's price does not depend on what dogs' does.
    assert terms(bath(rate(9000, size="large", species="dog")), rex(species="cat", size=None)) == Terms(60, 7000)


def test_what_the_shop_does_not_accept() -> None:
    with pytest.raises(NotAccepted, match="gigante"):
        terms(bath(rate(size="giant", accepted=False)), rex(size="giant"))
    with pytest.raises(NotAccepted, match="gato"):
        terms(bath(species=["dog"]), rex(species="cat"))


def test_the_lowest_price_of_all() -> None:
    assert lowest(bath()) == (7000, False)
    assert lowest(bath(rate(5000, size="small"))) == (5000, True)
    assert lowest(bath(*(rate(8000 + n, size=size) for n, size in enumerate(SIZES)))) == (8000, True)


@st.composite
def rates(draw: st.DrawFn) -> list[Rate]:
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from([None, *list(SPECIES)[:2]]), st.sampled_from([None, *SIZES]), st.sampled_from([None, *COATS])),
            unique=True,
            max_size=8,
        )
    )
    return [
        rate(n, accepted=draw(st.booleans()), duration_minutes=n, species=species, size=size, coat=coat)
        for n, (species, size, coat) in enumerate(keys)
    ]


@given(rates())
def test_every_pet_gets_the_most_specific_rate_that_fits(given_rates: list[Rate]) -> None:
    for species, size, coat in product(list(SPECIES)[:2], SIZES, COATS):
        fitting = [r for r in given_rates if r.species in (None, species) and r.size in (None, size) and r.coat in (None, coat)]
        most = max((sum(getattr(r, k) is not None for k in ("species", "size", "coat")) for r in fitting), default=0)
        best = [r for r in fitting if sum(getattr(r, k) is not None for k in ("species", "size", "coat")) == most]
        try:
            found = terms(bath(*given_rates), rex(species=species, size=size, coat=coat))
        except NotAccepted:
            assert any(not r.accepted for r in best)
        else:
            assert not best or any(r.accepted and r.price_cents == found.price_cents for r in best)
