"""Periods and the periods before them."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.periods import Period, before, resolve
from service.platform.errors import BadRequest

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_named_periods_are_what_their_names_say(today: date) -> None:
    yesterday = today - timedelta(days=1)
    week, month = resolve("week", today), resolve("month", today)

    assert days(resolve("today", today)) == days(resolve("hoje", today)) == [today]
    assert days(resolve("yesterday", today)) == [yesterday]
    assert week.first.weekday() == 0
    assert month.first.day == 1
    assert (month.first.year, month.first.month) == (today.year, today.month)
    assert week.last == month.last == today
    assert 1 <= week.days <= 7
    assert month.days == today.day


@given(DAYS, DAYS)
def test_free_dates_are_compared_with_as_many_days_right_before(a: date, b: date) -> None:
    asked = resolve(f"de {min(a, b)} a {max(a, b):%d/%m/%Y}", date(2025, 1, 1))
    earlier = before(asked)

    assert (asked.first, asked.last) == (min(a, b), max(a, b))
    assert earlier.days == asked.days
    assert earlier.last + timedelta(days=1) == asked.first


@given(DAYS, st.sampled_from(["today", "yesterday"]))
def test_a_day_is_compared_with_the_day_before(today: date, name: str) -> None:
    asked = resolve(name, today)
    assert days(before(asked)) == [asked.first - timedelta(days=1)]


@given(DAYS)
def test_a_week_is_compared_with_the_same_weekdays_of_the_week_before(today: date) -> None:
    asked = resolve("week", today)
    assert days(before(asked)) == [day - timedelta(days=7) for day in days(asked)]


@given(DAYS)
def test_a_month_is_compared_with_the_same_days_of_the_month_before(today: date) -> None:
    asked = resolve("month", today)
    earlier = before(asked)

    assert (asked.first - timedelta(days=1)).replace(day=1) == earlier.first
    in_month = monthrange(earlier.first.year, earlier.first.month)[1]
    assert [d.day for d in days(earlier)] == [d.day for d in days(asked) if d.day <= in_month]
    assert {d.month for d in days(earlier)} == {earlier.first.month}


@given(DAYS, st.sampled_from(["today", "yesterday", "week", "month"]))
def test_a_period_and_the_one_before_share_no_day(today: date, name: str) -> None:
    asked = resolve(name, today)
    assert before(asked).last < asked.first
    assert before(before(asked)).last < before(asked).first


def test_a_short_february_ends_the_month_before_early() -> None:
    earlier = before(resolve("month", date(2025, 3, 30)))
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
    asked = resolve(name, date(2025, 10, 3))
    assert (asked.label, before(asked).label) == (label, label_before)


def test_labels_of_free_dates() -> None:
    asked = resolve("2025-09-11 a 2025-09-15", date(2025, 10, 3))
    assert (asked.label, before(asked).label) == ("11/09/2025 a 15/09/2025", "5 dias anteriores (06/09/2025 a 10/09/2025)")


MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("quantos clientes atendi hoje?", "2026-11-23", "2026-11-23"),
        ("ontem", "2026-11-22", "2026-11-22"),
        ("anteontem", "2026-11-21", "2026-11-21"),
        ("sábado", "2026-11-21", "2026-11-21"),
        ("na segunda", "2026-11-23", "2026-11-23"),
        ("no fim de semana", "2026-11-21", "2026-11-22"),
        ("resumo da semana", "2026-11-23", "2026-11-23"),
        ("semana passada", "2026-11-16", "2026-11-22"),
        ("mês passado", "2026-10-01", "2026-10-31"),
        ("este mês", "2026-11-01", "2026-11-23"),
        ("outubro", "2026-10-01", "2026-10-31"),
        ("novembro", "2026-11-01", "2026-11-23"),
        ("dezembro", "2025-12-01", "2025-12-31"),
        ("março de 2024", "2024-03-01", "2024-03-31"),
        ("este ano", "2026-01-01", "2026-11-23"),
        ("ano passado", "2025-01-01", "2025-12-31"),
        ("últimos 7 dias", "2026-11-17", "2026-11-23"),
        ("últimas 2 semanas", "2026-11-10", "2026-11-23"),
        ("dia 3", "2026-11-03", "2026-11-03"),
        ("3/11", "2026-11-03", "2026-11-03"),
        ("25/11", "2025-11-25", "2025-11-25"),
        ("3 de novembro", "2026-11-03", "2026-11-03"),
        ("de 01/11 a 30/11", "2026-11-01", "2026-11-30"),
        ("de 20/12 a 05/01", "2025-12-20", "2026-01-05"),
        ("2026-11-01 até 2026-11-15", "2026-11-01", "2026-11-15"),
        ("amanhã", "2026-11-24", "2026-11-24"),
        ("próxima sexta", "2026-11-27", "2026-11-27"),
        ("quantos agendamentos tenho na sexta?", "2026-11-27", "2026-11-27"),
        ("semana que vem", "2026-11-30", "2026-12-06"),
        ("mês que vem", "2026-12-01", "2026-12-31"),
        ("sexta passada", "2026-11-20", "2026-11-20"),
        ("sexta da semana passada", "2026-11-20", "2026-11-20"),
        ("na semana passada, na quarta", "2026-11-18", "2026-11-18"),
        ("desde o dia 10", "2026-11-10", "2026-11-23"),
        ("a partir de 10/11", "2026-11-10", "2026-11-23"),
        ("depois de 10/11", "2026-11-11", "2026-11-23"),
        ("desde sexta", "2026-11-20", "2026-11-23"),
        ("entre 01/11 e 15/11", "2026-11-01", "2026-11-15"),
        ("de agosto a outubro", "2026-08-01", "2026-10-31"),
        ("entre agosto e outubro", "2026-08-01", "2026-10-31"),
        ("quanto faturei em outubro?", "2026-10-01", "2026-10-31"),
    ],
)
def test_what_an_owner_means(words: str, first: str, last: str) -> None:
    asked = resolve(words, MONDAY)
    assert (asked.first.isoformat(), asked.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "words",
    [
        "hoje é 2025-09-01", "semana passada menos segunda", "mês passado e este mês", "ontem e hoje", "outubro e novembro", "até sexta",
        "antes de outubro", "segunda quinzena de outubro", "primeira semana de outubro", "fim de outubro", "01/11 e 15/11",
        "este mês sem ontem", "01/10, 05/10 e 15/10", "semana retrasada", "semana passada exceto sábado", "esta semana, mas não hoje",
        "segunda e terça", "depois de hoje", "este mês até o dia 10",
        "de outubro a agosto", "todo dia menos 10/11", "não ontem", "semana passada ou retrasada",
    ],
)  # fmt: skip
def test_more_than_is_understood_is_asked_about(words: str) -> None:
    with pytest.raises(BadRequest, match=r"[.?]$"):
        resolve(words, MONDAY)


@pytest.mark.parametrize("words", ["", "fortnight", "2025-09-02 a 2025-09-01", "29/02/2025", "0001-01-01", "31/12/9999", "dia 32", "31/02"])
def test_what_makes_no_sense_is_refused_in_one_sentence(words: str) -> None:
    with pytest.raises(BadRequest) as refused:
        resolve(words, MONDAY)
    assert str(refused.value).endswith((".", "?"))
    assert "\n" not in str(refused.value)


VOCABULARY = [
    "hoje",
    "últimos",
    "3",
    "semanas",
    "mês",
    "passado",
    "dia",
    "31/12",
    "29/02",
    "29/02/2028",
    "0",
    "9999",
    "de",
    "março",
    "a",
    "que",
    "vem",
    "ano",
    "sexta",
    "2026-11-31",
    "outubro",
    "próximo",
]


@given(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(VOCABULARY), max_size=6).map(" ".join)), DAYS)
def test_any_text_is_either_a_period_or_refused(words: str, today: date) -> None:
    try:
        asked = resolve(words, today)
    except BadRequest:
        return
    assert asked.first <= asked.last
    assert before(asked).last < asked.first


def days(period: Period) -> list[date]:
    return [period.first + timedelta(days=n) for n in range(period.days)]


@given(DAYS.filter(lambda day: day.year > 2008))
def test_a_leap_day_without_year_is_the_latest_that_has_been(today: date) -> None:
    asked = resolve("29/02", today)
    assert (asked.first.month, asked.first.day) == (2, 29)
    assert asked.last == asked.first <= today < asked.first + timedelta(days=8 * 366)
