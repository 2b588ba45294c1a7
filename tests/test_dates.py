"""Days and times as Brazilians write them."""

from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.clock import WEEKDAYS
from service.dates import find_day, find_time, format_day, format_time, on_day, parse_day, parse_time
from service.errors import BadRequest

MONDAY = date(2026, 11, 23)
TODAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hoje", MONDAY),
        ("amanhã", date(2026, 11, 24)),
        ("amanha de manhã", date(2026, 11, 24)),
        ("AMANHÃ", date(2026, 11, 24)),
        ("depois de amanhã", date(2026, 11, 25)),
        ("sexta", date(2026, 11, 27)),
        ("na sexta-feira que vem", date(2026, 11, 27)),
        ("terca feira", date(2026, 11, 24)),
        ("sábado", date(2026, 11, 28)),
        ("segunda", date(2026, 11, 30)),
        ("dia 3", date(2026, 12, 3)),
        ("dia 23", MONDAY),
        ("dia 31", date(2026, 12, 31)),
        ("3/12", date(2026, 12, 3)),
        ("05/01", date(2027, 1, 5)),
        ("03/12/2026", date(2026, 12, 3)),
        ("03/12/26", date(2026, 12, 3)),
        ("29/02", date(2028, 2, 29)),
        ("2026-12-03", date(2026, 12, 3)),
        ("3 de dezembro", date(2026, 12, 3)),
        ("1º de março", date(2027, 3, 1)),
        ("sexta, dia 27", date(2026, 11, 27)),
        ("quinta 03/12 às 15h", date(2026, 12, 3)),
    ],
)
def test_the_day_that_is_meant(text: str, day: date) -> None:
    assert parse_day(text, MONDAY) == day


@pytest.mark.parametrize(
    "text", ["", "???", "qualquer dia", "dia 32", "31/02", "29/02/2027", "2026-13-01", "sexta, dia 26", "dia 0", "0/0"]
)
def test_what_is_no_day_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(BadRequest, match=r"[.?]$"):
        parse_day(text, MONDAY)


@given(TODAYS, st.integers(-400, 400))
def test_a_written_date_is_read_back(today: date, days: int) -> None:
    day = today + timedelta(days=days)
    for written in (day.isoformat(), format_day(day), on_day(day), f"{day:%d/%m/%Y} às 10h"):
        assert parse_day(written, today) == day


@given(TODAYS, st.integers(0, 360))
def test_without_a_year_it_is_the_coming_one(today: date, days: int) -> None:
    day = today + timedelta(days=days)
    assert parse_day(f"{day.day}/{day.month}", today) == day


@given(TODAYS, st.sampled_from(range(7)))
def test_a_weekday_is_its_next_coming_and_never_today(today: date, weekday: int) -> None:
    day = parse_day(WEEKDAYS[weekday], today)
    assert day.weekday() == weekday
    assert 1 <= (day - today).days <= 7


@given(TODAYS, st.integers(1, 31))
def test_a_day_of_the_month_is_the_first_such_day(today: date, number: int) -> None:
    day = parse_day(f"dia {number}", today)
    between = [today + timedelta(days=n) for n in range((day - today).days)]
    assert day.day == number
    assert all(d.day != number for d in between)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("15h", time(15)),
        ("às 15", time(15)),
        ("15:30", time(15, 30)),
        ("15h30", time(15, 30)),
        ("15 h 30", time(15, 30)),
        ("15 horas", time(15)),
        ("às 9 e meia", time(9, 30)),
        ("9h e meia", time(9, 30)),
        ("3 da tarde", time(15)),
        ("às 3 da tarde", time(15)),
        ("8 da noite", time(20)),
        ("10 da manhã", time(10)),
        ("10 horas da manhã", time(10)),
        ("meio-dia", time(12)),
        ("meio dia e meia", time(12, 30)),
        ("9", time(9)),
        ("amanhã às 15h", time(15)),
        ("dia 3 às 10h30", time(10, 30)),
    ],
)
def test_the_time_that_is_meant(text: str, moment: time) -> None:
    assert parse_time(text) == moment


@pytest.mark.parametrize("text", ["", "cedo", "25h", "24:00", "10h75", "25", "às 99"])
def test_what_is_no_time_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(BadRequest, match=r"[.?]$"):
        parse_time(text)


@given(st.times())
def test_a_written_time_is_read_back(moment: time) -> None:
    moment = moment.replace(second=0, microsecond=0)
    for written in (f"{moment:%H:%M}", format_time(moment), f"às {format_time(moment)}"):
        assert parse_time(written) == moment


@pytest.mark.parametrize("text", ["quero um banho", "tenho 2 cachorros", "3 anos", "dia 3/12", "meu número é 11 98888 7777"])
def test_other_numbers_are_no_times(text: str) -> None:
    assert find_time(text) is None


@given(st.text(max_size=40), TODAYS)
def test_no_text_breaks_it(text: str, today: date) -> None:
    with suppress(BadRequest):
        find_day(text, today)
    with suppress(BadRequest):
        find_time(text)
