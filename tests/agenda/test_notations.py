"""The patterns of what is known already: they find every way to write it, and nothing that the readers would take for something else."""

import re
from datetime import date, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from service.agenda import notations
from service.language.days import find_day
from service.language.text import fold
from service.language.times import find_time
from tests.kit import notations as written

TODAY = st.dates(date(2026, 1, 1), date(2028, 12, 31))
AHEAD = st.integers(0, 45) | st.integers(0, 330)
MOMENT = st.builds(time, st.integers(1, 22), st.sampled_from([0, 15, 30, 45, 50]))


def folded(text: str) -> str:
    return fold(text).replace("-feira", " feira")


@given(TODAY, AHEAD, st.data())
def test_a_day_is_found_however_it_is_written(today: date, ahead: int, data: st.DataObject) -> None:
    day = today + timedelta(days=ahead)
    text = data.draw(st.sampled_from(written.days(day, today)))
    assert re.fullmatch(notations.days(day, today), folded(text)), text


@given(TODAY, AHEAD, AHEAD, st.data())
def test_another_day_is_not(today: date, ahead: int, other_ahead: int, data: st.DataObject) -> None:
    assume(ahead != other_ahead)
    day, other = today + timedelta(days=ahead), today + timedelta(days=other_ahead)
    text = data.draw(st.sampled_from(written.days(other, today)))
    assert not re.fullmatch(notations.days(day, today), folded(text)), text


@given(MOMENT, st.data())
def test_a_time_is_found_however_it_is_written(moment: time, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(written.times(moment)))
    found = re.match(notations.times(moment), folded(text))
    assert found, text
    assert not (left := folded(text)[found.end() :].strip()) or re.fullmatch(notations.part_of_day(moment), left), text


@given(MOMENT, MOMENT, st.data())
def test_another_time_is_not(moment: time, other: time, data: st.DataObject) -> None:
    assume(moment != other and (moment.hour % 12, moment.minute) != (other.hour % 12, other.minute))
    text = data.draw(st.sampled_from(written.times(other)))
    # Of "15 para as 2" the patterns of two o'clock leave the number, which nothing accounts for.
    assert re.search(r"\w", re.sub(notations.times(moment), "", folded(text))), text


@given(st.integers(1, 99_999), st.integers(1, 99_999), st.data())
def test_an_amount_is_found_and_another_is_not(cents: int, other: int, data: st.DataObject) -> None:
    text = folded(data.draw(st.sampled_from(written.amounts(cents))))
    assert re.fullmatch(notations.amounts(cents), text), text
    assert cents == other or not re.search(notations.amounts(other), text), text


@given(TODAY, AHEAD, st.data())
def test_the_reader_of_days_takes_it_for_the_same(today: date, ahead: int, data: st.DataObject) -> None:
    day = today + timedelta(days=ahead)
    text = data.draw(st.sampled_from(written.days(day, today)))
    assert find_day(text, today) in (day, None), text


@given(MOMENT, st.data())
def test_the_reader_of_times_does_too(moment: time, data: st.DataObject) -> None:
    text = data.draw(
        st.sampled_from([way for way in written.times(moment) if re.search(r"\d", way) and not re.search(r" e \D| para ", way)])
    )
    found = find_time(text)
    # On the clock of twelve hours: an hour alone may be the afternoon's.
    assert found is None or (found.hour % 12, found.minute) == (moment.hour % 12, moment.minute), text
