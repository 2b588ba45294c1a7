"""The rules never fail and never fall silent, whatever people write; how they read single sentences."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from graphs.offline import client, owner
from graphs.offline.pets import PetWords, read_pet
from graphs.offline.reading import Call

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
cancelar pessoa obrigada hoje ontem semana mês passado passada últimos 0 dias clientes atendi faturei livre sumiram mais sai
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXT = st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=8).map(" ".join)


def ask(*said: str) -> list[BaseMessage]:
    return [SystemMessage(PROMPT), *map(HumanMessage, said)]


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_a_customer_is_always_answered(said: list[str]) -> None:
    messages: list[BaseMessage] = [SystemMessage(PROMPT)]
    for text in said:
        messages.append(HumanMessage(text))
        answer = client.answer(messages)
        if isinstance(answer, Call):
            call = {"id": "1", "name": answer.name, "args": answer.args}
            refusal = json.dumps({"success": False, "error": "Não deu."})
            messages += [AIMessage("", tool_calls=[call]), ToolMessage(refusal, tool_call_id="1", name=answer.name)]
            if answer.name == "escalate_to_human":
                continue
            answer = client.answer(messages)
        assert isinstance(answer, str)
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
        ("tenho dois cachorros", PetWords(None, "dog")),
        ("bom dia!", PetWords()),
    ],
)
def test_what_a_sentence_says_of_a_pet(text: str, pet: PetWords) -> None:
    assert read_pet(text, PetWords(), bare_name=False) == pet


def test_the_service_with_most_words_is_meant() -> None:
    assert client.answer(ask("horário de banho e tosa amanhã")) == Call(
        "check_availability", {"service_type": "Banho e Tosa", "preferred_date": "2026-11-24"}
    )
    assert client.answer(ask("horário de banho amanhã, o melhor que tiver")) == Call(
        "check_availability", {"service_type": "Banho", "preferred_date": "2026-11-24"}
    )
