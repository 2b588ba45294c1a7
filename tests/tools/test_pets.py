"""From an age to a birth date."""

from datetime import date, timedelta

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


@given(TODAYS, st.integers(0, 480))
def test_the_day_is_todays_or_the_last_that_the_month_has(today: date, months: int) -> None:
    born = years_before(today, months / 12)
    assert born.day == today.day or (born + timedelta(days=1)).day == 1


def test_a_birthday_on_a_leap_day_stays_one_where_the_year_has_it() -> None:
    assert years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)
    assert years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
    assert years_before(date(2024, 3, 29), 1 / 12) == date(2024, 2, 29)
