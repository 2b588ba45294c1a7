"""A death is told flatly, or it is none."""

import pytest

from service.language.loss import tells_of_death


@pytest.mark.parametrize(
    "text",
    [
        "o rex morreu", "a Mel faleceu ontem", "minha gatinha virou estrelinha", "o Thor não resistiu", "o rex morreu de velhice",
        "perdi meu cachorro", "meu pai morreu ontem, preciso desmarcar", "Cliente informou o óbito do pet", "o Bob partiu hoje",
    ],
)  # fmt: skip
def test_a_death_is_heard(text: str) -> None:
    assert tells_of_death(text)


@pytest.mark.parametrize(
    "text",
    [
        "meu carro morreu", "morreu de rir", "quase morri", "perdi meu celular", "se ele morreu no filme", "acho que ele morreu", "oi", "",
        "a bateria morreu", "essa conversa morreu", "ele partiu pra cima do outro", "morri de amores",
    ],
)  # fmt: skip
def test_a_manner_of_speaking_is_none(text: str) -> None:
    assert not tells_of_death(text)
