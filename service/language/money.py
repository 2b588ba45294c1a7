"""Money is integer cents everywhere; this is how people read it."""

from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_currency

_PT_BR = Locale("pt", "BR")
# Read here, so that the locale's file is loaded with the module and not in the middle of a turn.
_PATTERN = _PT_BR.currency_formats["standard"]


@lru_cache(maxsize=1024)
def format_brl(cents: int) -> str:
    """Write cents as Brazilian reais, e.g. 123456 -> "R$ 1.234,56" (plain space)."""
    return format_currency(Decimal(cents) / 100, "BRL", format=_PATTERN, locale=_PT_BR).replace("\xa0", " ")
