"""A visit that is moved by a length is reckoned from where it stands, or asked about. Today is Tuesday, 24/11/2026."""

from uuid import uuid4

import pytest

from tests.kit import documents
from tests.kit.saying import heard, refusal, stands
from tools.moved import ASK


def booked(hour: int, day: int = 27) -> dict[str, object]:
    at, until = (f"2026-11-{day}T{n:02d}:00:00-03:00" for n in (hour, hour + 1))
    return {
        "id": uuid4(), "status": "scheduled", "professional": "Bia", "price_cents": 7000, "pet": "Rex", "service": "Banho",
        "starts_at": at, "ends_at": until,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "day", "time"),
    [
        ("queria adiar uma hora", "2026-11-27", "11:00"),
        ("adia uma hora por favor", "2026-11-27", "11:00"),
        ("adia meia hora", "2026-11-27", "10:30"),
        ("antecipa uma hora", "2026-11-27", "09:00"),
        ("consegue mudar o banho pra uma hora mais tarde?", "2026-11-27", "11:00"),
        ("pode empurrar pra 2 horas depois", "2026-11-27", "12:00"),
        ("adia dois dias", "2026-11-29", "10:00"),
        ("passa pra três dias depois", "2026-11-30", "10:00"),
        ("passa pra uma semana depois", "2026-12-04", "10:00"),
        ("adia uma semana", "2026-12-04", "10:00"),
        ("remarca pra uma hora", "2026-11-27", "13:00"),
    ],
)
def test_a_length_is_reckoned_from_the_visit_that_stands(words: str, day: str, time: str) -> None:
    said = heard(words, pets=(documents.pet("Rex"),), appointments=[booked(10)])
    found = stands(said, "reschedule_appointment", new_date="2026-11-27", new_time="16:00")
    assert (found["new_date"], found["new_time"]) == (day, time)


@pytest.mark.parametrize("words", ["adia uma hora, ou melhor, pra sexta às 15", "adia uma hora e depois mais duas horas pra frente"])
def test_a_length_beside_a_day_or_an_hour_is_asked_about(words: str) -> None:
    said = heard(words, pets=(documents.pet("Rex"),), appointments=[booked(10)])
    assert said.when.days.unclear or said.when.times.unclear


def test_of_two_visits_it_is_asked_which() -> None:
    said = heard("adia uma hora", pets=(documents.pet("Rex"),), appointments=[booked(10), booked(10, 28)])
    assert ASK in refusal(said, "reschedule_appointment", new_date="2026-11-27", new_time="11:00")
