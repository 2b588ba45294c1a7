"""Money is integer cents everywhere; this is how people read it."""

from decimal import Decimal

from babel.numbers import format_currency


def format_brl(cents: int) -> str:
    """Cents as Brazilian reais, e.g. 123456 -> "R$ 1.234,56" (plain space)."""
    return format_currency(Decimal(cents) / 100, "BRL", locale="pt_BR").replace("\xa0", " ")
