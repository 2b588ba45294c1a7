"""What a customer may read of a refusal: every refusal of a tool has a sentence for them, or concerns the model alone."""

import ast
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from service.agenda.proposals import late_notice
from service.platform.errors import AppError, BadRequest
from service.turns.telling import Voice
from tests.kit.agreement import item
from tests.kit.speech import is_for_customers
from tools.booking import late_refusal
from tools.names import all_of, one_of
from tools.results import Refused

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "tools").glob("*.py"), *(ROOT / "service" / "agenda").glob("*.py")]
# The beginnings of refusals that concern the model, or the owner, alone.
NOT_FOR_CUSTOMERS = (
    "O mesmo serviço está duas vezes",
    "O cadastro deste cliente não existe mais.",
    "A anotação tem no máximo",
    "O número de dias deve ficar entre",
)
RAISED = ("BadRequest", "Refused", "Unchanged", "NotFree")


def refusals() -> Iterator[tuple[str, ast.Call]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                yield f"{path.name}:{node.lineno}", node


@pytest.mark.parametrize(("where", "call"), refusals(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_refusal_has_words_for_the_customer(where: str, call: ast.Call) -> None:
    words = ast.unparse(call)
    says = any(keyword.arg in ("say", "appointment") for keyword in call.keywords)
    assert says or any(beginning in words for beginning in NOT_FOR_CUSTOMERS), f"{where} says nothing to the customer: {words}"


def said_in_sources() -> Iterator[str]:
    """Every text that stands under `say` in a refusal as it is written, whatever is put into it."""
    for _, call in refusals():
        for keyword in call.keywords:
            if keyword.arg == "say":
                for node in ast.walk(keyword.value):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str):
                        yield node.value


@pytest.mark.parametrize("text", sorted(set(said_in_sources())))
def test_what_the_customer_reads_orders_nothing(text: str) -> None:
    assert is_for_customers(text)


class Thing:
    def __init__(self, name: str) -> None:
        self.name = name


REX, MIA = Thing("Rex"), Thing("Mia")


def refused(make: Any) -> AppError:
    with pytest.raises(BadRequest) as caught:
        make()
    return caught.value


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: one_of("Thor", [REX, MIA], "pet"), {"Rex", "Mia"}),
        (lambda: one_of("Rex", [Thing("Rex Alfa"), Thing("Rex Beta")], "pet"), {"Rex Alfa", "Rex Beta"}),
        (lambda: all_of("Hotel", [Thing("Banho"), Thing("Tosa")], "serviço"), {"Banho", "Tosa"}),
        (lambda: one_of("Rex", [], "pet"), set()),
    ],
)
def test_a_name_that_is_none_is_asked_for_with_those_that_are(make: Any, named: set[str]) -> None:
    say = refused(make).say
    assert say
    for text in say:
        assert is_for_customers(text)
        assert all(name in text for name in named)
        assert "Thor" not in text, "what the model made up is not said"
        assert text.endswith("?") or not named


def test_of_many_names_not_all_are_listed() -> None:
    say = refused(lambda: one_of("Thor", [Thing(f"Serviço {n}") for n in range(100)], "serviço")).say
    assert all(len(text) < 400 and "e outros" in text for text in say)


def test_a_question_is_told_as_one() -> None:
    voice = Voice(today=date(2026, 11, 27))
    assert [fact.kind for fact in Refused(error="Qual pet?", say=("Para qual pet: Rex ou Mia?",)).tell(voice)] == ["question"]
    assert [fact.kind for fact in Refused(error="Esse dia já passou.", say=("Esse dia já passou.",)).tell(voice)] == ["refusal"]
    assert list(Refused(error="Use register_pet.").tell(voice)) == []


def test_an_error_becomes_a_result_with_its_words() -> None:
    error = BadRequest("Falta a hora. Use check_availability.", say="Que horário você prefere?")
    result = Refused.of(error)
    assert result.as_json() == {"success": False, "error": str(error), "say": ["Que horário você prefere?"]}
    assert Refused.model_validate({**result.as_json(), "say": "Que horário você prefere?"}) == result
    assert Refused.of(AppError("Não deu.")).as_json() == {"success": False, "error": "Não deu."}


def test_who_is_late_is_offered_a_person() -> None:
    bath = item("Rex", "Banho", date(2026, 12, 1), time(10), 7000)
    late = late_notice(24 * 60, [bath], bath.starts_at - timedelta(hours=2))
    assert late
    (say, _) = late_refusal(late).say
    assert say.startswith(late)
    assert say.endswith("Quer que eu chame alguém da equipe?")
