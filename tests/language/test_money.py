"""Cents as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.money import format_brl


@pytest.mark.parametrize(
    ("cents", "words"),
    [(0, "R$ 0,00"), (5, "R$ 0,05"), (7000, "R$ 70,00"), (123456, "R$ 1.234,56"), (100000000, "R$ 1.000.000,00"), (-250, "-R$ 2,50")],
)
def test_reais(cents: int, words: str) -> None:
    assert format_brl(cents) == words


@given(st.integers(-(10**14), 10**14))
def test_every_cent_is_there(cents: int) -> None:
    words = format_brl(cents)
    assert int("".join(c for c in words if c.isdigit())) == abs(cents)
    assert words.startswith("-") == (cents < 0)
    assert words[-3] == ","


@given(st.integers(-(10**14), 10**14))
def test_as_written_by_hand(cents: int) -> None:
    reais, rest = divmod(abs(cents), 100)
    digits = str(reais)
    groups: list[str] = []
    while digits:
        digits, group = digits[:-3], digits[-3:]
        groups.insert(0, group)
    assert format_brl(cents) == f"{'-' if cents < 0 else ''}R$ {'.'.join(groups)},{rest:02d}"
