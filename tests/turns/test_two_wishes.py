"""Two wishes in one message: where one of them waits, the customer hears of both."""

from typing import Any

import pytest

from service.turns.compose import compose
from tests.kit import replies
from tools.acts import _UNASKED

ASK = "Fica assim: Banho de Rex, sexta-feira, 27/11/2026, às 10h, R$ 70,00. Posso confirmar?"
BATH = {
    "pet": "Rex",
    "service": "Banho",
    "starts_at": "2026-11-27T10:00:00-03:00",
    "ends_at": "2026-11-27T11:00:00-03:00",
    "price_cents": 7000,
}
PROPOSED: dict[str, Any] = {
    "book_appointment": {
        "success": False, "awaiting_confirmation": True, "ask": ASK, "proposal": {"kind": "book", "items": [{**BATH, "unit": "visit"}]},
    }
}  # fmt: skip


def refused(tool: str, say: str) -> dict[str, Any]:
    return {tool: {"success": False, "error": "Nada foi feito.", **({"say": [say]} if say else {})}}


def sent(said: str, *tools: dict[str, Any], reply: str = "Posso confirmar?") -> str:
    return str(compose(reply, replies.told_in({"customer": [said], "tools": list(tools), "pets": ["Rex"]})).text)


@pytest.mark.parametrize(
    ("tool", "act", "waits"),
    [
        ("cancel_appointment", "cancel", "O cancelamento eu vejo"),
        ("reschedule_appointment", "move", "A mudança do outro horário eu vejo"),
        ("join_waiting_list", "wait", "A lista de espera eu vejo"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("first", [True, False])
def test_what_was_refused_with_a_question_is_told_of_beside_a_proposal(tool: str, act: Any, waits: str, *, first: bool) -> None:
    other = refused(tool, _UNASKED[act][1])
    tools = (other, PROPOSED) if first else (PROPOSED, other)
    text = sent("marca banho pro Rex sexta às 10h e cancela o de quinta", *tools)
    assert waits in text
    assert text.endswith(ASK)
    assert text.count("?") == 1


@pytest.mark.parametrize("tool", ["cancel_appointment", "reschedule_appointment", "join_waiting_list", "update_my_data"])
def test_what_nobody_spoke_of_is_not_told_of(tool: str) -> None:
    assert sent("marca banho pro Rex sexta às 10h", PROPOSED, refused(tool, "")) == ASK


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("marca banho e tosa pro Rex sexta às 10h", "Tosa"), ("quero tosa e banho sexta 10h", "Tosa"), ("banho, tosa sexta 10h?", "Tosa"),
        ("tem banho e consulta sexta às 10h?", "Consulta"), ("banho + tosa + consulta sexta 10h", "Tosa e Consulta"),
        ("banho sexta 10h", ""), ("só o banho sexta 10h, banho e tosa não", ""), ("banho sexta 10h. A tosa é quanto?", ""),
        ("banho pro Rex sexta 10h e a consulta da Mia outro dia", ""), ("ele fez tosa ontem, agora banho sexta 10h", ""),
    ],
)  # fmt: skip
def test_no_service_is_dropped_in_silence(said: str, left: str) -> None:
    text = sent(said, PROPOSED)
    assert (f"{left} eu vejo assim que você responder." in text) is bool(left)
    assert left or text.count("assim que você responder") == 0
    assert text.endswith(ASK)
