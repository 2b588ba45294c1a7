"""How a shop speaks: its tone, its days, its lists of times."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.grammar import date_words
from service.language.said import days_in
from service.turns.telling import MOST_LINES, MOST_TIMES, Fact, Voice, itemised, times_listed

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize("tone", ["formal", "formal e objetivo", "sério", "Profissional, seco", "sóbrio e discreto"])
def test_an_earnest_tone(tone: str) -> None:
    assert not Voice.in_tone(tone, 0).warm


@pytest.mark.parametrize("tone", [None, "", "simpático e objetivo", "informal", "nada formal", "divertido, pouco sério", "carinhoso"])
def test_a_warm_tone(tone: str | None) -> None:
    assert Voice.in_tone(tone, 0).warm


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (FRIDAY, "hoje, sexta-feira, 27/11"),
        (date(2026, 11, 28), "amanhã, sábado, 28/11"),
        (date(2026, 12, 1), "na terça-feira, 01/12"),
        (date(2026, 12, 6), "no domingo, 06/12"),
        (date(2027, 1, 1), "na sexta-feira, 01/01/2027"),
    ],
)
def test_a_day_is_written_as_when_something_is(day: date, written: str) -> None:
    assert Voice(today=FRIDAY).on(day) == written


def test_without_a_day_of_its_own_it_writes_the_year() -> None:
    assert Voice().on(FRIDAY) == "na sexta-feira, 27/11/2026"


@given(today=st.dates(date(2020, 1, 1), date(2040, 1, 1)), after=st.integers(0, 170))
def test_a_day_is_read_back_as_that_day(today: date, after: int) -> None:
    day = today + timedelta(days=after)
    (said,) = days_in(date_words(Voice(today=today).on(day)), today)
    assert said.days == (day,)


@pytest.mark.parametrize(
    ("times", "written"),
    [
        ([time(9)], "9h"),
        ([time(9), time(10, 30), time(14)], "9h, 10h30 e 14h"),
        ([time(hour) for hour in range(8, 18)], "de hora em hora, das 8h às 17h"),
        ([time(hour) for hour in (*range(8, 12), *range(13, 18))], "de hora em hora, das 8h às 11h e das 13h às 17h"),
        ([time(hour) for hour in (*range(8, 12), 14, *range(16, 20))], "8h, 9h, 10h, 11h, 14h, 16h, 17h, 18h e 19h"),
    ],
)
def test_times_are_listed_or_told_as_stretches(times: list[time], written: str) -> None:
    assert times_listed(times) == written


@given(st.sets(st.integers(0, 95), min_size=MOST_TIMES + 1).map(sorted))
def test_stretches_leave_nothing_out_and_put_nothing_in(quarters: list[int]) -> None:
    times = [time(n // 4, n % 4 * 15) for n in quarters]
    written = times_listed(times)
    if " em " not in written:
        return
    step = 60 if "hora em hora" in written else int(written.split()[1])
    ends = [part.removeprefix("das ").split(" às ") for part in written.split(", ", 1)[1].replace(" e das", ", das").split(", ")]
    inside = [minute for first, last in ends for minute in range(_minutes(first), _minutes(last) + 1, step)]
    assert inside == [n * 15 for n in quarters]


def _minutes(written: str) -> int:
    hour, _, minute = written.partition("h")
    return int(hour) * 60 + int(minute or 0)


def test_the_same_seed_chooses_the_same() -> None:
    assert [Voice(seed=seed).choose("abc") for seed in range(4)] == ["a", "b", "c", "a"]
    assert [Voice(warm).say(warm=["oi!"], earnest=["Olá."]) for warm in (True, False)] == ["oi!", "Olá."]


def test_names_are_found_folded_and_one_by_one() -> None:
    fact = Fact.of("slots", "tenho horário.", names=["Banho e Tosa", None, "Pipa Ária"], days=[None, FRIDAY])
    assert fact.names == {"banho e tosa", "banho", "tosa", "pipa aria"}
    assert (fact.text, fact.days) == ("Tenho horário.", {FRIDAY})


def test_a_list_that_is_too_long_says_so() -> None:
    assert itemised(["a", "b"]) == "- a\n- b"
    assert itemised(["a"] * (MOST_LINES + 3)).endswith("- a\n- e mais 3")
