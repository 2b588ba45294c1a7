"""Days and times as Brazilians write them."""

from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.days import find_day, find_days, parse_day
from service.language.formatting import format_day, format_time, on_day
from service.language.grammar import MONTHS, date_words
from service.language.said import days_in, times_in
from service.language.times import find_part, find_time, parse_time, parse_times
from service.platform.clock import WEEKDAYS
from service.platform.errors import BadRequest

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
        ("3", date(2026, 12, 3)),
        ("dia 31", date(2026, 12, 31)),
        ("3/12", date(2026, 12, 3)),
        ("05/01", date(2027, 1, 5)),
        ("03/12/2026", date(2026, 12, 3)),
        ("03/12/26", date(2026, 12, 3)),
        ("29/02", date(2028, 2, 29)),
        ("2026-12-03", date(2026, 12, 3)),
        ("2026/12/03", date(2026, 12, 3)),
        ("2026-12-03T10:00:00-03:00", date(2026, 12, 3)),
        ("3 de dezembro", date(2026, 12, 3)),
        ("1º de março", date(2027, 3, 1)),
        ("sexta, dia 27", date(2026, 11, 27)),
        ("quinta 03/12 às 15h", date(2026, 12, 3)),
        ("hj", MONDAY),
        ("hoje à noite", MONDAY),
        ("hoje, segunda", MONDAY),
        ("amanhã, terça-feira", date(2026, 11, 24)),
        ("2ª feira", date(2026, 11, 30)),
        ("6a-feira", date(2026, 11, 27)),
        ("seg", date(2026, 11, 30)),
        ("sáb de manhã", date(2026, 11, 28)),
        ("sexta da semana que vem", date(2026, 12, 4)),
        ("próxima semana, na segunda", date(2026, 11, 30)),
        ("3/12/2026", date(2026, 12, 3)),
        ("03.12.2026", date(2026, 12, 3)),
        ("03-12-2026", date(2026, 12, 3)),
        ("3 de dez", date(2026, 12, 3)),
        ("dia 3 de dezembro de 2027", date(2027, 12, 3)),
        ("dia 3 do 12", date(2026, 12, 3)),
        ("dia 1º", date(2026, 12, 1)),
        ("dia primeiro", date(2026, 12, 1)),
        ("primeiro de janeiro", date(2027, 1, 1)),
        ("dia 25 do mês que vem", date(2026, 12, 25)),
        ("dia 25, próximo mês", date(2026, 12, 25)),
        ("banho 10h 15/12", date(2026, 12, 15)),
        ("hoje não, sexta", date(2026, 11, 27)),
        ("sexta santa", date(2027, 3, 26)),
        ("domingo de páscoa", date(2027, 3, 28)),
        ("terça de carnaval", date(2027, 2, 9)),
        ("corpus christi", date(2027, 5, 27)),
        ("dia das mães", date(2027, 5, 9)),
        ("véspera do dia dos pais", date(2027, 8, 7)),
        ("black friday", date(2026, 11, 27)),
        ("no dia dos namorados", date(2027, 6, 12)),
        ("véspera de ano novo", date(2026, 12, 31)),
        ("03.12", date(2026, 12, 3)),
        ("27.11.26", date(2026, 11, 27)),
        ("oito do doze", date(2026, 12, 8)),
    ],
)
def test_the_day_that_is_meant(text: str, day: date) -> None:
    assert parse_day(text, MONDAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "", "???", "qualquer dia", "dia 32", "31/02", "29/02/2027", "2026-13-01", "sexta, dia 26", "dia 0", "0/0", "ontem", "de manhã",
        "às 15h", "31 de novembro", "amanhã, sexta-feira", "vou ter que ver", "o Dom", "R$ 3.12", "11-98-7766", "32",
    ],
)  # fmt: skip
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


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("5/1", date(2026, 12, 30), date(2027, 1, 5)),
        ("30/12", date(2026, 12, 30), date(2026, 12, 30)),
        ("dia 2", date(2026, 12, 30), date(2027, 1, 2)),
        ("dia 2 do mês que vem", date(2026, 12, 1), date(2027, 1, 2)),
        ("dia 1 do mês que vem", date(2026, 11, 30), date(2026, 12, 1)),
        ("amanhã", date(2026, 12, 31), date(2027, 1, 1)),
        ("amanhã", date(2028, 2, 28), date(2028, 2, 29)),
        ("29/2", date(2028, 2, 29), date(2028, 2, 29)),
        ("29/2", date(2028, 3, 1), date(2032, 2, 29)),
        ("29/2", date(2096, 3, 1), date(2104, 2, 29)),
        ("dia 29", date(2027, 2, 10), date(2027, 3, 29)),
        ("dia 31", date(2026, 11, 5), date(2026, 12, 31)),
        ("dia 31", date(2027, 1, 31), date(2027, 1, 31)),
        ("segunda da semana que vem", date(2026, 11, 29), date(2026, 11, 30)),
    ],
)
def test_at_the_edges_of_months_and_years(text: str, today: date, day: date) -> None:
    assert parse_day(text, today) == day


def test_a_day_that_next_month_has_not_is_asked_for() -> None:
    with pytest.raises(BadRequest, match="31/02/2027"):
        parse_day("dia 31 do mês que vem", date(2027, 1, 5))


@given(TODAYS, st.integers(0, 360))
def test_the_month_by_name_or_by_three_letters(today: date, days: int) -> None:
    day = today + timedelta(days=days)
    name = MONTHS[day.month - 1]
    assert parse_day(f"{day.day} de {name}", today) == parse_day(f"dia {day.day} de {name[:3]}", today) == day


@given(TODAYS, st.sampled_from(range(7)))
def test_a_weekday_of_next_week_lies_past_the_coming_sunday(today: date, weekday: int) -> None:
    sunday = next(d for n in range(7) if (d := today + timedelta(days=n)).weekday() == 6)
    assert parse_day(f"{WEEKDAYS[weekday]} da semana que vem", today) == sunday + timedelta(days=weekday + 1)


@given(TODAYS, st.integers(0, 2), st.sampled_from(range(7)))
def test_a_weekday_that_contradicts_the_day_is_asked_about(today: date, days: int, weekday: int) -> None:
    day = today + timedelta(days=days)
    text = f"{('hoje', 'amanhã', 'depois de amanhã')[days]}, {WEEKDAYS[weekday]}"
    if day.weekday() == weekday:
        assert parse_day(text, today) == day
    else:
        with pytest.raises(BadRequest, match="Qual dos dois"):
            parse_day(text, today)


@given(TODAYS, st.sampled_from(range(7)))
def test_a_weekday_is_its_next_coming_and_never_today(today: date, weekday: int) -> None:
    day = parse_day(WEEKDAYS[weekday], today)
    assert parse_day(f"{WEEKDAYS[weekday].removesuffix('-feira')} que vem", today) == day
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
        ("3 e meia da tarde", time(15, 30)),
        ("amanhã à tarde, às 3", time(15)),
        ("hoje à noite 7h", time(19)),
        ("12h30 da tarde", time(12, 30)),
        ("meio-dia e 15", time(12, 15)),
        ("10hs", time(10)),
        ("14 hrs", time(14)),
        ("15:30h", time(15, 30)),
        ("15:30hs", time(15, 30)),
        ("10h30m", time(10, 30)),
        ("10h e 30", time(10, 30)),
        ("10 horas e 30 minutos", time(10, 30)),
        ("10 horas e meia", time(10, 30)),
        ("às 9, não à tarde", time(9)),
        ("às 10h 03/12", time(10)),
        ("2026-12-03T10:00:00", time(10)),
    ],
)
def test_the_time_that_is_meant(text: str, moment: time) -> None:
    assert parse_time(text) == moment


@pytest.mark.parametrize("text", ["", "cedo", "à tarde", "3/12", "25h", "24:00", "10h75", "25", "às 99", "10h ou à tarde", "10 da tarde"])
def test_what_is_no_time_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(BadRequest, match=r"[.?]$"):
        parse_time(text)


@given(st.integers(1, 11), st.sampled_from([("da manhã", range(0, 12)), ("da tarde", range(12, 20)), ("da noite", range(17, 24))]))
def test_a_part_of_the_day_moves_only_the_hours_that_it_has(hour: int, part: tuple[str, range]) -> None:
    words, hours = part
    meant = next((h for h in (hour, hour + 12) if h in hours), None)
    if meant is None:
        with pytest.raises(BadRequest):
            parse_time(f"{hour} {words}")
    else:
        assert parse_time(f"{hour} {words}").hour == meant


@given(st.times())
def test_a_written_time_is_read_back(moment: time) -> None:
    moment = moment.replace(second=0, microsecond=0)
    for written in (f"{moment:%H:%M}", f"{moment:%H:%M}h"):
        assert parse_time(written) == moment
    # Without the nought, the night's hours are the afternoon's in a shop that opens in the morning.
    meant = moment.replace(hour=moment.hour + 12) if 1 <= moment.hour < 7 else moment
    for written in (format_time(moment), f"às {format_time(moment)}", f"{moment:%-Hh%M}min"):
        assert parse_time(written) == meant


@pytest.mark.parametrize("text", ["quero um banho", "tenho 2 cachorros", "3 anos", "dia 3/12", "meu número é 11 98888 7777"])
def test_other_numbers_are_no_times(text: str) -> None:
    assert find_time(text) is None


@given(st.text(max_size=40), TODAYS)
def test_no_text_breaks_it(text: str, today: date) -> None:
    with suppress(BadRequest):
        find_day(text, today)
    with suppress(BadRequest):
        find_time(text)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 10, 3), "na sexta-feira, 03/10/2025"),
        (date(2025, 10, 4), "no sábado, 04/10/2025"),
        (date(2025, 10, 5), "no domingo, 05/10/2025"),
    ],
)
def test_a_day_in_a_sentence(day: date, words: str) -> None:
    assert on_day(day) == words
    assert format_day(day) == words[3:]


@pytest.mark.parametrize(("moment", "words"), [(time(10), "10h"), (time(10, 30), "10h30"), (time(9, 5), "9h05"), (time(0), "0h")])
def test_a_time_in_a_sentence(moment: time, words: str) -> None:
    assert format_time(moment) == words


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Na sexta, 27/11, tenho às 10h", ["2026-11-27"]),
        ("sexta-feira (27/11/2026) e sábado, dia 28", ["2026-11-27", "2026-11-28"]),
        ("hoje, terça e quarta", ["2026-11-23", "2026-11-24", "2026-11-25"]),
        ("amanhã, terça-feira, 24/11", ["2026-11-24"]),
        ("segunda", ["2026-11-23 ou 2026-11-30"]),
        ("sexta da semana que vem", ["2026-12-04"]),
        ("seu último banho foi em 10/11", ["2027-11-10 ou 2026-11-10"]),
        ("sexta, 28/11", ["28/11/2026 é sábado, não sexta-feira. Qual dos dois?"]),
        ("amanhã, 28/11", ["amanha, 28/11 não são o mesmo dia."]),
        ("31/02", ["A data 31/02/2026 não existe. Qual é a data?"]),
        ("sexta passada, na segunda dose, 24/7", []),
    ],
)
def test_every_day_of_a_text(text: str, days: list[str]) -> None:
    found = [said.problem or " ou ".join(map(str, said.days)) for said in days_in(date_words(text), MONDAY)]
    assert found == days


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("tenho 9h, 10h30 e 14:00", ["09:00", "10:30", "14:00"]),
        ("das 9 às 18h", ["09:00", "18:00"]),
        ("às 9h da manhã ou às 4 da tarde", ["09:00", "16:00"]),
        ("ao meio-dia", ["12:00"]),
        ("às 3", ["03:00 ou 15:00"]),
        ("às 10 horas, com 24 horas de antecedência", ["10:00"]),
        ("leva 1h30, umas 2 horas", []),
        ("chegue 2h antes", []),
        ("atendimento 24h, (11) 3333-0001, Rua das Acácias, 120, 60 minutos, 3 anos", []),
        ("das 2 tosas", []),
    ],
)
def test_every_time_of_a_text(text: str, times: list[str]) -> None:
    found = [" ou ".join(f"{t:%H:%M}" for t in said.times) for said in times_in(date_words(text))]
    assert found == times


@given(st.lists(st.dates(date(2026, 11, 24), date(2027, 5, 1)), min_size=1, max_size=5), st.lists(st.times(), min_size=1, max_size=5))
def test_all_that_is_listed_is_found(days: list[date], moments: list[time]) -> None:
    listed = [moment.replace(second=0, microsecond=0) for moment in moments]
    said_days = date_words("; ".join(format_day(day) for day in days))
    said_times = date_words(", ".join(f"{moment:%H:%M}" for moment in listed))
    assert [said.days for said in days_in(said_days, MONDAY)] == [(day,) for day in days]
    assert all(moment in said.times for moment, said in zip(listed, times_in(said_times), strict=True))


CLOCKS = st.one_of(
    st.builds("{}h{:02d}".format, st.integers(0, 23), st.integers(0, 59)),
    st.builds("às {}".format, st.integers(0, 23)),
    st.builds("{}:{:02d}".format, st.integers(0, 23), st.integers(0, 59)),
    st.builds("{} e meia".format, st.integers(1, 12)),
)


@given(CLOCKS, st.sampled_from(["", " da manhã", " da tarde", " da noite"]), st.sampled_from(["", "amanhã ", "na sexta, ", "à tarde, "]))
def test_the_two_readers_agree_on_a_time(clock: str, part: str, before: str) -> None:
    text = f"{before}{clock}{part}"
    try:
        moment = find_time(text)
    except BadRequest:
        # "À tarde, às 10".
        return
    (said,) = times_in(date_words(text))
    assert moment in said.times


@pytest.mark.parametrize(("text", "moment"), [("8 da noite", time(20)), ("3 da tarde", time(15)), ("10 da manhã", time(10))])
def test_the_part_of_the_day_says_which_hour_is_named(text: str, moment: time) -> None:
    assert [said.times for said in times_in(date_words(text))] == [(moment,)]
    assert find_time(text) == moment


@given(TODAYS, st.integers(0, 300), st.sampled_from(["{:%d/%m/%Y}", "{:%Y-%m-%d}", "dia {:%d/%m/%Y}"]))
def test_the_two_readers_agree_on_a_day(today: date, ahead: int, written: str) -> None:
    text = f"quero {written.format(today + timedelta(days=ahead))}, às 10h"
    (said,) = days_in(date_words(text), today)
    assert find_day(text, today) in said.days


WEDNESDAY = date(2026, 11, 25)
STRETCHES = [
    ("amanhã", date(2026, 11, 26), date(2026, 11, 26)),
    ("semana que vem", date(2026, 11, 30), date(2026, 12, 6)),
    ("na próxima semana de manhã", date(2026, 11, 30), date(2026, 12, 6)),
    ("sexta da semana que vem", date(2026, 12, 4), date(2026, 12, 4)),
    ("essa semana ainda", date(2026, 11, 25), date(2026, 11, 29)),
    ("no fim de semana", date(2026, 11, 28), date(2026, 11, 29)),
    ("fds", date(2026, 11, 28), date(2026, 11, 29)),
    ("de 1 a 5/12", date(2026, 12, 1), date(2026, 12, 5)),
    ("entre 01/12 e 05/12", date(2026, 12, 1), date(2026, 12, 5)),
    ("do dia 3 ao dia 5", date(2026, 12, 3), date(2026, 12, 5)),
    ("de segunda a quarta", date(2026, 11, 30), date(2026, 12, 2)),
    ("de 30/11 até 2/12", date(2026, 11, 30), date(2026, 12, 2)),
    ("dia 10 do mês que vem", date(2026, 12, 10), date(2026, 12, 10)),
    ("mês que vem", date(2026, 12, 1), date(2026, 12, 31)),
    ("esse mês", date(2026, 11, 25), date(2026, 11, 30)),
    ("nos próximos 3 dias", date(2026, 11, 25), date(2026, 11, 27)),
    ("qualquer dia", date(2026, 11, 25), date(2026, 12, 9)),
]


@pytest.mark.parametrize(("text", "first", "last"), STRETCHES)
def test_a_stretch_of_days_as_people_say_it(text: str, first: date, last: date) -> None:
    assert find_days(text, WEDNESDAY) == (first, last)


@pytest.mark.parametrize("text", ["", "quero um banho", "obrigada", "10h"])
def test_no_stretch_where_none_is_named(text: str) -> None:
    assert find_days(text, WEDNESDAY) is None


@given(st.dates(date(2025, 1, 1), date(2030, 12, 31)), st.integers(0, 60), st.integers(0, 30))
def test_two_written_dates_are_a_stretch(today: date, ahead: int, longer: int) -> None:
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=longer)
    assert find_days(f"de {first:%d/%m/%Y} a {last:%d/%m/%Y}", today) == (first, last)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("de manhã", (time(0), time(11, 59))),
        ("amanhã à tarde", (time(12), time(17, 59))),
        ("à noite", (time(18), time(23, 59))),
        ("depois das 14h", (time(14), time(23, 59))),
        ("a partir das 9", (time(9), time(23, 59))),
        ("até as 11h", (time(0), time(11))),
        ("depois do meio-dia", (time(12), time(23, 59))),
        ("entre 14h e 16h", (time(14), time(16))),
        ("amanhã", None),
        ("boa tarde", None),
        ("às 10h", None),
    ],
)
def test_a_part_of_the_day_as_people_say_it(text: str, part: tuple[time, time] | None) -> None:
    assert find_part(text) == part


@pytest.mark.parametrize(
    ("text", "moment", "part"),
    [
        ("15h", time(15), None),
        ("3 da tarde", time(15), None),
        ("10", time(10), None),
        ("à tarde", None, (time(12), time(17, 59))),
        ("depois das 14h", None, (time(14), time(23, 59))),
        ("entre 12h e 17h59", None, (time(12), time(17, 59))),
        ("até as 11h59", None, (time(0), time(11, 59))),
    ],
)
def test_an_exact_time_or_a_part_of_the_day(text: str, moment: time | None, part: tuple[time, time] | None) -> None:
    times = parse_times(text)
    assert (times.one, None if times.one else times.between[0]) == (moment, part)
