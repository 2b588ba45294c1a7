"""When a person may be called, and what is asked of who spoke of something else."""

import pytest
from langchain_core.messages import AIMessage, AnyMessage, ToolCall, ToolMessage

from graphs.loop import escalation_call
from service.platform.errors import BadRequest
from tests.kit import documents
from tests.kit.saying import heard, refusal, stands
from tools import grounds
from tools.booking import book_appointment
from tools.heard import Heard
from tools.registry import grounded

REX = documents.pet("Rex")
OFFERED = "loja: Essa informação eu não tenho aqui. Quer que eu pergunte à equipe?"
BOOKED = "loja: Prontinho, está marcado: Banho de Rex, sexta-feira, 27/11, às 10h. Fica R$ 70,00. 🐾"


def called(*lines: str) -> bool:
    return refusal(heard(*lines, pets=(REX,)), "escalate_to_human", reason="x") == ""


@pytest.mark.parametrize(
    "lines",
    [
        ["oi"], ["bom dia"], ["oi, tudo bem?"], ["oi Luna, boa tarde!"],
        [BOOKED, "então tá, obrigada"], [BOOKED, "obrigada!"],
        ["loja: Como posso ajudar?", "oi"], ["loja: Se precisar, é só chamar.", "obrigada"], ["tchau, até mais"],
        [BOOKED, "valeu, bom fds"], ["vou falar com meu marido"], ["já te respondo"], ["desculpa a demora"], ["mandei pra pessoa errada"],
        ["o Rex é muito danado"], ["kkkkk obrigada"], ["vocês são demais"], [BOOKED, "ok, obrigada"], ["peraí"], ["alô"],
    ],
)  # fmt: skip
def test_nobody_is_called_for_words_that_want_nothing(lines: list[str]) -> None:
    assert not called(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["quero falar com uma pessoa"], ["oi, tem alguém aí?"], ["me ajuda"], ["voces podem me ajudar?"], ["atendente"],
        ["oi, quero reclamar"],
        ["vocês machucaram o Rex"], ["desculpa mas ficou péssimo"], ["obrigada por nada"],
        ["vou processar vocês"], ["fiz o pix"],
        ["o Rex tá mal"], ["o Rex morreu"], ["😡"], ["😭"], ["?"], ["vocês fazem nota fiscal?"], ["quero um desconto"],
        ["vou chegar atrasada"], [OFFERED, "sim"], [OFFERED, "obrigada"], [OFFERED, "ok"], [OFFERED, "por favor, obrigada"],
        ["sim"], ["ok"],
        ["não"], ["cadê vocês"], ["bom dia, cadê o Rex"], ["asdf"], ["oi, estou há uma hora esperando"], ["vou falar com o gerente"],
    ],
)  # fmt: skip
def test_a_person_may_be_called_for_anything_else(lines: list[str]) -> None:
    assert called(*lines)


def asks(said: Heard, tool: str, **args: str) -> tuple[str, ...]:
    try:
        grounded(tool, args, said)
    except BadRequest as refused:
        return refused.say
    return ()


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("marca banho pro Rex quinta às 10h, pode confirmar", False), ("oi", False), ("obrigada", False), ("quanto é o banho?", False),
        ("o Rex adora passear", False), ("sexta às 10", False), ("pode ser", False), ("tem vaga amanhã?", False), ("kkkk", False),
        ("aqui é o Rex kkkk", True), ("muda meu nome", True), ("meu cadastro tá errado", True), ("não me chamo assim", True),
    ],
)  # fmt: skip
def test_who_does_not_speak_of_their_name_is_not_asked_for_it(line: str, *, asked: bool) -> None:
    assert asks(heard(line, pets=(REX,)), "update_my_data", name="Rex") == (("Como você se chama?",) if asked else ())


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("o Rex é um amor", False), ("o Rex é lindo", False), ("oi, aqui é do Rex", False), ("quero banho pro Rex", False),
        ("quanto fica o banho do Rex?", False), ("o Rex manda beijo", False), ("saudade de levar o Rex aí", False), ("Rex sexta", False),
        ("anota no cadastro do Rex", True), ("o Rex morde", True), ("toma cuidado com o Rex", True), ("o Rex tem alergia", True),
    ],
)  # fmt: skip
def test_who_does_not_speak_of_the_record_is_not_asked_what_to_note(line: str, *, asked: bool) -> None:
    question = ("O que você quer que eu anote sobre Rex?",)
    assert asks(heard(line, pets=(REX,)), "update_pet", pet_name="Rex", notes="muito carinhoso com todos") == (question if asked else ())


@pytest.mark.parametrize(
    ("line", "service", "meant"),
    [
        ("marca banho e tosa pro Rex quinta às 10h", "Banho", "Banho e Tosa"),
        ("marca banho e tosa pro Rex quinta às 10h", "Tosa", "Banho e Tosa"),
        ("quero tosa e banho pro Rex amanhã às 9", "Banho", "Banho e Tosa"), ("agenda banho + tosa sexta 10h", "Banho", "Banho e Tosa"),
        ("banho, tosa pro Rex sexta 10h", "Banho", "Banho e Tosa"), ("quero um banho com tosa sexta", "Banho", "Banho e Tosa"),
        ("marca banho pro Rex quinta às 10h", "Banho", "Banho"), ("banho e tosa quanto fica? marca banho", "Banho", "Banho"),
        ("só o banho, a tosa fica pra depois", "Banho", "Banho"), ("banho sem tosa quinta", "Banho", "Banho"),
        ("banho e tosa: banho quinta e tosa sexta", "Banho", "Banho"), ("banho ou tosa, o que tiver", "Banho", "Banho"),
        ("banho quinta pro Rex e consulta sexta", "Banho", "Banho"), ("marca banho e tosa", "Banho e Tosa", "Banho e Tosa"),
    ],
)  # fmt: skip
def test_what_is_wished_for_in_one_breath_is_proposed_together(line: str, service: str, meant: str) -> None:
    said = heard(line, pets=(REX,))
    args = {"pet_name": "Rex", "service_type": service, "preferred_date": "quinta", "preferred_time": "10h"}
    argument = {"service_type": book_appointment.grounds["service_type"]}
    assert grounds.grounded(argument, args, said, writes=True).args["service_type"] == meant


def test_a_reason_is_the_models_own() -> None:
    assert stands(heard("quero uma pessoa"), "escalate_to_human", reason="pediu") == {"reason": "pediu"}


def test_a_call_for_a_person_that_was_refused_calls_nobody() -> None:
    asked = AIMessage("", tool_calls=[ToolCall(name="escalate_to_human", args={"reason": "x"}, id="1")])
    refused = ToolMessage('{"success": false, "error": "Não."}', tool_call_id="1", name="escalate_to_human")
    done = ToolMessage('{"success": true, "reason": "x"}', tool_call_id="1", name="escalate_to_human")
    again = asked.model_copy(update={"tool_calls": [{**asked.tool_calls[0], "id": "2"}]})
    turns: list[list[AnyMessage]] = [[asked, refused], [asked], [asked, done], [asked, refused, again]]
    assert [escalation_call(turn) is not None for turn in turns] == [False, True, True, True]
