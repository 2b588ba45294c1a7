"""Who forbids that anything be booked yet, and who only says so in the same words."""

from pathlib import Path

import pytest
import yaml

from service.language.not_yet import books

PHRASES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parents[1] / "kit" / "data" / "not_yet.yaml").read_text("utf-8"))


@pytest.mark.parametrize("text", PHRASES["forbidden"])
def test_what_forbids_a_booking(text: str) -> None:
    assert books(text) is False


@pytest.mark.parametrize("text", PHRASES["not_forbidden"])
def test_what_only_sounds_like_it(text: str) -> None:
    assert books(text) is not False


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("não marca sexta, marca quinta", True), ("marca quinta... não, não marca ainda", False), ("tem banho quinta?", None),
        ("não marca ainda, como tá a agenda de quinta?", False), ("não marca ainda. depois eu vejo se marco", False),
        ("não pode marcar quinta?", None), ("então pode marcar", True), ("quero saber o preço", None), ("quero banho quinta", True),
        ("só pra saber, dá pra marcar quinta?", None), ("a loja não fecha pro almoço", None), ("não fecha nada ainda", False),
        ("não marca a tosa, só o banho", None), ("não marca a tosa", False), ("não marca o banho ainda, só queria o preço", False),
    ],
)  # fmt: skip
def test_what_is_said_last_counts(text: str, wanted: bool | None) -> None:
    assert books(text) is wanted
