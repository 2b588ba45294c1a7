"""The thing that a person means by a name."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.text import fold
from tools.names import find_by_name

SERVICES = ["Banho", "Banho e Tosa", "Hidratação", "Consulta Veterinária", "Vacina"]
PETS = ["Thor", "Mel", "Maria Flor", "Zé"]
NAMES = st.lists(st.text("abcçãéõ ", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=6)


@dataclass(frozen=True)
class Thing:
    name: str


def found(wanted: str, names: list[str]) -> list[str]:
    return [thing.name for thing in find_by_name(wanted, [Thing(name) for name in names])]


@pytest.mark.parametrize(
    ("wanted", "names", "meant"),
    [
        ("Banho", SERVICES, ["Banho"]),
        ("banho  e TOSA", SERVICES, ["Banho e Tosa"]),
        ("hidratacao", SERVICES, ["Hidratação"]),
        ("tosa", SERVICES, ["Banho e Tosa"]),
        ("tosa e banho", SERVICES, ["Banho e Tosa"]),
        ("banho ou tosa", SERVICES, ["Banho", "Banho e Tosa"]),
        ("banho e hidratação", SERVICES, ["Banho", "Banho e Tosa", "Hidratação"]),
        ("a veterinária", SERVICES, ["Consulta Veterinária"]),
        ("o banho com a tosa", SERVICES, ["Banho e Tosa"]),
        ("consulta vet", SERVICES, ["Consulta Veterinária"]),
        ("uma consulta", SERVICES, ["Consulta Veterinária"]),
        ("consul", SERVICES, ["Consulta Veterinária"]),
        ("Hidrataçao", SERVICES, ["Hidratação"]),
        ("hidrtação", SERVICES, ["Hidratação"]),
        ("vascina", SERVICES, ["Vacina"]),
        ("ze", PETS, ["Zé"]),
        ("a Mel", PETS, ["Mel"]),
        ("Tor", PETS, ["Thor"]),
        ("Rexx", ["Rex", "Mel"], ["Rex"]),
        ("o meu Rexx", ["Rex", "Mel"], ["Rex"]),
        ("pro Thorr", PETS, ["Thor"]),
        ("da minha Meel", PETS, ["Mel"]),
        ("a Mel", ["Mel", "Melissa", "Mel Maria"], ["Mel"]),
        ("o rex pequeno", ["Rex Grande", "Rex Pequeno"], ["Rex Pequeno"]),
        ("o rex", ["Rex Grande", "Rex Pequeno"], ["Rex Grande", "Rex Pequeno"]),
        ("Do", ["Dó", "Do Carmo"], ["Dó"]),
        ("Flor", PETS, ["Maria Flor"]),
        ("Thor", ["Thor", "thor", "Mel"], ["Thor", "thor"]),
    ],
)
def test_the_one_that_is_meant(wanted: str, names: list[str], meant: list[str]) -> None:
    assert found(wanted, names) == meant


@pytest.mark.parametrize("wanted", ["", "   ", "Rex", "adestramento", "???", "corte e escova", "o de sempre", "e"])
def test_none_is_meant(wanted: str) -> None:
    assert found(wanted, [*SERVICES, *PETS]) == []


@given(NAMES, st.data())
def test_a_full_name_finds_those_of_that_name_only(names: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(names))
    same = [name for name in names if fold(name) == fold(wanted)]
    for written in (wanted, f"  {wanted.upper()} ", fold(wanted)):
        assert found(written, names) == same


@given(NAMES, st.text(max_size=12))
def test_found_are_some_of_the_things_in_their_order(names: list[str], wanted: str) -> None:
    things = [Thing(name) for name in names]
    places = [next(n for n, thing in enumerate(things) if thing is one) for one in find_by_name(wanted, things)]
    assert places == sorted(set(places))


DIFFERENT = ["Thor", "Bidu", "Pipoca", "Nina", "Zeus", "Amora"]


@given(st.sampled_from(DIFFERENT), st.sampled_from(["", "o ", "a ", "meu ", "a minha ", "pro meu ", "da "]), st.data())
def test_a_slip_of_one_letter_and_what_stands_around_do_not_matter(name: str, around: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    slips = [name[:place] + name[place] + name[place:], name[:place] + name[place + 1 :], name]
    assert found(around + data.draw(st.sampled_from(slips)), DIFFERENT) == [name]


@given(st.lists(st.sampled_from(DIFFERENT), min_size=2, max_size=4, unique=True), st.data())
def test_every_name_said_is_among_those_found(names: list[str], data: st.DataObject) -> None:
    """Of several said at once none is silently left out."""
    said = data.draw(st.permutations(names))
    assert set(found(" e ".join(said), DIFFERENT)) == set(names)
