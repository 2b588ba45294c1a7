"""Nothing is written from a part of what was said: each word of a wish is accounted for, or the customer is asked."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from graphs.offline import client
from graphs.offline.hearing import ODD_TIME
from graphs.offline.reading import Answer, Call
from graphs.offline.talk import ASK_MONTH, ASK_WHOLLY

PROMPT = """\
Agora: sexta-feira, 27/11/2026, 19:40 (America/Sao_Paulo)

Você é Luna, do atendimento pelo WhatsApp da Pet Shop Patinhas (pet shop). Seu tom é simpático.
Serviços:
- Banho: R$ 70,00, 60 minutos
- Tosa: R$ 120,00, 90 minutos
- Consulta: R$ 150,00, 30 minutos
Pets do cliente:
- nenhum
Agendamentos do cliente:
- nenhuma"""
KNOWS_MEL = PROMPT.replace("Pets do cliente:\n- nenhum", "Pets do cliente:\n- Mel (cachorro, Poodle)")
WRITES = ("register_pet", "update_pet", "book_appointment", "reschedule_appointment", "cancel_appointment", "join_waiting_list")

OPENINGS = ("", "oi, ", "boa tarde, ", "quero marcar ", "queria agendar ", "pode marcar ")
SERVICES = (("banho", "Banho"), ("tosa", "Tosa"), ("banho e tosa", "Banho e Tosa"))
DAYS = (("terça", "2026-12-01"), ("dia 8/12", "2026-12-08"), ("na quinta", "2026-12-03"), ("amanhã", "2026-11-28"))
TIMES = (("10h", "10:00"), ("às 15h", "15:00"), ("às 3 da tarde", "15:00"))
CLOSINGS = ("", ", por favor", ", pode ser?", ", obrigada")
UNKNOWN = (
    "não", "nem", "sem", "se", "mas", "ou", "antes", "depois", "exceto", "vizinha", "irmã", "dele", "seu", "toda", "talvez", "chover",
    "desconto", "xilofone", "perdi", "dois", "outro",
)  # fmt: skip


def hold(*turns: str, prompt: str = PROMPT) -> list[Answer]:
    """Hold a conversation whose functions do what they are asked; returns each call and each answer."""
    messages: list[BaseMessage] = [SystemMessage(prompt)]
    answers: list[Answer] = []
    for turn in turns:
        messages.append(HumanMessage(turn))
        for _ in range(8):
            answers.append(answer := client.answer(messages))
            if isinstance(answer, str):
                messages.append(AIMessage(answer))
                break
            result = {
                "success": True,
                "pet": {"name": answer.args.get("name")},
                "entries": [],
                "services": [],
                "slots": [],
                "date": "2026-12-01",
            }
            proposed = {"awaiting_confirmation": True, "ask": "Posso confirmar?"}
            told = result if answer.name in ("register_pet", "search_knowledge", "list_services") else proposed
            call = {"id": "1", "name": answer.name, "args": answer.args}
            messages += [AIMessage("", tool_calls=[call]), ToolMessage(json.dumps(told), tool_call_id="1", name=answer.name)]
    return answers


def written(answers: Sequence[Answer]) -> list[Call]:
    """Return the calls that write."""
    return [answer for answer in answers if isinstance(answer, Call) and answer.name in WRITES]


@given(*map(st.sampled_from, (OPENINGS, SERVICES, DAYS, TIMES, CLOSINGS)))
def test_a_wish_of_known_words_is_proposed_as_it_was_said(
    opening: str, service: tuple[str, str], day: tuple[str, str], time: tuple[str, str], closing: str
) -> None:
    call = Call(
        "book_appointment", {"pet_name": "Mel", "service_type": service[1], "preferred_date": day[1], "preferred_time": time[1]}
    )  # fmt: skip
    text = f"{opening}{service[0]} pra Mel {day[0]} {time[0]}{closing}"
    assert written(hold(text, prompt=KNOWS_MEL)) == [call]
    new = written(hold(f"{opening}{service[0]} pro Thor, labrador, {day[0]} {time[0]}{closing}"))
    assert new == [
        Call("register_pet", {"name": "Thor", "species": "dog", "breed": "Labrador"}),
        Call("book_appointment", {**call.args, "pet_name": "Thor"}),
    ]


@settings(max_examples=300)
@given(
    *map(st.sampled_from, (OPENINGS, SERVICES, DAYS, TIMES, CLOSINGS, UNKNOWN)), st.integers(0, 20), st.sampled_from([PROMPT, KNOWS_MEL])
)
@example("", ("banho", "Banho"), ("terça", "2026-12-01"), ("10h", "10:00"), "", "não", 0, PROMPT)
def test_one_word_that_nobody_knows_and_nothing_is_written(
    opening: str, service: tuple[str, str], day: tuple[str, str], time: tuple[str, str], closing: str, word: str, place: int, prompt: str
) -> None:
    pet = "pra Mel" if prompt == KNOWS_MEL else "pro Thor, labrador,"
    words = f"{opening}{service[0]} {pet} {day[0]} {time[0]}{closing}".split()
    assume(place <= len(words))
    assert written(hold(" ".join([*words[:place], word, *words[place:]]), prompt=prompt)) == []


@pytest.mark.parametrize(
    "turns",
    [
        ["quero banho pro Jack, pug, mas não no dia 8/12 às 10h"],
        ["banho pro Jack, pug, antes do dia 8/12 10h"],
        ["quero banho mas não pro Nino, poodle, pro Teo, beagle, dia 18/12 11h"],
        ["banho pro Bingo, beagle, terça às 10h e tosa pra Pérola, poodle, quarta às 14h"],
        ["banho pro Bingo, beagle, e tosa pra Pérola, poodle, quarta às 14h"],
        ["marque dois banhos terça, um 9h e outro 11h", "pro Max e pra Lua"],
        ["dois banhos pro Jack, pug: dia 8/12 14h e dia 9/12 9h"],
        ["banho pro Jack, pug, dia 10/12 10h, e depois tosa dia 17/12 às 15h"],
        ["banho pra Fifi, poodle, dia 16/12 10h. Espera, me enganei, 11h"],
        ["banho pro Jack, pug, dia 9/12 10h se não chover"],
        ["banho toda quinta 10h pro Jack, pug, começando dia 10/12"],
        ["banho pro Toddy, maltês, terça ou quarta, 10h ou 11h"],
        ["não quero banho pro Jack, pug, terça 10h, quero tosa"],
        ["não quero marcar nada, só saber o preço", "a minha vizinha tem um pug chamado Zé que toma banho aí"],
        ["quero banho pro meu cachorro, o da minha irmã se chama Bento, labrador, mas esse não"],
        ["meu vizinho perguntou se vcs dão banho no Brutus, pitbull dele"],
        ["vi um anúncio: banho pro seu labrador Max por 30 reais?"],
        ["banho no pug Fumaça da Ana, ela que vai levar"],
        ["Terça às 10h tem vaga? é pro Toby, shih tzu. Mas não marca ainda!", "ainda não", "tá, agora pode marcar"],
        ["Se eu marcar banho terça 10h, consigo cancelar depois?"],
        ["o banho do Toddy, maltês, é terça 10h ou 11h?", "sim"],
    ],
)
def test_what_is_not_wholly_understood_is_asked_and_never_written(turns: list[str]) -> None:
    answers = hold(*turns)
    assert written(answers) == []
    assert answers[-1]


def test_who_the_pet_is_may_be_taken_back() -> None:
    answers = hold("Quero marcar tosa pra Lulu", "ela é spitz", "não é a Lulu, é a Lola", "quinta 9h", "confirma")
    assert [call.name for call in written(answers)] == ["register_pet"]
    assert all(isinstance(answer, str) and ASK_WHOLLY in answer for answer in answers[-3:]), "no nod that sounds as if it were booked"


def test_after_the_question_the_whole_wish_is_booked() -> None:
    answers = hold("banho pro Jack, pug, dia 8/12 10h se não chover", "banho pro Jack, pug, dia 9/12 às 11h")
    assert isinstance(answers[0], str)
    assert written(answers)[-1] == Call(
        "book_appointment", {"pet_name": "Jack", "service_type": "Banho", "preferred_date": "2026-12-09", "preferred_time": "11:00"}
    )


def test_a_move_to_a_day_without_its_month_is_asked_where_two_may_be_meant() -> None:
    booked = KNOWS_MEL.replace("- nenhuma", "- Banho de Mel, quinta-feira, 31/12/2026 às 15h")
    (asked,) = hold("remarca pra dia 30", prompt=booked)
    assert isinstance(asked, str)
    assert ASK_MONTH in asked
    assert asked.startswith("De qual mês?")
    *_, moved, _ = hold("remarca pra dia 30", "dia 30/12 às 15h", prompt=booked)
    assert moved == Call("reschedule_appointment", {"new_date": "2026-12-30", "new_time": "15:00"})


@pytest.mark.parametrize("text", ["oi, tudo bem? meu nome é Carla", "bom diaaa", "olá, boa noite!"])
def test_a_greeting_is_greeted_back(text: str) -> None:
    (answer,) = hold(text)
    assert isinstance(answer, str)
    assert answer.startswith("Olá!")


def test_a_question_that_is_asked_once_more_offers_another_way() -> None:
    first, again = hold("quero marcar banho", "pra mim")
    assert isinstance(first, str)
    assert isinstance(again, str)
    assert "chamo uma pessoa" not in first
    assert again.startswith("Até aqui entendi: Banho. Se preferir, chamo uma pessoa da equipe")


def test_who_wants_nothing_booked_is_only_answered() -> None:
    call, answer = hold("não quero marcar nada, só saber o preço")
    assert call == Call("list_services", {})
    assert isinstance(answer, str)
    assert ASK_WHOLLY not in answer
    assert "Como se chama" not in answer


def test_a_day_that_was_spoken_of_by_the_way_is_none_of_the_next_wish() -> None:
    answers = hold("o Luke viajou terça", "quero banho pro Rex, pug", "10h")
    assert [call.name for call in written(answers)] == ["register_pet"]


@pytest.mark.parametrize(
    ("turns", "last"),
    [
        (["não vou conseguir, remarca o banho pra terça 10h"], "reschedule_appointment"),
        (["banho pro Thor, labrador, terça 10h", "não, 11h"], "book_appointment"),
        (["quero entrar na lista de espera do banho pro Rex, pug, terça"], "join_waiting_list"),
        (["marca pra mim um banho amanhã às 10h pro meu gato Tom, por gentileza"], "book_appointment"),
    ],
)
def test_courtesies_reasons_and_corrections_are_accounted_for(turns: list[str], last: str) -> None:
    assert written(hold(*turns))[-1].name == last


def test_a_refused_day_is_not_looked_up() -> None:
    *_, answer = hold("banho pro Thor, labrador, terça 10h", "não na terça, na quarta")
    assert isinstance(answer, str)
    assert ODD_TIME in answer
