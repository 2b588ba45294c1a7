"""The rules never fail and never fall silent, whatever people write; how they read single sentences."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from graphs.offline import client, owner
from graphs.offline.pets import PetWords, names_in, read_pets
from graphs.offline.reading import Call
from graphs.offline.results import for_customer

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


@settings(deadline=None)
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


@settings(deadline=None)
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
