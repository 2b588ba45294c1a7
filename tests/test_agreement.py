"""What answers a proposal of several bookings."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from service.agreement import decide
from service.visits import Item

ZONE = "America/Sao_Paulo"
START = datetime(2026, 11, 27, 13, tzinfo=UTC)


def bath(pet: str) -> Item:
    return Item(
        id=uuid4(), pet_id=uuid4(), pet=pet, service_id=uuid4(), service="Banho", unit="visit", resource_id=uuid4(), professional="Bia",
        starts_at=START, ends_at=START + timedelta(hours=1), busy_from=START, busy_until=START + timedelta(hours=1), price_cents=7000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "pets", "answer"),
    [
        ("Fechado, pode confirmar os dois", ("Rex", "Mel"), "yes"),
        ("sim, ambos", ("Rex", "Mel"), "yes"),
        ("pode marcar todas", ("Rex", "Mel", "Bob", "Thor"), "yes"),
        ("sim, os quatro", ("Rex", "Mel", "Bob", "Thor"), "yes"),
        ("sim, todos", ("Rex",), None),
        ("pode confirmar os dois", ("Rex",), None),
        ("sim, os três", ("Rex", "Mel"), None),
        ("sim, só o Rex", ("Rex", "Mel"), None),
    ],
)
def test_all_are_all_of_so_many(text: str, pets: tuple[str, ...], answer: str | None) -> None:
    assert decide(text, "book", [bath(pet) for pet in pets], date(2026, 11, 24), ZONE) == answer
