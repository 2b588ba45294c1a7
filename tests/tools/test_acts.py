"""A tool that writes is carried out where the customer asked for what it does: just now, or before and still open."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from service.agenda.visits import Item
from service.language.optout import QUESTIONS
from service.platform.database import Database
from service.platform.errors import BadRequest
from tests.kit import documents
from tests.kit.saying import heard, refusal
from tools.definition import Tool, tool
from tools.grounds import Basis
from tools.heard import Heard
from tools.registry import AURORA, CLIENT, grounded
from tools.results import Refused
from tools.runtime import Run
from tools.said import Wished

REX, MEL = documents.pet("Rex"), documents.pet("Mel", species="cat")
# Today is Tuesday, 24/11; Rex's bath stands on Friday.
FRIDAY = {
    "id": uuid4(), "pet": "Rex", "service": "Banho", "starts_at": documents.NOW + timedelta(days=3), "status": "scheduled",
    "ends_at": documents.NOW + timedelta(days=3, hours=1), "professional": "Bia", "price_cents": 7000,
}  # fmt: skip
WHAT: dict[str, tuple[str, dict[str, Any]]] = {
    "cancel": ("cancel_appointment", {}),
    "move": ("reschedule_appointment", {"new_date": "segunda", "new_time": "10h"}),
    "wait": ("join_waiting_list", {"service_type": "Banho", "preferred_date": "segunda"}),
    "leave": ("leave_waiting_list", {}),
    "stop": ("stop_messages", {}),
    "resume": ("stop_messages", {"resume": True}),
}


def said(*lines: str, **more: Any) -> Heard:
    return heard(*lines, **{"pets": (REX, MEL), "appointments": [FRIDAY], **more})


def is_wished(act: str, conversation: Heard) -> bool:
    """Return whether the customer asked for an act, whatever else a call of its tool lacks."""
    name, args = WHAT[act]
    return "não pediu" not in refusal(conversation, name, **args)


# The declaration


@pytest.mark.parametrize("one", [*CLIENT, *AURORA], ids=lambda one: str(one.name))
def test_a_tool_that_writes_declares_what_it_rests_on(one: Tool) -> None:
    declared = [basis for basis in vars(Wished).values() if isinstance(basis, Basis)]
    assert one.rests_on in declared if one.writes else one.rests_on is None or one.rests_on in declared


def test_what_may_be_done_without_a_look_is_named() -> None:
    free = {one.name for one in CLIENT if one.rests_on is Wished.TOLD}
    assert free == {"register_pet", "update_pet", "update_my_data"}


def test_a_tool_that_writes_without_is_refused_when_it_is_made() -> None:
    with pytest.raises(TypeError, match=r"must say what that rests on"):

        @tool(writes=True)
        async def baseless(db: Database, runtime: Run) -> Refused:
            """Do something."""
            return Refused(error="")


# Just now


@pytest.mark.parametrize(
    ("act", "line"),
    [
        ("cancel", "preciso desmarcar o banho do Rex"), ("cancel", "não vou poder ir sexta"), ("cancel", "não consigo levar ele sexta"),
        ("cancel", "vou viajar, não vou mais"), ("cancel", "o Rex faleceu ontem 😢"), ("move", "dá pra passar pra segunda às 10h?"),
        ("move", "pode ser segunda às 10h em vez de sexta?"), ("move", "não vou conseguir sexta, tem segunda às 10h?"),
        ("move", "preciso de outro horário pro banho de sexta"), ("wait", "me avisa se abrir vaga pro banho na segunda"),
        ("leave", "pode me tirar da espera"), ("stop", "quanto é o banho? e não quero mais essas mensagens"),
        ("stop", "não me chamem mais"), ("stop", "sair?"), ("stop", "vocês mandam mensagem demais, parem"),
        ("stop", "meu cachorro morreu, não mandem mais lembrete de vacina"), ("resume", "volta com os lembretes vai"),
        ("cancel", "esquece o banho de sexta"), ("cancel", "pode tirar o Rex de sexta"), ("wait", "quero ficar na fila pra segunda"),
    ],
)  # fmt: skip
def test_what_was_just_asked_for_is_done(act: str, line: str) -> None:
    assert is_wished(act, said(line))


@pytest.mark.parametrize(
    ("act", "line"),
    [
        ("cancel", "bom dia"), ("cancel", "confirma meu banho de sexta?"), ("cancel", "não cancela o banho do Rex não"),
        ("cancel", "sexta eu levo o Rex no banho"), ("cancel", "a Mel está ótima"), ("move", "segunda às 10h eu viajo, confirma o banho?"),
        ("move", "tem banho segunda às 10h?"), ("wait", "tem banho pro Rex segunda?"), ("wait", "não quero lista de espera, tem segunda?"),
        ("leave", "bom dia, tudo bem?"), ("leave", "não quero sair da lista de espera não, viu?"), ("stop", "bom dia"),
        ("stop", "não recebi o lembrete"), ("stop", "para de perguntar"),
        ("cancel", "não esquece o banho de sexta"), ("resume", "pode me lembrar do banho?"), ("resume", "quanto custa?"),
        # What is said of another day is not said of the bath on Friday.
        ("cancel", "não vou poder ir segunda"), ("move", "segunda eu não consigo, tem terça?"),
    ],
)  # fmt: skip
def test_what_nobody_asked_for_is_not_done(act: str, line: str) -> None:
    assert not is_wished(act, said(line))


def test_one_of_several_pets_does_not_take_all_of_them_off_the_waiting_list() -> None:
    assert "sair da lista" in str(_ask(said("tira a Mel da lista de espera")))
    assert is_wished("leave", said("tira a gente da lista de espera"))
    assert is_wished("leave", said("tira a Mel da lista de espera", pets=(MEL,)))


def _ask(conversation: Heard) -> tuple[str, ...]:
    try:
        grounded("leave_waiting_list", {}, conversation)
    except BadRequest as refused:
        return refused.say
    return ()


# Before, and still open


@pytest.mark.parametrize(
    ("act", "lines"),
    [
        ("cancel", ["quero desmarcar o banho", "loja: Qual deles?", "o do Rex"]),
        ("cancel", ["quero desmarcar", "loja: Qual você quer cancelar?", "o de sexta", "loja: É o do Rex?", "isso"]),
        ("cancel", ["oi", "loja: Você quer cancelar o horário que está marcado?", "sim"]),
        ("cancel", ["cancela o banho do Rex", "loja: Cancelei. Posso ajudar em algo mais?", "e o da Mel também"]),
        ("move", ["preciso remarcar o banho", "loja: Para qual dia?", "pra segunda às 10h"]),
        ("move", ["muda o banho pra segunda às 15h", "loja: Às 15h não está livre. Qual horário você prefere?", "10h então"]),
        ("move", ["preciso remarcar", "loja: Para quando?", "pode ser segunda às 10h?"]),
        ("wait", ["tem banho segunda?", "loja: Não há horário livre. Quer entrar na lista de espera?", "quero sim"]),
        ("wait", ["me põe na lista de espera do banho", "loja: Para qual dia?", "segunda"]),
        ("leave", ["oi", "loja: Você quer sair da lista de espera?", "sim, por favor"]),
        ("stop", ["não quero mais essas mensagens", f"loja: {QUESTIONS['out']}", "quero"]),
    ],
)
def test_what_was_asked_for_stays_open_while_we_ask(act: str, lines: list[str]) -> None:
    assert is_wished(act, said(*lines))


@pytest.mark.parametrize(
    ("act", "lines"),
    [
        ("cancel", ["quero desmarcar o banho", "loja: Qual deles?", "deixa pra lá"]),
        ("cancel", ["quero desmarcar o banho", "loja: Qual deles?", "não, obrigada"]),
        ("cancel", ["quero cancelar", "loja: Prefere remarcar o horário?", "sim"]),
        ("cancel", ["cancela o banho do Rex", "loja: Cancelei o banho do Rex.", "bom dia"]),
        ("cancel", ["quero cancelar", "loja: Qual?", "ah deixa, quanto custa a tosa?", "loja: Custa R$ 50. Quer marcar?", "sim"]),
        ("cancel", ["oi", "loja: Você quer cancelar o horário que está marcado?", "não"]),
        ("cancel", ["oi", "loja: Responda SIM para confirmar ou NÃO para cancelar.", "ok"]),
        ("move", ["tem banho segunda?", "loja: Tem às 10h. Pode ser?", "pode ser"]),
        ("wait", ["tem banho segunda?", "loja: Não há horário livre. Quer entrar na lista de espera?", "não, obrigada"]),
        ("wait", ["tem banho segunda?", "loja: Não há horário livre. Quer entrar na lista de espera?", "sim?"]),
        ("leave", ["me avisa se abrir", "loja: Para qual dia?", "segunda"]),
    ],
)
def test_what_is_over_is_not_done(act: str, lines: list[str]) -> None:
    assert not is_wished(act, said(*lines))


def test_a_week_later_it_is_no_longer_asked_for() -> None:
    history = [
        documents.message("quero desmarcar o banho", seq=1, at=documents.NOW - timedelta(days=7), unanswered=False),
        documents.message(
            "Qual deles?", seq=2, at=documents.NOW - timedelta(days=7), direction="outgoing", unanswered=False, status="sent"
        ),
        documents.message("o do Rex", seq=3),
    ]
    assert not is_wished("cancel", said(history=history))


def proposed(kind: str, answer: str, *, is_open: bool = True) -> Heard:
    """Return a conversation in which we asked about a proposal, and what the customer answered."""
    asked, starts, ends = uuid4(), documents.NOW + timedelta(days=3), documents.NOW + timedelta(days=3, hours=1)
    item = Item(
        id=uuid4(), pet_id=REX.id, pet="Rex", service_id=uuid4(), service="Banho", resource_id=uuid4(), professional="Bia", unit="visit",
        price_cents=7000, starts_at=starts, busy_from=starts, ends_at=ends, busy_until=ends,
    )  # fmt: skip
    history = [
        documents.message("oi", seq=1, unanswered=False),
        documents.message("Confirma?", seq=2, direction="outgoing", unanswered=False, status="sent", proposal_id=asked),
        documents.message(answer, seq=3),
    ]
    proposal = {
        "id": asked, "kind": kind, "items": [item], "result": {}, "expired": False, "waiting_list_id": None,
        "call": {"name": "", "args": {}},
    }  # fmt: skip
    return said(history=history, **({"proposal": proposal} if is_open else {}))


def test_what_is_proposed_may_be_proposed_anew() -> None:
    assert is_wished("cancel", proposed("cancel", "não, o da Mel"))
    assert is_wished("move", proposed("reschedule", "não, às 15h"))
    assert not is_wished("cancel", proposed("reschedule", "sexta"))
    assert not is_wished("cancel", proposed("book", "sim"))
    assert not is_wished("cancel", proposed("cancel", "não"))
    assert not is_wished("cancel", proposed("cancel", "o da Mel", is_open=False))


def test_who_answers_a_booking_does_not_cancel_what_stands() -> None:
    assert is_wished("cancel", said("não vou poder ir"))
    assert not is_wished("cancel", proposed("book", "não vou poder ir"))


BOOKING = {"pet_name": "Rex", "service_type": "Banho", "preferred_date": "quinta", "preferred_time": "10h"}
NOT_YET = "não marca nada ainda, só quero saber se tem banho pro Rex quinta 10h"


@pytest.mark.parametrize(
    "line",
    [
        NOT_YET, "não precisa marcar, só queria saber quanto fica o banho do Rex quinta às 10h",
        "ainda não é pra marcar tá, mas quinta 10h tem banho pro Rex?", "marca não, só consulta quinta 10h banho do Rex",
        "por favor não agenda nada, só me diz se tem banho pro Rex quinta 10h",
    ],
)  # fmt: skip
def test_what_is_forbidden_is_not_proposed_and_may_be_looked_up(line: str) -> None:
    assert "ainda não é para marcar" in refusal(said(line), "book_appointment", **BOOKING)
    assert "ainda não é para marcar" not in refusal(said(line), "check_availability", service_type="Banho", date="quinta")


@pytest.mark.parametrize(
    ("answer", "forbidden"),
    [
        ("ok", True), ("beleza", True), ("show", True), ("obrigada!", True), ("vou ver e te falo", True), ("e o preço?", True),
        ("pode marcar", False), ("quero", False), ("pode ser", False), ("quinta às 10h então", False), ("sim, por favor", False),
    ],
)  # fmt: skip
def test_what_was_forbidden_stays_so_until_it_is_wanted(answer: str, forbidden: bool) -> None:
    conversation = said(NOT_YET, "loja: Na quinta, 26/11, às 10h está livre.", answer)
    assert ("ainda não é para marcar" in refusal(conversation, "book_appointment", **BOOKING)) == forbidden


def test_what_is_wanted_in_the_same_breath_is_proposed() -> None:
    assert refusal(said("banho pro Rex quinta 10h"), "book_appointment", **BOOKING) == ""
    assert "ainda não é para marcar" not in refusal(said("não marca sexta, marca quinta 10h banho pro Rex"), "book_appointment", **BOOKING)


CANCEL, MOVE = "Você quer cancelar o horário que está marcado?", "Você quer mudar o horário que já está marcado?"


@pytest.mark.parametrize(
    ("act", "line", "ask"),
    [
        ("cancel", "quanto custa cancelar?", CANCEL), ("cancel", "bom dia", ""), ("cancel", "não cancela não", ""),
        ("cancel", "não consigo levar ele sexta, minha mãe leva", CANCEL), ("move", "bota o banho pra segunda às 10h", MOVE),
        ("move", "não, às 15h", MOVE), ("wait", "tem lista de espera?", "Quer entrar na lista de espera?"),
        ("leave", "ainda estou na lista de espera?", "Você quer sair da lista de espera?"), ("move", "posso remarcar depois?", MOVE),
        ("move", "tem como ser mais tarde?", MOVE), ("cancel", "esquece aquele banho feio de sexta", CANCEL),
        ("cancel", "desiste do banho", CANCEL), ("wait", "tem fila pra sexta?", "Quer entrar na lista de espera?"),
    ],
)  # fmt: skip
def test_what_was_spoken_of_is_asked(act: str, line: str, ask: str) -> None:
    name, args = WHAT[act]
    with pytest.raises(BadRequest) as refused:
        grounded(name, args, said(line))
    assert refused.value.say == ((ask,) if ask else ())
