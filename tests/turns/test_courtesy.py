"""What the server says of its own: a courtesy for a courtesy, the question of what a wish lacks."""

from datetime import date

import pytest

from service.language.small_talk import Around, talk
from service.turns.compose import pieces
from service.turns.courtesy import courtesy, missing
from service.turns.telling import Voice
from tests.kit.replies import briefing

AROUND = Around(
    date(2026, 11, 23), frozenset({"ana", "luna", "pet shop patinhas"}), frozenset({"rex", "mia"}), frozenset({"banho", "consulta", "tosa"})
)  # fmt: skip


def answer(said: str, *, warm: bool = True, seed: int = 0) -> str | None:
    return courtesy(said, AROUND, briefing({}), Voice(warm, seed))


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("oi", "Oi, Ana! Aqui é Luna"), ("oi, bom dia", "Bom dia, Ana!"), ("Boa noite!", "Boa noite, Ana!"), ("obrigada!", "Por nada!"),
        ("ok, muito obrigada", "Por nada!"), ("tchau, até mais", "Até mais!"), ("kkkkkk", "Ganhei o dia!"), ("❤️", "Ganhei o dia!"),
        ("o Rex faleceu", "Sinto muito"),
    ],
)  # fmt: skip
def test_a_courtesy_for_a_courtesy(said: str, begins: str) -> None:
    assert str(answer(said)).startswith(begins)


@pytest.mark.parametrize("said", ["", "?", "👍", "sim", "ok", "quero banho", "obrigada, e cancela o banho", "oi, quanto custa?"])
def test_none_where_something_may_be_wanted_or_agreed_to(said: str) -> None:
    assert answer(said) is None


@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("said", ["oi", "bom dia", "obrigada", "tchau", "❤️", "o Rex faleceu"])
def test_a_courtesy_states_nothing(said: str, *, warm: bool) -> None:
    for seed in range(2):
        text = answer(said, warm=warm, seed=seed)
        assert text
        assert [piece.text for piece in pieces(text) if talk(piece.text, AROUND) is None] == []


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("quero marcar um horário", "Qual serviço você gostaria: Banho, Consulta ou Tosa?"),
        ("quero um banho", "Para qual pet: Rex ou Mia?"),
        ("quero um banho pro Rex", "Para qual dia?"),
        ("quero um banho pro Rex na sexta", "Qual horário você prefere?"),
        ("quero um banho pro Rex na sexta às 10h", None),
        ("não quero banho", None),
        ("quanto custa o banho?", None),
        ("quero cancelar o banho", None),
        ("oi", None),
    ],
)
def test_what_a_wish_lacks_is_asked(said: str, question: str | None) -> None:
    assert missing(said, said, AROUND, briefing({})) == question
