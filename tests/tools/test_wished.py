"""A call keeps to the whole of what the customer wishes for: of days and hours, and of what they decline. Today is Tuesday, 24/11/2026."""

from contextlib import suppress
from typing import Any

import pytest

from service.platform.errors import BadRequest
from tests.kit.saying import PETS, heard, refusal, stands
from tools.heard import Heard

REX = PETS[:1]
FRIDAY, NEXT_FRIDAY, SATURDAY = "2026-11-27", "2026-12-04", "2026-11-28"
OFFER = ("banho sexta", "loja: Sexta, 27/11, tenho às 9h e às 15h.")
ASKED_HOUR = ("banho sexta", "loja: A que horas?")
PROPOSED = ("banho sexta às 10h", "loja: Banho do Rex, sexta, 27/11, às 10h. Posso confirmar?")
BATH = {"pet_name": "Rex", "service_type": "Banho", "preferred_date": FRIDAY}


def time_of(said: Heard, called: str | None, tool: str = "book_appointment") -> str | None:
    """Return the time with which a call is carried out; None where it is left out, or the call refused."""
    with suppress(BadRequest):
        found: str | None = stands(said, tool, **BATH, **({"preferred_time": called} if called else {})).get("preferred_time")
        return found
    return None


def day_of(said: Heard, called: str) -> str | None:
    """Return the day with which a booking is carried out; None where it is refused."""
    with suppress(BadRequest):
        return str(stands(said, "book_appointment", **{**BATH, "preferred_date": called}, preferred_time="10h")["preferred_date"])
    return None


@pytest.mark.parametrize(
    ("words", "inside", "outside"),
    [
        ("depois das 15", "16:00", "14:00"),
        ("a partir das 14h", "14:00", "13:30"),
        ("antes das 11", "10:00", "11:00"),
        ("até as 11h", "10:00", "12:00"),
        ("no máximo às 16", "15:00", "17:00"),
        ("às 10 ou 11", "11:00", "12:00"),
        ("menos às 10", "11:00", "10:00"),
        ("entre 14h e 16h", "15:00", "17:00"),
        ("de manhã não posso", "15:00", "09:00"),
        ("à tarde", "15:00", "10:00"),
        ("depois das 17 não dá", "16:00", "18:00"),
        ("qualquer horário menos meio-dia", "13:00", "12:00"),
    ],
)  # fmt: skip
def test_an_hour_is_chosen_within_what_was_said_and_a_bound_is_none(words: str, inside: str, outside: str) -> None:
    for lines in ((f"banho pro Rex sexta, {words}",), ("banho pro Rex sexta", words)):
        said = heard(*lines, pets=REX)
        assert time_of(said, inside) == inside, lines
        assert time_of(said, outside) != outside, lines


@pytest.mark.parametrize(
    ("words", "inside", "outside"),
    [
        ("menos sexta", SATURDAY, FRIDAY),
        ("nem sexta nem sábado", "2026-11-26", FRIDAY),
        ("hoje nem amanhã", FRIDAY, "2026-11-25"),
        ("não essa sexta, a próxima", NEXT_FRIDAY, FRIDAY),
        ("essa sexta não, a que vem", NEXT_FRIDAY, FRIDAY),
        ("semana que vem sexta", NEXT_FRIDAY, FRIDAY),
        ("de sexta a oito dias", NEXT_FRIDAY, FRIDAY),
        ("última sexta de dezembro", "2026-12-25", FRIDAY),
        ("antes de quinta", "2026-11-25", "2026-11-26"),
        ("qualquer dia menos dia 14/12", FRIDAY, "2026-12-14"),
        ("depois do dia 14/12", "2026-12-15", "2026-12-14"),
        ("não pode ser dia 14/12, tem outro dia?", "2026-12-15", "2026-12-14"),
        ("qualquer dia menos segunda", FRIDAY, "2026-11-30"),
        ("dias 5, 6 e 7", "2026-12-06", FRIDAY),
        ("na outra sexta", NEXT_FRIDAY, FRIDAY),
    ],
)  # fmt: skip
def test_a_day_is_chosen_within_what_was_said(words: str, inside: str, outside: str) -> None:
    said = heard("quero banho pro Rex às 10h", "loja: Para qual dia?", words, pets=REX)
    assert day_of(said, inside) == inside
    assert day_of(said, outside) != outside


@pytest.mark.parametrize(
    ("lines", "looked_for"),
    [
        (["banho pro Rex dia 14/12, de manhã não posso"], ("2026-12-14", "das 12:00 às 23:59")),
        (["tem banho dia 14/12 depois das 15?"], ("2026-12-14", "das 15:00 às 23:59")),
        (["tem banho dia 14/12 depois das 15?", "loja: Dia 14/12 tenho às 15h.", "e à noite?"], ("2026-12-14", "das 18:00 às 23:59")),
        (["tem banho dia 14/12 depois das 15?", "loja: Dia 14/12 tenho às 15h.", "tem banho dia 14/12?"], ("2026-12-14", None)),
        (["tem banho dia 14/12 depois das 15?", "loja: Dia 14/12 tenho às 15h.", "e dia 15/12?"], ("2026-12-15", None)),
        (["tem banho dia 14/12?", "loja: Dia 14/12 tenho às 15h.", "quero qualquer dia menos segunda"],
         ("2026-11-24 a 2026-11-29 ou 2026-12-01 a 2026-12-06 ou 2026-12-08", None)),
        (["tem banho dia 14/12?", "loja: Dia 14/12 tenho às 15h.", "não pode ser dia 14/12, tem outro dia?"],
         ("2026-11-24 a 2026-12-13 ou 2026-12-15 a 2026-12-28", None)),
    ],
)  # fmt: skip
def test_what_is_looked_for_is_what_was_said_last(lines: list[str], looked_for: tuple[str, str | None]) -> None:
    found = stands(heard(*lines, pets=REX), "check_availability", service_type="Banho", preferred_date="2026-12-14")
    assert (found["preferred_date"], found.get("preferred_time")) == looked_for


@pytest.mark.parametrize(
    ("lines", "called", "stand"),
    [
        ((*OFFER, "e sábado?"), "09:00", None),
        ((*OFFER, "não quero às 9h"), "09:00", None),
        ((*OFFER, "nenhum desses"), "09:00", None),
        ((*OFFER, "o segundo"), "09:00", "15:00"),
        ((*OFFER, "pode ser o primeiro"), "15:00", "09:00"),
        (("banho sexta", "loja: Sexta, 27/11, tenho de 30 em 30 minutos, das 9h às 17h.", "o segundo"), "16:00", None),
        ((*OFFER, "quero o das 3"), "09:00", "15:00"),
        ((*OFFER, "sim"), "15:00", "15:00"),
        ((*OFFER, "às 15h"), "09:00", "15:00"),
        ((*PROPOSED, "pode ser de tarde"), "10:00", "das 12:00 às 17:59"),
        ((*PROPOSED, "de manhã não"), "09:00", "das 12:00 às 23:59"),
        ((*PROPOSED, "não, às 15h"), "10:00", "15:00"),
        ((*PROPOSED, "isso, sexta"), None, "10:00"),
        ((*PROPOSED, "prefiro sábado, no mesmo horário"), None, "10:00"),
        ((*ASKED_HOUR, "de 14 a 16"), "15:00", "15:00"),
        ((*ASKED_HOUR, "entre 2 e 4"), "15:00", "15:00"),
        ((*ASKED_HOUR, "10 e 30"), "10:00", "10:30"),
        (("quero banho amanhã 17",), "10:00", "17:00"),
        (("banho às 10h", "loja: Para qual dia?", "sexta"), None, "10:00"),
    ],
)  # fmt: skip
def test_an_hour_of_before_counts_for_what_was_left_open_only(lines: tuple[str, ...], called: str | None, stand: str | None) -> None:
    assert time_of(heard(*lines, pets=REX), called) == stand


@pytest.mark.parametrize(
    "words",
    [
        "sexta às 10h, mas só se a Bia estiver",
        "sexta às 10h se meu marido deixar",
        "sexta, ou então quando meu marido voltar",
        "sexta ou sábado de manhã, segunda de tarde",
    ],
)
def test_what_is_not_clear_is_asked(words: str) -> None:
    said = heard(f"quero banho pro Rex {words}", pets=REX)
    assert "Não está claro" in refusal(said, "book_appointment", **BATH, preferred_time="10h")
    assert "Não está claro" in refusal(said, "check_availability", service_type="Banho", preferred_date=FRIDAY)


def test_of_days_and_hours_for_several_pets_each_may_be_chosen() -> None:
    said = heard("banho do Rex sexta às 10h e da Mel sábado às 11h", pets=PETS)
    for pet, day, hour in (("Rex", FRIDAY, "10h"), ("Mel", SATURDAY, "11h")):
        args = {"pet_name": pet, "service_type": "Banho", "preferred_date": day, "preferred_time": hour}
        assert stands(said, "book_appointment", **args) == args


def test_a_stay_begins_where_it_was_said_to() -> None:
    said = heard("hotel pro Rex, entra sexta", "loja: Até que dia?", "até domingo", pets=REX)
    args = {"pet_name": "Rex", "service_type": "Hotel", "preferred_date": FRIDAY, "nights": 2}
    assert stands(said, "book_appointment", **args) == args


# What is declined


@pytest.mark.parametrize(
    ("line", "service"),
    [
        ("tosa pro Rex sexta, banho não", "Tosa"),
        ("quero tosa sem banho sexta", "Tosa"),
        ("banho sexta, não preciso de tosa", "Banho"),
        ("não é banho, é tosa sexta", "Tosa"),
        ("banho sexta e não tosa", "Banho"),
        ("não quero tosa, só banho sexta", "Banho"),
        ("não tem banho sexta?", "Banho"),
        ("faz tempo que ele não toma banho, tem sexta?", "Banho"),
    ],
)
def test_a_service_that_is_declined_is_not_said(line: str, service: str) -> None:
    other = "Banho" if service == "Tosa" else "Tosa"
    for called in (service, other):
        found = stands(heard(line, pets=REX), "check_availability", service_type=called, preferred_date=FRIDAY)
        assert found["service_type"] == service


def test_a_visit_that_is_declined_is_none() -> None:
    assert "serviço" in refusal(heard("não quero banho pro Rex sexta às 10h", pets=REX), "book_appointment", **BATH)


@pytest.mark.parametrize(
    ("line", "pets"),
    [
        ("banho pra Mel sexta às 10h, o Rex não precisa", {"Mel"}),
        ("quero banho pra Mel e não pro Rex", {"Mel"}),
        ("banho sexta às 10h pra Mel, sem o Rex", {"Mel"}),
        ("banho pros dois sexta às 10h", {"Rex", "Mel"}),
        ("banho sexta às 10h pros meus dois", {"Rex", "Mel"}),
        ("banho sexta às 10h pra ambos", {"Rex", "Mel"}),
        ("banho sexta às duas", set()),
    ],
)
def test_the_pets_that_are_meant_are_those_that_are_not_declined(line: str, pets: set[str]) -> None:
    found: set[str] = set()
    for pet in ("Rex", "Mel"):
        with suppress(BadRequest):
            asked = {**BATH, "preferred_date": "qualquer dia", "pet_name": pet}
            found.add(stands(heard(line, pets=PETS), "check_availability", **asked).get("pet_name", ""))
    assert found - {""} == pets


@pytest.mark.parametrize(
    ("line", "told", "stand"),
    [
        ("banho sexta às 10h sem a Bia", {"professional": "Bia"}, {}),
        ("banho sexta às 10h, menos com a Bia", {"professional": "Bia"}, {}),
        ("banho sexta às 10h com a Bia", {"professional": "Bia"}, {"professional": "Bia"}),
        ("banho toda sexta às 10h por 4 semanas", {"repeat_weeks": 4}, {"repeat_weeks": 4}),
        ("4 banhos, toda sexta às 10h", {"repeat_weeks": 4}, {"repeat_weeks": 4}),
        ("banho sexta às 10h. Faz 4 semanas que ele está sujo", {"repeat_weeks": 4}, {}),
        ("banho sexta às 10h. 4 vezes por dia ele late", {"repeat_weeks": 4}, {}),
        ("banho sexta às 10h. Tenho 4 banhos no pacote", {"repeat_weeks": 4}, {}),
        ("o último foi há 4 semanas. Quero banho sexta às 10h", {"repeat_weeks": 4}, {}),
        ("banho sexta às 10h, não precisa buscar em Moema", {"pickup_zone": "Moema"}, {}),
        ("banho sexta às 10h, busca em Moema?", {"pickup_zone": "Moema"}, {"pickup_zone": "Moema"}),
    ],
)
def test_what_is_declined_or_told_of_before_is_left_out(line: str, told: dict[str, Any], stand: dict[str, Any]) -> None:
    stood: dict[str, Any] = {}
    with suppress(BadRequest):
        stood = stands(heard(line, pets=REX), "book_appointment", **BATH, **told)
    assert {name: value for name, value in stood.items() if name in told} == stand


def test_nights_of_a_stay_before_are_none_of_this() -> None:
    args = {**BATH, "service_type": "Hotel", "nights": 3}
    assert "nights" not in stands(heard("hotel sexta, da última vez ficou 3 noites", pets=REX), "book_appointment", **args)
    assert stands(heard("hotel pro rex, entra sexta e fica 3 noites", pets=REX), "book_appointment", **args)["nights"] == 3
