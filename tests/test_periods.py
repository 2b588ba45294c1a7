"""Periods and the periods before them."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import BadRequest
from service.periods import Period, before, resolve

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_named_periods_are_what_their_names_say(today: date) -> None:
    yesterday = today - timedelta(days=1)
    week, month = resolve("week", None, None, today), resolve("month", None, None, today)

    assert days(resolve("today", None, None, today)) == days(resolve(None, None, None, today)) == [today]
    assert days(resolve("yesterday", None, None, today)) == [yesterday]
    assert week.first.weekday() == 0
    assert month.first.day == 1
    assert (month.first.year, month.first.month) == (today.year, today.month)
    assert week.last == month.last == today
    assert 1 <= week.days <= 7
    assert month.days == today.day


@given(DAYS, DAYS)
def test_free_dates_are_compared_with_as_many_days_right_before(a: date, b: date) -> None:
    asked = resolve(None, min(a, b).isoformat(), f"{max(a, b):%d/%m/%Y}", date(2025, 1, 1))
    earlier = before(asked)

    assert (asked.first, asked.last) == (min(a, b), max(a, b))
    assert earlier.days == asked.days
    assert earlier.last + timedelta(days=1) == asked.first


@given(DAYS, st.sampled_from(["today", "yesterday"]))
def test_a_day_is_compared_with_the_day_before(today: date, name: str) -> None:
    asked = resolve(name, None, None, today)
    assert days(before(asked)) == [asked.first - timedelta(days=1)]


@given(DAYS)
def test_a_week_is_compared_with_the_same_weekdays_of_the_week_before(today: date) -> None:
    asked = resolve("week", None, None, today)
    assert days(before(asked)) == [day - timedelta(days=7) for day in days(asked)]


@given(DAYS)
def test_a_month_is_compared_with_the_same_days_of_the_month_before(today: date) -> None:
    asked = resolve("month", None, None, today)
    earlier = before(asked)

    assert (asked.first - timedelta(days=1)).replace(day=1) == earlier.first
    in_month = monthrange(earlier.first.year, earlier.first.month)[1]
    assert [d.day for d in days(earlier)] == [d.day for d in days(asked) if d.day <= in_month]
    assert {d.month for d in days(earlier)} == {earlier.first.month}


@given(DAYS, st.sampled_from(["today", "yesterday", "week", "month"]))
def test_a_period_and_the_one_before_share_no_day(today: date, name: str) -> None:
    asked = resolve(name, None, None, today)
    assert before(asked).last < asked.first
    assert before(before(asked)).last < before(asked).first


def test_a_short_february_ends_the_month_before_early() -> None:
    earlier = before(resolve("month", None, None, date(2025, 3, 30)))
    assert (earlier.first, earlier.last) == (date(2025, 2, 1), date(2025, 2, 28))
    assert earlier.label == "mesmos dias do mês anterior (01/02/2025 a 28/02/2025)"


@pytest.mark.parametrize(
    ("name", "label", "label_before"),
    [
        ("today", "hoje (sexta-feira, 03/10/2025)", "dia anterior (quinta-feira, 02/10/2025)"),
        ("yesterday", "ontem (quinta-feira, 02/10/2025)", "dia anterior (quarta-feira, 01/10/2025)"),
        ("week", "esta semana (29/09/2025 a 03/10/2025)", "mesmos dias da semana anterior (22/09/2025 a 26/09/2025)"),
        ("month", "este mês (01/10/2025 a 03/10/2025)", "mesmos dias do mês anterior (01/09/2025 a 03/09/2025)"),
    ],
)
def test_labels_name_the_days_and_the_rule(name: str, label: str, label_before: str) -> None:
    asked = resolve(name, None, None, date(2025, 10, 3))
    assert (asked.label, before(asked).label) == (label, label_before)


def test_labels_of_free_dates() -> None:
    asked = resolve(None, "2025-09-11", "2025-09-15", date(2025, 10, 3))
    assert (asked.label, before(asked).label) == ("11/09/2025 a 15/09/2025", "5 dias anteriores (06/09/2025 a 10/09/2025)")


def test_dates_win_over_a_name() -> None:
    asked = resolve("today", "2025-09-01", "2025-09-01", date(2025, 10, 3))
    assert days(asked) == [date(2025, 9, 1)]


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("year", None, None),
        ("Today", None, None),
        (None, "2025-09-01", None),
        ("today", None, "2025-09-01"),
        (None, "2025-09-02", "2025-09-01"),
        (None, "2025-02-29", "2025-03-01"),
        (None, "semana passada", "hoje"),
        (None, "0001-01-01", "0001-01-02"),
        (None, "2025-01-01", "9999-12-31"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(name: str | None, start: str | None, end: str | None) -> None:
    with pytest.raises(BadRequest) as refused:
        resolve(name, start, end, date(2025, 10, 3))
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_is_either_a_period_or_refused(start: str, end: str) -> None:
    try:
        asked = resolve(None, start, end, date(2025, 10, 3))
    except BadRequest:
        return
    assert asked.first <= asked.last


def days(period: Period) -> list[date]:
    return [period.first + timedelta(days=n) for n in range(period.days)]
