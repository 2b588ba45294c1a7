"""What a model writes as arguments, and what a tool is given."""

from typing import Any

import pytest
from langchain_core.tools import tool

from service.language.words import COATS, SIZES, SPECIES
from tools.arguments import read
from tools.customers import code_of


@tool(parse_docstring=True)
async def visit(pet: str, day: str, time: str | None = None, nights: int = 0, age: float | None = None, died: bool | None = None) -> None:
    """Visits.

    Args:
        pet: who.
        day: when.
        time: at what time.
        nights: how many.
        age: how old.
        died: whether.
    """


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"pet": "Rex", "day": "sexta", "time": "15h"}, {"pet": "Rex", "day": "sexta", "time": "15h"}),
        ({"pet": "Rex", "day": "27/11", "time": ""}, {"pet": "Rex", "day": "27/11"}),
        ({"pet": "Rex", "day": "27/11", "time": "null", "nights": ""}, {"pet": "Rex", "day": "27/11"}),
        ({"pet": "Rex", "day": "27/11", "time": None, "nights": None, "age": [], "died": "None"}, {"pet": "Rex", "day": "27/11"}),
        ({"pet": ["Rex", "Mel"], "day": ["sexta"], "time": 15}, {"pet": "Rex e Mel", "day": "sexta", "time": "15"}),
        ({"pet": "Rex", "day": "3", "nights": "2 noites", "age": "1,5"}, {"pet": "Rex", "day": "3", "nights": "2", "age": "1.5"}),
        ({"pet": "Rex", "day": 3, "died": False, "nights": 0}, {"pet": "Rex", "day": "3", "died": False, "nights": 0}),
        # What the tool must have stays, so that its own sentence answers; what it does not have is dropped.
        ({"pet": "", "day": "null", "professional": "Bia"}, {"pet": "", "day": "null"}),
        # What can't be read stays for the tool's check.
        ({"pet": "Rex", "day": "sexta", "nights": "de 2 a 3", "died": "sim, ontem"},
         {"pet": "Rex", "day": "sexta", "nights": "de 2 a 3", "died": "sim, ontem"}),
    ],
)  # fmt: skip
def test_arguments_are_read_for_what_they_stand_for(written: dict[str, Any], meant: dict[str, Any]) -> None:
    assert read(visit, written) == meant


@pytest.mark.parametrize(
    ("said", "words", "code"),
    [
        ("large", SIZES, "large"), ("Grande", SIZES, "large"), ("pequena", SIZES, "small"), ("media", SIZES, "medium"),
        ("cachorra", SPECIES, "dog"), ("gata", SPECIES, "cat"), ("Longo", COATS, "long"), ("enorme", SIZES, "enorme"), ("", SIZES, ""),
        (None, SIZES, None),
    ],
)  # fmt: skip
def test_words_stand_for_codes(said: str | None, words: dict[str, str], code: str | None) -> None:
    assert code_of(said, words) == code
