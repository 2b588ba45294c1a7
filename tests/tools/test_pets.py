"""From an age to a birth date."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tools.customers import years_before

TODAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(TODAYS, st.integers(0, 40))
def test_whole_years_give_that_age_today(today: date, years: int) -> None:
    born = years_before(today, years)
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    assert age == years


@given(TODAYS, st.integers(0, 480))
def test_months_are_whole_months(today: date, months: int) -> None:
    born = years_before(today, months / 12)
    assert (today.year - born.year) * 12 + today.month - born.month == months
    assert born.day <= today.day
