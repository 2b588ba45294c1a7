"""Money is integer cents everywhere; this is how people read it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_currency

_PT_BR = Locale("pt", "BR")
# Read here, so that the locale's file is loaded with the module and not in the middle of a turn.
_PATTERN = _PT_BR.currency_formats["standard"]

# No more figures than a price has.
_AMOUNT = r"\d[\d.]{0,14}"
_PRICE = re.compile(rf"r\$ ?(?P<a>{_AMOUNT})(?:,(?P<ac>\d{{2}}))?|\b(?P<b>{_AMOUNT})(?:,(?P<bc>\d{{2}}))? ?(?:reais|real|contos?|pila)\b")


@lru_cache(maxsize=1024)
def format_brl(cents: int) -> str:
    """Write cents as Brazilian reais, e.g. 123456 -> "R$ 1.234,56" (plain space)."""
    return format_currency(Decimal(cents) / 100, "BRL", format=_PATTERN, locale=_PT_BR).replace("\xa0", " ")


def prices_in(words: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and cents of every price in plain words."""
    for found in _PRICE.finditer(words):
        reais, cents = (found["a"], found["ac"]) if found["a"] else (found["b"], found["bc"])
        reais = reais.rstrip(".")
        if not cents and re.fullmatch(r"\d+\.\d{2}", reais):
            reais, cents = reais.split(".")
        yield found.start(), found.end(), int(reais.replace(".", "")) * 100 + int(cents or 0)
