"""What customers ask to be done: said is only what every word of is understood."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from evals.tau.task import written
from service.language.acts import Act, acts_in, asked_by_us, is_assent, only_details, says_only

NAMES = ["Rex", "Mel", "Luna", "Bob", "Banho", "Tosa", "Consulta", "Hotel", "Ana"]
DATA = Path(__file__).parents[1] / "kit" / "data"
PHRASES: dict[str, list[str]] = yaml.safe_load((DATA / "acts.yaml").read_text("utf-8"))
SAID = [(act, text) for act, texts in PHRASES.items() for text in texts if act != "none"]


def asked(text: str, names: list[str] = NAMES) -> set[Act]:
    """Return what a text asks for, in so many words or by what leads to it."""
    found = acts_in(text, names)
    return found.said | {act for act, _ in found.implied}


@pytest.mark.parametrize(("act", "text"), SAID)
def test_what_is_asked_for_is_heard(act: Act, text: str) -> None:
    assert act in asked(text)


@pytest.mark.parametrize(("act", "text"), SAID)
def test_it_is_heard_in_capitals_and_after_a_greeting(act: Act, text: str) -> None:
    assert act in asked(f"Oi, bom dia!\n{text.upper()}")


@pytest.mark.parametrize("text", PHRASES["none"])
def test_what_only_sounds_like_it_asks_for_nothing(text: str) -> None:
    assert asked(text) == set()


@pytest.mark.parametrize(("act", "text"), [(act, text) for act, text in SAID if act in ("wait", "leave")])
def test_who_joins_does_not_leave(act: Act, text: str) -> None:
    assert not {"wait", "leave"} - {act} & asked(text)


@pytest.mark.parametrize(
    "text",
    ["quero cancelar o banho do Rex", "cancela", "pode desmarcar", "remarca pra terça", "dá pra mudar?", "me põe na lista de espera"],
)
def test_negated_it_is_not_said(text: str) -> None:
    for negated in (f"não {text}", f"{text} não", f"não, não {text}", f"nunca {text}", f"{text}? jamais, não {text}"):
        assert asked(negated) == set(), negated


@pytest.mark.parametrize("text", ["quanto custa cancelar?", "se chover, pode cancelar", "posso cancelar até quando?"])
def test_what_is_spoken_of_is_worth_a_question(text: str) -> None:
    found = acts_in(text, NAMES)
    assert (found.said, found.spoken_of) == (set(), {"cancel"})


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("cancela o do Rex mas mantém o da Mel", "cancel"), ("cancela e marca pra sábado", "cancel"),
        ("pode cancelar o banho da Mel e manter o do Rex", "cancel"), ("pode deixar pra sexta o banho?", "move"),
        ("bota o banho da Mel pra quinta", "move"), ("não, às 15h", "move"), ("se não tiver outro horário, pode cancelar", "cancel"),
    ],
)  # fmt: skip
def test_what_goes_two_ways_is_worth_a_question(text: str, act: Act) -> None:
    found = acts_in(text, NAMES)
    assert act in found.spoken_of
    assert act not in asked(text)


def test_why_something_is_wanted_is_not_wanted_beside_it() -> None:
    assert asked("Não consigo amanhã, remarca pra sexta") == {"move"}
    assert asked("não vou poder levar ele segunda, cancela") == {"cancel"}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Você quer cancelar o horário que está marcado?", "cancel"), ("Quer que eu coloque você na lista de espera?", "wait"),
        ("Não há horário. Quer entrar na lista de espera?", "wait"), ("Você quer sair da lista de espera?", "leave"),
        ("Quer mudar o banho para outro dia?", "move"), ("Prefere cancelar ou remarcar?", None), ("Posso ajudar em algo mais?", None),
        ("Cancelei o banho. Posso ajudar em algo mais?", None), ("Responda SIM para confirmar ou NÃO para cancelar.", None),
    ],
)  # fmt: skip
def test_what_we_asked_about(text: str, act: Act | None) -> None:
    assert asked_by_us(text) == act


@pytest.mark.parametrize("text", ["sim", "Sim!", "quero sim", "pode", "claro, por favor", "isso", "pode ser sim", "sim, pro Rex"])
def test_a_plain_yes(text: str) -> None:
    assert is_assent(text, NAMES)


@pytest.mark.parametrize("text", ["sim?", "não", "ok", "certo", "confirmo", "sim, mas só na sexta", "sim, quanto custa?", "bom dia", ""])
def test_no_plain_yes(text: str) -> None:
    assert not is_assent(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "o do Rex",
        "da Mel",
        "sexta às 10h",
        "pra segunda às 17h",
        "pode ser quinta?",
        "não, o da Mel",
        "10h não, 11h",
        "os dois",
        "o de 14h",
    ],
)
def test_details_are_the_answer_to_which(text: str) -> None:
    assert only_details(text, NAMES)


@pytest.mark.parametrize("text", ["não", "não, obrigada", "deixa pra lá", "quanto custa a tosa?", "minha mãe leva", "não, deixa marcado"])
def test_no_details(text: str) -> None:
    assert not only_details(text, NAMES)


@pytest.mark.parametrize(
    "text", ["sair da lista", "Me tira da lista!", "quero sair da lista de espera", "pode me tirar da lista de espera?"]
)
def test_plainly_leaving(text: str) -> None:
    assert says_only("leave", text, NAMES)


@pytest.mark.parametrize(
    "text",
    ["sair da lista?", "quero sair da lista de espera e marcar um banho", "me tira da lista e me põe na de sexta", "bom dia", "sim",
     "não quero sair da lista", "como saio da lista de espera?", "me tira da lista de espera, e cancela o banho"],
)  # fmt: skip
def test_not_only_leaving(text: str) -> None:
    assert not says_only("leave", text, NAMES)


# What strangers wrote who are on the waiting list: "list" leaves it, "no" and "none" do not. (The sixth lot has no label for it.)
LOTS = [yaml.safe_load((DATA / f"stranger{lot}.yaml").read_text("utf-8"))["opt_out"] for lot in ("", "_own", "_second", "_third")]
WROTE = [(row["text"], row["right"]) for lot in LOTS for row in lot]


def test_strangers_who_leave_the_waiting_list_are_mostly_heard() -> None:
    leave = [text for text, right in WROTE if right == "list"]
    unheard = [text for text in leave if "leave" not in asked(text)]
    assert (len(leave), len(unheard)) == (25, 6), unheard
    # These need no model.
    assert sum(says_only("leave", text, NAMES) for text in leave) >= 14


@pytest.mark.parametrize("text", [text for text, right in WROTE if right in ("no", "none")])
def test_strangers_who_do_not_leave_it_stay(text: str) -> None:
    assert not {"leave", "wait"} & asked(text) - ({"wait"} if "coloca" in text else set())


ACT_OF: dict[str, Act] = {"cancel": "cancel", "move": "move", "wait": "wait"}


def _wants(want: dict[str, Any], names: list[str]) -> Iterator[tuple[Act, list[str], str]]:
    """Yield what a customer of the tasks says for each change or wait that he wants, with the names that he may use."""
    deal = want.get("deal", {})
    if act := ACT_OF.get(deal.get("kind", "")):
        says = want["says"] if isinstance(want["says"], str) else "\n".join(want["says"])
        for text in (says, *want.get("again", ())):
            yield act, [*names, *deal["pets"], *deal["services"]], text
    if instead := want.get("instead"):
        yield from _wants(instead, names)


OF_TASKS = [found for task in written() for want in task["wants"] for found in _wants(want, [(task.get("contact") or {}).get("name", "")])]


def test_there_are_many_of_the_tasks() -> None:
    assert sum(act in asked(text, names) for act, names, text in OF_TASKS) > 30


@pytest.mark.parametrize(("act", "names", "text"), OF_TASKS)
def test_what_the_tasks_customers_want_is_heard(act: Act, names: list[str], text: str) -> None:
    # What only says which or when answers a question about what was asked for before (tests/tools/test_acts.py).
    assert act in asked(text, names) or only_details(text, names)
