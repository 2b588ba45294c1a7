"""A question whose day or hour the customer has just changed is not put again. Today is Monday, 23/11/2026."""

from datetime import date, time

import pytest

from service.turns.changed import ANEW, asked_anew
from service.turns.telling import Fact

QUESTION = Fact.of("question", "Fica assim. Posso confirmar?", days=[date(2026, 12, 4)], times=[time(10)])
OPENING = ((time(9), time(18)),)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("11 fica melhor", "Então fica melhor às 11h?"),
        ("às 15h", "Então fica melhor às 15h?"),
        ("sábado então", "Então fica melhor no sábado, 28/11/2026?"),
        ("amanhã 15h", "Então fica melhor na terça-feira, 24/11/2026, às 15h?"),
        ("sexta não dá", ANEW),
        ("de tarde", ANEW),
        ("pode", None),
        ("10h mesmo", None),
        ("beleza, dia 4 às 10", None),
        ("e o preço?", None),
        ("ele tem 2 anos", None),
        ("qualquer hora tá bom", None),
    ],
)
def test_another_day_or_hour_is_asked_about_anew(said: str, asked: str | None) -> None:
    assert asked_anew(said, QUESTION, date(2026, 11, 23), OPENING, frozenset({"rex"})) == asked
