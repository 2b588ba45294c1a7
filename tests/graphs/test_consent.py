"""What is answered in fixed words about being written to, without the model."""

import pytest

from graphs.consent import only_wish
from tests.kit import documents


def wished(*lines: str) -> str | None:
    """Return what the messages that wait for an answer are answered as."""
    return only_wish(documents.briefing(history=[documents.message(line, seq=n) for n, line in enumerate(lines, 1)]))


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["parar"], "out"), (["voltar"], "in"), (["sair?"], "out?"), (["PARAR??"], "out?"), (["cancelar mensagens?"], "out?"),
        (["podem parar de me mandar mensagem?"], "out?"), (["voltar?"], "in?"), (["parar", "parar?"], "out"), (["sair?", "parar"], "out"),
        (["bom dia"], None), (["sair?", "quanto é o banho?"], None), (["parar", "quanto é o banho?"], None), (["sair que horas?"], None),
    ],
)  # fmt: skip
def test_a_question_is_asked_back(lines: list[str], found: str | None) -> None:
    assert wished(*lines) == found
