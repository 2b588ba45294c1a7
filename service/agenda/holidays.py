"""Brazil's public holidays by state, from the `holidays` library."""

from datetime import date
from functools import lru_cache

import holidays


def knows(state: str) -> bool:
    """Whether a state is one of Brazil's, by its two letters."""
    return state in holidays.country_holidays("BR").subdivisions


@lru_cache(maxsize=256)
def of_year(state: str, year: int) -> dict[date, str]:
    """National holidays and those of a state ("SP"), by their Portuguese names; of an unknown state only the national ones."""
    subdivision = state if knows(state) else None
    return dict(holidays.country_holidays("BR", subdiv=subdivision, years=year, language="pt_BR"))


def between(state: str, first: date, last: date) -> dict[date, str]:
    """Return the holidays from one day to another, both included."""
    return {day: name for year in range(first.year, last.year + 1) for day, name in of_year(state, year).items() if first <= day <= last}
