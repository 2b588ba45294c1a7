"""What answers a proposal, read by rules: labelled answers, and what no yes may name."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.agenda.agreement import decide, names_everything
from service.agenda.visits import Item
from tests.kit.agreement import OTHERS, PROPOSALS, TODAY, ZONE, answers, read

START = datetime(2026, 11, 27, 13, tzinfo=UTC)


def bath(pet: str) -> Item:
    return Item(
        id=uuid4(), pet_id=uuid4(), pet=pet, service_id=uuid4(), service="Banho", unit="visit", resource_id=uuid4(), professional="Bia",
        starts_at=START, ends_at=START + timedelta(hours=1), busy_from=START, busy_until=START + timedelta(hours=1), price_cents=7000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "pets", "answer"),
    [
        ("Fechado, pode confirmar os dois", ("Rex", "Mel"), "yes"),
        ("sim, ambos", ("Rex", "Mel"), "yes"),
        ("pode marcar todas", ("Rex", "Mel", "Bob", "Thor"), "yes"),
        ("sim, os quatro", ("Rex", "Mel", "Bob", "Thor"), "yes"),
        ("sim, todos", ("Rex",), None),
        ("pode confirmar os dois", ("Rex",), None),
        ("sim, os três", ("Rex", "Mel"), None),
        ("sim, só o Rex", ("Rex", "Mel"), None),
    ],
)
def test_all_are_all_of_so_many(text: str, pets: tuple[str, ...], answer: str | None) -> None:
    assert decide(text, "book", [bath(pet) for pet in pets], date(2026, 11, 24), ZONE) == answer


# What docs/agenda-and-safety.md states: yeses taken from what is none, yeses not understood, noes likewise.
STATED = {"a": (0, 3, 0, 4), "b": (0, 6, 0, 6)}


@pytest.mark.parametrize("lot", STATED)
def test_answers_are_read_as_the_docs_state(lot: str) -> None:
    found = read(answers(lot))
    assert found.count == 100
    wrong = (found.false_yes, found.missed_yes, found.false_no, found.missed_no)
    assert tuple(map(len, wrong)) <= STATED[lot], wrong


NUMBER = st.integers(0, 23)


@given(NUMBER, st.sampled_from(["sim, às {}h", "pode ser {}h", "confirma às {} horas", "ok {}", "isso, {}h"]))
def test_a_yes_names_no_other_hour(hour: int, words: str) -> None:
    kind, items = PROPOSALS["A"]
    understood = decide(words.format(hour), kind, items, TODAY, ZONE, OTHERS)
    # Ten is the hour, twenty-seven the day, and none is the minute.
    assert understood != "yes" or hour in (10, 0)


@given(
    st.dates(date(2026, 11, 25), date(2027, 11, 20)),
    st.sampled_from(["sim, dia {:%d/%m}", "pode confirmar {:%d/%m/%Y}", "fechado, {:%d/%m}!"]),
)
def test_a_yes_names_no_other_day(day: date, words: str) -> None:
    kind, items = PROPOSALS["A"]
    assert (decide(words.format(day), kind, items, TODAY, ZONE, OTHERS) == "yes") == (day == date(2026, 11, 27))


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    for kind, items in PROPOSALS.values():
        assert decide(text, kind, items, TODAY, ZONE, OTHERS) in (None, "yes", "no")
        assert isinstance(names_everything(text, kind, items[0], TODAY, ZONE), bool)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("marca banho pro Rex sexta às 10h, pode confirmar", True),
        ("Quero agendar banho para meu cachorro Rex sexta às 10h", True),
        ("queria agendar um banhinho pro Rex, sexta 27/11, 10h", True),
        ("tem horário pra banho do Rex sexta às 10h?", False),
        ("pode marcar banho do Rex sexta às 10h?", False),
        ("quero marcar banho pro Rex sexta 10h ou sábado 9h", False),
        ("marca banho sexta às 10h", False),
        ("marca pro Rex sexta às 10h", False),
        ("marca banho pro Rex sexta às 11h", False),
        ("marca banho pro Rex sábado às 10h", False),
        ("não marca banho pro Rex sexta às 10h", False),
        ("marca banho pro Rex sexta às 10h se der", False),
    ],
)
def test_naming_everything_is_plain_and_complete(text: str, names: bool) -> None:
    kind, items = PROPOSALS["A"]
    assert names_everything(text, kind, items[0], TODAY, ZONE) == names


@pytest.mark.parametrize(
    ("text", "pet", "others", "answer"),
    [
        ("pode ser de tarde", "Rex", (), None),
        ("quero à noite", "Rex", (), None),
        ("boa tarde, sim", "Rex", (), "yes"),
        ("sim, onze horas", "Rex", (), None),
        ("sim, às dez", "Rex", (), "yes"),
        ("sim, em dezembro", "Rex", (), None),
        ("é pra Beleza", "Beleza", (), None),
        ("sim, pra Beleza", "Beleza", (), "yes"),
        ("sim", "Sim", (), "yes"),
        ("sim", "Rex", ("Sim",), "yes"),
        ("não", "Não", (), "no"),
    ],
)
def test_parts_of_the_day_months_and_names_are_no_yes(text: str, pet: str, others: tuple[str, ...], answer: str | None) -> None:
    assert decide(text, "book", [bath(pet)], date(2026, 11, 24), ZONE, others) == answer


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("", True),
        (", pode confirmar", True),
        (" e às 10h da manhã", True),
        (" por 50 reais", False),
        (" por 70 reais", True),
        (" de graça", False),
        (" e tosa", False),
        (" junto com a Mel", False),
        (" toda semana", False),
        (" por 4 semanas", False),
        (" com leva e traz", False),
        (" e dia 4/12", False),
    ],
)
def test_who_names_more_than_is_booked_is_asked(more: str, named: bool) -> None:
    text = f"marca banho pro Rex sexta às 10h{more}"
    assert names_everything(text, "book", bath("Rex"), date(2026, 11, 24), ZONE, ("Mel", "Tosa", "Banho", "Rex")) is named


@pytest.mark.parametrize("words", ["remarca", "muda", "passa", "cancela", "troca"])
def test_who_asks_for_something_else_has_not_booked(words: str) -> None:
    text = f"{words} o banho do Rex pra sexta às 10h, pode confirmar"
    assert not names_everything(text, "book", bath("Rex"), date(2026, 11, 24), ZONE)


@pytest.mark.parametrize("text", ["sim " + "9" * 5000, "9" * 5000, "sim\n[…]\nsim"])
def test_a_number_beyond_counting_and_a_part_of_a_message_are_no_answer(text: str) -> None:
    kind, items = PROPOSALS["A"]
    assert decide(text, kind, items, TODAY, ZONE) is None


def test_a_part_of_a_message_names_nothing() -> None:
    text = "marca banho pro Rex sexta às 10h"
    assert names_everything(text, "book", bath("Rex"), date(2026, 11, 24), ZONE)
    assert not names_everything(f"{text}\n[…]\n", "book", bath("Rex"), date(2026, 11, 24), ZONE)
