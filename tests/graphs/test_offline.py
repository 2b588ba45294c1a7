"""The rules never fail and never fall silent, whatever people write; how they read single sentences."""

import json
import re
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from graphs.offline import client, orders, owner
from graphs.offline.orders import QUESTIONS
from graphs.offline.pets import PetWords, names_in, read_pets
from graphs.offline.reading import NOT_UNDERSTOOD, Call
from graphs.offline.results import for_customer
from graphs.offline.topics import _PATTERNS, FUNCTIONS, TAKES, Takes
from tools.arguments import WRONG_ARGUMENTS
from tools.definition import Tool
from tools.registry import CLIENT

PROMPT = """\
Agora: segunda-feira, 23/11/2026, 19:40 (America/Sao_Paulo)

Você é Luna, do atendimento pelo WhatsApp da Pet Shop Patinhas (pet shop). Seu tom é simpático.
Serviços:
- Banho: R$ 70,00, 60 minutos
- Banho e Tosa: R$ 120,00, 90 minutos
- Consulta: R$ 150,00, 30 minutos
Pets do cliente:
- Mel (cachorro, Poodle)
Agendamentos do cliente:
- nenhum"""

VOCABULARY = """
oi banho tosa consulta Mel Rex amanhã sexta dia 3 31/02 29/2 25h 15h às 10 e meia quero agendar cadastrar horário gato chamado preço sim não
cancelar remarcar para depois manhã semana que vem
pessoa obrigada hoje ontem semana mês passado passada últimos 0 dias clientes atendi faturei livre sumiram mais sai
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXT = st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=8).map(" ".join)


def ask(*said: str) -> list[BaseMessage]:
    return [SystemMessage(PROMPT), *map(HumanMessage, said)]


def results(call: Call, error: str) -> list[BaseMessage]:
    """Return a call and its refusal, as the window has them."""
    refusal = json.dumps({"success": False, "error": error})
    asking = AIMessage("", tool_calls=[{"id": "1", "name": call.name, "args": call.args}])
    return [asking, ToolMessage(refusal, tool_call_id="1", name=call.name)]


def test_two_questions_are_two_calls_and_one_answer() -> None:
    messages = ask("preço ENDERECO")
    names = []
    while isinstance(answer := client.answer(messages), Call):
        names.append(answer.name)
        messages += results(answer, f"{answer.name} não deu.")
    assert sorted(names) == ["list_services", "shop_info"]
    assert all(f"{name} não deu." in answer for name in names)


@pytest.mark.parametrize(
    "said", ["quais são meus agendamentos?", "quero agendar banho pra Mel sexta às 10h", "tenho um cachorro chamado Rex"]
)
def test_what_is_wrong_with_a_call_is_not_told_to_a_customer(said: str) -> None:
    messages = ask(said)
    call = client.answer(messages)
    assert isinstance(call, Call)
    answer = client.answer([*messages, *results(call, f"{WRONG_ARGUMENTS}: minutes: Field required")])
    assert isinstance(answer, str)
    assert answer.startswith(NOT_UNDERSTOOD)
    assert "rgumento" not in answer


def test_what_is_wrong_with_a_call_is_not_told_to_an_owner() -> None:
    messages = ask("quanto faturei?")
    call = owner.answer(messages)
    assert isinstance(call, Call)
    assert owner.answer([*messages, *results(call, f"{WRONG_ARGUMENTS}: period: Field required")]) == NOT_UNDERSTOOD


def test_every_topic_of_an_owners_has_its_question() -> None:
    assert set(QUESTIONS) == set(get_args(orders.Topic)), "a name in Topic of graphs/offline/orders.py needs its entry in QUESTIONS"


def test_every_function_that_takes_something_is_given_it() -> None:
    """What describes a pet is in the talk itself; everything else is read from the words that brought the topic."""
    for topic, name in FUNCTIONS.items():
        takes = [field for field, of in by_name(name).arguments.model_fields.items() if of.is_required() and field != "runtime"]
        assert not takes or topic == "describe" or topic in TAKES, (
            f"{topic}: {name} takes {takes}, read them in TAKES of graphs/offline/topics.py"
        )
        given = TAKES[topic].read("vou atrasar 15 minutos") if topic in TAKES else None
        assert given is None or set(given) <= set(by_name(name).takes), f"{topic}: {name} takes no {given}"


def by_name(name: str) -> Tool:
    return next(tool for tool in CLIENT if tool.name == name)


ASK_MINUTES = "De quantos minutos é o atraso?"


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules know a topic whose function takes a number."""

    def minutes(text: str) -> dict[str, Any] | None:
        return {"minutes": int(found[1])} if (found := re.search(r"(\d+) ?min", text)) else None

    monkeypatch.setitem(FUNCTIONS, "phone", "running_late")
    monkeypatch.setitem(TAKES, "phone", Takes(minutes, ASK_MINUTES))
    monkeypatch.setitem(_PATTERNS, "phone", ("atras",))


@pytest.mark.usefixtures("late")
def test_what_a_function_takes_is_read_from_the_words() -> None:
    assert client.answer(ask("oi, vou atrasar uns 15 min")) == Call("running_late", {"minutes": 15})


@pytest.mark.usefixtures("late")
def test_what_the_words_do_not_say_is_asked_for_and_the_answer_understood() -> None:
    messages = ask("vou me atrasar")
    assert client.answer(messages) == ASK_MINUTES
    messages += [AIMessage(ASK_MINUTES), HumanMessage("20 minutos")]
    assert client.answer(messages) == Call("running_late", {"minutes": 20})


@pytest.mark.usefixtures("late")
def test_what_has_to_be_asked_for_keeps_nothing_else_from_being_answered() -> None:
    messages = ask("vou me atrasar, e qual o endereço?")
    call = client.answer(messages)
    assert call == Call("shop_info", {})
    assert client.answer([*messages, *results(call, "Não deu.")]) == f"Não deu. {ASK_MINUTES}"


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_a_customer_is_always_answered(said: list[str]) -> None:
    messages: list[BaseMessage] = [SystemMessage(PROMPT)]
    for text in said:
        messages.append(HumanMessage(text))
        answer, called = client.answer(messages), set()
        # Each of several questions has its function: "preço e endereço?".
        while isinstance(answer, Call) and answer.name not in called:
            called.add(answer.name)
            messages += results(answer, "Não deu.")
            if answer.name == "escalate_to_human":
                break
            answer = client.answer(messages)
        if "escalate_to_human" in called:
            continue
        assert isinstance(answer, str), f"{answer} is called again"
        assert answer.strip()
        messages.append(AIMessage(answer))


@given(st.lists(TEXT, min_size=1, max_size=3))
def test_an_owner_is_always_answered(said: list[str]) -> None:
    answer = owner.answer(ask(*said))
    assert isinstance(answer, Call) or answer.strip()


def test_a_question_names_its_period_in_its_own_words() -> None:
    assert owner.answer(ask("como foi a semana passada?")) == Call("business_summary", {"period": "como foi a semana passada?"})
    assert owner.answer(ask("quanto faturei?")) == Call("business_summary", {})
    assert owner.answer(ask("quanto faturei?", "e ontem?")) == Call("business_summary", {})


@pytest.mark.parametrize(
    ("text", "pet"),
    [
        ("Tenho um Golden Retriever de 3 anos chamado Rex", PetWords("Rex", "dog", "Golden Retriever", 3)),
        ("minha gata se chama mia, tem 6 meses", PetWords("Mia", "cat", None, 0.5)),
        ("o nome dela é Nina, uma calopsita", PetWords("Nina", "bird")),
        ("Quero agendar banho para meu cachorro Rex", PetWords("Rex", "dog")),
        ("tenho dois cachorros", PetWords(None, "dog", several=True)),
        ("bom dia!", PetWords()),
    ],
)
def test_what_a_sentence_says_of_a_pet(text: str, pet: PetWords) -> None:
    assert read_pets(text, [], names_in(text, ["Banho"], asked=False, for_visit="banho" in text)) == [pet]


def test_the_service_with_most_words_is_meant() -> None:
    looked_for = {"pet_name": "Mel", "service_type": "Banho e Tosa", "preferred_date": "2026-11-24"}
    assert client.answer(ask("horário de banho e tosa amanhã")) == Call("check_availability", looked_for)
    looked_for["service_type"] = "Banho"
    assert client.answer(ask("horário de banho amanhã, o melhor que tiver")) == Call("check_availability", looked_for)


BANHO = {"pet_name": "Mel", "service_type": "Banho"}
BOTH = {"pet_name": "Mel", "service_type": "Banho e Consulta"}
CONSULTA = {"pet_name": "Mel", "service_type": "Consulta"}


@pytest.mark.parametrize(
    ("said", "call"),
    [
        (
            ["banho e consulta pra Mel sexta às 10h"],
            Call(
                "book_appointment", {**BANHO, "service_type": "Banho e Consulta", "preferred_date": "2026-11-27", "preferred_time": "10:00"}
            ),
        ),
        (
            ["banho na quinta", "às 9h. Ah, banho não, quero consulta"],
            Call("book_appointment", {**CONSULTA, "preferred_date": "2026-11-26", "preferred_time": "09:00"}),
        ),
        (
            ["tem banho semana que vem de manhã?"],
            Call("check_availability", {**BANHO, "preferred_date": "de 30/11/2026 a 06/12/2026", "preferred_time": "de manhã"}),
        ),
        (
            ["quero marcar banho sexta depois das 14h"],
            Call("check_availability", {**BANHO, "preferred_date": "2026-11-27", "preferred_time": "entre 14h e 23h59"}),
        ),
        (
            ["quero remarcar o banho da Mel para sábado às 10h"],
            Call("reschedule_appointment", {**BANHO, "new_date": "2026-11-28", "new_time": "10:00"}),
        ),
        (
            ["remarca o banho de sexta para quinta"],
            Call("reschedule_appointment", {"service_type": "Banho", "new_date": "2026-11-26", "current_date": "2026-11-27"}),
        ),
        (
            ["quero mudar o banho", "sábado às 10h"],
            Call("reschedule_appointment", {"service_type": "Banho", "new_date": "2026-11-28", "new_time": "10:00"}),
        ),
        (["cancela o banho de sexta"], Call("cancel_appointment", {"service_type": "Banho", "date": "2026-11-27"})),
        (
            ["quero cancelar", "na verdade quero agendar uma consulta sexta às 9h"],
            Call("book_appointment", {**CONSULTA, "preferred_date": "2026-11-27", "preferred_time": "09:00"}),
        ),
        (["me passa o preço do banho?"], Call("list_services", {})),
    ],
)
def test_what_a_customer_wants(said: list[str], call: Call) -> None:
    assert client.answer(ask(*said)) == call


def test_an_hour_alone_keeps_the_day_of_the_booking() -> None:
    prompt = PROMPT.replace("- nenhum", "- Banho de Mel, sexta-feira, 27/11/2026 às 14h")
    moved = Call("reschedule_appointment", {**BANHO, "new_date": "2026-11-27", "new_time": "15:00"})
    assert client.answer([SystemMessage(prompt), HumanMessage("muda o banho da Mel pra 15h")]) == moved


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        ("Não há mais horário. Mais próximos livres: sexta às 9h.", "Não há mais horário. Mais próximos livres: sexta às 9h."),
        ("O cliente não tem nenhum agendamento futuro.", "Você não tem nenhum agendamento futuro."),
        ("Há mais de um: Banho de Rex; Tosa de Rex. Pergunte ao cliente qual deles.", "Há mais de um: Banho de Rex; Tosa de Rex."),
        ("Não há horário livre nos próximos dias: ofereça a lista de espera.", "Não há horário livre nos próximos dias."),
        ("Consulta só a equipe agenda. Use escalate_to_human para passar a conversa.", "Consulta só a equipe agenda."),
    ],
)
def test_a_refusal_tells_the_customer_nothing_that_is_the_models(refusal: str, told: str) -> None:
    assert for_customer(refusal) == told


@pytest.mark.parametrize(
    ("said", "function"),
    [
        ("quero falar com gente de verdade", "escalate_to_human"), ("posso conversar com uma pessoa?", "escalate_to_human"),
        ("tenho alguma coisa marcada?", "my_appointments"), ("eu tenho horário marcado?", "my_appointments"),
        ("vocês mandam mensagem demais, parem", "stop_messages"), ("não mandem mais lembrete de vacina", "stop_messages"),
    ],
)  # fmt: skip
def test_plain_wishes_are_understood(said: str, function: str) -> None:
    step = client.answer(ask(said))
    assert isinstance(step, Call)
    assert step.name == function


@pytest.mark.parametrize("said", ["obrigadaa", "obrigadaaa!!", "valeuuu"])
def test_drawn_out_thanks_are_thanks(said: str) -> None:
    assert client.answer(ask(said)) == client.answer(ask("obrigada"))


@pytest.mark.parametrize("said", ["esquece o banho de sexta", "deixa o banho pra lá"])
def test_who_lets_a_visit_go_is_asked_which(said: str) -> None:
    assert "cancelar nada errado" in str(client.answer(ask(said)))


def test_the_question_about_messages_is_the_tools() -> None:
    call = Call("stop_messages", {})
    asking = AIMessage("", tool_calls=[{"id": "1", "name": call.name, "args": call.args}])
    result = ToolMessage(json.dumps({"success": False, "ask": "Você quer parar?"}), tool_call_id="1", name=call.name)
    assert client.answer([*ask("vocês mandam mensagem demais, parem"), asking, result]) == "Você quer parar?"
